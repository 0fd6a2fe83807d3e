"""What would change the law that rules, rows and thresholds say, by the day to look."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from .claim import WHEN, Claim, WatchEntry, find_period, list_claims
from .law_report import (
    LawReport,
    Link,
    LinksColumn,
    RowTitle,
    SortedColumn,
    build_multiple_filter,
)

#: As of reviews, but the day itself is a day to look.
WATCH_WHEN = {"due": _("Now"), **{k: v for k, v in WHEN.items() if k != "overdue"}}


@dataclass(frozen=True)
class WatchRow:
    """An entry of the law watch of a claim."""

    watch: WatchEntry
    claim: Claim

    @property
    def title(self) -> str:
        return self.watch.what

    @property
    def url(self) -> str:
        return self.claim.watch_url or self.claim.url

    @property
    def rule(self) -> str:
        return self.claim.title

    @property
    def kind(self) -> Any:
        return self.claim.kind

    @property
    def within(self) -> str:
        return self.claim.within

    @property
    def look_again(self) -> dt.date | None:
        return self.watch.look_again

    @property
    def links(self) -> tuple[Link, ...]:
        """Return the links to where it is told, named by their sites."""
        url = self.watch.url
        return (Link(urlsplit(url).hostname or url, url),) if url else ()

    @property
    def link(self) -> str:
        return self.watch.url

    @property
    def when(self) -> str:
        """Return which of `WATCH_WHEN` it falls into."""
        return find_period(self.look_again, min_days=1) or "due"

    @property
    def when_words(self) -> Any:
        return WATCH_WHEN[self.when]


class LawWatch(LawReport):
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

    def rows(self) -> Iterable[WatchRow]:
        for claim in list_claims():
            for watch in claim.watch:
                yield WatchRow(watch, claim)

    def filter_fields(self) -> dict[str, Any]:
        return {
            "when": build_multiple_filter(_("Due"), list(WATCH_WHEN.items())),
            "kind": build_multiple_filter(_("Kind"), self.kinds()),
        }

    def is_wanted(self, row: WatchRow, given: dict[str, Any]) -> bool:
        asked = given.get("when")
        return (not asked or row.when in asked) and super().is_wanted(row, given)
