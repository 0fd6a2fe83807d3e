"""A Redis that is ill in a chosen way: a few commands, or no answer at all."""

from __future__ import annotations

import socket
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

WRITES = {b"SET", b"DEL", b"INCRBY", b"MSET", b"EXPIRE"}


class Server(socketserver.ThreadingTCPServer):
    """`illness` is an error's text for every command, "silent", "drops", "babbles",
    or "readonly": an error for commands that write. Empty: it is well."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, illness: str = "") -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.illness = illness
        self.data: dict[bytes, bytes] = {}
        self.connections = 0
        self.open: list[socket.socket] = []

    def hang_up(self) -> None:
        """Close every connection, as a restart or a time-out of the server does."""
        for connection in self.open:
            connection.shutdown(socket.SHUT_RDWR)

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.server_address[1]}/0"


class Handler(socketserver.StreamRequestHandler):
    server: Server

    #: Answers of a transaction that was begun; `aborted` once one was an error.
    queued: list[bytes] | None = None
    aborted = False

    def handle(self) -> None:
        self.server.connections += 1
        self.server.open.append(self.connection)
        try:
            while line := self.rfile.readline():
                parts = [self.part() for _ in range(int(line[1:]))]
                answer = self.in_turn(parts)
                if answer is None:
                    return
                self.wfile.write(answer)
        except (OSError, ValueError):
            pass

    def part(self) -> bytes:
        length = int(self.rfile.readline()[1:])
        return self.rfile.read(length + 2)[:-2]

    def in_turn(self, parts: list[bytes]) -> bytes | None:
        """The answer to a command, which waits for EXEC in a transaction."""
        name, answer = parts[0].upper(), self.answer(parts)
        if answer is None or (self.queued is None and name != b"MULTI"):
            return answer
        if name == b"MULTI":
            self.queued, self.aborted = [], False
            return answer
        queued, self.queued = self.queued or [], None
        if name == b"DISCARD":
            return answer
        if name == b"EXEC":
            if self.aborted:
                return b"-EXECABORT Transaction discarded because of errors.\r\n"
            return b"*%d\r\n" % len(queued) + b"".join(queued)
        self.queued = [*queued, answer]
        if answer.startswith(b"-"):
            self.aborted = True
            return answer
        return b"+QUEUED\r\n"

    def answer(self, parts: list[bytes]) -> bytes | None:
        name, illness, data = parts[0].upper(), self.server.illness, self.server.data
        if illness == "drops":
            return None
        if illness == "babbles":
            return b"HTTP/1.1 400 Bad Request\r\n\r\n"
        if illness == "silent":
            time.sleep(3)
            return None
        if illness == "readonly":
            if name in WRITES:
                return b"-READONLY You can't write against a read only replica.\r\n"
        elif illness:
            return f"-{illness}\r\n".encode()
        if name == b"HELLO":
            return b"%1\r\n+proto\r\n:3\r\n"
        if name == b"GET":
            value = data.get(parts[1])
            return b"_\r\n" if value is None else b"$%d\r\n%b\r\n" % (len(value), value)
        if name == b"SET":
            data[parts[1]] = parts[2]
        if name == b"DEL":
            gone = [data.pop(key) for key in parts[1:] if key in data]
            return b":%d\r\n" % len(gone)
        if name == b"EXISTS":
            return b":%d\r\n" % (parts[1] in data)
        if name == b"MGET":
            return b"*%d\r\n" % (len(parts) - 1) + b"_\r\n" * (len(parts) - 1)
        return b"+OK\r\n"


@contextmanager
def fake_redis(illness: str = "") -> Iterator[Server]:
    with Server(illness) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()


def refusing_url() -> str:
    """The address of a port where nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"redis://127.0.0.1:{probe.getsockname()[1]}/0"
