"""A length of time that is typed is understood or refused; it is never another one."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest

from screening_block.engine import load_release
from screening_block.engine.durations import durations_of, read_duration
from screening_block.engine.model import Question
from screening_block.engine.numbers import NumberError
from screening_block.engine.sentences import typed_words
from screening_block.engine.types import BadAnswer
from screening_block.engine.wording import Wording

from . import vectors

DATA = vectors.load("durations")


def question(kind: str) -> Question:
    part = {"questions": [{"key": "q", **DATA["kinds"][kind]}]}
    whole = vectors.with_condition(part, {"op": "dont_know", "question": "q"})
    return load_release(whole).questions["q"]


QUESTIONS = {kind: question(kind) for kind in DATA["kinds"]}


def parse(kind: str, locale: str, typed: str) -> Any:
    """The number, None if it is refused, `vague` if that is the unit's fault."""
    asked = QUESTIONS[kind]
    assert asked.answers is not None
    try:
        return asked.answers.parse_text(asked.data, typed, locale)
    except BadAnswer as error:
        assert not typed.strip() or typed.strip() not in str(error)
        return {"type": None, "vague": "vague"}[error.code]


@pytest.mark.parametrize("case", DATA["cases"], ids=repr)
def test_a_length_of_time_is_understood_or_refused(case: list[Any]) -> None:
    kind, locale, typed, value = case
    found = parse(kind, locale, typed)
    assert found == value
    assert type(found) is type(value), "an integer"


@pytest.mark.parametrize("locale", ["en", "es"])
def test_what_is_said_can_be_typed_again(locale: str) -> None:
    said = Wording({}, locale)
    between = {"en": (" ", ", ", " and "), "es": (" ", ", ", " y ")}[locale]
    for unit, (longer, size) in {"days": ("weeks", 7), "months": ("years", 12)}.items():
        for n in (*range(400), 999, 1_000, 12_345):
            assert parse(unit, locale, said.number(n, unit)) == n
            whole, rest = divmod(n, size)
            words = [word for word in typed_words(longer) if len(word) > 3]
            for word in words or typed_words(longer):
                for joined in between:
                    typed = f"{whole} {word}{joined}{said.number(rest, unit)}"
                    assert parse(unit, locale, typed) == n, typed
    for n in range(200):
        assert parse("years", locale, said.number(n, "years")) == n


def test_what_is_understood_adds_up_part_by_part() -> None:
    """Random texts of the words that are known, and of some that are not."""
    rng, understood = random.Random(3), 0
    sizes = {
        "days": {"d": 1, "w": 7, "s": 7},
        "months": {"mo": 1, "me": 1, "y": 12, "a": 12},
    }
    units = ("day", "days", "wks.", "semana", "meses", "mo", "year", "yr", "años", "")
    for _time in range(60_000):
        unit = rng.choice(tuple(sizes))
        typed = "".join(
            rng.choice(("", " ", "-", ".", " and ", ", ", " y "))
            + str(rng.randrange(10 ** rng.randint(1, 5)))
            + rng.choice(("", " ", "\u00a0", "/"))
            + rng.choice(units)
            for _part in range(rng.randint(1, 3))
        )
        try:
            value = read_duration(typed, durations_of(unit))
        except NumberError:
            continue
        understood += 1
        parts = re.findall(r"([0-9]+)\s*([a-zñ]+)", typed)
        known = sizes[unit]
        expected = 0
        for n, word in parts:
            [size] = {size for start, size in known.items() if word.startswith(start)}
            expected += int(n) * size
        assert len(parts) == len(re.findall("[0-9]+", typed)), typed
        assert value == expected, typed
        # A point shortens a word; it never stands in front of all or in a number.
        assert not re.search(r"[-/]|[0-9\s]\.|^\.", typed), typed
    assert understood > 1_000
