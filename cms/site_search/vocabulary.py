"""“Did you mean”: the words of what is public, and the nearest to one that is missing.

The words of a site are read at most once in some minutes. A page may be taken away
meanwhile: whoever suggests words looks first whether they find anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from rapidfuzz import process
from rapidfuzz.distance import OSA
from wagtail.models import Page, Site

from cms.articles.models import ArticlePage
from cms.home.models import HelpPage, HomePage, StandardPage
from cms.search.queries import Sought
from cms.search.stems import find_stem, fold, list_words
from cms.site_search.documents import Document
from screening_block.public import public_pages

#: Seconds for which the words are kept.
KEPT = 300
#: Of how many pages titles, and of how many the whole text is read: the newest.
TITLES, BODIES = 5_000, 300
#: Letters of the shortest word that may be a typo.
SHORTEST = 4

#: By a word without accents: how it is written most, and how often.
Vocabulary = dict[str, tuple[str, int]]


def load_vocabulary(
    request: HttpRequest, language: str, documents: Iterable[Document]
) -> Vocabulary:
    """Return the words of a site in a language, from the cache if they are there."""
    site = Site.find_for_request(request)
    key = f"search-words:{site.pk if site else 0}:{language}"
    found: Vocabulary | None = cache.get(key)
    if found is None:
        found = count_words(_list_texts(request, language, documents))
        cache.set(key, found, KEPT)
    return found


def _list_texts(
    request: HttpRequest, language: str, documents: Iterable[Document]
) -> Iterator[str]:
    for document in documents:
        yield from (document.title, *document.texts, *document.hidden)
    pages = Page.objects.filter(locale__language_code=language)
    titles = public_pages(pages, request).order_by("-first_published_at", "-pk")
    yield from titles.values_list("title", flat=True)[:TITLES]
    kind: Any
    for kind in (ArticlePage, HelpPage, StandardPage, HomePage):
        own = kind.objects.filter(locale__language_code=language)
        newest = public_pages(own, request).order_by("-first_published_at", "-pk")
        for page in newest[:BODIES]:
            yield page.summary
            yield from list_texts(page)


def list_texts(page: Any) -> list[str]:
    """Return what the body of a page says, block by block."""
    texts: list[str] = page.body.stream_block.get_searchable_content(page.body)
    return [str(text) for text in texts]


def count_words(texts: Iterable[str]) -> Vocabulary:
    """Return the words of some texts that are long enough to be misspelt."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(word.lower() for word in list_words(text) if word.isalpha())
    found: Vocabulary = {}
    for word, count in counts.most_common():
        if len(word) >= SHORTEST:
            shown, before = found.get(fold(word), (word, 0))
            found[fold(word)] = (shown, before + count)
    return found


def correct(
    sought: Sequence[Sought], vocabulary: Vocabulary, language: str
) -> list[str] | None:
    """Return the words of a search with typos put right; None if there are none."""
    stems = {find_stem(word, language) for word in vocabulary}
    words: list[str] = []
    changed = False
    for one in sought:
        typed = one.words[0]
        is_known = len(one.ways) > 1 or one.ways[0][0] in stems
        nearest = None if is_known else _find_nearest(fold(typed), vocabulary)
        changed = changed or nearest is not None
        words += [nearest] if nearest else one.words
    return words if changed else None


def _find_nearest(word: str, vocabulary: Vocabulary) -> str | None:
    if len(word) < SHORTEST or not word.isalpha():
        return None
    most = 1 if len(word) < 6 else 2
    near = process.extract(
        word, vocabulary.keys(), scorer=OSA.distance, score_cutoff=most, limit=20
    )
    if not near:
        return None
    best = min(near, key=lambda one: (one[1], -vocabulary[one[0]][1], one[0]))
    return vocabulary[best[0]][0]
