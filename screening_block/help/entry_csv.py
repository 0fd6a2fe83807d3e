"""Write help entries as a CSV file, and read it: each undoes the other.

Several keys stand with commas between; numbers, hours and counties one a line in their
cell. Words in another language have a column of their own, such as `note_es`. Text that
a spreadsheet would run as a formula begins with an apostrophe.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from plugins.text import TextError, clean_text
from screening_block.law.csv_rows import (
    MAX_PROBLEMS,
    CSVError,
    read_file,
    shorten,
    write_file,
)
from screening_block.law.spreadsheet import (
    MAX_BYTES,
    CellProblem,
    escape_formula,
    unescape_formula,
)

from .fields import KeysField
from .models import WORDS, HelpEntry, HelpWords, list_other_languages

COLUMNS = (
    *("key", "name", "subjects", "note", "languages", "areas", "counties", "phones"),
    *("hours", "hours_note", "time_zone", "address", "url", "source", "source_dated"),
    *("checked_on", "checked_by", "order", "editors_note"),
)
MAX_ROWS = 2_000


@dataclass
class EntrySheet:
    """What a file says: entries that are valid, not saved, and what is wrong."""

    entries: list[HelpEntry] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)


def list_columns() -> list[str]:
    """Return every column: those of the facts, and of the words in each language."""
    others = [
        f"{name}_{code}" for code, _label in list_other_languages() for name in WORDS
    ]
    return [*COLUMNS, *others]


def write_entries(entries: Iterable[HelpEntry]) -> bytes:
    """Return entries as a CSV file, with a byte order mark for Excel."""
    rows = [list_columns()]
    for entry in entries:
        words = {one.language: one for one in entry.words.all()}
        cells = [_write_cell(getattr(entry, name)) for name in COLUMNS]
        for code, _label in list_other_languages():
            cells += [getattr(words.get(code), name, "") for name in WORDS]
        rows.append([escape_formula(cell) for cell in cells])
    return write_file(rows)


def _write_cell(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return "" if value is None else str(value)


def read_entries(content: bytes) -> EntrySheet:
    """Return what a file says and, in `problems`, all that is wrong with it.

    An entry whose key is there already is that entry, as last saved, with the file's
    values; a column that is left out changes nothing.
    """
    sheet = EntrySheet()
    try:
        rows = read_file(content, MAX_BYTES, MAX_ROWS)
    except CSVError as error:
        sheet.problems.append(CellProblem(error.row or 1, "", str(error)))
        return sheet
    header = [cell.strip().lower() for cell in rows[0]] if rows else []
    sheet.problems += _check_header(header)
    if not sheet.problems:
        _Reader(sheet, header).read(rows[1:])
    del sheet.problems[MAX_PROBLEMS:]
    return sheet


def _check_header(header: list[str]) -> list[CellProblem]:
    if not any(header):
        return [CellProblem(1, "", _("The file is empty."))]
    known = list_columns()
    found = [
        CellProblem(1, name, _("There is no such column."))
        for name in header
        if name not in known
    ]
    found += [
        CellProblem(1, name, _("This column is there twice."))
        for name in dict.fromkeys(header)
        if header.count(name) > 1 and name in known
    ]
    if "key" not in header:
        found.append(CellProblem(1, "key", _("This column is missing.")))
    return found


class _Reader:
    """Reads the rows after the header, each into the entry that it is of."""

    def __init__(self, sheet: EntrySheet, header: list[str]) -> None:
        self.sheet = sheet
        self.header = header
        self.lines: dict[str, int] = {}
        self.there = {
            entry.key: entry.get_latest_revision_as_object()
            for entry in HelpEntry.objects.all()
        }

    def read(self, rows: list[list[str]]) -> None:
        for line, row in enumerate(rows, 2):
            if any(cell.strip() for cell in row):
                self._read_row(line, row)

    def report(self, line: int, column: str, message: str) -> None:
        self.sheet.problems.append(CellProblem(line, column, message))

    def _read_row(self, line: int, row: list[str]) -> None:
        if len(row) > len(self.header):
            self.report(line, "", _("This row has more cells than headers."))
            return
        cells = dict(zip(self.header, row, strict=False))
        key = cells["key"].strip()
        if key in self.lines:
            message = _("Row %(row)s has the same key.") % {"row": self.lines[key]}
            self.report(line, "key", message)
            return
        self.lines[key] = line
        entry = self.there.get(key) or HelpEntry(key=key)
        before = len(self.sheet.problems)
        for name, cell in cells.items():
            self._read_cell(entry, line, name, cell)
        bad = {problem.column for problem in self.sheet.problems[before:]}
        self._check(entry, line, bad)
        self.sheet.entries.append(entry)

    def _read_cell(self, entry: HelpEntry, line: int, name: str, cell: str) -> None:
        text = unescape_formula(cell).replace("\r\n", "\n").strip()
        base, _line, language = name.rpartition("_")
        try:
            if name in COLUMNS:
                column = HelpEntry._meta.get_field(name)
                setattr(entry, name, _read_value(column, text))
            else:
                _set_words(entry, language, base, text)
        except (TextError, ValueError) as error:
            self.report(line, name, str(error))

    def _check(self, entry: HelpEntry, line: int, bad: set[str]) -> None:
        """Report what the model refuses, at the columns it names."""
        try:
            entry.full_clean(exclude=bad & set(COLUMNS))
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                if name not in bad:
                    column = name if name in COLUMNS else ""
                    self.report(line, column, " ".join(messages))


def _read_value(column: models.Field, text: str) -> Any:
    if isinstance(column, KeysField):
        return [part.strip() for part in text.split(",") if part.strip()]
    if isinstance(column, models.DateField):
        return _read_day(text)
    if isinstance(column, models.PositiveSmallIntegerField):
        if not text:
            return column.get_default()
        if not (text.isascii() and text.isdigit() and len(text) < 5):
            raise ValueError(_("Write a whole number, such as 50."))
        return int(text)
    prose = isinstance(column, models.TextField)
    return clean_text(text, kind="prose" if prose else "name")


def _read_day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise ValueError(
            _("“%(value)s” is not a date written as 2026-01-31.")
            % {"value": shorten(text)}
        ) from None


def _set_words(entry: HelpEntry, language: str, name: str, text: str) -> None:
    column: Any = HelpWords._meta.get_field(name)
    text = _read_value(column, text)
    if len(text) > column.max_length:
        raise ValueError(
            _("Longer than %(most)s characters.") % {"most": column.max_length}
        )
    for words in entry.words.all():
        if words.language == language:
            setattr(words, name, text)
            return
    if text:
        entry.words.add(HelpWords(language=language, **{name: text}))
