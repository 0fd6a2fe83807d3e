"""Read the rows of a CSV file as spreadsheets write them, within limits.

Excel's own first line `sep=;` names the delimiter and is no row. Columns without a
heading at the end of the sheet are left out where they are empty.
"""

import csv
import io
import re

from django.utils.translation import gettext as _

MAX_COLUMNS = 1_000
MAX_CELL_LENGTH = 20_000
#: Who mends a file mends these first.
MAX_PROBLEMS = 200
_SEPARATOR = re.compile(r"\A\"?sep=(?P<mark>.)\"?\r?\n", re.IGNORECASE)


class CSVError(ValueError):
    """The file cannot be read from row `row` on (1 is the header)."""

    def __init__(self, row: int, message: str) -> None:
        super().__init__(message)
        self.row = row


def read_rows(text: str, most: int, *, strict: bool = False) -> list[list[str]]:
    """Return all rows, the header first, empty ones too. Raises `CSVError`.

    At most `most` rows after the header. With `strict`, quotes must be as CSV has them.
    """
    if said := _SEPARATOR.match(text):
        text = text[said.end() :]
    delimiter = said["mark"] if said else _guess_delimiter(text)
    rows: list[list[str]] = []
    width = 0
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, strict=strict
    )
    while True:
        number = len(rows) + 1
        try:
            row = next(reader)
        except StopIteration:
            return rows
        except csv.Error:
            message = _("This row is not valid CSV: check its quotation marks.")
            raise CSVError(number, message) from None
        if not width:
            while row and not row[-1].strip():
                row.pop()
            width = len(row)
        elif not any(cell.strip() for cell in row[width:]):
            del row[width:]
        if number > most + 1:
            raise CSVError(number, _("There are more than %(n)s rows.") % {"n": most})
        if len(row) > MAX_COLUMNS:
            message = _("There are more than %(n)s columns.") % {"n": MAX_COLUMNS}
            raise CSVError(number, message)
        if any(len(cell) > MAX_CELL_LENGTH for cell in row):
            message = _("A cell is longer than %(n)s characters.") % {
                "n": MAX_CELL_LENGTH
            }
            raise CSVError(number, message)
        rows.append(row)


def _guess_delimiter(text: str) -> str:
    head = text.lstrip("\r\n").partition("\n")[0]
    return max(",;\t", key=head.count)


def shorten(text: str) -> str:
    """Return a cell's text as a message quotes it."""
    return text if len(text) <= 60 else f"{text[:60]}…"
