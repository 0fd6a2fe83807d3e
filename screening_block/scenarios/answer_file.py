"""Many people's answers in a spreadsheet, worked out row by row.

For whoever screens many and has their answers in a file of their own. Rows are read,
worked out and written one at a time, and nothing of them is kept, logged or repeated: a
row's error names its column and never the cell.
"""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import Any, TextIO

from django.utils.translation import gettext as _

from screening_block import engine
from screening_block.engine_words import say
from screening_block.law.csv_rows import CSVError, find_delimiter
from screening_block.law.spreadsheet import escape_formula

from .answer_cells import CellError, read_cell

#: Columns of a result beside one for each finding.
ROW, ERROR, COMPLETE, NEXT = "row", "error", "complete", "next"


class AnswerFile:
    """A file of answers: a column for each question that it has, named by its key (what
    follows a bar is for readers), and one that goes through, named `id_column`.

    Raises `CSVError` where the file cannot be read.
    """

    def __init__(self, source: TextIO, release: engine.Release, id_column: str) -> None:
        self.release = release
        #: Rows with answers, and those of them that could not be used.
        self.rows = self.errors = 0
        # As a spreadsheet counts them: a cell may run over several lines.
        self._row = 0
        try:
            self.delimiter, first = find_delimiter(source)
        except UnicodeDecodeError:
            raise CSVError(0, _not_text()) from None
        lines = chain([first], source)
        self._reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
        self._columns = self._read_head(id_column)

    def _next(self) -> list[str] | None:
        self._row += 1
        try:
            return next(self._reader, None)
        except csv.Error:
            message = _("This row is not valid CSV: check its quotation marks.")
            raise CSVError(self._row, message) from None
        except UnicodeDecodeError:
            raise CSVError(0, _not_text()) from None

    def _read_head(self, id_column: str) -> list[str | None]:
        """Return the key of each column's question, None for the one that goes
        through."""
        heads = self._next() or []
        while heads and not heads[-1].strip():
            heads.pop()
        names = [head.partition("|")[0].strip() for head in heads]
        known = {*self.release.questions, id_column}
        unknown = [name for name in names if name not in known]
        if unknown:
            message = _("There is no such question: %(names)s.")
            listed = ", ".join(f"“{name[:80]}”" for name in unknown[:20])
            raise CSVError(1, message % {"names": listed})
        twice = [name for name in known if names.count(name) > 1]
        if twice:
            message = _("“%(name)s” appears twice.") % {"name": min(twice)}
            raise CSVError(1, message)
        if not set(names) - {id_column}:
            raise CSVError(1, _("No column is named by the key of a question."))
        self.has_id = id_column in names
        self._id_column = id_column
        return [None if name == id_column else name for name in names]

    # -- worked out ------------------------------------------------------------------

    def work_out(self, as_of: str) -> Iterator[list[str]]:
        """Yield the rows of the result, the first with the names of its columns."""
        findings = [*self.release.findings]
        ids = [self._id_column] if self.has_id else []
        yield [ROW, *ids, ERROR, COMPLETE, NEXT, *findings]
        while (cells := self._next()) is not None:
            if not any(cell.strip() for cell in cells):
                continue
            self.rows += 1
            name, answers, problems = self._read(cells)
            found = None
            if not problems:
                try:
                    found = engine.standing(self.release, answers, as_of)
                except engine.AnswerError as error:
                    problems = [f"{p.path}: {say(p.message)}" for p in error.problems]
            head = [str(self._row), *([name] if ids else [])]
            if found is None:
                self.errors += 1
                rest = [" ".join(problems), "", "", *([""] * len(findings))]
            else:
                levels = [level for _key, level, _severity in found.findings]
                said = "yes" if found.complete else "no"
                rest = ["", said, found.next or "", *levels]
            yield [escape_formula(cell) for cell in (*head, *rest)]

    def _read(self, cells: list[str]) -> tuple[str, dict[str, Any], list[str]]:
        """Return what goes through, the answers, and what is wrong with them."""
        name, answers, problems = "", {}, []
        width = len(self._columns)
        if any(cell.strip() for cell in cells[width:]):
            problems.append(_("The row has more cells than there are columns."))
        for key, cell in zip(self._columns, cells, strict=False):
            if key is None:
                name = cell
            elif cell.strip():
                try:
                    answers[key] = read_cell(self.release.questions[key], cell)
                except CellError as error:
                    problems.append(f"{key}: {error}")
        return name, answers, problems


def _not_text() -> str:
    return _("The file is not UTF-8. In Excel, save it as “CSV UTF-8”.")


@contextmanager
def write_whole(place: Path) -> Iterator[TextIO]:
    """Give a file that is put in its place when it is whole, for its owner alone to
    read; otherwise nothing is left of it and what was there stays."""
    handle, name = tempfile.mkstemp(prefix=f".{place.name}.", dir=place.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        os.replace(name, place)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise
