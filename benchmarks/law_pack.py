"""What the law pack costs beside its first edition. One command, no arguments needed:

    .venv/bin/python benchmarks/law_pack.py [--rounds 5] [--engine] [--then FOLDER]

The first edition is the one that `tests/upgrade` keeps in a site's database; the other
is read from the working tree. Both are worked on by the same code, in turns, in one
run: compare within a run only.

editor      processor seconds of the working process, the median of the rounds, each
            from the state of a server that has just started: the checks of an editor's
            panel, the same after a rule was reworded, a publish of that rule (compiled,
            searched, all scenarios, written), and what a threshold's draft changes
evaluation  microseconds of one `evaluate` (the best of ten), the median over the
            answers of the scenarios of each edition, and over those of the first that
            both accept
size        bytes of the canonical release with its English texts alone

With `--then` the first edition is worked on by the code of its own time, a checkout in
`FOLDER` (it gets a copy of this file), and the editor's figures are what a site that
brings both up to date will notice. The limits are closer then.

Ends with 1 if a figure is worse than what is promised.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from screening_block import engine  # noqa: E402
from screening_block.packs.read import read_pack  # noqa: E402

PACK = ROOT / "plugins/california_firearms/pack"
KEPT = ROOT / "tests/upgrade/93e52e5.sqlite3.xz"
NAME = "california_firearms"
#: The most a figure may be of that of the first edition: of the editor's, of evaluation
#: on the same answers and on each edition's own. The pack has 1.6 times the conditions
#: and 2.4 times the scenarios of then.
MOST, MOST_SAME, MOST_OWN = 2.5, 1.5, 1.6
#: Of the editor's beside the code of that time: the search is three times as fast now,
#: so that an editor waits no longer than then. Only where little is searched again, all
#: scenarios are tried again, and there are more of them.
MOST_THEN = {"checks after an edit": 1.7}
MOST_THEN_ELSE = 1.4
#: In the pack's own language. The addresses of 130 citations are 14,000 of it.
MOST_BYTES = 290_000
#: A threshold that both editions turn on, and what a draft makes of it.
DRAFTED, VALUE = "af_term", 300

Edition = dict[str, Any]


# ---------------------------------------------------------------- The two editions


def first_edition() -> Edition:
    """`{"release", "scenarios"}` as a site of that time published and kept them."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "db.sqlite3"
        file.write_bytes(lzma.decompress(KEPT.read_bytes()))
        database = sqlite3.connect(file)
        ((release,),) = database.execute(
            "select canonical from screening_block_release where sha256 = (select"
            " release_id from screening_block_publication where cause = ? limit 1)",
            ["screener “ca-firearm-expungement”"],
        )
        kept = database.execute(
            'select name, note, "case" from screening_block_scenario where pack = ?',
            [NAME],
        ).fetchall()
        database.close()
    scenarios = [{"name": n, "why": why, **json.loads(case)} for n, why, case in kept]
    return {"release": json.loads(release), "scenarios": scenarios}


def this_edition() -> Edition:
    pack = read_pack(PACK)
    return {"release": pack.release(), "scenarios": pack.scenarios}


# ---------------------------------------------------------------- At work, in a process


def load_edition(file: Path) -> None:
    """Load an edition into the database of the environment, as `load_pack` does."""
    from wagtail.models import Site

    from screening_block.packs.load import load_pack

    edition = json.loads(file.read_text("utf-8"))
    parent = Site.objects.get(is_default_site=True).root_page.specific
    load_pack(NAME, edition["release"], parent, scenarios=edition["scenarios"])


def _screener() -> Any:
    from screening_block.models import Screener

    return Screener.objects.get()


def _reworded() -> Any:
    """The screener with a rule that says the same in other words, not yet saved."""
    screener = _screener()
    for child in screener.findings:
        if rule := child.value["applies_when"]:
            child.value["applies_when"] = {"op": "all", "of": [rule]}
            return screener
    raise SystemExit("No finding has such a rule.")


def check() -> Callable[[], bool]:
    from screening_block.editor.problems import check_screener

    screener = _screener()
    return lambda: check_screener(screener).searched


