"""The article API: its shapes, its refusals, and that only public content leaves."""

import json
import re

import pytest
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction, Site

from cms.reference import build_reference
from cms.views import build_openapi

from .factories import ArticleFactory, HomePageFactory, IndexFactory, publish

SUMMARY = {
    "id",
    "slug",
    "locale",
    "translation_reviewed",
    "title",
    "summary",
    "url",
    "topics",
    "image",
    "published_at",
    "updated_at",
    "reading_minutes",
    "authors",
    "review",
}


def test_a_list_has_the_declared_shape(client, small_site):
    data = client.get("/api/v1/articles/").json()
    assert set(data) == {"count", "next", "previous", "next_cursor", "results"}
    assert data["count"] == 2
    article = data["results"][0]
    assert set(article) == SUMMARY
    assert article["url"] == "http://testserver/articles/full/"
    assert article["topics"] == [
        {"slug": "firearms", "name": "Firearms"},
        {"slug": "green-card", "name": "Green card"},
    ]
    assert article["review"] == {
        "state": "unreviewed",
        "reviewed_by": None,
        "reviewed_on": None,
        "next_review_due": None,
        "law_checked_on": None,
    }
    assert article["image"]["url"].startswith("http://testserver/media/")


def test_pages_of_a_list_lead_to_one_another(client, small_site):
    first = client.get("/api/v1/articles/?limit=1&fields=slug").json()
    assert first["results"] == [{"slug": "full"}]
    assert first["previous"] is None
    second = client.get(first["next"]).json()
    assert second["results"] == [{"slug": "short"}]
    assert second["next"] is None
    assert client.get(second["previous"]).json() == first


def test_topic_and_words_narrow_the_list(client, small_site):
    def slugs(query):
        results = client.get(f"/api/v1/articles/?{query}").json()["results"]
        return [article["slug"] for article in results]

    assert slugs("topic=green-card") == ["full"]
    assert slugs("topic=unknown") == []
    assert slugs("q=conviction") == ["full"]
    assert slugs("q=conviction&topic=firearms") == ["full"]
    assert slugs("q=conviction&fields=slug,body") == ["full"]
    assert slugs("locale=es") == []


def test_topics_are_counted(client, small_site):
    assert client.get("/api/v1/topics/").json() == {
        "count": 2,
        "results": [
            {"slug": "firearms", "name": "Firearms", "article_count": 2},
            {"slug": "green-card", "name": "Green card", "article_count": 1},
        ],
    }


def test_rich_text_leaves_as_clean_html_with_absolute_links(client, small_site):
    data = client.get("/api/v1/articles/full/").json()
    assert set(data) == SUMMARY | {"body", "links", "related", "translations"}
    text = str(data["body"])
    assert "linktype" not in text
    assert not re.search(r'(href|src)="(?!https?://)', text)
    values = {}
    for item in data["body"]:
        assert set(item) == {"type", "value", "id"}
        values.setdefault(item["type"], item["value"])
    assert values["text"] == (
        "<p>Words &amp; <b>more</b>.</p>"
        '<p><a href="http://testserver/articles/short/">Short</a></p>'
    )
    assert values["call_to_action"]["url"] == "http://testserver/articles/short/"
    assert values["law_quotation"]["status"] == "verified"
    assert values["image"]["alt"] == "Hills"
    assert values["image"]["url"].startswith("http://testserver/media/")
    cell = values["table"]["rows"][0]["values"][1]
    assert 'href="http://testserver/articles/short/"' in cell


def test_plain_text_has_no_markup(client, small_site):
    data = client.get("/api/v1/articles/full/?text=plain&fields=body").json()
    assert set(data) == {"body"}
    texts = [item["value"] for item in data["body"] if item["type"] == "text"]
    assert texts == [
        "Words & more.\n\nShort (http://testserver/articles/short/)",
        "Out (https://example.org/x?a=1&b=2)",
    ]
    assert "<p>" not in str(data)


def test_only_live_public_articles_leave(client, small_site):
    ArticleFactory(parent=small_site.index, slug="draft", live=False)
    private = ArticleFactory(parent=small_site.index, slug="private")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    assert client.get("/api/v1/articles/").json()["count"] == 2
    assert client.get("/api/v1/articles/draft/").status_code == 404
    assert client.get("/api/v1/articles/private/").status_code == 404
    # A newer draft of a live article stays a draft.
    small_site.short.title = "Not yet"
    small_site.short.save_revision()
    assert client.get("/api/v1/articles/short/").json()["title"] == "Short"


