"""The order of a result is decided once, for the page and for the browser."""

from __future__ import annotations

from typing import Any

import pytest

from screening_block import engine
from tests.reassuring import as_json, check

from . import vectors


@pytest.mark.parametrize("case", vectors.load("presented")["shown"], ids=repr)
def test_a_result_is_in_the_order_of_the_vectors(case: dict[str, Any]) -> None:
    data, answers = vectors.with_shown(case)
    found = as_json(check(engine.load_release(data), answers, vectors.AS_OF))
    assert vectors.picture_of(case, found) == vectors.expected(case)
