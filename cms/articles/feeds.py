"""The Atom feed of a list of articles."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed

from cms.identity.published import name_site
from plugins.text import strip_unreadable

if TYPE_CHECKING:
    from cms.articles.models import ArticleIndexPage, ArticlePage

LENGTH = 30


class AuthorsFeed(Atom1Feed):
    """Atom names each author of an entry (RFC 4287); Django knows of one."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name in item["authors"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.endElement("author")


class ArticleFeed(Feed):
    """Newest articles of one list, with their summaries.

    One character that XML cannot hold would take the whole feed away.
    """

    feed_type = AuthorsFeed

    def __init__(self, page: "ArticleIndexPage") -> None:
        self.page = page

    def get_object(self, request: HttpRequest) -> HttpRequest:
        self.request = request
        self.site_name = name_site(request, self.page.locale.language_code)
        return request

    def title(self) -> str:
        return strip_unreadable(f"{self.page.title} | {self.author_name()}")

    def author_name(self) -> str:
        """The site: RFC 4287 wants an author, and not every article names one."""
        return strip_unreadable(self.site_name or self.page.title)

    def subtitle(self) -> str:
        return strip_unreadable(self.page.description)

    def link(self, request: HttpRequest) -> str:
        return self.page.get_full_url(request)

    def feed_url(self, request: HttpRequest) -> str:
        return self.link(request) + "feed/"

    def items(self) -> Iterable["ArticlePage"]:
        return self.page.articles()[:LENGTH]

    def item_title(self, item: "ArticlePage") -> str:
        return strip_unreadable(item.title)

    def item_description(self, item: "ArticlePage") -> str:
        return strip_unreadable(item.description)

    def item_link(self, item: "ArticlePage") -> str:
        return item.get_full_url(self.request) or ""

    def item_pubdate(self, item: "ArticlePage") -> datetime | None:
        return item.first_published_at

    def item_updateddate(self, item: "ArticlePage") -> datetime | None:
        return item.last_published_at

    def item_extra_kwargs(self, item: "ArticlePage") -> dict[str, Any]:
        return {"authors": [strip_unreadable(name) for name in item.author_names]}

    def item_categories(self, item: "ArticlePage") -> list[str]:
        return [strip_unreadable(link.tag.name) for link in item.article_topics.all()]
