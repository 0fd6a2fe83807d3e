"""Scenarios as a spreadsheet: one row a scenario, one column a question or finding.

The first line names the columns: `Name`, `Why`, `Read on`, `Asked next`, then
`answer: KEY | label` for every question and `expect: KEY | heading` for every finding;
what follows the bar is for readers only. A blank answer is "not asked", a blank
expectation "does not matter". A column that is left out, and a scenario that is left
out, stay as they are.
"""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from plugins.text import Kind, TextError, clean_text
from screening_block import engine
from screening_block.law.csv_rows import MAX_PROBLEMS, CSVError, read_rows
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


def write_sheet(scenarios: Iterable[Scenario], release: engine.Release) -> str:
    """Write the scenarios, as last written, as CSV. Answers to questions that are gone
    and levels of findings that are gone have no column."""
    columns = _columns(release)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(column.title for column in columns)
    for scenario in scenarios:
        row = (scenario.name, scenario.note, scenario.newest)
        writer.writerow(column.write(*row) for column in columns)
    return out.getvalue()


@dataclass(frozen=True)
class _Column:
    """A column: how it is headed, written, and read into (name, note, case)."""

    name: str
    label: str
    write: Callable[[str, str, Mapping[str, Any]], str]
    read: Callable[[str, dict[str, Any]], None]

    @property
    def title(self) -> str:
        return f"{self.name} | {self.label}" if self.label else self.name


def _columns(release: engine.Release) -> list[_Column]:
    texts = texts_in(release, release.locale)
    return [
        _Column(
            NAME, "", lambda name, note, case: escape_formula(name), _read_text("name")
        ),
        _Column(
            WHY, "", lambda name, note, case: escape_formula(note), _read_text("note")
        ),
        _Column(
            LAW_AS_OF, "", lambda name, note, case: case.get("as_of") or "", _read_day
        ),
        _Column(
            ASKED_NEXT,
            "",
            lambda name, note, case: (case[NEXT] or NOTHING) if NEXT in case else "",
            _read_next(release),
        ),
        *(_answer_column(question, texts) for question in release.questions.values()),
        *(_expect_column(key, texts) for key in release.findings),
    ]


def _read_text(name: str) -> Callable[[str, dict[str, Any]], None]:
    def read(text: str, into: dict[str, Any]) -> None:
        try:
            kind: Kind = "name" if name == "name" else "prose"
            into[name] = clean_text(unescape_formula(text), kind=kind)
        except TextError as error:
            raise CellError(str(error)) from None
        if name == "name" and not 0 < len(into[name]) <= 160:
            raise CellError(_("Write a name of at most 160 characters."))

    return read


def _read_day(text: str, into: dict[str, Any]) -> None:
    day = None
    if text:
        try:
            day = parse_date(text)
        except ValueError:
            day = None
        if day is None or not 1900 <= day.year <= 2100:
            raise CellError(
                _("Write a date as year-month-day, such as 2026-11-23, or nothing.")
            )
    into["as_of"] = day.isoformat() if day else None


def _read_next(release: engine.Release) -> Callable[[str, dict[str, Any]], None]:
    def read(text: str, into: dict[str, Any]) -> None:
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

    def write(_name: str, _note: str, case: Mapping[str, Any]) -> str:
        answers = case["answers"]
        return write_cell(question, answers[key]) if key in answers else ""

    def read(text: str, into: dict[str, Any]) -> None:
        if text:
            into["answers"][key] = read_cell(question, text)
        else:
            into["answers"].pop(key, None)

    label = texts["questions"][key]["label"]
    return _Column(f"answer: {key}", label, write, read)


def _expect_column(key: str, texts: Mapping[str, Any]) -> _Column:
    def write(_name: str, _note: str, case: Mapping[str, Any]) -> str:
        level = case["expect"].get(key, "")
        return LEVEL_WORDS.get(level, level)

    def read(text: str, into: dict[str, Any]) -> None:
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
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        sheet.problems.append(
            _("The file is not UTF-8 text. Save it as “CSV UTF-8” and try again.")
        )
        return sheet
    if len(content) > MAX_BYTES:
        sheet.problems.append(_("The file is larger than 2 MB."))
        return sheet
    try:
        lines = read_rows(text, MAX_ROWS, strict=True)
    except CSVError as error:
        sheet.problems.append(
            _("Row %(row)s: %(problem)s") % {"row": error.row, "problem": error}
        )
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
        sheet.problems.append(
            _("Row 1: there is no column “%(name)s”.") % {"name": NAME}
        )
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
    texts = {
        column.name: cell.strip() for column, cell in zip(columns, cells, strict=True)
    }
    named: dict[str, Any] = {}
    name_column = next(column for column in columns if column.name == NAME)
    try:
        name_column.read(texts[NAME], named)
    except CellError as error:
        complain(NAME, str(error))
        return
    if named["name"] in seen:
        complain(NAME, _("This name appears twice in the file."))
        return
    seen.add(named["name"])
    existing = there.get(named["name"])
    before = existing.newest if existing else {"answers": {}, "expect": {}}
    into: dict[str, Any] = {
        **{"as_of": None, "note": existing.note if existing else "", **before},
        "answers": dict(before["answers"]),
        "expect": dict(before["expect"]),
    }
    found = len(sheet.problems)
    for column in columns:
        try:
            column.read(texts[column.name], into)
        except CellError as error:
            complain(column.name, str(error))
    name, note = into.pop("name"), into.pop("note")
    if len(sheet.problems) == found:
        try:
            into["answers"] = engine.parse_answers(release, into["answers"]).values
        except engine.AnswerError as error:
            for problem in error.problems:
                complain(f"answer: {problem.path}", problem.message)
    if len(sheet.problems) > found:
        return
    if existing and (existing.note, existing.newest) == (note, into):
        sheet.same += 1
        return
    old = (existing.name, existing.note, before) if existing else None
    changes = [
        (column.name, column.write(*old) if old else "", column.write(name, note, into))
        for column in columns
    ]
    differ = [change for change in changes if change[1] != change[2]]
    if existing and not differ:
        sheet.same += 1
        return
    sheet.planned.append(PlannedScenario(name, note, into, existing, differ))