def check_again() -> Callable[[], bool]:
    from screening_block.editor.problems import check_screener

    check_screener(_screener())
    screener = _reworded()
    return lambda: check_screener(screener).searched


def publish() -> Callable[[], bool]:
    from screening_block.models import Publication

    revision = _reworded().save_revision()
    before = Publication.objects.count()

    def run() -> bool:
        revision.publish()
        return Publication.objects.count() > before

    return run


def impact() -> Callable[[], bool]:
    from screening_block.models import Threshold
    from screening_block.review.impact import impact_of

    threshold: Any = Threshold.objects.get(key=DRAFTED)
    value = threshold.values.last()
    value.number = VALUE
    threshold.values = [value]
    threshold.save_revision()
    return lambda: impact_of(threshold)["changes_results"]


def evaluate() -> Callable[[], bool]:
    from screening_block.models import Publication, Scenario

    published: Any = Publication.objects.latest("pk").release
    release = published.load()
    cases: list[Any] = [one.case for one in Scenario.objects.order_by("pk")]
    sets = [cases[number * len(cases) // 300]["answers"] for number in range(300)]

    def run() -> bool:
        for answers in sets:
            engine.evaluate(release, answers, "2026-11-29")
        return True

    run()  # a server at work keeps what it once worked out
    return run


#: Each prepares something and gives what is timed, which says whether it was done.
TASKS: dict[str, Callable[[], Callable[[], bool]]] = {
    "checks": check,
    "checks after an edit": check_again,
    "publish": publish,
    "impact": impact,
    "300 evaluations": evaluate,
}


def work() -> None:
    """Do each task that is read, in a copy of this process, and say its seconds.

    A copy knows nothing of what was searched before, and what it writes is undone.
    """
    from django.db import connections, transaction

    for line in sys.stdin:
        connections.close_all()
        if not (child := os.fork()):
            with transaction.atomic():
                run = TASKS[line.strip()]()
                start = time.process_time()
                done = run()
                print(time.process_time() - start if done else "failed", flush=True)
                transaction.set_rollback(True)
            os._exit(0)
        _pid, status = os.waitpid(child, 0)
        if status:
            print("failed", flush=True)


# ---------------------------------------------------------------- What is measured


class Site:
    """A database with an edition, and the process that works on it."""

    def __init__(self, folder: Path, empty: Path, edition: Edition, script: Path):
        folder.mkdir()
        shutil.copy(empty, folder / "db.sqlite3")
        given = folder / "edition.json"
        given.write_text(json.dumps(edition), "utf-8")
        run_here(script, folder, "--load", str(given))
        self.process = subprocess.Popen(
            [sys.executable, str(script), "--work"],
            env=environment(folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def seconds(self, task: str) -> float:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(f"{task}\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())

    def end(self) -> None:
        self.process.communicate()


def environment(folder: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "cms.settings.base",
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
        "VAR_DIR": str(folder),
    }


def run_here(script: Path, folder: Path, *words: str) -> None:
    """This file as a process of its own, on the database in `folder`."""
    command = [sys.executable, str(script), *words]
    subprocess.run(command, env=environment(folder), check=True)


class Report:
    """Lines of figures, and what of them is worse than promised."""

    def __init__(self) -> None:
        self.wrong = 0

    def line(self, what: str, old: float, new: float, most: float, unit: str) -> None:
        ratio = new / old
        print(f"{what:34}{old:10,.3f}{new:10,.3f} {unit:3}{ratio:6.2f} x", end="")
        self.verdict(ratio <= most, f"more than {most} x")

    def verdict(self, holds: bool, otherwise: str) -> None:
        print("" if holds else f"  WRONG {otherwise}")
        self.wrong += not holds


def editor(
    old: Edition, new: Edition, rounds: int, then: Path | None, report: Report
) -> None:
    scripts = [Path(__file__), Path(__file__)]
    if then is not None:
        scripts[0] = then / "benchmarks" / Path(__file__).name
        shutil.copy(__file__, scripts[0])
    with tempfile.TemporaryDirectory(prefix="legal-cms-") as name:
        sites = []
        for which, edition, script in zip(
            ("old", "new"), (old, new), scripts, strict=True
        ):
            empty = Path(name) / f"empty-{which}"
            empty.mkdir()
            run_here(script, empty, "--make")
            folder = Path(name) / which
            sites.append(Site(folder, empty / "db.sqlite3", edition, script))
        try:
            for task in TASKS:
                pairs = [[site.seconds(task) for site in sites] for _ in range(rounds)]
                before, after = map(statistics.median, zip(*pairs, strict=True))
                most = MOST
                if then is not None:
                    most = MOST_THEN.get(task, MOST_THEN_ELSE)
                report.line(f"{task}, seconds", before, after, most, "s")
        finally:
            for site in sites:
                site.end()


def evaluation(old: Edition, new: Edition, rounds: int, report: Report) -> None:
    releases = [engine.load_release(one["release"]) for one in (old, new)]
    own = [
        [(one["answers"], one["as_of"]) for one in edition["scenarios"]]
        for edition in (old, new)
    ]
    both = [(a, day) for a, day in own[0] if fits(releases[1], a)]
    for what, sets, most in (
        (f"own scenarios ({len(own[0])}, {len(own[1])})", own, MOST_OWN),
        (f"answers of both ({len(both)})", [both, both], MOST_SAME),
    ):
        before, after = microseconds(releases, sets, 2 * rounds)
        report.line(f"evaluate, {what}", before, after, most, "us")


def fits(release: engine.Release, answers: dict[str, Any]) -> bool:
    try:
        engine.parse_answers(release, answers)
    except engine.AnswerError:
        return False
    return True


def microseconds(
    releases: Sequence[engine.Release],
    sets: Sequence[Sequence[tuple[dict[str, Any], str]]],
    times: int,
) -> list[float]:
    """For each release the median over its answer sets of the best of some times.

    The releases take turns, one evaluation each: what else the machine does slows all.
    """
    best = [[float("inf")] * len(some) for some in sets]
    for _time in range(times):
        for place in range(max(map(len, sets))):
            for release, some, found in zip(releases, sets, best, strict=True):
                number = place % len(some)
                answers, day = some[number]
                start = time.process_time_ns()
                engine.evaluate(release, answers, day)
                took = (time.process_time_ns() - start) / 1000
                found[number] = min(found[number], took)
    return [statistics.median(found) for found in best]


def english(release: dict[str, Any]) -> int:
    """Bytes of the canonical release with the texts of its own language alone."""
    locale = release["locale"]
    texts = {locale: release["texts"][locale]}
    return len(engine.canonical({**release, "texts": texts}))


def size(old: Edition, new: Edition, report: Report) -> None:
    before, after = english(old["release"]), english(new["release"])
    print(
        f"{'release, bytes':34}{before:10,}{after:10,}    {after / before:6.2f} x",
        end="",
    )
    report.verdict(after < MOST_BYTES, f"not below {MOST_BYTES:,} bytes")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--engine", action="store_true", help="No database, no editor.")
    parser.add_argument("--then", type=Path, help="A checkout of the first edition.")
    parser.add_argument("--make", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--load", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--work", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.make or given.load or given.work:
        import django
        from django.core.management import call_command

        django.setup()
        if given.make:
            call_command("migrate", verbosity=0)
        elif given.load:
            load_edition(given.load)
        else:
            work()
        return 0
    if not hasattr(os, "fork"):
        print("SKIPPED: needs a system that copies processes")
        return 0
    old, new = first_edition(), this_edition()
    report = Report()
    load = os.getloadavg()[0]
    print(f"load {load:.1f} on {os.cpu_count()} cores, {given.rounds} rounds")
    print(f"{'':34}{'first':>10}{'now':>10}")
    size(old, new, report)
    evaluation(old, new, given.rounds, report)
    if not given.engine:
        editor(old, new, given.rounds, given.then, report)
    print(f"load {os.getloadavg()[0]:.1f}, {report.wrong} wrong")
    return 1 if report.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
