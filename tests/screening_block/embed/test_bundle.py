"""The files that other sites load are made of the sources beside them, and small."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from screening_block import engine
from screening_block.embed import assets
from screening_block.visitor.widget_strings import write_widget_words
from tests.bundles import ROOT, build_bundle, internal_names, weigh
from tests.screening_block import small


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundle")
    build_bundle(folder)
    return folder


@pytest.mark.parametrize("name", assets.CONTENT_TYPES)
def test_what_is_served_is_what_the_sources_make(made: Path, name: str) -> None:
    served = (assets.BUNDLED / name).read_bytes()
    assert served == (made / name).read_bytes(), "Run `make bundle` and commit."


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
