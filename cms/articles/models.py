"""Articles, their topics and the page that lists them."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelsearch.tasks import insert_or_update_object_task
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Orderable
from wagtail.query import PageQuerySet
from wagtail.search import index

from cms.articles import related
from cms.articles.paging import CountedOnce
from cms.articles.reading import count_minutes
from cms.articles.review import Reviewed
from cms.articles.topics import Topic, TopicsManager
from cms.client import get_limit_key
from cms.conditional import tag_content
from cms.identity.people import Person, show_people
from cms.pages import BodyPage, SitePage
from cms.search.queries import build_query, read_beginnings, read_query
from cms.search.stems import StemField
from cms.throttles import count_request
from plugins.freshness import remember
from screening_block.public import open_to_all


class ArticleTopic(ItemBase):
    """An article's link to one topic."""

    tag = models.ForeignKey(
        Topic, on_delete=models.CASCADE, related_name="article_topics"
    )
    content_object = ParentalKey(
        "articles.ArticlePage", on_delete=models.CASCADE, related_name="article_topics"
    )


class RelatedArticle(Orderable):
    """An article that an editor names at the end of another."""

    article = ParentalKey(
        "articles.ArticlePage", on_delete=models.CASCADE, related_name="related_links"
    )
    to = models.ForeignKey(
        "articles.ArticlePage",
        verbose_name=_("article"),
        on_delete=models.CASCADE,
        related_name="+",
    )

    class Meta(Orderable.Meta):
        verbose_name = _("related article")
        verbose_name_plural = _("related articles")


class ArticleAuthor(Orderable):
    """Somebody who wrote an article, in the order of its byline."""

    page = ParentalKey(
        "articles.ArticlePage", on_delete=models.CASCADE, related_name="author_links"
    )
    person = models.ForeignKey(
        Person,
        verbose_name=_("person"),
        # Who wrote a text stays its author: people are unpublished, not deleted.
        on_delete=models.PROTECT,
        related_name="+",
    )

    panels = [FieldPanel("person")]

    class Meta(Orderable.Meta):
        verbose_name = _("author")
        verbose_name_plural = _("authors")


class ArticlePage(Reviewed, BodyPage):
    """One legal article."""

    topics = TopicsManager(
        through=ArticleTopic,
        blank=True,
        verbose_name=_("topics"),
        help_text=_("Separate topics by commas."),
    )
    hero_image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown at the top of the article and with its link in lists."),
    )

    #: Minutes, worked out when it is saved: lists do not read bodies.
    reading_minutes = models.PositiveSmallIntegerField(default=0, editable=False)

    served_with = ("hero_image", "reviewer")

    content_panels = [
        *SitePage.content_panels,
        InlinePanel("author_links", heading=_("Authors"), label=_("Author")),
        FieldPanel("topics"),
        FieldPanel("hero_image"),
        FieldPanel("body"),
        InlinePanel(
            "related_links",
            panels=[PageChooserPanel("to", "articles.ArticlePage")],
            heading=_("Read next"),
            label=_("Article"),
            max_num=related.MOST,
            help_text=_(
                "Shown at the end, in this order. With none, the articles that share "
                "most topics are shown."
            ),
        ),
        Reviewed.review_panel,
    ]
    search_fields = [
        *BodyPage.search_fields,
        index.RelatedFields("topics", [index.SearchField("name")]),
        StemField("topic_names"),
    ]
    parent_page_types = ["articles.ArticleIndexPage"]
    subpage_types: list[str] = []
    template = "articles/article.html"

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    @property
    def author_names(self) -> list[str]:
        """Return the names of its authors who are published, in their order."""
        people = [link.person for link in self.author_links.all()]
        return [person.name for person in people if person.is_public()]

    @cached_property
    def authors(self) -> list[Person]:
        """Its authors who are published, each as in the article's language."""
        chosen = [link.person_id for link in self.author_links.all()]
        return show_people(chosen, self.locale.language_code)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        if "body" in (kwargs.get("update_fields") or {"body"}):
            self.reading_minutes = count_minutes(self.body.raw_data)
        saved = super().save(*args, **kwargs)
        # Wagtail indexed the page before its topics were written.
        insert_or_update_object_task.enqueue("articles", "articlepage", str(self.pk))
        return saved

    def list_related(
        self, request: HttpRequest | None, topics: list[Any]
    ) -> list[ArticlePage]:
        """Return what its end leads to: see `cms.articles.related`."""
        return related.list_related(self, topics, request)

    @property
    def topic_names(self) -> list[str]:
        return [topic.name for topic in self.topics.all()]

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["topics"] = list(self.topics.all())
        # Looked up where it is shown: as Markdown an article ends without it.
        context["related"] = SimpleLazyObject(
            lambda: self.list_related(request, context["topics"])
        )
        context["authors"] = self.authors
        context["review_state"] = self.review_state()
        context["index_page"] = self.get_parent()
        return context


