"""A small web server with the widget's files, a release and pages that embed it.

No database: what the site adds (its own templates) is tested in `test_on_the_site.py`.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect
from wagtail.models import Site

from screening_block import engine
from screening_block.embed import assets
from screening_block.models.releases import today
from screening_block.packs.load import load_pack
from screening_block.visitor.release_parts import write_part
from tests.chromium import FLAGS, launch_options
from tests.law_pack import law_release
from tests.screening_block import small
from tests.screening_block.conftest import load_small

ROOT = Path(__file__).parents[3]
STATIC = ROOT / "screening_block" / "static"
TYPES = {".js": "text/javascript", ".css": "text/css"}
KIT = "/embed/v1/"
FORM = '<form method="post" action="/form"><input name="a"><button>Next</button></form>'


def long_list() -> dict[str, Any]:
    """The small release, with a chart long enough to be searched."""
    release = small.release()
    for n in range(30):
        key = f"pc_{1000 + n}"
        row = {"key": key, "cells": {}, "citations": [], "status": "verified"}
        release["charts"]["statutes"]["rows"].append({**row, "checked_on": None})
        label = f"PC {1000 + n}(a)(2): offense number {n}"
        release["texts"]["en"]["charts"]["statutes"]["rows"][key] = label
    return release


def load_long() -> None:
    root = Site.objects.get(is_default_site=True).root_page
    load_pack("small_pack", long_list(), root)


@pytest.fixture(scope="module")
def small_rows(fill: Callable[..., Any]) -> None:
    """The small screener on the site, for all tests of a module."""
    fill("small", load_small)


@pytest.fixture(scope="module")
def long_rows(fill: Callable[..., Any]) -> None:
    """The small screener with a long list on the site, for all tests of a module."""
    fill("small with a long list", load_long)


@dataclass
class Host:
    """Two origins: `url` has the widget and the releases, `other` only pages."""

    url: str = ""
    other: str = ""
    pages: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)
    releases: dict[str, engine.Release] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)
    #: What goes wrong with releases: "", "missing", "forged", "closed" or "slow".
    trouble: str = ""
    #: Parts of the script by the beginning of their names: until set, not answered.
    held: dict[str, Event] = field(default_factory=dict)

    def page(
        self,
        body: str,
        headers: dict[str, str] | None = None,
        path: str = "/",
        style: str = "",
    ) -> str:
        """Serves a page at both origins; gives its path."""
        head = '<meta charset="utf-8"><title>Host</title>'
        head += f"<style>{style}</style>" if style else ""
        frame = f'<!doctype html><html lang="en"><head>{head}</head>'
        self.pages[path] = (f"{frame}<body>{body}</body></html>", headers or {})
        return path

    def loaded(self) -> list[str]:
        """The files of the kit that were asked for, without hashes in their names."""
        paths = [line.split()[0] for line in self.seen if line.startswith(KIT)]
        return [re.sub(r"\.[0-9a-f]{12}(?=\.)", "", one[len(KIT) :]) for one in paths]

    def element(self, key: str = "small", inside: str = "", more: str = "") -> str:
        return (
            f'<legal-screener src="{self.url}/release/{key}" {more}>{inside}'
            "</legal-screener>"
            f'<script type="module" src="{self.url}{KIT}screener.js"></script>'
        )


@pytest.fixture(scope="session")
def releases() -> dict[str, engine.Release]:
    return {"small": engine.load_release(long_list()), "pack": law_release()}


@pytest.fixture
def host(releases: dict[str, engine.Release]) -> Iterator[Host]:
    host = Host(releases=dict(releases))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            if path != "/favicon.ico":
                host.seen.append(f"{self.path} {self.headers.get('Referer', '')}")
            if path in host.pages:
                text, headers = host.pages[path]
                self.give(text.encode(), {"Content-Type": "text/html"} | headers)
            elif path.startswith(KIT):
                name = path.removeprefix(KIT)
                for start, let_go in host.held.items():
                    if name.startswith(start):
                        let_go.wait(30)
                asset = assets.read_asset(name)
                self.give(asset.bodies[""], {"Content-Type": asset.content_type})
            elif path.startswith("/static/"):
                file = STATIC / path.removeprefix("/static/")
                self.give(file.read_bytes(), {"Content-Type": TYPES[file.suffix]})
            elif path.startswith("/release/") and host.trouble != "missing":
                if host.trouble == "slow":
                    time.sleep(1)
                self.give_part(host.releases[path.rsplit("/", 1)[1]])
            elif path.startswith("/api/v1/releases/") and host.trouble != "missing":
                sha256 = path.split("/")[4]
                for release in host.releases.values():
                    if release.sha256 == sha256:
                        return self.give_part(release)
                self.give(b"", {}, 404)
            elif path.startswith("/api/v1/screeners/"):
                nobody = b'{"directory": "", "subjects": {}, "entries": []}'
                self.give(nobody, {"Content-Type": "application/json"})
            else:
                self.give(b"", {}, 204 if path == "/favicon.ico" else 404)

        def do_HEAD(self) -> None:
            self.give(b"", {})

        def give_part(self, release: engine.Release) -> None:
            """As `build_release_response` of the API does."""
            asked = parse_qs(urlsplit(self.path).query, True)
            [wanted], [part] = asked["words"], asked["part"]
            first, more = write_part(part, release, wanted, today(release))
            sent = hashlib.sha256(first).hexdigest()
            if host.trouble == "forged":
                sent = "0" * 64
            headers = {
                "ETag": f'"{release.sha256}-{sent}"',
                "Access-Control-Expose-Headers": "ETag",
            }
            self.give(first + b"\n" + more.encode() if more else first, headers)

        def give(self, body: bytes, headers: dict[str, str], status: int = 200) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if host.trouble != "closed" or not self.path.startswith("/release/"):
                self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: Any) -> None:
            """Quiet."""

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *arguments: Any) -> None:
            """A tab that closes mid-answer is no news."""

    server = Quiet(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    host.url = f"http://127.0.0.1:{server.server_port}"
    host.other = f"http://localhost:{server.server_port}"
    yield host
    server.shutdown()
    server.server_close()


class Visitor:
    """One tab with a screener in it."""

    def __init__(self, page: Any, host: Host) -> None:
        self.page, self.host = page, host
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._listen)
        self.screener = page.locator("legal-screener").first

    def _listen(self, message: Any) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def open(self, body: str = "", **page: Any) -> Visitor:
        path = self.host.page(body or self.host.element(), **page)
        self.page.goto(self.host.url + path)
        return self

    def start(self) -> Visitor:
        """To the first question, with all that comes later."""
        self.press("Start")
        self.page.wait_for_function(SETTLED)
        return self

    def press(self, name: str) -> Visitor:
        self.screener.get_by_role("button", name=name, exact=True).first.click()
        return self

    def find(self, selector: str, **more: Any) -> Any:
        """What the element shows, without the screen it has ready behind that."""
        ones = [f"{one}:not(.ahead *)" for one in selector.split(", ")]
        return self.screener.locator(", ".join(ones), **more)

    @property
    def heading(self) -> str:
        return self.find("h2").inner_text()

    def is_told(self, text: str) -> None:
        """What is read out, which comes a moment after the screen."""
        expect(self.find(".ls > [role=status]")).to_contain_text(text)

    @property
    def focused(self) -> str:
        """The text or id of what has the focus, inside the shadow."""
        return self.page.evaluate(
            """() => {
              const at = document.activeElement?.shadowRoot?.activeElement;
              return at ? at.id || at.textContent : "";
            }"""
        )

    def pick(self, *keys: str) -> Visitor:
        for key in keys:
            self.find(f"#o-{key}").check()
        return self.press("Continue")

    def type(self, **fields: str) -> Visitor:
        for name, value in fields.items():
            box = self.find(f"#{name}")
            if name == "month":
                box.select_option(value)
            else:
                box.fill(value)
        return self.press("Continue")

    def answer(self, answers: dict[str, Any]) -> Visitor:
        """Goes the whole way, fast, from inside the page; ends at the result."""
        self.screener.get_by_role("button", name="Start").wait_for()
        self.start().page.evaluate(DRIVE, [answers, self.labels()])
        return self

    def labels(self) -> dict[str, str]:
        key = self.screener.get_attribute("src").rsplit("/", 1)[1]
        questions = self.host.releases[key].data["texts"]["en"]["questions"]
        return {words["label"]: name for name, words in questions.items()}


#: Whether all parts of the script have come: from then on no answer waits.
SETTLED = '() => document.querySelector("legal-screener").app?.settled'
#: Fills in what is asked and presses the buttons. A question that it finds no answer
#: for gets “not sure”.
DRIVE = """([answers, labels, urgent = "Before you go on", next = "Continue"]) => {
  const root = document.querySelector("legal-screener").shadowRoot;
  // Of the screen that shows, not of those that went or that are made ready.
  const shows = (one) => !one.closest(".ahead");
  const all = (css) => [...root.querySelectorAll(css)].filter(shows);
  const press = (name) => all("button").find((b) => b.textContent === name).click();
  for (let n = 0; n < 200; n++) {
    const title = all("h2")[0].textContent;
    const key = labels[title];
    if (all(".check")[0]) all(".check .button")[0].click();
    else if (title.startsWith(urgent)) press(next);
    else if (!key) return;
    else {
      const value = answers[key] ?? null;
      if (value === null) all(".quiet")[0].click();
      else {
        if (all("#year")[0]) {
          const [year, month, day] = value.split("-");
          Object.assign(all("#year")[0], { value: year });
          Object.assign(all("#month")[0], { value: Number(month) });
          Object.assign(all("#day")[0], { value: day });
        } else if (all("#number")[0]) all("#number")[0].value = value;
        else {
          all("input:checked").forEach((box) => (box.checked = false));
          const keys = [value].flat().map((one) => one);
          keys.forEach((one) => (all(`#o-${one}`)[0].checked = true));
        }
        press(next);
      }
    }
  }
  throw Error("no end");
}"""


@pytest.fixture(scope="session")
def tab(browser: Any) -> Callable[..., Any]:
    """Makes a tab; what it needs less time for is shared by the tests."""

    def make(**options: Any) -> Any:
        return browser.new_context(**options).new_page()

    return make


@pytest.fixture(scope="session")
def large_letters(playwright: Any) -> Iterator[Callable[..., Any]]:
    """Makes tabs of somebody who set twice as large letters in the browser: 32 px."""
    args = [*FLAGS, "--blink-settings=defaultFontSize=32"]
    browser = playwright.chromium.launch(**launch_options() | {"args": args})
    yield lambda **options: browser.new_context(**options).new_page()
    browser.close()


@pytest.fixture
def visitor(tab: Callable[..., Any], host: Host) -> Iterator[Visitor]:
    page = tab(viewport={"width": 400, "height": 800})
    visitor = Visitor(page, host)
    yield visitor
    page.context.close()
    assert visitor.complaints == []
