"""What six invented people have to read, beside what it once was:

    .venv/bin/python benchmarks/people.py [http://127.0.0.1:8000] [--pictures FOLDER]

The site must run, with the law pack in it (`make run`). Chromium walks each of them
through it on a phone, with script and without; words and pixels are of the result as it
stands before anything is unfolded, pages of the sheet for a lawyer as it prints on A4.
Before is 29 November 2026, with script.
"""

import argparse
import os
import sys
from pathlib import Path
from typing import Any

import requests

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.base")

import django

from screening_block import engine
from tests.chromium import launched


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("site", nargs="?", default="http://127.0.0.1:8000")
    parser.add_argument("--pictures", type=Path, help="a folder for pictures of all")
    options = parser.parse_args()
    django.setup()
    from tests.california_firearms import measured
    from tests.california_firearms.six import SIX

    address = f"{options.site}/api/v1/screeners/{measured.KEY}/"
    release = engine.load_release(requests.get(address, timeout=30).text)
    row = "{:8}{:8}{:>14}{:>16}{:>12}  {}".format
    print(row("person", "way", "words", "pixels", "A4 pages", "first line"))

    def show(browser: Any, name: str, way: str, width: int) -> None:
        size = {**measured.PHONE, "width": width}
        script = way == "script"
        context = browser.new_context(viewport=size, java_script_enabled=script)
        page = context.new_page()
        walk = measured.go_with_script if script else measured.go_without_script
        url = f"{options.site}/screeners/{measured.KEY}/"
        walk(page, url, release, SIX[name].answers)
        if options.pictures:
            file = options.pictures / f"{name}-{way}-{width}.png"
            page.screenshot(path=file, full_page=True)
        if width == measured.PHONE["width"]:
            found, before = measured.read(page), SIX[name].before
            sheet = measured.sheet_pages(page) if script else measured.pages_of(page)
            now = (found.words, found.height, len(sheet))
            then = (before.words, before.height, before.sheet or "?")
            figures = [f"{old} > {new}" for old, new in zip(then, now, strict=True)]
            print(row(name, way, *figures, next(iter(found.short), "")))
        context.close()

    widths = [measured.PHONE["width"], *([1280] if options.pictures else [])]
    with launched() as browser:
        for name in SIX:
            for way in ("script", "form"):
                for width in widths:
                    show(browser, name, way, width)


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
    main()
