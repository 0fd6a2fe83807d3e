"""Do sites built by others show screeners as docs/hosts.md says? No arguments needed:

    .venv/bin/python benchmarks/hosts_web.py [--record]

Builds the examples of `clients/examples/` for real, in a folder of its own: Hugo
(Debian's), Next.js, React and Vue by Vite, Turbo; and a page with iframe-resizer. Asks
the registries of packages for them and nobody else. A visitor walks each to the result
at 360 and 1280 pixels, prints, saves and leaves, and goes from page to page where the
pages are not loaded anew. Then sanitizers of Python and JavaScript clean the text to
copy, of which a link with the title must be left. What cannot be installed is skipped,
by name. Ends with 1 if anything is not as promised.

`--record` takes the pictures of docs/hosts.md and the pages of the tests anew.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from hosts import KEY, ROOT, WIDTHS, Guest, Report, keep_page, our_site, running
from outside import free_port

from tests.chromium import launched

BIN = Path(sys.executable).parent
EXAMPLES = ROOT / "clients" / "examples"
#: What the examples are written for; their newest of these versions.
PACKAGES = [
    *("next@16", "react@19", "react-dom@19", "vue@3", "vite@8", "@hotwired/turbo@8"),
    *("sanitize-html@2", "dompurify@3", "jsdom@26", "iframe-resizer@4"),
]
SANITIZERS = ["nh3", "bleach"]
VITE = """import { defineConfig } from "vite";
export default defineConfig({
  base: "./",
  build: { rollupOptions: { input: ["react.html", "vue.html"] } },
});
"""
CLEAN_JS = """
import { readFileSync } from "node:fs";
import createPurifier from "dompurify";
import { JSDOM } from "jsdom";
import sanitize from "sanitize-html";
const dirty = JSON.parse(readFileSync(0, "utf8"));
const purifier = createPurifier(new JSDOM("").window);
console.log(JSON.stringify({
  "DOMPurify": dirty.map((one) => purifier.sanitize(one)),
  "sanitize-html": dirty.map((one) => sanitize(one)),
}));
"""
CLEAN_PYTHON = """
import json, sys
dirty = json.load(sys.stdin)
import bleach, nh3
print(json.dumps({
    "nh3": [nh3.clean(one) for one in dirty],
    "bleach": [bleach.clean(one, strip=True) for one in dirty],
}))
"""


def do(command: list[str], folder: Path, sent: str = "", **env: str) -> str:
    """What a program prints. Raises `RuntimeError` with what it says if it fails."""
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"PATH": path, "CI": "1", **env},
        input=sent,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {(done.stdout + done.stderr)[-1500:]}")
    return done.stdout


def copy_example(name: str, folder: Path, site: str) -> Path:
    """An example, for a site of ours in place of the one it names."""
    target = folder / name
    shutil.copytree(EXAMPLES / name, target)
    for path in target.rglob("*"):
        if path.is_file():
            text = path.read_text("utf-8")
            path.write_text(text.replace("https://law.example", site), "utf-8")
    return target


def install(folder: Path) -> None:
    """All packages of npm, ours among them, where every example finds them."""
    do(["npm", "pack", "--pack-destination", str(folder)], ROOT / "clients/npm")
    [ours] = folder.glob("legal-screener-*.tgz")
    (folder / "package.json").write_text('{"private": true, "type": "module"}')
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    do(["npm", "install", *quiet, str(ours), *PACKAGES], folder)


class Sites:
    """Each built site, served while it is walked."""

    def __init__(
        self, folder: Path, site: str, browser: Any, report: Report, record: bool
    ) -> None:
        self.folder, self.site, self.report = folder, site, report
        self.guest = partial(Guest, browser, report)
        self.record = record

    def serve(self, folder: Path) -> Any:
        port = free_port()
        command = [sys.executable, "-m", "http.server", str(port), "-b", "127.0.0.1"]
        self.address = f"http://127.0.0.1:{port}"
        return running(command, folder, self.address, self.folder / "files.log")

    def walk(self, what: str, address: str, before: Callable | None = None) -> None:
        for width in WIDTHS:
            self.guest(width).walk(what, address, before)

    def picture(self, name: str, address: str) -> None:
        if self.record:
            guest = self.guest(1280, True)
            guest.page.goto(address)
            if before := BEFORE.get(name):
                before(guest.page)
            guest.page.get_by_role("button", name="Start").wait_for()
            guest.picture(name)
            # Where a script made the page: as it is then.
            sent = guest.page.request.get(address).text()
            html = guest.page.content() if name in BEFORE else sent
            keep_page(name, html, address, self.site)
            guest.close()

    def hugo(self) -> None:
        folder = copy_example("hugo", self.folder, self.site)
        do(["hugo", "--minify", "--quiet"], folder)
        with self.serve(folder / "public"):
            self.walk("Hugo", f"{self.address}/article/")
            self.picture("hugo", f"{self.address}/article/")

    def vite(self) -> None:
        folder = copy_example("vite", self.folder, self.site)
        (folder / "vite.config.js").write_text(VITE)
        do(["npx", "--no", "vite", "build", "--logLevel", "error"], folder)
        with self.serve(folder / "dist"):
            for name in ("react", "vue"):
                address = f"{self.address}/{name}.html"
                self.walk(name.title(), address, BEFORE[name])
                self.picture(name, address)

    def next(self) -> None:
        folder = copy_example("next", self.folder, self.site)
        (folder / "package.json").write_text('{"private": true, "type": "module"}')
        port = free_port()
        address = f"http://127.0.0.1:{port}"
        env = {"NEXT_TELEMETRY_DISABLED": "1"}
        do(["npx", "--no", "next", "build"], folder, **env)
        program = str(self.folder / "node_modules/next/dist/bin/next")
        start = [str(BIN / "node"), program, "start", "-p", str(port)]
        log = self.folder / "next.log"
        with running(start, folder, address, log, **env):
            self.walk("Next.js", address)
            self.walk("Next.js, page after page", f"{address}/other", go_to_it)
            self.picture("next", address)
            page = self.guest(360).page
            held = page.request.get(address).text()
            said = "without script the link is not there"
            self.report.expect("Next.js", said, f"{self.site}/screeners/{KEY}/" in held)
            page.context.close()

    def turbo(self) -> None:
        folder = copy_example("turbo", self.folder, self.site)
        source = self.folder / "node_modules/@hotwired/turbo/dist/turbo.es2017-esm.js"
        shutil.copy(source, folder / "turbo.js")
        with self.serve(folder):
            self.walk("Turbo", f"{self.address}/page.html")
            there = f"{self.address}/other.html"
            self.walk("Turbo, page after page", there, go_to_it)
            self.walk("Turbo, there and back", there, go_and_come_back)
            self.picture("turbo", f"{self.address}/page.html")

    def resizer(self) -> None:
        """The library gives the frame its height, without a script of ours."""
        folder = self.folder / "resizer"
        folder.mkdir()
        name = "iframeResizer.min.js"
        shutil.copy(self.folder / "node_modules/iframe-resizer/js" / name, folder)
        frame = f'<iframe src="{self.site}/embed/v1/{KEY}/" width="100%"></iframe>'
        start = "iFrameResize({ log: false }, 'iframe')"
        meta = '<meta name="viewport" content="width=device-width,initial-scale=1">'
        page = f'{meta}{frame}<script src="{name}"></script><script>{start}</script>'
        (folder / "page.html").write_text(f"<!doctype html>{page}")
        with self.serve(folder):
            self.walk("iframe-resizer", f"{self.address}/page.html")

    def sanitizers(self) -> None:
        """Of the text to copy, a link with the title is left."""
        from screening_block.visitor.embed_html import (
            build_element_html,
            build_link_markdown,
        )

        page, title = f"{self.site}/screeners/{KEY}/", "Guns & <old> cases"
        element = build_element_html(
            f"{self.site}/api/v1/screeners/{KEY}/", page, title
        )
        script = f'<script src="{self.site}/embed/v1/screener.js"></script>'
        dirty = json.dumps([f"{element}\n{script}"])
        (self.folder / "clean.mjs").write_text(CLEAN_JS)
        cleaned = json.loads(do([str(BIN / "node"), "clean.mjs"], self.folder, dirty))
        target = str(self.folder / "python")
        pip = [sys.executable, "-m", "pip", "install", "-q", "--target", target]
        try:
            do([*pip, *SANITIZERS], self.folder)
        except RuntimeError as error:
            print(f"SKIPPED {', '.join(SANITIZERS)}: {str(error)[-200:]}")
        else:
            run = [sys.executable, "-c", CLEAN_PYTHON]
            cleaned |= json.loads(do(run, self.folder, dirty, PYTHONPATH=target))
        shown = "Guns &amp; &lt;old&gt; cases</a>"
        for name, [text] in cleaned.items():
            print(f"{name:<58}{text.strip()}")
            kept = f'href="{page}"' in text and shown in text
            self.report.expect(name, f"left {text}", kept and "<script" not in text)
        self.report.expect(
            "Markdown", "is not safe", "<" not in build_link_markdown(page, "a <b>")
        )


def press_which(page: Any) -> None:
    """The address comes late, as data does."""
    page.get_by_role("button", name="Which one").click()


def go_to_it(page: Any) -> None:
    """From another page of the same site, without loading anew."""
    page.evaluate("window.same = true")
    page.get_by_role("link", name="An old conviction").click()
    page.get_by_role("button", name="Start").wait_for()
    if not page.evaluate("window.same"):
        raise RuntimeError("the page was loaded anew")


def go_and_come_back(page: Any) -> None:
    go_to_it(page)
    page.get_by_role("link", name="Another article").click()
    page.get_by_role("heading", name="Another article").wait_for()
    page.go_back()
    page.get_by_role("button", name="Start").wait_for()


BEFORE = {"react": press_which, "vue": press_which}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--record", action="store_true")
    given = parser.parse_args()
    began, report = time.monotonic(), Report()
    with (
        tempfile.TemporaryDirectory(prefix="legal-hosts-") as name,
        our_site(Path(name)) as site,
        launched() as browser,
    ):
        folder = Path(name)
        sites = Sites(folder, site, browser, report, given.record)
        parts = [sites.next, sites.vite, sites.turbo, sites.resizer, sites.sanitizers]
        try:
            install(folder)
        except RuntimeError as error:
            print(f"SKIPPED all but Hugo: {error}")
            parts = []
        if shutil.which("hugo"):
            parts.insert(0, sites.hugo)
        else:
            print("SKIPPED Hugo: apt-get install hugo")
        print(f"Ready after {time.monotonic() - began:.0f} s.")
        for part in parts:
            part()
    print(f"{time.monotonic() - began:.0f} s, {len(report.wrong)} wrong")
    return 1 if report.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
