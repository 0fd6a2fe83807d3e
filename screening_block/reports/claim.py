"""Claims about the law, as last saved: what each stands on, and who checked it when."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy

from screening_block.models.fields import Status

SOON, LATER = 30, 90
WHEN = {
    "overdue": gettext_lazy("Overdue"),
    "soon": gettext_lazy("In the next 30 days"),
    "later": gettext_lazy("In 31 to 90 days"),
    "far": gettext_lazy("Later"),
    "never": gettext_lazy("No day set"),
}
MARKS = {
    "needs_checking": gettext_lazy("Needs checking"),
    "nobody": gettext_lazy("No record of a check"),
    "verified": gettext_lazy("Verified"),
}


@dataclass(frozen=True)
class ClaimSource:
    """A citation; `where` is where it was read ("" if that is not said)."""

    citation: str
    where: str
    verified: bool

    def __str__(self) -> str:
        text = f"{self.citation} ({self.where})" if self.where else self.citation
        return text if self.verified else f"{text}, {_('needs checking')}"


@dataclass(frozen=True)
class WatchEntry:
    """What would change a claim, and the day to look again (None: no day set)."""

    what: str
    look_again: dt.date | None = None
    url: str = ""

    @property
    def day(self) -> str:
        return date_format(self.look_again) if self.look_again else ""

    def __str__(self) -> str:
        again = _("look again on %(day)s") % {"day": self.day} if self.day else ""
        return ", ".join(filter(None, [self.what, again, self.url]))


@dataclass(frozen=True)
class Claim:
    """Something that says what the law is.

    `within` is what it stands in, `url` leads to it and `watch_url` to its law watch.
    `mark` is one of `MARKS`; `mark_text` says it in other words.
    """

    kind: Any
    title: str
    within: str
    url: str
    due: dt.date | None
    checked_on: dt.date | None
    checked_by: str
    mark: str
    mark_text: Any = ""
    sources: tuple[ClaimSource, ...] = ()
    watch: tuple[WatchEntry, ...] = ()
    watch_url: str = ""

    @property
    def mark_words(self) -> Any:
        return self.mark_text or MARKS[self.mark]

    @property
    def checked(self) -> tuple[str, ...]:
        """Return the day it was last checked, and by whom, as far as that is known."""
        day = date_format(self.checked_on) if self.checked_on else ""
        return tuple(filter(None, [day, self.checked_by]))

    @property
    def unchecked(self) -> tuple[ClaimSource, ...]:
        return tuple(source for source in self.sources if not source.verified)

    @property
    def needs_checking(self) -> bool:
        return self.mark != "verified" or bool(self.unchecked)

    @property
    def when(self) -> str:
        """Return which of `WHEN` it falls into; on the day itself it is not overdue."""
        return find_period(self.due) or "overdue"

    @property
    def when_words(self) -> Any:
        return WHEN[self.when]


def find_period(day: dt.date | None, *, min_days: int = 0) -> str:
    """Return which of `WHEN` a day falls into; "" if before `min_days` ahead."""
    if day is None:
        return "never"
    days = (day - timezone.localdate()).days
    if days < min_days:
        return ""
    return "soon" if days <= SOON else "later" if days <= LATER else "far"


def find_mark(status: str, checked_on: dt.date | None, checked_by: str) -> str:
    """Return the mark of a rule, row or threshold: verified needs a day and a name."""
    if status != Status.VERIFIED:
        return "needs_checking"
    return "verified" if checked_on or checked_by else "nobody"


def read_sources(citations: Iterable[list[str]]) -> tuple[ClaimSource, ...]:
    return tuple(
        ClaimSource(text, where, status == Status.VERIFIED)
        for text, where, status in citations
    )


def read_watch(entries: Iterable[list[Any]]) -> tuple[WatchEntry, ...]:
    return tuple(WatchEntry(what, read_day(day), url) for what, day, url in entries)


def read_day(day: str | None) -> dt.date | None:
    return dt.date.fromisoformat(day) if day else None
