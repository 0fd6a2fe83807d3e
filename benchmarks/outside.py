"""Services of one's own to hurt: a Redis, a PostgreSQL, a folder that is soon full."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
import redis


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def program(name: str) -> str | None:
    """Where a server's program is; Debian keeps PostgreSQL's out of the path."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / name).exists():
            return str(folder / name)
    return shutil.which(name)


class Redis:
    """A Redis that keeps nothing on disk."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        name = program("redis-server")
        assert name
        options = ["--bind", "127.0.0.1", "--port", str(self.port)]
        options += ["--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen([name, *options], stdout=subprocess.DEVNULL)
        client = redis.Redis.from_url(self.url)
        for _attempt in range(100):
            with suppress(redis.RedisError):
                client.ping()
                return
            time.sleep(0.1)
        raise RuntimeError("Redis does not start")

    def hang(self) -> None:
        """It accepts connections from here on and never answers."""
        assert self.process
        self.process.send_signal(signal.SIGSTOP)

    def wake(self) -> None:
        assert self.process
        self.process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        if self.process:
            self.wake()
            self.process.kill()
            self.process.wait()
            self.process = None


class PostgreSQL:
    """A cluster of its own in `folder`; root starts it as another user."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "postgresql"
        self.port = free_port()
        self.address = f"postgresql://site@127.0.0.1:{self.port}/site"
        self.admin = f"postgresql://site@127.0.0.1:{self.port}/postgres"
        self.as_user: dict[str, Any] = {}
        self.process: subprocess.Popen | None = None
        if os.geteuid() == 0:
            names = {entry.pw_name for entry in pwd.getpwall()}
            user = "postgres" if "postgres" in names else "nobody"
            self.as_user = {"user": user, "group": pwd.getpwnam(user).pw_gid}

    def create(self) -> None:
        self.folder.mkdir()
        if self.as_user:
            shutil.chown(self.folder, self.as_user["user"], self.as_user["group"])
        initdb = program("initdb")
        assert initdb
        subprocess.run(
            [initdb, "-D", str(self.folder), "-U", "site", "-A", "trust", "-N"],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd="/",
            **self.as_user,
        )
        self.start()
        with psycopg.connect(self.admin, autocommit=True) as connection:
            connection.execute("CREATE DATABASE site")

    def start(self) -> None:
        server = program("postgres")
        assert server
        options = ["-D", str(self.folder), "-p", str(self.port), "-F"]
        options += ["-c", "listen_addresses=127.0.0.1"]
        options += ["-c", f"unix_socket_directories={self.folder}"]
        self.process = subprocess.Popen(
            [server, *options],
            cwd="/",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **self.as_user,
        )
        for _attempt in range(200):
            with suppress(psycopg.Error):
                psycopg.connect(self.admin, connect_timeout=2).close()
                return
            time.sleep(0.1)
        raise RuntimeError("PostgreSQL does not start")

    def cut(self) -> int:
        """End all connections of the site; how many there were."""
        with psycopg.connect(self.admin, autocommit=True) as connection:
            ended = connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = 'site'"
            )
            return len(ended.fetchall())

    def stop(self) -> None:
        if self.process:
            # The fast shutdown: connections are ended, work in progress undone.
            self.process.send_signal(signal.SIGINT)
            self.process.wait()
            self.process = None


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path | None]:
    """A folder on a disk of that size; None where nobody may make one here."""
    folder.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    made = os.geteuid() == 0 and not subprocess.call(
        ["mount", *options], stderr=subprocess.DEVNULL
    )
    try:
        yield folder if made else None
    finally:
        if made:
            subprocess.call(["umount", "-l", str(folder)])


def fill(folder: Path) -> Path:
    """A file that takes the last byte of the folder's disk."""
    name = folder / "filler"
    with name.open("wb", buffering=0) as file:
        size = 64 * 1024
        while size:
            try:
                file.write(b"x" * size)
            except OSError:
                size //= 2
    return name
