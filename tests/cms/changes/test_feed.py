"""The feed at its address: cursors, what is never told, caches, the clock."""

from __future__ import annotations

import copy
import datetime as dt
import json
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from cms.articles.models import ArticlePage
from cms.changes import reconciling
from cms.changes.models import Batch, Thing
from cms.freshness import triggers, version
from cms.freshness.layer import KeepingHandler
from cms.home.models import HomePage
from tests.cms.factories import ArticleFactory, block, link, publish
from tests.cms.freshness.asking import Given, ask
from tests.recorded.test_recorded import make_content

from .mirror import Mirror, compare, read_all

pytestmark = pytest.mark.django_db(transaction=True)
FEED = "/api/v1/changes/"
NEVER = "zebra-never"


def read_for_the_first_time() -> dict[str, Any]:
    mirror = Mirror(get, limit=7)
    assert mirror.follow() == len(mirror.entries)
    return mirror.state()


@pytest.fixture(scope="module", autouse=True)
def first(fill: Any) -> dict[str, Any]:
    """What the first reading gave, of all there is: to read it takes seconds."""
    fill("recorded", make_content)
    return fill("read for the first time", read_for_the_first_time)


def read(address: str, **more: str) -> Given:
    return ask(WSGIHandler(), address, **more)


def get(address: str) -> tuple[int, Any]:
    given = read(address)
    return given.status, json.loads(given.body)


@pytest.fixture
def mirror(first: dict[str, Any]) -> Mirror:
    made = Mirror(get)
    made.restore(copy.deepcopy(first))
    return made


def short() -> ArticlePage:
    return ArticlePage.objects.get(slug="short")


def change(words: str) -> None:
    ArticlePage.objects.filter(slug="short").update(summary=words)


def test_the_first_reading_tells_each_public_thing_once_with_its_address(
    mirror: Mirror,
) -> None:
    assert len(mirror.entries) == len(mirror.held)
    assert mirror.follow() == 0
    assert compare(mirror.held, read_all(get)) == []
    kinds = {entry["type"] for entry in mirror.entries}
    assert kinds >= {"article", "page", "topic", "site", "screener", "screener_help"}
    assert kinds >= {"threshold", "chart", "release"}
    for entry in mirror.entries:
        assert (entry["change"], entry["gone"]) == ("published", False)
        assert entry["url"].startswith("http://testserver/api/v1/")
        assert len(entry["digest"]) == 32 or entry["type"] == "release"


def test_a_change_is_one_entry_and_a_thing_stands_at_its_last(mirror: Mirror) -> None:
    before = len(mirror.entries)
    change("once")
    mirror.follow()
    change("twice")
    mirror.follow()
    late = Mirror(get)
    assert late.follow() == before
    told = [entry for entry in mirror.entries[before:] if entry["type"] == "article"]
    names = [entry["id"] for entry in told if entry["slug"] == "short"]
    assert names == [short().pk] * 2
    assert [one["seq"] for one in late.entries] == sorted(
        one["seq"] for one in late.entries
    )
    # Drafts, and what is written as it was, are no change.
    page = short()
    page.title = NEVER
    page.save_revision()
    change("twice")
    assert mirror.follow() == 0


def test_who_has_a_new_slug_keeps_its_id_and_is_gone_by_the_last(
    mirror: Mirror,
) -> None:
    page = short()
    page.slug = "brief"
    publish(page)
    mirror.follow()
    (told,) = [one for one in mirror.entries if one.get("slug") == "brief"]
    assert (told["id"], told["change"]) == (page.pk, "changed")
    assert told["url"] == "http://testserver/api/v1/articles/brief/?locale=en"
    page = ArticlePage.objects.get(pk=page.pk)
    page.unpublish()
    # What it is called while nobody may read it is nobody's business.
    Page.objects.filter(pk=page.pk).update(slug=NEVER, title=NEVER)
    page.refresh_from_db()
    mirror.follow()
    gone = next(one for one in mirror.entries if one["gone"])
    assert (gone["id"], gone["slug"]) == (page.pk, "brief")
    assert (gone["change"], gone["url"], gone["digest"]) == ("withdrawn", None, None)
    assert NEVER not in json.dumps(mirror.entries)


def test_what_was_never_public_is_never_told_of(mirror: Mirror) -> None:
    index = short().get_parent()
    draft = ArticleFactory(parent=index, title=NEVER, slug=f"{NEVER}-1", live=False)
    closed = ArticleFactory(parent=index, title=NEVER, slug=f"{NEVER}-2", live=False)
    PageViewRestriction.objects.create(page=closed.page_ptr, restriction_type="login")
    publish(closed)
    mirror.follow()
    draft.delete()
    closed.delete()
    mirror.follow()
    assert NEVER not in json.dumps(mirror.entries)
    assert not Thing.objects.filter(slug__startswith=NEVER).exists()


