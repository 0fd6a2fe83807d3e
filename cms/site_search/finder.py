"""One search over a site: what is found, by kinds, and what else may help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.safestring import SafeString
from wagtail.models import Page

from cms.articles.models import ArticleIndexPage, ArticlePage, Topic, count_topics
from cms.home.models import HomePage
from cms.search.queries import (
    Sought,
    build_query,
    read_beginnings,
    read_query,
)
from cms.site_search.documents import Document, list_documents, weigh
from cms.site_search.excerpts import cut_excerpt, mark_words
from cms.site_search.vocabulary import correct, list_texts, load_vocabulary
from screening_block.models import Screener
from screening_block.public import public_pages, remember_here

#: Articles a page, of all articles the most that are ranked, and the most that is shown
#: of every other kind.
PAGE_SIZE, MOST, FEW = 10, 300, 5
#: The kinds beside articles, in the order in which they are shown.
KINDS = ("screener", "term", "help", "page", "topic")


@dataclass(frozen=True)
class Hit:
    """Something found; title and excerpt are HTML with the words found marked."""

    title: SafeString
    url: str
    excerpt: SafeString
    topics: tuple[str, ...] = ()


@dataclass
class Found:
    """What a search found. `some`: nothing says all of it, so this says some."""

    query: str
    count: int = 0
    some: bool = False
    articles: Any = None
    others: dict[str, list[Hit]] = field(default_factory=dict)
    topics: list[Topic] = field(default_factory=list)
    suggestion: str = ""


class Finder:
    """Searches a site in a language for one request."""

    def __init__(self, request: HttpRequest, language: str) -> None:
        self.request = request
        self.language = language
        self.documents = remember_here(
            request,
            ("search-documents", language),
            lambda: list_documents(request, language),
        )

    def find(self, query: str, topic: Topic | None, number: Any) -> Found:
        """Return what is found, of articles the page with a number.

        With a topic, only its articles.
        """
        sought = read_query(query, self.language)
        if not sought:
            return Found(query)
        found = self._find_all(query, sought, topic, number, some=False)
        begun = None if found.count else read_beginnings(sought)
        if begun:
            found = self._find_all(query, begun, topic, number, some=False)
        if found.count or topic:
            return found
        words = correct(sought, self._vocabulary(), self.language)
        if words is not None:
            right = read_query(" ".join(words), self.language)
            if self._count(right):
                found.suggestion = " ".join(words)
        if len(sought) > 1:
            some = self._find_all(query, sought, None, number, some=True)
            found = replace(some, some=True, suggestion=found.suggestion)
        return found

    def _vocabulary(self) -> Any:
        return load_vocabulary(self.request, self.language, self.documents)

    def _find_all(
        self,
        query: str,
        sought: list[Sought],
        topic: Topic | None,
        number: Any,
        *,
        some: bool,
    ) -> Found:
        ids = self._rank(self._articles(), sought, MOST, some=some)
        topics = list(count_topics(ArticlePage.objects.filter(pk__in=ids)))
        if topic is not None:
            tagged = ArticlePage.objects.filter(pk__in=ids, article_topics__tag=topic)
            own = set(tagged.values_list("pk", flat=True))
            ids = [pk for pk in ids if pk in own]
        page: Any = Paginator(ids, PAGE_SIZE).get_page(number)
        page.object_list = self._show_articles(list(page.object_list), sought)
        found = Found(query, len(ids), articles=page, topics=topics)
        if topic is None:
            for kind in KINDS:
                hits = (
                    self._show_pages(sought, some=some)
                    if kind == "page"
                    else self._show_documents(kind, sought, some=some)
                )
                found.count += len(hits)
                # Pages of results are about articles.
                if hits and page.number == 1:
                    found.others[kind] = hits
        return found

    def _count(self, sought: list[Sought]) -> int:
        documents = (weigh(one, sought, self.language) for one in self.documents)
        return (
            sum(map(bool, documents))
            or len(self._rank(self._articles(), sought, 1, some=False))
            or len(self._rank(self._pages(), sought, 1, some=False))
        )

    # -- Pages, by the index ---------------------------------------------------

    def _articles(self) -> Any:
        own = ArticlePage.objects.filter(locale__language_code=self.language)
        return public_pages(own, self.request)

    def _pages(self) -> Any:
        own = Page.objects.filter(locale__language_code=self.language)
        pages = public_pages(own, self.request)
        return pages.not_exact_type(ArticlePage, ArticleIndexPage, HomePage, Screener)

    def _rank(
        self, pages: Any, sought: Sequence[Sought], most: int, *, some: bool
    ) -> list[int]:
        """Return the ids of those of `pages` that are found, best first."""
        ids = pages.order_by().values("id")
        light = pages.model.objects.filter(id__in=ids).only("id")
        query = build_query(sought, some=some)
        found = light.search(query)[:most]
        if hasattr(found, "list_keys"):
            keys: list[int] = found.list_keys()
            return keys
        return [page.pk for page in found]

    def _show_articles(self, ids: list[int], sought: list[Sought]) -> list[Hit]:
        pages = ArticlePage.objects.prefetch_related("article_topics__tag").in_bulk(ids)
        return [self._show_page(pages[pk], sought) for pk in ids if pk in pages]

    def _show_pages(self, sought: list[Sought], *, some: bool) -> list[Hit]:
        ids = self._rank(self._pages(), sought, FEW, some=some)
        pages = Page.objects.specific().in_bulk(ids)
        return [self._show_page(pages[pk], sought) for pk in ids if pk in pages]

    def _show_page(self, page: Any, sought: list[Sought]) -> Hit:
        texts = [getattr(page, "summary", "") or page.search_description]
        if hasattr(page, "body"):
            texts += list_texts(page)
        links = page.article_topics.all() if isinstance(page, ArticlePage) else ()
        return Hit(
            mark_words(page.title, sought, self.language),
            page.get_url(self.request) or "",
            cut_excerpt(texts, sought, self.language),
            tuple(link.tag.name for link in links),
        )

    # -- The rest --------------------------------------------------------------

    def _show_documents(
        self, kind: str, sought: list[Sought], *, some: bool
    ) -> list[Hit]:
        own = [one for one in self.documents if one.kind == kind]
        weights = {one: weigh(one, sought, self.language, some=some) for one in own}
        best = sorted(filter(weights.__getitem__, own), key=lambda one: -weights[one])
        return [self._show_document(one, sought) for one in best[:FEW]]

    def _show_document(self, document: Document, sought: list[Sought]) -> Hit:
        return Hit(
            mark_words(document.title, sought, self.language),
            document.url,
            cut_excerpt(document.texts, sought, self.language),
        )
