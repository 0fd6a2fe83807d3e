"""Claims about the law, as last saved: what each stands on, and who checked it when.

An app above this one adds its own claims, such as those of its articles, by the hook
`screening_block_claims`: a function without arguments that gives `Claim`s.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy
from wagtail import hooks
from wagtail.models import Locale

from screening_block.admin_urls import admin_url
from screening_block.models import ChartRow, Threshold
from screening_block.models.fields import Status
from screening_block.publishing.claim_data import list_sources, list_watches
from screening_block.publishing.content import as_last_saved
from screening_block.usage.index import DraftOutline, UsageIndex
from screening_block.usage.reader import KINDS, get_edit_url

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


def list_claims() -> Iterator[Claim]:
    """Return every claim: of screeners, of the law they use, and what hooks add."""
    index = UsageIndex()
    for pk, outline in index.outlines(index.pages).items():
        yield from _list_screener_claims(pk, outline)
    for threshold in pick_sources(Threshold.objects.all()):
        url = admin_url(Threshold, "edit", threshold.pk)
        yield _make_claim("threshold", threshold, "", url)
    for row in pick_sources(ChartRow.objects.select_related("chart")):
        url = admin_url(ChartRow, "edit", row.pk)
        yield _make_claim("row", row, row.chart.label, url)
    for more in hooks.get_hooks("screening_block_claims"):
        yield from more()


def pick_sources(records: Any) -> list[Any]:
    """Return records as last saved; of several languages the one whose rules count."""
    default = Locale.get_default().pk
    found: dict[Any, Any] = {}
    for record in records:
        if record.translation_key not in found or record.locale_id == default:
            found[record.translation_key] = record
    return [as_last_saved(record) for record in found.values()]


def _list_screener_claims(pk: int, outline: DraftOutline) -> Iterator[Claim]:
    parts = outline.parts.items()
    own = next(part for name, part in parts if name.kind == "screener")
    title, claim = own["texts"]["title"], own["piece"]["claim"]
    yield Claim(
        kind=KINDS["screener"],
        title=title,
        within="",
        url=get_edit_url(pk, "next_review_due"),
        due=_read_day(claim["due"]),
        checked_on=_read_day(claim["on"]),
        checked_by=claim["by"],
        mark="verified" if claim["by"] else "nobody",
        mark_text="" if claim["by"] else _("No attorney has reviewed it"),
    )
    for name, part in parts:
        if name.kind != "finding":
            continue
        claim, anchor = part["piece"]["claim"], outline.anchors[name]
        on = _read_day(claim["on"])
        yield Claim(
            kind=KINDS["finding"],
            title=part["texts"]["heading"],
            within=title,
            url=get_edit_url(pk, f"{anchor}.status"),
            due=_read_day(claim["due"]),
            checked_on=on,
            checked_by=claim["by"],
            mark=find_mark(claim["status"], on, claim["by"]),
            sources=_read_sources(claim["sources"]),
            watch=_read_watch(claim["watch"]),
            watch_url=get_edit_url(pk, f"{anchor}.watch"),
        )


def _make_claim(kind: str, record: Any, within: str, url: str) -> Claim:
    return Claim(
        kind=KINDS[kind],
        title=record.label,
        within=within,
        url=url,
        due=record.next_review,
        checked_on=record.checked_on,
        checked_by=record.checked_by,
        mark=find_mark(record.status, record.checked_on, record.checked_by),
        sources=_read_sources(list_sources(_raw_values(record.citations))),
        watch=_read_watch(list_watches(_raw_values(record.watch))),
        watch_url=f"{url}#panel-source-section",
    )


def _raw_values(stream: Any) -> Iterator[dict[str, Any]]:
    """Yield what is stored of each block, which is not parsed for it."""
    fields = ("text", "source", "status", "what", "look_again", "url")
    for raw in stream.raw_data:
        yield {name: raw["value"].get(name) for name in fields}


def _read_sources(citations: Iterable[list[str]]) -> tuple[ClaimSource, ...]:
    return tuple(
        ClaimSource(text, where, status == Status.VERIFIED)
        for text, where, status in citations
    )


def _read_watch(entries: Iterable[list[Any]]) -> tuple[WatchEntry, ...]:
    return tuple(WatchEntry(what, _read_day(day), url) for what, day, url in entries)


def _read_day(day: str | None) -> dt.date | None:
    return dt.date.fromisoformat(day) if day else None
