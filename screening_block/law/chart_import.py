"""Compare a spreadsheet with a chart, and apply it, whole or not at all."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy

from screening_block.fields.chart_cells import latest_columns, said
from screening_block.models import Chart, ChartRow
from screening_block.models.fields import Status
from screening_block.publishing import editor_note_records
from screening_block.publishing.publish import batch

from .rows import WorkingRow, save_row, working_rows
from .spreadsheet import DATES, FIXED, CellProblem, read_csv

LABELS = {
    "label": gettext_lazy("Label"),
    "citations": gettext_lazy("Citations"),
    "status": gettext_lazy("Verified"),
    "checked_by": gettext_lazy("Checked by"),
    "checked_on": gettext_lazy("Law checked on"),
    "next_review": gettext_lazy("Next review"),
}


@dataclass
class CellChange:
    """One cell: its column's name, what it says now and what it would say."""

    column: str
    old: str
    new: str


@dataclass
class RowChange:
    """A row that is new (`record` has no id) or changed, with its cells."""

    line: int
    record: ChartRow
    changes: list[CellChange]

    @property
    def new(self) -> bool:
        return self.record.pk is None


@dataclass
class ChartDifference:
    """A file compared with a chart. With `problems`, nothing may be applied."""

    chart: Chart
    problems: list[CellProblem] = field(default_factory=list)
    rows: list[RowChange] = field(default_factory=list)
    missing: list[WorkingRow] = field(default_factory=list)
    same: int = 0
    #: Names the state of the chart that was compared.
    base: str = ""

    @property
    def added(self) -> list[RowChange]:
        return [row for row in self.rows if row.new]

    @property
    def changed(self) -> list[RowChange]:
        return [row for row in self.rows if not row.new]


def compare_file(chart: Chart, content: bytes) -> ChartDifference:
    """Return what `content` (a CSV file) would change in the rows as last saved."""
    columns = latest_columns(chart)
    rows = working_rows(chart)
    sheet = read_csv(content, columns)
    versions = [(row.record.pk, row.version) for row in rows]
    state = repr((chart.latest_revision_id, versions)).encode()
    base = hashlib.sha256(state).hexdigest()
    found = ChartDifference(chart, sheet.problems, base=base)
    known = {row.record.key: row for row in rows}
    bad = {problem.row for problem in sheet.problems}
    for key, fields in sheet.rows.items():
        line = sheet.lines[key]
        if key not in known and not fields.get("label"):
            if "label" not in fields:
                message = _("A new row needs a label.")
                found.problems.append(CellProblem(line, "label", message))
            continue
        if line in bad:
            continue
        record = known[key].record if key in known else _new_row(chart, key, rows)
        changes = _change_cells(record, fields, columns)
        if changes or record.pk is None:
            found.rows.append(RowChange(line, record, changes))
        else:
            found.same += 1
    found.problems.sort(key=lambda problem: problem.row)
    found.missing = [row for key, row in known.items() if key not in sheet.rows]
    return found


def _new_row(chart: Chart, key: str, rows: list[WorkingRow]) -> ChartRow:
    last = max((row.record.sort_order for row in rows), default=-1)
    return ChartRow(chart=chart, locale=chart.locale, key=key, sort_order=last + 1)


def _change_cells(
    record: ChartRow, fields: dict[Any, Any], columns: list[dict]
) -> list[CellChange]:
    """Write the fields into `record`; return what that changed."""
    changes = []
    for column in columns:
        key = column["key"]
        old = record.cells.get(key)
        new = fields.get(("cell", key), old)
        if old != new:
            words = [_describe_cell(column, value) for value in (old, new)]
            changes.append(CellChange(column["label"], *words))
            record.set_cell(key, new)
    for name in FIXED[1:]:
        old = _field(record, name)
        new = fields.get(name, old)
        if old != new:
            words = [_describe_field(name, value) for value in (old, new)]
            changes.append(CellChange(str(LABELS[name]), *words))
            _set_field(record, name, new)
    return changes


def _describe_cell(column: dict, value: Any) -> str:
    return _("blank") if value is None else said(column, value)


def _field(record: ChartRow, name: str) -> Any:
    if name == "citations":
        return [child.value["text"] for child in record.citations]
    return getattr(record, name)


def _set_field(record: ChartRow, name: str, value: Any) -> None:
    if name != "citations":
        setattr(record, name, value)
        return
    # A citation that stays keeps its link and whether it was verified; the notes of
    # all stay with the row.
    kept = editor_note_records.read_record_notes(record)
    cited: Any = record.citations
    known = {raw["value"]["text"]: raw for raw in cited.get_prep_value()}
    fresh = {"url": "", "status": str(Status.NEEDS_CHECKING), "source": ""}
    citations = [
        known.get(text) or {"type": "citation", "value": {"text": text, **fresh}}
        for text in value
    ]
    setattr(record, name, citations)
    editor_note_records.write_record_notes(record, kept)


def _describe_field(name: str, value: Any) -> str:
    if not value:
        return _("blank")
    if name == "citations":
        return "\n".join(value)
    if name == "status":
        return str(Status(value).label)
    return date_format(value) if name in DATES else str(value)


def apply_difference(
    found: ChartDifference, removed: Collection[int], user: Any, *, publish: bool
) -> None:
    """Write every row of `found`, and delete the missing rows with an id in `removed`.

    As drafts, or published through the gate: raises `GateError` with nothing changed.
    Rows are deleted only when publishing, because a draft cannot be a deletion.
    """
    with batch():
        for change in found.rows:
            # In order, so that new rows stand one after the other.
            if change.new:
                change.record.sort_order += found.added.index(change)
            save_row(change.record, user, publish=publish)
        if publish:
            for row in found.missing:
                if row.record.pk in removed:
                    ChartRow.objects.get(pk=row.record.pk).delete()
