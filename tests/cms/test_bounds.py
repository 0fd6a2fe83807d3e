"""No request does unbounded work: searching, numbers, and the size of what is sent."""

import pytest
from django.db import connection
from rest_framework.throttling import SimpleRateThrottle
from wagtail.search.backends.database import SearchBackend

from cms.articles.models import ArticlePage, get_live_articles, search_articles

from .factories import ArticleFactory, publish

API, PAGE = "/api/v1/articles/", "/articles/"


@pytest.fixture
def three_a_minute(monkeypatch) -> None:
    rates = {**SimpleRateThrottle.THROTTLE_RATES, "search": "3/min"}
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", rates)


@pytest.mark.parametrize("order", [[PAGE, API, PAGE], [API, API, API], [PAGE] * 3])
def test_searching_has_one_limit_wherever_it_is_done(
    client, small_site, three_a_minute, order
) -> None:
    for path in order:
        assert client.get(path, {"q": "words"}).status_code == 200
    for path in (PAGE, API):
        refused = client.get(path, {"q": "words"})
        assert refused.status_code == 429
        assert refused["Retry-After"]
        assert client.get(path).status_code == 200, "only searching is limited"
    page = client.get(PAGE, {"q": "words"}).content.decode()
    assert "Please wait a minute" in page
    assert 'value="words"' in page, "what was typed stays"
    assert client.get("/topics/firearms/").status_code == 200
    # Someone else is not concerned.
    other = {"REMOTE_ADDR": "203.0.113.9"}
    assert client.get(PAGE, {"q": "words"}, **other).status_code == 200


@pytest.mark.once  # only reads what others write on both databases
@pytest.mark.parametrize(
    "number", ["0", "-1", "x", "1" * 30, "9" * 5_000, "1e9", "²", ""]
)
@pytest.mark.parametrize(
    ("path", "more"), [(PAGE, {}), (PAGE, {"q": "words"}), ("/topics/firearms/", {})]
)
def test_any_page_number_is_a_page(client, small_site, number, path, more) -> None:
    assert client.get(path, {"page": number, **more}).status_code == 200


@pytest.mark.parametrize(
    "asked",
    [
        {"offset": "9" * 30},
        {"offset": "0" * 20 + "9" * 20},
        {"offset": "1" * 5_000},
        {"offset": "2147483648"},
        {"limit": "9" * 30},
        {"limit": "0" * 30 + "5"},
        {"limit": "101"},
        {"fields": "title," * 5_000 + "nope"},
        {"offset": "٣"},
    ],
)
def test_a_number_that_is_too_large_is_refused_by_its_name(
    client, small_site, asked
) -> None:
    refused = client.get(API, asked)
    assert refused.status_code == 400
    assert [error["path"] for error in refused.json()["errors"]] == list(asked)


@pytest.mark.parametrize(
    "asked",
    [
        {"offset": "2147483647"},
        {"fields": "title," * 5_000 + "title"},
        {"q": "a " * 5_000},
        {"q": "words " * 5_000},
        {"topic": "x" * 5_000},
    ],
)
def test_what_is_long_and_allowed_costs_little(
    client, small_site, asked, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(20):
        assert client.get(API, asked).status_code in (200, 400)


def test_what_wagtail_finds_is_ranked_in_a_fixed_number_of_queries(
    small_site, django_assert_max_num_queries
) -> None:
    for number in range(12):
        article = ArticleFactory(
            parent=small_site.index,
            title="Common " * (number % 4 + 1) + f"{number}",
            slug=f"common-{number}",
            summary="rare common " * (number % 3) + "words " * number,
        )
        publish(article)
    hidden = ArticlePage.objects.get(slug="common-3")
    hidden.unpublish()
    for words in ("common", "rare common", "common words", "nothing", "common 5"):
        found = search_articles(get_live_articles(), words, "en")
        with django_assert_max_num_queries(10):
            pages = [page.pk for page in found]
        # As Wagtail finds it, which counts a title for no more than a body.
        stock = SearchBackend({}).results_class(found.backend, found.query_compiler)
        assert sorted(pages) == sorted(page.pk for page in stock), words
        assert [page.pk for page in found[2:5]] == pages[2:5]
        assert found.count() == len(pages)
        assert hidden.pk not in pages


@pytest.mark.skipif(connection.vendor != "sqlite", reason="how SQLite is asked")
def test_a_common_word_is_not_looked_up_again_for_each_page(small_site) -> None:
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        list(search_articles(get_live_articles(), "words", "en")[:5])
    ranking = [query["sql"] for query in asked if "bm25" in query["sql"]]
    assert len(ranking) == 2, "everywhere, and in titles"
    assert "JOIN" not in "".join(ranking), "SQLite would look them up for each row"


@pytest.mark.once  # refused before anything is written
@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/api/v1/screeners/small/evaluate/", 1_000_000),
        ("/screeners/small/", 1_000_000),
        ("/articles/", 1_000_000),
        ("/es/screeners/small/", 1_000_000),
        ("/embed/v1/small/", 1_000_000),
        ("/admin/login/", 25_000_000),
        ("/admin/images/add/", 25_000_000),
    ],
)
@pytest.mark.parametrize("more", [1, 10**9, 10**40])
def test_a_body_that_is_too_large_is_refused_unread(
    client, db, path, most, more
) -> None:
    class Unreadable:
        def read(self, *_args):
            raise AssertionError("it was read")

        readline = read

    sent = client.generic("POST", path, b"", "multipart/form-data; boundary=x")
    assert sent.status_code != 413
    refused = client.generic(
        "POST",
        path,
        b"x",
        "multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(most + more),
        **{"wsgi.input": Unreadable()},
    )
    assert refused.status_code == 413
    said = refused.content.decode()
    assert f"{most // 1_000_000} MB" in said
    if path.startswith("/es/"):
        assert "demasiado grande" in said
    if path.startswith("/api/"):
        assert refused["Content-Type"] == "application/problem+json"


def test_so_many_fields_are_refused_in_words(admin_client, settings) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
    fields = {f"f{number}": "x" for number in range(10_001)}
    refused = admin_client.post("/admin/images/add/", fields)
    assert refused.status_code == 400
    assert "10,000 fields" in refused.content.decode()


def test_so_much_text_is_refused_in_words(admin_client) -> None:
    refused = admin_client.post("/admin/images/add/", {"title": "x" * 5_100_000})
    assert refused.status_code == 400
    assert "At most 5 MB" in refused.content.decode()


def test_an_evaluation_reads_no_more_than_it_allows(client, small_site) -> None:
    class Endless:
        given = 0

        def read(self, size=-1):
            assert 0 <= size <= 1_000_001, "it would be read whole"
            Endless.given += size
            return b" " * size

    from screening_block.api.parsers import StrictJSONParser

    with pytest.raises(Exception, match="too large"):
        StrictJSONParser().parse(Endless())
    assert Endless.given <= 1_000_001
