"""What the pack makes public speaks to visitors, and holds no remark of its editors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from screening_block import engine
from tests.law_pack import law_pack

#: How editors speak of a source, or of work that is left. Visitors are told in one
#: sentence of the site's own that a point is not checked.
REMARKS = re.compile(
    r"""
      to \s be \s checked | still \s to \s check | check \s that \s it \s still
    | (?:has|have|was|were|is|are) \s not \s (?:been \s )?(?:checked|read|verified)
    | not \s found \s in | unverified | needs? \s checking
    | (?:was|were|last|only) \s read\b | read \s (?:only|as \s of) | heading \s read
    | pinpoint | reporter \s cite | excerpt | secondary | commentary | headnote
    | in \s the \s view \s of | stored \s | law \s file | this \s pack
    | \b(?-i:TODO)\b | \bfixme\b  # “todo” is a Spanish word
    | \[ [AUVP] \d? [\]:] | \b[RS]\d\d[a-e]?\b | \b[CX]_[A-Z]+
    """,
    re.IGNORECASE | re.VERBOSE,
)
#: A text may tell a visitor to have something checked; a citation tells nobody.
IN_CITATIONS = re.compile(rf"(?:{REMARKS.pattern}) | check", REMARKS.flags)


def texts(value: Any, at: str) -> Iterator[tuple[str, str]]:
    """Every text below `value`, with its place."""
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(inner, f"{at}/{key}")


def citations(value: Any, at: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for cited in value.get("citations", ()):
            yield at, cited["text"]
        for key, inner in value.items():
            yield from citations(inner, f"{at}/{key}")
    elif isinstance(value, list):
        for inner in value:
            key = inner.get("key", "") if isinstance(inner, dict) else ""
            yield from citations(inner, f"{at}/{key}")


def remarks_in(found: Iterator[tuple[str, str]], remarks: re.Pattern[str]) -> list[str]:
    told = list(found)
    assert len(told) > 200
    return [f"{at}: {text}" for at, text in told if remarks.search(text)]


def test_no_public_text_or_citation_of_the_pack_holds_a_remark_of_its_editors():
    release = law_pack().release()
    assert remarks_in(citations(release, ""), IN_CITATIONS) == []
    assert remarks_in(texts(release["texts"], ""), REMARKS) == []


@pytest.mark.parametrize(
    "remark",
    [
        "18 USC 922(g)(1) (full list to be checked)",
        "INA 237(a)(2)(E) (heading read; text not)",
        "8 CFR 1003.55 (read as of October 2024)",
        "Matter of Roldan (pinpoint)",
        "PC 29800: no aggravated felony, in the view of the ILRC chart",
        "The day itself has not been checked.",
        "One of the cases for this was not read",
        "Check that it still exists.",
        "Murillo-Espinoza (commentary, S9)",
        "R43 says otherwise",
    ],
)
def test_such_a_remark_would_be_found(remark: str):
    assert REMARKS.search(remark)


def test_what_the_pack_keeps_for_editors_is_kept_out_of_its_release():
    pack = law_pack()
    release = engine.canonical(pack.release()).decode()
    notes = [
        said
        for notes in pack.notes_by_part().values()
        for said in (
            notes.get("note"),
            *(one["note"] for one in notes.get("citations", ())),
            *(one["what"] for one in notes.get("watch", ())),
        )
        if said
    ]
    assert len(notes) > 50
    for said in notes:
        assert engine.canonical(said).decode()[1:-1] not in release, said
