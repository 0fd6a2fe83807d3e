"""The demo's content files, by language: what pages there are, and what they say.

English is the source. Every other language has a folder, such as `content/es/`. A page
is named by its English slug, in every language.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

CONTENT = Path(__file__).parent / "content"
Texts = dict[str, Any]


@dataclass(frozen=True)
class PageTexts:
    """What a content file says of a page: `kind` and `parent` are the source's.

    `name` is its English slug, but for `home`; `parent` is the name of another page.
    """

    name: str
    kind: str
    parent: str
    texts: Texts


def list_languages() -> list[str]:
    """Return the codes of all languages there is content in, the source first."""
    others = sorted(path.parent.name for path in CONTENT.glob("*/site.yaml"))
    return [settings.LANGUAGE_CODE, *others]


def read_site(language: str) -> Texts:
    """Return the texts of the pages around the articles."""
    return _read(_folder(language) / "site.yaml")


def read_articles(language: str = "en") -> list[Texts]:
    """Return all articles of a language, by the name of their files."""
    return [
        _read(path) for path in sorted((_folder(language) / "articles").glob("*.yaml"))
    ]


def list_pages(language: str) -> Iterator[PageTexts]:
    """Yield the pages of a language, each after the one that it stands below."""
    site = read_site(language)
    yield PageTexts("home", "home", "", site["home"])
    if "articles" in site:
        index = {"slug": "articles", "menu": True, **site["articles"]}
        yield PageTexts("articles", "articles", "home", index)
        # Lists show the newest first: the first text is to be the newest.
        for texts in reversed(read_articles(language)):
            yield PageTexts(_name(texts), "article", "articles", texts)
    for texts in site.get("pages", []):
        parent = texts.get("parent", "home")
        yield PageTexts(_name(texts), texts.get("kind", ""), parent, texts)


def read_topics(language: str) -> dict[str, Texts]:
    """Return `name` and `description` of topics, by their names in the source."""
    topics = read_site(language).get("topics", {})
    return {
        source: {"name": source, **given}
        if isinstance(given, dict)
        else {"name": given or source}
        for source, given in topics.items()
    }


def hash_files(folders: Iterable[Path]) -> str:
    """Return a SHA-256 of all files below `folders`, as hexadecimal digits."""
    hashed = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                hashed.update(f"{path.relative_to(folder)}\n".encode())
                hashed.update(path.read_bytes())
    return hashed.hexdigest()


def _folder(language: str) -> Path:
    return CONTENT if language == settings.LANGUAGE_CODE else CONTENT / language


def _name(texts: Texts) -> str:
    name: str = texts.get("translates") or texts["slug"]
    return name


def _read(path: Path) -> Texts:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(data, dict):
        raise ValueError(f"{path.name} must hold a mapping")
    return data
