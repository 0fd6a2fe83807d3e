"""A release as constraints for z3, written from the definitions alone.

Three values are two formulas a node: `certain` (it is yes) and `possible` (it is not
no). Dates are their year, month and day, with the calendar spelled out. Nothing of the
engine is used, so that both can be held against each other.
"""

from __future__ import annotations

import functools
from typing import Any

import z3

BOUND = 2**53 - 1
COMPARE = {
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "eq": lambda a, b: a == b,
    "ge": lambda a, b: a >= b,
    "gt": lambda a, b: a > b,
}
Pair = tuple[Any, Any]
#: Year, month, day, as z3 terms or numbers.
Date = tuple[Any, Any, Any]


def leap(year: Any) -> Any:
    return z3.And(year % 4 == 0, z3.Or(year % 100 != 0, year % 400 == 0))


def length(year: Any, month: Any) -> Any:
    short = z3.If(leap(year), 29, 28)
    return z3.If(
        month == 2, short, z3.If(z3.Or([month == m for m in (4, 6, 9, 11)]), 30, 31)
    )


def number(date: Date) -> Any:
    """Days since the first of March of year 0."""
    year, month, day = date
    early = month < 3
    y = z3.If(early, year - 1, year)
    m = z3.If(early, month + 9, month - 3)
    before = z3.IntVal(0)
    for at, days in enumerate((31, 61, 92, 122, 153, 184, 214, 245, 275, 306, 337), 1):
        before = z3.If(m >= at, z3.IntVal(days), before)
    return 365 * y + y / 4 - y / 100 + y / 400 + before + day


def key(date: Date) -> Any:
    year, month, day = date
    return year * 10000 + month * 100 + day


def moved(date: Date, n: int, unit: str, roll: str) -> Date:
    year, month, day = date
    total = year * 12 + month - 1 + (n * 12 if unit == "years" else n)
    year, month = total / 12, total % 12 + 1
    most = length(year, month)
    over = day > most
    if roll == "next_day":
        return year, z3.If(over, month + 1, month), z3.If(over, 1, day)
    return year, month, z3.If(over, most, day)


def written(text: str) -> Date:
    year, month, day = (z3.IntVal(int(part)) for part in text.split("-"))
    return year, month, day


