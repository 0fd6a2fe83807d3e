"""A number that is typed is understood or refused; it is never another number."""

from __future__ import annotations

import random
import re
import unicodedata
from typing import Any

import pytest

from screening_block.engine import load_release
from screening_block.engine.model import Question
from screening_block.engine.numbers import (
    NumberError,
    pattern_of,
    read_number,
    style_of,
)
from screening_block.engine.types import BadAnswer

from . import vectors

DATA = vectors.load("numbers")


def question(kind: str) -> Question:
    record = {"key": "q", **DATA["kinds"][kind]}
    part = {"questions": [record]}
    whole = vectors.with_condition(part, {"op": "dont_know", "question": "q"})
    return load_release(whole).questions["q"]


def parse(asked: Question, typed: str, locale: str) -> Any:
    assert asked.answers is not None
    return asked.answers.parse_text(asked.data, typed, locale)


QUESTIONS = {kind: question(kind) for kind in DATA["kinds"]}


@pytest.mark.parametrize("case", DATA["cases"], ids=repr)
def test_a_number_is_understood_or_refused_and_never_another(case: list[Any]) -> None:
    kind, locale, typed, value = case
    try:
        found = parse(QUESTIONS[kind], typed, locale)
    except BadAnswer as error:
        assert value is None
        assert typed.strip() not in str(error).split(), "what was typed is not repeated"
    else:
        assert found == value
        assert str(found) == str(value), "an integer, and no minus before zero"


def test_marks_between_digits_only_group_by_three_or_stand_before_cents() -> None:
    """Random texts; a number that comes out is checked part by part."""
    rng = random.Random(1)
    marks = " .,'’\u00a0\u202f-+$e/½_٫٬\u200b"
    understood = 0
    for _time in range(60_000):
        parts = [str(rng.randrange(10 ** rng.randint(1, 4))) for _n in range(3)]
        typed = rng.choice(marks).join(parts[: rng.randint(1, 3)])
        typed = rng.choice(("", "", *marks)) + typed + rng.choice(("", "", *marks))
        style = rng.choice((style_of("en"), style_of("es"), style_of("vi")))
        digits = rng.choice((0, 2))
        try:
            value = read_number(typed, pattern_of(style, digits), digits)
        except NumberError:
            continue
        understood += 1
        first, *rest = re.findall("[0-9]+", typed)
        cents = "00"
        if digits and rest and len(rest[-1]) < 3:
            assert re.search("[.,٫][0-9]+[^0-9]*$", typed), typed
            cents = rest.pop().ljust(2, "0")
        assert all(len(part) == 3 for part in rest), typed
        assert not rest or (len(first) < 4 and first[0] != "0"), typed
        expected = int("".join([first, *rest, cents[:digits]]))
        assert abs(value) == expected, typed
        assert (value < 0) == ("-" in typed and value != 0)
    assert understood > 2_000


def test_what_is_printed_can_be_typed_again() -> None:
    for locale in ("en", "es"):
        whole, cents = (pattern_of(style_of(locale), digits) for digits in (0, 2))
        for n in (0, 7, 999, 1_000, 12_345, 999_999_999):
            assert read_number(f"{n:,}", whole) == n
            assert read_number(f"-{n:,}.05", cents, 2) == -(n * 100 + 5)


def test_the_digits_of_every_script_are_where_the_browser_looks_for_them() -> None:
    """It knows only which signs are digits, not which."""
    for code in range(0x10000):
        value = unicodedata.decimal(chr(code), None)
        if value is not None:
            low = code % 16
            starts = unicodedata.decimal(chr(code - low), None) is not None
            assert value == (low if starts else low - 6)
