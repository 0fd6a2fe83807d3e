# ruff: noqa: S101 - these are tests
"""One file of cases for both halves of an operator.

``vectors`` is JSON: {"key", "cases": [{"id", "as_of", "node", "answers"?,
"thresholds"?, "value"}]}. ``answers`` are canonical; null is "I'm not sure", absent is
not asked. ``value`` is 0 no, 1 unknown, 2 yes. No floats.
"""

import copy
import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders

from plugins.kinds import Operator
from plugins.registry import resolve
from screening_block.engine.plugins import questions_in

# Runs the cases on standard input against the module named on the command line.
_RUN_CLIENT_HALF = """
import { readFileSync } from 'node:fs';
const { evaluate } = (await import(process.argv[1])).default;
const cases = JSON.parse(readFileSync(0, 'utf8'));
const look = (map, key) => (Object.hasOwn(map ?? {}, key) ? map[key] : null);
const values = cases.map((c) => evaluate(c.node, {
  as_of: c.as_of,
  answer: (key) => look(c.answers, key),
  threshold: (key) => look(c.thresholds, key),
}));
process.stdout.write(JSON.stringify(values));
"""


class VectorContext:
    """What the engine shows an operator, filled from a case."""

    def __init__(self, case: Mapping[str, Any]) -> None:
        self.as_of: str = case["as_of"]
        self._named = set(questions_in(case["node"]))
        self._answers = case.get("answers") or {}
        self._thresholds = case.get("thresholds") or {}

    def answer(self, question: str) -> Any:
        if question not in self._named:
            # As the engine does: it could not explain an answer the node hides.
            raise KeyError(question)
        return self._answers.get(question)

    def threshold(self, key: str) -> Any:
        return self._thresholds.get(key)


class OperatorConformance:
    """Subclass in a test module and set ``key``; pytest does the rest.

    The kit's promise to the law: both halves agree on every case, an operator depends
    on nothing but its arguments, and learning one more answer turns no yes and no no
    into something else.
    """

    key: str = ""

    @property
    def operator(self) -> Operator:
        found = resolve("operators", self.key)
        assert isinstance(found, Operator), f"{self.key} is not registered"
        return found

    @property
    def cases(self) -> list[dict[str, Any]]:
        text = Path(self.operator.vectors).read_text(encoding="utf-8")
        document = json.loads(text, parse_float=_no_float)
        assert document["key"] == self.key
        cases: list[dict[str, Any]] = document["cases"]
        return cases

    def value(self, case: Mapping[str, Any]) -> int:
        return self.operator.evaluate(copy.deepcopy(case["node"]), VectorContext(case))

    def test_vectors_cover_no_unknown_and_yes(self) -> None:
        ids = [case["id"] for case in self.cases]
        assert len(ids) == len(set(ids)), "two cases have one id"
        assert {case["value"] for case in self.cases} == {0, 1, 2}
        for case in self.cases:
            assert case["node"]["op"] == self.key, case["id"]

    def test_python_half_agrees_with_the_vectors(self) -> None:
        for case in self.cases:
            assert self.value(case) == case["value"], case["id"]

    def test_client_half_agrees_with_the_vectors(self) -> None:
        node = shutil.which("node")
        if node is None:
            pytest.skip("node is not installed")
        module = finders.find(self.operator.client_module)
        assert isinstance(module, str), f"{self.operator.client_module} is not found"
        done = subprocess.run(  # noqa: S603 - our own script on our own file
            [node, "--input-type=module", "-e", _RUN_CLIENT_HALF, module],
            input=json.dumps(self.cases),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        values = json.loads(done.stdout)
        for case, value in zip(self.cases, values, strict=True):
            assert value == case["value"], case["id"]

    def test_it_depends_on_nothing_but_its_arguments(self) -> None:
        for case in self.cases:
            node = copy.deepcopy(case["node"])
            context = VectorContext(case)
            first = self.operator.evaluate(node, context)
            assert node == case["node"], f"{case['id']}: the node was changed"
            assert self.operator.evaluate(node, context) == first, case["id"]

    def test_one_more_answer_never_changes_a_yes_or_a_no(self) -> None:
        for case in self.cases:
            for less in _with_less(case):
                before, after = self.value(less), self.value(case)
                assert before in (1, after), f"{case['id']}: {before} became {after}"


def _with_less(case: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The case with each of its answers not given, and given as "not sure"."""
    answers = case.get("answers") or {}
    for question, answer in answers.items():
        rest = {q: a for q, a in answers.items() if q != question}
        yield {**case, "answers": rest}
        if answer is not None:
            yield {**case, "answers": {**rest, question: None}}


def _no_float(text: str) -> Any:
    raise ValueError(f"vectors hold no floats: {text}")
