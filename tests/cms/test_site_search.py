"""The search of the whole site: what is public, what means the same, what is shown."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale, PageViewRestriction

from cms.home.models import HelpPage, StandardPage
from cms.search.models import Synonyms
from cms.search.queries import Sought, read_query
from cms.search.stems import find_stem
from cms.site_search.excerpts import cut_excerpt, mark_words
from screening_block.help.models import HelpEntry
from screening_block.roles import EDITOR, make_roles
from tests.accessibility import check
from tests.screening_block.help.entries import make_entry

from .factories import ArticleFactory, block, publish
from .searching import ARTICLES, HELP, ask, suggested, titles


@pytest.fixture
def editor(client, django_user_model):
    make_roles()
    user = django_user_model.objects.create_user("ed", "ed@example.org", "x")
    user.groups.set(Group.objects.filter(name=EDITOR))
    admin = Client()
    admin.force_login(user)
    return admin


# -- Only what is public -------------------------------------------------------------


@pytest.fixture
def hidden(small_site):
    """A word on pages that nobody may read, each for another reason."""

    def article(title, **more):
        article = ArticleFactory(parent=small_site.index, title=title, **more)
        article.body = [block("text", "<p>Of a zanzibarite nobody may read.</p>")]
        return publish(article)

    article("Unpublished zanzibarite").unpublish()
    past = timezone.now() - dt.timedelta(hours=1)
    gone = article("Expired zanzibarite")
    type(gone).objects.filter(pk=gone.pk).update(expire_at=past)
    private = article("Private zanzibarite")
    PageViewRestriction.objects.create(
        page=private, restriction_type=PageViewRestriction.LOGIN
    )
    draft = publish(ArticleFactory(parent=small_site.index, title="For everybody"))
    draft.title = "Draft zanzibarite"
    draft.save_revision()
    spanish, _made = Locale.objects.get_or_create(language_code="es")
    home = small_site.home.copy_for_translation(spanish)
    publish(home)
    other = StandardPage(title="Zanzibarite en español", slug="otra", locale=spanish)
    home.add_child(instance=other)
    publish(other)
    make_entry("secret", name="Zanzibarite office").unpublish()
    return small_site


def test_what_is_not_public_is_not_found_nor_suggested(client, hidden):
    small_site = hidden
    for page in (ask(client, "zanzibarite"), ask(client, "zanzibarita")):
        assert "Nothing was found" in page.get_text()
        assert suggested(page) is None
    assert "otra" in str(ask(client, "zanzibarite", "es").select(".hit a"))
    assert suggested(ask(client, "zanzibaritte", "es")) == "zanzibarite"
    # As soon as it is open to all it is found, whatever the words were before.
    body = [block("text", "<p>A zanzibarite for all.</p>")]
    shown = ArticleFactory(parent=small_site.index, title="Shown", body=body)
    shown = publish(shown)
    assert titles(ask(client, "zanzibarite"), ARTICLES) == ["Shown"]
    cache.clear()
    assert suggested(ask(client, "zanzibaritte")) == "zanzibarite"
    # And no longer once it is not, though its words are still remembered.
    shown.unpublish()
    assert suggested(ask(client, "zanzibaritte")) is None


def test_help_is_found_by_what_it_is_for_and_linked_where_it_stands(client, small_site):
    page = HelpPage(title="Find legal help", slug="find-help", area="us-ca")
    small_site.home.add_child(instance=page)
    make_entry("kern", name="Desert office", areas="us-ca", counties="Kern\nYolo")
    make_entry("far", name="Nevada office of Kern", areas="us-nv")
    old = timezone.localdate() - dt.timedelta(days=400)
    make_entry("old", name="Old office of Kern", areas="us-ca", checked_on=old)
    found = ask(client, "kern")
    assert titles(found, HELP) == ["Desert office"]
    address = found.select_one('[aria-labelledby="found-help"] a')["href"]
    path, _hash, anchor = address.partition("#")
    html = client.get(path).content.decode()
    assert html.count(f'id="{anchor}"') == 1, "though it stands in two counties"
    HelpEntry.objects.get(key="kern").unpublish()
    assert titles(ask(client, "kern"), HELP) == []


# -- Synonyms ------------------------------------------------------------------------


def test_an_editor_says_what_means_the_same_and_it_is_found_at_once(
    client, small_site, editor
):
    assert titles(ask(client, "roscoe"), ARTICLES) == []
    add = "/admin/snippets/word_search/synonyms/add/"
    for wrong in ("roscoe", "roscoe\n–", "\n".join(map(str, range(20)))):
        refused = editor.post(add, {"language": "en", "words": wrong})
        assert refused.status_code == 200, "it is said at the field"
    groups = {"language": "en", "words": "roscoe\r\nshort\r\nvery small arm"}
    assert editor.post(add, groups).status_code == 302
    assert titles(ask(client, "Roscoes"), ARTICLES)[0] == "Short"
    assert titles(ask(client, "a very small arm"), ARTICLES)[0] == "Short"
    assert titles(ask(client, "very small"), ARTICLES) == []
    group = Synonyms.objects.get()
    assert str(group) == "roscoe = short = very small arm"
    edit = f"/admin/snippets/word_search/synonyms/edit/{group.pk}/"
    editor.post(edit, {**groups, "words": "roscoe\nrod"})
    assert titles(ask(client, "roscoe"), ARTICLES) == []


# -- What is shown -------------------------------------------------------------------


def seek(text, *words):
    sought = [Sought((word,), ((find_stem(word, "en"),),)) for word in words]
    return cut_excerpt([text], sought, "en")


@pytest.mark.django_db
def test_found_words_are_marked_and_nothing_else_is_markup():
    sought = read_query("guns b", "en")
    marked = mark_words('A <b>gun</b> & "guns"', sought, "en")
    assert marked == (
        "A &lt;<mark>b</mark>&gt;<mark>gun</mark>&lt;/<mark>b</mark>&gt; &amp; "
        "&quot;<mark>guns</mark>&quot;"
    )
    long = (
        "Nothing here. " * 60 + "Then came a pistol, and a deportation. " + "End. " * 90
    )
    shown = seek(long, "deported")
    assert shown.startswith("Then came a pistol, and a <mark>deportation</mark>.")
    assert shown.endswith(" …")
    assert len(shown) < 300
    assert seek("x" * 5_000 + " gun " + "y" * 5_000, "gun").count("<mark>") == 1
    assert seek("Nothing of it.", "gun") == "Nothing of it."
    assert cut_excerpt([], sought, "en") == ""


def test_a_hostile_title_is_text_in_what_was_found(client, small_site):
    title = "<img src=x onerror=alert(1)> haystack"
    publish(ArticleFactory(parent=small_site.index, title=title, slug="hostile"))
    page = ask(client, "haystack")
    assert titles(page, ARTICLES) == [title]
    assert page.select("main img") == []
    assert page.select(".hit mark")[0].get_text() == "haystack"


def test_a_language_that_the_site_is_not_in_leads_to_one_that_it_is_in(
    client, small_site
):
    answer = client.get("/vi/search/", {"q": "gun case"})
    assert (answer.status_code, answer["Location"]) == (302, "/search/?q=gun+case")


def test_the_site_can_be_searched_from_every_page(page, live_server, small_site):
    site = small_site.site
    site.hostname, port = live_server.url.removeprefix("http://").split(":")
    site.port = int(port)
    site.save()
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(f"{live_server.url}/privacy/")
    page.get_by_role("banner").get_by_role("link", name="Search").click()
    page.get_by_role("searchbox").fill("shorts")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Short").click()
    assert page.url == f"{live_server.url}/articles/short/"
    page.set_viewport_size({"width": 1280, "height": 800})
    page.get_by_role("banner").get_by_role("searchbox").fill("xyzzyx")
    page.get_by_role("banner").get_by_role("button", name="Search").click()
    assert page.get_by_role("heading", name="Nothing was found").is_visible()
    check(page, "search")
