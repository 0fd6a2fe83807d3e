"""How soon the editor of a large screener answers. One command, no arguments needed:

    .venv/bin/python benchmarks/editor.py [--rounds 3]

Serves the demo with its law pack from a database made for it, as `make run` does (one
process, one request at a time), and works on the pack's screener in Chromium as a
marketing editor. Each figure is the median of the rounds, with the worst beside it;
the ratio is the median to the target.

open       from navigation until the page is complete, takes typing and has had no long
           task (over 50 milliseconds) for half a second; counted to the end of the last
keystroke  the longest task of the page's thread from the first of 40 keys until four
           seconds after the last: typing, the checks, autosave and sentences together;
           the processor time of a task says the same on a busy machine
checks     from a change until what it means stands in the panel, less the pause of 500
publish    the POST that publishes, or that leads to the page of what it changes
"""

from __future__ import annotations

import argparse
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.chromium import launched  # noqa: E402

PAUSE = 500
QUIET = 500
#: Milliseconds by the beginning of a figure's name.
TARGETS = {"open": 3000, "keystroke": 50, "checks": 1000, "publish": 2000}
TEXT = "This may matter for a later application."
#: 40 keys in a number of a rule, which stays short enough to be one.
KEYS = (["1", "2", "3", "4", "5"] + ["Backspace"] * 5) * 4
#: A finding whose rule has a number, and one no scenario of which stands on its number.
TYPED, PUBLISHED = "lpr_travel_risk", "daca_bar"
WATCH = """
window.tasks = [];
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) tasks.push([one.startTime, one.duration]);
}).observe({ type: "longtask", buffered: true });
addEventListener("input", () => { window.changed = performance.now(); }, true);
"""
# Until nothing has blocked for a while; gives the end of what did last.
SETTLED = f"""() => new Promise((done) => {{
  const look = () => {{
    const ends = tasks.map(([start, took]) => start + took);
    const [nav] = performance.getEntriesByType("navigation");
    const end = Math.max(nav.loadEventEnd, ...ends);
    if (document.readyState === "complete" && nav.loadEventEnd
        && performance.now() - end >= {QUIET}) done(end);
    else setTimeout(look, 50);
  }};
  look();
}})"""
#: Gives when what was changed at a time stood in the panel.
SHOWN = """(since) => new Promise((done) => {
  const look = () => {
    const found = performance.getEntriesByName("ls-checks-shown")
      .find((one) => one.startTime > since);
    if (found) done(found.startTime);
    else setTimeout(look, 50);
  };
  look();
})"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served() -> Iterator[tuple[str, str]]:
    """The address of a site with the demo, and the password of its people."""
    port = free_port()
    with tempfile.TemporaryDirectory() as var:
        env = {
            **os.environ,
            "VAR_DIR": var,
            "PORT": str(port),
            "DJANGO_SETTINGS_MODULE": "cms.settings.base",
        }
        env.pop("DATABASE_URL", None)
        command = [sys.executable, "manage.py", "serve"]
        server = subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True
        )
        try:
            assert server.stdout is not None
            for line in server.stdout:
                if found := re.search(r"password (\S+)", line):
                    break
            else:
                raise SystemExit("The site did not start.")
            wait_for(port)
            yield f"http://127.0.0.1:{port}", found[1]
        finally:
            server.terminate()
            server.wait()


def wait_for(port: int) -> None:
    for _try in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("The site did not answer.")


class Editor:
    """Somebody at the editor of the pack's screener; `found` collects the figures."""

    def __init__(self, browser: Any, address: str, name: str, password: str):
        self.browser = browser
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        self.page = context.new_page()
        self.page.add_init_script(WATCH)
        self.page.goto(f"{address}/admin/login/")
        self.page.fill("[name=username]", name)
        self.page.fill("[name=password]", password)
        self.page.click("[type=submit]")
        self.page.wait_for_url(f"{address}/admin/")
        self.address = self.edit_address(address)
        self.found: dict[str, list[float]] = defaultdict(list)

    def edit_address(self, address: str) -> str:
        pages = self.page.request.get(f"{address}/admin/api/main/pages/").json()
        kind = "screening_block.Screener"
        found = [one["id"] for one in pages["items"] if one["meta"]["type"] == kind]
        return f"{address}/admin/pages/{found[0]}/edit/"

    def note(self, name: str, value: float) -> None:
        self.found[name].append(value)

    def now(self) -> float:
        return float(self.page.evaluate("performance.now()"))

    def open(self, name: str = "open the editor") -> None:
        page = self.page
        page.goto("about:blank")
        page.goto(self.address, wait_until="commit")
        ready = page.evaluate(SETTLED)
        title = page.locator("[name=title]")
        before = title.input_value()
        title.press("End")
        page.keyboard.type("!")
        assert title.input_value() == before + "!", "The page does not take typing."
        page.keyboard.press("Backspace")
        self.note(name, ready)
        # The first check, and the end of Wagtail's grace before it looks for changes.
        page.evaluate(SHOWN, 0)
        page.wait_for_timeout(2500)

    def open_finding(self, key: str) -> Any:
        page = self.page
        page.get_by_role("tab", name="Findings").click()
        found = page.locator("#findings-root > div > [data-streamfield-child]").filter(
            has=page.locator(f"text=({key})")
        )
        found.locator("[data-panel-toggle]").first.click()
        found.locator("[name$=-value-body]").wait_for()
        page.wait_for_timeout(1500)
        return found

    def type_text(self, found: Any) -> None:
        found.locator("[name$=-value-body]").press("Control+Home")
        self.measured("text", list(TEXT))

    def type_rule(self, found: Any, last: str) -> None:
        number = self.number_of(found, "applies_when")
        number.fill("1")
        self.page.wait_for_timeout(3000)
        number.press("End")
        # It ends as another number each time, so that nothing is known already.
        self.measured("rule", [*KEYS[:-1], last])

    def number_of(self, found: Any, field: str) -> Any:
        """The field of a number in the finding's rule, made if there is none yet."""
        rule = found.locator(f"[data-contentpath={field}]")
        rule.get_by_role("button", name="Edit").click()
        rule.locator("select[data-part$=source]").first.wait_for()
        number = rule.locator(".ls-input--integer")
        if not number.count():
            rule.locator("select[data-part$=source]").last.select_option("value")
        return number.last

    def measured(self, what: str, keys: list[str]) -> None:
        page = self.page
        self.browser.start_tracing(page=page, categories=["toplevel"])
        for key in keys:
            page.keyboard.press("Space" if key == " " else key)
            page.wait_for_timeout(90)
        changed = page.evaluate("window.changed")
        shown = page.evaluate(SHOWN, changed)
        page.wait_for_timeout(4000)
        took, spent = longest_task(self.browser.stop_tracing())
        self.note(f"checks after a {what}", shown - changed - PAUSE)
        self.note(f"keystroke in a {what}", took)
        self.note("keystroke, processor", spent)

    def publish_text(self, heading: str) -> None:
        found = self.open_finding(PUBLISHED)
        found.locator("[name$=-value-heading]").fill(heading)
        self.press_publish("publish a text")

    def publish_rule(self, number: str) -> None:
        """Two steps: Publish in the editor, and again where its changes are shown."""
        found = self.open_finding(PUBLISHED)
        self.number_of(found, "may_apply_when").fill(number)
        self.press_publish("publish a rule")
        with self.page.expect_navigation() as navigation:
            self.page.get_by_role("button", name="Publish").click()
        self.note_post("publish confirmed", navigation.value.request)

    def press_publish(self, name: str) -> None:
        self.page.get_by_role("button", name="More actions").click()
        with self.page.expect_navigation() as navigation:
            self.page.locator("[name=action-publish]").click()
        self.note_post(name, navigation.value.request)

    def note_post(self, name: str, request: Any) -> None:
        while request.redirected_from:
            request = request.redirected_from
        assert request.method == "POST", "Publishing was refused in the form."
        self.note(name, request.timing["responseStart"])


