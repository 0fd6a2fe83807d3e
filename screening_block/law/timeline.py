"""A threshold's dated values in order: past, current and future."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext_lazy as _

from screening_block.engine.wording import Wording

STATES = {
    "past": _("was in effect"),
    "now": _("in effect now"),
    "future": _("takes effect later"),
}
#: The first day dates can have: a value from then on has no beginning one could name.
BEGINNING = dt.date(1900, 1, 1)


@dataclass(frozen=True)
class Span:
    """One value: from its first day to its last (None: with no end yet)."""

    words: str
    first: dt.date
    last: dt.date | None
    state: str

    @property
    def state_words(self) -> Any:
        return STATES[self.state]

    @property
    def from_the_beginning(self) -> bool:
        return self.first == BEGINNING


def spans(threshold: Any, today: dt.date) -> list[Span]:
    """Return every value of a threshold, oldest first. At most one of them is "now"."""
    values = [value for value in threshold.values.all() if value.starts_on]
    values.sort(key=lambda value: value.starts_on)
    ends = [value.starts_on - dt.timedelta(days=1) for value in values[1:]]
    found = []
    for value, last in zip(values, [*ends, None], strict=True):
        if value.starts_on > today:
            state = "future"
        else:
            state = "past" if last and last < today else "now"
        found.append(Span(format_value(threshold, value), value.starts_on, last, state))
    return found


def format_value(threshold: Any, value: Any) -> str:
    """Return a value in words: "365 days", "$500", "May 1, 2015"."""
    given = value.day.isoformat() if value.day else value.number
    if given is None:
        return "–"
    record = {"type": threshold.kind, "unit": threshold.unit or None}
    return Wording({}, get_language() or "en").value(record, given)
