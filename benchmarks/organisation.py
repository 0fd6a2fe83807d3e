"""What an editor's work costs in a firm with many screeners. One command:

    .venv/bin/python benchmarks/organisation.py [--screeners 20] [--on sqlite]
        [--keep FOLDER]  (SQLite: keeps the sites it makes there, to measure again)

Makes a site with variants of the law pack: each has its own screener, its own keys of
thresholds and of a chart, and its 312 scenarios, and all share the threshold `af_term`
and the chart `statutes` with its rows. Each act below is then done through the pages of
the admin, by Django's test client, and again on a site with one screener.

The variants are loaded by the normal road except that the gate searches and runs
nothing for them: their rules are those of the pack, which passes. The last one is
loaded with the gate, and that is a figure of its own.

A figure is the processor time of this process and the number of queries. `before` is
what it was with 100 screeners when it was first looked at; `limit` holds at any number
of screeners, `growth` against the site with one.
"""

from __future__ import annotations

import argparse
import copy
import json
import os
import re
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.databases import KINDS, new_site

ROOT = Path(__file__).resolve().parent.parent
SHARED = "af_term"
#: By act: seconds with 100 screeners before, the limit, and by how much it may grow.
LIMITS: dict[str, tuple[float | None, float | None, float | None]] = {
    "open a threshold of all": (9.2, 0.3, None),
    "open a row of all": (8.7, 0.3, None),
    "open a chart of all": (8.5, 0.3, None),
    "open a threshold of one": (1.06, 0.3, 1.2),
    "list thresholds": (7.4, 0.3, None),
    "map of a screener": (6.8, None, 1.2),
    "what changes: a threshold of one": (5.7, None, 1.2),
    "publish a threshold of one": (9.7, 1.0, 1.2),
    "what changes: a label of all": (216.7, None, None),
    "publish a label of all": (None, 1.0, None),
    "what changes: a threshold of all": (349.0, None, None),
    "report: review due": (12.3, 0.5, None),
    "report: needs checking": (22.5, 0.5, None),
    "report: law watch": (None, 0.5, None),
    "report: where used": (17.6, 0.5, None),
    "report: reading grade, searched": (None, 1.5, None),
    "report: reading grade": (50.5, 0.5, None),
    "releases of a screener, 1,000": (0.43, 0.3, None),
    "load one more pack": (32.7, None, 1.3),
    "save a draft of a screener": (0.394, None, 1.2),
}


def variant(number: int) -> tuple[dict[str, Any], list[Any]]:
    """The law pack under other keys, as data, with its scenarios."""
    from tests.law_pack import law_pack

    pack = law_pack()
    data = copy.deepcopy(pack.release())
    if not number:
        return data, list(pack.scenarios)
    own = {key: f"{key}_{number}" for key in data["thresholds"] if key != SHARED}
    data = _rename(data, own)
    data["key"] = f"variant-{number}"
    data["thresholds"] = {own.get(k, k): v for k, v in data["thresholds"].items()}
    for texts in data["texts"].values():
        said = texts["thresholds"]
        texts["thresholds"] = {own.get(key, key): said[key] for key in said}
        texts["title"] = f"{texts.get('title', '')} {number}"
    return data, list(pack.scenarios)


