"""What Lighthouse would ask of a page, measured in Chromium: shifts, pictures, head."""

from __future__ import annotations

from typing import Any

#: "Good" ends at 0.1 (web.dev, Cumulative Layout Shift); no page here needs any.
LARGEST_SHIFT = 0.02
#: A picture may have as many pixels as a screen of twice the density shows, and a bit.
DENSEST = 2.2
#: Before a page is read, so that nothing is missed.
WATCH = """
window.seen = { shift: 0, lazy: [] };
new PerformanceObserver((list) => {
  for (const entry of list.getEntries())
    if (!entry.hadRecentInput) window.seen.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
new PerformanceObserver((list) => {
  for (const { element } of list.getEntries())
    if (element?.loading === "lazy") window.seen.lazy.push(element.currentSrc);
}).observe({ type: "largest-contentful-paint", buffered: true });
"""
#: Once through the page, as somebody reads, so that what loads late has loaded.
READ = """async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  for (let y = 0; y < document.body.scrollHeight; y += innerHeight) {
    scrollTo(0, y);
    await frame();
  }
  const images = [...document.images].filter((one) => one.offsetParent);
  await Promise.all(images.map((one) => one.decode().catch(() => {})));
  const pictures = images.map((one) => ({
    src: one.currentSrc,
    sized: one.hasAttribute("width") && one.hasAttribute("height"),
    told: one.hasAttribute("alt"),
    natural: one.naturalWidth,
    shown: one.clientWidth,
    vector: one.currentSrc.includes(".svg"),
  }));
  const name = (selector) => document.head.querySelectorAll(selector).length;
  return {
    ...window.seen,
    pictures,
    head: {
      title: document.title.trim() !== "",
      language: document.documentElement.lang !== "",
      viewport: name("meta[name=viewport]") === 1,
      charset: document.characterSet === "UTF-8",
      standards: document.compatMode === "CSS1Compat",
      links: [...document.links].every(({ protocol }) =>
        ["http:", "https:", "mailto:", "tel:", "sms:"].includes(protocol)),
    },
  };
}"""


def judge(page: Any, where: str) -> None:
    """Nothing to complain of in the document that a page, made ready, has opened."""
    found = page.evaluate(READ)
    assert found["shift"] <= LARGEST_SHIFT, f"{where}: shifts by {found['shift']}"
    assert found["lazy"] == [], f"{where}: what is seen first loads late"
    assert [key for key, good in found["head"].items() if not good] == [], where
    for picture in found["pictures"]:
        told = f"{where}: {picture}"
        assert picture["sized"], told
        assert picture["told"], told
        if not picture["vector"]:
            assert 0 < picture["natural"] <= DENSEST * picture["shown"], told


def watch(page: Any) -> None:
    """Count what shifts, from the start of each document on."""
    page.add_init_script(WATCH)
