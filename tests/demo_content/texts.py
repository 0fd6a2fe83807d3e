"""What a reader of the demo sees, taken from its content files as plain words."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

CONTENT = Path(__file__).parents[2] / "cms" / "demo" / "content"
MAIN = "does-an-expunged-california-firearm-conviction-count-for-immigration"
UNINSPECTED = "if-you-entered-without-inspection-and-have-a-gun-case"
DACA_TPS = "how-a-gun-case-can-affect-daca-and-tps"
ANTIQUE = "the-antique-gun-mismatch-in-the-ninth-circuit"
CITIZENSHIP = "how-a-gun-case-can-affect-citizenship"
CONVICTION = "what-counts-as-a-conviction-for-immigration"
TRAVEL = "travel-with-a-green-card-after-a-gun-case"
VACATUR = "what-vacatur-is-and-how-penal-code-1473-7-works"
PAPERS = "which-court-papers-to-get-before-clearing-a-record"
SCREENER = "ca-firearm-expungement"

UNSEEN = {
    *("link", "url", "screener", "status", "tone", "type", "language", "kind", "slug"),
}
Body = list[dict[str, Any]]


@cache
def site() -> dict[str, Any]:
    """The pages around the articles, by slug; the home page and the list of articles
    as `home` and `articles`."""
    data: dict[str, Any] = yaml.safe_load((CONTENT / "site.yaml").read_text("utf-8"))
    return data | {page["slug"]: page for page in data.pop("pages")}


@cache
def articles() -> dict[str, dict[str, Any]]:
    """Every article by its slug, in the order of the files."""
    found = {}
    for path in sorted((CONTENT / "articles").glob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert path.stem == data["slug"]
        found[data["slug"]] = data
    return found


@cache
def spanish_articles() -> dict[str, dict[str, Any]]:
    """Every article in Spanish, by the slug of the English one."""
    found = {}
    for path in sorted((CONTENT / "es" / "articles").glob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert path.stem == data["translates"]
        found[path.stem] = data
    return found


@cache
def spanish_site() -> dict[str, Any]:
    """The pages around the articles in Spanish, by the same names as `site`."""
    path = CONTENT / "es" / "site.yaml"
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    pages = {page["translates"]: page for page in data.get("pages", [])}
    return {**data, **pages}


def pages() -> dict[str, Body]:
    """Every body there is, by the slug of its page."""
    bodies = {slug: data["body"] for slug, data in articles().items()}
    around = {slug: data for slug, data in site().items() if "body" in data}
    return bodies | {slug: data["body"] for slug, data in around.items()}


def passages(value: Any) -> Iterator[str]:
    """Every text a reader sees, as plain words; list items one by one."""
    if isinstance(value, str):
        for part in re.split(r"</?li>|</?p>", value):
            words = " ".join(re.sub(r"<[^>]+>", "", part).split())
            if words:
                yield words
    elif isinstance(value, list):
        for child in value:
            yield from passages(child)
    elif isinstance(value, dict):
        for name, child in value.items():
            if name not in UNSEEN:
                yield from passages(child)


def strings(value: Any) -> Iterator[str]:
    """Every string, markup and addresses too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for child in value.values() if isinstance(value, dict) else value:
            yield from strings(child)


def words(slug: str) -> str:
    """All a page says, in one line."""
    return " ".join(passages(pages()[slug]))


def answers(slug: str) -> dict[str, str]:
    """What stands under each heading of a page, up to the next one.

    Key points bring the heading "Key points" with them.
    """
    found: dict[str, list[str]] = {}
    heading = ""
    for block in pages()[slug]:
        if block["type"] == "heading":
            heading = block["value"]["text"]
            assert heading not in found, heading
        elif block["type"] == "key_takeaways":
            found["Key points"] = list(passages(block["value"]))
        else:
            found.setdefault(heading, []).extend(passages(block["value"]))
    return {heading: " ".join(texts) for heading, texts in found.items()}


def rows(slug: str, caption: str) -> dict[str, str]:
    """The rows of the table whose caption begins so: first cell to the others."""
    tables = [b["value"] for b in pages()[slug] if b["type"] == "table"]
    [table] = [t for t in tables if t["caption"].startswith(caption)]
    return {row[0]: " ".join(row[1:]) for row in table["rows"]}
