"""The files that other sites load are made of the sources beside them, and small."""

from __future__ import annotations

from pathlib import Path

import pytest

from screening_block.embed import assets
from tests.bundles import build_bundle, weigh


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
