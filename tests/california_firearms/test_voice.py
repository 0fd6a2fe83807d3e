"""What is kept of a release's words is the release's alone, and says the same."""

from __future__ import annotations

import gc
import random
from itertools import islice
from typing import Any

import pytest

from screening_block import engine
from screening_block.engine.phrases import Phrases, said_of
from screening_block.engine.voice import KEPT, Voice, voice_of
from screening_block.engine.wording import Wording
from screening_block.visitor import results
from tests.law_pack import law_pack, law_release

DAY = "2026-11-23"
CANARIES = {"integer": 424_242, "money": 424_242, "date": "1987-06-05"}
#: However one of these is said.
TRACES = ("424242", "424,242", "424.242", "4242", "1987", "June 5", "19870605")


def everything_in(root: Any) -> set[str]:
    """All texts, numbers and marks that a thing holds, but not in its release."""
    release = law_release()
    seen, ahead, found = {id(release), id(release.data)}, [root], set()
    while ahead:
        one = ahead.pop()
        if isinstance(one, str | int | float | bool | None):
            found.add(repr(one))
        elif id(one) not in seen and not isinstance(one, type):
            seen.add(id(one))
            ahead += gc.get_referents(one)
    return found


@pytest.fixture
def fresh():
    """No voice from another test."""
    kept = (voice_of, results._write_bodies, results._list_checked)
    for one in kept:
        one.cache_clear()
    yield
    for one in kept:
        one.cache_clear()


def canary_answers() -> dict[str, Any]:
    """An answer to every question, those that can stand out with one that does."""
    found = {}
    for key, question in law_release().questions.items():
        if question.base in CANARIES:
            value = CANARIES[question.base]
        elif question.base == "yes_no":
            value = True
        else:
            value = question.options[-1]
            value = [value] if question.base == "choices" else value
        found[key] = value
        try:
            engine.parse_answers(law_release(), {key: value})
        except engine.AnswerError:
            found[key] = None
    return found


@pytest.mark.parametrize("locale", ["en", "es"])
def test_no_answer_is_left_in_what_is_kept(fresh, locale):
    release = law_release()
    voice = voice_of(release, DAY, locale)
    results._write_bodies(voice, release)
    before = everything_in(voice)
    answers = canary_answers()
    for detail in results.DETAILS:
        said = results.build_result(release, answers, DAY, locale, detail)
    assert any(trace in str(said) for trace in TRACES), "no canary was said"
    kept = voice_of(release, DAY, locale)
    assert kept is voice
    after = everything_in(kept)
    assert len(before) > 1_000
    assert after == before, "something was added when answers came"
    assert not [text for text in after for one in TRACES if one in text]


def test_few_voices_are_kept(fresh):
    release = law_release()
    for day in range(1, 29):
        engine.Account(release, {}, f"2026-02-{day:02}", "en")
    assert voice_of.cache_info().currsize == KEPT


def scenarios(count: int) -> list[dict[str, Any]]:
    """A fixed share of the pack's scenarios, from everywhere in it."""
    every = law_pack().scenarios
    return random.Random(7).sample(every, count)


@pytest.mark.parametrize("locale", ["en", "es", "fr"])
def test_a_voice_says_what_a_wording_works_out_anew(locale):
    """Label by label, test by test and text by text, without anything kept."""
    release = law_release()
    for day in (DAY, "2019-02-28"):
        voice, anew = Voice(release, day, locale), Wording(release, locale, day)
        phrases = Phrases(anew, release)
        assert voice.phrases == [phrases.of(node) for node in release.program.nodes]
        assert voice.about == {key: said_of(anew, key) for key in release.questions}
        for question in release.questions.values():
            assert voice.question(question.key) == anew.question(question.key)
            for option in (*question.options, "other", True, False):
                assert voice.option(question.key, option) == anew.option(
                    question.key, option
                )
        for key, chart in release.charts.items():
            for row in islice(chart.rows, 50):
                path = ("charts", key, "rows", row)
                assert voice.label(*path) == anew.label(*path)


def test_what_is_kept_says_what_is_made_anew(fresh, monkeypatch):
    """Each scenario's answer with a voice that was used before, and with a new one."""
    asked = scenarios(12)
    release = law_release()

    def said() -> list[Any]:
        return [
            results.build_result(release, one["answers"], day, locale, "trace")
            for one in asked
            for locale in ("en", "es")
            for day in (one.get("as_of") or DAY, "2031-02-28")
        ]

    warm = said() and said()
    monkeypatch.setattr("screening_block.engine.account.voice_of", Voice)
    results._write_bodies.cache_clear()
    results._list_checked.cache_clear()
    assert said() == warm


def test_what_findings_share_is_told_of_each_as_if_it_stood_alone():
    release = law_release()
    for one in scenarios(6):
        given = engine.parse_answers(release, one["answers"])
        account = engine.Account(release, given, DAY, "en")
        for found in engine.evaluate(release, given, DAY).findings:
            assert account.explain(found) == engine.explain(release, given, found, DAY)
            assert account.words(found) == engine.finding_words(
                release, found, given, DAY
            )
