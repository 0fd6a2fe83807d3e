"""Random releases and answers, for property tests, fuzzing and benchmarks.

Everything comes from one `random.Random`, so a seed names a case. Answers lean towards
the boundaries the release itself draws: constants and thresholds one off, anniversaries
one day off, leap days, both kinds of unknown.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

TYPES = ("choice", "choices", "yes_no", "integer", "money", "date")
COMPARATORS = ("lt", "le", "eq", "ge", "gt")
UNITS = ("days", "months", "years")


@dataclass(frozen=True)
class Size:
    """How large a release becomes. `atoms` are those of one condition, at most."""

    questions: int = 6
    facts: int = 3
    findings: int = 4
    atoms: int = 5
    depth: int = 4
    rows: int = 4
    gates: float = 0.0
    optional_conditions: float = 0.5


SMALL = Size()
#: About what a real law pack has.
LARGE = Size(questions=45, facts=25, findings=80, atoms=7, rows=60)


def random_date(rng: random.Random) -> str:
    if rng.random() < 0.3:
        return rng.choice(
            ("2020-02-29", "2019-02-28", "2021-03-01", "2024-02-29", "2023-08-31")
        )
    day = date(1990, 1, 1) + timedelta(days=rng.randrange(20_000))
    return day.isoformat()


def release(rng: random.Random, size: Size = SMALL) -> dict[str, Any]:
    """A release that `load_release` accepts, with every operator likely in it."""
    return _Generator(rng, size).release()


class _Generator:
    def __init__(self, rng: random.Random, size: Size) -> None:
        self.rng, self.size = rng, size
        self.charts = {"c": self._chart()}
        self.thresholds = {
            "t_int": self._threshold("integer", None),
            "t_days": self._threshold("integer", "days"),
            "t_years": self._threshold("integer", "years"),
            "t_money": self._threshold("money", None),
            "t_date": self._threshold("date", None),
        }
        self.questions = [self._question(i) for i in range(size.questions)]
        self.by_type: dict[str, list[dict[str, Any]]] = {}
        for question in self.questions:
            self.by_type.setdefault(question["type"], []).append(question)
        self.facts: list[dict[str, Any]] = []

    def _chart(self) -> dict[str, Any]:
        rng = self.rng
        columns = [
            {"key": "kind", "type": "choice", "values": ["a", "b", "c"]},
            {"key": "tags", "type": "choices", "values": ["x", "y", "z"]},
        ]
        columns[0]["default"] = rng.choice([None, "a"])
        columns[1]["default"] = rng.choice([None, [], ["x", "y"]])
        rows = []
        for number in range(self.size.rows):
            cells: dict[str, Any] = {}
            if rng.random() < 0.7:
                cells["kind"] = rng.choice("abc")
            if rng.random() < 0.7:
                cells["tags"] = rng.sample("xyz", rng.randrange(4))
            rows.append(
                {
                    "key": f"r{number}",
                    "cells": cells,
                    "citations": [],
                    "status": "verified",
                    "checked_on": None,
                }
            )
        return {"columns": columns, "rows": rows}

    def _threshold(self, kind: str, unit: str | None) -> dict[str, Any]:
        rng = self.rng
        starts = sorted(
            rng.sample(["1900-01-01", "2000-05-01", "2015-01-01", "2024-07-01"], 2)
        )
        values: list[Any] = [rng.randrange(0, 12) for _ in starts]
        if kind == "date":
            values = [random_date(rng) for _ in starts]
        return {
            "type": kind,
            "unit": unit,
            "values": [
                {"from": s, "value": v} for s, v in zip(starts, values, strict=True)
            ],
            "citations": [{"text": f"Law of {unit or kind}", "status": "verified"}],
            "status": "verified",
            "checked_by": None,
            "checked_on": None,
        }

    def _question(self, index: int) -> dict[str, Any]:
        rng = self.rng
        kind = TYPES[index] if index < len(TYPES) else rng.choice(TYPES)
        question: dict[str, Any] = {"key": f"q{index}", "type": kind}
        if kind in ("choice", "choices"):
            if rng.random() < 0.4:
                question["chart"] = "c"
            else:
                keys = [f"o{n}" for n in range(rng.randrange(2, 5))]
                question["options"] = [{"key": key} for key in keys]
                if kind == "choices" and rng.random() < 0.3:
                    question["options"][-1]["exclusive"] = True
        if kind == "integer" and rng.random() < 0.5:
            question["unit"] = "days"
        return question

    # -- conditions ----------------------------------------------------------------

    def condition(self, atoms: int | None = None, depth: int | None = None) -> Any:
        rng = self.rng
        if atoms is None:
            atoms = rng.randint(1, self.size.atoms)
        if depth is None:
            depth = self.size.depth
        if atoms <= 1 or depth <= 1:
            node = self.atom()
            return {"op": "not", "of": [node]} if rng.random() < 0.2 else node
        op = rng.choice(("all", "all", "any", "any", "at_least", "not"))
        if op == "not":
            return {"op": "not", "of": [self.condition(atoms, depth - 1)]}
        children = []
        left = atoms
        while left > 0:
            share = rng.randint(1, left)
            children.append(self.condition(share, depth - 1))
            left -= share
        node = {"op": op, "of": children}
        if op == "at_least":
            node["n"] = rng.randint(1, len(children))
        return node

    def atom(self) -> dict[str, Any]:
        rng = self.rng
        while True:
            kind = rng.choice(
                ("pick", "pick", "pick", "column", "compare", "elapsed", "fact", "dont")
            )
            made = getattr(self, f"_{kind}")()
            if made is not None:
                return made  # type: ignore[no-any-return]

    def _options(self, question: dict[str, Any]) -> list[Any]:
        if question["type"] == "yes_no":
            return [True, False]
        if "chart" in question:
            return [row["key"] for row in self.charts["c"]["rows"]] + ["other"]
        return [option["key"] for option in question["options"]]

    def _pick(self) -> dict[str, Any] | None:
        rng = self.rng
        question = rng.choice(self.questions)
        if question["type"] not in ("choice", "choices", "yes_no"):
            return None
        options = self._options(question)
        some = rng.sample(options, rng.randint(1, min(3, len(options))))
        key = question["key"]
        if question["type"] == "choices":
            op = rng.choice(("has_any", "has_all", "has_none"))
            return {"op": op, "question": key, "values": some}
        if rng.random() < 0.5:
            return {"op": "is", "question": key, "value": some[0]}
        return {"op": "in", "question": key, "values": some}

    def _column(self) -> dict[str, Any] | None:
        rng = self.rng
        charted = [q for q in self.questions if "chart" in q]
        if not charted:
            return None
        column, values, tests = rng.choice(
            (("kind", "abc", ("is", "in")), ("tags", "xyz", ("has_any",)))
        )
        test = rng.choice(tests)
        return {
            "op": "column",
            "question": rng.choice(charted)["key"],
            "column": column,
            "test": test,
            "values": rng.sample(values, 1 if test == "is" else rng.randint(1, 2)),
        }

    def _compare(self) -> dict[str, Any] | None:
        rng = self.rng
        kind = rng.choice(("integer", "money", "date"))
        asked = self.by_type.get(kind)
        if not asked:
            return None
        question = rng.choice(asked)
        left: dict[str, Any] = {"question": question["key"]}
        literal: Any = random_date(rng) if kind == "date" else rng.randrange(12)
        rights: list[dict[str, Any]] = [{"value": literal}]
        rights.append({"question": rng.choice(asked)["key"]})
        if kind == "date":
            rights += [{"today": True}, {"threshold": "t_date"}]
        elif kind == "money":
            rights.append({"threshold": "t_money"})
        else:
            rights.append({"threshold": "t_days" if "unit" in question else "t_int"})
        right = rng.choice(rights)
        if rng.random() < 0.3:
            left, right = right, left
        return {
            "op": "compare",
            "left": left,
            "cmp": rng.choice(COMPARATORS),
            "right": right,
        }

    def _elapsed(self) -> dict[str, Any] | None:
        rng = self.rng
        dates = self.by_type.get("date")
        if not dates:
            return None
        unit = rng.choice(UNITS)
        start: dict[str, Any] = {"question": rng.choice(dates)["key"]}
        until = rng.choice(
            ({"today": True}, {"today": True}, {"question": rng.choice(dates)["key"]})
        )
        if rng.random() < 0.15:
            start, until = until, start
        n: dict[str, Any] = {"value": rng.randrange(0, 40)}
        if unit != "months" and rng.random() < 0.4:
            n = {"threshold": f"t_{unit}"}
        node = {
            "op": "elapsed",
            "from": start,
            "until": until,
            "unit": unit,
            "cmp": rng.choice(COMPARATORS),
            "n": n,
        }
        if rng.random() < 0.2:
            node["roll"] = rng.choice(("last_day", "next_day"))
        return node

    def _fact(self) -> dict[str, Any] | None:
        if not self.facts:
            return None
        return {"op": "fact", "fact": self.rng.choice(self.facts)["key"]}

    def _dont(self) -> dict[str, Any]:
        return {"op": "dont_know", "question": self.rng.choice(self.questions)["key"]}

    # -- the whole -----------------------------------------------------------------

    def release(self) -> dict[str, Any]:
        rng, size = self.rng, self.size
        for number in range(size.facts):
            # Only facts that exist already: no cycle can arise.
            self.facts.append({"key": f"f{number}", "when": self.condition()})
        findings = [self._finding(number) for number in range(size.findings)]
        for index, question in enumerate(self.questions):
            if index and rng.random() < size.gates:
                earlier = _Generator.__new__(_Generator)
                earlier.__dict__.update(self.__dict__)
                earlier.questions, earlier.facts = self.questions[:index], []
                earlier.by_type = {}
                for other in earlier.questions:
                    earlier.by_type.setdefault(other["type"], []).append(other)
                question["ask_when"] = earlier.condition(2)
        rng.shuffle(self.facts)
        data = {
            "format": 1,
            "key": "random",
            "jurisdiction": "us-ca",
            "locale": "en",
            "time_zone": "America/Los_Angeles",
            "roll": rng.choice(("last_day", "next_day")),
            "review": {"reviewer": None, "reviewed_on": None, "next_due": None},
            "questions": self.questions,
            "charts": self.charts,
            "thresholds": self.thresholds,
            "facts": self.facts,
            "findings": findings,
            "texts": {},
        }
        data["texts"] = {"en": texts(data)}
        return data

    def _finding(self, number: int) -> dict[str, Any]:
        rng = self.rng
        finding: dict[str, Any] = {
            "key": f"x{number}",
            "group": rng.choice(("case", "risk", "help", "next")),
            "severity": rng.choice(("info", "caution", "high")),
            "citations": [],
            "status": "verified",
            "checked_on": None,
            "actions": [],
        }
        names = [rng.choice(("applies_when", "may_apply_when"))]
        for name in ("applies_when", "may_apply_when", "unless"):
            if name not in names and rng.random() < self.size.optional_conditions:
                names.append(name)
        for name in names:
            finding[name] = self.condition()
        if rng.random() < 0.1:
            finding["urgent_when"] = self.condition(1)
        if rng.random() < 0.1:
            finding["notes"] = [{"key": "n", "when": self.condition(1)}]
        return finding


def texts(data: dict[str, Any]) -> dict[str, Any]:
    """The least texts a release needs."""
    charts = {}
    for key, chart in data["charts"].items():
        charts[key] = {
            "label": key,
            "columns": {c["key"]: f"Column {c['key']}" for c in chart["columns"]},
            "rows": {r["key"]: f"Row {r['key']}" for r in chart["rows"]},
        }
    return {
        "title": "A random screener",
        "intro": "",
        "questions": {
            q["key"]: {
                "label": f"Question {q['key']}",
                "why": "It matters.",
                "options": {
                    o["key"]: f"Option {o['key']}" for o in q.get("options", ())
                },
            }
            for q in data["questions"]
        },
        "charts": charts,
        "thresholds": {t: {"label": f"Threshold {t}"} for t in data["thresholds"]},
        "facts": {f["key"]: {"label": f"Fact {f['key']}"} for f in data["facts"]},
        "findings": {
            f["key"]: {
                "heading": f"Finding {f['key']}",
                "body": "Text.",
                "notes": {n["key"]: "Note." for n in f.get("notes", ())},
                "actions": {a["key"]: "Action" for a in f["actions"]},
            }
            for f in data["findings"]
        },
    }


# -- answers -------------------------------------------------------------------------


def _shifted(text: str, unit: str, n: int, days: int) -> str | None:
    """A date `n` units and some days away, by the stdlib, near enough to a boundary."""
    start = date.fromisoformat(text)
    try:
        if unit == "days":
            moved = start + timedelta(days=n)
        else:
            months = (
                start.year * 12 + start.month - 1 + n * (12 if unit == "years" else 1)
            )
            day = min(start.day, 28)
            moved = date(months // 12, months % 12 + 1, day)
            moved += timedelta(days=start.day - day)
        moved += timedelta(days=days)
    except (ValueError, OverflowError):
        return None
    return moved.isoformat() if 1900 <= moved.year <= 2100 else None


def boundaries(data: dict[str, Any], as_of: str) -> dict[str, list[Any]]:
    """Per question of numbers or dates, the answers at which something may turn."""
    found: dict[str, list[Any]] = {q["key"]: [] for q in data["questions"]}
    values = {
        key: [entry["value"] for entry in record["values"]]
        for key, record in data["thresholds"].items()
    }

    def constants(operand: dict[str, Any]) -> list[Any]:
        if "threshold" in operand:
            return values[operand["threshold"]]
        if "today" in operand:
            return [as_of]
        return [operand["value"]] if "value" in operand else []

    def look(node: dict[str, Any]) -> None:
        for child in node.get("of", ()):
            look(child)
        if node["op"] == "compare":
            for one, other in (("left", "right"), ("right", "left")):
                if "question" in node[one]:
                    for constant in constants(node[other]):
                        near = [
                            _shifted(constant, "days", d, 0)
                            if isinstance(constant, str)
                            else constant + d
                            for d in (-1, 0, 1)
                        ]
                        found[node[one]["question"]] += [
                            v for v in near if v is not None
                        ]
        if node["op"] == "elapsed":
            for one, other, sign in (("from", "until", -1), ("until", "from", 1)):
                if "question" not in node[one]:
                    continue
                for anchor in constants(node[other]):
                    for n in constants(node["n"]):
                        near = [
                            _shifted(anchor, node["unit"], sign * n, d)
                            for d in (-2, -1, 0, 1, 2)
                        ]
                        found[node[one]["question"]] += [v for v in near if v]

    for fact in data["facts"]:
        look(fact["when"])
    for finding in data["findings"]:
        for name in ("applies_when", "may_apply_when", "unless", "urgent_when"):
            if name in finding:
                look(finding[name])
    return found


def answer(
    rng: random.Random, data: dict[str, Any], question: dict[str, Any], near: list[Any]
) -> Any:
    """One known answer to a question."""
    kind = question["type"]
    if kind == "yes_no":
        return rng.random() < 0.5
    if kind in ("choice", "choices"):
        if "chart" in question:
            rows = data["charts"][question["chart"]]["rows"]
            options = [row["key"] for row in rows] + ["other"]
        else:
            options = [option["key"] for option in question["options"]]
        if kind == "choice":
            return rng.choice(options)
        alone = [o["key"] for o in question.get("options", ()) if o.get("exclusive")]
        if alone and rng.random() < 0.3:
            return [rng.choice(alone)]
        free = [option for option in options if option not in alone]
        return rng.sample(free, rng.randint(0, min(3, len(free))))
    if near and rng.random() < 0.8:
        return rng.choice(near)
    return random_date(rng) if kind == "date" else rng.randrange(-1, 13)


def answers(
    rng: random.Random,
    data: dict[str, Any],
    as_of: str,
    known: float = 0.6,
    unsure: float = 0.15,
) -> dict[str, Any]:
    """A set of answers: each question known, not sure, or left out."""
    near = boundaries(data, as_of)
    found: dict[str, Any] = {}
    for question in data["questions"]:
        draw = rng.random()
        if draw < known:
            found[question["key"]] = answer(rng, data, question, near[question["key"]])
        elif draw < known + unsure:
            found[question["key"]] = None
    return found


def nodes(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Every node of every condition of a release."""
    found: list[dict[str, Any]] = []
    ahead = [q["ask_when"] for q in data["questions"] if "ask_when" in q]
    ahead += [fact["when"] for fact in data["facts"]]
    for finding in data["findings"]:
        for name in ("applies_when", "may_apply_when", "unless", "urgent_when"):
            if name in finding:
                ahead.append(finding[name])
        ahead += [note["when"] for note in finding.get("notes", ())]
    while ahead:
        node = ahead.pop()
        found.append(node)
        ahead += node.get("of", ())
    return found