def test_closing_a_section_takes_all_below_it_away_and_opening_brings_it(
    mirror: Mirror,
) -> None:
    index = short().get_parent()
    closed = PageViewRestriction.objects.create(page=index, restriction_type="login")
    before = len(mirror.entries)
    mirror.follow()
    gone = {one["id"] for one in mirror.entries[before:] if one["gone"] and "id" in one}
    below = set(index.get_descendants(inclusive=True).values_list("pk", flat=True))
    assert gone == below
    closed.delete()
    before = len(mirror.entries)
    mirror.follow()
    told = [one for one in mirror.entries[before:] if one["change"] == "published"]
    back = {one["id"] for one in told if "id" in one}
    assert back == below
    assert compare(mirror.held, read_all(get)) == []


# -- Cursors -------------------------------------------------------------------


def test_an_altered_cursor_is_told_to_start_anew(mirror: Mirror) -> None:
    token, position, *rest = (mirror.cursor or "").split(".")
    made = ".".join([token, f"{int(position, 16) - 1:x}", *rest])
    status, problem = get(f"{FEED}?after={made}")
    assert status == 410
    assert problem["start"].endswith(FEED)
    # Whoever asks for it in a wrong way is told that first.
    status, problem = get(f"{FEED}?after={made}&limit=some")
    assert (status, problem["errors"][0]["path"]) == (400, "limit")


@pytest.mark.parametrize("how", ["cut", "longer", "words", "empty"])
def test_a_cursor_that_is_none_is_refused_by_name(mirror: Mirror, how: str) -> None:
    cursor = mirror.cursor or ""
    made = {
        "cut": cursor[:-1],
        "longer": cursor + "0",
        "words": "latest",
        "empty": "",
    }[how]
    status, problem = get(f"{FEED}?after={made}")
    assert (status, problem["errors"][0]["path"]) == (400, "after")
    assert get(f"{FEED}?since=1")[0] == get(f"{FEED}?limit=101")[0] == 400


def test_a_cursor_older_than_the_history_is_told_to_start_anew(
    mirror: Mirror, settings: Any
) -> None:
    change("seen")
    mirror.follow()
    old, late = mirror.cursor, Mirror(get)
    short().unpublish()
    mirror.follow()
    # The change that the old cursor has not seen is too long ago; both others have.
    days = settings.CHANGES_KEPT_DAYS
    Batch.objects.update(at=timezone.now() - dt.timedelta(days=days, hours=1))
    middle = mirror.cursor
    ArticlePage.objects.filter(slug="full").update(summary="new")
    mirror.follow()
    status, problem = get(f"{FEED}?after={old}")
    assert status == 410
    assert problem["type"] == "http://testserver/api/docs/#start-anew"
    assert problem["start"] == f"http://testserver{FEED}"
    assert "after" in problem["detail"]
    assert get(f"{FEED}?after={middle}")[0] == 200
    assert not Thing.objects.filter(gone=True, kind="article").exists()
    # Who starts anew gets all, in parts, though most of it is older than the history.
    late.limit = 5
    late.cursor = old
    late.follow()
    assert compare(late.held, read_all(get)) == []


def test_a_cursor_of_another_history_is_told_to_start_anew(mirror: Mirror) -> None:
    kept = [*Batch.objects.values("end", "token", "at")], [*Thing.objects.values()]
    change("lost with the database")
    mirror.follow()
    # The copy that is put back goes on from where it was made, past the cursor.
    Batch.objects.exclude(end__in=[one["end"] for one in kept[0]]).delete()
    highest = max(one["end"] for one in kept[0])
    reconciling.History.objects.update(seq=highest)
    assert get(f"{FEED}?after={mirror.cursor}")[0] == 410
    for words in ("after", "the", "copy"):
        change(words)
        assert get(FEED)[0] == 200
    assert reconciling.History.objects.get().seq > int(mirror.cursor.split(".")[1], 16)
    assert get(f"{FEED}?after={mirror.cursor}")[0] == 410
    mirror.follow()
    assert compare(mirror.held, read_all(get)) == []


# -- Caches, blindness ---------------------------------------------------------


