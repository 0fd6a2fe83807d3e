"""Words for the parts of a release: labels, numbers, dates, lists, operands.

All wording is data (`sentences.<locale>.json`), shared with the browser's half; a
locale without a file, or a sentence a file lacks, falls back to English. Works on a
release's plain data, so that a draft that would not load yet can be described too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from .grammar import DATE_NAME, OTHER
from .texts import PLACEHOLDER

_FOLDER = Path(__file__).parent
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SLOT = re.compile(r"\{([a-z]+)\}")
#: What `trim` of JavaScript takes off; `strip` alone differs on a few characters.
_SPACE = (
    "\t\n\v\f\r \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
    "\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
)
#: What a comparison becomes when it is denied, and when its sides change places.
DENIED = {"lt": "ge", "le": "gt", "eq": "ne", "ge": "lt", "gt": "le"}
TURNED = {"lt": "gt", "le": "ge", "eq": "eq", "ge": "le", "gt": "lt"}


@cache
def _available() -> frozenset[str]:
    return frozenset(
        path.name.split(".")[1] for path in _FOLDER.glob("sentences.*.json")
    )


def sentences(locale: str) -> Mapping[str, Any]:
    """The sentences of a locale, of its language, or the English ones."""
    for name in (locale, re.split("[-_]", locale)[0]):
        if name in _available():
            return _sentences(name)
    return _sentences("en")


@cache
def _sentences(name: str) -> Mapping[str, Any]:
    text = (_FOLDER / f"sentences.{name}.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found if name == "en" else _merge(_sentences("en"), found)


def _merge(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    merged = {**base, **over}
    for key, value in base.items():
        if isinstance(value, dict) and isinstance(over.get(key), dict):
            merged[key] = _merge(value, over[key])
    return merged


def fill(template: str, **values: str) -> str:
    """A template with its slots filled, all at once: what a value holds is not read."""
    return _SLOT.sub(lambda match: values.get(match[1], match[0]), template)


class Wording:
    """The words of one release in one locale, on one day (None: the newest values)."""

    def __init__(
        self, data: Mapping[str, Any], locale: str, as_of: str | None = None
    ) -> None:
        self.data, self.locale, self.as_of = data, locale, as_of
        self.s = sentences(locale)
        self.words: Mapping[str, str] = self.s["words"]
        self.questions = {q["key"]: q for q in data.get("questions", ())}
        self.thresholds: Mapping[str, Any] = data.get("thresholds", {})

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

    def money(self, amount: int, currency: str | None) -> str:
        """Minor units as an amount; whole amounts without the minor part."""
        form = self.s["money"].get(currency or "USD", self.s["money"][""])
        whole, rest = divmod(abs(amount), 10 ** form["digits"])
        shown = self._grouped(whole)
        if rest:
            shown += self.s["digits"]["decimal"] + f"{rest:0{form['digits']}d}"
        text = fill(form["text"], amount=shown, currency=currency or "")
        return f"-{text}" if amount < 0 else text

    def date(self, text: str) -> str:
        year, month, day = (int(part) for part in text.split("-"))
        return fill(
            self.s["date"],
            month=self.s["months"][month - 1],
            day=str(day),
            year=str(year),
        )

    def value(
        self, value: Any, unit: str | None = None, currency: str | None = None
    ) -> str:
        """A number, an amount (if a currency is given) or a date."""
        if isinstance(value, str):
            return self.date(value)
        if currency is not None:
            return self.money(value, currency)
        return self.number(value, unit)

    def answer(self, question: str, value: Any) -> str:
        """A visitor's own answer, known, in their words."""
        record = self.questions[question]
        if isinstance(value, list):
            return self.list(self.option(question, item) for item in value)
        if isinstance(value, bool):
            return self.option(question, value)
        if isinstance(value, int):
            return self.value(value, record.get("unit"), self.currency_of(question))
        kind = record["type"]
        if kind == "date" or (kind != "choice" and _DATE.fullmatch(value)):
            return self.date(value)
        return self.option(question, value)

    def currency_of(self, question: str) -> str | None:
        record = self.questions[question]
        currency: str | None = record.get("currency")
        return currency or ("USD" if record["type"] == "money" else None)

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
        record = self.thresholds[key]
        money = "USD" if record["type"] == "money" else None
        return self.value(value, record.get("unit"), money)

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