def copied(data: dict[str, Any]) -> dict[str, Any]:
    """A release to be changed; parts that were shared in memory are so no longer."""
    return json.loads(json.dumps(data))  # type: ignore[no-any-return]


# -- gaps planted in a release ---------------------------------------------------------

#: What `plant` can put into a release, by the code of the flag that must find it.
GAPS = (
    "never_applies",
    "never_shown",
    "both_apply",
    "unreachable",
    "never_yes",
    "never_no",
    "overlap",
    "idle_unless",
)


def plant(rng: random.Random, data: dict[str, Any], gap: str) -> str:
    """Put a gap into a release; returns the path at which it must be found."""
    maker = _Generator.__new__(_Generator)
    maker.rng, maker.size = rng, SMALL
    maker.charts, maker.thresholds = data["charts"], data["thresholds"]
    maker.questions = [q for q in data["questions"] if "ask_when" not in q]
    maker.facts, maker.by_type = [], {}
    for question in maker.questions:
        maker.by_type.setdefault(question["type"], []).append(question)
    one, other = _opposed(rng, maker)
    dead = {"op": "all", "of": [one, maker.condition(2), other]}
    data["questions"].append({"key": "free", "type": "yes_no"})
    free = {"op": "is", "question": "free", "value": True}
    finding = {**_blank("planted"), "applies_when": free}
    path = "findings/planted"
    if gap == "never_applies":
        finding["applies_when"] = dead
        path += "/applies_when"
    elif gap == "never_shown":
        del finding["applies_when"]
        finding["may_apply_when"] = {"op": "all", "of": [free, one]}
        finding["unless"] = {"op": "any", "of": [one, maker.condition(2)]}
        path += "/unless"
    elif gap == "both_apply":
        data["findings"].append({**_blank("rival"), "applies_when": one})
        finding["applies_when"] = {"op": "any", "of": [free, other]}
        data["exclusive"] = [["planted", "rival"]]
        path = "exclusive/0"
    elif gap == "unreachable":
        data["questions"].append({"key": "hidden", "type": "yes_no", "ask_when": dead})
        hidden = {"op": "is", "question": "hidden", "value": True}
        finding["applies_when"] = {"op": "any", "of": [free, hidden]}
        path = "questions/hidden/ask_when"
    elif gap == "never_yes":
        finding["applies_when"] = {"op": "any", "of": [free, dead]}
        path += "/applies_when/1"
    elif gap == "never_no":
        always = {"op": "any", "of": [{"op": "not", "of": [one]}, maker.condition(2)]}
        always["of"].append({"op": "not", "of": [other]})
        finding["applies_when"] = {"op": "all", "of": [free, always]}
        path += "/applies_when/1"
    elif gap == "overlap":
        finding["applies_when"] = {"op": "any", "of": [free, one]}
        finding["may_apply_when"] = {"op": "all", "of": [one, free]}
        path += "/may_apply_when"
    else:
        finding["applies_when"] = {"op": "all", "of": [free, one]}
        finding["unless"] = {"op": "all", "of": [free, other]}
        path += "/unless"
    data["findings"].append(finding)
    data["texts"] = {"en": texts(data)}
    return path


