"""What `operations.py` asks of the running site: visitors, staff, a load."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
from bs4 import BeautifulSoup
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool
from urllib3.connection import HTTPConnection

SITE = "https://law.example.org"
KEY = "ca-firearm-expungement"
ARTICLE = "/articles/what-counts-as-a-conviction-for-immigration/"
PASSWORD = "only here 1"
# Addresses that the load asks for in turn; each may take a while to answer.
CHEAP = ["/", ARTICLE, f"/{KEY}/", f"/api/v1/screeners/{KEY}/", "/healthz"]


class _Connection(HTTPConnection):
    path: str

    def _new_conn(self) -> socket.socket:
        sock = socket.socket(socket.AF_UNIX)
        sock.settimeout(self.timeout if isinstance(self.timeout, float | int) else 60)
        try:
            sock.connect(self.path)
        except OSError:
            sock.close()
            raise
        return sock


class _Proxy(HTTPAdapter):
    """Hands requests to the server's Unix socket, as the proxy in front does."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.connection = type("Connection", (_Connection,), {"path": str(path)})

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> Any:
        pool = HTTPConnectionPool("law.example.org")
        pool.ConnectionCls = self.connection
        return pool

    def send(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        request.headers["X-Forwarded-Proto"] = "https"
        request.headers["X-Forwarded-For"] = "203.0.113.5"
        request.headers["Connection"] = "close"
        return super().send(request, *args, **kwargs)


class Visitor(requests.Session):
    """A browser without script behind the proxy; waits 30 s at most."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.mount("https://", _Proxy(path))

    def request(self, method: Any, url: Any, *args: Any, **more: Any) -> Any:
        if str(url).startswith("/"):
            url = SITE + url
        more.setdefault("timeout", 30)
        headers = {"Referer": url, "Origin": SITE} if method == "POST" else {}
        more["headers"] = {**headers, **(more.get("headers") or {})}
        return super().request(method, url, *args, **more)


def fields_of(form: Any) -> dict[str, str]:
    """What a browser would post of a form as it stands, streams left out."""
    found: dict[str, str] = {}
    for one in form.select("input[name], textarea[name], select[name]"):
        kind = one.get("type")
        if kind in ("submit", "file") or (
            kind in ("checkbox", "radio") and not one.has_attr("checked")
        ):
            continue
        value = one.get("value", "")
        if one.name == "textarea":
            value = one.text
        elif one.name == "select":
            chosen = one.select_one("option[selected]")
            value = chosen.get("value", "") if chosen else ""
        found[one["name"]] = value
    return found


def page(answer: requests.Response) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "html.parser")


def walk(path: Path) -> dict[str, tuple[bool, float]]:
    """Everything that must go on: by name, whether it was right, and its seconds."""
    seen: dict[str, tuple[bool, float]] = {}
    visitor, staff = Visitor(path), Visitor(path)

    def step(name: str, act: Any) -> None:
        began = time.monotonic()
        try:
            right = bool(act())
        except (requests.RequestException, LookupError, TypeError, ValueError):
            right = False
        seen[name] = right, time.monotonic() - began

    def get(address: str, words: str) -> bool:
        answer = visitor.get(address)
        return answer.status_code == 200 and words in answer.text

    step("home page", lambda: get("/", "immigration"))
    step("article", lambda: get(ARTICLE, "What counts as a conviction"))
    step("screener page", lambda: get(f"/{KEY}/", "<legal-screener"))
    step("screener form", lambda: get(f"/screeners/{KEY}/", 'method="post"'))
    step("answer in the form", lambda: answer_form(visitor))
    step("release", lambda: get(f"/api/v1/screeners/{KEY}/", '"questions"'))
    step("evaluate", lambda: evaluate(visitor))
    step("search", lambda: get("/api/v1/articles/?q=conviction", '"title"'))
    step("log-in", lambda: log_in(staff))
    step("edit and publish", lambda: publish(staff, visitor))
    return seen


def answer_form(visitor: Visitor) -> bool:
    address = f"/screeners/{KEY}/"
    form = page(visitor.get(address)).select_one("main form[method=post]")
    if form is None:
        return False
    data = fields_of(form)
    for choice in form.select("input[type=radio]"):
        data.setdefault(str(choice["name"]), str(choice["value"]))
    answer = visitor.post(address, data=data)
    return (
        answer.status_code == 200
        and "no-store" in answer.headers["Cache-Control"]
        and page(answer).select_one("main form[method=post]") is not None
    )


def evaluate(visitor: Visitor) -> bool:
    address = f"/api/v1/screeners/{KEY}/evaluate/"
    answer = visitor.post(address, json={"answers": {}})
    return answer.status_code == 200 and len(answer.json()["findings"]) > 5


def log_in(staff: Visitor) -> bool:
    form = page(staff.get("/admin/login/")).select_one("form.login-form")
    if form is None:
        return False
    data = fields_of(form) | {"username": "admin", "password": PASSWORD}
    answer = staff.post("/admin/login/", data=data)
    return answer.status_code == 200 and answer.url == f"{SITE}/admin/"


def publish(staff: Visitor, visitor: Visitor) -> bool:
    """Change the title of a page; whether visitors see it at once."""
    # A home page in each language; this one stands below one of them.
    listed = staff.get("/admin/pages/").text
    homes = sorted(set(re.findall(r"/admin/pages/(\d+)/edit/", listed)), key=int)
    below = (page(staff.get(f"/admin/pages/{home}/")) for home in homes)
    links = (a for one in below for a in one.select('a[href$="/edit/"]'))
    link = next((a["href"] for a in links if "Find legal" in a.text), None)
    if link is None:
        return False
    form = page(staff.get(str(link))).select_one("#w-editor-form, #page-edit-form")
    if form is None:
        return False
    word = f"help {time.monotonic_ns()}"
    data = fields_of(form) | {"title": f"Find legal {word}", "body-count": "0"}
    data |= {"action-publish": "action-publish"}
    data.pop("body", None)
    answer = staff.post(str(link), data=data)
    return answer.status_code == 200 and word in visitor.get("/help/").text


@dataclass
class Load:
    """Requests that go on while something is done: when, seconds, and status."""

    began: float = field(default_factory=time.monotonic)
    seen: list[tuple[float, float, int]] = field(default_factory=list)

    @property
    def failed(self) -> list[tuple[float, float, int]]:
        return [one for one in self.seen if one[2] != 200]

    @property
    def slowest(self) -> float:
        return max(seconds for _when, seconds, _status in self.seen)

    @property
    def median(self) -> float:
        times = sorted(seconds for _when, seconds, _status in self.seen)
        return times[len(times) // 2]

    def right_again(self, since: float) -> float:
        """Seconds from `since` to the end of the last failure; 0 if none failed."""
        ends = [when + seconds for when, seconds, _status in self.failed]
        return max(0.0, self.began + max(ends) - since) if ends else 0.0


@contextmanager
def load(path: Path, threads: int = 3) -> Iterator[Load]:
    """A light load as long as the block lasts: each thread asks, then rests."""
    going, seen = threading.Event(), Load()

    def ask(turn: int) -> None:
        visitor = Visitor(path)
        while not going.is_set():
            turn += 1
            began = time.monotonic()
            try:
                status = visitor.get(CHEAP[turn % len(CHEAP)]).status_code
            except requests.RequestException:
                status = 0
            seen.seen.append((began - seen.began, time.monotonic() - began, status))
            time.sleep(0.1)

    workers = [threading.Thread(target=ask, args=(n,)) for n in range(threads)]
    for worker in workers:
        worker.start()
    try:
        yield seen
    finally:
        going.set()
        for worker in workers:
            worker.join()
