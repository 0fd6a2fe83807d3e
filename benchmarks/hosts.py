"""A running site of ours, and a visitor who meets its screener on pages of others."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from outside import free_port

ROOT = Path(__file__).resolve().parent.parent
KEY = "ca-firearm-expungement"
#: Where “Leave this site quickly” leads; answered here, nobody is asked.
AWAY = "https://www.weather.gov/"
WIDTHS = (360, 1280)
PICTURES = ROOT / "docs" / "pictures"
#: Pages that hosts made, for the tests.
PAGES = ROOT / "tests" / "browser" / "widget" / "hosts"
#: What is not ours to keep of them: their styles, scripts and pictures.
THEIRS = re.compile(
    r"<(style|svg|noscript)\b.*?</\1>|<link\b[^>]*>|<!--.*?-->"
    r"|<script\b(?![^>]*/embed/v1/).*?</script>",
    re.DOTALL,
)
#: Bytes that a picture of the docs may have.
MAX_PICTURE = 60_000
FRAME = "iframe[src*='/embed/v1/']"
RESULT = "What your answers may mean"


class Report:
    """Lines of figures, and what of them is wrong."""

    def __init__(self) -> None:
        self.wrong: list[str] = []

    def expect(self, what: str, otherwise: str, holds: object) -> None:
        if not holds:
            self.wrong.append(f"{what}: {otherwise}")
            print(f"  WRONG {what}: {otherwise}")


def wait_until(holds: Callable[[], object], what: str, seconds: float = 300) -> None:
    began = time.monotonic()
    while not holds():
        if time.monotonic() - began > seconds:
            raise RuntimeError(f"{what} does not answer")
        time.sleep(0.2)


def answers(address: str) -> bool:
    """Whether there is a page, or at least somebody who refuses one."""
    try:
        with urllib.request.urlopen(address, timeout=20):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


@contextmanager
def running(
    command: list[str], folder: Path, address: str, log: Path, **env: str
) -> Iterator[None]:
    """A server of others while it is needed, once it answers at its address."""
    with log.open("wb") as file:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=os.environ | env,
            stdout=file,
            stderr=file,
            start_new_session=True,
        )
    try:
        wait_until(lambda: process.poll() is not None or answers(address), command[0])
        if process.poll() is not None:
            raise RuntimeError(log.read_text("utf-8", "replace"))
        yield
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


@contextmanager
def our_site(folder: Path) -> Iterator[str]:
    """The address of a site with the demo's content, as `make run` serves it."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    env = {
        "DJANGO_SETTINGS_MODULE": "cms.settings.base",
        "PORT": str(port),
        "VAR_DIR": str(folder / "var"),
        "DATABASE_URL": f"sqlite:///{folder / 'law.sqlite3'}",
    }
    (folder / "var").mkdir()
    serve = [sys.executable, "manage.py", "serve"]
    with running(serve, ROOT, f"{address}/healthz", folder / "law.log", **env):
        yield address


def keep_page(name: str, html: str, address: str, site: str) -> None:
    """Keep the markup that a host made, without what is its makers', for tests."""
    host = re.match(r"https?://[^/]+", address)
    html = THEIRS.sub("", html).replace(site, "https://law.example")
    html = html.replace(host[0] if host else address, "https://partner.example")
    lines = (line.rstrip() for line in html.splitlines())
    PAGES.mkdir(exist_ok=True)
    text = "\n".join(line for line in lines if line)
    (PAGES / f"{name}.html.txt").write_text(f"{text}\n", "utf-8")


