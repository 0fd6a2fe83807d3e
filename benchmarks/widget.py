"""How large the widget is, and how soon the next question is on the screen:

    .venv/bin/python benchmarks/widget.py [--slower 6] [--rounds 3]

Sizes are of what the sources make, as gzip, beside what they may be. Then Chromium, its
processor slowed down six times as a cheap phone's would be, walks the law pack with the
answers of its five longest scenarios, and its own trace says what each answer took:
the script that runs at the press; all of the page's thread from the press until the
next question is painted (script, style, layout, paint), of which a frame has 16.7
milliseconds; and the time until the compositor had it on the screen. The last two again
for a page with nothing but a heading that is replaced: what this browser, slowed down
on this machine, takes for any answer at all. The ratio is ours to that.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import compress, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from screening_block import engine
from screening_block.embed.assets import list_names, read_asset
from screening_block.packs.read import read_pack
from tests.bundles import build_bundle, weigh
from tests.chromium import launched
from tests.fuzz.browser import served

#: The later parts have come: see `later.js`.
SETTLED = '() => document.querySelector("legal-screener").app?.settled'
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
    .querySelectorAll("div:has(> h2, > form):not(.ahead)");
  const key = labels[root.querySelector("h2").textContent];
  const buttons = [...root.querySelectorAll("button")];
  const button = (...names) => buttons.find((one) => names.includes(one.textContent));
  const value = answers[key] ?? null;
  globalThis.press = key && value === null
    ? button("I’m not sure", "Skip this question")
    : button("Continue", "Show the result", "Start");
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
#: Presses the button at any moment of a frame, and waits until what follows is shown.
PRESS = """() => new Promise((resolve) => setTimeout(() => {
  performance.mark("press");
  press.click();
  performance.mark("pressed");
  requestAnimationFrame(() => setTimeout(resolve, 40));
}, Math.random() * 50))"""
#: The least that a page can do.
BARE = """() => {
  document.body.innerHTML = "<h2 tabindex=-1>0</h2><button>Next</button>";
  const [heading, button] = document.body.children;
  globalThis.press = button;
  button.onclick = () => {
    heading.textContent++;
    heading.focus();
  };
}"""
#: Milliseconds between filling in and pressing the button, of a hand that is quick.
READING = 300
NAMES = ("script", "press to painted", "press to on the screen")
TRACED = ["-*", "devtools.timeline", "blink.user_timing"]


def walks() -> list[dict[str, Any]]:
    """The answers of the pack's longest scenarios."""
    scenarios = sorted(read_pack(PACK).scenarios, key=lambda one: -len(one["answers"]))
    return [one["answers"] for one in scenarios[:25:5]]


def steps(page: Any, answers: dict[str, Any], labels: dict[str, str]) -> Iterator[str]:
    """Presses through a visit. Per press, what was on the screen: as `FILL`."""
    page.reload()
    page.get_by_role("button", name="Start").click()
    # The first answer waits for what comes later.
    page.wait_for_function(SETTLED)
    while kind := page.evaluate(FILL, [answers, labels]):
        yield kind
        # Style and layout of what was just filled in are not the answer's.
        page.wait_for_timeout(READING)
        page.evaluate(PRESS)


def took(trace: list[dict[str, Any]]) -> Iterator[tuple[float, float, float]]:
    """Per press in a trace, in milliseconds: script, the page's thread, until shown."""
    thread = next(one["tid"] for one in trace if one["name"] == "press")

    def times(name: str, end: bool = False, **like: Any) -> list[float]:
        like = {"name": name} | like
        found = [one for one in trace if like.items() <= one.items()]
        return sorted(one["ts"] + end * one.get("dur", 0) for one in found)

    def after(moment: float, ones: list[float]) -> float:
        return ones[bisect_left(ones, moment)]

    pressed = times("pressed")
    frames = times("AnimationFrame::Render", ph="b", tid=thread)
    painted = times("Layerize", end=True, tid=thread)
    shown = times("AnimationFrame::Presentation")
    for press in times("press"):
        done = after(press, pressed)
        ready = after(done, painted)
        idle = max(0, min(after(done, frames), ready) - done)
        until = after(ready, shown) - press
        yield (done - press) / 1000, (ready - press - idle) / 1000, until / 1000


def size_lines() -> Iterator[str]:
    """The sizes, what they may be and what part of that they are."""
    with TemporaryDirectory() as folder:
        build_bundle(Path(folder))
        sizes = weigh(Path(folder))
    yield f"{'bytes, gzip':34}{'now':>8}{'most':>8}{'ratio':>8}"
    for name, (now, most) in sizes.items():
        yield f"{name:34}{now:8,}{most:8,}{now / most:8.2f}"


def line(
    name: str, values: Sequence[float], bare: Sequence[float] | None = None
) -> str:
    ordered = sorted(values)
    median, p95 = statistics.median(ordered), ordered[round(0.95 * (len(ordered) - 1))]
    ratio = f"{median / statistics.median(bare):8.2f}" if bare else ""
    return f"{name:34}{median:8.1f}{p95:8.1f}{ordered[-1]:8.1f}{ratio}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--slower", type=float, default=6)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
    django.setup()
    # Models can be had only now.
    from screening_block.models.releases import today
    from screening_block.visitor.widget_strings import write_widget_words

    print("\n".join(size_lines()), "\n")
    release = engine.load_release(read_pack(PACK).release())
    texts = release.data["texts"][release.data["locale"]]["questions"]
    labels = {words["label"]: key for key, words in texts.items()}
    files = {f"/{name}": read_asset(name).bodies[""].decode() for name in list_names()}
    told = write_widget_words(release, "en", today(release))
    both = f"{release.canonical.decode()}\n{told}"
    files |= {"/page.html": PAGE, "/release.json?words=en&part=start": both}
    with served({}, files) as address, launched() as browser:

        def traced(path: str, presses: Callable[[Any], list[str]]) -> Any:
            page = browser.new_page(viewport={"width": 360, "height": 740})
            page.goto(address + path)
            cdp = page.context.new_cdp_session(page)
            cdp.send("Emulation.setCPUThrottlingRate", {"rate": given.slower})
            browser.start_tracing(page=page, categories=TRACED)
            kinds = presses(page)
            found = took(json.loads(browser.stop_tracing())["traceEvents"])
            page.close()
            return kinds, list(found)

        def visits(page: Any) -> list[str]:
            every = walks() * given.rounds
            return [kind for one in every for kind in [*steps(page, one, labels), ""]]

        def bare(page: Any) -> list[str]:
            page.evaluate(BARE)
            for _press in range(50 * given.rounds):
                page.evaluate(PRESS)
            return []

        kinds, found = traced("/page.html", visits)
        _none, floor = traced("/", bare)
    # Between two visits no button is pressed.
    pairs = [(now, then) for now, then in pairwise(kinds) if now]
    wanted = [pair == ("question", "question") for pair in pairs]
    answers = list(zip(*compress(found, wanted), strict=True))
    least = list(zip(*floor, strict=True))
    print(f"{sum(wanted)} answers, {given.slower:g} times slower; milliseconds")
    print(
        f"{'answer to next question':34}{'median':>8}{'p95':>8}{'most':>8}{'ratio':>8}"
    )
    for name, ours, its in zip(NAMES, answers, least, strict=True):
        print(line(name, ours, its if name != NAMES[0] else None))
    for name, its in zip(NAMES[1:], least[1:], strict=True):
        print(line(f"a bare page: {name}", its))


if __name__ == "__main__":
    main()
