"""How large the widget is, and how soon the next question is on the screen:

    .venv/bin/python benchmarks/widget.py [--slower 6] [--rounds 3]

Sizes are of what is served, as gzip, beside what they may be. Then Chromium, its
processor slowed down six times as a cheap phone's would be, walks the law pack with the
answers of its five longest scenarios. Per answer: the work, which is script, style and
layout, of which a frame has 16.7 milliseconds; what of it the browser takes by itself,
found by showing the same nodes once more; and the time from the click to the message
after the frame that shows what follows, which includes waiting for that frame. The
processor time of the page's thread says the same on a busy machine.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from screening_block import engine
from screening_block.embed.assets import made, sizes
from screening_block.interface import words
from screening_block.packs import read_pack
from screening_block.results import today
from tests.chromium import launched
from tests.fuzz.browser import served

PACK = Path(__file__).parents[1] / "plugins/california_firearms/pack"
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Widget</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<script type="module" src="/screener.js"></script>
<legal-screener src="/release.json"></legal-screener>"""
#: Fills in the question on the screen, or says that there is none. The answer is
#: given in a second call, so that nothing but the answer is measured.
FILL = """([answers, labels]) => {
  // The screen that shows, not the one that is made ready behind it.
  const [root] = document.querySelector("legal-screener").shadowRoot
    .querySelectorAll("div:has(> h2, > form)");
  const key = labels[root.querySelector("h2").textContent];
  const buttons = [...root.querySelectorAll("button")];
  const button = (...names) => buttons.find((one) => names.includes(one.textContent));
  const value = answers[key] ?? null;
  globalThis.press = key && value !== null ? button("Continue")
    : button("I’m not sure", "Skip this question", "Go on", "Start");
  if (key && value !== null) {
    const [year] = root.querySelectorAll("#year");
    const [number] = root.querySelectorAll("#number");
    if (year) {
      const [y, m, d] = value.split("-");
      year.value = y;
      root.querySelector("#month").value = Number(m);
      root.querySelector("#day").value = d;
    } else if (number) number.value = value;
    else {
      for (const one of [value].flat()) root.querySelector(`#o-${one}`).checked = true;
    }
    // As each key and each choice does; a visitor's next one comes later than READING.
    root.querySelector("input").dispatchEvent(new Event("input", { bubbles: true }));
  }
  return press ? (key ? "question" : "other") : "";
}"""
PRESS = """() => new Promise((resolve) => {
  const channel = new MessageChannel();
  setTimeout(() => {
    const start = performance.now();
    press.click();
    const done = performance.now() - start;
    requestAnimationFrame(() => {
      channel.port1.onmessage = () => resolve([done, performance.now() - start]);
      channel.port2.postMessage(0);
    });
  }, Math.random() * 50);
})"""
#: The same screen once more, of nodes that are there: what the browser takes by itself.
AGAIN = """() => new Promise((resolve) => {
  const root = document.querySelector("legal-screener").shadowRoot;
  const heading = root.querySelector("h2");
  let screen = heading;
  const last = (node) => node.nextElementSibling?.matches("[role=status]");
  while (!last(screen)) screen = screen.parentNode;
  const nodes = [...screen.childNodes];
  screen.replaceChildren();
  requestAnimationFrame(() => setTimeout(() => {
    const start = performance.now();
    screen.replaceChildren(...nodes);
    heading.focus({ preventScroll: true });
    screen.getBoundingClientRect();
    resolve(performance.now() - start);
  }));
})"""
#: Milliseconds between filling in and pressing the button, of a hand that is quick.
READING = 300
NAMES = (
    "work: script, style, layout",
    "of it the browser's alone",
    "of it ours",
    "click to shown",
    "processor, painting too",
)


def walks() -> list[dict[str, Any]]:
    """The answers of the pack's longest scenarios."""
    scenarios = sorted(read_pack(PACK).scenarios, key=lambda one: -len(one["answers"]))
    return [one["answers"] for one in scenarios[:25:5]]


def steps(
    page: Any, cdp: Any, answers: dict[str, Any], labels: dict[str, str]
) -> Iterator[tuple[float, ...]]:
    """Per answer of a visit, in milliseconds: what `NAMES` says."""

    def spent() -> float:
        metrics = cdp.send("Performance.getMetrics")["metrics"]
        return 1000 * next(m["value"] for m in metrics if m["name"] == "TaskDuration")

    page.reload()
    page.get_by_role("button", name="Start").wait_for()
    while kind := page.evaluate(FILL, [answers, labels]):
        # Style and layout of what was just filled in are not the answer's.
        page.evaluate("() => new Promise((done) => requestAnimationFrame(done))")
        page.wait_for_timeout(READING)
        before = spent()
        work, shown = page.evaluate(PRESS)
        if kind == "question":
            paid = spent() - before
        floor = page.evaluate(AGAIN)
        if kind == "question":
            yield work, floor, work - floor, shown, paid


def size_lines() -> Iterator[str]:
    """The sizes, what they may be and what part of that they are."""
    found = sizes()
    yield f"{'bytes, gzip':34}{'now':>8}{'most':>8}{'ratio':>8}"
    for name, (now, most) in found.items():
        limit = f"{most:8,}{now / most:8.2f}" if most else ""
        yield f"{name:34}{now:8,}{limit}"


def line(name: str, values: list[float]) -> str:
    ordered = sorted(values)
    p95 = ordered[round(0.95 * (len(ordered) - 1))]
    return f"{name:34}{statistics.median(ordered):8.1f}{p95:8.1f}{ordered[-1]:8.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--slower", type=float, default=6)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
    django.setup()
    print("\n".join(size_lines()), "\n")
    release = engine.load_release(read_pack(PACK).release())
    texts = release.data["texts"][release.data["locale"]]["questions"]
    labels = {words["label"]: key for key, words in texts.items()}
    files = {name: made(name[1:]) for name in ("/screener.js", "/screener.css")}
    told = words(release, "en", today(release))
    both = f"{release.canonical.decode()}\n{told}"
    files |= {"/page.html": PAGE, "/release.json?words=en": both}
    with served({}, files) as address, launched() as browser:
        page = browser.new_page(viewport={"width": 360, "height": 740})
        cdp = page.context.new_cdp_session(page)
        cdp.send("Performance.setTimeDomain", {"timeDomain": "threadTicks"})
        cdp.send("Performance.enable")
        page.goto(f"{address}/page.html")
        cdp.send("Emulation.setCPUThrottlingRate", {"rate": given.slower})
        found = [
            step
            for _round in range(given.rounds)
            for answers in walks()
            for step in steps(page, cdp, answers, labels)
        ]
    print(f"{len(found)} answers, {given.slower:g} times slower; milliseconds")
    print(f"{'':34}{'median':>8}{'p95':>8}{'most':>8}")
    for name, values in zip(NAMES, zip(*found, strict=True), strict=True):
        print(line(name, list(values)))


if __name__ == "__main__":
    main()