def test_another_site_of_the_same_installation_keeps_its_articles(client, small_site):
    home = HomePageFactory(parent=Page.get_first_root_node(), slug="other")
    Site.objects.create(hostname="other.example.org", root_page=home)
    index = IndexFactory(parent=home)
    publish(ArticleFactory(parent=index, slug="theirs"))
    assert client.get("/api/v1/articles/").json()["count"] == 2
    assert client.get("/api/v1/articles/theirs/").status_code == 404


@pytest.mark.once  # refused before anything is written
@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("/api/v1/articles/?colour=red", "colour"),
        ("/api/v1/articles/?limit=0", "limit"),
        ("/api/v1/articles/?limit=101", "limit"),
        ("/api/v1/articles/?limit=%D9%A3", "limit"),
        ("/api/v1/articles/?offset=-1", "offset"),
        ("/api/v1/articles/?offset=99999999999999999999", "offset"),
        ("/api/v1/articles/?fields=slug,secret", "fields"),
        ("/api/v1/articles/?fields=review_note", "fields"),
        ("/api/v1/articles/?locale=xx", "locale"),
        ("/api/v1/articles/?text=md", "text"),
        ("/api/v1/articles/?order=title", "order"),
        ("/api/v1/articles/?review=yes", "review"),
        ("/api/v1/articles/?expand=author", "expand"),
        ("/api/v1/articles/?cursor=last", "cursor"),
        ("/api/v1/articles/?updated_since=2026-11-30", "updated_since"),
        ("/api/v1/articles/?updated_since=2026-13-30T09:00:00Z", "updated_since"),
        ("/api/v1/articles/?format=xml", "format"),
        (f"/api/v1/articles/?q={'a' * 101}", "q"),
        ("/api/v1/pages/?topic=a", "topic"),
        ("/api/v1/site/?limit=2", "limit"),
        ("/api/v1/?limit=2", "limit"),
        ("/api/v1/articles/?q=a&q=b", "q"),
        ("/api/v1/articles/?q=a%00b", "q"),
        ("/api/v1/articles/full/?q=a", "q"),
        ("/api/v1/topics/?q=a", "q"),
    ],
)
def test_a_parameter_not_understood_is_refused_and_named(
    client, small_site, address, place
):
    response = client.get(address)
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
    assert [error["path"] for error in response.json()["errors"]] == [place]


@pytest.mark.once  # refused before anything is written
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_article_api_only_reads(client, small_site, method):
    response = getattr(client, method)("/api/v1/articles/full/")
    assert response.status_code == 405
    assert response.headers["Content-Type"] == "application/problem+json"


def test_other_sites_may_read_the_api_and_nothing_else(client, small_site):
    origin = {"origin": "https://example.org"}
    api = client.get("/api/v1/articles/", headers=origin)
    assert api.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in api.headers
    page = client.get("/articles/", headers=origin)
    assert "Access-Control-Allow-Origin" not in page.headers


def test_a_list_costs_the_same_however_long(
    client, small_site, django_assert_max_num_queries
):
    client.get("/api/v1/articles/")
    for _ in range(10):
        publish(ArticleFactory(parent=small_site.index))
    with django_assert_max_num_queries(9):
        assert client.get("/api/v1/articles/").json()["count"] == 12


def test_the_description_covers_our_endpoints_only(client, db):
    schema = client.get("/api/schema/").json()
    assert schema["openapi"].startswith("3.1")
    paths = set(schema["paths"])
    assert {
        "/api/v1/articles/",
        "/api/v1/articles/{slug}/",
        "/api/v1/topics/",
        "/api/v1/screeners/{key}/evaluate/",
    } <= paths
    assert all(path.startswith("/api/v1/") for path in paths)


def test_the_reference_page_names_every_endpoint(client, db):
    html = client.get(reverse("api-docs")).content.decode()
    for path in client.get("/api/schema/").json()["paths"]:
        assert path in html


def test_the_reference_page_says_what_may_come_where_it_may_be_several_things(db):
    operations = [
        operation
        for group in build_reference(build_openapi()).groups.values()
        for operation in group
    ]
    shapes = {
        operation.path: shape
        for operation in operations
        for status, _about, shape in operation.responses
        if status == "200" and shape
    }
    for path, shape in shapes.items():
        assert "object | object" not in shape, path
    article = json.loads(shapes["/api/v1/articles/{slug}/"])
    assert "HeadingBlock | TextBlock | " in article["body"][0]
    assert article["image"]["focal_point"] == {"x": "number", "y": "number"}
    screener = json.loads(shapes["/api/v1/screeners/{key}/"])
    assert screener["questions"][0]["ask_when"] == "ReleaseCondition"
