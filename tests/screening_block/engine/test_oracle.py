"""The engine against a JSONLogic engine by other people.

A condition becomes two JSONLogic rules, one that is true if it is certainly yes and
one that is true if it can still be yes. Every atom is wrapped in a test for being
known, and denials are pushed down to the atoms, so that the two-valued engine never
meets a null. Dates are day numbers from the standard library, which also works out the
anniversaries.
"""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import json_logic
import pytest

from screening_block.engine import levels, load_release

from . import generate
from .reference import moved

AS_OF = "2026-11-23"
COMPARE = {"lt": "<", "le": "<=", "eq": "===", "ge": ">=", "gt": ">"}
SIZE = generate.Size(questions=8, facts=3, findings=8, atoms=8, depth=5)


class Compiler:
    """Compiles the conditions of one release for one set of answers."""

    def __init__(self, data: dict[str, Any], answers: dict[str, Any]) -> None:
        self.data = data
        self.facts = {f["key"]: f["when"] for f in data["facts"]}
        self.charts = {q["key"]: q.get("chart") for q in data["questions"]}
        self.answers = answers
        #: What the rules read.
        self.facts_of_case: dict[str, Any] = {
            "unsure": [key for key, value in answers.items() if value is None],
            "today": date.fromisoformat(AS_OF).toordinal(),
        }
        for key, value in answers.items():
            if value is not None:
                self.facts_of_case[key] = self._day(value)

    @staticmethod
    def _day(value: Any) -> Any:
        try:
            return date.fromisoformat(value).toordinal()
        except (TypeError, ValueError):
            return value

    def rule(self, node: dict[str, Any], yes: bool, certain: bool) -> Any:
        """Certainly (or possibly) `node` is `yes`."""
        op = node["op"]
        if op == "not":
            return self.rule(node["of"][0], not yes, certain)
        if op == "fact":
            return self.rule(self.facts[node["fact"]], yes, certain)
        if op in ("all", "any"):
            parts = [self.rule(child, yes, certain) for child in node["of"]]
            return {"and" if (op == "all") == yes else "or": parts}
        if op == "at_least":
            parts = [self.rule(child, yes, certain) for child in node["of"]]
            needed = node["n"] if yes else len(parts) - node["n"] + 1
            counted = [{"if": [part, 1, 0]} for part in parts]
            return {">=": [{"+": counted}, needed]}
        known, test = self.atom(node)
        if not yes:
            test = {"!": test}
        return {"and": [known, test]} if certain else {"or": [{"!": known}, test]}

    def known(self, *names: str) -> Any:
        return {"and": [{"!==": [{"var": name}, None]} for name in names] or [True]}

    def atom(self, node: dict[str, Any]) -> tuple[Any, Any]:
        """Whether the atom is known, and its test for when it is."""
        op = node["op"]
        if op == "compare":
            left, right = self.operand(node["left"]), self.operand(node["right"])
            names = [s["var"] for s in (left, right)]
            return self.known(*names), {COMPARE[node["cmp"]]: [left, right]}
        if op == "elapsed":
            return self.elapsed(node)
        question = node["question"]
        var = {"var": question}
        if op == "dont_know":
            unsure = {"in": [question, {"var": "unsure"}]}
            return {"or": [unsure, self.known(question)]}, unsure
        if op == "is":
            return self.known(question), {"===": [var, node["value"]]}
        if op == "in":
            tests = [{"===": [var, value]} for value in node["values"]]
            return self.known(question), {"or": tests}
        if op == "column":
            return self.column(node)
        parts = [{"in": [value, var]} for value in node["values"]]
        if op == "has_all":
            return self.known(question), {"and": parts}
        test = {"or": parts}
        return self.known(question), test if op == "has_any" else {"!": test}

    def operand(self, operand: dict[str, Any]) -> dict[str, str]:
        if "question" in operand:
            return {"var": operand["question"]}
        if "today" in operand:
            return {"var": "today"}
        if "value" in operand:
            name, value = f"value {operand['value']}", operand["value"]
        else:
            name, value = f"threshold {operand['threshold']}", None
            for entry in self.data["thresholds"][operand["threshold"]]["values"]:
                value = entry["value"] if entry["from"] <= AS_OF else value
        if value is not None:
            self.facts_of_case[name] = self._day(value)
        return {"var": name}

    def elapsed(self, node: dict[str, Any]) -> tuple[Any, Any]:
        start, until = self.operand(node["from"]), self.operand(node["until"])
        n = self.operand(node["n"])
        name = f"end of {node}"
        first = self.facts_of_case.get(start["var"])
        period = self.facts_of_case.get(n["var"])
        if first is not None and period is not None:
            roll = node.get("roll", self.data["roll"])
            end = moved(date.fromordinal(first), period, node["unit"], roll)
            self.facts_of_case[name] = end.toordinal()
        test = {COMPARE[node["cmp"]]: [until, {"var": name}]}
        return self.known(name, until["var"]), test

    def column(self, node: dict[str, Any]) -> tuple[Any, Any]:
        """The cells of the rows picked become data: true, false or unknown."""
        question, column = node["question"], node["column"]
        chart = self.data["charts"][self.charts[question]]
        default = next(c["default"] for c in chart["columns"] if c["key"] == column)
        rows = {row["key"]: row["cells"].get(column, default) for row in chart["rows"]}
        answer = self.answers.get(question)
        if answer is None:
            return False, False
        picked = [
            rows.get(r) for r in (answer if isinstance(answer, list) else [answer])
        ]
        some = []
        for cell in picked:
            cells = cell if isinstance(cell, list) else [cell]
            tests = [{"in": [value, cells]} for value in node["values"]]
            some.append(False if cell is None else {"or": tests})
        yes = {"or": [False, *some]}
        return {"or": [yes, all(cell is not None for cell in picked)]}, yes


@pytest.mark.parametrize("seed", range(60))
def test_levels_agree_with_a_json_logic_engine_by_others(seed: int) -> None:
    rng = random.Random(seed)
    data = generate.release(rng, SIZE)
    for finding in data["findings"]:
        when = finding.get("applies_when") or finding["may_apply_when"]
        for name in ("may_apply_when", "unless", "urgent_when", "notes"):
            finding.pop(name, None)
        finding["applies_when"] = when
    data["texts"] = {"en": generate.texts(data)}
    release = load_release(data)
    for _ in range(8):
        answers = generate.answers(rng, data, AS_OF, rng.choice((0.3, 0.7, 0.95)))
        compiler = Compiler(data, answers)
        found = levels(release, answers, AS_OF)
        for finding in data["findings"]:
            certain, possible = (
                json_logic.jsonLogic(
                    compiler.rule(finding["applies_when"], True, sure),
                    compiler.facts_of_case,
                )
                for sure in (True, False)
            )
            expected = "not_apply" if not possible else "may_apply"
            expected = "applies" if certain else expected
            assert found[finding["key"]] == expected, (seed, finding["key"])
