"""Articles as the API gives them: of a list, one by one, and drafts."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request

from cms.api.bodies import describe_body, describe_links, list_translations
from cms.api.entries import COLUMNS, Beside, Entry, read_entries
from cms.api.parameters import Parameters
from cms.articles.models import ArticlePage
from cms.references import describe_pages


class ArticleReader:
    """Reads articles for one request: `fields` of them, as `asked`."""

    def __init__(
        self, request: Request, asked: Parameters, fields: tuple[str, ...]
    ) -> None:
        self.request: Any = request
        self.locale = asked.locale
        self.entry = [name for name in COLUMNS if name in fields]
        whole = ("body", "links", "related", "translations")
        self.whole = [name for name in whole if name in fields]
        self.context: dict[str, Any] = {
            "request": request,
            "text": asked.text,
            "expand": (asked.expand,),
        }

    def read(self, keys: list[int]) -> list[Entry]:
        """Return the articles of these ids, all of the language asked for, in order."""
        entries = read_entries(keys, self.request, self.locale, self.entry)
        if self.whole:
            articles = ArticlePage.objects.select_related("locale").in_bulk(entries)
            for pk, article in articles.items():
                entries[pk] |= self._read_whole(article)
        return list(entries.values())

    def describe_draft(self, article: ArticlePage) -> Entry:
        """Return an article as it is in memory, with its topics and authors."""
        beside = Beside(self.request, article.locale.language_code)
        topics = [link.tag for link in article.article_topics.all()]
        beside.set_topics([(article.pk, one.slug, one.name) for one in topics])
        links = article.author_links.all()
        beside.set_authors([(article.pk, link.person_id) for link in links])
        (entry,) = beside.describe([article], self.entry).values()
        return entry | self._read_whole(article)

    def _read_whole(self, article: ArticlePage) -> Entry:
        return {name: getattr(self, f"_{name}")(article) for name in self.whole}

    def _body(self, article: ArticlePage) -> list[dict[str, Any]]:
        return describe_body(article, self.context)

    def _links(self, article: ArticlePage) -> list[dict[str, Any]]:
        return describe_links(article, self.context)

    def _related(self, article: ArticlePage) -> list[dict[str, Any]]:
        topics = [link.tag_id for link in article.article_topics.all()]
        pages = article.list_related(self.request._request, topics)
        addresses = [(page, page.get_full_url(self.request)) for page in pages]
        return [
            {**reference, "summary": page.summary}
            for reference, page in zip(describe_pages(addresses), pages, strict=True)
        ]

    def _translations(self, article: ArticlePage) -> list[dict[str, str]]:
        return list_translations(article.public_translations, self.context)
