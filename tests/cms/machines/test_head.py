"""The head of pages: what search engines and previews of links are told."""

from __future__ import annotations

import datetime
import json
from io import BytesIO
from unittest import mock
from urllib.parse import urlsplit

import jsonschema
import pytest
from django.contrib.staticfiles import finders
from PIL import Image
from wagtail.images.models import SourceImageIOError
from wagtail.models import Locale, PageViewRestriction

from cms.articles.models import ArticlePage
from cms.identity.models import SiteSettings
from screening_block.models import Screener
from tests.cms.factories import ArticleFactory, block, items, link, publish
from tests.screening_block.conftest import load_small

from .search_engines import HeadOf, check_node, check_preview

# Once: only reads what others write on both databases.
pytestmark = pytest.mark.once

PAGES = ["/", "/articles/", "/articles/full/", "/articles/short/", "/privacy/"]


def head_of(client, address: str) -> HeadOf:
    answer = client.get(address)
    assert answer.status_code == 200
    return HeadOf(answer.content.decode())


@pytest.fixture
def full(small_site) -> ArticlePage:
    for page in (small_site.home, small_site.index, small_site.privacy):
        page.search_description = f"About {page.title}"
        publish(page)
    return small_site.full


@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_a_whole_preview_and_sound_data(client, full, address):
    head = head_of(client, address)
    check_preview(head)
    assert head.canonical == f"http://testserver{address}"
    assert head.one("description") == head.one("og:description")
    assert {"Organization", "WebSite", "WebPage"} <= set(head.data)
    assert ("BreadcrumbList" in head.data) == (address != "/")
    assert head.alternates == {}
    assert head.rel("manifest") == ["/site.webmanifest"]
    assert len(head.rel("apple-touch-icon")) == 1


def test_an_article_says_when_about_what_and_with_its_picture(client, full):
    head = head_of(client, "/articles/full/")
    assert head.one("og:type") == "article"
    for name, value in (("published", "Published"), ("modified", "Modified")):
        told = datetime.datetime.fromisoformat(head.one(f"article:{name}_time"))
        data = head.data["Article"][f"date{value}"]
        assert told == datetime.datetime.fromisoformat(data)
    assert head.one("article:section") == "Firearms"
    assert head.meta["article:tag"] == ["Firearms", "Green card"]
    picture = client.get(urlsplit(head.one("og:image")).path)
    image = Image.open(BytesIO(b"".join(picture.streaming_content)))
    assert (image.format, image.size) == ("JPEG", (1200, 630))
    assert head.data["Article"]["image"]["url"] == head.one("og:image")
    assert head_of(client, "/privacy/").one("og:type") == "website"


def test_a_picture_that_cannot_be_made_leaves_the_sites_own(client, full):
    small = "wagtail.images.models.Image.get_rendition"
    with mock.patch(small, side_effect=SourceImageIOError("full")):
        head = head_of(client, "/articles/full/")
    check_preview(head)
    assert head.one("og:image").endswith("/static/cms/social.png")


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("social.png", (1200, 630)),
        ("icon-180.png", (180, 180)),
        ("icon-192.png", (192, 192)),
        ("icon-512.png", (512, 512)),
    ],
)
def test_drawn_pictures_have_their_size_and_are_light(name, size):
    path = finders.find(f"cms/{name}")
    with open(path, "rb") as file:
        content = file.read()
    assert len(content) < 40_000
    assert Image.open(BytesIO(content)).size == size


def test_the_manifest_names_icons_that_are_there(client, small_site):
    answer = client.get("/site.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    manifest = answer.json()
    assert (manifest["lang"], manifest["start_url"]) == ("en", "/")
    spanish = client.get("/es/site.webmanifest").json()
    assert (spanish["lang"], spanish["start_url"]) == ("es", "/es/")
    assert manifest["name"] == "Plain Terms"
    assert manifest["display"] == "browser"
    sizes = [icon["sizes"] for icon in manifest["icons"]]
    assert {"192x192", "512x512"} <= set(sizes)
    for icon in manifest["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/"))


# -- Structured data -----------------------------------------------------------


def test_the_home_page_tells_where_to_search(client, full):
    action = head_of(client, "/").data["WebSite"]["potentialAction"]
    template = action["target"]["urlTemplate"]
    assert template == "http://testserver/articles/?q={search_term_string}"
    found = client.get(template.replace("{search_term_string}", "conviction"))
    assert "1 article for" in found.content.decode()
    assert "potentialAction" not in head_of(client, "/privacy/").data["WebSite"]


def test_breadcrumbs_lead_from_the_home_page_to_the_page(client, full):
    crumbs = head_of(client, "/articles/full/").data["BreadcrumbList"]
    assert [(c["name"], c["item"]) for c in crumbs["itemListElement"]] == [
        ("Home", "http://testserver/"),
        ("Articles", "http://testserver/articles/"),
        ("Full", "http://testserver/articles/full/"),
    ]


def test_questions_and_answers_are_told_with_absolute_links(client, full):
    (question,) = head_of(client, "/articles/full/").data["FAQPage"]["mainEntity"]
    assert question["name"] == "Why?"
    assert question["acceptedAnswer"]["text"] == (
        '<p><a href="http://testserver/articles/short/">So</a></p>'
    )
    assert "FAQPage" not in head_of(client, "/articles/short/").data


