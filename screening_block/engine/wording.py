"""Words for the parts of a release: labels, numbers, dates, lists, operands.

All wording is data (see `sentences`), shared with the browser's half. Works on plain
data too, so that a draft that would not load yet can be described.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from .canonical import Json
from .currencies import digits_of
from .grammar import DATE_NAME, OTHER
from .model import Model
from .sentences import fill, sentences
from .texts import PLACEHOLDER
from .types import TYPES, AnswerType, type_holding

#: What `trim` of JavaScript takes off; `strip` alone differs on a few characters.
_SPACE = (
    "\t\n\v\f\r \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
    "\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
)
#: What a comparison becomes when it is denied, and when its sides change places.
DENIED = {"lt": "ge", "le": "gt", "eq": "ne", "ge": "lt", "gt": "le"}
TURNED = {"lt": "gt", "le": "ge", "eq": "eq", "ge": "le", "gt": "lt"}


class Wording:
    """The words of one release in one locale, on one day (None: the newest values).

    `source` is the release, or the plain data of a draft: there, what a plugin's type
    of question asks for is not known.
    """

    def __init__(
        self, source: Model | Json, locale: str, as_of: str | None = None
    ) -> None:
        data = source.data if isinstance(source, Model) else source
        self.data, self.locale, self.as_of = data, locale, as_of
        self.s = sentences(locale)
        self.words: Mapping[str, str] = self.s["words"]
        self.questions: Mapping[str, Json]
        self.types: Mapping[str, AnswerType | None]
        if isinstance(source, Model):
            self.questions, self.types = source.records, source.types
        else:
            self.questions = {q["key"]: q for q in data.get("questions", ())}
            self.types = {
                key: TYPES.get(q.get("type", "")) for key, q in self.questions.items()
            }
        self.thresholds: Json = data.get("thresholds", {})

    # -- labels --------------------------------------------------------------------

    def text(self, *path: str) -> str:
        """A text of the release in this locale or its source locale, or ''."""
        return self.render(self.raw(*path))

    def raw(self, *path: str) -> str:
        """The same with its placeholders as they are."""
        texts = self.data.get("texts", {})
        for name in (self.locale, self.data.get("locale", "")):
            value: Any = texts.get(name)
            for step in path:
                value = value.get(step) if isinstance(value, Mapping) else None
            bare = value.strip(_SPACE) if isinstance(value, str) else ""
            if bare:
                return bare
        return ""

    def label(self, *path: str) -> str:
        """A text, or the last but one key of its path in plain letters."""
        found = self.text(*path)
        key = path[-2 if path[-1] == "label" else -1]
        return found or key.replace("_", " ").strip()

    def question(self, key: str) -> str:
        return self.label("questions", key, "label")

    def subject(self, key: str) -> str:
        """A question as the subject of a sentence."""
        label = self.question(key)
        if label.endswith(("?", ".", ":", "!")):
            return fill(self.words["quoted"], label=label.rstrip(".:"))
        return label

    def head(self, label: str) -> str:
        """A label before an answer: with a colon, unless it ends in a mark already."""
        return label if label.endswith(("?", ":", "!")) else f"{label.rstrip('.')}:"

    def option(self, question: str, value: Any) -> str:
        if value is True or value is False:
            return self.words["said_yes" if value else "said_no"]
        chart = self.questions.get(question, {}).get("chart")
        if chart is not None and value != OTHER:
            return self.label("charts", chart, "rows", str(value))
        found = self.text("questions", question, "options", str(value))
        if found:
            return found
        if value == OTHER:
            return self.words["other"]
        return str(value).replace("_", " ").strip()

    def cell(self, chart: str, column: str, values: Iterable[str], word: str) -> str:
        """Values of a chart's column as a list."""
        return self.list(
            (self.label("charts", chart, "values", column, value) for value in values),
            word,
        )

    def list(self, items: Iterable[str], word: str = "and") -> str:
        """`a, b and c`; nothing is "none of these"."""
        parts = list(dict.fromkeys(items))
        forms = self.s["lists"][word]
        if not parts:
            return self.words["nothing"]
        if len(parts) == 2:
            return fill(forms["two"], a=parts[0], b=parts[1])
        text = parts[0]
        for part in parts[1:-1]:
            text = fill(forms["comma"], a=text, b=part)
        return fill(forms["last"], a=text, b=parts[-1]) if len(parts) > 1 else text

    # -- values --------------------------------------------------------------------

    def number(self, n: int, unit: str | None = None) -> str:
        """`1,825 days`; a unit without forms of its own follows the number."""
        digits = self._grouped(abs(n))
        shown = f"-{digits}" if n < 0 else digits
        forms = self.s["units"].get(unit or "")
        if forms is None:
            return f"{shown} {str(unit).replace('_', ' ')}"
        form = self.s["plural"].get(str(n), "other")
        return fill(forms.get(form, forms["other"]), n=shown)

    def _grouped(self, n: int) -> str:
        return f"{n:,}".replace(",", self.s["digits"]["group"])

    def money(self, amount: int, currency: str) -> str:
        """Minor units as an amount; whole amounts without the minor part."""
        digits = digits_of(currency)
        whole, rest = divmod(abs(amount), 10**digits)
        shown = self._grouped(whole)
        if rest:
            shown += self.s["digits"]["decimal"] + f"{rest:0{digits}d}"
        forms = self.s["money"]
        text = fill(forms.get(currency, forms[""]), amount=shown, currency=currency)
        return f"-{text}" if amount < 0 else text

    def date(self, text: str) -> str:
        year, month, day = (int(part) for part in text.split("-"))
        return fill(
            self.s["date"],
            month=self.s["months"][month - 1],
            day=str(day),
            year=str(year),
        )

    def value(self, record: Json, value: Any) -> str:
        """A value of what a question or a threshold (`record`) is about."""
        known = self.types.get(record.get("key", "")) or TYPES.get(record["type"])
        if known is None or not known.holds(value):
            known = type_holding(value)
        return known.format_answer(self, record, value)

    def answer(self, question: str, value: Any) -> str:
        """A visitor's own answer, in their words; None is "I'm not sure"."""
        if value is None:
            return self.words["said_unsure"]
        return self.value(self.questions[question], value)

    def fixed_value(self, value: Any, other: Json) -> str:
        """A value that a condition fixes, as what it is compared with (an operand)."""
        if "question" in other:
            return self.value(self.questions[other["question"]], value)
        if "threshold" in other:
            return self.value(self.thresholds[other["threshold"]], value)
        return self.value({"type": ""}, value)

    def phrases_of(self, *operands: Json) -> str:
        """`date` or `number`: which phrases fit a comparison of these operands."""
        for operand in operands:
            known = None
            if "today" in operand:
                known = TYPES["date"]
            elif "value" in operand:
                known = type_holding(operand["value"])
            elif "question" in operand:
                known = self.types[operand["question"]]
            elif "threshold" in operand:
                known = TYPES[self.thresholds[operand["threshold"]]["type"]]
            if known is not None and known.phrases != "number":
                return known.phrases
        return "number"

    # -- thresholds ------------------------------------------------------------------

    def threshold_value(self, key: str) -> int | str | None:
        """The value on the day of this wording, or the newest there is."""
        found: int | str | None = None
        for entry in self.thresholds[key]["values"]:
            if self.as_of is None or entry["from"] <= self.as_of:
                found = entry["value"]
        return found

    def threshold(self, key: str) -> str:
        """A threshold's value with its unit."""
        value = self.threshold_value(key)
        if value is None:
            return self.words["no_value"]
        return self.value(self.thresholds[key], value)

    def citation(self, key: str) -> str:
        """The citations of a threshold, or ''."""
        texts = [c["text"] for c in self.thresholds[key].get("citations", ())]
        return "; ".join(dict.fromkeys(texts))

    def render(self, text: str, date: str | None = None) -> str:
        """A text with `{threshold}` and `{date}` filled in."""

        def filled(match: re.Match[str]) -> str:
            name = match[1]
            if name == DATE_NAME:
                return self.words["later"] if date is None else self.date(date)
            return self.threshold(name) if name in self.thresholds else match[0]

        return PLACEHOLDER.sub(filled, text)

    def phrase(self, kind: str, cmp: str, x: str) -> str:
        """`365 days or more`, `before May 1, 2015`."""
        return fill(self.s["phrases"][kind][cmp], x=x)