def get_live_articles() -> PageQuerySet:
    """Return the articles anyone may read, newest first, ready for lists."""
    return prefetch_entries(open_to_all(ArticlePage.objects.all()))


def prefetch_entries(articles: PageQuerySet) -> PageQuerySet:
    """Sort `articles` newest first and prefetch what lists of them show."""
    return (
        articles.order_by("-first_published_at", "-pk")
        .select_related("hero_image", "locale", "reviewer")
        .prefetch_related(
            models.Prefetch(
                # As they were given; PostgreSQL has no order of its own.
                "article_topics",
                ArticleTopic.objects.select_related("tag").order_by("pk"),
            ),
            models.Prefetch(
                "author_links", ArticleAuthor.objects.select_related("person")
            ),
        )
        .defer_streamfields()
    )


def count_topics(articles: PageQuerySet) -> models.QuerySet[Topic]:
    """Return the topics of these articles, by name, each with `article_count`."""
    return (
        Topic.objects.filter(
            article_topics__content_object__in=articles.order_by().values("pk")
        )
        .annotate(article_count=models.Count("article_topics"))
        .order_by("name")
    )


class ArticleIndexPage(RoutablePageMixin, SitePage):
    """Lists its articles, by topic or by words searched for."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["articles.ArticlePage"]
    template = "articles/index.html"

    class Meta:
        verbose_name = _("list of articles")
        verbose_name_plural = _("lists of articles")

    def articles(self) -> PageQuerySet:
        """Return its live articles, newest first."""
        return get_live_articles().child_of(self)

    @path("")
    def listing(self, request: HttpRequest) -> HttpResponse:
        """List articles by `?q=<words>` and `?topic=<slug>`, `?page=<n>`.

        A topic alone has a page of its own; 404 if there is no such topic.
        """
        articles = self.articles()
        topics = remember(
            ("topics of a list", self.pk), lambda: list(count_topics(articles))
        )
        chosen = None
        if slug := unicodedata.normalize("NFC", request.GET.get("topic", "")):
            chosen = next((topic for topic in topics if topic.slug == slug), None)
            if chosen is None:
                raise Http404("No such topic")
            articles = articles.filter(article_topics__tag=chosen)
        query = request.GET.get("q", "").strip()[:100]
        if chosen and not query:
            number = request.GET.get("page", "")
            more = f"?{urlencode({'page': number})}" if number else ""
            address = reverse("topic", args=[chosen.slug])
            return redirect(f"{address}{more}", permanent=True)
        # Searching costs much more than the rest, and is limited as the API's is.
        busy = bool(query) and not count_request("search", get_limit_key(request))
        found = articles.none() if busy else articles
        if query and not busy:
            found = search_articles(articles, query, self.locale.language_code)
        # Everything there is is counted once, and then while nothing changes.
        key = None if query or chosen else ("articles of a list", self.pk)
        page = CountedOnce(found, key).get_page(request.GET.get("page"))
        response = self.render(
            request,
            context_overrides={
                "busy": busy,
                "topics": topics,
                "topic": chosen,
                "query": query,
                "articles": page,
                "plain_listing": not (query or chosen or page.number > 1),
            },
        )
        if busy:
            response.status_code = 429
            response["Retry-After"] = "60"
        return response

    @path("feed/", name="feed")
    def feed(self, request: HttpRequest) -> HttpResponse:
        """Serve the newest articles as an Atom feed."""
        from cms.articles.feeds import ArticleFeed

        return tag_content(request, ArticleFeed(self)(request))


def search_articles(articles: PageQuerySet, query: str, language: str) -> Any:
    """Return those of `articles` that hold all words of `query`, best first.

    Words of a language with the same stem are one, and so are editors' synonyms. Where
    that finds nothing, the words need only begin so.
    """
    sought = read_query(query, language)
    found = find_pages(articles, build_query(sought))
    begun = read_beginnings(sought)
    if begun and not found.count():
        found = find_pages(articles, build_query(begun))
    return found


def find_pages(articles: PageQuerySet, query: Any) -> Any:
    """Return those of `articles` that a query of the search backend finds."""
    # The search backend filters by indexed fields only, which topics and the day of
    # expiry are not, but it takes ids from a query.
    ids = articles.order_by().values("id")
    found = ArticlePage.objects.filter(id__in=ids)
    return prefetch_entries(found).search(query)
