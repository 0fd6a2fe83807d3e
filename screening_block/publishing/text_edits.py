"""What an edit of the law that no rule reads changes in a release: known places of it.

A label, a citation or the day of a check decides no level and no question (see
`meaning`). The releases that have it can be told anew from what they were, without
compiling, checking and searching them again (see `retelling`).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from screening_block.models import ChartRow

from .content import Record, part_name
from .from_models import READERS
from .json_places import JsonPlaces, Path, Replacement
from .meaning import bare
from .parts import Part, PartName

#: The next review of a release is the earliest day of all that it is made of.
NEXT_DUE = ("review", "next_due")
BRACES = re.compile(r"[{}]")


@dataclass(frozen=True)
class RecordEdit:
    """What a record said and says. `by` is how screeners name it, and `others` are the
    languages in which a record of its own says the same."""

    by: PartName
    name: PartName
    locale: str
    before: Part
    after: Part
    due: tuple[str | None, str | None]
    others: frozenset[str]

    def then(self, later: "RecordEdit") -> "RecordEdit":
        """Return this edit and a later one of the same record as one."""
        due = (self.due[0], later.due[1])
        return replace(later, before=self.before, due=due)

    def list_changes(
        self, locale: str, languages: Iterable[str]
    ) -> Iterator[tuple[Path, Any, Any]]:
        """Yield each place in a release with what stands there before and after, also
        where both are the same.

        `locale` is the source language of the release.
        """
        said = [self.locale] if self.locale in languages else []
        if self.locale == locale:
            if path := self._piece_path():
                yield path, self.before["piece"], self.after["piece"]
            # Where a language has no words of its own, those of the source stand.
            said = [one for one in languages if one not in self.others]
        for language in said:
            yield from self._list_texts(("texts", language))

    def _piece_path(self) -> Path:
        key = self.name.key
        if self.name.kind == "row":
            chart, _slash, row = key.partition("/")
            return "charts", chart, "rows", row
        return ("thresholds", key) if self.name.kind == "threshold" else ()

    def _list_texts(self, texts: Path) -> Iterator[tuple[Path, Any, Any]]:
        before, after = self.before["texts"], self.after["texts"]
        key = self.name.key
        if self.name.kind == "threshold":
            yield (*texts, "thresholds", key), before, after
        elif self.name.kind == "row":
            chart, _slash, row = key.partition("/")
            path = (*texts, "charts", chart, "rows", row)
            yield path, before["label"], after["label"]
        else:
            for word in before:
                yield (*texts, "charts", key, word), before[word], after[word]


def read_edit(record: Record, before: Record | None) -> RecordEdit | None:
    """Return an edit of a live record, or None if rules may read what it changes."""
    if before is None or type(record) is not type(before):
        return None
    if not (record.live and before.live and before.first_published_at):
        return None
    if _stand(record) != _stand(before):
        return None
    kind = "row" if isinstance(record, ChartRow) else part_name(record).kind
    was, now = READERS[kind](before), READERS[kind](record)
    if bare(was["piece"]) != bare(now["piece"]):
        return None
    if was["texts"] != now["texts"] and not _is_plain([was["texts"], now["texts"]]):
        return None
    if not now["texts"].get("label", "").strip():
        return None
    by = part_name(record)
    name = PartName(kind, f"{by.key}/{record.key}") if kind == "row" else by
    days = [getattr(one, "next_review", None) for one in (before, record)]
    due = tuple(day and day.isoformat() for day in days)
    others = frozenset(_list_others(record))
    language = record.locale.language_code
    return RecordEdit(by, name, language, was, now, (due[0], due[1]), others)


def _stand(record: Record) -> tuple[Any, ...]:
    """Return what says where a record stands in a release."""
    place = (record.pk, record.locale_id, record.key)
    if isinstance(record, ChartRow):
        return *place, record.chart_id, record.sort_order
    return place


def _is_plain(texts: Any) -> bool:
    """Whether texts name no threshold: what may be named depends on the screener."""
    if isinstance(texts, str):
        return not BRACES.search(texts)
    inner = texts.values() if isinstance(texts, dict) else texts
    return all(map(_is_plain, inner))


def _list_others(record: Record) -> Iterable[str]:
    same: Any = type(record).objects.filter(key=record.key, live=True)
    if isinstance(record, ChartRow):
        charts = type(record.chart).objects.filter(key=record.chart.key, live=True)
        same = same.filter(chart__key=record.chart.key)
        same = same.filter(locale__in=charts.values("locale"))
    codes = same.exclude(locale=record.locale_id).order_by()
    return codes.values_list("locale__language_code", flat=True)


def list_replacements(
    places: JsonPlaces, edits: Iterable[RecordEdit], locale: str, languages: set[str]
) -> list[Replacement]:
    """Return what changes in the text of a release, in order.

    `locale` is its source language, `languages` are those that it should have. Raises
    `KeyError` where the release does not say what an edit begins with, or where the
    edits do not tell what it says afterwards.
    """
    if set(places.members(("texts",))) != languages:
        raise KeyError("texts")
    found = []
    due = was_due = places.value(NEXT_DUE)
    for edit in edits:
        for path, before, after in edit.list_changes(locale, languages):
            one = places.replace(path, before, after)
            if before != after:
                found.append(one)
        if edit.locale == locale and edit.due[0] != edit.due[1]:
            if edit.due[0] is not None and edit.due[0] == was_due:
                # Which day is the earliest now, only all of it can tell.
                raise KeyError(NEXT_DUE)
            due = min((day for day in (due, edit.due[1]) if day), default=None)
    if due != was_due:
        found.append(places.replace(NEXT_DUE, was_due, due))
    return sorted(found)
