"""Put the texts of the demo's content files into its pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.conf import settings
from wagtail.models import Page

from cms.articles.models import ArticlePage
from cms.demo.example_people import list_people
from cms.demo.files import PageTexts, Texts, read_topics
from cms.demo.models import DemoPart
from cms.demo.pictures import get_or_draw_image
from cms.demo.stream_writer import StreamWriter
from cms.home.models import HomePage, TeamMember, TeamPage
from screening_block.models import Screener

#: What a translation has from its source where it says nothing else.
INHERITED = ("menu", "own_case", "people")
MERGED = ("fields", "action", "review")


def merge_texts(source: PageTexts, page: PageTexts, language: str) -> PageTexts:
    """Return a page's texts with what it has from its source."""
    if page is source or page == source:
        return page
    texts = {name: source.texts[name] for name in INHERITED if name in source.texts}
    texts |= page.texts
    for name in MERGED:
        # Of a button, the source has the link; without words it would be in English.
        if name == "action" and name not in page.texts:
            continue
        if both := {**source.texts.get(name, {}), **page.texts.get(name, {})}:
            texts[name] = both
    if source.kind == "article" and "topics" not in page.texts:
        names = read_topics(language)
        topics = source.texts.get("topics", [])
        texts["topics"] = [names.get(topic, {}).get("name", topic) for topic in topics]
    return replace(page, kind=source.kind, parent=source.parent, texts=texts)


class PageFiller:
    """Fills pages of one language; links lead to pages of that language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.writer = StreamWriter(self.page_id, self.screener_id, _image_id)

    def fill(self, page: Any, page_texts: PageTexts) -> None:
        """Set what the texts say; `page` is not saved. Its address stays."""
        texts = page_texts.texts
        page.title = page.draft_title = texts["title"]
        page.summary = texts.get("summary", "")
        page.show_in_menus = texts.get("menu", False)
        for name, value in texts.get("fields", {}).items():
            setattr(page, name, value)
        if isinstance(page, HomePage):
            action = texts.get("action", {})
            page.action_label = action.get("label", "")
            page.action_page_id = self.linked_id(action.get("link", ""))
            page.own_case_id = self.linked_id(texts.get("own_case", ""))
        if isinstance(page, ArticlePage):
            self._fill_article(page, texts)
        if isinstance(page, TeamPage):
            people = list_people(texts.get("people", []))
            page.members = [TeamMember(person=person) for person in people]
        if "body" in texts:
            # Ids are the same in every language: the name is.
            page.body = self.writer.stream(page_texts.name, texts["body"])

    def _fill_article(self, page: ArticlePage, texts: Texts) -> None:
        review = texts.get("review", {})
        page.reviewed_by = review.get("reviewed_by") or ""
        page.reviewed_on = _parse_date(review.get("reviewed_on"))
        page.next_review_due = _parse_date(review.get("next_review_due"))
        page.review_note = review.get("note") or ""
        page.topics.set(texts.get("topics", []))

    def linked_id(self, link: str) -> int | None:
        kind, _, name = link.partition(":")
        return self.screener_id(name) if kind == "screener" else self.page_id(name)

    def page_id(self, name: str) -> int | None:
        """Return the id of a page by its name, in this language or the source's."""
        for language in (self.language, settings.LANGUAGE_CODE):
            part = DemoPart.objects.filter(name=f"{language}/{name}").first()
            if part and part.page_id:
                pk: int = part.page_id
                return pk
        # One that an editor made in its place.
        found = Page.objects.filter(
            slug=name, locale__language_code=settings.LANGUAGE_CODE
        )
        return found.values_list("pk", flat=True).first()

    def screener_id(self, key: str) -> int | None:
        """Return the id of a screener's page, if a pack has brought it."""
        found = Screener.objects.filter(key=key, live=True)
        by_language = dict(found.values_list("locale__language_code", "pk"))
        pk: int | None = by_language.get(self.language)
        return pk or by_language.get(settings.LANGUAGE_CODE)


def _image_id(name: str) -> int:
    pk: int = get_or_draw_image(name, f"Picture: {name}").pk
    return pk


def _parse_date(value: Any) -> date | None:
    if value is None or isinstance(value, date):
        return value
    return date.fromisoformat(str(value))
