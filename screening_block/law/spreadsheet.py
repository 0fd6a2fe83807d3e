"""Write a chart as a CSV file, and read it: `write_csv` and `read_csv` undo each other.

The file is UTF-8 with a byte order mark, so that Excel reads it as such. The header of
a chart's column is "Label [key]"; the other headers are `FIXED`. A cell holds the words
of a value, or its key; several values are written "a | b"; no value is a blank cell.
Citations stand on one line each. Text that a spreadsheet would run as a formula begins
with an apostrophe, which `read_csv` removes again.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext as _, override

from plugins.text import clean_text
from screening_block.engine.grammar import KEY_PATTERN, MAX_CHART_ROWS
from screening_block.models.fields import Status, validate_key

from .csv_rows import MAX_PROBLEMS, CSVError, read_file, shorten, write_file

DATES = ("checked_on", "next_review")
FIXED = ("key", "label", "citations", "status", "checked_by", *DATES)
SEPARATOR = " | "
NONE = "(none)"
MAX_BYTES = 1024 * 1024
MAX_LENGTHS = {"label": 200, "checked_by": 120}
#: Characters with which Excel, LibreOffice and Google begin a formula.
FORMULA = re.compile(r"^'*[=+\-@\t\r\n＝＋－＠]")
HEADER = re.compile(rf"\[({KEY_PATTERN})\]\s*$")
KEY = re.compile(KEY_PATTERN, re.ASCII)


class CellProblem(NamedTuple):
    """A problem: the line of the spreadsheet (1 is the header), and the column."""

    row: int
    column: str
    message: str


@dataclass
class ChartSheet:
    """What a file says: by row key, the fields it has a column for.

    `rows` maps a key to `{field: value}`; a chart's columns are under
    `("cell", column key)`, with None for a blank cell.
    """

    rows: dict[str, dict[Any, Any]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    problems: list[CellProblem] = field(default_factory=list)


def escape_formula(text: str) -> str:
    return f"'{text}" if FORMULA.match(text) else text


def unescape_formula(text: str) -> str:
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def status_labels() -> dict[str, str]:
    """Return the English label of each status, the same for every editor."""
    with override("en"):
        return {status.value: str(status.label) for status in Status}


def write_csv(columns: list[dict], rows: Iterable[Any]) -> bytes:
    """Return chart rows (records with `cells`, `label` ...) as a CSV file."""
    headers = [f"{column['label']} [{column['key']}]" for column in columns]
    lines = [[*FIXED[:2], *headers, *FIXED[2:]]]
    for row in rows:
        cells = [_cell(column, row.cells.get(column["key"])) for column in columns]
        cited = "\n".join(child.value["text"] for child in row.citations)
        days = [str(day or "") for day in (row.checked_on, row.next_review)]
        rest = [cited, status_labels()[row.status], row.checked_by, *days]
        lines.append([row.key, row.label, *cells, *rest])
    return write_file(map(escape_formula, line) for line in lines)


def _cell(column: dict, value: Any) -> str:
    if value is None:
        return ""
    if value == []:
        return NONE
    keys = value if isinstance(value, list) else [value]
    return SEPARATOR.join(_word(column, key) for key in keys)


def _word(column: dict, key: str) -> str:
    """A value's words, where they cannot be mistaken for another value."""
    words = column["words"].get(key, key)
    same = [k for k, w in column["words"].items() if w.lower() == words.lower()]
    clear = len(same) == 1 and words.lower() not in {*column["values"]} - {key}
    return words if clear and "|" not in words and words.strip() == words else key


def read_csv(content: bytes, columns: list[dict]) -> ChartSheet:
    """Return what a file says and, in `problems`, all that is wrong with it."""
    sheet = ChartSheet()
    try:
        rows = read_file(content, MAX_BYTES, MAX_CHART_ROWS)
        # With their number in the spreadsheet.
        lines = [
            (number, [unescape_formula(cell.strip()) for cell in row])
            for number, row in enumerate(rows, 1)
            if any(cell.strip() for cell in row)
        ]
        if not lines:
            raise CSVError(0, _("The file is empty."))
    except CSVError as error:
        sheet.problems.append(CellProblem(error.row or 1, "", str(error)))
    else:
        _Reader(sheet, columns, lines[0][1]).read(lines[1:])
    return sheet


