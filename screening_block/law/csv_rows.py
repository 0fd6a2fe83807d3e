"""Read the rows of a CSV file as spreadsheets write them, within limits.

Excel's own first line `sep=;` names the delimiter and is no row. Columns without a
heading at the end of the sheet are left out where they are empty.
"""

import csv
import io
import re
from collections.abc import Iterable
from typing import TextIO

from django.http import HttpResponse
from django.utils.translation import gettext as _

MAX_COLUMNS = 1_000
MAX_CELL_LENGTH = 20_000
#: Who mends a file mends these first.
MAX_PROBLEMS = 200
_SEPARATOR = re.compile(r"\A\"?sep=(?P<mark>.)\"?\r?\n", re.IGNORECASE)


class CSVError(ValueError):
    """The file cannot be read from row `row` on (1 is the header; 0: at all)."""

    def __init__(self, row: int, message: str) -> None:
        super().__init__(message)
        self.row = row


def read_file(
    content: bytes, max_bytes: int, max_rows: int, *, strict: bool = False
) -> list[list[str]]:
    """Return the rows of an uploaded file; see `read_rows`."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        message = _("The file is not UTF-8. In Excel, save it as “CSV UTF-8”.")
        raise CSVError(0, message) from None
    if len(content) > max_bytes:
        raise CSVError(0, too_large(max_bytes))
    return read_rows(text, max_rows, strict=strict)


def too_large(max_bytes: int) -> str:
    return _("The file is larger than %(n)s MB.") % {"n": max_bytes // 1_000_000}


def read_rows(text: str, max_rows: int, *, strict: bool = False) -> list[list[str]]:
    """Return all rows, the header first, empty ones too. Raises `CSVError`.

    At most `max_rows` after the header. With `strict`, quotes must be as CSV has them.
    """
    if first := _SEPARATOR.match(text):
        text = text[first.end() :]
    mark = first["mark"] if first else _guess_delimiter(text)
    rows: list[list[str]] = []
    width = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=strict)
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
        limit, message = 0, ""
        if number > max_rows + 1:
            limit, message = max_rows, _("There are more than %(n)s rows.")
        elif len(row) > MAX_COLUMNS:
            limit, message = MAX_COLUMNS, _("There are more than %(n)s columns.")
        elif any(len(cell) > MAX_CELL_LENGTH for cell in row):
            limit = MAX_CELL_LENGTH
            message = _("A cell is longer than %(n)s characters.")
        if message:
            raise CSVError(number, message % {"n": limit})
        rows.append(row)


def find_delimiter(source: TextIO) -> tuple[str, str]:
    """Return what is between the cells of a file that is read line by line, and its
    first line. `source` begins after a byte order mark."""
    first = source.readline()
    if named := _SEPARATOR.match(first):
        return named["mark"], source.readline()
    return _guess_delimiter(first), first


def _guess_delimiter(text: str) -> str:
    head = text.lstrip("\r\n").partition("\n")[0]
    return max(",;\t", key=head.count)


def shorten(text: str) -> str:
    """Return a cell's text as a message quotes it."""
    return text if len(text) <= 60 else f"{text[:60]}…"


def write_file(rows: Iterable[Iterable[str]]) -> bytes:
    """Return rows as a CSV file with the mark by which Excel knows UTF-8."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def file_response(content: bytes, name: str) -> HttpResponse:
    """Return a CSV file to be saved under a name."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, "text/csv; charset=utf-8", headers=headers)
