"""The files that other sites load are made of the sources beside them, and small."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from screening_block import engine
from screening_block.embed import assets
from screening_block.visitor.widget_strings import write_widget_words
from tests.bundles import ROOT, build_bundle, internal_names, weigh
from tests.screening_block import small

BUNDLE = "Run `make bundle` and commit."


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundle")
    build_bundle(folder)
    return folder


def test_what_is_served_is_what_the_sources_make(made: Path) -> None:
    """To the byte, each file under its own name, and no other."""
    served = {path.name: path.read_bytes() for path in assets.BUNDLED.iterdir()}
    fresh = {path.name: path.read_bytes() for path in made.iterdir()}
    del fresh["engine.js"]  # only weighed
    assert sorted(served) == sorted(fresh) == assets.list_names(), BUNDLE
    assert served == fresh, BUNDLE


def test_the_script_names_each_part_by_what_is_in_it() -> None:
    parts = [name for name in assets.list_names() if assets.is_named_by_hash(name)]
    assert {name.partition(".")[0] for name in parts} >= {"result", "sheet"}
    script = assets.read_asset("screener.js").bodies[""].decode()
    assert sorted(re.findall(r"\./([\w-]+\.[0-9a-f]{12}\.js)", script)) == parts
    for name in parts:
        body = assets.read_asset(name).bodies[""]
        assert hashlib.sha256(body).hexdigest()[:12] == name.split(".")[1]


def test_no_part_asks_for_another(made: Path) -> None:
    """What it shares with the first it is handed: nothing is fetched on the way."""
    for path in made.glob("*.*.js"):
        assert not re.search(r"\bimport\b", path.read_text("utf-8"))
    script = (made / "screener.js").read_text("utf-8")
    assert not re.search(r"\bimport\b(?![(.])", script)


def test_the_widget_weighs_no_more_than_it_may(made: Path) -> None:
    """On a slow phone each kilobyte is waited for."""
    for part, (size, maximum) in weigh(made).items():
        assert size <= maximum, f"{part}: {size} bytes, at most {maximum}"


def test_no_name_that_the_bundle_shortens_is_one_of_the_data() -> None:
    """It would be looked for under another name, in the bundle alone."""
    release = engine.load_release(small.release())
    shape = ROOT / "screening_block/engine/release.schema.json"
    book = write_widget_words(release, "en", "2026-11-23")
    texts = (shape.read_text("utf-8"), release.canonical.decode(), book)
    known = {name for text in texts for name in names_in(json.loads(text))}
    assert internal_names()
    assert {"questions", "cells", "plural"} <= known
    assert internal_names() & known == set()


def names_in(data: Any) -> Iterator[str]:
    for name, value in data.items() if isinstance(data, dict) else ():
        yield name
        yield from names_in(value)
    for value in data if isinstance(data, list) else ():
        yield from names_in(value)
