"""What a test says of its own accord, with gaps for the visitor's answers.

A comparison's side of the law (label, number, unit, citation) is made up here, once a
day and language. `explain` puts the answers in, and so does the browser, to which
`word_book` brings the phrases: it knows the answers, and they stay there.
"""

from collections.abc import Iterable
from typing import Any

from .answers import parse_as_of
from .canonical import Json
from .currencies import digits_of
from .dates import known_date
from .grammar import OTHER
from .model import Question
from .release import Release
from .sentences import fill
from .turning import is_wait, nodes_of, plan_of
from .types import currency_of
from .undated import undated
from .wording import DENIED, TURNED, Wording

#: Stands on both sides of a question's key, where its answer belongs.
_GAP = "\0"
_SAY = ("column", "column_unknown", "column_other")
_FORMS = ("plural", "digits", "months", "date")

#: Texts and, at odd places, the keys of the questions whose answers come between.
Pieces = list[str]


def word_book(release: Release, as_of: str, locale: str = "en") -> dict[str, Any]:
    """All that the browser's half says by itself about a release on one day, as JSON.

    Forms of numbers, dates and lists; `words`, sentences around an answer; `questions`,
    how each is named and counted; `texts`, what the release's own lack; `undated`, what
    is left of those with `{date}` where no day is shown, and `plans`, the days on which
    such a finding may turn; `thresholds`, their values in words; `atoms`, per node what
    `Phrases.of` gives.
    """
    w = Wording(release, locale, parse_as_of(as_of))
    phrases = Phrases(w, release)
    program = release.program
    atoms = zip(program.ids, map(phrases.of, program.nodes), strict=True)
    cut, today = undated(w), known_date(as_of)
    return {
        "locale": locale,
        "as_of": as_of,
        **{name: w.s[name] for name in _FORMS},
        "units": {
            **w.s["units"],
            **{q["unit"]: _bare_unit(q["unit"]) for q in _counted(w)},
        },
        "money": _money_forms(w),
        "list": w.s["lists"]["and"],
        "words": {
            "nothing": w.words["nothing"],
            **{name: w.s["explain"][name] for name in _SAY},
        },
        "questions": {key: _of_question(w, key) for key in w.questions},
        "texts": {
            "questions": {q.key: _lacking(w, q) for q in release.questions.values()},
            "charts": {c["key"]: _lacking_in_chart(w, c) for c in _charts(release)},
        },
        "undated": {"findings": cut},
        "plans": {key: plan_of(release, nodes_of(release, key), today) for key in cut},
        "thresholds": {key: w.threshold(key) for key in w.thresholds},
        "atoms": {name: found for name, found in atoms if found},
    }


def said_of(w: Wording, question: str) -> dict[str, str]:
    """Sentences that name a question, by what was answered; `value` is a slot."""
    label = w.question(question)
    ended = label if label.endswith(("?", ".", "!", ":")) else f"{label}."
    said = w.s["explain"]
    return {
        "about": fill(said["said"], head=ended),
        "not_sure": fill(said["not_sure"], question=label),
        "not_asked": fill(said["not_asked"], question=label),
    }


def _counted(w: Wording) -> list[Json]:
    """The questions whose unit has no forms of its own."""
    units = w.s["units"]
    return [q for q in w.questions.values() if q.get("unit") and q["unit"] not in units]


def _bare_unit(unit: str) -> dict[str, str]:
    return {"other": "{n} " + unit.replace("_", " ")}


def _currency(w: Wording, key: str) -> str:
    """The currency of a question, or ''."""
    answers = w.types[key]
    has_one = answers is not None and "currency" in answers.settings
    return currency_of(w.questions[key]) if has_one else ""


def _money_forms(w: Wording) -> dict[str, Any]:
    """How amounts in each currency of a question are said."""
    forms = w.s["money"]
    return {
        currency: {
            "digits": digits_of(currency),
            "text": forms.get(currency, forms[""]),
        }
        for currency in sorted({_currency(w, key) for key in w.questions} - {""})
    }


def _of_question(w: Wording, key: str) -> dict[str, str]:
    """`said_of`, with the unit and the currency of a number."""
    unit = w.questions[key].get("unit") or ""
    return {**said_of(w, key), "unit": unit, "currency": _currency(w, key)}


def _charts(release: Release) -> list[dict[str, Any]]:
    return [{"key": key, **chart} for key, chart in release.data["charts"].items()]


def _lacking(w: Wording, question: Question) -> dict[str, Any]:
    """What stands for the texts of a question that the release does not have."""
    key = question.key
    # The rows of a chart are not options of the question.
    own = (OTHER,) if question.chart else question.options
    listed = question.answers.listed(own) if question.answers else []
    options = {one if isinstance(one, str) else str(one).lower(): one for one in listed}
    found: dict[str, Any] = {
        "options": {
            name: w.option(key, one)
            for name, one in options.items()
            if not w.text("questions", key, "options", name)
        }
    }
    if not w.text("questions", key, "label"):
        found["label"] = w.question(key)
    return found


