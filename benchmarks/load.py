"""What it takes to load and publish many rows of law. One command, no arguments needed:

    .venv/bin/python benchmarks/load.py [--rounds 3] [--on sqlite|postgresql]

Nine screeners are live, each as large as the law pack that ships. Another one comes,
with 225 rows in a chart of its own, in two ways:

load      as a pack: everything is written and published in one act
import    as a file: everything is written as drafts, which are then published

Each is done twice over: as one act, as the product does it, and record by record, each
with a publish of its own, as it was done before. Everything is undone in between.

Prints the processor seconds (the median of the rounds), how often a live screener was
read and how many publications came of it, for both, and the ratio. Ends with 1 if one
act reads a screener more than once or publishes one more than once.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any
from unittest.mock import patch

from databases import KINDS, new_site

LIVE, ROWS = 9, 225
Run = tuple[float, Counter[str], Counter[str]]


class UndoneError(Exception):
    pass


def large(key: str) -> dict[str, Any]:
    """The law pack as a screener of another name."""
    from tests.law_pack import law_pack

    data = law_pack().release() | {"key": key}
    # The small screener has another chart of this name.
    for place in (data, data["texts"]["en"]):
        place["charts"]["offenses"] = place["charts"].pop("statutes")
    for question in data["questions"]:
        if question.get("chart") == "statutes":
            question["chart"] = "offenses"
    return data


def with_rows() -> dict[str, Any]:
    """The small screener with many rows, in a chart that nobody else has."""
    from tests.screening_block import small

    data = small.release() | {"key": "new"}
    for place in (data, data["texts"]["en"]):
        place["charts"] = {"many": place["charts"]["statutes"]}
    data["questions"][1]["chart"] = "many"
    chart, words = data["charts"]["many"], data["texts"]["en"]["charts"]["many"]
    for number in range(ROWS - len(chart["rows"])):
        key = f"pc_{number:03}"
        chart["rows"].append({**chart["rows"][1], "key": key})
        words["rows"][key] = f"PC {number}"
    return data


def load(together: bool) -> None:
    from screening_block.packs import load as loading

    with patch.object(loading, "batch", loading.batch if together else nullcontext):
        loading.load_pack("new", with_rows(), root())


def import_file(together: bool) -> None:
    from screening_block.publishing.publish import batch
    from screening_block.publishing.restore import write_drafts

    drafts = write_drafts(with_rows(), None, root())
    act: AbstractContextManager[None] = batch() if together else nullcontext()
    with act:
        for record in drafts.records:
            record.get_latest_revision().publish()


def root() -> Any:
    from wagtail.models import Site

    return Site.objects.get(is_default_site=True).root_page


def run(act: Callable[[bool], None], together: bool) -> Run:
    """Do it, measure it and undo it."""
    from django.db import transaction

    from screening_block.models import Publication
    from screening_block.publishing import content, from_models

    read: Counter[str] = Counter()
    parse = from_models.screener_parts

    def parts(screener: Any) -> Any:
        read[screener.key] += 1
        return parse(screener)

    published: Counter[str] = Counter()
    before = Publication.objects.count()
    try:
        with (
            patch.object(content, "screener_parts", parts),
            transaction.atomic(),
        ):
            started = time.process_time()
            act(together)
            took = time.process_time() - started
            new = Publication.objects.order_by("pk")[before:]
            published.update(one.screener_key for one in new)
            raise UndoneError
    except UndoneError:
        return took, read, published


def main() -> int:
    parser = argparse.ArgumentParser(description="Load and publish many rows.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--on", choices=KINDS, default="sqlite")
    options = parser.parse_args()
    with new_site(options.on):
        from screening_block.packs.load import load_pack as load_pack

        for number in range(LIVE - 1):  # the small one is live as well
            load_pack(f"large-{number}", large(f"large-{number}"), root())
        failed = 0
        for act in (load, import_file):
            failed |= compare(act, options.rounds)
        return failed


def compare(act: Callable[[bool], None], rounds: int) -> int:
    seconds = {}
    failed = 0
    for together in (False, True):
        runs = [run(act, together) for _round in range(rounds)]
        _took, read, published = runs[0]
        seconds[together] = statistics.median(took for took, _read, _new in runs)
        print(
            f"{act.__name__:12}{'one act' if together else 'one by one':12}"
            f"{seconds[together]:9.2f} s CPU  {read.total():6} readings of "
            f"{len(read):2} screeners  {published.total():4} publications",
            flush=True,
        )
        if together and max(*read.values(), *published.values()) > 1:
            print("One act reads and publishes each screener once at most.")
            failed = 1
    print(f"{act.__name__:12}{'ratio':12}{seconds[False] / seconds[True]:9.1f}")
    return failed


if __name__ == "__main__":
    sys.exit(main())
