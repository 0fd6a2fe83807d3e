"""Whether a mirror that follows the feed of changes stays what the site is. One
command, no arguments needed:

    .venv/bin/python benchmarks/changes.py [--edits 400] [--articles 1000]
        [--on sqlite|postgresql]

Random edits of every kind and by every way to write them
(`tests/cms/freshness/changes.py`) are followed through the API alone, after each or
after several; again and again the mirror is compared with a fresh reading of every list
and address. Then the demo's articles are copied until there are as many as said, and
the feed is asked: by somebody who begins, when nothing changed, and after one edit.
Those times are of this process's processor; on PostgreSQL its own work comes on top.

Ends with 1 where the mirror differed, something private was told, or an answer took
longer than its limit.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from databases import KINDS, on_each
from outside import PostgreSQL
from serving import grow

#: Edits between two comparisons, and the most that are made before the feed is read.
COMPARED, AT_ONCE = 200, 5
#: Milliseconds of the processor that an answer may take.
LIMITS = {"nothing changed, from memory": 1, "nothing changed": 30, "one edit": 1_000}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=400)
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--on", choices=KINDS)
    given = parser.parse_args()
    if given.on is None:
        return on_each(__file__, sys.argv[1:])
    with tempfile.TemporaryDirectory() as place, ExitStack() as stack:
        folder = Path(place)
        folder.chmod(0o755)
        database = f"sqlite:///{folder / 'db.sqlite3'}"
        if given.on == "postgresql":
            server = PostgreSQL(folder)
            server.create()
            stack.callback(server.stop)
            database = server.address
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "cms.settings.base",
            "DATABASE_URL": database,
            "CACHE_URL": "locmem://",
            "VAR_DIR": str(folder),
            "ALLOWED_HOSTS": "localhost",
            "SITE_URL": "http://localhost",
        }
        return try_out(given)


def try_out(given: Any) -> int:
    import django

    django.setup()
    from django.core.management import call_command

    logging.getLogger("django.request").setLevel(logging.ERROR)
    call_command("migrate", verbosity=0)
    call_command("demo", verbosity=0, stdout=open(os.devnull, "w"))  # noqa: SIM115
    wrong = follow(given)
    grow(given.articles)
    return int(bool(wrong + measure(given)))


def get(address: str) -> tuple[int, Any]:
    from django.core.handlers.wsgi import WSGIHandler

    from tests.cms.freshness.asking import ask

    answer = ask(WSGIHandler(), address, host="localhost")
    return answer.status, json.loads(answer.body)


def follow(given: Any) -> int:
    """Edit, and follow; return how much was wrong."""
    from tests.cms.changes.mirror import Mirror, compare, read_all
    from tests.cms.freshness import changes

    random, mirror = Random(given.seed), Mirror(get, limit=100)
    made: Counter[str] = Counter()
    wrong: list[str] = []
    mirror.follow()
    began, compared = time.monotonic(), 0
    waiting = 0
    for number in range(1, given.edits + 1):
        slow = number % 100 == 99
        edit = random.choice(changes.SLOW if slow else changes.QUICK)
        try:
            edit(random)
        except Exception as error:  # noqa: BLE001 - whatever refused it
            made[f"refused: {type(error).__name__}"] += 1
        made[edit.__name__] += 1
        waiting += 1
        due = number % COMPARED == 0 or number == given.edits
        if waiting < random.randint(1, AT_ONCE) and not due:
            continue
        waiting = 0
        mirror.follow()
        if due:
            compared += 1
            found = compare(mirror.held, read_all(get))
            wrong += [f"{number} {edit.__name__}: {one}" for one in found]
            if mirror.follow():
                wrong.append(f"{number}: told twice")
    if changes.PRIVATE in json.dumps(mirror.entries):
        wrong.append("private")
    minutes = (time.monotonic() - began) / 60
    print(f"{given.on}: {given.edits} edits in {minutes:.0f} minutes")
    print("  " + ", ".join(f"{name} {times}" for name, times in sorted(made.items())))
    print(f"  {len(mirror.entries)} entries told, {len(mirror.held)} things held")
    print(f"  {compared} times compared; differences: {len(wrong)}")
    for line in wrong[:20]:
        print(f"  WRONG {line}")
    return len(wrong)


def measure(given: Any) -> int:
    """Print what answers of the feed cost; return how many cost too much."""
    from cms.articles.models import ArticlePage
    from cms.freshness.layer import KeepingHandler
    from tests.cms.changes.mirror import Mirror
    from tests.cms.freshness.asking import ask

    spent: dict[str, list[float]] = {}

    def timed(name: str, address: str, application: Any = None) -> Any:
        before = time.process_time()
        if application is None:
            status, body = get(address)
        else:
            answer = ask(application, address, host="localhost")
            status, body = answer.status, json.loads(answer.body)
        assert status == 200, body
        spent.setdefault(name, []).append((time.process_time() - before) * 1000)
        return body

    reader = Mirror(lambda address: (200, timed("first reading", address)), limit=100)
    reader._take = lambda entry: None  # type: ignore[method-assign]
    count = reader.follow()
    feed = "/api/v1/changes/?limit=100&after="
    cursor = reader.cursor
    kept = KeepingHandler()
    ask(kept, f"{feed}{cursor}", host="localhost")
    for _time in range(20):
        timed("nothing changed", f"{feed}{cursor}")
        timed("nothing changed, from memory", f"{feed}{cursor}", kept)
    articles = ArticlePage.objects.filter(slug__startswith="c-").order_by("pk")
    half = given.articles // 2
    # The newest of a topic are named at the end of many others, which then differ too.
    edited = [("one edit", one) for one in articles[half : half + 10]]
    for name, article in [*edited, ("the newest edited", articles[0])]:
        article.summary = f"{time.time()}"
        article.save_revision().publish()
        told = timed(name, f"{feed}{cursor}")
        while told["has_more"]:
            told = timed(f"{name}, what follows", f"{feed}{told['next']}")
        cursor = told["next"]
    topic = articles.first().topics.first()
    topic.name = f"{topic.name} anew"
    topic.save()
    told = timed("a topic renamed", f"{feed}{cursor}")
    while told["has_more"]:
        told = timed("a topic renamed", f"{feed}{told['next']}")
    wrong = 0
    print(f"{given.on}: {count} things, of them {given.articles} articles")
    for name, times in spent.items():
        middle = sorted(times)[len(times) // 2]
        good = middle <= LIMITS.get(name, float("inf"))
        wrong += not good
        print(
            f"  {name:<30} {middle:>9.2f} ms of {len(times)} answers, "
            f"all {sum(times) / 1000:.1f} s{'' if good else '  WRONG'}"
        )
    return wrong


if __name__ == "__main__":
    sys.exit(main())
