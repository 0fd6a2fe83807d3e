"""How many questions come is learnt at each publish, and told where it is reliable."""

from __future__ import annotations

import copy
import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from screening_block.engine import load_release, walk
from screening_block.models import Release, Scenario
from screening_block.publishing import visit_lengths
from screening_block.publishing.publish import publish
from screening_block.publishing.remembered import ResultCache
from screening_block.publishing.visit_lengths import MOST_VISITS, measure_lengths
from screening_block.visitor.totals import FEWEST_VISITS, list_ranges, reckon_total
from tests.screening_block import small

# Once: the same statements as elsewhere, with other words.
pytestmark = [pytest.mark.django_db, pytest.mark.once]
DAY = "2026-11-23"


def current() -> Release:
    row = Release.current("small")
    assert row is not None
    return row


def finish(answers: dict[str, Any]) -> dict[str, Any]:
    """Whoever has no answer is not sure."""
    release = current().load()
    return walk(release, dict.fromkeys(release.questions) | answers, DAY).answers


def add(screener: Any, number: int, answers: dict[str, Any]) -> None:
    Scenario.objects.create(
        screener=screener.translation_key,
        name=f"Number {number}",
        case={"answers": answers, "as_of": DAY, "expect": {}},
    )


@pytest.fixture
def learnt(screener: Any) -> Release:
    for number in range(FEWEST_VISITS):
        add(screener, number, finish(small.ASSAULT | {"days": number}))
    publish(screener, cause="scenarios")
    return current()


def words(client: Client) -> dict[str, Any]:
    answer = client.get("/api/v1/screeners/small/", {"words": "en"})
    return json.loads(answer.content.splitlines()[1])


def said_by_the_form(client: Client, answers: dict[str, Any]) -> str:
    address = reverse("screening_block:form", args=["small"])
    post = {"answers": json.dumps(answers), "release": current().pk, "do": "next"}
    page = client.post(address, post).content.decode()
    found = re.search(r'<p class="ls-fine">(Question[^<]*)</p>', page)
    return found[1] if found else ""


def test_a_publish_learns_it_and_the_release_keeps_its_name(screener, client):
    before = current()
    assert not before.lengths
    assert words(client)["lengths"] == {}
    answers = finish(small.ASSAULT)
    for number in range(FEWEST_VISITS):
        add(screener, number, answers)
    publish(screener, cause="scenarios")
    after = current()
    assert (after.pk, after.canonical) == (before.pk, before.canonical)
    assert Release.objects.filter(screener_key="small").count() == 1
    assert after.lengths
    assert words(client)["lengths"] == list_ranges(after.lengths) != {}


def test_without_scenarios_nobody_is_told_a_total(screener, client):
    assert said_by_the_form(client, {}) == "Question 1"


def test_a_total_is_told_where_all_visits_were_alike(learnt, client):
    asked = finish(small.ASSAULT)
    first, *_ = asked
    total = len(asked)
    assert said_by_the_form(client, {}) == f"Question 1 of about {total}"
    assert said_by_the_form(client, {first: asked[first]}).endswith(f"about {total}")


def test_what_too_few_came_to_tells_nothing():
    assert list_ranges(
        {"a": [FEWEST_VISITS - 1, 1, 1], "b": [FEWEST_VISITS, 1, 1]}
    ) == {"b": [1, 1]}
    assert list_ranges(None) == {}


def test_what_lies_far_apart_is_not_told(learnt):
    visit = walk(learnt.load(), {}, DAY)
    left = visit.left[0]
    (key, total) = (visit.next, 10)
    close, far = [left - total + 1, left - total + 3], [left - 9, left - 1]
    assert reckon_total(visit, {key: close}) == total
    assert reckon_total(visit, {key: far}) is None


def test_at_most_so_many_scenarios_are_walked_through(learnt, monkeypatch):
    walked = []

    def count(release: Any, answers: Any, as_of: str) -> Any:
        walked.append(answers["days"])
        return walk(release, answers, as_of)

    monkeypatch.setattr("screening_block.engine.walk", count)
    cases = [
        {"answers": small.ASSAULT | {"days": n}, "as_of": DAY}
        for n in range(3 * MOST_VISITS)
    ]
    measure_lengths(learnt.load(), cases)
    assert walked == list(range(0, 3 * MOST_VISITS, 3))


def test_other_texts_are_told_the_same_and_walk_nowhere(learnt, screener, monkeypatch):
    release, cases = learnt.load(), [one.case for one in Scenario.objects.all()]
    texts, rules = (copy.deepcopy(dict(release.data)) for _copy in range(2))
    texts["texts"]["en"]["title"] = "Another title"
    reworded = load_release(texts)
    rules["thresholds"]["af_term"]["values"][0]["value"] = 300
    walked = []

    def count(*args: Any) -> Any:
        walked.append(args)
        return walk(*args)

    monkeypatch.setattr("screening_block.engine.walk", count)
    known = measure_lengths(release, cases)
    assert measure_lengths(reworded, cases) == known
    assert walked == []
    monkeypatch.setattr(visit_lengths, "_measured", ResultCache(8))
    assert measure_lengths(reworded, cases) == known
    assert len(walked) == len(cases)
    # Other rules, and other cases, are walked through.
    measure_lengths(load_release(rules), cases)
    measure_lengths(release, cases[1:])
    assert len(walked) == 3 * len(cases) - 1


def test_visits_that_stop_and_answers_that_cannot_be_read_do_not_count(learnt):
    release = learnt.load()
    whole = {"answers": finish(small.ASSAULT), "as_of": DAY}
    broken = {"answers": {"days": "many"}, "as_of": DAY}
    stops = {"answers": {}, "as_of": DAY}
    assert measure_lengths(release, [whole, broken, stops]) == measure_lengths(
        release, [whole]
    )
