"""The published JSON Schema and the loader say the same."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

import screening_block.engine as engine
from screening_block.engine import check, schema

from . import generate, sample, vectors

FILE = Path(engine.__file__).parent / "release.schema.json"
VALIDATOR = Draft202012Validator(
    schema(), format_checker=Draft202012Validator.FORMAT_CHECKER
)
#: What only the loader can see: how the parts of a release hang together.
BEYOND = {
    "constant",
    "cycle",
    "duplicate_key",
    "missing",
    "nesting",
    "order",
    "placeholder",
    "range",
    "reserved",
    "self",
    "type",
    "unit",
    "unknown_chart",
    "unknown_column",
    "unknown_fact",
    "unknown_field",
    "unknown_finding",
    "unknown_key",
    "unknown_option",
    "unknown_question",
    "unknown_threshold",
    "unknown_value",
    "limit",
    "size",
    "format",
    "text",
}


def test_the_published_file_is_the_schema_of_the_code() -> None:
    wanted = json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"
    assert FILE.read_text("utf-8") == wanted, "write schema() to release.schema.json"
    Draft202012Validator.check_schema(schema())


def test_sound_releases_fit_the_schema() -> None:
    VALIDATOR.validate(sample.release())
    for name in ("is", "column", "compare", "elapsed", "explain"):
        data = vectors.load(name)
        for group in data.get("groups", data.get("cases")):
            VALIDATOR.validate(vectors.with_condition(data["release"], group["when"]))
    for seed in range(5):
        VALIDATOR.validate(generate.release(random.Random(seed)))


def _places(value: Any) -> list[tuple[Any, Any]]:
    found = []
    pairs = enumerate(value) if isinstance(value, list) else list(value.items())
    for name, inner in pairs:
        found.append((value, name))
        if isinstance(inner, (dict, list)):
            found += _places(inner)
    return found


JUNK: list[Any] = [
    None,
    True,
    0,
    -1,
    2**53,
    "",
    "x",
    "X Y",
    "2023-02-29",
    "2023-01-01",
    [],
    {},
    [[]],
    {"op": "all", "of": []},
    {"a": 1},
    "javascript:x",
    "other",
]


def test_a_release_that_breaks_the_schema_is_refused_and_a_loaded_one_fits_it() -> None:
    rng = random.Random(5)
    both = refused = 0
    for _ in range(500):
        data = sample.release()
        for _times in range(rng.choice((1, 1, 2))):
            place, name = rng.choice(_places(data))
            action = rng.random()
            if action < 0.6:
                place[name] = rng.choice(JUNK)
            elif action < 0.8 and isinstance(place, dict):
                place[rng.choice(("new", "key", "op", "unit"))] = rng.choice(JUNK)
            else:
                del place[name]
        fits = VALIDATOR.is_valid(data)
        problems = check(data)
        if not fits:
            assert problems, "the schema refuses what the loader accepts"
            both += 1
        elif problems:
            assert {p.code for p in problems} <= BEYOND, problems
            refused += 1
    assert both > 200
    assert refused > 25
