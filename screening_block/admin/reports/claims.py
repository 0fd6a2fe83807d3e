"""Claims about the law: when each is to be looked at again, and what nobody checked.

What is due and unchecked is told of records as last saved. An app above this one adds
its own claims, such as those of its articles, by the hook `screening_block_claims`:
a function without arguments that gives `Claim`s.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.models import Locale

from screening_block.admin.urls import admin_url
from screening_block.admin.used_by import KINDS, page_url
from screening_block.authoring import usage
from screening_block.models import ChartRow, Screener, Threshold
from screening_block.models.fields import Status

from .base import LawReport, Listed, RowTitle, choice, several

SOON, LATER = 30, 90
WHEN = {
    "overdue": _("Overdue"),
    "soon": _("In the next 30 days"),
    "later": _("In 31 to 90 days"),
    "far": _("Later"),
    "never": _("No day set"),
}


@dataclass(frozen=True)
class Claim:
    """Something that says what the law is.

    `within` is what it stands in. `unchecked` says what nobody has checked about it
    ("" if somebody has), `citations` which of its citations nobody has.
    """

    kind: Any
    title: str
    within: str
    url: str
    due: dt.date | None
    checked_on: dt.date | None
    checked_by: str
    unchecked: Any = ""
    citations: tuple[str, ...] = ()

    @property
    def when(self) -> str:
        """Which of `WHEN`; the day itself is still in time."""
        if self.due is None:
            return "never"
        days = (self.due - timezone.localdate()).days
        if days < 0:
            return "overdue"
        return "soon" if days <= SOON else "later" if days <= LATER else "far"

    @property
    def when_words(self) -> Any:
        return WHEN[self.when]


@dataclass(frozen=True)
class Unchecked:
    """One thing of a claim that nobody has checked."""

    claim: Claim
    what: Any
    is_citation: bool = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self.claim, name)


def claims() -> Iterator[Claim]:
    """Every claim: of screeners, of the law they use, and what hooks add."""
    for page in Screener.objects.filter(pk__in=usage.index().drafts).order_by("pk"):
        yield from _of_screener(page.get_latest_revision_as_object())
    for threshold in one_per_translation(Threshold.objects.all()):
        url = admin_url(Threshold, "edit", threshold.pk)
        yield _of_record("threshold", threshold, "", url)
    for row in one_per_translation(ChartRow.objects.select_related("chart")):
        url = admin_url(ChartRow, "edit", row.pk)
        yield _of_record("row", row, row.chart.label, url)
    for more in hooks.get_hooks("screening_block_claims"):
        yield from more()


def one_per_translation(records: Any) -> list[Any]:
    """Records as last saved; of several languages that whose rules count."""
    default = Locale.get_default().pk
    found: dict[Any, Any] = {}
    for record in records:
        if record.translation_key not in found or record.locale_id == default:
            found[record.translation_key] = record
    return [record.get_latest_revision_as_object() for record in found.values()]


def _of_screener(screener: Screener) -> Iterator[Claim]:
    yield Claim(
        KINDS["screener"],
        screener.title,
        "",
        page_url(screener.pk, "next_review_due"),
        screener.next_review_due,
        screener.reviewed_on,
        screener.reviewer,
        "" if screener.reviewer else _("No attorney has reviewed it"),
    )
    for child in screener.findings:
        value = child.value
        yield Claim(
            KINDS["finding"],
            value["heading"],
            screener.title,
            page_url(screener.pk, f"findings.{child.id}.status"),
            value["next_review"],
            value["checked_on"],
            "",
            _rule(value["status"]),
            _citations(value["citations"]),
        )


def _of_record(kind: str, record: Threshold | ChartRow, within: str, url: str) -> Claim:
    return Claim(
        KINDS[kind],
        record.label,
        within,
        url,
        record.next_review,
        record.checked_on,
        record.checked_by,
        _rule(record.status),
        _citations(child.value for child in record.citations),
    )


def _rule(status: str) -> Any:
    return _("What it says") if status == Status.NEEDS_CHECKING else ""


def _citations(citations: Iterable[Any]) -> tuple[str, ...]:
    return tuple(
        citation["text"]
        for citation in citations
        if citation["status"] == Status.NEEDS_CHECKING
    )


class ReviewDue(LawReport):
    slug = "review_due"
    page_title = _("Review due")
    header_icon = "calendar-check"
    intro = _("When each rule, number and page is to be looked at again.")
    default_ordering = "due"
    columns = [
        RowTitle(_("What")),
        Listed("kind", _("Kind")),
        Listed("within", _("In")),
        Listed("due", _("Next review")),
        Listed("when_words", _("Due"), sort_key=None),
        Listed("checked_on", _("Checked on")),
        Listed("checked_by", _("Checked by")),
    ]
    export_headings = {
        "title": _("What"),
        "kind": _("Kind"),
        "within": _("In"),
        "due": _("Next review"),
        "when_words": _("Due"),
        "checked_on": _("Checked on"),
        "checked_by": _("Checked by"),
    }

    def rows(self) -> Iterable[Claim]:
        return claims()

    def filter_fields(self) -> dict[str, Any]:
        return {
            "when": several(_("Due"), list(WHEN.items())),
            "kind": several(_("Kind"), self.kinds()),
        }

    def is_wanted(self, row: Claim, given: dict[str, Any]) -> bool:
        # Without a filter what has no day is left out, but it can be asked for.
        asked = given.get("when") or [when for when in WHEN if when != "never"]
        return row.when in asked and super().is_wanted(row, given)


class NeedsChecking(LawReport):
    slug = "needs_checking"
    page_title = _("Needs checking")
    header_icon = "warning"
    intro = _("What nobody has checked against its source yet.")
    default_ordering = "title"
    columns = [
        RowTitle(_("In")),
        Listed("what", _("What needs checking")),
        Listed("kind", _("Kind")),
        Listed("within", _("Part of")),
        Listed("due", _("Next review")),
    ]
    export_headings = {
        "title": _("In"),
        "what": _("What needs checking"),
        "kind": _("Kind"),
        "within": _("Part of"),
        "due": _("Next review"),
    }

    def rows(self) -> Iterable[Unchecked]:
        for claim in claims():
            if claim.unchecked:
                yield Unchecked(claim, claim.unchecked)
            for citation in claim.citations:
                yield Unchecked(claim, citation, is_citation=True)

    def filter_fields(self) -> dict[str, Any]:
        sort = [
            ("itself", _("The rule or number itself")),
            ("citation", _("A citation")),
        ]
        return {
            "kind": several(_("Kind"), self.kinds()),
            "sort": choice(_("What"), sort),
        }

    def is_wanted(self, row: Unchecked, given: dict[str, Any]) -> bool:
        sort = given.get("sort")
        if sort and row.is_citation != (sort == "citation"):
            return False
        return super().is_wanted(row, given)
