"""Do both halves of the engine say the same? One command, no arguments needed:

    .venv/bin/python benchmarks/fuzz.py [--evaluations 1000000] [--seed 0] [--mutants]

Random releases, and the law pack, with answers that lean towards boundaries: each case
is evaluated by the Python half, and by the JavaScript half in Node, and everything an
evaluation shows is compared. With `--mutants` defects are put into either half and the
same comparison has to find them. Ends with 1 if it finds a difference, or misses a
defect. Where there is no Node, `tests/fuzz` does the same in Chromium, on less.
"""

from __future__ import annotations

import argparse
import itertools
import json
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.fuzz import cases, mutants

EACH = 100
#: Every so many cases are compared with their sentences, which take half of the time.
WORDS = 4
#: Every so many jobs one is over the law pack.
PACK_EVERY = 50


def jobs(
    seed: int, each: int = EACH, words: int = WORDS
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Jobs without end, with the seed that makes each again."""
    for number in itertools.count(seed):
        if number % PACK_EVERY == 0:
            yield number, cases.pack_job(number, each, words)
        else:
            yield number, next(cases.random_jobs(number, 1, each, words))


def compare(evaluations: int, seed: int) -> int:
    """Run so many evaluations; returns how many differed."""
    command = ["node", str(mutants.HERE / "run.mjs")]
    command += [str(mutants.JS_HALF), str(cases.SENTENCES)]
    node = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert node.stdin is not None
    assert node.stdout is not None
    answers = node.stdout
    done = different = 0
    waiting: list[int] = []
    start = time.monotonic()

    def read() -> None:
        nonlocal done, different
        for line in answers:
            seed = waiting.pop(0)
            result = json.loads(line)
            before, done = done, done + result["evaluations"]
            for difference in result["differences"]:
                different += 1
                print(f"seed {seed}: {json.dumps(difference)[:2000]}", flush=True)
            if done // 50_000 != before // 50_000:
                seconds = time.monotonic() - start
                print(f"{done:,} evaluations, {seconds:.0f} s", flush=True)

    reader = threading.Thread(target=read)
    reader.start()
    releases = sent = refused = pack = told = 0
    for number, job in jobs(seed):
        releases += 1
        sent += len(job["cases"])
        pack += EACH if number % PACK_EVERY == 0 else 0
        told += sum(case["words"] for case in job["cases"])
        refused += sum(c["picture"].startswith('{"error"') for c in job["cases"])
        waiting.append(number)
        node.stdin.write(json.dumps(job).encode() + b"\n")
        if sent >= evaluations or different > 20:
            break
    node.stdin.close()
    reader.join()
    failed = node.wait()
    seconds = time.monotonic() - start
    print(
        f"{done:,} evaluations in {seconds:.0f} s, seeds {seed} to {number}:"
        f" {releases:,} releases, {pack:,} evaluations of the law pack,"
        f" {refused:,} refused answers, {told:,} with sentences;"
        f" {different} differences"
    )
    return different + failed + (sent - done if not different else 0)


def mutation_run(seed: int) -> int:
    """Try every defect; returns how many were missed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus = folder / "corpus"
        with corpus.open("w", encoding="utf-8") as file:
            for _number, job in itertools.islice(jobs(seed, 40, 1), 150):
                file.write(json.dumps(job) + "\n")
        for control in mutants.CONTROLS:
            if mutants.caught(control, corpus, folder):
                sys.exit(f"{control.file}: differs without a defect")
        missed = 0
        for mutant in mutants.MUTANTS:
            found = mutants.caught(mutant, corpus, folder)
            missed += not found
            print("caught" if found else "MISSED", mutant.name, flush=True)
    total = len(mutants.MUTANTS)
    print(f"{total - missed} of {total} defects caught")
    return missed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--evaluations", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--mutants", action="store_true")
    given = parser.parse_args()
    if shutil.which("node") is None:
        print("There is no node here; run: pytest tests/fuzz")
        return 2
    if given.mutants:
        return 1 if mutation_run(given.seed) else 0
    return 1 if compare(given.evaluations, given.seed) else 0


if __name__ == "__main__":
    sys.exit(main())
