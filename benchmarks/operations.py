"""What stays up when something goes away. One command, no arguments needed:

    .venv/bin/python benchmarks/operations.py

The server runs as the operations guide starts it, with production settings and the
demo's content, on a Redis and a PostgreSQL of its own, which are then hurt: a worker is
killed, all are replaced, Redis is stopped and made to hang, connections to PostgreSQL
are cut, PostgreSQL is stopped, and the disk below SQLite and the uploads is filled.
Prints what was done, how many requests failed meanwhile, and how long it took until all
was right again. Ends with 1 if a figure is worse than the guide says.
"""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import requests
from outside import PostgreSQL, Redis, fill, program, small_disk
from PIL import Image
from visits import PASSWORD, Load, Visitor, load, log_in, page, walk

from tests.serving import ROOT, documented_command, production, server, workers

# Made by whoever visits only reads; the rest needs to write.
READING = 8


class Report:
    """Lines of figures, and what of them is worse than promised."""

    def __init__(self) -> None:
        self.wrong: list[str] = []

    def under_load(
        self, what: str, seen: Load, since: float, most: int, again: float
    ) -> None:
        after = seen.right_again(since)
        print(
            f"{what:<44}{len(seen.failed):>4} of {len(seen.seen):<5}failed, "
            f"right again after {after:4.1f} s, slowest {seen.slowest:4.1f} s"
        )
        self.expect(what, f"more than {most} failed", len(seen.failed) <= most)
        self.expect(what, f"not right within {again} s", after <= again)
        self.expect(what, "nothing was asked", len(seen.seen) > 20)

    def expect(self, what: str, otherwise: str, holds: bool) -> None:
        if not holds:
            self.wrong.append(f"{what}: {otherwise}")
            print(f"  WRONG {otherwise}")

    def walked(self, what: str, path: Path, usual: dict) -> None:
        """Everything must be right; its times beside the usual ones."""
        seen = walk(path)
        bad = [name for name, (right, _seconds) in seen.items() if not right]
        self.expect(what, f"wrong: {', '.join(bad)}", not bad)
        print(f"  {'ms usual':>28} {'now':>7}")
        for name, (_right, seconds) in seen.items():
            print(f"  {name:<19}{usual[name][1] * 1000:>9.0f}{seconds * 1000:>8.0f}")


def wait_for(holds: Callable[[], bool], limit: float = 60) -> float:
    """Seconds until it holds."""
    began = time.monotonic()
    while not holds():
        if time.monotonic() - began > limit:
            break
        time.sleep(0.1)
    return time.monotonic() - began


def health(path: Path) -> dict:
    try:
        answer = Visitor(path).get("/healthz")
        return {"code": answer.status_code, **answer.json()}
    except requests.RequestException:
        return {"code": 0, "status": "none"}


def workers_die(report: Report, path: Path, process: subprocess.Popen) -> None:
    with load(path) as seen:
        time.sleep(2)
        before = workers(process)
        since = time.monotonic()
        os.kill(before[0], signal.SIGKILL)
        wait_for(lambda: before[0] not in workers(process))
        time.sleep(6)
    report.under_load("a worker is killed", seen, since, most=2, again=2)
    report.expect("a worker is killed", "not replaced", len(workers(process)) == 2)
    with load(path) as seen:
        time.sleep(1)
        before = workers(process)
        since = time.monotonic()
        process.send_signal(signal.SIGHUP)
        wait_for(lambda: not set(before) & set(workers(process)))
        time.sleep(1)
    report.under_load("all workers are replaced (reload)", seen, since, 0, 0)


def cache_goes(report: Report, path: Path, cache: Redis) -> None:
    usual = walk(path)
    for what, act, undo in [
        ("Redis is stopped", cache.stop, cache.start),
        ("Redis hangs: accepts and never answers", cache.hang, cache.wake),
    ]:
        with load(path) as seen:
            time.sleep(1)
            since = time.monotonic()
            act()
            time.sleep(8)
            told = health(path)
        report.under_load(what, seen, since, most=0, again=0)
        report.expect(what, f"slowest {seen.slowest:.1f} s", seen.slowest < 5)
        report.expect(
            what,
            f"the health check said {told}",
            told["code"] == 200 and told["degraded"] == ["cache"],
        )
        report.walked(what, path, usual)
        undo()
        back = wait_for(lambda: health(path).get("degraded") == [])
        print(f"  the cache is used again after {back:.1f} s")
        report.expect(what, "the cache is not used again", back < 15)


def database_goes(report: Report, path: Path, database: PostgreSQL) -> None:
    cut = 0
    with load(path) as seen:
        time.sleep(1)
        since = time.monotonic()
        for _time in range(4):
            cut += database.cut()
            time.sleep(1)
    what = f"connections to PostgreSQL are cut ({cut} in 4 s)"
    report.expect(what, "there was none", cut > 0)
    # Those that were in the middle.
    report.under_load(what, seen, since, most=cut, again=5)
    what = "PostgreSQL is stopped for 5 s"
    with load(path) as seen:
        time.sleep(1)
        database.stop()
        time.sleep(5)
        told = health(path)
        answer = Visitor(path).get("/")
        since = time.monotonic()
        database.start()
        time.sleep(3)
    report.under_load(what, seen, since, most=len(seen.seen), again=3)
    report.expect(what, f"health check: {told}", told.get("failing") == ["database"])
    report.expect(
        what,
        f"the page for faults is {answer.status_code}",
        answer.status_code == 500 and "</html>" in answer.text,
    )
    report.expect(what, "a request hung", seen.slowest < 10)


