"""Make the demo's pages, language by language, and keep what editors did to them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from wagtail.models import Locale, Page, Site

from cms.articles.models import ArticleIndexPage, ArticlePage
from cms.demo.files import PageTexts, list_languages, list_pages, read_site
from cms.demo.models import NOT_OURS, DemoPart, hash_texts, was_deleted
from cms.demo.page_filler import PageFiller, merge_texts
from cms.demo.pictures import get_or_draw_image
from cms.demo.topic_names import make_topics
from cms.home.models import (
    ContactPage,
    HelpPage,
    HomePage,
    StandardPage,
    TeamPage,
)

#: The class of a page by the `kind` that a content file gives it.
KINDS: dict[str, Any] = {
    "home": HomePage,
    "articles": ArticleIndexPage,
    "article": ArticlePage,
    "help": HelpPage,
    "standard": StandardPage,
    "team": TeamPage,
    "contact": ContactPage,
}
#: What the demo made before there was anything to remember it by; articles too.
MADE_BEFORE = ("home", "articles", "help", "privacy")


class PageMaker:
    """Makes and updates the pages of the demo; `user` publishes them.

    What is at a page's place and was not made by the demo is an editor's, and so is a
    page of the demo that somebody saved since. A page that was deleted stays away.
    """

    def __init__(self, user: Any) -> None:
        self.user = user
        self.source = settings.LANGUAGE_CODE
        source = {page.name: page for page in list_pages(self.source)}
        self.pages = {
            language: {
                page.name: merge_texts(source[page.name], page, language)
                for page in list_pages(language)
            }
            for language in list_languages()
        }

    def make_homes(self) -> None:
        """Make the home page of each language; its text comes with `make_pages`.

        Apart, because law packs put their screeners below these pages.
        """
        for language, pages in self.pages.items():
            Locale.objects.get_or_create(language_code=language)
            self._make_once(language, pages["home"])

    def make_pages(self) -> list[Any]:
        """Make all pages, fill in what is not an editor's, and return what was
        published."""
        published = []
        for language, pages in self.pages.items():
            make_topics(language)
            # Every page first, then bodies: they link to one another.
            for page in pages.values():
                self._make_once(language, page)
            filler = PageFiller(language)
            for texts in pages.values():
                if page := self._fill(filler, language, texts):
                    published.append(page)
        return published

    # -- One page ----------------------------------------------------------------

    def _make_once(self, language: str, texts: PageTexts) -> None:
        name = f"{language}/{texts.name}"
        if DemoPart.objects.filter(name=name).exists():
            return
        place = self._place(language, texts)
        if place is None:
            return
        there = self._there(language, texts, place)
        known = texts.name in MADE_BEFORE or texts.kind == "article"
        if there is None and known and was_deleted(texts.texts["title"]):
            DemoPart.remember(name, None, NOT_OURS)
        elif there is None:
            page = self._make(language, texts, place)
            DemoPart.remember(name, page, page.latest_revision_id)
        elif known:
            # One revision is the demo's, and one is of the copy for translation.
            saved = there.revisions.count() > (1 if language == self.source else 2)
            revision = NOT_OURS if saved else there.latest_revision_id
            DemoPart.remember(name, there, revision)
        else:
            DemoPart.remember(name, None, NOT_OURS)

    def _place(self, language: str, texts: PageTexts) -> Any:
        """Return the page that a new one is made from: its parent, or its source.

        None where an editor deleted that, or has made something else of it.
        """
        if language != self.source:
            source = _find(self.source, texts.name)
            if source is None or texts.name == "home":
                return source
            parent = source.get_parent()
            locale = Locale.objects.get(language_code=language)
            return source if parent.get_translation_or_none(locale) else None
        if texts.name == "home":
            return Page.get_first_root_node()
        return _find(language, texts.parent)

    def _there(self, language: str, texts: PageTexts, place: Any) -> Any:
        """Return the page that is where a new one would be, or None."""
        locale = Locale.objects.get(language_code=language)
        if language != self.source:
            return place.get_translation_or_none(locale)
        if texts.name == "home":
            return HomePage.objects.filter(locale=locale).first()
        found = Page.objects.child_of(place).filter(slug=texts.texts["slug"]).first()
        return found.specific if found else None

    def _make(self, language: str, texts: PageTexts, place: Any) -> Any:
        given = texts.texts
        if language != self.source:
            locale = Locale.objects.get(language_code=language)
            page = place.copy_for_translation(locale)
            page.title = page.draft_title = given["title"]
            slug = given.get("slug", page.slug)
            if Page._slug_is_available(slug, page.get_parent(), page):
                page.slug = slug
            # A pack asks for a page that visitors can reach.
            page.live = texts.name == "home"
            page.save()
            return page
        if texts.name == "home":
            return _make_root(place, given)
        page = KINDS[texts.kind](title=given["title"], slug=given["slug"], live=False)
        if texts.kind == "article":
            cover = f"Cover: {given['title']}"
            page.hero_image = get_or_draw_image(given["slug"], cover)
        place.add_child(instance=page)
        return page

    def _fill(self, filler: PageFiller, language: str, texts: PageTexts) -> Any:
        name = f"{language}/{texts.name}"
        part = DemoPart.objects.filter(name=name).first()
        sha256 = hash_texts(texts.texts)
        if part is None or part.page is None or part.sha256 == sha256:
            return None
        page: Any = part.page.specific
        if page.latest_revision_id != part.revision:
            return None
        filler.fill(page, texts)
        page.save_revision(user=self.user).publish(user=self.user)
        page.refresh_from_db()
        DemoPart.remember(name, page, page.latest_revision_id, sha256)
        return page


def _make_root(root: Page, texts: dict[str, Any]) -> HomePage:
    """Make the home page, in place of the page a new Wagtail database has."""
    locale = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
    home = HomePage(title=texts["title"], slug="start", locale=locale)
    root.add_child(instance=home)
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        site = Site(hostname="localhost", is_default_site=True)
    stock_page = site.root_page if site.root_page_id else None
    site.root_page = home
    named = read_site(settings.LANGUAGE_CODE).get("name")
    site.site_name = named or settings.WAGTAIL_SITE_NAME
    site.save()
    if stock_page and stock_page.specific_class is Page:
        stock_page.get_descendants().delete()
        stock_page.delete()
    home.refresh_from_db()
    return home


def _find(language: str, name: str) -> Any:
    """Return the demo's page of that name; None if an editor deleted it."""
    part = DemoPart.objects.filter(name=f"{language}/{name}").first()
    return part.page.specific if part and part.page else None
