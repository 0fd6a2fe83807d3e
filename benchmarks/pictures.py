"""Pictures of the pages of a running site, for docs/pages.md:

    .venv/bin/python benchmarks/pictures.py [http://127.0.0.1:8000]

The site must run with the demo in it (`make run`). Every kind of page is drawn on a
phone and on a desk, in each of the demo's languages, as far as its first screen goes. A
page that does not answer as it should stops the script.
"""

import argparse
import io
import os
import sys
from pathlib import Path
from typing import Any

import requests
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.base")

import django

from screening_block import engine
from tests.chromium import launched

DOCS = Path(__file__).resolve().parent.parent / "docs"
FOLDER = DOCS / "pictures" / "pages"
KEY = "ca-firearm-expungement"
#: Width and height of the screen in pixels, and the width of the picture of it.
SCREENS = {"phone": (360, 900, 300), "desk": (1280, 900, 720)}
#: By name: address in English and in Spanish, status, what it shows.
PAGES = {
    "home": ("/", "/es/", 200, "Home"),
    "articles": ("/articles/", "/es/articulos/", 200, "List of articles"),
    "article": (
        "/articles/does-an-expunged-california-firearm-conviction-count-for-immigration/",
        "/es/articulos/condena-por-armas-limpiada-e-inmigracion/",
        200,
        "Article",
    ),
    "topic": ("/topics/green-cards/", "/es/topics/tarjetas-verdes/", 200, "Topic"),
    "glossary": ("/glossary/", "/es/glossary/", 200, "Glossary"),
    "search": ("/search/?q=green+card", "/es/search/?q=tarjeta+verde", 200, "Search"),
    "start": (f"/{KEY}/", f"/es/{KEY}/", 200, "Start of a screener"),
    "question": (f"/{KEY}/", f"/es/{KEY}/", 200, "Question"),
    "result": (f"/{KEY}/", f"/es/{KEY}/", 200, "Result"),
    "help": ("/help/", "/es/ayuda/", 200, "Directory of help"),
    "about": ("/about/", "/es/acerca-de/", 200, "About"),
    "team": ("/team/", "/es/equipo/", 200, "Team"),
    "contact": ("/contact/", "/es/contacto/", 200, "Contact"),
    "terms": ("/terms/", "/es/condiciones/", 200, "Terms"),
    "accessibility": ("/accessibility/", "/es/accesibilidad/", 200, "Accessibility"),
    "privacy": ("/privacy/", "/es/privacidad/", 200, "Privacy"),
    "open": ("/open/", "/es/open/", 200, "A lawyer opens a saved file"),
    "check": (
        "/embed/v1/check",
        "/embed/v1/check?locale=es",
        200,
        "Check of the embed",
    ),
    "missing": ("/nowhere/", "/es/nowhere/", 404, "No such page"),
}
LANGUAGES = {"en": "English", "es": "Spanish"}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("site", nargs="?", default="http://127.0.0.1:8000")
    parser.add_argument("--only", nargs="*", default=PAGES, choices=PAGES)
    options = parser.parse_args()
    site = options.site.rstrip("/")
    django.setup()
    from tests.california_firearms import measured
    from tests.california_firearms.six import SIX

    FOLDER.mkdir(parents=True, exist_ok=True)
    answers = SIX["Maria"].answers

    def show(page: Any, name: str, locale: str) -> None:
        path, status = PAGES[name][list(LANGUAGES).index(locale)], PAGES[name][2]
        answer = page.goto(site + path)
        if answer.status != status:
            sys.exit(f"{path}: {answer.status} instead of {status}")
        widget = page.locator("legal-screener")
        if name == "question":
            widget.get_by_role(
                "button", name=measured.BUTTONS[locale][0], exact=True
            ).click()
            page.wait_for_function(measured.SETTLED)
        if name == "result":
            release = fetch(f"{site}/api/v1/screeners/{KEY}/")
            measured.go_with_script(page, site + path, release, answers, locale)
        page.wait_for_timeout(700)

    with launched() as browser:
        for name in options.only:
            for locale in LANGUAGES:
                for screen, (width, height, drawn) in SCREENS.items():
                    size = {"width": width, "height": height}
                    page = browser.new_page(viewport=size)
                    show(page, name, locale)
                    save(page.screenshot(), FOLDER / f"{name}-{locale}-{screen}", drawn)
                    page.close()
            print(name)
    write_page()


def fetch(address: str) -> engine.Release:
    return engine.load_release(requests.get(address, timeout=30).text)


def save(png: bytes, path: Path, width: int) -> None:
    image = Image.open(io.BytesIO(png)).convert("RGB")
    if image.width > width:
        image = image.resize((width, round(image.height * width / image.width)))
    image.save(path.with_suffix(".webp"), quality=45, method=6)


def write_page() -> None:
    """Write the page that shows all of them."""
    lines = [
        "# Every page, on a phone and on a desk",
        "",
        "The demo's, by `benchmarks/pictures.py`; as far as the first screen goes.",
    ]
    for name, (_english, _spanish, _status, title) in PAGES.items():
        lines += ["", f"## {title}", ""]
        for locale, language in LANGUAGES.items():
            lines += [
                f"![{title}, {language}, on a {screen}]"
                f"(pictures/pages/{name}-{locale}-{screen}.webp)"
                for screen in SCREENS
            ]
    (DOCS / "pages.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
