"""One page of Chromium with the engine on it, for all tests of this folder."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fuzz.browser import engine_page

HERE = Path(__file__).parent
DUMMY = HERE.parents[1] / "dummy_plugin" / "static" / "dummy_plugin"
# All travels as text, so that a key called __proto__ arrives as it left.
RUN = """
(text) => new Promise((resolve, reject) => {
  const worker = new Worker("/calls/worker.js", { type: "module" });
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = ({ message }) => reject(new Error(message));
  setTimeout(() => reject(new Error("The engine hangs.")), 60_000);
  worker.postMessage(text);
})
"""
Run = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="session")
def engine_tab(browser: Any) -> Iterator[Any]:
    folders = {"calls": HERE, "dummy_plugin": DUMMY}
    with engine_page(browser, folders=folders) as page:
        yield page
        assert page.errors == []


@pytest.fixture
def run(engine_tab: Any) -> Run:
    """Runs calls (see calls.js) in the browser; gives their results."""

    def call(
        calls: list[dict[str, Any]],
        operators: dict[str, str] | None = None,
        percents: bool = False,
    ) -> list[dict[str, Any]]:
        given = {"calls": calls, "operators": operators or {}, "percents": percents}
        found: list[dict[str, Any]] = json.loads(
            engine_tab.evaluate(RUN, json.dumps(given))
        )
        return found

    return call