def _lacking_in_chart(w: Wording, chart: Json) -> dict[str, Any]:
    key, columns = chart["key"], chart["columns"]

    def labels(*path: str, names: Iterable[str]) -> dict[str, str]:
        bare = (name for name in names if not w.text("charts", key, *path, name))
        return {name: w.label("charts", key, *path, name) for name in bare}

    return {
        "columns": labels("columns", names=(c["key"] for c in columns)),
        "rows": labels("rows", names=(row["key"] for row in chart["rows"])),
        "values": {
            c["key"]: labels("values", c["key"], names=c["values"]) for c in columns
        },
    }


class Phrases:
    """The phrases of a release's atoms, in the language and on the day of a wording."""

    def __init__(self, wording: Wording, release: Release) -> None:
        self.w, self.release = wording, release
        self.s: Json = wording.s["explain"]

    def of(self, node: Json) -> dict[str, Any] | None:
        """What is said of an atom, or None if only the answer itself is.

        `yes` and `no` are pieces; `open`, for unknown, lists pairs of a question, to be
        named if it has no answer, or a text that is said anyway. `turns` stands around
        the day on which a wait will be over, which is one of its `plan`.
        """
        op = node["op"]
        if "." in op:
            said = self.s["plugin"]
            yes, no, unclear = (
                fill(said[n], name=op) for n in ("yes", "no", "unclear")
            )
            return {"yes": [yes], "no": [no], "open": [["", unclear]]}
        if op == "compare":
            yes, no = (self._compare(node, yes) for yes in (True, False))
        elif op == "elapsed":
            yes, no = (self._elapsed(node, yes) for yes in (True, False))
        else:
            return None
        found = {"yes": _pieces(yes), "no": _pieces(no), "open": self._open(node)}
        if is_wait(node):
            phrase = self.w.phrase("number", node["cmp"], self._period(node))
            turns = fill(self.s["turns"], date=_GAP, phrase=phrase)
            found["turns"] = _pieces(turns)
            today = known_date(self.w.as_of or "")
            found["plan"] = plan_of(self.release, [node], today)
        return found

    def _open(self, node: Json) -> list[list[str]]:
        found = []
        for side in ("left", "right", "from", "until", "n"):
            operand = node.get(side, {})
            if "question" in operand:
                found.append([operand["question"], ""])
            elif "threshold" in operand:
                key = operand["threshold"]
                if self.w.threshold_value(key) is None:
                    label = self.w.label("thresholds", key, "label").rstrip(".")
                    found.append(["", fill(self.s["no_value"], threshold=label)])
        return found

    def _value(self, operand: Json, other: Json) -> str:
        """An operand's value alone."""
        if "question" in operand:
            return f"{_GAP}{operand['question']}{_GAP}"
        if "threshold" in operand:
            return self.w.threshold(operand["threshold"])
        if "today" in operand:
            return self.w.date(self.w.as_of or "")
        return self.w.fixed_value(operand["value"], other)

    def _named(self, operand: Json, value: str) -> str:
        """A value with what it is: its question, or today."""
        if "question" in operand:
            label = self.w.question(operand["question"])
            return fill(self.w.words["named"], value=value, label=label)
        if "today" in operand:
            today = self.w.words["today"]
            return fill(self.w.words["named"], value=today, label=value)
        return value

    def _cited(self, text: str, operand: Json) -> str:
        """A phrase with the citation of the threshold in it, if it has one."""
        if "threshold" in operand:
            citation = self.w.citation(operand["threshold"])
            if citation:
                return fill(self.w.words["cited"], value=text, citation=citation)
        return text

    def _compare(self, node: Json, yes: bool) -> str:
        left, right, cmp = node["left"], node["right"], node["cmp"]
        if "question" not in left and "question" in right:
            left, right, cmp = right, left, TURNED[cmp]
        if "question" in left:
            head = self.w.question(left["question"])
        elif "threshold" in left:
            head = self.w.label("thresholds", left["threshold"], "label")
        else:
            head = self.w.words["today_head"]
        phrase = self.w.phrase(
            self.w.phrases_of(left, right),
            cmp if yes else DENIED[cmp],
            self._named(right, self._value(right, left)),
        )
        return fill(
            self.s["compare"],
            head=self.w.head(head),
            answer=self._value(left, right),
            phrase=self._cited(phrase, right),
        )

    def _period(self, node: Json) -> str:
        n = node["n"]
        if "threshold" in n:
            return self.w.threshold(n["threshold"])
        return self.w.number(n["value"], node["unit"])

    def _elapsed(self, node: Json, yes: bool) -> str:
        cmp = node["cmp"] if yes else DENIED[node["cmp"]]
        phrase = self.w.phrase("number", cmp, self._period(node))
        sides = {
            side: self._named(node[side], self._value(node[side], {}))
            for side in ("from", "until")
        }
        return fill(self.s["elapsed"], phrase=self._cited(phrase, node["n"]), **sides)


def _pieces(text: str) -> Pieces:
    return text.split(_GAP)
