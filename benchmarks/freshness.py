"""Whether anybody ever reads what is no longer so. One command, no arguments needed:

    .venv/bin/python benchmarks/freshness.py [--changes 1000] [--on sqlite|postgresql]

Four servers of one process each answer the demo's site from one database, with a Redis
that is stopped half-way. After each change, of every kind and by every way to write it
(`tests/cms/freshness/changes.py`), each is asked at once for four addresses that it was
asked for before, one of which makes room for another each time. What it says is
compared with what Django, asked without anything kept, says then. Half of the changes
prefer pages that are looked at; how many addresses said something else than before is
told, because only these can be stale. Ends with 1 if one answer was another one, showed
what is private, or named a picture whose file is not there.
"""

from __future__ import annotations

import argparse
import logging
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPConnection, RemoteDisconnected
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from databases import KINDS, on_each
from django.utils.encoding import iri_to_uri
from outside import PostgreSQL, Redis, free_port

PROCESSES, PAGES = 4, 4
#: Seconds for a server to start, on a machine that has much else to do.
PATIENCE = 600
ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def serving(port: int, folder: Path) -> Iterator[None]:
    """A server of one process, while it answers."""
    command = [
        *(sys.executable, "-m", "granian", "--interface=wsgi", "--workers=1"),
        *("--host=127.0.0.1", f"--port={port}", "--blocking-threads=1", "--no-ws"),
        *("--log-level=warning", "cms.wsgi:application"),
    ]
    with (folder / f"{port}.log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
        )
    try:
        deadline = time.monotonic() + PATIENCE
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if process.poll() is not None or time.monotonic() > deadline:
                said = (folder / f"{port}.log").read_text()
                raise RuntimeError(f"the server at {port} does not start: {said}")
            time.sleep(0.2)
        yield
    finally:
        process.terminate()
        # One that is told to end while it starts waits for ever.
        with suppress(subprocess.TimeoutExpired):
            process.wait(30)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


class Reader:
    """Asks one server, as somebody who keeps a connection open."""

    def __init__(self, port: int) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def ask_all(self, paths: list[str]) -> list[tuple[int, bytes, bool]]:
        return [self.ask(path) for path in paths]

    def ask(self, path: str) -> tuple[int, bytes, bool]:
        try:
            return self._ask(path)
        except (RemoteDisconnected, ConnectionError):
            # A server closes what was idle for long; the next request opens another.
            self.connection.close()
            return self._ask(path)

    def _ask(self, path: str) -> tuple[int, bytes, bool]:
        # As a browser writes the address of a topic in another script.
        address = iri_to_uri(path)
        self.connection.request("GET", address, headers={"Host": "localhost"})
        answer = self.connection.getresponse()
        return answer.status, answer.read(), answer.headers["ETag"] is not None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--changes", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--on", choices=KINDS)
    given = parser.parse_args()
    if given.on is None:
        return on_each(__file__, sys.argv[1:])
    with tempfile.TemporaryDirectory() as place, ExitStack() as stack:
        folder = Path(place)
        folder.chmod(0o755)
        redis = Redis()
        redis.start()
        stack.callback(redis.stop)
        database = f"sqlite:///{folder / 'db.sqlite3'}"
        if given.on == "postgresql":
            server = PostgreSQL(folder)
            server.create()
            stack.callback(server.stop)
            database = server.address
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "cms.settings.base",
            "DATABASE_URL": database,
            "CACHE_URL": redis.url,
            "VAR_DIR": str(folder),
            "ALLOWED_HOSTS": "localhost",
            "SITE_URL": "http://localhost",
        }
        return try_out(given, folder, redis, stack)


def try_out(given: Any, folder: Path, redis: Redis, stack: ExitStack) -> int:
    import django

    django.setup()
    from django.core.handlers.wsgi import WSGIHandler
    from django.core.management import call_command

    from tests.cms.freshness import changes
    from tests.cms.freshness.asking import ask_anew

    # What is not there is asked for on purpose.
    logging.getLogger("django.request").setLevel(logging.ERROR)
    call_command("migrate", verbosity=0)
    call_command("demo", verbosity=0, stdout=open(os.devnull, "w"))  # noqa: SIM115
    ports = [free_port() for _process in range(PROCESSES)]
    for port in ports:
        stack.enter_context(serving(port, folder))
    readers = [Reader(port) for port in ports]
    pool = stack.enter_context(ThreadPoolExecutor(PROCESSES))
    plain, random = WSGIHandler(), Random(given.seed)
    made: Counter[str] = Counter()
    asked = kept = moved = 0
    wrong: list[str] = []
    watched = [changes.pick_address(random) for _place in range(PAGES)]
    before: dict[str, bytes] = {}
    for number in range(given.changes):
        if number == given.changes // 2:
            redis.stop()
        if number and number % 50 == 0:
            said = f"{given.on}: {number} changes, {asked} answers, {len(wrong)} wrong"
            print(said, file=sys.stderr, flush=True)
        slow = number % 40 == 39
        change = random.choice(changes.SLOW if slow else changes.QUICK)
        changes.preferred = {page.pk for _address, page in watched if page}
        try:
            change(random)
        except Exception as error:  # noqa: BLE001 - whatever refused it
            # It made no sense now. That it left no trace is seen below.
            made[f"refused: {type(error).__name__}"] += 1
        made[change.__name__] += 1
        addresses = [address for address, _page in watched]
        # All of them at once, and what is right meanwhile.
        waiting = [pool.submit(reader.ask_all, addresses) for reader in readers]
        right = [ask_anew(plain, address, host="localhost") for address in addresses]
        for answers in (one.result() for one in waiting):
            for address, known, (status, body, named) in zip(
                addresses, right, answers, strict=True
            ):
                asked, kept = asked + 1, kept + named
                same = changes.comparable(body) == changes.comparable(known.body)
                if status != known.status or not same:
                    wrong.append(f"{number} {change.__name__} {address}: stale")
                if lost := changes.find_lost(body):
                    wrong.append(f"{number} {change.__name__} {address}: no {lost[0]}")
                if changes.PRIVATE.encode() in body:
                    wrong.append(f"{number} {change.__name__} {address}: private")
        now = {a: known.body for a, known in zip(addresses, right, strict=True)}
        moved += sum(before.get(address, body) != body for address, body in now.items())
        before = now
        place = number % PAGES
        watched[place] = changes.pick_address(random)
        address = watched[place][0]
        list(pool.map(lambda reader, path=address: reader.ask(path), readers))
        before[address] = ask_anew(plain, address, host="localhost").body
    print(f"{given.on}: {given.changes} changes of {len(changes.QUICK)} kinds and more")
    print("  " + ", ".join(f"{name} {times}" for name, times in sorted(made.items())))
    print(f"  {asked} answers of {PROCESSES} processes, {kept} that may be kept")
    print(f"  {moved} times an address said something else than before the change")
    print(f"  stale or private: {len(wrong)}")
    for line in wrong[:20]:
        print(f"  WRONG {line}")
    return int(bool(wrong) or kept < asked / 2)


if __name__ == "__main__":
    sys.exit(main())
