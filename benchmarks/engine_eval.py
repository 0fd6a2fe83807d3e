"""How long the engine takes. One command, no arguments needed:

    .venv/bin/python benchmarks/engine_eval.py [RELEASE.json]

Without a file: the law pack of California firearm convictions, and a random pack of
its size (45 questions, 80 findings, 25 facts, about 600 atoms). Prints medians of one
run and, because machines differ, their ratio to a fixed piece of plain Python timed in
the same run.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from screening_block.engine import (
    evaluate,
    explain,
    levels,
    load_release,
    parse_answers,
    walk,
)
from screening_block.engine.model import roots
from screening_block.engine.program import leaves_of
from screening_block.packs.read import read_pack
from tests.screening_block.engine import generate

AS_OF = "2026-11-23"
PACK = Path(__file__).parents[1] / "plugins/california_firearms/pack"


def yardstick() -> int:
    """The fixed piece of Python all ratios refer to."""
    total = 0
    for number in range(1000):
        total += number & 7
    return total


def median(run: Callable[[], Any], seconds: float = 1.0) -> float:
    """Median seconds of one call."""
    samples = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(samples) < 5:
        start = time.perf_counter()
        run()
        samples.append(time.perf_counter() - start)
    return statistics.median(samples)


def main() -> None:
    if len(sys.argv) > 1:
        report(Path(sys.argv[1]).read_bytes())
        return
    report(read_pack(PACK).release())
    report(generate.release(random.Random(7), generate.LARGE))


def report(source: Any) -> None:
    """Load a release and print what each step with it takes."""
    rng = random.Random(7)
    start = time.perf_counter()
    release = load_release(source)
    loading = time.perf_counter() - start
    start = time.perf_counter()
    program = release.program
    compiling = time.perf_counter() - start
    conditions = [node for _path, node in roots(release.data)]
    atoms = sum(len(leaves_of(node)) for node in conditions)
    print(
        f"{release.key}: {len(release.questions)} questions, "
        f"{len(release.findings)} findings, {len(release.facts)} facts, "
        f"{len(conditions)} conditions, {atoms} atoms "
        f"({len(program.atoms)} distinct), {len(program.groups)} groups"
    )
    data = release.data
    sets = {
        "nothing answered": {},
        "half answered": generate.answers(rng, data, AS_OF, 0.5, 0.1),
        "all answered": generate.answers(rng, data, AS_OF, 1.0, 0.0),
    }
    base = median(yardstick, 0.3)
    print(f"yardstick {base * 1e6:.1f} us; load {loading * 1e3:.0f} ms", end="")
    print(f", compile {compiling * 1e3:.1f} ms (once)")
    for name, given in sets.items():
        outcome = evaluate(release, given, AS_OF)
        nodes = sum(len(finding.because) for finding in outcome.findings)
        print(f"{name} ({len(given)} answers, {nodes} trace nodes)")
        runs: dict[str, Callable[[], Any]] = {
            "parse_answers": lambda given=given: parse_answers(release, given),
            "levels": lambda given=given: levels(release, given, AS_OF),
            "evaluate": lambda given=given: evaluate(release, given, AS_OF),
            "walk": lambda given=given: walk(release, given, AS_OF),
            "explain all": lambda given=given, outcome=outcome: [
                explain(release, given, finding, AS_OF) for finding in outcome.findings
            ],
        }
        for label, run in runs.items():
            taken = median(run)
            print(f"  {label:14} {taken * 1e6:9.1f} us  {taken / base:8.1f} x")


if __name__ == "__main__":
    main()
