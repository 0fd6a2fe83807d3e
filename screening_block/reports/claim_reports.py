"""What is to be looked at again, and what somebody still has to check."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext, gettext_lazy as _

from screening_block.models import ReportRow

from .claim import MARKS, WHEN, Claim, ClaimSource, WatchEntry
from .law_report import (
    LinesColumn,
    RowTitle,
    SortedColumn,
    build_choice_filter,
    build_multiple_filter,
)
from .stored_report import StoredReport, match_period, rank_words
from .stored_rows import CLAIM, make_url

_CHECKED = LinesColumn("checked", label=_("Last checked"), sort_key="checked_on")
_WATCH = LinesColumn("watch", label=_("Law watch"), classname="ls-wide")


class _ClaimReport(StoredReport):
    report = CLAIM
    exported = {
        "checked": {"checked_on": _("Checked on"), "checked_by": _("Checked by")}
    }

    ordered = {
        "title": "title",
        "kind": "kind",
        "within": "within",
        "due": "day",
        "checked_on": "checked_on",
        "mark_words": "mark",
    }

    def make(self, row: ReportRow) -> Claim:
        more = row.more
        return Claim(
            kind=gettext(row.kind),
            title=row.title,
            within=row.within,
            url=make_url(row.url),
            due=row.day,
            checked_on=row.checked_on,
            checked_by=row.checked_by,
            mark=row.mark,
            mark_text=gettext(row.mark_text) if row.mark_text else "",
            sources=tuple(ClaimSource(*one) for one in more["sources"]),
            watch=tuple(
                WatchEntry(what, day and dt.date.fromisoformat(day), url)
                for what, day, url in more["watch"]
            ),
            watch_url=more["url"] and make_url(more["url"]),
        )

    def say(self, word: str) -> Q:
        found = super().say(word)
        for mark, said in self._marks():
            found |= Q(mark=mark, mark_text="") if word in said.lower() else Q()
        for text in self.values("mark_text"):
            found |= Q(mark_text=text) if word in gettext(text).lower() else Q()
        return found

    def _order_of(self, name: str) -> Any:
        if name == "mark":
            return rank_words(name, self._marks())
        return super()._order_of(name)

    def _marks(self) -> list[tuple[str, str]]:
        return [(mark, str(said)) for mark, said in MARKS.items()]


class ReviewDue(_ClaimReport):
    slug = "review_due"
    page_title = _("Review due")
    header_icon = "calendar-check"
    intro = _("When each rule, number and page is due for review.")
    default_ordering = "due"
    columns = [
        RowTitle(_("What")),
        SortedColumn("kind", _("Kind")),
        SortedColumn("within", _("In")),
        SortedColumn("due", _("Next review")),
        SortedColumn("when_words", _("Due"), sort_key=None, classname="ls-when"),
        _CHECKED,
        _WATCH,
    ]

    def filter_fields(self) -> dict[str, Any]:
        return {
            "when": build_multiple_filter(_("Due"), list(WHEN.items())),
            "kind": build_multiple_filter(_("Kind"), self.kinds()),
        }

    def narrow(
        self, rows: QuerySet[ReportRow], given: dict[str, Any]
    ) -> QuerySet[ReportRow]:
        # Without a filter what has no day is left out, but it can be asked for.
        asked = given.get("when") or [when for when in WHEN if when != "never"]
        wanted = Q(pk=None)
        for when in asked:
            wanted |= match_period(when)
        return super().narrow(rows.filter(wanted), given)

    def say(self, word: str) -> Q:
        found = super().say(word)
        for when, said in WHEN.items():
            found |= match_period(when) if word in str(said).lower() else Q()
        return found


class NeedsChecking(_ClaimReport):
    slug = "needs_checking"
    page_title = _("Needs checking")
    header_icon = "warning"
    intro = _(
        "What somebody still has to check against its source. “No record of a "
        "check” is what is marked as verified without a day or a name."
    )
    default_ordering = "title"
    columns = [
        RowTitle(_("What")),
        SortedColumn("mark_words", _("Verified")),
        LinesColumn("sources", label=_("Source"), classname="ls-wide"),
        SortedColumn("kind", _("Kind")),
        SortedColumn("within", _("In")),
        _CHECKED,
        SortedColumn("due", _("Next review")),
        _WATCH,
    ]

    def filter_fields(self) -> dict[str, Any]:
        what = [
            ("itself", _("The rule or number itself")),
            ("citation", _("A citation")),
        ]
        return {
            "mark": build_multiple_filter(_("Verified"), list(MARKS.items())),
            "kind": build_multiple_filter(_("Kind"), self.kinds()),
            "sort": build_choice_filter(_("What needs checking"), what),
        }

    def narrow(
        self, rows: QuerySet[ReportRow], given: dict[str, Any]
    ) -> QuerySet[ReportRow]:
        # Without a filter what is verified is left out, but it can be asked for.
        asked = given.get("mark")
        itself = ~Q(mark="verified")
        rows = rows.filter(Q(mark__in=asked) if asked else itself | Q(unchecked=True))
        if given.get("sort") == "itself":
            rows = rows.filter(itself)
        if given.get("sort") == "citation":
            rows = rows.filter(unchecked=True)
        return super().narrow(rows, given)