def picture() -> bytes:
    file = io.BytesIO()
    Image.frombytes("RGB", (300, 300), os.urandom(270_000)).save(file, "PNG")
    return file.getvalue()


def upload(staff: Visitor) -> int:
    """The status of sending a picture of 270 KB."""
    form = page(staff.get("/admin/images/add/"))
    token = form.select_one("[name=csrfmiddlewaretoken]")
    if token is None:
        return 0
    return int(
        staff.post(
            "/admin/images/add/",
            data={"title": "Noise", "csrfmiddlewaretoken": token["value"]},
            files={"file": ("noise.png", picture(), "image/png")},
        ).status_code
    )


def disk_fills(
    report: Report, path: Path, disk: Path, process: subprocess.Popen
) -> None:
    what = "the disk of SQLite and of the uploads is full"
    staff = Visitor(path)
    report.expect(what, "no log-in before", log_in(staff))
    with load(path) as seen:
        time.sleep(1)
        since = time.monotonic()
        filler = fill(disk)
        time.sleep(3)
    report.under_load(what, seen, since, most=0, again=0)
    told = health(path)
    status = upload(staff)
    print(f"  health check: {told}; a picture sent: {status}")
    report.expect(
        what,
        f"the health check said {told}",
        told["code"] == 200 and told["degraded"] == ["uploads"],
    )
    report.expect(what, "no message for the picture", status not in (0, 500))
    reading = list(walk(path).items())[:READING]
    bad = [name for name, (right, _seconds) in reading if not right]
    report.expect(what, f"wrong: {', '.join(bad)}", not bad)
    for victim in workers(process):
        os.kill(victim, signal.SIGKILL)
    back = wait_for(lambda: health(path)["code"] == 200)
    print(f"  with new workers it answers after {back:.1f} s")
    report.expect(what, "new workers do not answer", back < 60)
    filler.unlink()
    bad = [name for name, (right, _seconds) in walk(path).items() if not right]
    report.expect(what, f"wrong with room again: {', '.join(bad)}", not bad)


def make(env: dict[str, str]) -> None:
    """An empty database becomes a site with the demo's content."""
    env = env | {"DJANGO_SUPERUSER_PASSWORD": PASSWORD}
    for words in (
        ["migrate"],
        ["createsuperuser", "--noinput", "--username=admin", "--email=a@example.org"],
        ["demo"],
    ):
        subprocess.run(
            [sys.executable, "manage.py", *words, "-v0"],
            cwd=ROOT,
            env=env,
            check=True,
            stdout=subprocess.DEVNULL,
        )


def main() -> int:
    missing = [name for name in ("redis-server", "postgres") if not program(name)]
    if missing or not sys.platform.startswith("linux"):
        print("SKIPPED: needs Linux with", ", ".join(missing or ["/proc"]))
        return 0
    report = Report()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="legal-cms-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        cache, database = Redis(), PostgreSQL(folder)
        path = folder / "site.sock"
        try:
            with small_disk(folder / "disk", 160) as disk:
                cache.start()
                database.create()
                shared = {"CACHE_URL": cache.url, "DATABASE_URL": database.address}
                env = production(folder, **shared)
                small = env | {
                    "DATABASE_URL": f"sqlite:///{disk}/db.sqlite3",
                    "MEDIA_ROOT": f"{disk}/media",
                }
                static = [sys.executable, "manage.py", "collectstatic", "--noinput"]
                with ThreadPoolExecutor() as pool:
                    jobs = [pool.submit(make, env)]
                    if disk:
                        jobs.append(pool.submit(make, small))
                    subprocess.run([*static, "-v0"], cwd=ROOT, env=env, check=True)
                    for job in jobs:
                        job.result()
                print(f"Ready after {time.monotonic() - began:.0f} s.")
                log = folder / "log"
                with server(documented_command(path), env, path, log) as process:
                    walk(path)
                    workers_die(report, path, process)
                    cache_goes(report, path, cache)
                    database_goes(report, path, database)
                    report.walked("afterwards", path, walk(path))
                path.unlink(missing_ok=True)
                if disk is None:
                    print("SKIPPED a full disk: only root may make a small one.")
                else:
                    command = documented_command(path)
                    with server(command, small, path, log) as process:
                        disk_fills(report, path, disk, process)
                traces = log.read_text("utf-8").count("Traceback")
                print(f"{traces} trace backs in the log")
        finally:
            cache.stop()
            database.stop()
    print(f"{time.monotonic() - began:.0f} s, {len(report.wrong)} wrong")
    return 1 if report.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