class Pack:
    """The constraints of one release on one day."""

    def __init__(self, data: dict[str, Any], as_of: str, prefix: str = "") -> None:
        self.data, self.as_of, self.prefix = data, as_of, prefix
        self.questions = {q["key"]: q for q in data["questions"]}
        self.facts = {f["key"]: f["when"] for f in data["facts"]}
        self.rules: list[Any] = []
        self.asked: dict[str, Any] = {}
        self.unsure: dict[str, Any] = {}
        self.value: dict[str, Any] = {}
        for question in data["questions"]:
            self._declare(question)
        self._fact = functools.cache(lambda name: self.node(self.facts[name]))
        for question in data["questions"]:
            if "ask_when" in question:
                certain, _possible = self.node(question["ask_when"])
                self.rules.append(z3.Implies(self.asked[question["key"]], certain))

    def options(self, question: dict[str, Any]) -> list[str]:
        if "chart" in question:
            rows = self.data["charts"][question["chart"]]["rows"]
            return [*(row["key"] for row in rows), "other"]
        return [option["key"] for option in question["options"]]

    def _declare(self, question: dict[str, Any]) -> None:
        name = question["key"]
        self.asked[name] = z3.Bool(f"{name} asked")
        self.unsure[name] = z3.Bool(f"{name} unsure")
        kind = question["type"]
        if kind == "yes_no":
            self.value[name] = z3.Bool(name)
        elif kind == "choices":
            ticks = {o: z3.Bool(f"{name} {o}") for o in self.options(question)}
            for option in question.get("options", ()):
                if option.get("exclusive"):
                    others = [z3.Not(v) for o, v in ticks.items() if o != option["key"]]
                    self.rules.append(z3.Implies(ticks[option["key"]], z3.And(others)))
            self.value[name] = ticks
        elif kind == "date":
            year, month, day = (z3.Int(f"{name} {part}") for part in "ymd")
            self.rules += [year >= 1900, year <= 2100, month >= 1, month <= 12]
            self.rules += [day >= 1, day <= length(year, month)]
            self.value[name] = year, month, day
        else:
            number = self.value[name] = z3.Int(name)
            least, most = question.get("min", -BOUND), question.get("max", BOUND)
            if kind == "choice":
                least, most = 0, len(self.options(question)) - 1
            self.rules += [least <= number, number <= most]

    def known(self, name: str) -> Any:
        return z3.And(self.asked[name], z3.Not(self.unsure[name]))

    # -- conditions ----------------------------------------------------------------

    def node(self, node: dict[str, Any] | None) -> Pair:
        """What a condition comes to; an absent one is no."""
        if node is None:
            return z3.BoolVal(False), z3.BoolVal(False)
        op = node["op"]
        if op == "fact":
            return self._fact(node["fact"])  # type: ignore[no-any-return]
        if op == "not":
            certain, possible = self.node(node["of"][0])
            return z3.Not(possible), z3.Not(certain)
        if op in ("all", "any", "at_least"):
            kids = [self.node(kid) for kid in node["of"]]
            n = {"all": len(kids), "any": 1}.get(op, node.get("n"))
            certain, possible = (
                z3.Sum([z3.If(kid[side], 1, 0) for kid in kids]) >= n for side in (0, 1)
            )
            return certain, possible
        if op == "dont_know":
            name = node["question"]
            asked, unsure = self.asked[name], self.unsure[name]
            return z3.And(asked, unsure), z3.Not(self.known(name))
        known, test = self.atom(node)
        return z3.And(known, test), z3.Or(z3.Not(known), test)

    def atom(self, node: dict[str, Any]) -> Pair:
        op = node["op"]
        if op in ("compare", "elapsed"):
            return self.compare(node) if op == "compare" else self.elapsed(node)
        name = node["question"]
        question, value = self.questions[name], self.value[name]
        if op == "column":
            return self.column(node)
        if question["type"] == "choices":
            ticks = [value[option] for option in node["values"]]
            test = z3.And(ticks) if op == "has_all" else z3.Or(ticks)
            return self.known(name), z3.Not(test) if op == "has_none" else test
        values = [node["value"]] if op == "is" else node["values"]
        if question["type"] == "yes_no":
            return self.known(name), z3.Or([value == v for v in values])
        places = self.options(question)
        return self.known(name), z3.Or([value == places.index(v) for v in values])

    def column(self, node: dict[str, Any]) -> Pair:
        name = node["question"]
        question = self.questions[name]
        chart = self.data["charts"][question["chart"]]
        default = next(
            c["default"] for c in chart["columns"] if c["key"] == node["column"]
        )
        cells = {
            r["key"]: r["cells"].get(node["column"], default) for r in chart["rows"]
        }
        cells["other"] = None
        hits, blanks = [], []
        for place, option in enumerate(self.options(question)):
            value = self.value[name]
            picked = value == place if question["type"] == "choice" else value[option]
            cell = cells[option]
            if cell is None:
                blanks.append(picked)
            elif set(cell if isinstance(cell, list) else [cell]) & set(node["values"]):
                hits.append(picked)
        hit = z3.Or(hits)
        settled = z3.Or(hit, z3.Not(z3.Or(blanks)))
        return z3.And(self.known(name), settled), hit

    def constant(self, operand: dict[str, Any]) -> Any:
        """The number or date text of an operand that is no question, or None."""
        if "today" in operand:
            return self.as_of
        if "value" in operand:
            return operand["value"]
        found = None
        for entry in self.data["thresholds"][operand["threshold"]]["values"]:
            if entry["from"] <= self.as_of:
                found = entry["value"]
        return found

    def operand(self, operand: dict[str, Any]) -> Pair:
        """Whether it is known, and the number or date it is."""
        if "question" in operand:
            return self.known(operand["question"]), self.value[operand["question"]]
        value = self.constant(operand)
        if value is None:
            return z3.BoolVal(False), z3.IntVal(0)
        if isinstance(value, str):
            return z3.BoolVal(True), written(value)
        return z3.BoolVal(True), z3.IntVal(value)

    def compare(self, node: dict[str, Any]) -> Pair:
        (one, a), (other, b) = self.operand(node["left"]), self.operand(node["right"])
        a, b = (key(v) if isinstance(v, tuple) else v for v in (a, b))
        return z3.And(one, other), COMPARE[node["cmp"]](a, b)

    def elapsed(self, node: dict[str, Any]) -> Pair:
        (one, start), (other, until) = (
            self.operand(node[s]) for s in ("from", "until")
        )
        n = self.constant(node["n"])
        if n is None or not (isinstance(start, tuple) and isinstance(until, tuple)):
            return z3.BoolVal(False), z3.BoolVal(False)
        test = COMPARE[node["cmp"]]
        if node["unit"] == "days":
            return z3.And(one, other), test(number(until) - number(start), n)
        roll = node.get("roll", self.data["roll"])
        end = moved(start, n, node["unit"], roll)
        return z3.And(one, other), test(key(until), key(end))

    # -- findings ------------------------------------------------------------------

    def level(self, finding: dict[str, Any], level: str) -> Any:
        """That a finding comes to a level."""
        (a, a_open), (m, m_open), (u, u_open) = (
            self.node(finding.get(name))
            for name in ("applies_when", "may_apply_when", "unless")
        )
        del m
        applies = z3.And(a, z3.Not(u_open))
        may = z3.And(z3.Not(u), z3.Not(applies), z3.Or(a_open, m_open))
        return {
            "applies": applies,
            "may_apply": may,
            "not_apply": z3.Not(z3.Or(applies, may)),
        }[level]


def possible(rules: list[Any], *wanted: Any, milliseconds: int = 20_000) -> bool | None:
    """Whether all can hold at once; None if z3 does not say in time."""
    solver = z3.Solver()
    solver.set("timeout", milliseconds)
    solver.add(*rules, *wanted)
    said = solver.check()
    return None if said == z3.unknown else said == z3.sat
