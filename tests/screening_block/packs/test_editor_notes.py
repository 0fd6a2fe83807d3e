"""What a pack keeps for editors is read, and is no part of the release."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from screening_block.engine import canonical, load_release
from screening_block.packs.read import PackError, read_file, read_pack

from . import test_pack_reader as small

WATCH = "watch: [{what: A canary of a bill, look_again: 2027-01-15}]"


def with_asides() -> dict[str, str]:
    """The files of the small pack, with something for editors wherever it may stand."""
    note = "note: A canary in a note"
    row = small.CHART.replace("source: S1", f"source: S1, {note}")
    number = small.THRESHOLDS.replace(
        "status: needs_checking}", f"status: needs_checking, {note}}}"
    )
    finding = small.FINDINGS.replace(
        "citations: []", f"citations: [{{text: PC 3, status: verified, {note}}}]"
    )
    return {
        "charts/laws.yaml": f"{row}    {note}\n    checked_by: A canary\n    {WATCH}\n",
        "thresholds.yaml": f"{number}  editors_{note}\n  {WATCH}\n",
        "findings/first.yaml": f"{finding}  {note}\n  {WATCH}\n",
    }


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text.removeprefix("\n"), "utf-8")
    return folder


def test_nothing_that_a_pack_keeps_for_editors_is_in_its_release(tmp_path: Path):
    pack = read_pack(write(tmp_path, small.FILES | with_asides()))
    release = pack.release()
    assert b"canary" not in canonical(release)
    load_release(release)
    watch = [{"what": "A canary of a bill", "look_again": "2027-01-15"}]
    note = "A canary in a note"

    def kept(citation: str) -> dict[str, Any]:
        cited = [{"text": citation, "note": note}]
        return {"note": note, "watch": watch, "citations": cited}

    assert pack.notes_by_part() == {
        ("threshold", "start"): kept("PC 2"),
        ("row", "laws/pc_1"): {**kept("PC 1"), "checked_by": "A canary"},
        ("finding", "gun_case"): kept("PC 3"),
    }


def test_a_pack_without_them_has_the_release_it_always_had(tmp_path: Path):
    plain = read_pack(write(tmp_path / "a", small.FILES))
    assert plain.notes_by_part() == {}
    cited = small.FILES | {
        "findings/first.yaml": small.FINDINGS.replace(
            "citations: []", "citations: [{text: PC 3, status: verified}]"
        )
    }
    more = read_pack(write(tmp_path / "b", small.FILES | with_asides()))
    less = read_pack(write(tmp_path / "c", cited))
    assert canonical(more.release()) == canonical(less.release())


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("{look_again: 2027-01-15}", "missing field 'what'"),
        ("{what: a, look_again: next year}", "'look_again' must be a date such as"),
        ("{what: a, look_again: 2027-02-30}", "'look_again' must be a date such as"),
        ("{what: a, url: 'javascript:alert(1)'}", "'url' must be an address"),
        ("{what: a, who: b}", "unknown field 'who'"),
        (f"{{what: {'x' * 251}}}", "Longer than 250"),
        ('{what: "a\\u202eb"}', "U+202E"),
    ],
)
def test_a_law_watch_that_cannot_be_kept_is_refused_with_its_line(
    tmp_path: Path, wrong: str, said: str
):
    finding = f"{small.FINDINGS}  watch:\n    - {wrong}\n"
    path = write(tmp_path, small.FILES | {"findings/first.yaml": finding})
    with pytest.raises(PackError) as refused:
        read_pack(path)
    line = finding.removeprefix("\n").count("\n")
    assert f"findings/first.yaml:{line}: " in str(refused.value)
    assert said in str(refused.value)


def test_a_note_that_hides_or_turns_its_words_is_refused(tmp_path: Path):
    finding = small.FINDINGS + '  note: "a\\u202eb"\n'
    path = write(tmp_path, small.FILES | {"findings/first.yaml": finding})
    with pytest.raises(PackError, match=r"U\+202E"):
        read_pack(path)
    empty = json.dumps({"format": 1, "screener": {}, "findings": [{"note": 1}]})
    with pytest.raises(PackError, match="'note' must be text"):
        read_file(empty, "f")
