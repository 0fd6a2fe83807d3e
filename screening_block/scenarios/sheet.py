"""Scenarios as a spreadsheet: one row a scenario, one column a question or finding.

The first line names the columns: `Name`, `Why`, `Read on`, `Asked next`, then
`answer: KEY | label` for every question and `expect: KEY | heading` for every finding;
what follows the bar is for readers only. A blank answer is "not asked", a blank
expectation "does not matter". A column that is left out, and a scenario that is left
out, stay as they are.
"""

import copy
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from plugins.text import Kind, TextError, clean_text
from screening_block import engine
from screening_block.engine_words import say
from screening_block.law.csv_rows import (
    MAX_PROBLEMS,
    CSVError,
    read_file,
    write_file,
)
from screening_block.law.spreadsheet import escape_formula, unescape_formula
from screening_block.models import Scenario
from screening_block.models.releases import texts_in
from screening_block.publishing.scenario_runs import NEXT

from .answer_cells import CellError, read_cell, write_cell

NAME, WHY, LAW_AS_OF, ASKED_NEXT = "Name", "Why", "Read on", "Asked next"
NOTHING = "(nothing)"
#: Never translated: a file must read the same in every language of the admin.
LEVEL_WORDS = {
    "applies": "applies",
    "may_apply": "may apply",
    "not_apply": "does not apply",
}
MAX_ROWS = 2000
MAX_BYTES = 2_000_000


@dataclass
class PlannedScenario:
    """A scenario as the file has it. `cells`: (column, before, after), what differs."""

    name: str
    note: str
    case: dict[str, Any]
    existing: Scenario | None
    cells: list[tuple[str, str, str]]


@dataclass
class ScenarioSheet:
    """A file that was read: `problems` or, where there is none, `planned`."""

    planned: list[PlannedScenario] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    same: int = 0


def write_sheet(scenarios: Iterable[Scenario], release: engine.Release) -> bytes:
    """Write the scenarios, as last written, as CSV. Answers to questions that are gone
    and levels of findings that are gone have no column."""
    columns = _columns(release)
    rows = [[column.write(row) for column in columns] for row in map(_row, scenarios)]
    return write_file([[column.title for column in columns], *rows])


#: A case (see `Scenario`) with the scenario's "name" and "note".
Row = dict[str, Any]


def _row(scenario: Scenario) -> Row:
    return {**scenario.newest, "name": scenario.name, "note": scenario.note}


@dataclass(frozen=True)
class _Column:
    """A column: how it is headed, written from a row, and read into one."""

    name: str
    label: str
    write: Callable[[Row], str]
    read: Callable[[str, Row], None]

    @property
    def title(self) -> str:
        return f"{self.name} | {self.label}" if self.label else self.name


def _columns(release: engine.Release) -> list[_Column]:
    texts = texts_in(release, release.locale)
    return [
        _Column(NAME, "", lambda row: escape_formula(row["name"]), _read_name),
        _Column(WHY, "", lambda row: escape_formula(row["note"]), _read_note),
        _Column(LAW_AS_OF, "", lambda row: row.get("as_of") or "", _read_day),
        _Column(
            ASKED_NEXT,
            "",
            lambda row: (row[NEXT] or NOTHING) if NEXT in row else "",
            _read_next(release),
        ),
        *(_answer_column(question, texts) for question in release.questions.values()),
        *(_expect_column(key, texts) for key in release.findings),
    ]


def _clean(text: str, kind: Kind) -> str:
    try:
        return clean_text(unescape_formula(text), kind=kind)
    except TextError as error:
        raise CellError(str(error)) from None


def _read_name(text: str, into: Row) -> None:
    into["name"] = _clean(text, "name")
    if not 0 < len(into["name"]) <= 160:
        raise CellError(_("Write a name of at most 160 characters."))


def _read_note(text: str, into: Row) -> None:
    into["note"] = _clean(text, "prose")


def _read_day(text: str, into: Row) -> None:
    day = None
    if text:
        with suppress(ValueError):
            day = parse_date(text)
        if day is None or not 1900 <= day.year <= 2100:
            raise CellError(
                _("Write a date as year-month-day, such as 2026-11-23, or nothing.")
            )
    into["as_of"] = day.isoformat() if day else None


def _read_next(release: engine.Release) -> Callable[[str, Row], None]:
    def read(text: str, into: Row) -> None:
        into.pop(NEXT, None)
        if not text:
            return
        if text != NOTHING and text not in release.questions:
            raise CellError(
                _("Write the key of a question, %(nothing)s or leave it blank.")
                % {"nothing": NOTHING}
            )
        into[NEXT] = None if text == NOTHING else text

    return read