def _rename(value: Any, own: dict[str, str]) -> Any:
    """Name thresholds by other keys, where conditions and texts name them."""
    if isinstance(value, dict):
        return {
            name: own.get(inner, inner)
            if name == "threshold" and isinstance(inner, str)
            else _rename(inner, own)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [_rename(one, own) for one in value]
    if isinstance(value, str):
        named = re.compile(r"(?<=\{)\w+(?=\})")
        return named.sub(lambda found: own.get(found[0], found[0]), value)
    return value


@contextmanager
def trusted() -> Iterator[None]:
    """The gate searches nothing and runs no scenario."""
    from screening_block.publishing import assess, publish

    with (
        patch.object(assess, "find_blocking_flags", lambda *args, **kwargs: []),
        patch.object(assess, "check_scenarios", lambda *args, **kwargs: ([], [])),
        patch.object(publish, "measure_lengths", lambda *args, **kwargs: None),
    ):
        yield


def load(number: int) -> None:
    from wagtail.models import Site

    from screening_block.packs.load import load_pack

    data, scenarios = variant(number)
    root = Site.objects.get(is_default_site=True).root_page.specific
    load_pack(f"variant_{number}", data, root, scenarios=scenarios)


def copy_site(source: Path, target: Path) -> None:
    """Copy a database of SQLite with what its log still holds."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with sqlite3.connect(source) as have, sqlite3.connect(target) as made:
        have.backup(made)


class Bench:
    def __init__(self) -> None:
        from django.contrib.auth import get_user_model
        from django.test import Client
        from django.test.utils import setup_test_environment

        setup_test_environment()
        user = get_user_model().objects.create_superuser("b", "b@example.org", "x")
        self.client = Client(SERVER_NAME="localhost")
        self.client.force_login(user)
        self.figures: dict[str, dict[str, float]] = {}

    def measure(self, name: str, act: Callable[[], Any]) -> Any:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            wall, begin = time.perf_counter(), time.process_time()
            result = act()
            cpu, took = time.process_time() - begin, time.perf_counter() - wall
        self.figures[name] = {"cpu": cpu, "wall": took, "queries": len(queries)}
        print(f"  {name:40} {cpu:7.2f} s {len(queries):6} queries", flush=True)
        return result

    def get(self, name: str, url: str) -> Any:
        def act() -> Any:
            answer = self.client.get(url)
            assert answer.status_code == 200, (url, answer.status_code)
            return answer

        return self.measure(name, act)

    def run(self) -> None:
        from django.urls import reverse

        from screening_block.models import ChartRow, Publication, Screener, Threshold
        from screening_block.review.impact_views import impact_url

        page = Screener.objects.get(key="ca-firearm-expungement")
        of_all = Threshold.objects.get(key=SHARED)
        of_one = Threshold.objects.exclude(key=SHARED).filter(
            key__regex=r"^[a-z_]+$", kind="integer"
        )[0]
        row = ChartRow.objects.first()
        assert row is not None

        def edit(record: Any) -> str:
            return reverse(
                record.snippet_viewset.get_url_name("edit"), args=[record.pk]
            )

        # What a process does once.
        self.client.get(edit(of_all))
        self.get("open a threshold of all", edit(of_all))
        self.get("open a row of all", edit(row))
        self.get("open a chart of all", edit(row.chart))
        self.get("open a threshold of one", edit(of_one))
        listing = Threshold.snippet_viewset.get_url_name("list")
        self.get("list thresholds", reverse(listing))
        self.get("map of a screener", reverse("screening_block_map", args=[page.pk]))
        for slug in (
            "review_due",
            "needs_checking",
            "law_watch",
            "where_used",
            "reading_grade",
        ):
            name = f"report: {slug.replace('_', ' ')}"
            self.get(name, reverse(f"screening_block_report_{slug}"))
        grades = reverse("screening_block_report_reading_grade")
        self.get("report: reading grade, searched", f"{grades}?q=conviction")

        def save_draft() -> None:
            draft = page.get_latest_revision_as_object()
            draft.intro += " More."
            draft.save_revision()

        self.measure("save a draft of a screener", save_draft)
        row.label += " (new)"
        row.save_revision()
        self.change("a label of all", row, impact_url(row))
        value = of_one.values.first()
        value.number += 1
        of_one.values = [value]
        of_one.save_revision()
        self.change("a threshold of one", of_one, impact_url(of_one))
        value = of_all.values.first()
        value.number += 1
        of_all.values = [value]
        of_all.save_revision()
        self.get("what changes: a threshold of all", impact_url(of_all))
        newest = Publication.objects.filter(screener=page.translation_key).first()
        assert newest is not None
        Publication.objects.bulk_create(
            Publication(
                screener_key=newest.screener_key,
                screener=newest.screener,
                release_id=newest.release_id,
                cause=f"week {number}",
            )
            for number in range(1_000)
        )
        releases = reverse("screening_block_releases", args=[page.pk])
        self.get("releases of a screener, 1,000", releases)

    def change(self, what: str, record: Any, url: str) -> None:
        shown = self.get(f"what changes: {what}", url)
        read = {
            "state": shown.context["impact"]["state"],
            "revision": shown.context["revision"],
        }
        problems = shown.context["impact"]["problems"]
        self.measure(f"publish {what}", lambda: self.client.post(url, read))
        record.refresh_from_db()
        if record.has_unpublished_changes and not problems:
            raise SystemExit(f"{what} was not published.")


def run_size(
    screeners: int, folder: Path, kept: Path | None
) -> dict[str, dict[str, float]]:
    """Add variants until there are so many screeners, and measure."""
    from django.db import connections

    from screening_block.models import Screener

    begin = time.process_time()
    with trusted():
        for number in range(Screener.objects.count(), screeners - 1):
            load(number)
    print(f"{screeners} screeners, made in {time.process_time() - begin:.0f} s")
    if kept and not kept.exists():
        connections.close_all()
        copy_site(folder / "db.sqlite3", kept)
    bench = Bench()
    bench.measure("load one more pack", lambda: load(screeners - 1))
    assert Screener.objects.filter(live=True).count() >= screeners
    bench.run()
    return bench.figures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--screeners", type=int, default=20)
    parser.add_argument("--on", choices=KINDS, default="sqlite")
    parser.add_argument("--json", type=Path, default=Path("var/organisation.json"))
    parser.add_argument("--keep", type=Path, help="A folder for the sites it makes.")
    parser.add_argument("--part", type=Path, help="Of one size, written there.")
    given = parser.parse_args()
    if given.part:
        kept = given.keep and given.keep / f"organisation-{given.screeners}.sqlite3"
        if kept and given.on != "sqlite":
            parser.error("Only a site on SQLite is kept.")
        with new_site(given.on, fill=False, kept=kept) as folder:
            figures = run_size(given.screeners, folder, kept)
        given.part.write_text(json.dumps(figures))
        return 0
    return compare(given)


def compare(given: argparse.Namespace) -> int:
    """Measure both sizes in processes of their own, and hold them to the limits."""
    import subprocess

    found = []
    given.json.parent.mkdir(parents=True, exist_ok=True)
    for size in (1, given.screeners):
        part = given.json.with_suffix(f".{size}.json")
        command = [sys.executable, __file__, "--screeners", str(size), "--on", given.on]
        command += ["--keep", str(given.keep)] if given.keep else []
        subprocess.run([*command, "--part", str(part)], check=True)
        found.append(json.loads(part.read_text()))
        part.unlink()
    load = os.getloadavg()[0]
    one, many = found
    print(
        f"\n{'':42}{'1':>8}{given.screeners:>8}{'before':>8}{'limit':>8}{'growth':>8}"
    )
    failed = []
    for name, (before, limit, growth) in LIMITS.items():
        grown = many[name]["cpu"] / max(one[name]["cpu"], 0.02)
        over = (limit and many[name]["cpu"] > limit) or (growth and grown > growth)
        failed += [name] * bool(over)
        print(
            f"{name:42}{one[name]['cpu']:8.2f}{many[name]['cpu']:8.2f}"
            f"{before or '-':>8}{limit or '-':>8}{grown:8.1f}{'  OVER' * bool(over)}"
        )
    print(f"Processor seconds, on {given.on}, with a load of {load:.1f}.")
    report = {"screeners": given.screeners, "on": given.on, "load": load}
    given.json.write_text(json.dumps(report | {"one": one, "many": many}, indent=1))
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
