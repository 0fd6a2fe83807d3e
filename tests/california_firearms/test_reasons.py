"""A reason reads as a person would say it, whatever a visitor of the pack answered.

Each test is about a kind of sentence, over all scenarios of the pack and both halves'
one wording: none names a sentence of its own.
"""

import re
from functools import cache

import pytest

from screening_block import engine
from screening_block.engine.wording import Wording
from tests.law_pack import law_pack, law_release

AS_OF = "2026-11-29"
LOCALES = ("en", "es")


@cache
def reasons(locale: str) -> dict[str, str]:
    """What the scenarios show, and the question that a sentence begins with, if any."""
    pack = law_pack()
    release = engine.load_release(pack.release())
    words = Wording(release, locale)
    questions = [words.question(key) for key in release.questions]
    found: dict[str, str] = {}
    for scenario in pack.scenarios:
        day = scenario.get("as_of") or AS_OF
        answers = engine.parse_answers(release, scenario["answers"])
        for finding in engine.evaluate(release, answers, day).findings:
            if finding.level != "not_apply":
                texts = engine.explain(release, answers, finding, day, locale)
                found.update(dict.fromkeys(texts, ""))
    assert len(found) > 500
    for text in found:
        begins = (label for label in questions if text.startswith(label))
        found[text] = next(begins, "")
    return found


@cache
def labels() -> list[str]:
    """What a reason may name: long enough not to be a word of the sentence itself."""
    release = law_release()
    words = Wording(release, "en")
    found = {words.question(key) for key in release.questions}
    for key, chart in release.data["charts"].items():
        names = (column["key"] for column in chart["columns"])
        found |= {words.label("charts", key, "columns", name) for name in names}
        rows = (row["key"] for row in chart["rows"])
        found |= {words.label("charts", key, "rows", row) for row in rows}
    return sorted(label for label in found if len(label) > 8)


@pytest.mark.parametrize("locale", LOCALES)
def test_no_reason_says_a_label_twice(locale: str) -> None:
    twice = [
        text for text in reasons(locale) for label in labels() if text.count(label) > 1
    ]
    assert twice == []


@pytest.mark.parametrize("locale", LOCALES)
def test_no_reason_ends_in_two_stops(locale: str) -> None:
    doubled = re.compile(r"[.!?…][”»]?\.(\s|$)|\.\.")
    assert [text for text in reasons(locale) if doubled.search(text)] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_no_answer_is_repeated_without_its_question(locale: str) -> None:
    said = re.compile(r"You said|Usted respondió")
    bare = [
        text
        for text, label in reasons(locale).items()
        if said.search(text) and not label
    ]
    assert bare == []


@pytest.mark.parametrize("locale", LOCALES)
def test_no_reason_is_a_chain_of_colons_or_says_that_a_label_is_no(locale: str) -> None:
    """What a label or an answer brings along stands in quotation marks."""
    for text in reasons(locale):
        outside = re.sub(r"“[^”]*”", "“”", text.removeprefix(reasons(locale)[text]))
        assert outside.count(":") <= 1, text
        assert not re.search(r"\b(is|es) (no|none|null|true|false)\.$", outside), text