def _answer_column(question: Any, texts: Mapping[str, Any]) -> _Column:
    key = question.key

    def write(row: Row) -> str:
        answers = row["answers"]
        return write_cell(question, answers[key]) if key in answers else ""

    def read(text: str, into: Row) -> None:
        if text:
            into["answers"][key] = read_cell(question, text)
        else:
            into["answers"].pop(key, None)

    label = texts["questions"][key]["label"]
    return _Column(f"answer: {key}", label, write, read)


def _expect_column(key: str, texts: Mapping[str, Any]) -> _Column:
    def write(row: Row) -> str:
        level = row["expect"].get(key, "")
        return LEVEL_WORDS.get(level, level)

    def read(text: str, into: Row) -> None:
        words = {word: level for level, word in LEVEL_WORDS.items()}
        level = words.get(text.lower().replace("_", " "), "")
        if text and not level:
            raise CellError(
                _("Write applies, may apply, does not apply or leave it blank.")
            )
        into["expect"].pop(key, None)
        if level:
            into["expect"][key] = level

    return _Column(f"expect: {key}", texts["findings"][key]["heading"], write, read)


def read_sheet(
    content: bytes, release: engine.Release, scenarios: Iterable[Scenario]
) -> ScenarioSheet:
    """Return what a file would change. Every problem names its row and column."""
    sheet = ScenarioSheet()
    try:
        lines = read_file(content, MAX_BYTES, MAX_ROWS, strict=True)
    except CSVError as error:
        text = _("Row %(row)s: %(problem)s") if error.row else "%(problem)s"
        sheet.problems.append(text % {"row": error.row, "problem": error})
        return sheet
    columns = _match_columns(lines[0] if lines else [], release, sheet)
    if sheet.problems:
        return sheet
    there = {scenario.name: scenario for scenario in scenarios}
    seen: set[str] = set()
    for number, cells in enumerate(lines[1:], 2):
        if len(sheet.problems) > MAX_PROBLEMS:
            break
        if any(cell.strip() for cell in cells):
            _read_row(number, cells, columns, release, there, seen, sheet)
    if sheet.problems:
        sheet.planned = []
    return sheet


def _match_columns(
    heads: list[str], release: engine.Release, sheet: ScenarioSheet
) -> list[_Column]:
    """Return the columns in the order of the file."""
    known = {column.name.lower(): column for column in _columns(release)}
    columns = []
    for place, head in enumerate(heads, 1):
        name = head.partition("|")[0].strip()
        column = known.get(name.lower())
        if column is None:
            sheet.problems.append(
                _("Row 1, column %(place)s: there is no column “%(name)s”.")
                % {"place": place, "name": name[:80]}
            )
        elif column in columns:
            sheet.problems.append(
                _("Row 1, column %(place)s: “%(name)s” appears twice.")
                % {"place": place, "name": column.name}
            )
        else:
            columns.append(column)
    if known[NAME.lower()] not in columns:
        text = _("Row 1: there is no column “%(name)s”.")
        sheet.problems.append(text % {"name": NAME})
    return columns


def _read_row(
    number: int,
    cells: list[str],
    columns: list[_Column],
    release: engine.Release,
    there: Mapping[str, Scenario],
    seen: set[str],
    sheet: ScenarioSheet,
) -> None:
    def complain(column: str, message: str) -> None:
        sheet.problems.append(
            _("Row %(row)s, column “%(column)s”: %(message)s")
            % {"row": number, "column": column, "message": message}
        )

    if len(cells) != len(columns):
        sheet.problems.append(
            _("Row %(row)s has %(has)s cells; the first row has %(wanted)s.")
            % {"row": number, "has": len(cells), "wanted": len(columns)}
        )
        return
    names = [column.name for column in columns]
    texts = dict(zip(names, map(str.strip, cells), strict=True))
    named: Row = {}
    try:
        _read_name(texts[NAME], named)
    except CellError as error:
        complain(NAME, str(error))
        return
    name = named["name"]
    if name in seen:
        complain(NAME, _("This name appears twice in the file."))
        return
    seen.add(name)
    existing = there.get(name)
    old = _row(existing) if existing else None
    row: Row = {"as_of": None, "note": "", "answers": {}, "expect": {}}
    row |= copy.deepcopy(old or named)
    before = len(sheet.problems)
    for column in columns:
        try:
            column.read(texts[column.name], row)
        except CellError as error:
            complain(column.name, str(error))
    if len(sheet.problems) == before:
        try:
            row["answers"] = engine.parse_answers(release, row["answers"]).values
        except engine.AnswerError as error:
            for problem in error.problems:
                complain(f"answer: {problem.path}", say(problem.message))
    if len(sheet.problems) > before:
        return
    changes = [(c.name, c.write(old) if old else "", c.write(row)) for c in columns]
    differ = [change for change in changes if change[1] != change[2]]
    if existing and not differ:
        sheet.same += 1
        return
    del row["name"]
    planned = PlannedScenario(name, row.pop("note"), row, existing, differ)
    sheet.planned.append(planned)
