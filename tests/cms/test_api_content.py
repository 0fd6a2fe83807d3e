"""What the content API gives beyond the text: references, forms, filters, pages."""

from __future__ import annotations

import datetime as dt
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.identity.models import MainItem, Person, SiteSettings
from screening_block.packs.load import load_pack
from tests.screening_block import small

from .factories import ArticleFactory, StandardPageFactory, block, link, publish

# One that reads what others write on both databases.
pytestmark = pytest.mark.django_db


def get(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    return answer.json()


def slugs(client, query):
    results = get(client, f"/api/v1/articles/?fields=slug&{query}")["results"]
    return [one["slug"] for one in results]


def test_a_link_is_a_reference_as_well(client, small_site):
    article = get(client, "/api/v1/articles/full/")
    short = {
        "type": "article",
        "id": small_site.short.pk,
        "slug": "short",
        "key": None,
        "locale": "en",
        "title": "Short",
        "url": "http://testserver/articles/short/",
    }
    assert article["links"] == [short]
    assert f'href="{short["url"]}"' in str(article["body"])
    values = {one["type"]: one["value"] for one in article["body"]}
    assert values["call_to_action"]["link"] == short
    assert article["related"] == [{**short, "summary": small_site.short.summary}]
    PageViewRestriction.objects.create(
        page=small_site.short, restriction_type=PageViewRestriction.LOGIN
    )
    article = get(client, "/api/v1/articles/full/")
    values = {one["type"]: one["value"] for one in article["body"]}
    assert article["links"] == article["related"] == []
    assert values["call_to_action"]["url"] is values["call_to_action"]["link"] is None
    assert "articles/short" not in str(article)


def test_text_leaves_as_markdown_and_without_marks_of_the_editor(client, small_site):
    marked = f'<p data-block-key="a1b2c">Of <b>law</b></p>{link(small_site.full, "F")}'
    small_site.short.body = [block("text", marked)]
    publish(small_site.short)
    address = "/api/v1/articles/short/?fields=body"
    (text,) = get(client, address)["body"]
    url = "http://testserver/articles/full/"
    assert text["value"] == f'<p>Of <b>law</b></p><p><a href="{url}">F</a></p>'
    (text,) = get(client, f"{address}&text=markdown")["body"]
    assert text["value"] == f"Of **law**\n\n[F]({url})"


def test_an_image_has_copies_a_focus_and_words(client, small_site):
    image = small_site.full.hero_image
    image.description = "Papers in a pile"
    image.focal_point_x, image.focal_point_y = image.width // 2, image.height // 4
    image.focal_point_width = image.focal_point_height = 10
    image.save()
    shown = get(client, "/api/v1/articles/full/?fields=image")["image"]
    assert shown["alt"] == "Papers in a pile"
    assert shown["focal_point"] == {"x": 0.5, "y": 0.25}
    widths = [one["width"] for one in shown["renditions"]]
    assert widths == [480, 960, shown["width"]]
    assert shown["renditions"][-1]["url"] == shown["url"]
    for one in shown["renditions"]:
        assert f"{one['url']} {one['width']}w" in shown["srcset"]


def test_articles_are_found_by_review_and_by_change(client, small_site):
    today = timezone.localdate()
    day = dt.timedelta(days=1)

    def review(article, **said):
        for name, value in said.items():
            setattr(article, name, value)
        return publish(article)

    review(small_site.full, reviewed_by="A. Lawyer", reviewed_on=today - 9 * day)
    person = Person.objects.create(name="B. Lawyer", locale=small_site.home.locale)
    late = ArticleFactory(parent=small_site.index, slug="late")
    due = today - day
    review(late, reviewer=person, reviewed_on=today - 9 * day, next_review_due=due)
    for state in ("reviewed", "overdue", "unreviewed"):
        listed = get(client, f"/api/v1/articles/?review={state}&fields=slug,review")
        assert {one["review"]["state"] for one in listed["results"]} == {state}
    assert slugs(client, "review=overdue") == ["late"]
    person.live = False
    person.save()
    assert set(slugs(client, "review=unreviewed")) == {"late", "short"}
    late.refresh_from_db()
    since = quote(late.last_published_at.isoformat())
    assert slugs(client, f"updated_since={since}&order=updated") == ["late"]
    assert slugs(client, "updated_since=2999-01-01T00:00:00Z") == []


def test_a_cursor_misses_and_repeats_nothing_while_articles_come(client, small_site):
    for number in range(3):
        publish(ArticleFactory(parent=small_site.index, slug=f"a{number}"))
    for order in ("published", "-published", "updated", "-updated"):
        expected = slugs(client, f"order={order}")
        address = f"/api/v1/articles/?fields=slug&limit=2&order={order}"
        seen, cursor = [], ""
        while cursor is not None:
            page = get(client, address + (f"&cursor={cursor}" if cursor else ""))
            assert page["count"] == len(expected) or order == "-published"
            seen += [one["slug"] for one in page["results"]]
            cursor = page["next_cursor"]
            if order == "-published" and len(seen) == 2:
                publish(ArticleFactory(parent=small_site.index, slug="meanwhile"))
        # By time alone it comes at the end of what begins with the oldest.
        assert seen == expected
    assert slugs(client, "q=conviction&order=published") == ["full"]
    assert slugs(client, "q=conviction&cursor=0-0") == []


def test_a_screener_comes_with_what_an_embedder_needs(client, small_site):
    page = load_pack("api_pack", small.release(), small_site.home).screener
    small_site.short.body = [block("screener", page.pk), block("text", link(page, "Q"))]
    publish(small_site.short)
    article = get(client, "/api/v1/articles/short/")
    assert article["body"][0]["value"] == {"key": "small", "title": page.title}
    assert [(one["type"], one["key"]) for one in article["links"]] == [
        ("screener", "small")
    ]
    article = get(client, "/api/v1/articles/short/?expand=screener")
    embed = article["body"][0]["value"]["embed"]
    assert embed["locales"] == ["en"]
    for name in ("source", "script", "frame", "page", "oembed"):
        answer = client.get(embed[name].removeprefix("http://testserver"))
        assert answer.status_code == 200, name
    release = client.get(embed["source"].removeprefix("http://testserver"))
    assert embed["release"] in release["ETag"]


def test_pages_are_listed_and_read_by_id_and_by_path(client, small_site):
    below = publish(StandardPageFactory(parent=small_site.privacy, slug="cookies"))
    below.body = [block("text", link(small_site.short, "Short"))]
    publish(below)
    listed = get(client, "/api/v1/pages/")
    assert [one["path"] for one in listed["results"]] == [
        "",
        "articles",
        "privacy",
        "privacy/cookies",
    ]
    assert [one["type"] for one in listed["results"]] == [
        "home",
        "article_list",
        "standard",
        "standard",
    ]
    assert listed["results"][0]["parent"] is None
    assert listed["results"][3]["parent"] == small_site.privacy.pk
    assert get(client, "/api/v1/pages/?type=article")["count"] == 2
    assert get(client, "/api/v1/pages/?type=nothing")["count"] == 0
    page = get(client, "/api/v1/pages/privacy/cookies/")
    assert page == get(client, f"/api/v1/pages/{below.pk}/")
    assert page["links"][0]["slug"] == "short"
    assert [one["type"] for one in page["body"]] == ["text"]
    assert client.get("/api/v1/pages/nowhere/").status_code == 404
    PageViewRestriction.objects.create(
        page=small_site.privacy, restriction_type=PageViewRestriction.LOGIN
    )
    assert get(client, "/api/v1/pages/?type=standard")["count"] == 0
    for place in ("privacy", "privacy/cookies", below.pk):
        assert client.get(f"/api/v1/pages/{place}/").status_code == 404


def test_the_site_gives_its_name_its_contact_and_its_menus(client, small_site):
    site = get(client, "/api/v1/site/")
    said = SiteSettings.objects.get()
    assert (site["name"], site["disclaimer"]) == (said.name, said.disclaimer)
    assert site["home"]["id"] == small_site.home.pk
    assert site["locales"] == ["en"]
    said.main_items = [
        MainItem(page=small_site.privacy, label="What we keep"),
        MainItem(url="https://example.org/", label="Elsewhere"),
        MainItem(url="/glossary/", label="Words"),
        MainItem(page=small_site.short),
    ]
    said.save_revision().publish()
    PageViewRestriction.objects.create(
        page=small_site.short, restriction_type=PageViewRestriction.LOGIN
    )
    private, elsewhere, words = get(client, "/api/v1/site/")["menus"]["main"]
    assert private["label"] == "What we keep"
    assert private["link"]["id"] == small_site.privacy.pk
    assert elsewhere == {
        "label": "Elsewhere",
        "url": "https://example.org/",
        "link": None,
    }
    # Whoever reads it is not at this address.
    assert words["url"] == "http://testserver/glossary/"
    # In a language without settings it has its name alone.
    spanish = get(client, "/api/v1/site/?locale=es")
    assert (spanish["disclaimer"], spanish["home"]) == ("", None)


READ = [
    "/api/v1/",
    "/api/v1/articles/",
    "/api/v1/articles/full/",
    "/api/v1/topics/",
    "/api/v1/pages/",
    "/api/v1/pages/privacy/",
    "/api/v1/site/",
    "/api/v1/screeners/",
    "/api/v1/thresholds/",
    "/api/v1/help/",
]


@pytest.mark.once
def test_whoever_has_an_answer_is_told_that_nothing_changed(client, small_site):
    for address in READ:
        first = client.get(address, headers={"origin": "https://example.org"})
        etag = first["ETag"]
        assert first["Cache-Control"] == "public, max-age=60", address
        exposed = first["Access-Control-Expose-Headers"]
        assert {"etag", "retry-after"} <= set(exposed.split(", ")), address
        again = client.get(address, headers={"if-none-match": etag})
        assert (again.status_code, again.content) == (304, b""), address
        assert again["ETag"] == etag, address
    small_site.full.title = "Fuller"
    publish(small_site.full)
    before = client.get("/api/v1/articles/full/", headers={"if-none-match": etag})
    assert before.status_code == 200


@pytest.mark.once
def test_the_slash_at_the_end_is_not_needed(client, small_site):
    for address in READ:
        bare = client.get(address.removesuffix("/"))
        assert (bare.status_code, bare.content) == (200, client.get(address).content)
    for address in ("/api/v1/screeners/none/evaluate", "/api/v1/articles"):
        answer = client.post(address, "{}", content_type="application/json")
        assert answer.status_code in (400, 404, 405), address
        assert answer["Content-Type"] == "application/problem+json"
    assert client.post("/api/v1/articles")["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.once
def test_what_is_sent_to_no_endpoint_is_not_found(small_site):
    strict = Client(enforce_csrf_checks=True)
    for address in ("/api/v1/nothing/", "/api/v1/screeners/Ç/evaluate/", "/api/"):
        answer = strict.post(address, "{}", content_type="application/json")
        assert answer.status_code == 404
        assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.once
def test_a_body_that_is_too_large_is_refused_as_such(client, small_site):
    address = "/api/v1/screeners/none/evaluate/"
    answer = client.post(address, b"x" * 1_100_000, content_type="application/json")
    assert answer.status_code == 413
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.once
def test_the_index_leads_everywhere(client, small_site):
    for name, address in get(client, "/api/v1/").items():
        assert client.get(address.removeprefix("http://testserver")), name
