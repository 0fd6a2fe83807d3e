"""What was rendered is answered again: the same to the letter, and never too long."""

from __future__ import annotations

import datetime as dt
import gzip
import random
from collections.abc import Iterator
from typing import Any

import brotli
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

from cms.articles.models import ArticlePage, Topic
from cms.freshness import layer, version
from cms.freshness.kept import Answer, Compressor, Shelf
from cms.freshness.layer import KeepingHandler
from plugins import freshness
from screening_block.visitor.release_parts import PARTS
from tests.recorded.answers import PAGES, READ
from tests.recorded.test_recorded import make_content

from .asking import Given, ask

pytestmark = pytest.mark.django_db(transaction=True)
#: What the layer adds.
ADDED = {"etag", "cache-control", "vary"}
ARTICLE = "/articles/short/"
UNPACK = {"gzip": gzip.decompress, "br": brotli.decompress}


@pytest.fixture(scope="module", autouse=True)
def content(fill: Any) -> None:
    fill("recorded", make_content)


@pytest.fixture
def kept(settings: Any) -> Iterator[KeepingHandler]:
    settings.PAGES_KEPT_MB = 8
    yield KeepingHandler()
    version.clock.close()


def test_every_public_address_gives_what_django_gives(kept: KeepingHandler) -> None:
    django, held = WSGIHandler(), 0
    for address in [*PAGES, *READ, "/open/", "/api/schema/"]:
        for more in ({}, {"origin": "https://elsewhere.example"}):
            plain = ask(django, address, **more)
            before = kept.shelf.measure()[0]
            first, again = (ask(kept, address, **more) for _time in range(2))
            now = kept.shelf.measure()[0]
            for given in (plain, first, again):
                # The time of now, in what nobody may keep.
                given.headers.pop("expires", None)
            assert again == first, address
            assert again.status == plain.status
            assert again.body == plain.body, address
            for name in {*plain.headers, *again.headers} - ADDED:
                assert again.headers.get(name) == plain.headers.get(name), address
            for name in ADDED & set(plain.headers) - {"vary"}:
                assert again.headers[name] == plain.headers[name], address
            varies = {*plain.headers.get("vary", "").split(", "), "Accept-Encoding"}
            if now > before:
                assert set(again.headers["vary"].split(", ")) >= varies - {""}
                held += again.status == 200
            else:
                assert again.headers == plain.headers, address
    assert held == 2 * len(KEPT)


#: Of the addresses above, where there is a page. Not: what is searched for, forms,
#: frames and files.
KEPT = {
    *("/", "/articles/", "/topics/green-card/", "/articles/feed/", "/articles/full/"),
    *("/articles/short/", "/articles/short.md", "/privacy/", "/small/", "/api/docs/"),
    *("/robots.txt", "/sitemap.xml", "/llms.txt", "/site.webmanifest", "/open/"),
    *("/api/v1/articles/", "/api/v1/articles/?fields=slug,topics&limit=1"),
    *("/api/v1/articles/full/", "/api/v1/topics/", "/api/v1/screeners/"),
    *("/api/v1/topics/firearms/", "/api/v1/terms/"),
    *("/api/v1/screeners/small/", "/api/v1/thresholds/", "/api/v1/charts/statutes/"),
    *("/api/v1/help/", "/api/v1/screeners/small/help/", "/api/schema/"),
    *("/api/v1/", "/api/v1/pages/", "/api/v1/pages/privacy/", "/api/v1/site/"),
    "/api/v1/articles/full/?fields=body&text=markdown",
    "/api/v1/articles/full?fields=slug",
    "/embed/v1/oembed?url=http://testserver/screeners/small/",
}


def test_the_next_request_shows_a_change_and_what_follows_from_it(
    kept: KeepingHandler,
) -> None:
    other = KeepingHandler()
    shown = ["/articles/", ARTICLE, "/api/v1/articles/", "/articles/short.md"]
    article = ArticlePage.objects.get(slug="short")
    for number in range(3):
        title = f"A title of now {number}"
        article.title = title
        article.save_revision().publish()
        for process in (kept, other, kept):
            for address in shown:
                assert title in ask(process, address).body.decode(), address
    PageViewRestriction.objects.create(page=article.page_ptr, restriction_type="login")
    assert ask(kept, ARTICLE).status == 302
    assert "A title of now" not in ask(kept, "/articles/").body.decode()
    PageViewRestriction.objects.all().delete()
    assert ask(kept, ARTICLE).status == 200
    article.unpublish()
    assert ask(kept, ARTICLE).status == 404


