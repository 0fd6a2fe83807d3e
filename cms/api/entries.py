"""Articles as lists of the API show them, read for a whole part of a list at once.

Nothing of it is kept: after any change the next list reads what there is. So only
columns are read, and those alone that the fields asked for are made of: a model for
each article, person and copy of a picture would cost several times as much.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from django.conf import settings
from rest_framework.request import Request
from rest_framework.serializers import DateTimeField
from wagtail.models import Page

from cms.articles.models import ArticleAuthor, ArticlePage, ArticleTopic
from cms.articles.review import find_state
from cms.blocks.media import describe_images
from cms.identity.people import Person, name_people

#: The columns of an article that a field is made of. What else flows into one is read
#: for all articles together: see `Beside`.
COLUMNS: dict[str, tuple[str, ...]] = {
    "id": (),
    "slug": ("slug",),
    "locale": (),
    "title": ("title",),
    "summary": ("summary",),
    "url": ("url_path", "slug"),
    "authors": (),
    "topics": (),
    "image": ("hero_image_id",),
    "published_at": ("first_published_at",),
    "updated_at": ("last_published_at",),
    "reading_minutes": ("reading_minutes",),
    "review": (
        *("reviewer_id", "reviewed_by", "reviewed_on"),
        *("next_review_due", "law_checked_on"),
    ),
    "translation_reviewed": ("translation_reviewed",),
}
_write_moment = DateTimeField().to_representation

Entry = dict[str, Any]


def read_entries(
    keys: list[int], request: Request, locale: str, fields: list[str]
) -> dict[int, Entry]:
    """Return the entries of articles (of one language) by their ids, in that order."""
    columns = dict.fromkeys(column for name in fields for column in COLUMNS[name])
    articles = ArticlePage.objects.filter(pk__in=keys).order_by()
    rows = {row.pk: row for row in articles.values_list("pk", *columns, named=True)}
    beside = Beside(request, locale)
    if "topics" in fields:
        beside.read_topics(keys)
    if "authors" in fields:
        beside.read_authors(keys)
    # A page may have gone since its id was read.
    return beside.describe([rows[pk] for pk in keys if pk in rows], fields)


class Beside:
    """What flows into entries beside the articles' own columns, by id."""

    def __init__(self, request: Request, locale: str) -> None:
        self.request = request
        self.locale = locale
        self.topics: dict[int, list[dict[str, str]]] = {}
        self.authors: dict[int, list[dict[str, str]]] = {}
        self.images: Mapping[int, dict[str, Any]] = {}
        self.reviewers: dict[int, str] = {}
        self._places: dict[str, str | None] = {}

    def read_topics(self, keys: list[int]) -> None:
        links = ArticleTopic.objects.filter(content_object__in=keys).order_by()
        columns = ("content_object_id", "tag__slug", "tag__name")
        self.set_topics(list(links.values_list(*columns)))

    def set_topics(self, links: list[tuple[int, str, str]]) -> None:
        for page, slug, name in sorted(links):
            self.topics.setdefault(page, []).append({"slug": slug, "name": name})

    def read_authors(self, keys: list[int]) -> None:
        links = ArticleAuthor.objects.filter(page__in=keys).order_by("sort_order", "pk")
        self.set_authors(list(links.values_list("page_id", "person_id")))

    def set_authors(self, links: list[tuple[int, int]]) -> None:
        people = name_people([person for _page, person in links], self.locale)
        for page, key in links:
            if (person := people.get(key)) is not None:
                # Words in another language are left out; a name is a name.
                own = person.locale == self.locale
                self.authors.setdefault(page, []).append(
                    {
                        "name": person.name,
                        "role": person.role if own else "",
                        "bar_admission": person.bar_admission if own else "",
                    }
                )

    def describe(self, rows: list[Any], fields: list[str]) -> dict[int, Entry]:
        """Return entries by id; `rows` have the columns of the fields by their names,
        as an article has."""
        if "image" in fields:
            images = {row.hero_image_id for row in rows} - {None}
            self.images = describe_images(images, {"request": self.request})
        if "review" in fields and (who := {row.reviewer_id for row in rows} - {None}):
            named = Person.published().filter(pk__in=who).order_by()
            self.reviewers = dict(named.values_list("pk", "name"))
        makers: list[tuple[str, Callable[[Any], Any]]] = [
            (name, getattr(self, f"_{name}")) for name in fields
        ]
        return {row.pk: {name: make(row) for name, make in makers} for row in rows}

    def _id(self, row: Any) -> int:
        return row.pk

    def _slug(self, row: Any) -> str:
        return row.slug

    def _locale(self, row: Any) -> str:
        return self.locale

    def _title(self, row: Any) -> str:
        return row.title

    def _summary(self, row: Any) -> str:
        return row.summary

    def _url(self, row: Any) -> str | None:
        # Where a page is hangs on its path and the site alone; so is asked once for all
        # that stand side by side.
        above = row.url_path.removesuffix("/").rpartition("/")[0]
        if above not in self._places:
            beside = Page(pk=row.pk, url_path=f"{above}/-/").get_full_url(self.request)
            self._places[above] = beside and beside.removesuffix("-/")
        place = self._places[above]
        return place and f"{place}{quote(row.slug)}/"

    def _authors(self, row: Any) -> list[dict[str, str]]:
        return self.authors.get(row.pk, [])

    def _topics(self, row: Any) -> list[dict[str, str]]:
        return self.topics.get(row.pk, [])

    def _image(self, row: Any) -> dict[str, Any] | None:
        return self.images.get(row.hero_image_id)

    def _published_at(self, row: Any) -> str | None:
        moment = row.first_published_at
        return moment and _write_moment(moment)

    def _updated_at(self, row: Any) -> str | None:
        moment = row.last_published_at
        return moment and _write_moment(moment)

    def _reading_minutes(self, row: Any) -> int:
        return row.reading_minutes

    def _review(self, row: Any) -> dict[str, Any]:
        name = row.reviewed_by
        if row.reviewer_id is not None:
            name = self.reviewers.get(row.reviewer_id, "")
        return {
            "state": find_state(name, row.reviewed_on, row.next_review_due).value,
            "reviewed_by": name or None,
            "reviewed_on": row.reviewed_on,
            "next_review_due": row.next_review_due,
            "law_checked_on": row.law_checked_on,
        }

    def _translation_reviewed(self, row: Any) -> bool | None:
        own = self.locale == settings.LANGUAGE_CODE
        return None if own else bool(row.translation_reviewed)
