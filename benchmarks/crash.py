"""Does a killed publish leave half of anything? One command, no arguments needed:

    .venv/bin/python benchmarks/crash.py [--kills 200] [--on sqlite|postgresql]

A process publishes one change after the other: a threshold, a chart row, the screener
itself. It is killed (SIGKILL) at a random moment, and what it leaves is examined by
another one. Each time:

- every public screener has one current release, whole, and named by its content;
- what is live compiles to exactly that release: nothing is live without its release,
  and no release is current without what it was made of;
- no release is kept that was never published;
- the live screener is what its live revision says.

Ends with 1 if one of it does not hold, or if the next publish does not work.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from multiprocessing.sharedctypes import Synchronized

from databases import KINDS, SMALL, new_site, on_each

#: Where the process that publishes is: what a kill meets.
PLACES = ("between two publishes", "saving the draft", "publishing", "done")
BETWEEN, DRAFT, PUBLISH, DONE = range(4)


def publish_on(place: Synchronized, seed: int) -> None:
    """Publish changes until killed, and say in `place` how far the last one is."""
    from screening_block.models import ChartRow, Screener, Threshold

    pick = random.Random(seed)

    def threshold() -> Threshold:
        record = Threshold.objects.get(key="af_term")
        (value,) = record.values.all()
        value.number = pick.randrange(300, 400)
        record.values = [value]
        return record

    def row() -> ChartRow:
        record = ChartRow.objects.get(key="pc_25400")
        record.label = f"PC 25400, {pick.randrange(10**6)}"
        record.checked_on = date(2026, pick.randrange(1, 11), pick.randrange(1, 29))
        return record

    def screener() -> Screener:
        record = Screener.objects.get(key=SMALL)
        record.intro = f"Introduction {pick.randrange(10**6)}."
        record.findings = list(reversed(record.findings.get_prep_value()))
        return record

    changes: list[Callable[[], Threshold | ChartRow | Screener]]
    changes = [threshold, row, screener]
    while True:
        record = pick.choice(changes)()
        place.value = DRAFT
        revision = record.save_revision()
        place.value = PUBLISH
        revision.publish(skip_permission_checks=True)
        place.value = DONE
        time.sleep(0.002)
        place.value = BETWEEN


def broken() -> list[str]:
    """What does not hold in the database as it is now."""
    from screening_block import engine
    from screening_block.models import Release, Screener
    from screening_block.public import publications
    from screening_block.publishing.compile import compile_screener

    found = []
    current = [one.screener_key for one in publications()]
    if current != [SMALL]:
        found.append(f"current releases of: {current}")
    for release in Release.objects.all():
        if engine.load_release(release.canonical).sha256 != release.pk:
            found.append(f"{release} is not what its name says")
    if unpublished := Release.objects.filter(publications=None).count():
        found.append(f"{unpublished} releases were never published")
    screener = Screener.objects.get(key=SMALL)
    compiled = engine.load_release(compile_screener(screener))
    public = Release.current(SMALL)
    if public is None or compiled.sha256 != public.pk:
        found.append("what is live is not what the current release was made of")
    revision = screener.live_revision.as_object()
    if revision.findings.get_prep_value() != screener.findings.get_prep_value():
        found.append("the live screener is not its live revision")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description="Kill a publishing process.")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--on", choices=KINDS)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    if options.on is None:
        return on_each(
            __file__, ["--kills", str(options.kills), "--seed", str(options.seed)]
        )
    with new_site(options.on):
        return crash(options.on, options.kills, options.seed)


def crash(kind: str, kills: int, seed: int) -> int:
    from django.db import connections

    from screening_block.models import Publication

    pick = random.Random(seed)
    context = multiprocessing.get_context("fork")
    met: Counter[str] = Counter()
    failures: list[str] = []
    survived = published = 0
    for number in range(kills):
        # A forked process must not share a connection.
        connections.close_all()
        place = context.Value("i", BETWEEN, lock=False)
        victim = context.Process(target=publish_on, args=(place, pick.random()))
        victim.start()
        started = time.monotonic()
        while place.value == BETWEEN and victim.is_alive():
            if time.monotonic() - started > 60:
                break
            time.sleep(0.001)
        time.sleep(pick.uniform(0, 0.25))
        if not victim.is_alive():
            failures.append(f"kill {number}: the process ended by itself")
        os.kill(victim.pid or 0, signal.SIGKILL)
        victim.join()
        met[PLACES[place.value]] += 1
        failures += [f"kill {number}, {PLACES[place.value]}: {b}" for b in broken()]
        before, published = published, Publication.objects.count()
        survived += published - before
    print(
        f"{kind}: {kills} kills, {len(failures)} broken, "
        f"{survived - 1} publishes done between them"
    )
    for where, times in met.most_common():
        print(f"  {times:>4}  {where}")
    for failure in failures[:10]:
        print("  BROKEN", failure)
    return 1 if failures or not survived > 1 else 0


if __name__ == "__main__":
    sys.exit(main())
