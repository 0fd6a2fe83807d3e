"""What is to be looked at again, and what somebody still has to check."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from .claim import MARKS, WHEN, Claim, list_claims
from .law_report import (
    LawReport,
    LinesColumn,
    RowTitle,
    SortedColumn,
    build_choice_filter,
    build_multiple_filter,
)

_CHECKED = LinesColumn("checked", label=_("Last checked"), sort_key="checked_on")
_WATCH = LinesColumn("watch", label=_("Law watch"), classname="ls-wide")


class _ClaimReport(LawReport):
    exported = {
        "checked": {"checked_on": _("Checked on"), "checked_by": _("Checked by")}
    }

    def rows(self) -> Iterable[Claim]:
        return list_claims()


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

    def is_wanted(self, row: Claim, given: dict[str, Any]) -> bool:
        # Without a filter what has no day is left out, but it can be asked for.
        asked = given.get("when") or [when for when in WHEN if when != "never"]
        return row.when in asked and super().is_wanted(row, given)


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

    def is_wanted(self, row: Claim, given: dict[str, Any]) -> bool:
        # Without a filter what is verified is left out, but it can be asked for.
        asked = given.get("mark")
        wanted = row.mark in asked if asked else row.needs_checking
        if given.get("sort") == "itself":
            wanted = wanted and row.mark != "verified"
        if given.get("sort") == "citation":
            wanted = wanted and bool(row.unchecked)
        return wanted and super().is_wanted(row, given)