class Guest:
    """A tab in which somebody walks a screener, as an element or in a frame."""

    def __init__(
        self, browser: Any, report: Report, width: int, pictures: bool = False
    ) -> None:
        size = {"width": width, "height": 800}
        context = browser.new_context(viewport=size, accept_downloads=True)
        self.pictures = pictures
        context.route(AWAY, lambda r: r.fulfill(body="<h1>Weather</h1>"))
        context.set_default_timeout(15_000)
        self.page, self.report, self.width = context.new_page(), report, width
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._listen)

    def _listen(self, message: Any) -> None:
        # What the host's own page lacks, such as the picture of a browser's tab.
        if message.type == "error" and "favicon" not in str(message.location):
            self.complaints.append(message.text)

    def close(self) -> None:
        self.page.context.close()

    @property
    def is_framed(self) -> bool:
        return bool(self.frame.count())

    @property
    def frame(self) -> Any:
        return self.page.locator(FRAME).first

    @property
    def root(self) -> Any:
        """Where the element is found: on the page, or in its frame."""
        if self.is_framed:
            return self.page.frame_locator(FRAME).first
        return self.page

    def press(self, name: str) -> None:
        screener = self.root.locator("legal-screener").first
        # By keys: a page that scrolls to what is new moves away from under a pointer.
        screener.get_by_role("button", name=name, exact=True).first.press("Enter")

    def walk(
        self, what: str, address: str, before: Callable[[Any], None] | None = None
    ) -> None:
        """To the result and its sheet, and away; says what was not as promised.

        `before`: what is done on the page first, which gets the page.
        """
        from playwright.sync_api import Error

        what = f"{what} at {self.width} px"
        try:
            self.page.goto(address)
            if before:
                before(self.page)
            self._walk(what)
        except (Error, RuntimeError) as error:
            self.report.expect(what, str(error)[:600], False)
        finally:
            self.page.context.close()

    def _walk(self, what: str) -> None:
        expect, page = self.report.expect, self.page
        screener = self.root.locator("legal-screener").first
        screener.get_by_role("button", name="Start").wait_for()
        self.fits(what, "the start")
        start = self.height()
        self.press("Start")
        # On a page that is taller than its window, what comes next must be in view.
        heading = screener.locator("h2:not(.ahead *)").first
        heading.wait_for()
        self.is_seen(what, heading)
        self.answer(screener, heading)
        screener.get_by_role("heading", name=RESULT).wait_for()
        self.fits(what, "the result")
        self.is_seen(what, screener.get_by_role("heading", name=RESULT))
        result = self.height()
        expect(what, "the result is no higher than the start", result > start)
        self.press("Print or save a sheet for a lawyer")
        where = self.frame.element_handle().content_frame() if self.is_framed else page
        where.evaluate("window.print = () => { window.printed = true }")
        screener.get_by_role("button", name="Print, or save as PDF").click()
        wait_until(lambda: where.evaluate("window.printed"), "the printer", 5)
        with page.expect_download(timeout=10_000) as saved:
            screener.get_by_role("button", name="Save as text").click()
        text = Path(saved.value.path()).read_text("utf-8")
        expect(what, "the text that is saved is short", len(text) > 500)
        self.fits(what, "the sheet")
        screener.get_by_role("link", name="Leave this site quickly").first.click()
        page.wait_for_url(AWAY)
        expect(what, f"complaints: {self.complaints}", not self.complaints)
        kind = "element" if where is page else "frame"
        print(
            f"{what:<58}{kind:<9}{start:>6} px{result:>8} px{len(text):>8} bytes saved"
        )

    def answer(self, screener: Any, heading: Any) -> None:
        """The last of the options, or “I’m not sure”, until the result shows."""
        option = screener.locator("input[type=radio]:not(.ahead *)").last
        unsure = screener.locator(".quiet:not(.ahead *)").first
        show = screener.get_by_role("button", name="Show the result")
        for _question in range(80):
            before = heading.inner_text()
            if show.count():
                show.click()
                return
            if option.count():
                option.press("Space")
                self.press("Continue")
            elif unsure.count():
                unsure.click()
            else:
                # What is urgent stands by itself.
                self.press("Continue")
            wait_until(
                lambda before=before: show.count() or heading.inner_text() != before,
                "the next question",
                20,
            )
        raise RuntimeError("no end")

    def height(self) -> int:
        box = (
            self.frame if self.is_framed else self.page.locator("legal-screener").first
        )
        return round(box.bounding_box()["height"])

    def is_seen(self, what: str, node: Any) -> None:
        """What is new begins inside the window, a moment after it came."""
        self.page.wait_for_timeout(700)
        box = node.bounding_box()
        at = box["y"] if box else -1
        self.report.expect(what, f"what is new is at {at:.0f} px", -1 <= at < 700)

    def fits(self, what: str, state: str) -> None:
        """No sideways scroll, and a frame as high as what it shows."""
        page = self.page
        page.wait_for_timeout(300)
        wide = page.evaluate("document.documentElement.scrollWidth")
        self.report.expect(what, f"{state} is {wide} px wide", wide <= self.width)
        if not self.is_framed:
            return
        frame = self.frame
        inside = frame.element_handle().content_frame()
        high = inside.evaluate(
            "Math.ceil(document.body.getBoundingClientRect().height)"
        )
        got = frame.evaluate("e => e.clientHeight")
        self.report.expect(what, f"{state}: {got} px for {high}", abs(got - high) <= 2)
        scrolls = inside.evaluate("document.documentElement.scrollWidth - innerWidth")
        self.report.expect(what, f"{state} is cut by {scrolls} px", scrolls <= 0)

    def picture(self, name: str, node: Any = None, **more: Any) -> None:
        """A picture for the docs, small enough to be kept, where they are wanted."""
        if not self.pictures:
            return
        from io import BytesIO

        from PIL import Image

        taken = (node or self.page).screenshot(**more)
        image = Image.open(BytesIO(taken)).convert("RGB")
        PICTURES.mkdir(exist_ok=True)
        target = PICTURES / f"{name}.webp"
        image.save(target, quality=60, method=6)
        size = target.stat().st_size
        self.report.expect(name, f"{size} bytes as a picture", size <= MAX_PICTURE)
