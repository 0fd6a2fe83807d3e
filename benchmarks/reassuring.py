"""Does good news ever stand before worse that may apply? No arguments needed:

    .venv/bin/python benchmarks/reassuring.py [--results 100000] [--browser 5000]
        [--seed 0]

Random releases, with marks of what reassures, lines in short and groups, and answers
that lean towards boundaries; and the scenarios of the law pack with some of their
answers taken away. In each result no sentence that reassures may stand before a graver
finding that may apply. A share is put in order by the JavaScript half in Chromium as
well, and has to be the same. Ends with 1 if a result breaks the law, if the halves
differ, or if what is read off the results would not see a break.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.chromium import launched
from tests.fuzz import cases
from tests.fuzz.browser import BrowserHalf, engine_page
from tests.results_drawn import EACH, check, pack_results, random_results

#: Every so many results are of the law pack, with fewer answers than a scenario has.
PACK = 0.1


def differ(seed: int, results: int) -> int:
    """How often the halves do not agree, in Chromium."""
    found = 0
    with launched() as browser, engine_page(browser) as page:
        half = BrowserHalf(page)
        jobs = cases.random_jobs(seed, max(1, results // EACH), EACH, words=EACH)
        for job in [*jobs, cases.pack_job(seed, EACH, EACH)]:
            found += len(half.run(json.dumps(job))["differences"])
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--results", type=int, default=100_000)
    parser.add_argument("--browser", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    rng = random.Random(given.seed)
    start, seen = time.perf_counter(), Counter[str]()
    of_pack = int(given.results * PACK)
    broken = check(random_results(rng, given.results - of_pack), seen)
    broken += check(pack_results(rng, of_pack), seen)
    seconds = time.perf_counter() - start
    print(
        f"{seen['results']:,} results in {seconds:.0f} s: {seen['reassuring']:,} say "
        f"something that reassures, in {seen['at stake']:,} it could stand too early, "
        f"in {broken} it does"
    )
    differences = differ(given.seed, given.browser)
    print(f"{given.browser:,} of them in a browser as well: {differences} differ")
    return int(bool(broken or differences or not seen["at stake"]))


if __name__ == "__main__":
    sys.exit(main())
