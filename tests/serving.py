"""The server as the operations guide starts it, and how to talk to it.

Whoever changes the guide changes what is tested: the command is read out of it.
"""

from __future__ import annotations

import http.client
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GUIDE = ROOT / "docs" / "operations.md"


def documented_command(socket_path: Path | str) -> list[str]:
    """The words of `ExecStart=` in the guide, with our Python and another socket."""
    text = GUIDE.read_text("utf-8").replace("\\\n", " ")
    found = re.search(r"^ExecStart=(.+)$", text, re.MULTILINE)
    assert found, "no start command in the guide"
    words = shlex.split(found[1])
    assert Path(words[0]).name == "granian"
    words[words.index("--uds") + 1] = str(socket_path)
    return [sys.executable, "-m", "granian", *words[1:]]


def documented_nginx() -> str:
    """The lines for nginx in the guide."""
    found = re.search(r"```nginx\n(.+?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    assert found, "no lines for nginx in the guide"
    return found[1]


def production(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a server on its own files in `folder`."""
    return {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "cms.settings.production",
        "SECRET_KEY": "only-for-tests-" + "s" * 50,
        "ALLOWED_HOSTS": "law.example.org",
        "SITE_URL": "https://law.example.org",
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
        "CACHE_URL": "locmem://",
        "VAR_DIR": str(folder),
        "TRUSTED_PROXIES": "1",
        "BEHIND_TLS_PROXY": "1",
        **more,
    }


class SocketConnection(http.client.HTTPConnection):
    """A connection to the server's Unix socket, as the proxy makes them."""

    def __init__(self, path: Path | str, timeout: float = 20) -> None:
        super().__init__("law.example.org", timeout=timeout)
        self.path = str(path)

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


def ask(
    path: Path | str,
    address: str,
    data: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    timeout: float = 20,
) -> tuple[int, http.client.HTTPMessage, bytes]:
    """Status, headers and body of a GET, or of a POST of `data`, through the proxy."""
    connection = SocketConnection(path, timeout)
    sent = {
        "X-Forwarded-Proto": "https",
        "X-Forwarded-For": "203.0.113.5",
        "Connection": "close",
        **(headers or {}),
    }
    try:
        connection.request("GET" if data is None else "POST", address, data, sent)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


@contextmanager
def server(
    command: list[str], env: Mapping[str, str], path: Path, log: Path
) -> Iterator[subprocess.Popen]:
    """The running server, once it answers; stopped with all its workers afterwards."""
    with log.open("ab") as file:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=dict(env),
            stdout=file,
            stderr=file,
            start_new_session=True,
        )
    try:
        deadline = time.monotonic() + 90
        while True:
            try:
                ask(path, "/healthz")
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(log.read_text("utf-8")) from None
                time.sleep(0.1)
        yield process
    finally:
        process.terminate()
        try:
            # Once a worker was replaced it takes the server half a minute to stop.
            process.wait(4)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def workers(process: subprocess.Popen) -> list[int]:
    """The process numbers of the server's workers."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return [int(word) for word in children.read_text().split()]
