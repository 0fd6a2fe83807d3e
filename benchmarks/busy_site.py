"""Fifty readers while an editor publishes. One command, no arguments needed:

    .venv/bin/python benchmarks/busy_site.py [--seconds 60] [--connections 50]

The server runs as the operations guide starts it, with production settings and the
demo's content, on a PostgreSQL and a Redis of its own. As many connections as said ask
for pages, the API, searches and evaluations without a rest, and meanwhile an editor
publishes every two seconds: a page by the admin's form, an article, a threshold that a
screener uses. After each publish a visitor must read what was published.

Prints how many were answered, how fast by kind, and what the workers' memory was. Ends
with 1 if one answer was an error or out of date, if publishes were too few, if one in a
hundred took longer than `SLOWEST`, or if memory grew while the same was asked again.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from operations import make
from outside import PostgreSQL, Redis, program
from visits import ARTICLE, KEY, Visitor, log_in, publish

from tests.serving import ROOT, ask, documented_command, production, server, workers

#: Seconds in which 99 of 100 are answered on two cores that readers and servers share.
SLOWEST = 5.0
EVERY = 2.0
EVALUATE = f"/api/v1/screeners/{KEY}/evaluate/?detail=levels"
#: How often of 100, and what: a name for the table and the addresses in turn.
ASKED: list[tuple[int, str, list[str]]] = [
    (40, "page", ["/", ARTICLE, "/articles/", "/help/", f"/{KEY}/", "/es/"]),
    (25, "API", ["/api/v1/articles/", f"/api/v1/screeners/{KEY}/", "/api/v1/topics/"]),
    (10, "search", ["/search/?q=conviction", "/api/v1/articles/?q=firearm"]),
    (15, "evaluate", [EVALUATE]),
    (10, "form", [f"/screeners/{KEY}/"]),
]
#: (kind, seconds, status)
Seen = tuple[str, float, int]


def read(path: Path, seed: int, until: float, seen: list[Seen]) -> None:
    """One reader, who asks again as soon as there is an answer."""
    random = Random(seed)
    weights = [often for often, _kind, _addresses in ASKED]
    while time.monotonic() < until:
        _often, kind, addresses = random.choices(ASKED, weights)[0]
        address, data, headers = random.choice(addresses), None, {}
        if kind == "evaluate":
            data = json.dumps({"answers": {}}).encode()
            headers = {"Content-Type": "application/json"}
        headers["X-Forwarded-For"] = f"203.0.113.{seed % 250}"
        began = time.monotonic()
        try:
            status, _headers, body = ask(path, address, data, headers, timeout=60)
        except OSError:
            status, body = 0, b""
        # An answer without a page is none.
        status = status if body or status != 200 else 0
        seen.append((kind, time.monotonic() - began, status))


def readers(
    path: Path, seeds: list[int], until: float, queue: multiprocessing.Queue
) -> None:
    seen: list[Seen] = []
    threads = [
        threading.Thread(target=read, args=(path, seed, until, seen)) for seed in seeds
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    queue.put(seen)


class Editor:
    """Publishes, and looks whether a visitor reads it."""

    def __init__(self, path: Path) -> None:
        self.path, self.turn = path, 0
        self.staff, self.visitor = Visitor(path), Visitor(path)
        self.done: Counter[str] = Counter()
        self.wrong: list[str] = []
        if not log_in(self.staff):
            self.wrong.append("no log-in")

    def work(self, until: float) -> None:
        ways = [self.page, self.article, self.page, self.threshold]
        while time.monotonic() < until:
            began = time.monotonic()
            way = ways[self.turn % len(ways)]
            self.turn += 1
            try:
                if not way():
                    self.wrong.append(f"{way.__name__} {self.turn}: out of date")
            except Exception as error:  # noqa: BLE001 - whatever it was, it is told
                self.wrong.append(f"{way.__name__} {self.turn}: {error!r:.200}")
            self.done[way.__name__] += 1
            time.sleep(max(0.0, EVERY - (time.monotonic() - began)))

    def page(self) -> bool:
        return publish(self.staff, self.visitor)

    def article(self) -> bool:
        from cms.articles.models import ArticlePage

        article = ArticlePage.objects.get(slug=ARTICLE.split("/")[2], locale_id=1)
        article.title = f"What counts as a conviction {self.turn}"
        article.save_revision().publish()
        return article.title in self.visitor.get(ARTICLE).text

    def threshold(self) -> bool:
        from screening_block.models import Threshold

        threshold = Threshold.objects.filter(live=True).order_by("pk").first()
        assert threshold
        threshold.checked_by = f"Reader {self.turn}"
        threshold.save_revision().publish()
        return threshold.checked_by in self.visitor.get("/api/v1/thresholds/").text


def memory(process: subprocess.Popen) -> int:
    """Kilobytes that all workers have in memory."""
    total = 0
    for number in workers(process):
        with open(f"/proc/{number}/status") as file:
            line = next(one for one in file if one.startswith("VmRSS"))
        total += int(line.split()[1])
    return total


def crowd(
    path: Path, process: subprocess.Popen, seconds: float, connections: int
) -> tuple[list[Seen], Editor, list[int], int]:
    """What was seen, the editor, the memory second by second, workers gone."""
    queue: multiprocessing.Queue = multiprocessing.get_context("spawn").Queue()
    editor, before = Editor(path), set(workers(process))
    until = time.monotonic() + seconds
    seeds = list(range(connections))
    parts = [
        multiprocessing.get_context("spawn").Process(
            target=readers, args=(path, seeds[place::2], until, queue)
        )
        for place in range(2)
    ]
    for part in parts:
        part.start()
    publishing = threading.Thread(target=editor.work, args=(until,))
    publishing.start()
    sizes = []
    while time.monotonic() < until:
        sizes.append(memory(process))
        time.sleep(1)
    seen = [one for _part in parts for one in queue.get()]
    publishing.join()
    for part in parts:
        part.join()
    return seen, editor, sizes, len(before - set(workers(process)))


def judge(
    seen: list[Seen], editor: Editor, sizes: list[int], replaced: int, seconds: float
) -> list[str]:
    """Prints the figures; what of them is wrong."""
    wrong = list(editor.wrong)
    by_kind: dict[str, list[float]] = defaultdict(list)
    for kind, took, _status in seen:
        by_kind[kind].append(took)
        by_kind["all"].append(took)
    print(
        f"{'':<10}{'answers':>9}{'a second':>10}{'median':>9}{'p99':>9}{'slowest':>9}"
    )
    for kind, times in by_kind.items():
        times.sort()
        median, late = times[len(times) // 2], times[int(len(times) * 0.99)]
        print(
            f"{kind:<10}{len(times):>9}{len(times) / seconds:>9.0f}"
            f"{median:>8.2f}s{late:>8.2f}s{times[-1]:>8.2f}s"
        )
        if kind == "all" and late > SLOWEST:
            wrong.append(f"one in a hundred took {late:.1f} s")
    errors = Counter(status for _kind, _took, status in seen if status != 200)
    published = sum(editor.done.values())
    third = len(sizes) // 3
    middle, end = max(sizes[third : 2 * third]), max(sizes[2 * third :])
    print(f"errors: {dict(errors) or 0}; publishes: {published} {dict(editor.done)}")
    print(f"memory of the workers: {middle / 1024:.0f} then {end / 1024:.0f} MB")
    if errors:
        wrong.append(f"{sum(errors.values())} errors")
    if published < seconds / EVERY / 3:
        wrong.append("hardly anything was published")
    if end > 1.1 * middle or replaced:
        wrong.append("memory grows" if not replaced else f"{replaced} workers gone")
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--connections", type=int, default=50)
    given = parser.parse_args()
    missing = [name for name in ("redis-server", "postgres") if not program(name)]
    if missing or not sys.platform.startswith("linux"):
        print("SKIPPED: needs Linux with", ", ".join(missing or ["/proc"]))
        return 0
    with tempfile.TemporaryDirectory(prefix="legal-cms-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        cache, database = Redis(), PostgreSQL(folder)
        undo: list[Callable[[], Any]] = [cache.stop, database.stop]
        try:
            cache.start()
            database.create()
            # Readers of a real site come from many addresses.
            env = production(
                folder,
                CACHE_URL=cache.url,
                DATABASE_URL=database.address,
                API_RATE_SEARCH="1000000/min",
                API_RATE_EVALUATE="1000000/min",
            )
            static = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
            subprocess.run(static, cwd=ROOT, env=env, check=True)
            make(env)
            os.environ |= env
            import django

            django.setup()
            path = folder / "site.sock"
            log = folder / "log"
            with server(documented_command(path), env, path, log) as process:
                crowd(path, process, 5, 10)
                print(f"load before {os.getloadavg()[0]:.1f}")
                found = crowd(path, process, given.seconds, given.connections)
            wrong = judge(*found, given.seconds)
            traces = log.read_text("utf-8").count("Traceback")
            if traces:
                wrong.append(f"{traces} trace backs in the log")
                print(log.read_text("utf-8")[-3000:])
        finally:
            for act in undo:
                act()
    for one in wrong[:10]:
        print("  WRONG", one)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