def test_no_page_and_another_address_are_told_from_memory_and_only_while_so(
    kept: KeepingHandler,
) -> None:
    django, gone = WSGIHandler(), ("/articles/nowhere/", "/articles/nowhere.md")
    Redirect.add_redirect("/once/", redirect_to="/articles/")
    expected = dict.fromkeys(gone, 404) | {"/once/": 301}
    for number, (address, status) in enumerate(expected.items(), 1):
        plain, first = ask(django, address), ask(kept, address)
        assert kept.shelf.measure()[0] == number
        with CaptureQueriesContext(connection) as asked:
            again = ask(kept, address, if_none_match="*")
        assert len(asked) == 0
        assert (again.status, again.body) == (status, plain.body)
        assert again == first
        assert again.headers.get("location") == plain.headers.get("location")
        # Nobody else keeps it for longer, as browsers do of what moved for good.
        assert "max-age=0" in again.headers["cache-control"]
    Redirect.objects.all().delete()
    assert ask(kept, "/once/").status == 404
    page = ArticlePage.objects.get(slug="short")
    page.slug = "nowhere"
    page.save_revision().publish()
    for address in gone:
        assert ask(kept, address).status == 200


def test_it_is_gone_when_its_time_is_over(
    kept: KeepingHandler, monkeypatch: pytest.MonkeyPatch
) -> None:
    soon = timezone.now() + dt.timedelta(seconds=2)
    Page.objects.filter(slug="short").update(expire_at=soon)
    ask(kept, "/articles/")
    asked = layer.Asked(False, "testserver", "80", "", "/articles/", "", False)
    generation = version.clock.read()
    held = kept.shelf.find(asked, False, generation, version.clock.now())
    assert held is not None
    assert held.until == soon.timestamp()
    monkeypatch.setattr(version.clock, "now", lambda: soon.timestamp())
    assert kept.shelf.find(asked, False, generation, soon.timestamp()) is None
    assert version.clock.read() is not generation


def test_what_was_committed_meanwhile_is_not_overlooked(
    kept: KeepingHandler, monkeypatch: pytest.MonkeyPatch
) -> None:
    render = WSGIHandler.get_response

    def overtaken(handler: Any, request: Any) -> Any:
        response = render(handler, request)
        Topic.objects.create(name="Late", slug="late", folded="late")
        monkeypatch.setattr(WSGIHandler, "get_response", render)
        return response

    monkeypatch.setattr(WSGIHandler, "get_response", overtaken)
    assert ask(kept, ARTICLE).status == 200
    assert kept.shelf.measure() == (0, 0)
    ask(kept, ARTICLE)
    assert kept.shelf.measure()[0] == 1


def test_nothing_is_kept_of_who_asks_or_of_what_only_django_knows(
    kept: KeepingHandler,
) -> None:
    asked: list[tuple[str, str, dict[str, str]]] = [
        (ARTICLE, "GET", {"cookie": "staff_session=1"}),
        (ARTICLE, "GET", {"cookie": ""}),
        (ARTICLE, "GET", {"authorization": "Basic YTpi"}),
        (ARTICLE, "GET", {"range": "bytes=0-1"}),
        (ARTICLE, "HEAD", {}),
        (ARTICLE, "POST", {}),
        (ARTICLE, "OPTIONS", {}),
        (ARTICLE, "GET", {"CONTENT_LENGTH": "3"}),
        (f"{ARTICLE}?utm_source=letter", "GET", {}),
        (f"{ARTICLE}?page=1&page=2", "GET", {}),
        ("/articles/?page=0001", "GET", {}),
        ("/articles/?q=deportation", "GET", {}),
        ("/search/?q=deportation", "GET", {}),
        ("/api/v1/articles/?q=deportation", "GET", {}),
        ("/api/v1/articles/", "GET", {"accept": "application/json; indent=4"}),
        ("/api/v1/articles/", "GET", {"accept": "text/html"}),
        ("/screeners/small/", "GET", {}),
        ("/embed/v1/small/", "GET", {}),
        ("/embed/v1/oembed?url=http://example.org/", "GET", {}),
        ("/embed/v1/oembed?url=http://testserver/screeners/small/&a=1", "GET", {}),
        ("/articles/short", "GET", {}),
        ("/admin/", "GET", {}),
        ("/healthz", "GET", {}),
        (ARTICLE, "GET", {"host": "testserver:8123"}),
        (ARTICLE, "GET", {"host": "TESTSERVER"}),
        (ARTICLE, "GET", {"host": "evil.example"}),
        ("/articles/sho%00rt/", "GET", {}),
        ("/articles/sho%FFrt/", "GET", {}),
    ]
    for address, method, more in asked:
        given = ask(kept, address, method, **more)
        assert given.status < 500
        assert kept.shelf.measure() == (0, 0), (address, method, more)
    # What staff are shown is not for shared caches.
    staff = ask(kept, ARTICLE, cookie="staff_session=1")
    assert staff.headers["cache-control"] == "private"
    # And what everybody is shown is not theirs.
    ask(kept, ARTICLE)
    assert ask(kept, ARTICLE, cookie="a=b").headers.get("etag") is None