def _blank(key: str) -> dict[str, Any]:
    return {
        "key": key,
        "group": "risk",
        "severity": "info",
        "citations": [],
        "status": "verified",
        "checked_on": None,
        "actions": [],
    }


def _opposed(rng: random.Random, maker: _Generator) -> tuple[Any, Any]:
    """Two atoms that can each be yes, never both: of any kind that has constants."""
    kind = rng.choice(("yes_no", "number", "date", "period", "orders"))
    asked = {name: maker.by_type.get(name) for name in TYPES}
    if kind == "number" and asked["integer"]:
        side = {"question": asked["integer"][0]["key"]}
        n = rng.randrange(3, 9)
        return _compared(side, "lt", {"value": n}), _compared(side, "ge", {"value": n})
    if kind == "date" and asked["date"]:
        side = {"question": asked["date"][0]["key"]}
        day = {"value": random_date(rng)}
        return _compared(side, "le", day), _compared(side, "gt", day)
    if kind == "period" and asked["date"]:
        start = {
            "from": {"question": asked["date"][0]["key"]},
            "until": {"today": True},
        }
        period = {"op": "elapsed", **start}
        return (
            {**period, "unit": "years", "cmp": "ge", "n": {"value": 3}},
            {**period, "unit": "months", "cmp": "lt", "n": {"value": 36}},
        )
    if kind == "orders" and len(asked["money"] or ()) > 1:
        a, b = ({"question": question["key"]} for question in asked["money"][:2])
        return _compared(a, "lt", b), _compared(b, "le", a)
    key = (asked["yes_no"] or [{"key": "free"}])[0]["key"]
    yes, no = ({"op": "is", "question": key, "value": v} for v in (True, False))
    return yes, no


def _compared(left: Any, cmp: str, right: Any) -> dict[str, Any]:
    return {"op": "compare", "left": left, "cmp": cmp, "right": right}
