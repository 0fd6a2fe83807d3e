"""What was rendered, in the memory of one process: by address, the newest use last."""

from __future__ import annotations

import gzip
import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Any

import brotli

#: Bytes that an entry takes beside its bodies, about.
OVERHEAD = 2_000
#: Of all bytes, the share of addresses with parameters: there are many more of these.
SHARE_OF_QUERIES = 0.25
#: The share of addresses without a page, which anybody can make up, and of those that
#: lead to another.
SHARE_OF_OTHERS = 0.05
OK = "200 OK"
#: Bytes. Shorter ones gain nothing by being compressed, longer ones more by more time.
SHORT, LONG = 256, 60_000
#: Kinds of content that are text, by their names: of pictures only drawn ones.
TEXT = re.compile(r"text/|application/.*(json|xml|yaml|javascript)\b|image/svg")

Headers = list[tuple[str, str]]


class Compressor:
    """Compresses a body once, for as long as it is asked for: by its content, so that
    what a new version left unchanged, such as a release, is not compressed again."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._bytes = 0
        self._done: OrderedDict[tuple[bytes, str], bytes] = OrderedDict()
        self._lock = threading.Lock()

    def compress(self, body: bytes, encoding: str) -> bytes:
        key = (hashlib.sha256(body).digest(), encoding)
        with self._lock:
            if key in self._done:
                self._done.move_to_end(key)
                return self._done[key]
        if encoding == "br":
            done = brotli.compress(body, quality=9 if len(body) > LONG else 5)
        else:
            done = gzip.compress(body, 9 if len(body) > LONG else 6, mtime=0)
        with self._lock:
            if key not in self._done:
                self._done[key] = done
                self._bytes += len(done)
            while self._bytes > self.most:
                _key, oldest = self._done.popitem(last=False)
                self._bytes -= len(oldest)
        return bytes(done)


class Answer:
    """An answer, ready to be sent: `headers` have neither a length nor an encoding nor
    an ETag."""

    __slots__ = ("_sent", "body", "compressor", "etag", "headers", "status", "until")

    def __init__(
        self,
        headers: Headers,
        etag: str,
        body: bytes,
        until: float,
        compressor: Compressor,
        status: str = OK,
    ) -> None:
        self.status = status
        self.headers = headers
        self.etag = etag
        self.body = body
        self.until = until
        self.compressor = compressor
        self._sent: dict[str, tuple[str, Headers, bytes]] = {}

    @property
    def size(self) -> int:
        bodies = sum(len(body) for _tag, _headers, body in self._sent.values())
        return len(self.body) + bodies + OVERHEAD

    def encoded(self, encoding: str) -> tuple[str, Headers, bytes]:
        """Return the ETag, all headers and the body in an encoding, "" for none."""
        found = self._sent.get(encoding)
        if found is None:
            found = self._sent[encoding] = self._encode(encoding)
        return found

    def _encode(self, encoding: str) -> tuple[str, Headers, bytes]:
        kind = next((v for k, v in self.headers if k.lower() == "content-type"), "")
        plain = not TEXT.match(kind) or len(self.body) < SHORT
        if not encoding or plain:
            headers = [*self.headers, ("ETag", self.etag)]
            return self.etag, [*headers, _length(self.body)], self.body
        body = self.compressor.compress(self.body, encoding)
        # The same content in other bytes.
        etag = self.etag if self.etag.startswith("W/") else f"W/{self.etag}"
        headers = [*self.headers, ("ETag", etag), ("Content-Encoding", encoding)]
        return etag, [*headers, _length(body)], body


def _length(body: bytes) -> tuple[str, str]:
    return "Content-Length", str(len(body))


class Shelf:
    """Holds answers of one generation; those of another go when one is put."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._lock = threading.Lock()
        self._of: Any = None
        self._parts = {
            True: _Part(int(most * SHARE_OF_QUERIES)),
            False: _Part(int(most * (1 - SHARE_OF_QUERIES - SHARE_OF_OTHERS))),
        }
        self._others = _Part(int(most * SHARE_OF_OTHERS))

    def find(self, key: Hashable, asked: bool, of: Any, now: float) -> Answer | None:
        """Return the answer kept under `key`. `asked`: its address has parameters."""
        with self._lock:
            if of is not self._of:
                return None
            answer = self._parts[asked].find(key) or self._others.find(key)
        return answer if answer is not None and now < answer.until else None

    def put(self, key: Hashable, asked: bool, of: Any, answer: Answer) -> None:
        with self._lock:
            if of is not self._of:
                for part in (*self._parts.values(), self._others):
                    part.empty()
                self._of = of
            part = self._parts[asked] if answer.status == OK else self._others
            part.put(key, answer)

    def measure(self) -> tuple[int, int]:
        """Return how many answers there are, and how many bytes they take."""
        with self._lock:
            parts = [*self._parts.values(), self._others]
            return sum(len(p.answers) for p in parts), sum(p.bytes for p in parts)


class _Part:
    def __init__(self, most: int) -> None:
        self.most = most
        self.bytes = 0
        self.answers: OrderedDict[Hashable, tuple[int, Answer]] = OrderedDict()

    def find(self, key: Hashable) -> Answer | None:
        found = self.answers.get(key)
        if found is None:
            return None
        self.answers.move_to_end(key)
        size, answer = found
        # It may have been compressed since.
        if answer.size != size:
            self.put(key, answer)
        return answer

    def put(self, key: Hashable, answer: Answer) -> None:
        size, _answer = self.answers.pop(key, (0, None))
        self.bytes += answer.size - size
        self.answers[key] = (answer.size, answer)
        while self.bytes > self.most and self.answers:
            _key, (size, _answer) = self.answers.popitem(last=False)
            self.bytes -= size

    def empty(self) -> None:
        self.answers.clear()
        self.bytes = 0
