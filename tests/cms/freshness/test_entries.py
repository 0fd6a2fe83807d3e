"""Whatever flows into an article's entry is in the list and in the article at once."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.images import ImageFile
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.utils import timezone
from PIL import Image as Picture
from wagtail.images.models import Image
from wagtail.models import Locale, Page, PageViewRestriction, Site

from cms.articles.models import ArticleAuthor, ArticlePage, RelatedArticle, Topic
from cms.freshness import version
from cms.freshness.layer import KeepingHandler
from cms.home.models import HomePage
from cms.identity.people import Person
from tests.cms.conftest import build_site

from .asking import ask

pytestmark = pytest.mark.django_db(transaction=True)
LIST, ARTICLE = "/api/v1/articles/", "/api/v1/articles/full/"


@pytest.fixture(scope="module", autouse=True)
def content(fill: Any) -> None:
    fill("entries", make_content)


def make_content() -> None:
    """The small site, its article written by one person and reviewed by another."""
    build_site()
    locale = Locale.objects.get(language_code="en")
    named: dict[str, Any] = {"locale": locale, "live": True}
    author = Person.objects.create(name="Ana Author", role="Attorney", **named)
    reviewer = Person.objects.create(name="Rita Reviewer", **named)
    article = ArticlePage.objects.get(slug="full")
    ArticleAuthor.objects.create(page=article, person=author, sort_order=0)
    ArticlePage.objects.filter(pk=article.pk).update(
        reviewer=reviewer, reviewed_on=dt.date(2026, 1, 2)
    )


@pytest.fixture
def kept(settings: Any) -> Iterator[KeepingHandler]:
    settings.PAGES_KEPT_MB = 8
    yield KeepingHandler()
    version.clock.close()


def run(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def full() -> ArticlePage:
    return ArticlePage.objects.get(slug="full")


def publish(**changed: Any) -> None:
    article = full()
    for name, value in changed.items():
        setattr(article, name, value)
    article.save_revision().publish()


def replace_picture() -> None:
    image = Image.objects.get()
    file = io.BytesIO()
    Picture.new("RGB", (300, 200)).save(file, "PNG")
    file.seek(0)
    image.file = ImageFile(file, "another-file.png")
    image.save()
    image.renditions.all().delete()


def translate_author() -> None:
    """Into the language that nobody reads here: the name stays, its words go."""
    locale, _made = Locale.objects.get_or_create(language_code="es")
    Person.objects.filter(name="Ana Author").update(locale=locale)


def move_below_another() -> None:
    home = HomePage.objects.get(slug="start")
    copy = (
        full()
        .get_parent()
        .copy(recursive=False, update_attrs={"slug": "elsewhere", "title": "E"})
    )
    assert copy.is_child_of(home)
    full().move(copy, "last-child")


#: How it is written, and what both answers have to say then, or not any more.
WRITES: dict[str, tuple[Callable[[], object], str, str]] = {
    "publish": (lambda: publish(title="Title of now"), "Title of now", '"Full"'),
    "update": (
        lambda: ArticlePage.objects.filter(slug="full").update(summary="Told anew"),
        "Told anew",
        "",
    ),
    "sql": (
        lambda: run(
            "UPDATE wagtailcore_page SET title = %s WHERE slug = %s", "By hand", "full"
        ),
        "By hand",
        '"Full"',
    ),
    "bulk": (
        lambda: ArticlePage.objects.bulk_update(
            [_with(full(), reading_minutes=77)], ["reading_minutes"]
        ),
        '"reading_minutes":77',
        "",
    ),
    "another address above": (
        lambda: _with(full().get_parent().specific, slug="texts").save(),
        "http://testserver/texts/full/",
        "/articles/full/",
    ),
    "moved": (
        move_below_another,
        "http://testserver/elsewhere/full/",
        "/articles/full/",
    ),
    "topic renamed": (
        lambda: Topic.objects.filter(slug="green-card").update(name="Permanent"),
        '"Permanent"',
        "Green card",
    ),
    "topic gone": (
        lambda: Topic.objects.get(slug="green-card").delete(),
        '"name":"Firearms"}]',
        "green-card",
    ),
    "topic added": (
        lambda: _tag("Asylum"),
        '"Asylum"',
        "",
    ),
    "author renamed": (
        lambda: Person.objects.filter(name="Ana Author").update(name="Ana Married"),
        "Ana Married",
        "Ana Author",
    ),
    "author in another language": (translate_author, '"role":""', "Attorney"),
    "author unpublished": (
        lambda: Person.objects.get(name="Ana Author").unpublish(),
        "",
        "Ana Author",
    ),
    "author expired": (
        lambda: Person.objects.filter(name="Ana Author").update(
            expire_at=timezone.now() - dt.timedelta(seconds=1)
        ),
        "",
        "Ana Author",
    ),
    "author taken away": (
        lambda: ArticleAuthor.objects.all().delete(),
        '"authors":[]',
        "Ana Author",
    ),
    "reviewer renamed": (
        lambda: Person.objects.filter(name="Rita Reviewer").update(name="Rita Anew"),
        "Rita Anew",
        "Rita Reviewer",
    ),
    "reviewer unpublished": (
        lambda: Person.objects.get(name="Rita Reviewer").unpublish(),
        '"state":"unreviewed"',
        "Rita Reviewer",
    ),
    "review overdue": (
        lambda: ArticlePage.objects.filter(slug="full").update(
            next_review_due=dt.date(2026, 2, 2)
        ),
        '"state":"overdue"',
        "",
    ),
    "picture replaced": (replace_picture, "another-file", ""),
    "picture described": (
        lambda: Image.objects.update(description="Two hills"),
        "Two hills",
        "",
    ),
    "focus": (
        lambda: Image.objects.update(
            focal_point_x=10,
            focal_point_y=10,
            focal_point_width=4,
            focal_point_height=4,
        ),
        '"focal_point":{"x":',
        "",
    ),
    "picture taken away": (
        lambda: ArticlePage.objects.update(hero_image=None),
        '"image":null',
        "",
    ),
    "site on another port": (
        lambda: Site.objects.update(port=8443),
        "http://testserver:8443/articles/full/",
        '"http://testserver/articles/full/"',
    ),
    "site begins elsewhere": (
        lambda: Site.objects.update(root_page=full().get_parent()),
        '"http://testserver/full/"',
        "/articles/full/",
    ),
}


def _with(record: Any, **changed: Any) -> Any:
    for name, value in changed.items():
        setattr(record, name, value)
    return record


def _tag(name: str) -> None:
    article = full()
    article.topics.add(name)
    article.save()


@pytest.mark.parametrize("write", WRITES)
def test_the_list_and_the_article_say_it_at_once(
    kept: KeepingHandler, write: str
) -> None:
    change, said, gone = WRITES[write]
    processes = (kept, KeepingHandler())
    for process in processes:
        for address in (LIST, ARTICLE):
            body = ask(process, address).body.decode()
            assert gone in body and (not said or said not in _of_full(body))
    change()
    for process in processes:
        for address in (LIST, ARTICLE):
            body = ask(process, address).body.decode()
            assert said in _of_full(body), address
            assert not gone or gone not in _of_full(body), address
            assert body == ask(WSGIHandler(), address).body.decode()


def _of_full(body: str) -> str:
    """Return the part of a list or of an article that is the entry of `full`."""
    said = json.loads(body)
    entries = said.get("results", [said])
    entry = next((one for one in entries if one["slug"] == "full"), {})
    told = {name: entry[name] for name in entries[0] if name not in WHOLE and entry}
    return json.dumps(told, separators=(",", ":"), ensure_ascii=False)


#: What an article says beside its entry.
WHOLE = {"body", "links", "related", "translations"}
#: How an article goes, or stays away.
ENDS: dict[str, Callable[[], object]] = {
    "unpublished": lambda: full().unpublish(),
    "deleted": lambda: full().delete(),
    "expired": lambda: Page.objects.filter(slug="full").update(
        expire_at=timezone.now() - dt.timedelta(seconds=1)
    ),
    "restricted": lambda: PageViewRestriction.objects.create(
        page=full().page_ptr, restriction_type="login"
    ),
    "restricted above": lambda: PageViewRestriction.objects.create(
        page=full().get_parent(), restriction_type="login"
    ),
    "in another language": lambda: Page.objects.filter(slug="full").update(
        locale=Locale.objects.get_or_create(language_code="es")[0]
    ),
    "below another site": lambda: Site.objects.update(
        root_page=Page.objects.get(slug="privacy")
    ),
    "of live by hand": lambda: run(
        "UPDATE wagtailcore_page SET live = %s WHERE slug = %s", False, "full"
    ),
}


@pytest.mark.parametrize("end", ENDS)
def test_what_is_public_no_more_is_in_no_answer(kept: KeepingHandler, end: str) -> None:
    assert ask(kept, ARTICLE).status == 200
    before = ask(kept, LIST).body.decode()
    assert '"slug":"full"' in before and '"count":2' in before
    ENDS[end]()
    assert ask(kept, ARTICLE).status == 404
    after = ask(kept, LIST).body.decode()
    assert '"slug":"full"' not in after and '"count":2' not in after


def test_what_stands_beside_an_article_is_there_at_once(kept: KeepingHandler) -> None:
    def related() -> str:
        return ask(kept, f"{ARTICLE}?fields=related,links").body.decode()

    assert '"Short"' in related()
    Page.objects.filter(slug="short").update(title="Renamed beside")
    assert related().count("Renamed beside") == 2
    other = ArticlePage.objects.get(slug="short").copy(
        update_attrs={"slug": "third", "title": "The third"}, keep_live=True
    )
    assert "The third" in related()
    RelatedArticle.objects.create(article=full(), to=other, sort_order=0)
    assert f'"related":[{{"type":"article","id":{other.pk},' in related()
    other.unpublish()
    assert "The third" not in related()
