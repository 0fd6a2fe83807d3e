"""The OpenAPI document says the truth: of blocks, of answers, of every problem."""

from __future__ import annotations

import json
from contextlib import ExitStack
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from wagtail import blocks

from cms.api.openapi import STREAMS, describe_union, name_component
from cms.changes.cursors import make_check
from cms.pages import BodyPage
from cms.views import build_openapi
from plugins import ArticleBlock
from plugins.registry import make_block_name
from plugins.streams import StableStructBlock
from plugins.streams.api_shapes import UNDESCRIBED
from plugins.testing import registered
from screening_block.models import Recall, Release
from screening_block.packs.load import load_pack
from tests.dummy_plugin.blocks import DistanceBlock, ExplodingBlock, NoticeBlock
from tests.screening_block import small

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(scope="module")
def document() -> Any:
    return json.loads(json.dumps(build_openapi()))


def check(document: Any, schema: Any, value: Any) -> list[str]:
    """What of `value` is not as the schema of the document says."""
    whole = {**schema, "components": document["components"]}
    checked = Draft202012Validator(whole, format_checker=FormatChecker())
    return [
        f"{'/'.join(map(str, one.path))}: {one.message}"
        for one in checked.iter_errors(value)
    ]


def component(name: str) -> Any:
    return {"$ref": f"#/components/schemas/{name}"}


def answers_to(document: Any, path: str, method: str = "get") -> Any:
    return document["paths"][path][method]["responses"]


def test_every_block_of_a_body_is_declared_with_an_example(document):
    schemas = document["components"]["schemas"]
    union = schemas["BodyBlock"]
    names = list(BodyPage.body.field.stream_block.child_blocks)
    assert list(union["discriminator"]["mapping"]) == [*names, "kept"]
    assert {"screener", "help_entries", "table"} <= set(names)
    for kind, reference in union["discriminator"]["mapping"].items():
        described = schemas[reference.rpartition("/")[2]]
        assert described["properties"]["type"] == {"const": kind}
        assert UNDESCRIBED not in json.dumps(described), kind
        (example,) = described["examples"]
        assert check(document, component("BodyBlock"), example) == [], kind
        wrong = {**example, "type": "nowhere"}
        assert check(document, component("BodyBlock"), wrong), kind


def test_a_plugins_block_is_described_by_itself_or_by_its_fields():
    class Deadline(StableStructBlock):
        day = blocks.DateBlock()
        note = blocks.CharBlock(required=False)

    class Own(blocks.CharBlock):
        def get_api_representation(self, value, context=None):
            return {"at": value}

        def get_api_schema(self):
            return {"type": "object", "properties": {"at": {"type": "string"}}}

    class Broken(Own):
        def get_api_schema(self):
            raise RuntimeError("a bug of theirs")

    made = {
        "acme.deadline": Deadline,
        "acme.own": Own,
        "acme.broken": Broken,
        "acme.silent": ExplodingBlock,
        "acme.notice": NoticeBlock,
        "acme.distance": DistanceBlock,
    }
    stream = STREAMS["BodyBlock"].stream_block
    before = describe_union("BodyBlock", stream)
    with ExitStack() as stack:
        for key, block in made.items():
            one = ArticleBlock(key=key, label=key, block=block)
            stack.enter_context(registered("article_blocks", key, one))
        union = describe_union("BodyBlock", stream)
    new = {name: shape for name, shape in union.items() if name not in before}
    values = {name: shape["properties"]["value"] for name, shape in new.items()}
    deadline = values[name_component("acme.deadline")]
    assert deadline["properties"] == {
        "day": {"type": "string", "format": "date"},
        "note": {"type": ["string", "null"]},
    }
    assert values["AcmeOwnBlock"]["properties"] == {"at": {"type": "string"}}
    assert values["AcmeBrokenBlock"] == {"description": UNDESCRIBED}
    assert values["AcmeSilentBlock"] == {"description": UNDESCRIBED}
    assert values["AcmeNoticeBlock"]["properties"]["urgent"] == {"type": "boolean"}
    distance = union["AcmeDistanceBlock"]
    given = DistanceBlock().get_api_representation({"miles": 3})
    assert distance["examples"][0]["value"] == given
    assert Draft202012Validator(distance["properties"]["value"]).is_valid(given)
    assert not Draft202012Validator(distance["properties"]["value"]).is_valid({})
    mapping = union["BodyBlock"]["discriminator"]["mapping"]
    assert set(mapping) > {make_block_name(key) for key in made}


