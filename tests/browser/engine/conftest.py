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
# As text, so that a key called __proto__ arrives as it left.
RUN = """
async (text) => {
  const { run } = await import("/calls/calls.js");
  const { calls, operators, question_types } = JSON.parse(text);
  const given = { operators: {}, question_types: question_types ? PLUGIN : {} };
  for (const [key, module] of Object.entries(operators)) {
    given.operators[key] = (await import(module)).default;
  }
  return JSON.stringify(run(calls, given));
}
"""
#: A plugin's question type, in the words of `tests/dummy_plugin/questions.py`.
PLUGIN = """{
  "dummy_plugin.percent": {
    compares_as: "integer",
    canonicalise(value) {
      if (!Number.isInteger(value) || value < 0 || value > 100) throw new Error("no");
      return value;
    },
  },
}"""
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
        question_types: bool = False,
    ) -> list[dict[str, Any]]:
        given = {"calls": calls, "operators": operators or {}}
        text = json.dumps({**given, "question_types": question_types})
        found: list[dict[str, Any]] = json.loads(
            engine_tab.evaluate(RUN.replace("PLUGIN", PLUGIN), text)
        )
        return found

    return call