def longest_task(trace: bytes) -> tuple[float, float]:
    """Of the pages' main threads: milliseconds of the worst, and of its processor."""
    events = json.loads(trace)["traceEvents"]
    mains = {
        (one["pid"], one["tid"])
        for one in events
        if one["name"] == "thread_name" and one["args"]["name"] == "CrRendererMain"
    }
    tasks = [
        (one["dur"] / 1000, one.get("tdur", 0) / 1000)
        for one in events
        if one["name"].endswith("RunTask") and (one["pid"], one["tid"]) in mains
        if "dur" in one
    ]
    return max(took for took, _spent in tasks), max(spent for _took, spent in tasks)


def line(name: str, values: list[float]) -> str:
    target = TARGETS[re.split("[, ]", name)[0]]
    middle = statistics.median(values)
    return (
        f"{name:22}{middle:9,.0f}{max(values):9,.0f}{target:9,}{middle / target:9.2f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    with served() as (address, password), launched() as browser:
        editor = Editor(browser, address, "editor", password)
        editor.open("open at first")
        # A marketing editor sends for review instead.
        admin = Editor(browser, address, "admin", password)
        for number in range(rounds):
            admin.open()
            admin.publish_text(f"Heading {number}")
            admin.open()
            admin.publish_rule(str(91 + number))
        for number in range(rounds):
            editor.open()
            found = editor.open_finding(TYPED)
            editor.type_text(found)
            editor.type_rule(found, str(number))
    figures = {**editor.found}
    for name, values in admin.found.items():
        figures.setdefault(name, []).extend(values)
    print(f"{rounds} rounds; milliseconds")
    print(f"{'':22}{'median':>9}{'worst':>9}{'target':>9}{'ratio':>9}")
    for name, values in figures.items():
        print(line(name, values))


if __name__ == "__main__":
    main()
