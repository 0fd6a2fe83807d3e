"""Does any request of the API end in a fault? One command, no arguments needed:

    .venv/bin/python benchmarks/api_fuzz.py [--requests 10000] [--seed 0]

Schemathesis makes requests of every operation of the API's own description, right ones
and wrong ones, most of them to addresses that are there, on the demo site in SQLite
(`TEST_DATABASE_URL` for another database). Ends with 1 if an answer fails any check of
schemathesis, or if an operation was left out.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--small", action="store_true", help="without the demo")
    given = parser.parse_args()

    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    from cms.views import build_openapi
    from tests.faults.api_requests import ask
    from tests.faults.content import make_content

    logging.disable(logging.CRITICAL)
    settings.ALLOWED_HOSTS = ["*"]
    creation = connection.creation
    creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        make_content(demo=not given.small)
        start = time.monotonic()
        done = ask(given.requests, given.seed)
    finally:
        creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)
    operations = sum(
        method in ("get", "post")
        for item in build_openapi()["paths"].values()
        for method in item
    )
    for fault in done.faults[:20]:
        print(fault[:1_000])
    statuses = ", ".join(f"{n} x {code}" for code, n in sorted(done.statuses.items()))
    print(
        f"{connection.vendor}, {time.monotonic() - start:.0f} s: {done.requests:,}"
        f" requests of {len(done.operations)} of {operations} operations:"
        f" {len(done.faults)} answers that fail a check ({statuses})"
    )
    whole = len(done.operations) == operations and done.requests >= given.requests
    return 1 if done.faults or not whole else 0


if __name__ == "__main__":
    sys.exit(main())