def test_other_forms_of_an_answer(kept: KeepingHandler, settings: Any) -> None:
    plain = ask(kept, ARTICLE)
    for encoding, decompress in UNPACK.items():
        for _time in range(2):
            given = ask(kept, ARTICLE, accept_encoding=encoding)
            assert given.headers["content-encoding"] == encoding
            assert given.headers["content-length"] == str(len(given.body))
            assert decompress(given.body) == plain.body
            assert given.headers["etag"] == f"W/{plain.headers['etag']}"
    assert plain.headers["cache-control"] == "public, max-age=0, must-revalidate"
    head = ask(kept, ARTICLE, "HEAD")
    assert head == Given(200, plain.headers, b"")
    for etag in (plain.headers["etag"], f'"x", W/{plain.headers["etag"]}', "*"):
        unchanged = ask(kept, ARTICLE, if_none_match=etag)
        assert (unchanged.status, unchanged.body) == (304, b"")
        assert unchanged.headers["etag"] == plain.headers["etag"]
        assert "content-security-policy" in unchanged.headers
        assert "content-length" not in unchanged.headers
    assert ask(kept, ARTICLE, if_none_match='"x"') == plain
    # A release keeps its own name, which is its hash.
    release = ask(kept, "/api/v1/screeners/small/")
    named = release.headers["etag"]
    assert ask(kept, "/api/v1/screeners/small/", if_none_match=named).status == 304
    settings.PAGES_SHARED_SECONDS = 60
    shared = ask(kept, "/articles/full/").headers["cache-control"]
    assert shared == "public, max-age=0, s-maxage=60, must-revalidate"


def test_all_that_is_text_is_sent_short(kept: KeepingHandler) -> None:
    """Whatever its kind is called: a part of a release is `application/x-ndjson`."""
    parts = [f"/api/v1/screeners/small/?words=es&part={one}" for one in PARTS]
    sent = set()
    for address in [*PAGES, *READ, *parts, "/embed/v1/screener.js", "/articles/feed/"]:
        plain = ask(kept, address)
        if len(plain.body) < 1_000 or not is_text(plain.body):
            continue
        sent.add(plain.headers["content-type"].partition(";")[0])
        for encoding in UNPACK:
            given = ask(kept, address, accept_encoding=f"{encoding}, gzip;q=0.1")
            used = given.headers.get("content-encoding")
            # Django itself, which answers what is not kept, knows one.
            assert used in (encoding, "gzip"), address
            assert UNPACK[used](given.body) == plain.body, address
            assert len(given.body) < len(plain.body)
    assert {"text/html", "application/json", "application/x-ndjson"} < sent
    assert {"text/javascript", "application/atom+xml"} < sent


def is_text(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def test_without_a_version_django_answers(
    kept: KeepingHandler, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ask(kept, ARTICLE)
    monkeypatch.setattr(version.ContentClock, "read", lambda self: None)
    kept.shelf.find = None  # type: ignore[method-assign, assignment]
    again = ask(kept, ARTICLE)
    assert again == first


def test_a_picture_that_is_missing_is_looked_for_again(
    kept: KeepingHandler, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = b'<img src="/media/not-found" alt="">'
    monkeypatch.setattr("cms.home.models.HomePage.serve", lambda *args: _answer(body))
    assert ask(kept, "/").body == body
    assert kept.shelf.measure() == (0, 0)


def test_addresses_made_up_at_random_push_no_page_out() -> None:
    shelf, compressor, version = Shelf(1_000_000), Compressor(1_000), object()
    make = random.Random(3)

    def answer(size: int, status: str = "200 OK") -> Answer:
        return Answer([], '"x"', bytes(size), float("inf"), compressor, status)

    for number in range(30):
        shelf.put(("page", number), False, version, answer(9_000))
    for number in range(4_000):
        shelf.put(
            ("asked", make.random()), True, version, answer(make.randint(1, 9_000))
        )
        nothing = answer(make.randint(1, 9_000), "404 Not Found")
        shelf.put(("made up", number), False, version, nothing)
        assert shelf.measure()[1] <= 1_000_000, number
    assert shelf.find(("made up", number), False, version, 0) is nothing
    held = [shelf.find(("page", n), False, version, 0) for n in range(30)]
    assert None not in held
    # The longest unused goes first, and of a new version nothing is left.
    for number in range(30, 200):
        shelf.put(("page", number), False, version, answer(9_000))
        shelf.find(("page", 0), False, version, 0)
    assert shelf.find(("page", 0), False, version, 0) is not None
    assert shelf.find(("page", 31), False, version, 0) is None
    later = object()
    assert shelf.find(("page", 0), False, later, 0) is None
    shelf.put("new", False, later, answer(10))
    assert shelf.measure()[0] == 1


def test_an_answer_ends_with_the_day_it_speaks_of(kept: KeepingHandler) -> None:
    """A release's words are as of today in its own time zone."""
    address = "/api/v1/screeners/small/?words=en"
    assert ask(kept, address).status == 200
    asked = layer.Asked(False, "testserver", "80", "", *address.split("?"), False)
    now = version.clock.now()
    held = kept.shelf.find(asked, True, version.clock.read(), now)
    assert held is not None
    assert held.until <= freshness.next_day("America/Los_Angeles", now)


def _answer(body: bytes) -> Any:
    from django.http import HttpResponse

    return HttpResponse(body)