def test_only_a_review_with_a_name_and_a_day_is_told(client, full):
    page = head_of(client, "/articles/full/").data["WebPage"]
    assert "reviewedBy" not in page
    assert "lastReviewed" not in page
    full.reviewed_by, full.reviewed_on = "Ana Reyes, Esq.", datetime.date(2026, 1, 1)
    publish(full)
    page = head_of(client, "/articles/full/").data["WebPage"]
    assert page["reviewedBy"] == {"@type": "Person", "name": "Ana Reyes, Esq."}
    assert page["lastReviewed"] == "2026-01-01"


def test_an_office_is_told_of_only_if_it_is_one_with_its_address(client, full):
    settings = SiteSettings.objects.get()
    settings.address = "1 Main Street\nOakland, CA 94601"
    settings.phones = "Office: 510-555-0100"
    settings.hours = "Mon-Fri 9:00-17:00"
    settings.save()
    maker = head_of(client, "/").data["Organization"]
    assert maker["telephone"] == "+15105550100"
    assert "openingHoursSpecification" not in maker
    settings.is_legal_service = True
    settings.save()
    office = head_of(client, "/").data["LegalService"]
    assert office["address"] == "1 Main Street Oakland, CA 94601"
    assert office["openingHoursSpecification"][0]["opens"] == "09:00"
    settings.address = ""
    settings.save()
    assert "LegalService" not in head_of(client, "/").data


def test_nothing_written_in_a_page_breaks_out_of_its_data(client, full):
    evil = "</script><script>alert(1)</script> & co"
    full.title = evil
    full.body = [
        block(
            "questions_and_answers",
            {"items": items({"question": evil, "answer": "<p>No &amp; yes</p>"})},
        )
    ]
    publish(full)
    html = client.get("/articles/full/").content.decode()
    assert "alert(1)</script>" not in html
    head = HeadOf(html)
    assert head.data["Article"]["headline"] == evil
    assert head.data["FAQPage"]["mainEntity"][0]["name"] == evil
    assert head.one("og:title") == evil


def test_the_schema_refuses_what_search_engines_refuse(client, full):
    article = head_of(client, "/articles/full/").data["Article"]
    for name in ("image", "author", "datePublished", "headline"):
        with pytest.raises(jsonschema.ValidationError):
            check_node({key: value for key, value in article.items() if key != name})


# -- Screeners -----------------------------------------------------------------


@pytest.fixture
def screener(full) -> Screener:
    load_small()
    return Screener.objects.get()


@pytest.mark.parametrize("address", ["/small/", "/screeners/small/"])
def test_a_screeners_pages_describe_themselves(client, screener, address):
    head = head_of(client, address)
    check_preview(head)
    assert head.canonical == "http://testserver/small/"
    assert 10 < len(head.one("description")) <= 160
    assert "{" not in head.one("description")
    crumbs = head.data["BreadcrumbList"]["itemListElement"]
    assert [crumb["item"] for crumb in crumbs] == [
        "http://testserver/",
        "http://testserver/small/",
    ]
    screener.search_description = "Answer a few questions."
    publish(screener)
    assert head_of(client, address).one("description") == "Answer a few questions."


def test_a_screeners_page_shows_the_way_to_it(client, screener):
    html = client.get("/small/").content.decode()
    assert 'class="trail"' in html
    step = client.post("/screeners/small/", {"do": "next"}).content.decode()
    # A link there would lose the answers so far.
    assert 'class="trail"' not in step
    assert "ld+json" not in step


# -- Languages -----------------------------------------------------------------


def test_each_language_of_a_page_names_the_others(client, full, small_site):
    spanish = Locale.objects.create(language_code="es")
    home = publish(small_site.home.copy_for_translation(spanish))
    index = publish(small_site.index.copy_for_translation(spanish))
    translated = full.copy_for_translation(spanish)
    translated.title = "Entero"
    publish(translated)
    draft = small_site.short.copy_for_translation(spanish)
    draft.save_revision()
    english = "http://testserver/articles/full/"
    there = home.full_url + "articles/full/"
    wanted = {"en": english, "es": there, "x-default": english}
    for address in ("/articles/full/", "/es/articles/full/"):
        head = head_of(client, address)
        assert head.alternates == wanted
        check_preview(head)
    assert head.language == "es"
    assert head.canonical == there
    assert head.one("og:locale") == "es_US"
    assert head.meta["og:locale:alternate"] == ["en_US"]
    assert head.data["Article"]["inLanguage"] == "es"
    # A draft is no translation, and what is closed to some is none for anybody.
    assert head_of(client, "/articles/short/").alternates == {}
    PageViewRestriction.objects.create(page=index, restriction_type="login")
    assert head_of(client, "/articles/full/").alternates == {}


def test_the_head_costs_few_queries(client, full, django_assert_max_num_queries):
    client.get("/articles/full/")
    with django_assert_max_num_queries(32):
        client.get("/articles/full/")


def test_a_preview_of_a_draft_has_no_address(rf, full, admin_user):
    article = ArticleFactory.build(title="Draft", slug="draft")
    article.locale = full.locale
    article.body = [block("text", link(full, "So"))]
    answer = article.make_preview_request(extra_request_attrs={"user": admin_user})
    html = (
        answer.render().content.decode()
        if hasattr(answer, "render")
        else str(answer.content, "utf-8")
    )
    head = HeadOf(html)
    assert head.one("og:title") == "Draft"
    assert head.rel("canonical") == []
    assert json.dumps(head.data) == "{}"
