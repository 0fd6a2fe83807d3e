"""Whatever is sent to be written as law, or as a condition, is read within bounds."""

from __future__ import annotations

import copy
import json
import random
import time

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from screening_block import engine
from screening_block.fields.blocks import FactBlock
from screening_block.fields.condition_field import (
    ConditionBlock,
    describe_condition,
    format_json,
)
from screening_block.packs.views import examine_file
from screening_block.packs.write import write_file
from tests.screening_block import small
from tests.screening_block.posting import form_of

from . import hostile
from .test_portable import CASE, TAKE_IN

# Texts are read, and refused before anything is written.
pytestmark = pytest.mark.once

DEEP = 20_000
ODD = [
    None, True, 0, -1, 10**15, "", "x", "é", "2026-11-23", [], {}, ["x"], [[]], [{}],
    {"a": {}}, {"op": "all", "of": []}, "a" * 5_000, {"key": "x"}, [None], [1, 2],
    "Mars/Olympus", "../../etc/passwd", "\u202e", "0" * 30,
]  # fmt: skip


@pytest.mark.parametrize(
    "name", ["sequences", "mappings", "300,000 keys", "5,000 digits"]
)
def test_a_hostile_file_is_a_message_that_names_the_line(
    editor, screener, name
) -> None:
    text, said = hostile.REFUSED[name]
    begun = time.process_time()
    file = SimpleUploadedFile("f", text.encode())
    page = editor.post(reverse(TAKE_IN), {"file": file})
    assert page.status_code == 422
    assert page.context["found"].problems[0].startswith(said)
    assert said in page.content.decode()
    assert time.process_time() - begun < 10


def test_what_was_read_travels_whole_to_the_second_step(editor, screener) -> None:
    text = write_file(small.release(), [CASE]).replace("\n", "\n" + "# é\n", 1)
    text += "# " + "é" * 900_000
    shown = editor.post(
        reverse(TAKE_IN), {"file": SimpleUploadedFile("s.yaml", text.encode())}
    )
    assert 'enctype="multipart/form-data"' in shown.content.decode()
    fields = {"content": text.replace("\n", "\r\n"), "name": "s.yaml"}
    done = editor.post(
        reverse(TAKE_IN), {**fields, "apply": shown.context["found"].state}
    )
    assert done.status_code == 302


def places(value, path=()):
    yield path
    if isinstance(value, (dict, list)):
        keys = value if isinstance(value, dict) else range(len(value))
        for key in keys:
            yield from places(value[key], (*path, key))


def spoilt(whole: dict, rng: random.Random) -> dict:
    """The file's content with some of it replaced, taken out, doubled or made up."""
    where = [path for path in places(whole) if path]
    value = copy.deepcopy(whole)
    for _time in range(rng.choice([1, 1, 1, 2, 3])):
        *way, last = rng.choice(where)
        node = value
        try:
            for step in way:
                node = node[step]
            kind = rng.random()
            if kind < 0.15:
                del node[last]
            elif kind < 0.25 and isinstance(node, dict):
                node[rng.choice(["x", "1", "é", "key", "of"])] = rng.choice(ODD)
            elif kind < 0.35 and isinstance(node, list):
                node.append(copy.deepcopy(node[last]))
            else:
                node[last] = copy.deepcopy(rng.choice(ODD))
        except (LookupError, TypeError):
            continue
    return value


@pytest.mark.parametrize("seed", range(4))
def test_a_spoilt_file_is_refused_or_read_and_never_a_fault(
    screener, root, seed
) -> None:
    whole = yaml.safe_load(write_file(small.release(), [CASE]))
    whole["translations"] = {"es": small.release()["texts"]["en"]}
    whole["screener"]["findings"] = ["first"]
    rng = random.Random(seed)
    refused = 0
    for _time in range(150):
        text = json.dumps(spoilt(whole, rng))  # JSON is YAML, too
        found = examine_file(text, "f")
        refused += bool(found.problems)
        assert all(":" in problem for problem in found.problems)
    assert 50 < refused < 150


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"as_of": "yesterday"}, "as_of must be a date"),
        ({"as_of": [1]}, "as_of must be a date"),
        ({"expect": {"agg_felony_violence_1yr": "perhaps"}}, "must be one of"),
        ({"expect": {"agg_felony_violence_1yr": ["applies"]}}, "must be one of"),
        ({"expect": {"zzz": "applies"}}, "no such finding: zzz"),
        ({"name": "x" * 161}, "160"),
        ({"name": ["x"]}, "'name' must be text"),
        ({"answers": []}, "expected fields"),
        ({"expect": "applies"}, "expected fields"),
    ],
)
def test_a_scenario_of_a_file_is_checked_before_it_is_written(
    screener, root, change, said
) -> None:
    text = write_file(small.release(), [CASE | change])
    problems = examine_file(text, "f").problems
    assert any(said in problem for problem in problems), problems


