"""The demo: made once, whole, and never at the cost of an editor's work."""

import re
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core.management import call_command
from wagtail.models import Page, Revision

from cms.articles.models import ArticlePage
from cms.demo.files import list_languages, read_articles
from cms.demo.stream_writer import StreamWriter
from cms.home.models import HomePage


@pytest.fixture
def demo(demo_rows, db):
    return demo_rows


@pytest.mark.once  # the tests below load it on every database
def test_a_server_gets_no_demo_user(demo, tmp_path, settings, monkeypatch):
    """The pages are there already, for they take long; whoever made them is not."""
    get_user_model().objects.all().delete()
    settings.VAR_DIR = tmp_path
    settings.LOCAL = False
    monkeypatch.setattr("cms.demo.management.commands.demo.PACKS", [])
    call_command("demo", stdout=StringIO(), verbosity=0)
    assert not get_user_model().objects.exists()
    assert not list(tmp_path.iterdir())


@pytest.mark.once  # only reads what others write on both databases
def test_the_demo_is_whole_and_every_page_can_be_read(client, demo):
    counts = {code: len(read_articles(code)) for code in list_languages()}
    live = ArticlePage.objects.live()
    for code, count in counts.items():
        assert live.filter(locale__language_code=code).count() == count > 0
    pages = Page.objects.filter(depth__gt=1).live()
    seen: set[str] = set()
    for page in pages:
        response = client.get(page.url)
        assert response.status_code == 200, page
        html = response.content.decode()
        # Every link inside the site leads somewhere.
        assert "<a>" not in html
        for address in set(re.findall(r'href="(/[^"#]*)', html)) - seen:
            if not address.startswith("/static/"):
                assert client.get(address).status_code == 200, (page, address)
            seen.add(address)
    home = HomePage.objects.get(locale__language_code="en")
    assert not home.has_unpublished_changes
    assert client.get("/").context["page"].specific == home


@pytest.mark.once  # only reads what others write on both databases
def test_the_main_article_shows_the_screener(client, demo):
    article = next(data for data in read_articles() if _has_screener(data))
    response = client.get(ArticlePage.objects.get(slug=article["slug"]).url)
    html = response.content.decode()
    assert "screening_block/screener" in html
    assert html.count('href="#screener-ca-firearm-expungement"') == 2
    assert html.count('id="screener-ca-firearm-expungement"') == 1
    assert "No attorney has reviewed this page" in html


#: What is said to limit what a page is worth.
DISCLAIMS = re.compile(
    r"not legal advice|attorney has (not )?reviewed|not lawyers|lawyer has checked",
    re.I,
)


@pytest.mark.once  # only reads what others write on both databases
@pytest.mark.parametrize("data", read_articles(), ids=lambda data: data["slug"][:20])
def test_an_article_at_rest_disclaims_twice_at_most(client, demo, data):
    """At its head and at its foot: said everywhere, it is read nowhere."""
    page = BeautifulSoup(
        client.get(f"/articles/{data['slug']}/").content, "html.parser"
    )
    for unseen in page.select("head, script, details:not([open]) > :not(summary)"):
        unseen.decompose()
    places = {
        id(text.find_parent(class_=["review", "disclaimer", "notice"]) or text.parent)
        for text in page.find_all(string=DISCLAIMS)
    }
    assert 1 <= len(places) <= 2


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("entered without inspection", "if-you-entered-without-inspection"),
        ("Laken Riley", "if-you-entered-without-inspection"),
        ("TPS misdemeanors", "how-a-gun-case-can-affect-daca-and-tps"),
        ("domestic violence guns", "does-an-expunged-california-firearm"),
        ("suspended sentence citizenship", "how-a-gun-case-can-affect-citizenship"),
    ],
)
def test_who_searches_for_a_situation_finds_its_article(client, demo, query, slug):
    html = client.get("/articles/", {"q": query}).content.decode()
    found = re.findall(r'href="/articles/([a-z0-9-]+)/"', html)
    assert any(address.startswith(slug) for address in found), found


def _has_screener(data):
    return any(block["type"] == "screener" for block in data["body"])


def test_running_it_again_keeps_what_editors_did(demo):
    article = ArticlePage.objects.first()
    article.title = "Ours now"
    article.save_revision().publish()
    home = HomePage.objects.get(locale__language_code="en")
    home.summary = "Ours too"
    home.save_revision().publish()
    count, revisions = Page.objects.count(), Revision.objects.count()
    call_command("demo", stdout=StringIO(), verbosity=0)
    assert ArticlePage.objects.get(pk=article.pk).title == "Ours now"
    assert HomePage.objects.get(locale__language_code="en").summary == "Ours too"
    assert (Page.objects.count(), Revision.objects.count()) == (count, revisions)


def test_the_password_is_random_private_and_only_for_this_machine(demo):
    admin = get_user_model().objects.get(username="admin")
    assert admin.check_password(demo["password"])
    assert demo["mode"] & 0o077 == 0


def test_a_paragraph_that_begins_in_bold_stays_a_paragraph():
    writer = StreamWriter(lambda s: None, lambda s: None, lambda s: None)
    stored = writer.rich_text(["<b>One.</b> Text", "Two", "<ul><li>Three</li></ul>"])
    assert len(re.findall(r"<p\b", stored)) == 2
    with pytest.raises(ValueError, match="no page"):
        writer.rich_text('<a href="article:nowhere">x</a>')


def test_ids_are_the_same_each_time(db):
    writer = StreamWriter(lambda s: 1, lambda s: 1, lambda s: 1)
    body = next(data["body"] for data in read_articles())
    first = [block["id"] for block in writer.stream("a", body)]
    assert first == [block["id"] for block in writer.stream("a", body)]
    assert len(set(first)) == len(body)
