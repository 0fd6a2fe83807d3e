"""Why a finding came out as it did, in short sentences; and when time will change it.

The sentences repeat the visitor's own answers and are for the visitor alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .answers import Answers, parse_answers, parse_as_of, public_value
from .dates import (
    LAST_YEAR,
    date_key,
    date_text,
    day_key,
    key_day,
    known_date,
    shift_key,
)
from .describe import kind_of
from .errors import EngineError, Problem
from .evaluate import AnyAnswers, FindingOutcome
from .grammar import OTHER
from .program import NO, NOT_ASKED, UNKNOWN, YES, TraceNode, leaves_of
from .release import Release
from .wording import DENIED, TURNED, Wording, fill

_TRUTH = {NO: "no", UNKNOWN: "unclear", YES: "yes"}


def explain(
    release: Release,
    answers: AnyAnswers,
    finding: FindingOutcome,
    as_of: str,
    locale: str = "en",
) -> list[str]:
    """Sentences for what decided a finding, in the order of its trace, each once."""
    as_of = parse_as_of(as_of)
    speaker = _Explainer(release, parse_answers(release, answers), as_of, locale)
    found: dict[str, None] = {}
    for trace in finding.because:
        found.update(dict.fromkeys(speaker.sentences(trace)))
    return list(found)


def render_text(
    text: str, release: Release, locale: str, as_of: str, date: str | None = None
) -> str:
    """A text of the release with its placeholders filled.

    `{threshold_key}` becomes the value on `as_of` with its unit, `{date}` the `date`
    given (see `turning_date`) or, without one, "a later date".
    """
    return Wording(release.data, locale, parse_as_of(as_of)).render(text, date)


def turning_date(
    release: Release,
    where: FindingOutcome | TraceNode | Mapping[str, Any],
    answers: AnyAnswers,
    as_of: str,
) -> str | None:
    """The earliest day on which a wait that is not over yet will be.

    Looks at the `elapsed` atoms until today (ge, gt) that are no now: those that
    decided a finding, one node of a trace, or all in a condition. None if there is
    none, or if none turns before the calendar of the engine ends. A condition must be
    one of the release's.
    """
    as_of = parse_as_of(as_of)
    given = parse_answers(release, answers)
    if isinstance(where, FindingOutcome):
        nodes = [_node(release, t) for t in where.because if t.op == "elapsed"]
    elif isinstance(where, TraceNode):
        nodes = [_node(release, where)]
    else:
        nodes = [node for node in leaves_of(where) if node["op"] == "elapsed"]
    found = [key for node in nodes if (key := _turns(release, node, given, as_of))]
    return date_text(min(found)) if found else None


def _node(release: Release, trace: TraceNode) -> Mapping[str, Any]:
    program = release.program
    number = program.number_of.get(trace.id)
    if number is None:
        raise EngineError([Problem("", "release", "The trace is of another release.")])
    return program.nodes[number]


def _turns(
    release: Release, node: Mapping[str, Any], answers: Answers, as_of: str
) -> int | None:
    """The date key of the first day after `as_of` on which the atom is yes."""
    if node.get("op") != "elapsed" or node["cmp"] not in ("ge", "gt"):
        return None
    start, n = node["from"], node["n"]
    if "today" not in node["until"] or "today" in start:
        return None
    today = known_date(as_of)
    next_day = node.get("roll", release.roll) == "next_day"
    # A threshold may have a later value on its way, so look at each stretch of days
    # on which the law stays the same.
    changes = {today}
    for operand in (start, n):
        if "threshold" in operand:
            starts = release.thresholds[operand["threshold"]].starts
            changes.update(day for day in starts if day > today)
    stretches = sorted(changes)
    for place, first in enumerate(stretches):
        since = _operand_on(release, start, answers, first)
        period = _operand_on(release, n, answers, first)
        if since is None or period is None:
            continue
        day = shift_key(since, period, node["unit"], next_day)
        if node["cmp"] == "gt":
            day = day_key(key_day(day) + 1)
        day = max(day, first)
        last = place + 1 == len(stretches)
        if last or day < stretches[place + 1]:
            # Yes already today: time has nothing left to turn.
            return day if today < day <= LAST_YEAR * 10000 + 1231 else None
    return None


def _operand_on(
    release: Release, operand: Mapping[str, Any], answers: Answers, day: int
) -> int | None:
    if "question" in operand:
        cell = answers.cells[release.questions[operand["question"]].index]
        return cell if type(cell) is int else None
    if "threshold" in operand:
        value = release.thresholds[operand["threshold"]].value(day)
    else:
        value = operand["value"]
    return date_key(value) if isinstance(value, str) else value


class _Explainer:
    def __init__(
        self, release: Release, answers: Answers, as_of: str, locale: str
    ) -> None:
        self.release, self.answers, self.as_of = release, answers, as_of
        self.w = Wording(release.data, locale, as_of)
        self.s: Mapping[str, Any] = self.w.s["explain"]

    def sentences(self, trace: TraceNode) -> Iterator[str]:
        node = _node(self.release, trace)
        op = node["op"]
        if op == "fact":
            label = self.w.label("facts", node["fact"], "label").rstrip(".")
            yield fill(self.s["fact"][_TRUTH[trace.value]], fact=label)
        elif "." in op:
            yield fill(self.s["plugin"][_TRUTH[trace.value]], name=op)
        elif op in ("compare", "elapsed"):
            if trace.value == UNKNOWN:
                yield from self._open(node)
            elif op == "compare":
                yield self._compare(node, trace.value == YES)
            else:
                yield from self._elapsed(node, trace.value == YES)
        elif "question" in node:
            yield self._said(node["question"])
            if op == "column":
                yield from self._column(node, trace.value)

    # -- answers -------------------------------------------------------------------

    def _cell(self, question: str) -> Any:
        return self.answers.cells[self.release.questions[question].index]

    def _value(self, question: str) -> Any:
        return public_value(self.release.questions[question], self._cell(question))

    def _said(self, question: str) -> str:
        cell = self._cell(question)
        if cell is None or cell is NOT_ASKED:
            name = "not_sure" if cell is None else "not_asked"
            return fill(self.s[name], question=_ended(self.w.question(question)))
        value = self._value(question)
        said = self.w.answer(question, value)
        # "Green card" speaks for itself; "Yes", "None" and "5" do not.
        picked = value if isinstance(value, list) else [value]
        general = {OTHER, *self.release.questions[question].exclusive}
        options = self.release.questions[question].allowed - general
        if not picked or not options.issuperset(picked):
            head = _ended(self.w.question(question))
            return fill(self.s["said_about"], head=head, value=said)
        return fill(self.s["said"], value=said)

    def _column(self, node: Mapping[str, Any], value: int) -> Iterator[str]:
        question = self.release.questions[node["question"]]
        cell = self._cell(node["question"])
        chart = question.chart
        if cell is None or cell is NOT_ASKED or chart is None:
            return
        name = node["column"]
        column = self.w.label("charts", chart.key, "columns", name)
        wanted = set(node["values"])
        for row in cell if isinstance(cell, tuple) else (cell,):
            found = chart.cell(row, name)
            if row == OTHER and value == UNKNOWN:
                yield fill(self.s["column_other"], column=column)
            if row == OTHER:
                continue
            label = self.w.label("charts", chart.key, "rows", row)
            if found is None:
                if value == UNKNOWN:
                    yield fill(self.s["column_unknown"], row=label, column=column)
                continue
            values = found if isinstance(found, tuple) else (found,)
            if value != UNKNOWN and (value == YES) == (not wanted.isdisjoint(values)):
                yield fill(
                    self.s["column"],
                    row=label,
                    column=column,
                    values=self.w.cell(chart.key, name, values, "and"),
                )

    # -- comparisons ---------------------------------------------------------------

    def _open(self, node: Mapping[str, Any]) -> Iterator[str]:
        """What an unknown comparison is waiting for."""
        for side in ("left", "right", "from", "until", "n"):
            operand = node.get(side, {})
            if "question" in operand:
                cell = self._cell(operand["question"])
                if cell is None or cell is NOT_ASKED:
                    yield self._said(operand["question"])
            elif "threshold" in operand:
                key = operand["threshold"]
                if self.w.threshold_value(key) is None:
                    label = self.w.label("thresholds", key, "label")
                    yield fill(self.s["no_value"], threshold=label.rstrip("."))

    def _value_text(self, operand: Mapping[str, Any], other: Mapping[str, Any]) -> str:
        """An operand's value alone."""
        if "question" in operand:
            key = operand["question"]
            return self.w.answer(key, self._value(key))
        if "threshold" in operand:
            return self.w.threshold(operand["threshold"])
        if "today" in operand:
            return self.w.date(self.as_of)
        unit = currency = None
        if "question" in other:
            unit = self.w.questions[other["question"]].get("unit")
            currency = self.w.currency_of(other["question"])
        elif "threshold" in other:
            record = self.w.thresholds[other["threshold"]]
            unit = record["unit"]
            currency = "USD" if record["type"] == "money" else None
        return self.w.value(operand["value"], unit, currency)

    def _named(self, operand: Mapping[str, Any], value: str) -> str:
        """A value with what it is: its question, or today."""
        if "question" in operand:
            label = self.w.question(operand["question"])
            return fill(self.w.words["named"], value=value, label=label)
        if "today" in operand:
            today = self.w.words["today"]
            return fill(self.w.words["named"], value=today, label=value)
        return value

    def _cited(self, text: str, operand: Mapping[str, Any]) -> str:
        """A phrase with the citation of the threshold in it, if it has one."""
        if "threshold" in operand:
            citation = self.w.citation(operand["threshold"])
            if citation:
                return fill(self.w.words["cited"], value=text, citation=citation)
        return text

    def _compare(self, node: Mapping[str, Any], yes: bool) -> str:
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
            kind_of(self.w, left, right),
            cmp if yes else DENIED[cmp],
            self._named(right, self._value_text(right, left)),
        )
        return fill(
            self.s["compare"],
            head=self.w.head(head),
            answer=self._value_text(left, right),
            phrase=self._cited(phrase, right),
        )

    def _elapsed(self, node: Mapping[str, Any], yes: bool) -> Iterator[str]:
        n = node["n"]
        if "threshold" in n:
            period = self.w.threshold(n["threshold"])
        else:
            period = self.w.number(n["value"], node["unit"])
        cmp = node["cmp"] if yes else DENIED[node["cmp"]]
        phrase = self._cited(self.w.phrase("number", cmp, period), n)
        yield fill(
            self.s["elapsed"],
            phrase=phrase,
            **{
                side: self._named(node[side], self._value_text(node[side], {}))
                for side in ("from", "until")
            },
        )
        turns = None if yes else _turns(self.release, node, self.answers, self.as_of)
        if turns is not None:
            phrase = self.w.phrase("number", node["cmp"], period)
            date = self.w.date(date_text(turns))
            yield fill(self.s["turns"], date=date, phrase=phrase)


def _ended(label: str) -> str:
    """A label that can end a sentence or stand before one."""
    return label if label.endswith(("?", ".", "!", ":")) else f"{label}."