def test_so_many_scenarios_are_enough(screener, root, monkeypatch) -> None:
    monkeypatch.setattr("screening_block.packs.views.MAX_SCENARIOS", 2)
    cases = [CASE | {"name": f"Case {number}"} for number in range(3)]
    (problem,) = examine_file(write_file(small.release(), cases), "f").problems
    assert problem.startswith("f:")
    assert "more than 2" in problem


CONDITIONS = {
    "not": '{"op":"not","of":[' * DEEP + "]}" * DEEP,
    "all": '{"op":"all","of":[' * 900 + '{"op":"fact","fact":"x"}' + "]}" * 900,
    "brackets": '{"of":' + "[" * DEEP,
    "closed brackets": '{"of":' + "[" * DEEP + "]" * DEEP + "}",
    "digits": '{"op":"compare","left":' + "1" * 5_000 + "}",
    "not a number": '{"op":NaN}',
    "doubled": '{"op":"all","op":"any","of":[]}',
}


@pytest.mark.parametrize("name", CONDITIONS)
def test_a_hostile_condition_stays_text_and_is_refused_on_publishing(name) -> None:
    block = ConditionBlock(required=True)
    text = CONDITIONS[name]
    begun = time.process_time()
    value = block.value_from_form(text)
    assert value == text or name in ("digits",)
    # Whatever a draft with it goes through.
    json.dumps(block.get_prep_value(value))
    block.value_for_form(value), block.render_basic(value), describe_condition(value)
    if value == text:
        with pytest.raises(Exception, match=r"finished condition|100000|100,000"):
            block.clean(value)
    assert time.process_time() - begun < 1


def test_a_condition_of_the_largest_allowed_depth_is_still_one() -> None:
    condition: dict = {"op": "fact", "fact": "noncitizen"}
    for _level in range(7):
        condition = {"op": "all", "of": [condition]}
    block = ConditionBlock()
    assert block.value_from_form(format_json(condition)) == condition


def test_a_condition_that_is_too_long_is_refused_at_its_field() -> None:
    block = FactBlock()
    value = block.to_python(
        {"label": "x", "key": "x", "when": '{"op": "' + "x" * 200_000 + '"}'}
    )
    with pytest.raises(Exception) as caught:
        block.clean(value)
    assert list(caught.value.block_errors) == ["when"]


@pytest.mark.parametrize("name", CONDITIONS)
def test_the_editors_own_service_says_what_is_wrong(editor, screener, name) -> None:
    begun = time.process_time()
    body = json.dumps({"page": screener.pk, "conditions": [CONDITIONS[name]] * 3})
    answer = editor.post(
        reverse("screening_block_describe"), body, content_type="application/json"
    )
    assert answer.status_code == 200
    for said in answer.json()["said"]:
        assert said["problems"]
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    "body",
    [
        "[" * DEEP,
        '{"conditions":' * 5_000,
        "[]",
        "1" * 5_000,
        '{"conditions": 5}',
        '{"conditions": [5, null, [], {}, true]}',
        '{"conditions": [], "context": [[]]}',
        '{"conditions": [], "page": {"a": 1}}',
        "\xff",
        "",
    ],
)
def test_a_hostile_request_of_the_editor_is_no_fault(editor, screener, body) -> None:
    answer = editor.post(
        reverse("screening_block_describe"),
        body.encode("latin-1"),
        content_type="application/json",
    )
    assert answer.status_code in (200, 400)


def test_a_release_of_any_depth_is_a_typed_refusal() -> None:
    for condition in ('{"op":"not","of":[' * DEEP, '{"op":"all","of":[' * 500):
        with pytest.raises(engine.ReleaseError):
            engine.load_release(condition)
    deep: dict = {"op": "fact", "fact": "x"}
    for _level in range(3_000):
        deep = {"op": "not", "of": [deep]}
    data = small.release()
    data["facts"][0]["when"] = deep
    with pytest.raises(engine.ReleaseError):
        engine.load_release(data)
    assert engine.check(data)
    release = engine.load_release(small.release())
    answers = {"status": deep}
    with pytest.raises(engine.AnswerError):
        engine.parse_answers(release, answers)


@pytest.mark.parametrize(
    "text", ["[" * DEEP, "[" * 40 + "]" * 40, "1" * 5_000, "[NaN]", '{"a":1,"a":2}']
)
def test_hostile_json_in_a_field_of_a_page_is_told_there(
    editor, screener, text
) -> None:
    url = reverse("wagtailadmin_pages:edit", args=[screener.pk])
    fields = form_of(editor.get(url))
    fields["exclusive"], fields["title"] = text, "What I typed"
    page = editor.post(url, fields)
    assert page.status_code == 200
    assert list(page.context["form"].errors) == ["exclusive"]
    assert "What I typed" in page.content.decode()
