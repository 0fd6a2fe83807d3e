"""How long the checks before publishing and the comparison of releases take.

One command, no arguments needed:

    .venv/bin/python benchmarks/engine_checks.py

Processor time, on the law pack of California firearm convictions: all checks by search
of a pack that is new and of one with a single reworded rule (what an editor's panel
asks while typing), and the comparison with a pack whose threshold differs. The ratio is
to one evaluation of the same pack, timed in the same run.
"""

from __future__ import annotations

import copy
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from screening_block.engine import (
    Memory,
    compare,
    evaluate,
    flags,
    load_release,
    parse_answers,
)
from screening_block.packs.read import read_pack

AS_OF = "2026-11-23"
PACK = Path(__file__).parents[1] / "plugins/california_firearms/pack"


def seconds(run: Callable[[], Any]) -> float:
    """Processor seconds of the best of three calls."""
    found = []
    for _ in range(3):
        start = time.process_time()
        run()
        found.append(time.process_time() - start)
    return min(found)


def main() -> None:
    pack = read_pack(PACK)
    data = pack.release()
    release = load_release(data)
    answers = parse_answers(release, pack.scenarios[0]["answers"])
    one = seconds(lambda: [evaluate(release, answers, AS_OF) for _ in range(50)]) / 50

    reworded = copy.deepcopy(data)
    finding = reworded["findings"][0]
    name = next(n for n in ("applies_when", "may_apply_when") if n in finding)
    finding[name] = {"op": "all", "of": [finding[name]]}
    edited = load_release(reworded)
    memory = Memory()
    flags(release, AS_OF, memory=memory)

    moved = copy.deepcopy(data)
    moved["thresholds"]["af_term"]["values"][0]["value"] = 300
    other = load_release(moved)
    scenarios = [(one["name"], one["answers"]) for one in pack.scenarios]

    for label, run in (
        ("all checks", lambda: flags(release, AS_OF)),
        ("checks after an edit", lambda: flags(edited, AS_OF, memory=memory)),
        ("comparison", lambda: compare(release, other, AS_OF)),
        (
            f"comparison, {len(scenarios)} scenarios",
            lambda: compare(release, other, AS_OF, scenarios),
        ),
    ):
        took = seconds(run)
        print(f"{label:28} {took * 1000:8.0f} ms   {took / one:8.0f} evaluations")


if __name__ == "__main__":
    main()
