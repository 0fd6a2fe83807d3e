"""Does the law pack say what its law file says? One command, no arguments needed:

    .venv/bin/python benchmarks/reading.py [--sets 20000] [--seed 0] [--show 1]

The pack is compared with a second reading of the law file
(tests/california_firearms/reading), level by level, over as many sets of answers. Ends
with 1 after a difference that is not explained; prints them by finding, the smallest
sets of answers that show them, and how many are explained.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import defaultdict
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"

AS_OF = date(2026, 11, 29)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sets", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", type=int, default=1, help="examples of each kind")
    parser.add_argument("--rules", help="only findings whose key has this", default="")
    parser.add_argument("--pack", help="the folder of another copy of the pack")
    given = parser.parse_args()

    import django

    django.setup()
    from screening_block.engine import load_release
    from screening_block.packs.read import read_pack
    from tests.california_firearms.reading.compare import all_differences, minimal
    from tests.law_pack import law_pack

    pack = read_pack(Path(given.pack)) if given.pack else law_pack()
    release = load_release(pack.release())
    start = time.monotonic()
    every = list(all_differences(release, given.seed, given.sets, AS_OF))
    found = [d for d in every if not d.explained and given.rules in d.rule]
    kinds = defaultdict(list)
    for difference in found:
        kinds[difference[:3]].append(difference)
    for kind, examples in sorted(kinds.items()):
        print(f"{kind[0]}: {len(examples)} x {kind[1]}, the pack says {kind[2]}")
        examples.sort(key=lambda example: len(example.answers))
        for example in examples[: given.show]:
            print("   ", json.dumps(minimal(example, release, AS_OF)))
    print(
        f"{given.sets:,} sets of answers, {time.monotonic() - start:.0f} s:"
        f" {len(found):,} differences in {len({d.rule for d in found})} findings,"
        f" {sum(d.explained for d in every):,} more explained"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
