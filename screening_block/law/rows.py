"""The rows of a chart as editors work on them: as last saved, published or not."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.permissions import policy_registry

from screening_block.fields.chart_cells import (
    NONE_OF_THESE,
    latest_columns,
    picked,
    said,
)
from screening_block.models import Chart, ChartRow
from screening_block.models.publishing import one_at_a_time
from screening_block.publishing.publish import batch

STATES = {
    "live": _("Published"),
    "changed": _("Published, with a newer draft"),
    "draft": _("Draft, never published"),
    "off": _("Unpublished"),
}
BLANK = "__blank"


class StaleRowError(ValueError):
    """Somebody else saved the row since it was shown."""


@dataclass(frozen=True)
class Cell:
    """One cell of the working table; `words` is its value as text."""

    column: dict
    value: Any

    @property
    def blank(self) -> bool:
        return self.value is None

    @property
    def words(self) -> str:
        return said(self.column, self.column["default"] if self.blank else self.value)

    @property
    def posted(self) -> list[str]:
        """What a form that shows this cell has selected."""
        return [NONE_OF_THESE] if self.value == [] else picked(self.value)


@dataclass(frozen=True)
class WorkingRow:
    """A row as last saved. `version` names that state, to notice a later one."""

    record: ChartRow
    columns: list[dict]
    state: str

    @property
    def version(self) -> int:
        return self.record.latest_revision_id or 0

    @property
    def state_words(self) -> Any:
        return STATES[self.state]

    @property
    def cells(self) -> list[Cell]:
        return [Cell(c, self.record.cells.get(c["key"])) for c in self.columns]

    @property
    def citations(self) -> list[str]:
        return [child.value["text"] for child in self.record.citations]

    def says(self, words: str) -> bool:
        """Whether its label, key or citations contain every one of the words."""
        text = "\n".join([self.record.label, self.record.key, *self.citations]).lower()
        return all(word in text for word in words.lower().split())

    def holds(self, column: str, value: str) -> bool:
        """Whether the row's own cell has the value; `BLANK` stands for a blank one."""
        cell = self.record.cells.get(column)
        return cell is None if value == BLANK else value in picked(cell)


def working_row(row: ChartRow, columns: list[dict]) -> WorkingRow:
    if row.live:
        state = "changed" if row.has_unpublished_changes else "live"
    else:
        state = "off" if row.first_published_at else "draft"
    latest = row
    if row.has_unpublished_changes and row.latest_revision_id:
        latest = row.get_latest_revision_as_object()
    return WorkingRow(latest, columns, state)


def working_rows(chart: Chart) -> list[WorkingRow]:
    """Return every row of a chart, in order, as last saved."""
    columns = latest_columns(chart)
    rows = chart.rows.select_related("latest_revision").order_by("sort_order", "pk")
    return [working_row(row, columns) for row in rows]


def is_allowed(user: Any, action: str, model: type = ChartRow) -> bool:
    """Whether `user` may `change`, `publish`, `add` or `delete` rows."""
    return policy_registry.get_by_type(model).user_has_permission(user, action)


def is_locked(row: ChartRow, user: Any) -> bool:
    lock = row.get_lock()
    return bool(lock and lock.for_user(user))


def save_row(row: ChartRow, user: Any, *, publish: bool) -> None:
    """Save `row` (a row as last saved, then changed), as a draft or published.

    Raises `GateError`, with nothing changed, where publishing is refused.
    """
    with one_at_a_time():
        if not row.pk:
            row.live = False
            row.save()
        revision = row.save_revision(user=user, log_action=True)
        if publish:
            revision.publish(user=user)


def get_current_row(pk: int, version: int) -> ChartRow:
    """Return the row as last saved, locked until the transaction ends.

    Raises `StaleRowError` if it was saved after `version`.
    """
    row = ChartRow.objects.select_for_update().get(pk=pk)
    if (row.latest_revision_id or 0) != version:
        raise StaleRowError
    return row.get_latest_revision_as_object()


def mark_checked(
    rows: Iterable[ChartRow],
    user: Any,
    *,
    checked_on: dt.date,
    checked_by: str,
    next_review: dt.date | None,
    publish: bool,
) -> int:
    """Mark rows as checked, all of them or none; return how many."""
    done = 0
    with batch():
        for row in rows:
            latest = row.get_latest_revision_as_object()
            latest.status = "verified"
            latest.checked_on, latest.checked_by = checked_on, checked_by
            if next_review:
                latest.next_review = next_review
            save_row(latest, user, publish=publish)
            done += 1
    return done


def publish_drafts(rows: Iterable[ChartRow], user: Any) -> int:
    """Publish the unpublished drafts among `rows`, all or none; return how many."""
    done = 0
    with batch():
        for row in rows:
            if row.has_unpublished_changes or not row.live:
                row.latest_revision.publish(user=user)
                done += 1
    return done
