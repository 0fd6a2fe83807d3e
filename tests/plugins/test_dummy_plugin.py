"""The dummy plugin: every kind of contribution, each used as the product uses it."""

from pathlib import Path

import pytest
from django.test import Client

from plugins import (
    ApiRoutes,
    ArticleBlock,
    LawPack,
    QuestionType,
    ResultAction,
    registry,
    resolve,
)
from plugins.streams import StableStreamBlock, registry_blocks
from plugins.testing import (
    OperatorConformance,
    VectorContext,
    registered,
    without_plugin,
)
from screening_block import engine
from tests.dummy_plugin.operators import Multiple
from tests.kitapp.models import KitPage


class TestMultiple(OperatorConformance):
    key = "dummy_plugin.multiple"


class Hasty(Multiple):
    """Takes "not sure" for no."""

    def evaluate(self, node, ctx):
        return super().evaluate(node, ctx) if ctx.answer(node["question"]) else 0


class OneHalf(Multiple):
    client_module = "dummy_plugin/one_half.js"


@pytest.mark.parametrize(
    ("operator", "test"),
    [
        (Hasty, "test_python_half_agrees_with_the_vectors"),
        (Hasty, "test_one_more_answer_never_changes_a_yes_or_a_no"),
        (OneHalf, "test_client_half_agrees_with_the_vectors"),
    ],
)
def test_conformance_finds_a_bad_half(operator, test, tmp_path, settings):
    settings.STATICFILES_DIRS = [tmp_path]
    (tmp_path / "dummy_plugin").mkdir()
    (tmp_path / "dummy_plugin" / "one_half.js").write_text(
        "export default { evaluate: (node, ctx) => "
        "(ctx.answer(node.question) ?? 0) % node.of ? 0 : 2 };"
    )
    with (
        without_plugin("dummy_plugin"),
        registered("operators", "dummy_plugin.multiple", operator()),
        pytest.raises(AssertionError),
    ):
        getattr(TestMultiple(), test)()


def test_an_operator_sees_only_answers_that_its_node_names():
    node = {"op": "dummy_plugin.multiple", "question": "months", "of": 3}
    case = {"as_of": "2026-11-23", "node": node, "answers": {"months": 6, "age": 9}}
    context = VectorContext(case)
    assert context.answer("months") == 6
    with pytest.raises(KeyError):
        context.answer("age")


def plugins_own(kind):
    """What a release is loaded with: the core's own have no prefix."""
    return {key: obj for key, obj in registry.all(kind).items() if "." in key}


RELEASE = {
    "format": 1,
    "key": "dummy",
    "jurisdiction": "us-ca",
    "locale": "en",
    "time_zone": "America/Los_Angeles",
    "roll": "last_day",
    "review": {"reviewer": None, "reviewed_on": None, "next_due": None},
    "questions": [{"key": "share", "type": "dummy_plugin.percent"}],
    "charts": {},
    "thresholds": {},
    "facts": [],
    "findings": [
        {
            "key": "third",
            "group": "next",
            "severity": "info",
            "applies_when": {
                "op": "dummy_plugin.multiple",
                "question": "share",
                "of": 3,
            },
            "citations": [],
            "status": "needs_checking",
            "checked_on": None,
            "actions": [],
        }
    ],
    "texts": {
        "en": {
            "title": "T",
            "intro": "I",
            "questions": {"share": {"label": "Share?", "why": "Because."}},
            "charts": {},
            "thresholds": {},
            "facts": {},
            "findings": {"third": {"heading": "H", "body": "B"}},
        }
    },
}


def level(answers):
    release = engine.load_release(
        RELEASE,
        operators=plugins_own("operators"),
        question_types=plugins_own("question_types"),
    )
    return engine.levels(release, engine.parse_answers(release, answers), "2026-11-23")[
        "third"
    ]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [({"share": 9}, "applies"), ({"share": 10}, "not_apply"), ({}, "may_apply")],
)
def test_the_engine_evaluates_with_its_operator_and_question_type(answers, expected):
    assert level(answers) == expected


def test_the_engine_refuses_what_its_question_type_refuses():
    assert isinstance(resolve("question_types", "dummy_plugin.percent"), QuestionType)
    with pytest.raises(engine.AnswerError):
        level({"share": 101})


def test_its_question_type_can_be_edited():
    block = registry_blocks("question_types", name="Questions", required=False)()
    assert isinstance(block, StableStreamBlock)
    assert "dummy_plugin__percent" in block.child_blocks
    assert not block.meta.required
    with without_plugin("dummy_plugin"):
        assert "dummy_plugin__percent" not in block.child_blocks


def test_its_action_says_what_to_show():
    action = resolve("result_actions", "dummy_plugin.call_back")
    assert isinstance(action, ResultAction)
    assert action.present({"county": "Kern"}, "es") == {
        "label": "Ask for a call back (Kern)",
        "url": "https://example.org/es/call/Kern",
    }


def test_its_blocks_are_offered_where_they_belong():
    block = resolve("article_blocks", "dummy_plugin.notice")
    assert isinstance(block, ArticleBlock)
    offered = dict(KitPage._meta.get_field("body").stream_block.grouped_child_blocks())
    assert [b.label for b in offered["Dummy"]] == ["Notice"]
    elsewhere = registry_blocks("article_blocks", "another context")()
    assert "dummy_plugin__notice" not in elsewhere.child_blocks
    assert "dummy_plugin__notice" in registry_blocks()().child_blocks


def test_its_law_pack_is_there():
    pack = resolve("law_packs", "dummy_plugin")
    assert isinstance(pack, LawPack)
    assert (Path(pack.path) / "screener.yaml").is_file()


@pytest.mark.urls("tests.kitapp.urls")
def test_its_api_answers_below_its_prefix():
    assert isinstance(resolve("api_routes", "dummy_plugin"), ApiRoutes)
    answer = Client().get("/api/v1/x/dummy-plugin/ping/")
    assert answer.json() == {"plugin": "dummy_plugin"}


def test_a_broken_api_is_left_out_in_production(settings, caplog):
    from plugins.urls import api_urlpatterns

    broken = ApiRoutes(key="broken", prefix="broken", urlpatterns="no.such.module")
    with registered("api_routes", "broken", broken, plugin="broken"):
        with pytest.raises(ImportError):
            api_urlpatterns()
        settings.PLUGINS_STRICT = False
        assert len(api_urlpatterns()) == 1
    assert "broken are left out" in caplog.text


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: ArticleBlock(key="a.b"), "needs 'block'"),
        (lambda: LawPack(key="a", label="A"), "needs 'path'"),
        (lambda: ArticleBlock(key="a.b", block=str, colour="red"), "no attribute"),
    ],
)
def test_a_contribution_says_what_it_lacks(make, says):
    with pytest.raises(TypeError, match=says):
        make()
