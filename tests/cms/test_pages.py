"""What a visitor gets: whole pages, no cookie, nothing inline, nobody else's files."""

import datetime
import re
from html.parser import HTMLParser

import pytest
from django.core.exceptions import ValidationError
from django.test import Client, override_settings
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction

from cms.articles.models import ArticlePage, Topic
from cms.articles.review import ReviewState

from .factories import ArticleFactory, block, link, publish

PUBLIC = [
    "/",
    "/articles/",
    "/topics/firearms/",
    "/articles/?q=words",
    "/articles/full/",
    "/articles/feed/",
    "/privacy/",
    "/sitemap.xml",
    "/robots.txt",
    "/llms.txt",
    "/articles/full.md",
    "/site.webmanifest",
    "/healthz",
    "/api/v1/articles/",
    "/api/v1/articles/full/",
    "/api/v1/topics/",
    "/api/v1/screeners/",
    "/api/schema/",
    "/api/docs/",
    "/nowhere/",
    "/es/nowhere/",
]


@pytest.mark.once  # only reads what others write on both databases
@pytest.mark.parametrize("address", PUBLIC)
def test_reading_sets_no_cookie_and_every_answer_has_the_strict_policy(
    client, small_site, address
):
    # With a language cookie too: it must be ignored, not answered by another one.
    response = client.get(
        address, headers={"accept-language": "es", "cookie": "django_language=es"}
    )
    assert response.status_code == (404 if "nowhere" in address else 200)
    assert not response.cookies
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy + ";"
    assert "style-src 'self';" in policy + ";"
    assert "unsafe" not in policy
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "Accept-Language" not in response.headers.get("Vary", "")


