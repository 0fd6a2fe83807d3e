"""Does any request end in a fault of the server? One command, no arguments needed:

    .venv/bin/python benchmarks/faults.py [--requests 2600] [--seed 0]

Random requests, four in five of them posts, over every pattern of the URL resolver,
with fields missing, doubled and hostile, as superuser, editor and visitor, on the demo
site: in SQLite, and in PostgreSQL if one answers here. Ends with 1 after an answer of
500 or above.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"

from tests import services


def walk(requests: int, seed: int, only: str) -> int:
    """Walk in this process; the number of faults."""
    import django

    django.setup()
    import logging

    from django.db import connection
    from django.test.utils import setup_test_environment

    from tests.faults.content import make_content
    from tests.faults.walk import Walk, report

    # Filters still see what is not written out.
    logging.getLogger().handlers = [logging.NullHandler()]
    for name in ("django", "cms.faults", "axes"):
        logging.getLogger(name).handlers = [logging.NullHandler()]
        logging.getLogger(name).propagate = False
    setup_test_environment()
    creation = connection.creation
    creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        make_content(demo=True)
        start = time.monotonic()
        walking = Walk(only)
        done = walking.run(range(seed, seed + requests))
        print(f"{connection.vendor}: {time.monotonic() - start:.0f} s")
        report(done)
        walking.close()
    finally:
        creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)
    return len(done.faults)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=2_600)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default="", help="addresses that hold this")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.here:
        return 1 if walk(given.requests, given.seed, given.only) else 0
    again = [sys.executable, __file__, "--here", *sys.argv[1:]]
    clean = {k: v for k, v in os.environ.items() if not k.startswith("TEST_")}
    wrong = subprocess.call(again, env=clean)
    if address := services.database():
        wrong |= subprocess.call(again, env={**clean, "TEST_DATABASE_URL": address})
    else:
        print("SKIPPED on PostgreSQL: none answers here (set TEST_DATABASE_URL).")
    return wrong


if __name__ == "__main__":
    sys.exit(main())