def test_nothing_new_is_a_304_and_what_is_kept_is_never_stale(settings: Any) -> None:
    settings.PAGES_KEPT_MB = 8
    kept = KeepingHandler()
    first = json.loads(ask(kept, f"{FEED}?limit=100").body)
    address = f"{FEED}?after={first['next']}"
    given = ask(kept, address)
    assert given.headers["cache-control"] == "public, max-age=0, must-revalidate"
    again = ask(kept, address, if_none_match=given.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert kept.shelf.measure()[0] == 2
    for words in ("one", "two", "three"):
        change(words)
        told = json.loads(ask(kept, address).body)
        assert "short" in [one.get("slug") for one in told["results"]], words
        address = f"{FEED}?after={told['next']}"
        assert json.loads(ask(kept, address).body)["results"] == []
    version.clock.close()


def test_what_is_changed_while_the_feed_is_asked_is_not_read_from_memory(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a request remembers from when it came is older than what it is told of."""
    settings.PAGES_KEPT_MB = 8
    kept, mark = KeepingHandler(), reconciling.mark_changes
    linking = ArticleFactory(parent=short().get_parent(), slug="linking")
    linking.body = [block("text", link(short(), "Read"))]
    publish(linking)
    first = json.loads(ask(kept, f"{FEED}?limit=100").body)
    # What it links to is remembered.
    assert ask(kept, "/api/v1/articles/linking/").status == 200

    def change_and_mark(site: Site) -> None:
        Page.objects.filter(slug="short").update(title="Anew")
        mark(site)

    monkeypatch.setattr(reconciling, "mark_changes", change_and_mark)
    told = json.loads(ask(kept, f"{FEED}?after={first['next']}").body)
    assert {"short", "linking"} <= {one.get("slug") for one in told["results"]}
    version.clock.close()


def test_where_no_trigger_tells_everything_is_read(mirror: Mirror) -> None:
    triggers.remove()
    change("unseen")
    assert mirror.follow() > 0
    assert compare(mirror.held, read_all(get)) == []
    change("while tables are changed")
    triggers.install()
    assert mirror.follow() > 0
    assert mirror.follow() == 0


def test_an_article_behind_the_slug_of_another_is_read_as_a_page(
    mirror: Mirror,
) -> None:
    home = HomePage.objects.first()
    other = (
        short()
        .get_parent()
        .copy(to=home, recursive=False, update_attrs={"slug": "more"}, keep_live=True)
    )
    twin = ArticleFactory(parent=other, title="Twin", slug="short")
    publish(twin)
    mirror.follow()
    assert mirror.told["page", str(twin.pk), ""]["type"] == "page"
    assert compare(mirror.held, read_all(get)) == []
    short_pk = ArticlePage.objects.filter(slug="short").order_by("pk")[0].pk
    ArticlePage.objects.get(pk=short_pk).unpublish()
    mirror.follow()
    assert mirror.told["page", str(twin.pk), ""]["type"] == "article"
    assert compare(mirror.held, read_all(get)) == []


def test_another_site_tells_of_its_own_pages_only(
    mirror: Mirror, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="Other", slug="other"))
    Site.objects.create(hostname="other.example", root_page=home)
    mirror.follow()
    assert compare(mirror.held, read_all(get)) == []
    assert ("page", str(home.pk), "") not in mirror.held
    given = ask(WSGIHandler(), f"{FEED}?limit=100", host="other.example")
    told = [one["id"] for one in json.loads(given.body)["results"] if "id" in one]
    assert told == [home.pk]


# -- The clock -----------------------------------------------------------------


def at(monkeypatch: pytest.MonkeyPatch, moment: dt.datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment)
    monkeypatch.setattr(version.clock, "now", moment.timestamp)


def test_what_expires_is_gone_for_it_and_for_what_links_to_it(
    mirror: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    soon = timezone.now() + dt.timedelta(minutes=5)
    Page.objects.filter(slug="short").update(expire_at=soon)
    mirror.follow()
    before = len(mirror.entries)
    at(monkeypatch, soon + dt.timedelta(seconds=1))
    mirror.follow()
    told = {(one.get("slug"), one["gone"]) for one in mirror.entries[before:]}
    assert told >= {("short", True), ("full", False)}
    assert compare(mirror.held, read_all(get)) == []


def test_a_review_that_is_overdue_from_midnight_on_is_told(
    mirror: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = timezone.localdate()
    ArticlePage.objects.filter(slug="short").update(
        reviewed_by="A. Lawyer", reviewed_on=today, next_review_due=today
    )
    mirror.follow()
    assert mirror.held["page", str(short().pk), ""]["review"]["state"] == "reviewed"
    at(monkeypatch, timezone.now() + dt.timedelta(days=1))
    mirror.follow()
    assert mirror.held["page", str(short().pk), ""]["review"]["state"] == "overdue"
    assert compare(mirror.held, read_all(get)) == []
