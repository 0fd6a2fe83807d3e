"""What is few and lives in no index of pages: screeners, help, terms, topics.

It is read when somebody searches, so that what is public is what it is now.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from cms.articles.models import ArticlePage, count_topics
from cms.glossary.terms import read_glossary
from cms.home.models import HelpPage
from cms.search.queries import Sought, Way
from cms.search.stems import fold, list_stems, list_words
from screening_block.help.directory import (
    describe_entry,
    list_entries,
    name_languages,
    name_subjects,
)
from screening_block.help.entry_listing import make_anchor
from screening_block.models import Release, Screener
from screening_block.models.releases import texts_in
from screening_block.public import RecalledError, public_pages, release_of
from screening_block.visitor.markup import to_text

#: What a thing sought is worth in a title, where it is 1 in a text.
TITLE = 10


@dataclass(frozen=True)
class Document:
    """Something to be found: its texts in the order in which they tell of it."""

    kind: str
    title: str
    url: str
    texts: tuple[str, ...] = ()
    #: What it is found by and does not show.
    hidden: tuple[str, ...] = ()
    #: The same in other languages, whose words are never suggested.
    foreign: tuple[str, ...] = ()


def list_documents(request: HttpRequest, language: str) -> list[Document]:
    """Return everything of a language that anybody may read here, but for pages."""
    return [
        *_list_screeners(request, language),
        *_list_help(request, language),
        *_list_terms(language),
        *_list_topics(request, language),
    ]


def _list_screeners(request: HttpRequest, language: str) -> Iterator[Document]:
    own = Screener.objects.filter(locale__language_code=language)
    for page in public_pages(own, request).order_by("title", "pk"):
        try:
            release = release_of(page, request)
        except RecalledError:
            continue
        if release is None:
            continue
        title, intro, more = _read_release(release.sha256, language)
        texts = tuple(filter(None, (page.search_description, *intro)))
        url = page.get_url(request) or ""
        yield Document("screener", title or page.title, url, texts, more)


@lru_cache(maxsize=32)
def _read_release(
    sha256: str, language: str
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Return the title of a release, its introduction and what it asks and finds."""
    release = Release(sha256=sha256).load()
    texts = texts_in(release, language)
    words = [
        part.get(name, "")
        for kind, name in (("questions", "label"), ("findings", "heading"))
        for part in texts.get(kind, {}).values()
    ]
    intro = to_text(texts.get("intro", "")).split("\n\n")
    return texts.get("title", ""), tuple(intro), tuple(filter(None, words))


def _list_help(request: HttpRequest, language: str) -> Iterator[Document]:
    pages = HelpPage.objects.filter(locale__language_code=language)
    page = public_pages(pages, request).order_by("path").first()
    if page is None:
        return
    url = page.get_url(request) or ""
    subjects, languages = name_subjects(language), name_languages(language)
    for entry in list_entries(area=page.area):
        shown = describe_entry(entry, language)
        hidden = [
            *(subjects[key] for key in entry.subjects if key in subjects),
            *(languages[key] for key in entry.languages if key in languages),
            *shown["counties"],
        ]
        address = f"{url}#{make_anchor(entry.key)}"
        texts, title = (shown["note"],), shown["name"]
        # Whoever knows it by its own name finds it, too.
        yield Document("help", title, address, texts, (entry.name, *hidden))


def _list_terms(language: str) -> Iterator[Document]:
    for entry in read_glossary(language).entries:
        term = entry.term
        forms = tuple(term.ways[1:])
        # Whoever has heard it in another language finds it, too.
        names = tuple(other.name for other in entry.others)
        texts = (term.explanation,)
        yield Document("term", term.name, term.address, texts, forms, names)


def _list_topics(request: HttpRequest, language: str) -> Iterator[Document]:
    own = ArticlePage.objects.filter(locale__language_code=language)
    for topic in count_topics(public_pages(own, request)):
        url = reverse("topic", args=[topic.slug])
        yield Document("topic", topic.name, url, (topic.description,))


def weigh(
    document: Document, sought: Sequence[Sought], language: str, *, some: bool = False
) -> int:
    """Return how much a document says of what is sought; 0 if it is not found.

    It must say all of it, or `some`.
    """
    title = _read(document.title, language)
    said = (*document.texts, *document.hidden, *document.foreign)
    rest = _read("\n".join(said), language)
    score = found = 0
    for one in sought:
        in_title = any(map(title.says, one.ways)) or title.begins(one)
        in_rest = any(map(rest.says, one.ways)) or rest.begins(one)
        found += in_title or in_rest
        score += TITLE * in_title + in_rest
    return score if found == len(sought) or some else 0


@dataclass(frozen=True)
class _Text:
    stems: tuple[str, ...]
    known: frozenset[str]
    words: frozenset[str]

    def begins(self, sought: Sought) -> bool:
        return bool(sought.begins) and any(
            word.startswith(sought.begins) for word in self.words
        )

    def says(self, way: Way) -> bool:
        if not self.known.issuperset(way):
            return False
        ends = range(len(way), len(self.stems) + 1) if len(way) > 1 else ()
        return len(way) == 1 or any(
            self.stems[end - len(way) : end] == way for end in ends
        )


@lru_cache(maxsize=2_000)
def _read(text: str, language: str) -> Any:
    stems = tuple(list_stems(text, language))
    words = frozenset(map(fold, list_words(text)))
    return _Text(stems, frozenset(stems), words)