class _Reader:
    def __init__(self, sheet: ChartSheet, columns: list[dict], header: list[str]):
        self.sheet = sheet
        self.columns = {column["key"]: column for column in columns}
        self.header = header
        self.fields = [self._field(name) for name in header]
        for place, name in enumerate(self.fields):
            if name is not None and name in self.fields[:place]:
                self.say(1, header[place], _("This column appears twice."))
        if "key" not in self.fields:
            self.say(1, "key", _("The column “key” is missing."))

    def say(self, row: int, column: str, message: str) -> None:
        self.sheet.problems.append(CellProblem(row, shorten(column), message))

    def _field(self, name: str) -> Any:
        """Return what a header stands for: a fixed field or a column of the chart."""
        if name.lower() in FIXED:
            return name.lower()
        bracket = HEADER.search(name)
        key = bracket[1] if bracket else name.lower()
        if key in self.columns:
            return ("cell", key)
        labels = {key: column["label"].lower() for key, column in self.columns.items()}
        keys = [key for key, label in labels.items() if label == name.lower()]
        if len(keys) == 1:
            return ("cell", keys[0])
        self.say(1, name, _("The chart has no such column."))
        return None

    def read(self, lines: list[tuple[int, list[str]]]) -> None:
        for number, line in lines:
            if len(self.sheet.problems) >= MAX_PROBLEMS:
                self.say(number, "", _("There are more; fix the ones above first."))
                return
            if len(line) > len(self.header):
                self.say(number, "", _("There are more cells than headers."))
            row: dict[Any, Any] = {}
            for header, name, text in zip(self.header, self.fields, line, strict=False):
                if name is None:
                    continue
                try:
                    row[name] = self._value(name, text)
                except ValueError as error:
                    self.say(number, header, str(error))
                    row[name] = None
            self._keep(number, row)

    def _keep(self, number: int, row: dict[Any, Any]) -> None:
        key = row.get("key", "")
        if not key:
            if key is not None and "key" in self.fields:
                self.say(number, "key", _("The key is missing."))
            return
        if key in self.sheet.lines:
            message = _("Row %(row)s has the same key.")
            self.say(number, "key", message % {"row": self.sheet.lines[key]})
            return
        self.sheet.lines[key] = number
        self.sheet.rows[key] = row

    def _value(self, name: Any, text: str) -> Any:
        """Return a field's value from its text; ValueError says what is wrong."""
        lines = name == "citations" or isinstance(name, tuple)
        text = clean_text(text, kind="prose" if lines else "name")
        if isinstance(name, tuple):
            return _read_cell(self.columns[name[1]], text)
        if name == "key":
            if text and not KEY.fullmatch(text):
                raise ValueError(validate_key.message)
        elif name in DATES:
            return _read_date(text)
        elif name == "status":
            return _read_status(text)
        elif name == "citations":
            cited = [line.strip() for line in text.splitlines() if line.strip()]
            if any(len(line) > 250 for line in cited):
                raise ValueError(_("A citation is longer than 250 characters."))
            return cited
        elif name == "label" and not text:
            raise ValueError(_("The label is missing."))
        limit = MAX_LENGTHS.get(name, 250)
        if len(text) > limit:
            raise ValueError(_("Longer than %(most)s characters.") % {"most": limit})
        return text


def _read_cell(column: dict, text: str) -> Any:
    if not text:
        return None
    several = column["type"] == "choices"
    if several and text.lower() == NONE:
        return []
    parts = text.replace("|", "\n").split("\n") if several else [text]
    keys = [_read_word(column, part.strip()) for part in parts if part.strip()]
    return [key for key in column["values"] if key in keys] if several else keys[0]


def _read_word(column: dict, text: str) -> str:
    if text in column["values"]:
        return text
    keys = [k for k, w in column["words"].items() if w.lower() == text.lower()]
    if len(keys) == 1:
        return keys[0]
    listed = ", ".join(f"“{word}”" for word in column["words"].values())
    raise ValueError(
        _("“%(value)s” is not in this column. It holds: %(listed)s.")
        % {"value": shorten(text), "listed": listed}
    )


def _read_date(text: str) -> dt.date | None:
    if not text:
        return None
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text, re.ASCII):
            raise ValueError
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise ValueError(
            _(
                "“%(value)s” is not a date written as 2026-01-31. (In Excel, give the "
                "column the format yyyy-mm-dd before you save.)"
            )
            % {"value": shorten(text)}
        ) from None
    if not 1900 <= day.year <= 2100:
        raise ValueError(_("The year must be from 1900 to 2100."))
    return day


def _read_status(text: str) -> str:
    if not text:
        return str(Status.NEEDS_CHECKING)
    for status, word in status_labels().items():
        if text.lower() in (status, word.lower()):
            return status
    raise ValueError(
        _("“%(value)s” is not one of: %(listed)s.")
        % {"value": shorten(text), "listed": ", ".join(status_labels().values())}
    )
