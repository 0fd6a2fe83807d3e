"""Do both halves of the engine say the same? One command, no arguments needed:

    .venv/bin/python benchmarks/fuzz.py [--evaluations 1000000] [--seed 0] [--mutants]

Random releases, and the law pack, with answers that lean towards boundaries: each case
is evaluated by the Python half, and by the JavaScript half in Chromium, and everything
an evaluation shows is compared. With `--mutants` defects are put into either half and
the same comparison has to find them. Ends with 1 if it finds a difference, or misses a
defect.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.chromium import launched
from tests.fuzz import cases, mutants
from tests.fuzz.browser import BrowserHalf, engine_page

EACH = 100
#: Every so many cases are compared with their sentences, which take half of the time.
WORDS = 4
#: Every so many jobs one is over the law pack.
PACK_EVERY = 50


def make(seed: int, each: int, words: int) -> tuple[str, Counter[str]]:
    """A job as JSON, and what is in it; the same seed makes the same again."""
    pack = seed % PACK_EVERY == 0
    if pack:
        job = cases.pack_job(seed, each, words)
    else:
        job = next(cases.random_jobs(seed, 1, each, words))
    told = Counter(
        evaluations=each,
        releases=1,
        pack=each * pack,
        sentences=sum(case["words"] for case in job["cases"]),
        refused=sum(c["picture"].startswith('{"error"') for c in job["cases"]),
    )
    return json.dumps(job), told


def jobs(
    pool: ProcessPoolExecutor, seed: int, each: int = EACH, words: int = WORDS
) -> Iterator[tuple[int, str, Counter[str]]]:
    """Jobs without end and the seed of each, some of them made ahead."""
    ahead: deque[tuple[int, Future[tuple[str, Counter[str]]]]] = deque()
    for number in itertools.count(seed):
        ahead.append((number, pool.submit(make, number, each, words)))
        if len(ahead) > 8:
            first, made = ahead.popleft()
            yield first, *made.result()


def compare(
    half: BrowserHalf, pool: ProcessPoolExecutor, evaluations: int, seed: int
) -> int:
    """Run so many evaluations; returns how many differed."""
    done: Counter[str] = Counter()
    different = 0
    start = time.monotonic()
    for number, job, told in jobs(pool, seed):
        result = half.run(job)
        different += len(result["differences"])
        for difference in result["differences"]:
            print(f"seed {number}: {json.dumps(difference)[:2000]}", flush=True)
        if not result["differences"] and result["evaluations"] != told["evaluations"]:
            sys.exit(f"seed {number}: {result['evaluations']} evaluations were run")
        before, done = done, done + told
        if done["evaluations"] // 50_000 != before["evaluations"] // 50_000:
            seconds = time.monotonic() - start
            print(f"{done['evaluations']:,} evaluations, {seconds:.0f} s", flush=True)
        if done["evaluations"] >= evaluations or different > 20:
            break
    seconds = time.monotonic() - start
    print(
        f"{done['evaluations']:,} evaluations in {seconds:.0f} s,"
        f" seeds {seed} to {number}: {done['releases']:,} releases,"
        f" {done['pack']:,} evaluations of the law pack,"
        f" {done['refused']:,} refused answers,"
        f" {done['sentences']:,} with sentences; {different} differences"
    )
    return different


def mutation_run(half: BrowserHalf, pool: ProcessPoolExecutor, seed: int) -> int:
    """Try every defect; returns how many were missed, or were no defects."""
    made = [job for _, job, _ in itertools.islice(jobs(pool, seed, 40, 1), 150)]
    for_browser = half.put(made)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for_python = folder / "corpus"
        for_python.write_text("\n".join(made), "utf-8")

        def seen(mutant: mutants.Mutant) -> bool:
            if mutant.file.endswith(".js"):
                return half.differs(mutant, for_browser)
            return mutants.differs(mutant, for_python, folder)

        for control in mutants.CONTROLS:
            if seen(control):
                sys.exit(f"{control.file}: differs without a defect")
        wrong = 0
        for mutant in mutants.MUTANTS:
            found = seen(mutant)
            wrong += not found
            print("caught" if found else "MISSED", mutant.name, flush=True)
        for mutant, why in mutants.EQUIVALENT:
            found = seen(mutant)
            wrong += found
            print("CAUGHT" if found else "equivalent", mutant.name, f"({why})")
    total, halves = (
        len(mutants.MUTANTS),
        Counter(
            "JavaScript" if mutant.file.endswith(".js") else "Python"
            for mutant in mutants.MUTANTS
        ),
    )
    print(f"{total} defects ({dict(halves)}), {wrong} not told right;", end=" ")
    print(f"{len(mutants.EQUIVALENT)} changes that are none")
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--evaluations", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--mutants", action="store_true")
    given = parser.parse_args()
    workers = max(1, (os.cpu_count() or 1) - 1)
    # Started afresh, not forked: the browser's driver has threads.
    with (
        ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool,
        launched() as browser,
        engine_page(browser) as page,
    ):
        half = BrowserHalf(page)
        if given.mutants:
            wrong = mutation_run(half, pool, given.seed)
        else:
            wrong = compare(half, pool, given.evaluations, given.seed)
        pool.shutdown(cancel_futures=True)
    return 1 if wrong or page.errors else 0


if __name__ == "__main__":
    sys.exit(main())
