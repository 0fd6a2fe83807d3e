"""What a page costs that nobody asked for yet, and that it shows what changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.db.models import CharField, TextField, Value
from django.db.models.functions import Concat
from django.test.utils import CaptureQueriesContext
from wagtail.fields import RichTextField
from wagtail.images.models import Image
from wagtail.models import Locale, Page, PageViewRestriction, Site

from cms.articles.models import ArticlePage, RelatedArticle, Topic
from cms.freshness import version
from cms.freshness.tables import list_shown
from cms.glossary.models import Term
from cms.identity.models import MainItem, SiteSettings
from screening_block.models import Screener, Threshold

from .asking import ask, ask_anew

pytestmark = pytest.mark.django_db(transaction=True)
#: What one page may ask of the database: itself, its topics, authors and languages,
#: what it names, and what to read next.
MOST = 10
#: The settings of the site beside, and where one of its menus leads: seldom edited.
LISTS = 2


@pytest.fixture(autouse=True)
def _demo(demo_rows: Any) -> Iterator[None]:
    yield
    version.clock.close()


def list_plain() -> list[ArticlePage]:
    """English articles without questions in them."""
    articles = ArticlePage.objects.live().filter(locale__language_code="en")
    kinds = {"screener", "help_entries"}
    return [
        one
        for one in articles.order_by("path")
        if not kinds & {block.block_type for block in one.body}
    ]


def show(page: Any) -> str:
    return page.url.removeprefix("http://testserver")


def count(address: str, application: Any) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert ask(application, address).status == 200, address
    return len(asked)


def test_a_page_that_nobody_asked_for_yet_asks_little_of_the_database() -> None:
    django, articles = WSGIHandler(), list_plain()
    assert len(articles) >= 4
    for one in articles:
        # Sizes of its pictures are made when it is first shown, whenever that is.
        ask_anew(django, show(one))
    Topic.objects.update(description="Something changed.")
    first, *others = articles
    # What all pages share is found out with the first one after a change.
    assert count(show(first), django) > MOST
    for one in others:
        # It is an article as any other, with all that articles have.
        found = count(show(one), django)
        assert found <= MOST, (one.slug, found)
    one = others[0]
    for change in ELSEWHERE:
        change(first)
        # What all pages share is still known, but for what this was a change of.
        with CaptureQueriesContext(connection) as asked:
            now = ask(django, show(one))
        most = MOST + LISTS if change in (rename_menu, rename_site) else MOST
        assert len(asked) <= most, (change.__name__, len(asked))
        assert now.body == ask_anew(django, show(one)).body, change.__name__
    # Of an article that is restricted it is asked each time who may read it.
    PageViewRestriction.objects.create(page=first.page_ptr, restriction_type="login")
    for _time in range(2):
        assert ask(django, show(first)).status == 302


def test_what_is_kept_while_its_sources_stay_hangs_on_all_that_it_reads() -> None:
    """Every text in every table that these pages are made from is changed in turn."""
    django, page = WSGIHandler(), list_plain()[0]
    spanish = ArticlePage.objects.live().filter(locale__language_code="es")[0]
    screener = Screener.objects.live().filter(locale__language_code="en")[0]
    shown = ["/", show(page), show(spanish), show(screener)]
    read: set[str] = set()

    def note(execute: Any, sql: str, *more: Any) -> Any:
        read.update(re.findall(r"\w+", sql))
        return execute(sql, *more)

    with connection.execute_wrapper(note):
        for one in shown:
            ask_anew(django, one)
    changed = 0
    for name, rows in list_texts(read):
        for one in shown:
            ask(django, one)
        changed += rows()
        for one in shown:
            now, right = ask(django, one), ask_anew(django, one)
            assert (now.status, now.body) == (right.status, right.body), (name, one)
    assert changed > 100


#: Texts that others find a row by, or that have a form of their own.
FIXED = {"path", "url_path", "slug", "key", "language_code", "hostname", "sha256"}


def list_texts(tables: set[str]) -> Iterator[tuple[str, Callable[[], int]]]:
    """Yield what changes the texts of each of these tables, of pages one kind at once;
    it says of how many rows."""
    for table, model in sorted(list_shown().items()):
        texts = [
            field.attname
            for field in model._meta.local_concrete_fields
            if type(field) in (CharField, TextField, RichTextField)
            and not (field.unique or field.choices or field.name in FIXED)
        ]
        if table not in tables or not texts:
            continue
        new = {name: Concat(name, Value("~")) for name in texts}
        rows: Any = model._base_manager.all()
        if model is not Page:
            yield table, partial(rows.update, **new)
            continue
        for kind in set(rows.values_list("content_type", flat=True)):
            some = rows.filter(content_type=kind)
            yield f"{table}:{kind}", partial(some.update, **new)


def test_a_picture_that_is_missing_is_looked_for_again() -> None:
    django = WSGIHandler()
    # Its address in lists, where a card has it.
    article = ArticlePage.objects.live().exclude(hero_image=None).latest("path")
    index = f"{show(article).rsplit('/', 2)[0]}/"
    file = Path(article.hero_image.file.path)
    away = file.with_suffix(".away")
    article.hero_image.renditions.all().delete()
    file.rename(away)
    try:
        assert b"/not-found" in ask(django, index).body
    finally:
        away.rename(file)
    assert b"/not-found" not in ask(django, index).body


Change = Callable[[ArticlePage], Any]


def rename_site(page: ArticlePage) -> None:
    for record in SiteSettings.objects.all():
        record.name = "Another name"
        record.save_revision().publish()


def rename_topic(page: ArticlePage) -> None:
    Topic.objects.filter(pk=page.topics.first().pk).update(name="Another topic")


def relate(page: ArticlePage) -> None:
    other = [one for one in list_plain() if one.pk != page.pk][-1]
    ArticlePage.objects.filter(pk=other.pk).update(title="Another title")
    RelatedArticle.objects.create(article=page, to=other, sort_order=0)


def close_related(page: ArticlePage) -> None:
    other = page.list_related(None, list(page.topics.all()))[0]
    restricted = {"page": other.page_ptr, "restriction_type": "login"}
    PageViewRestriction.objects.create(**restricted)


def close_list(page: ArticlePage) -> None:
    parent = page.get_parent()
    PageViewRestriction.objects.create(page=parent, restriction_type="login")


def open_all(page: ArticlePage) -> None:
    PageViewRestriction.objects.all().delete()


def rename_list(page: ArticlePage) -> None:
    Page.objects.filter(pk=page.get_parent().pk).update(title="Another list")


def move_list(page: ArticlePage) -> None:
    parent = page.get_parent().specific
    parent.slug = "elsewhere"
    parent.save_revision().publish()


def unpublish_list(page: ArticlePage) -> None:
    page.get_parent().unpublish()


def rename_menu(page: ArticlePage) -> None:
    for record in SiteSettings.objects.filter(locale=page.locale):
        record.main_items = [MainItem(label="Another label", page=page.page_ptr)]
        record.save_revision().publish()


def give_picture(page: ArticlePage) -> None:
    image = Image.objects.exclude(pk=page.hero_image_id).first()
    ArticlePage.objects.filter(pk=page.pk).update(hero_image=image)


def translate(page: ArticlePage) -> None:
    """Its Spanish version goes, or comes."""
    spanish = Locale.objects.get(language_code="es")
    there = page.get_translation_or_none(spanish)
    if there is not None and there.live:
        there.unpublish()
    else:
        made = there or page.copy_for_translation(spanish, copy_parents=True)
        made.save_revision().publish()


def close_case(page: ArticlePage) -> None:
    Screener.objects.update(live=False)


def rename_host(page: ArticlePage) -> None:
    Site.objects.update(hostname="testserver", port=8000, site_name="Another site")


def publish_another(page: ArticlePage) -> None:
    page.title = f"{page.title} once more"
    page.save_revision().publish()


def add_another(page: ArticlePage) -> None:
    new = ArticlePage(title="A new one", slug="a-new-one", summary="New.")
    page.get_parent().add_child(instance=new).save_revision().publish()


def unpublish_another(page: ArticlePage) -> None:
    ArticlePage.objects.get(slug="a-new-one").unpublish()


def publish_threshold(page: ArticlePage) -> None:
    threshold = Threshold.objects.filter(live=True)[0]
    threshold.label = "Another label"
    threshold.save_revision().publish()


def publish_term(page: ArticlePage) -> None:
    term = Term.published()[0]
    term.explanation = "Said in another way."
    term.save_revision().publish()


#: Changes elsewhere: of what few pages show.
ELSEWHERE: tuple[Change, ...] = (
    *(publish_another, add_another, unpublish_another, publish_threshold),
    *(publish_term, rename_menu, rename_topic, rename_site),
)
CHANGES: tuple[Change, ...] = (
    *(rename_site, rename_topic, close_related, rename_list, rename_menu, relate),
    *(give_picture, translate, translate, close_case, close_list, open_all),
    *(rename_host, unpublish_list, move_list),
)


def test_what_changed_shows_at_once() -> None:
    django, page = WSGIHandler(), list_plain()[0]
    other, topic = list_plain()[1], page.topics.first()
    shown = ["/", "/articles/", "/es/", f"/topics/{topic.slug}/", show(other)]
    for change in CHANGES:
        shown = [show(page), *shown[-5:]]
        before = [ask(django, one) for one in shown]
        change(page)
        for one in shown:
            now, right = ask(django, one), ask_anew(django, one)
            said = f"{change.__name__} {one}"
            assert (now.status, now.body) == (right.status, right.body), said
        after = [ask(django, one) for one in shown]
        # Whatever it changed shows somewhere.
        assert [one.body for one in after] != [one.body for one in before], change
        page = ArticlePage.objects.get(pk=page.pk)
