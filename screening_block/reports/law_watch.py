"""What would change the law that rules, rows and thresholds say, by the day to look."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Q, QuerySet
from django.utils.translation import gettext, gettext_lazy as _

from screening_block.models import ReportRow

from .claim import WHEN, find_period
from .law_report import (
    Link,
    LinksColumn,
    RowTitle,
    SortedColumn,
    build_multiple_filter,
)
from .stored_report import StoredReport, match_period
from .stored_rows import WATCH, make_url

#: As of reviews, but the day itself is a day to look.
WATCH_WHEN = {"due": _("Now"), **{k: v for k, v in WHEN.items() if k != "overdue"}}


@dataclass(frozen=True)
class WatchRow:
    """An entry of the law watch of a claim; `rule` is the claim, `link` where it is
    told."""

    title: str
    url: str
    rule: str
    kind: Any
    within: str
    look_again: dt.date | None
    link: str

    @property
    def links(self) -> tuple[Link, ...]:
        """Return the links to where it is told, named by their sites."""
        url = self.link
        return (Link(urlsplit(url).hostname or url, url),) if url else ()

    @property
    def when(self) -> str:
        """Return which of `WATCH_WHEN` it falls into."""
        return find_period(self.look_again, min_days=1) or "due"

    @property
    def when_words(self) -> Any:
        return WATCH_WHEN[self.when]


class LawWatch(StoredReport):
    slug = "law_watch"
    page_title = _("Law watch")
    header_icon = "view"
    intro = _("What may change the law, and when to look again. Visitors never see it.")
    default_ordering = "look_again"
    columns = [
        RowTitle(_("What may change it")),
        SortedColumn("look_again", _("Look again on")),
        SortedColumn("when_words", _("Due"), sort_key=None, classname="ls-when"),
        SortedColumn("rule", _("Rule or number")),
        SortedColumn("kind", _("Kind")),
        SortedColumn("within", _("In")),
        LinksColumn("links", label=_("Link")),
    ]
    exported = {"links": {"link": _("Link")}}

    report = WATCH
    ordered = {
        "title": "title",
        "look_again": "day",
        "rule": "more__rule",
        "kind": "kind",
        "within": "within",
    }

    def make(self, row: ReportRow) -> WatchRow:
        return WatchRow(
            title=row.title,
            url=make_url(row.url),
            rule=row.more["rule"],
            kind=gettext(row.kind),
            within=row.within,
            look_again=row.day,
            link=row.more["url"],
        )

    def filter_fields(self) -> dict[str, Any]:
        return {
            "when": build_multiple_filter(_("Due"), list(WATCH_WHEN.items())),
            "kind": build_multiple_filter(_("Kind"), self.kinds()),
        }

    def narrow(
        self, rows: QuerySet[ReportRow], given: dict[str, Any]
    ) -> QuerySet[ReportRow]:
        if asked := given.get("when"):
            wanted = Q(pk=None)
            for when in asked:
                wanted |= match_period(when, min_days=1)
            rows = rows.filter(wanted)
        return super().narrow(rows, given)

    def say(self, word: str) -> Q:
        found = super().say(word)
        for when, said in WATCH_WHEN.items():
            if word in str(said).lower():
                found |= match_period(when, min_days=1)
        return found
