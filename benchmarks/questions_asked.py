"""How many questions twelve invented people are asked. One command:

    .venv/bin/python benchmarks/questions_asked.py [--pack FOLDER] [--why]

By the first edition of the law pack, kept in `tests/upgrade`, and by the one in the
working tree. Then what the latter asks of each, in order, "+" before a question that
the first edition did not ask them, and what it asks no more. With `--why` the first
findings that each question is for stand behind it.
"""

from __future__ import annotations

import argparse
import sys
import textwrap
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from law_pack import PACK, first_edition

from screening_block.engine import load_release
from screening_block.packs.read import read_pack
from tests.california_firearms.people import PEOPLE, questions_asked

#: Follow from the others: no question is for them alone.
LAST = {"unsure_followup", "get_records", "see_immigration_attorney"}
MOST = 5


def reasons(findings: tuple[str, ...]) -> str:
    """The first few findings, and how many more."""
    first = sorted(findings, key=lambda key: key in LAST)
    more = len(first) - MOST
    return ", ".join(first[:MOST]) + (f" and {more} more" if more > 0 else "")


def wrapped(words: str) -> str:
    return textwrap.fill(
        words,
        88,
        initial_indent="    ",
        subsequent_indent="    ",
        break_on_hyphens=False,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pack", type=Path, default=PACK)
    parser.add_argument("--why", action="store_true")
    given = parser.parse_args()
    editions = [
        load_release(one)
        for one in (first_edition()["release"], read_pack(given.pack).release())
    ]
    found = {
        name: [questions_asked(release, person) for release in editions]
        for name, person in PEOPLE.items()
    }
    print(f"{'':34}{'first':>8}{'now':>8}")
    for name, (before, now) in found.items():
        print(f"{name:34}{len(before):8}{len(now):8}")
    totals = [sum(map(len, side)) for side in zip(*found.values(), strict=True)]
    print(f"{'all':34}{totals[0]:8}{totals[1]:8}")
    for name, (before, now) in found.items():
        print(f"\n{name}")
        old = {one.question for one in before}
        new = {one.question for one in now}
        marked = [("" if q.question in old else "+") + q.question for q in now]
        if given.why:
            for mark, one in zip(marked, now, strict=True):
                print(wrapped(f"{mark}: {reasons(one.wanted_by)}"))
        else:
            print(wrapped(", ".join(marked)))
        gone = [one.question for one in before if one.question not in new]
        if gone:
            print(wrapped(f"no more: {', '.join(gone)}"))


if __name__ == "__main__":
    main()