ADDRESSES = {
    "/api/v1/": "/api/v1/",
    "/api/v1/articles/": "/api/v1/articles/",
    "/api/v1/articles/?fields=slug,body": "/api/v1/articles/",
    "/api/v1/articles/?q=conviction&limit=1": "/api/v1/articles/",
    "/api/v1/articles/full/": "/api/v1/articles/{slug}/",
    "/api/v1/articles/full/?text=markdown&expand=screener": "/api/v1/articles/{slug}/",
    "/api/v1/articles/short/?expand=screener": "/api/v1/articles/{slug}/",
    "/api/v1/articles/full/?fields=links,related": "/api/v1/articles/{slug}/",
    "/api/v1/topics/": "/api/v1/topics/",
    "/api/v1/topics/firearms/": "/api/v1/topics/{slug}/",
    "/api/v1/changes/": "/api/v1/changes/",
    "/api/v1/pages/": "/api/v1/pages/",
    "/api/v1/pages/?fields=body,people": "/api/v1/pages/",
    "/api/v1/pages/privacy/": "/api/v1/pages/{place}/",
    "/api/v1/site/": "/api/v1/site/",
    "/api/v1/help/": "/api/v1/help/",
    "/api/v1/screeners/": "/api/v1/screeners/",
    "/api/v1/screeners/small/": "/api/v1/screeners/{key}/",
    "/api/v1/screeners/small/help/": "/api/v1/screeners/{key}/help/",
    "/api/v1/thresholds/": "/api/v1/thresholds/",
    "/api/v1/charts/statutes/": "/api/v1/charts/{key}/",
}
#: A cursor as the feed of changes writes them.
_SAID = "0123456789ab.1.1"
OF_ANOTHER_HISTORY = f"{_SAID}.{make_check(_SAID)}"
PROBLEMS = {
    "/api/v1/articles/?limit=0": ("/api/v1/articles/", "400"),
    "/api/v1/articles/nowhere/": ("/api/v1/articles/{slug}/", "404"),
    "/api/v1/screeners/nowhere/": ("/api/v1/screeners/{key}/", "404"),
    "/api/v1/changes/?after=yesterday": ("/api/v1/changes/", "400"),
    f"/api/v1/changes/?after={OF_ANOTHER_HISTORY}": ("/api/v1/changes/", "410"),
}


def test_answers_are_as_they_are_described(client, small_site, document):
    page = load_pack("schema_pack", small.release(), small_site.home).screener
    small_site.short.body = [{"type": "screener", "value": page.pk}]
    small_site.short.save_revision().publish()
    wrong = {}
    for address, path in ADDRESSES.items():
        answer = client.get(address)
        assert answer.status_code == 200, address
        media = answers_to(document, path)["200"]["content"]["application/json"]
        wrong[address] = check(document, media["schema"], answer.json())
    for address, (path, status) in PROBLEMS.items():
        answer = client.get(address)
        assert answer.status_code == int(status), address
        content = answers_to(document, path)[status]["content"]
        schema = content["application/problem+json"]["schema"]
        wrong[address] = check(document, schema, answer.json())
    release = Release.objects.get()
    address = f"/api/v1/releases/{release.sha256}/"
    wrong["release"] = check(document, component("Release"), client.get(address).json())
    Recall.objects.create(release=release, reason="A date was wrong.")
    gone = client.get(address)
    assert gone.status_code == 410
    wrong["recalled"] = check(document, component("RecalledProblem"), gone.json())
    assert {address: errors for address, errors in wrong.items() if errors} == {}


def test_what_is_asked_for_by_fields_is_all_that_has_to_come(document):
    """Whoever asks for all gets all: those types have nothing optional."""
    schemas = document["components"]["schemas"]
    for name in ("Article", "ArticleSummary", "HelpEntry", "Page", "PageSummary"):
        properties = set(schemas[name]["properties"])
        assert set(schemas[name]["required"]) == properties, name
    assert "required" not in schemas["ArticleFields"]
    assert check(document, component("ArticleFields"), {"slug": "a"}) == []
    assert check(document, component("ArticleFields"), {"colour": "red"})


def test_each_status_has_its_problem_and_each_limit_its_number(document):
    described = {
        path: {method: set(one["responses"]) for method, one in methods.items()}
        for path, methods in document["paths"].items()
    }
    for path, methods in described.items():
        for method, statuses in methods.items():
            assert {"200", "400", "405", "406"} <= statuses, path
            assert ("404" in statuses) == ("{" in path), path
            # A draft is kept by nobody.
            kept = method == "get" and "/previews/" not in path
            assert ("304" in statuses) == kept, path
            assert ({"413", "415", "422"} <= statuses) == (method == "post"), path
            for status in statuses - {"200", "304"}:
                answer = answers_to(document, path, method)[status]
                assert list(answer["content"]) == ["application/problem+json"]
    evaluate = answers_to(document, "/api/v1/screeners/{key}/evaluate/", "post")
    assert evaluate["410"]["content"]["application/problem+json"][
        "schema"
    ] == component("RecalledProblem")
    assert "Retry-After" in evaluate["429"]["headers"]
    listed = document["paths"]["/api/v1/articles/"]["get"]["parameters"]
    limits = {one["name"]: one["schema"] for one in listed}
    assert (limits["limit"]["minimum"], limits["limit"]["maximum"]) == (1, 100)
    assert limits["q"]["maxLength"] == 100
    assert limits["text"]["enum"] == ["html", "markdown", "plain"]
    assert "slug" in limits["fields"]["items"]["enum"]