class Inline(HTMLParser):
    """Collects what a strict policy would block, and addresses of other hosts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        is_data = attrs.get("type") in {"application/ld+json", "application/json"}
        if is_data:
            return
        if tag == "style" or (tag == "script" and "src" not in attrs):
            self.found.append(tag)
        self.found += [n for n in attrs if n == "style" or n.startswith("on")]
        loads = tag in {"script", "img", "iframe", "source"} or (
            tag == "link" and attrs.get("rel") in {"stylesheet", "icon", "preload"}
        )
        address = attrs.get("src") or attrs.get("href") or ""
        if loads and not re.match(r"/(?!/)", address):
            self.found.append(address)


PAGES = [
    a
    for a in PUBLIC
    if not re.search(r"xml|txt|md$|manifest|healthz|v1|schema|feed", a)
]


@pytest.mark.once  # only reads what others write on both databases
@pytest.mark.parametrize("address", PAGES)
def test_pages_hold_no_inline_script_or_style_and_nothing_from_elsewhere(
    client, small_site, address
):
    parser = Inline()
    parser.feed(client.get(address).content.decode())
    assert parser.found == []


def test_the_admin_has_its_own_policy_and_can_post_its_forms(client, small_site):
    response = client.get("/admin/login/")
    assert "'unsafe-inline'" in response.headers["Content-Security-Policy"]
    # `no-referrer` would make browsers send `Origin: null`, which CSRF refuses.
    assert response.headers["Referrer-Policy"] == "same-origin"


def test_an_article_shows_all_its_blocks(client, small_site):
    html = client.get("/articles/full/").content.decode()
    for words in [
        'id="what-counts"',
        'id="what-counts-2"',
        'id="法律"',
        "Words &amp; <b>more</b>",
        "Key points",
        "Urgent:",
        "INA 101(a)(48)(A)",
        "Checked against the source",
        '<th scope="col">What it does</th>',
        "Hills of paper",
        'alt="Hills"',
        'href="/topics/green-card/"',
    ]:
        assert words in html, words
    assert html.count('href="/articles/short/"') == 7
    assert "<h1>Full</h1>" in html


def test_links_to_pages_that_are_gone_or_private_lead_nowhere(client, small_site):
    gone = ArticleFactory(parent=small_site.index, slug="gone", live=False)
    private = ArticleFactory(parent=small_site.index, slug="private")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    article = small_site.full
    article.body = [block("text", link(gone, "Gone") + link(private, "Private"))]
    publish(article)
    html = client.get("/articles/full/").content.decode()
    assert "<a>Gone</a>" in html
    assert "<a>Private</a>" in html


def test_an_article_page_costs_few_queries(
    client, small_site, django_assert_max_num_queries
):
    client.get("/articles/full/")  # renditions and site roots are made once
    # With nothing remembered, as in the transaction of a test.
    with django_assert_max_num_queries(32):
        client.get("/articles/full/")
    # More links must not mean more queries.
    article = ArticlePage.objects.get(slug="full")
    others = [ArticleFactory(parent=small_site.index) for _ in range(5)]
    article.body = [
        *article.body.raw_data,
        *(block("text", link(other, "More")) for other in others * 4),
    ]
    publish(article)
    client.get("/articles/full/")
    # With nothing remembered, as in the transaction of a test.
    with django_assert_max_num_queries(32):
        client.get("/articles/full/")


TODAY = datetime.date(2026, 11, 23)


@pytest.mark.once  # only reads what others write on both databases
@pytest.mark.parametrize(
    ("by", "on", "due", "state"),
    [
        ("", None, None, ReviewState.UNREVIEWED),
        ("Ana Reyes, Esq.", None, None, ReviewState.UNREVIEWED),
        ("", "2026-01-01", None, ReviewState.UNREVIEWED),
        ("Ana Reyes, Esq.", "2026-01-01", None, ReviewState.REVIEWED),
        ("Ana Reyes, Esq.", "2026-01-01", "2026-11-23", ReviewState.REVIEWED),
        ("Ana Reyes, Esq.", "2026-01-01", "2026-11-22", ReviewState.OVERDUE),
    ],
)
def test_the_review_line_says_only_what_is_so(db, by, on, due, state):
    def day(text):
        return datetime.date.fromisoformat(text) if text else None

    article = ArticlePage(reviewed_by=by, reviewed_on=day(on), next_review_due=day(due))
    assert article.review_state(TODAY) == state


def test_the_review_line_is_on_the_page(client, small_site):
    assert "No attorney has reviewed this page" in str(
        client.get("/articles/full/").content, "utf-8"
    )
    article = small_site.full
    article.reviewed_by = "Ana Reyes, Esq."
    article.reviewed_on = datetime.date(2024, 1, 1)
    article.next_review_due = datetime.date(2025, 1, 1)
    publish(article)
    html = client.get("/articles/full/").content.decode()
    assert "Review overdue" in html
    assert "Ana Reyes, Esq. reviewed it on Jan. 1, 2024" in html
    assert "No attorney" not in html


def test_a_review_needs_a_name_a_date_and_a_sensible_next_one(db):
    article = ArticlePage(
        title="A", slug="a", reviewed_by="", reviewed_on=datetime.date(2999, 1, 1)
    )
    with pytest.raises(ValidationError) as error:
        article.clean()
    assert set(error.value.message_dict) == {"reviewed_by", "reviewed_on"}


def test_the_list_filters_by_topic_and_finds_words(client, small_site):
    def titles(query):
        response = client.get(f"/articles/{query}")
        return [article.title for article in response.context["articles"]]

    assert titles("") == ["Full", "Short"]
    assert client.get("/articles/?topic=unknown").status_code == 404
    assert titles("?q=conviction") == ["Full"]
    assert titles("?q=conviction&topic=firearms") == ["Full"]
    assert titles("?q=nothing-like-it") == []


def test_topics_keep_their_own_script_and_never_collide(db):
    names = ["移民法", "Đơn", "Don", "don!", "§"]
    topics = [Topic.objects.create(name=name) for name in names]
    slugs = [topic.slug for topic in topics]
    assert len(set(slugs)) == len(names)
    assert slugs[0] == "移民法"
    assert all(slugs)


def test_the_address_chooses_the_language(client, small_site):
    spanish = Locale.objects.create(language_code="es")
    home = small_site.home.copy_for_translation(spanish)
    home.title = "Su caso"
    publish(home)
    index = small_site.index.copy_for_translation(spanish)
    publish(index)
    article = small_site.short.copy_for_translation(spanish)
    article.title = "Corto"
    publish(article)

    english = client.get("/articles/short/", headers={"accept-language": "es"})
    assert 'lang="en"' in english.content.decode()
    assert (
        '<a href="/es/articles/short/" lang="es" hreflang="es">Español</a>'
        in english.content.decode()
    )
    translated = client.get("/es/articles/short/")
    assert translated.headers["Content-Language"] == "es"
    assert '<html lang="es"' in translated.content.decode()
    assert 'hreflang="en" href="http://testserver/articles/short/"' in (
        translated.content.decode()
    )
    # A link to a page that is translated leads to the translation.
    full = small_site.full.copy_for_translation(spanish)
    publish(full)
    assert 'href="/es/articles/short/"' in (
        client.get("/es/articles/full/").content.decode()
    )
    assert client.get("/api/v1/articles/?locale=es").json()["count"] == 2
    sitemap = client.get("/sitemap.xml").content.decode()
    assert "<loc>http://testserver/es/articles/short/</loc>" in sitemap
    assert 'hreflang="es" href="http://testserver/es/articles/short/"' in sitemap


def test_errors_of_the_site_look_like_the_site(small_site):
    page = Client(raise_request_exception=False).get("/nowhere/")
    assert "This page does not exist" in page.content.decode()
    problem = Client().get("/api/nowhere/")
    assert problem.headers["Content-Type"] == "application/problem+json"
    assert problem.json()["status"] == 404


def test_health_names_what_fails(client, db):
    assert client.get("/healthz").json() == {
        "status": "ok",
        "failing": [],
        "degraded": [],
    }
    dummy = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    with override_settings(CACHES=dummy):
        response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json()["status"] == "degraded"
    assert response.json()["degraded"] == ["cache"]


def test_an_expired_page_is_gone_before_the_scheduler_runs(client, small_site):
    past = timezone.now() - datetime.timedelta(seconds=1)
    article = ArticleFactory(parent=small_site.index, slug="expired", expire_at=past)
    assert article.live
    assert client.get(article.url).status_code == 404
    assert client.get("/api/v1/articles/expired/").status_code == 404
    for path in ("/", small_site.index.url, "/sitemap.xml", "/articles/feed/"):
        assert "/expired/" not in client.get(path).content.decode()


def test_the_way_to_a_page_names_no_page_that_is_not_public(client, small_site):
    Page.objects.filter(pk=small_site.index.pk).update(live=False)
    html = client.get(small_site.full.url).content.decode()
    assert f'href="{small_site.index.url}"' not in html.partition("<h1")[0]
