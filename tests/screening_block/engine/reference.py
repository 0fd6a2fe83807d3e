"""The engine's definitions, written down again as literally as possible.

Slow and without any cleverness: every node is worked out from its children, every time.
The real engine is compared with it on random releases.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from itertools import product
from typing import Any

PARTS = ("applies_when", "may_apply_when", "unless")


def moved(start: date, n: int, unit: str, roll: str) -> date:
    """`start` and `n` units, by the standard library."""
    if unit == "days":
        return start + timedelta(days=n)
    months = start.year * 12 + start.month - 1 + (n if unit == "months" else 12 * n)
    year, month = divmod(months, 12)
    length = calendar.monthrange(year, month + 1)[1]
    if start.day <= length:
        return date(year, month + 1, start.day)
    last = date(year, month + 1, length)
    return last if roll == "last_day" else last + timedelta(days=1)


class Reference:
    """One release, one set of answers, one day."""

    def __init__(
        self, data: dict[str, Any], answers: dict[str, Any], as_of: str
    ) -> None:
        self.data, self.answers, self.today = data, answers, date.fromisoformat(as_of)
        self.questions = {q["key"]: q for q in data["questions"]}
        self.facts = {f["key"]: f["when"] for f in data["facts"]}

    # -- values ----------------------------------------------------------------------

    def operand(self, operand: dict[str, Any]) -> Any:
        if "today" in operand:
            return self.today
        if "question" in operand:
            value = self.answers.get(operand["question"])
        elif "threshold" in operand:
            value = None
            for entry in self.data["thresholds"][operand["threshold"]]["values"]:
                if date.fromisoformat(entry["from"]) <= self.today:
                    value = entry["value"]
        else:
            value = operand["value"]
        return date.fromisoformat(value) if isinstance(value, str) else value

    @staticmethod
    def test(a: Any, cmp: str, b: Any) -> bool:
        return bool(
            {"lt": a < b, "le": a <= b, "eq": a == b, "ge": a >= b, "gt": a > b}[cmp]
        )

    def cell(self, question: str, row: str, column: str) -> Any:
        chart = self.data["charts"][self.questions[question]["chart"]]
        for record in chart["rows"]:
            if record["key"] == row:
                if column in record["cells"]:
                    return record["cells"][column]
                return next(
                    c["default"] for c in chart["columns"] if c["key"] == column
                )
        return None

    def value(self, node: dict[str, Any]) -> int:
        op = node["op"]
        if op in ("all", "any", "not", "at_least"):
            children = [self.value(child) for child in node["of"]]
            if op == "all":
                return min(children)
            if op == "any":
                return max(children)
            if op == "not":
                return 2 - children[0]
            if sum(v == 2 for v in children) >= node["n"]:
                return 2
            return 0 if sum(v > 0 for v in children) < node["n"] else 1
        if op == "fact":
            return self.value(self.facts[node["fact"]])
        if op == "dont_know":
            if node["question"] not in self.answers:
                return 1
            return 2 if self.answers[node["question"]] is None else 0
        if op == "compare":
            a, b = self.operand(node["left"]), self.operand(node["right"])
            if a is None or b is None:
                return 1
            return 2 if self.test(a, node["cmp"], b) else 0
        if op == "elapsed":
            return self.elapsed(node)
        answer = self.answers.get(node["question"])
        if answer is None:
            return 1
        if op == "column":
            return self.column(node, answer)
        yes = {
            "is": lambda: answer == node["value"],
            "in": lambda: answer in node["values"],
            "has_any": lambda: any(v in answer for v in node["values"]),
            "has_all": lambda: all(v in answer for v in node["values"]),
            "has_none": lambda: not any(v in answer for v in node["values"]),
        }[op]()
        return 2 if yes else 0

    def elapsed(self, node: dict[str, Any]) -> int:
        start, until = self.operand(node["from"]), self.operand(node["until"])
        n = self.operand(node["n"])
        if start is None or until is None or n is None:
            return 1
        if until < start:
            return 2 if node["cmp"] in ("lt", "le") else 0
        end = moved(start, n, node["unit"], node.get("roll", self.data["roll"]))
        return 2 if self.test(until, node["cmp"], end) else 0

    def column(self, node: dict[str, Any], answer: Any) -> int:
        values = []
        for row in answer if isinstance(answer, list) else [answer]:
            cell = self.cell(node["question"], row, node["column"])
            if cell is None:
                values.append(1)
            else:
                cells = cell if isinstance(cell, list) else [cell]
                values.append(2 if any(c in node["values"] for c in cells) else 0)
        return max(values, default=0)

    # -- findings --------------------------------------------------------------------

    @staticmethod
    def level(applies: int, may_apply: int, unless: int) -> str:
        if unless == 2:
            return "not_apply"
        if applies == 2 and unless == 0:
            return "applies"
        return "may_apply" if applies > 0 or may_apply > 0 else "not_apply"

    def parts(self, finding: dict[str, Any]) -> list[int]:
        return [self.value(finding[p]) if p in finding else 0 for p in PARTS]

    def levels(self) -> dict[str, str]:
        return {f["key"]: self.level(*self.parts(f)) for f in self.data["findings"]}

    def open_parts(self, finding: dict[str, Any]) -> list[str]:
        values = self.parts(finding)
        found = []
        for place, part in enumerate(PARTS):
            if values[place] != 1:
                continue
            for others in product(*[(0, 2) if v == 1 else (v,) for v in values]):
                reached = set()
                for value in (0, 2):
                    trial = list(others)
                    trial[place] = value
                    reached.add(self.level(*trial))
                if len(reached) > 1:
                    found.append(part)
                    break
        return found

    def reached(self, node: dict[str, Any]) -> set[str]:
        """Unanswered questions of unknown atoms reached through unknown nodes."""
        if self.value(node) != 1:
            return set()
        if "of" in node:
            return set().union(*(self.reached(child) for child in node["of"]))
        if node["op"] == "fact":
            return self.reached(self.facts[node["fact"]])
        named = [node.get("question")]
        named += [node[s].get("question") for s in ("left", "right") if s in node]
        named += [node[s].get("question") for s in ("from", "until") if s in node]
        return {q for q in named if q is not None and self.answers.get(q) is None}

    def bounds(self, node: dict[str, Any]) -> tuple[int, int]:
        """The least and the greatest value that missing answers could make of it."""
        op = node["op"]
        if op == "fact":
            return self.bounds(self.facts[node["fact"]])
        if op == "not":
            low, high = self.bounds(node["of"][0])
            return 2 - high, 2 - low
        if op in ("all", "any", "at_least"):
            ends = [self.bounds(child) for child in node["of"]]
            least = [low for low, _high in ends]
            most = [high for _low, high in ends]
            if op != "at_least":
                pick = min if op == "all" else max
                return pick(least), pick(most)
            return self.counted(least, node["n"]), self.counted(most, node["n"])
        value = self.value(node)
        return (0, 2) if value == 1 and self.reached(node) else (value, value)

    @staticmethod
    def counted(values: list[int], n: int) -> int:
        if sum(v == 2 for v in values) >= n:
            return 2
        return 0 if sum(v > 0 for v in values) < n else 1

    def turning(self, finding: dict[str, Any], last: date) -> date | None:
        """The day it turns, looked for day by day."""
        ranks = ["not_apply", "may_apply", "applies"]
        highest = 2 if "applies_when" in finding else 1

        def look() -> tuple[int, int, int]:
            ends = [self.bounds(finding[p]) if p in finding else (0, 0) for p in PARTS]
            (a, a_most), (m, m_most), (u, u_most) = ends
            found = (
                self.level(*self.parts(finding)),
                self.level(a, m, u_most),
                self.level(a_most, m_most, u),
            )
            now, worst, best = map(ranks.index, found)
            return now, worst, best

        start, worst, best = look()
        up = start < highest

        def better(rank: int) -> bool:
            return rank > start if up else rank < start

        if better(best if up else worst):
            return None
        while self.today < last:
            self.today += timedelta(days=1)
            now, worst, best = look()
            if better(best if up else worst):
                return self.today if better(now if up else best) else None
        return None

    def missing(self, finding: dict[str, Any]) -> list[tuple[str, str]]:
        found: set[str] = set()
        for part in self.open_parts(finding):
            found |= self.reached(finding[part])
        return [
            (q, "not_sure" if q in self.answers else "not_asked")
            for q in self.questions
            if q in found
        ]

    def relevant(self) -> list[str]:
        found = {q for f in self.data["findings"] for q, _state in self.missing(f)}
        return [
            key
            for key, question in self.questions.items()
            if key in found
            and key not in self.answers
            and ("ask_when" not in question or self.value(question["ask_when"]) == 2)
        ]

    def because(
        self, finding: dict[str, Any]
    ) -> list[tuple[str, int, tuple[str, ...]]]:
        a, m, u = self.parts(finding)
        level = self.level(a, m, u)
        if u == 2:
            parts = ["unless"]
        elif level == "applies":
            parts = ["applies_when", "unless"]
        elif level == "may_apply":
            parts = [p for p, v in zip(PARTS, (a, m, u), strict=True) if v > 0]
        else:
            parts = ["applies_when", "may_apply_when"]
        found: dict[str, tuple[str, int, tuple[str, ...]]] = {}
        for part in parts:
            if part in finding:
                place = f"findings/{finding['key']}/{part}"
                self.trace(finding[part], place, found)
        return list(found.values())

    def trace(self, node: dict[str, Any], place: str, found: dict[str, Any]) -> None:
        if place in found:
            return
        value = self.value(node)
        below = []
        if "of" in node:
            for index, child in enumerate(node["of"]):
                if node["op"] == "not" or self.value(child) == value:
                    below.append((child, f"{place}/{index}"))
        elif node["op"] == "fact":
            below.append((self.facts[node["fact"]], f"facts/{node['fact']}"))
        found[place] = (place, value, tuple(where for _node, where in below))
        for child, where in below:
            self.trace(child, where, found)
