"""Who uses what: thresholds, charts, rows, columns, citations.

One index over all screeners, as last saved and as published. It asks the database for
what `publishing/stored_uses.py` has written there, and reads only those pages itself
that were changed behind it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from itertools import groupby
from typing import Any, NamedTuple

from wagtail.models import Locale

from screening_block.models import Outline, StoredUse
from screening_block.publishing.parts import Part, PartName
from screening_block.publishing.stored_uses import (
    VALUE,
    PageState,
    cut,
    list_parts,
    list_states,
    match_names,
    read_page,
    read_places,
)
from screening_block.publishing.uses import Use


class LocatedUse(NamedTuple):
    """A use with its screener; `state` is "both", "draft" or "public"."""

    page: int
    use: Use
    state: str


class DraftOutline(NamedTuple):
    """The parts of a screener as last saved, without rules, and their anchors."""

    title: str
    language: str
    locale: int
    parts: dict[PartName, Part]
    anchors: dict[PartName, str]


class UsageIndex:
    """Uses by what is used, as they are while it is asked; each is read once.

    Of a screener with pages in several languages only the page counts that gives the
    structure.
    """

    def __init__(self) -> None:
        self._pages = _pick_sources(list_states())
        self._uses: dict[PartName, list[LocatedUse]] = {}
        self._outlines: dict[int, DraftOutline] = {}
        self._whole = False

    @property
    def pages(self) -> list[int]:
        """Every screener, by the page that gives its structure."""
        return list(self._pages)

    def of(self, *used: PartName) -> list[LocatedUse]:
        """Return every use of any of `used`, in the order of the screeners."""
        names = [cut(name) for name in used]
        self._read([name for name in names if name not in self._uses])
        return [found for name in names for found in self._uses.get(name, ())]

    def of_pages(self, pages: Collection[int], *used: PartName) -> list[LocatedUse]:
        """Return the uses of any of `used` in some screeners alone."""
        names = [cut(name) for name in used]
        found = self._find(set(names), pages)
        return [use for name in names for use in found.get(name, ())]

    def spread(self, *used: PartName) -> dict[int, int]:
        """Return in how many places each screener uses any of `used`, in the order of
        the screeners. Where the draft differs from what is public, the most counts."""
        most: dict[tuple[int, PartName], int] = {}
        for page, name, count in self._list_counts({cut(name) for name in used}):
            most[page, name] = count
        counts: dict[int, int] = defaultdict(int)
        for (page, _name), count in most.items():
            counts[page] += count
        return counts

    def screeners(self, names: Iterable[PartName]) -> dict[PartName, set[int]]:
        """Return which screeners use each of `names`, what rows have in columns too
        (see `list_values`)."""
        asked = {cut(name): name for name in names}
        found: dict[PartName, set[int]] = {name: set() for name in asked.values()}
        for page, name, count in self._list_counts(asked):
            if count:
                found[asked[name]].add(page)
        return found

    def counts(self, names: Iterable[PartName]) -> dict[PartName, dict[int, int]]:
        """Return in how many places each screener uses each of `names`, in the order of
        the screeners. Of those of which drafts differ from what is public, nothing:
        their places are to be compared."""
        asked = {cut(name): name for name in names}
        found: dict[PartName, dict[int, int]] = {name: {} for name in asked.values()}
        differing = set()
        for page, name, count in self._list_counts(asked):
            if page in found[asked[name]]:
                differing.add(asked[name])
            found[asked[name]][page] = count
        return {name: of for name, of in found.items() if name not in differing}

    def _list_counts(
        self, names: Collection[PartName]
    ) -> list[tuple[int, PartName, int]]:
        """Return screener, name and number of places of each row that is stored of
        `names`, in the order of the screeners; of one name the fewest first."""
        stored = StoredUse.objects.filter(match_names(names), page__in=self._fitting)
        rows = stored.order_by().values_list("page", "kind", "name", "count")
        found = [
            (page, PartName(kind, name), count) for page, kind, name, count in rows
        ]
        found += [
            (row.page_id, _name_of(row), row.count)
            for row in self._unstored
            if _name_of(row) in names
        ]
        return sorted(found)

    def names(self, pages: Collection[int] | None = None) -> set[PartName]:
        """Return everything that is used somewhere, or in some screeners; what rows
        have in columns too (see `list_values`)."""
        asked = self._pages if pages is None else pages
        stored = StoredUse.objects.filter(page__in=self._fitting.intersection(asked))
        stored = stored.filter(count__gt=0).order_by()
        found = {
            PartName(*one) for one in stored.values_list("kind", "name").distinct()
        }
        unstored = (row for row in self._unstored if row.count and row.page_id in asked)
        return found.union(map(_name_of, unstored))

    def read_all(self) -> None:
        """Read the uses of everything together: for who asks for most of them."""
        self._read(None)

    def columns(self, chart: str) -> list[PartName]:
        """Return the columns of a chart that are used somewhere."""
        begins = f"{chart}/"
        stored = StoredUse.objects.filter(
            kind="column", name__startswith=begins, page__in=self._fitting
        )
        keys = set(stored.values_list("name", flat=True).order_by())
        keys |= {row.name for row in self._unstored if row.kind == "column"}
        return [PartName("column", k) for k in sorted(keys) if k.startswith(begins)]

    def count(self, kind: str) -> dict[str, int]:
        """Return in how many places each thing of a kind is used."""
        counts: dict[str, int] = defaultdict(int)
        seen: set[tuple[int, str]] = set()
        differing = {row.name for row in self._unstored if row.kind == kind}
        stored = StoredUse.objects.filter(kind=kind, page__in=self._fitting).order_by()
        for page, name, count in stored.values_list("page", "name", "count"):
            if (page, name) in seen:
                differing.add(name)
            seen.add((page, name))
            counts[name] += count
        # Where the draft uses it otherwise than what is public, places are compared.
        self._read([PartName(kind, name) for name in differing])
        for name in differing:
            counts[name] = len(self.of(PartName(kind, name)))
        return counts

    def title(self, page: int) -> str:
        state = self._pages[page]
        return state.title if state.fits else self._unread[page][0]

    def outline(self, page: int) -> DraftOutline:
        """Return the outline of one screener."""
        known = self._outlines.get(page)
        return known or self.outlines([page])[page]

    def outlines(self, pages: Iterable[int]) -> dict[int, DraftOutline]:
        """Return the outlines of screeners; those that are new are read together."""
        wanted = list(dict.fromkeys(pages))
        missing = [page for page in wanted if page not in self._outlines]
        stored = Outline.objects.filter(pk__in=self._fitting.intersection(missing))
        found: dict[int, Any] = dict(stored.values_list("pk", "parts"))
        for pk in missing:
            state = self._pages[pk]
            outline = found[pk] if state.fits else self._unread[pk][1]
            listed = list(list_parts(outline, state.key))
            self._outlines[pk] = DraftOutline(
                self.title(pk),
                state.language,
                state.locale,
                {name: part for name, _anchor, part in listed},
                {name: anchor for name, anchor, _part in listed if anchor},
            )
        return {page: self._outlines[page] for page in wanted}

    def _read(self, names: list[PartName] | None) -> None:
        """Read the uses of these names, or all."""
        if self._whole or names == []:
            return
        if names is None:
            self._whole = True
            self._uses = {}
        else:
            self._uses |= {name: [] for name in names}
        asked = None if names is None else set(names)
        self._uses |= self._find(asked, self._pages)

    def _find(
        self, names: set[PartName] | None, pages: Collection[int]
    ) -> dict[PartName, list[LocatedUse]]:
        """Return the uses of these names, or all, in some pages."""
        rows = StoredUse.objects.filter(page__in=self._fitting.intersection(pages))
        rows = rows.exclude(kind=VALUE).order_by("page", "pk")
        unstored = [row for row in self._unstored if row.page_id in pages]
        if names is not None:
            rows = rows.filter(match_names(names))
            unstored = [row for row in unstored if _name_of(row) in names]
        uses: dict[PartName, list[LocatedUse]] = {}
        found = sorted([*rows, *unstored], key=lambda row: row.page_id)
        for page, of_page in groupby(found, key=lambda row: row.page_id):
            by_name: dict[PartName, list[StoredUse]] = defaultdict(list)
            for row in of_page:
                by_name[_name_of(row)].append(row)
            key = self._pages[page].key
            for name, its in by_name.items():
                uses.setdefault(name, []).extend(_locate(page, name, its, key))
        return uses

    @cached_property
    def _fitting(self) -> set[int]:
        return {pk for pk, state in self._pages.items() if state.fits}

    @cached_property
    def _unread(self) -> dict[int, tuple[str, list[Any], list[StoredUse]]]:
        """What would be stored of the pages that were changed behind the store."""
        changed = [pk for pk, state in self._pages.items() if not state.fits]
        return {pk: read_page(pk) for pk in changed}

    @property
    def _unstored(self) -> list[StoredUse]:
        return [row for _title, _outline, rows in self._unread.values() for row in rows]


def _name_of(row: StoredUse) -> PartName:
    return PartName(row.kind, row.name)


def _locate(
    page: int, name: PartName, rows: list[StoredUse], screener: str
) -> Iterator[LocatedUse]:
    """Yield the uses of the draft, then those that are public and no longer in it."""
    draft, public = (
        [
            use
            for row in rows
            if getattr(row, edition)
            for use in read_places(name, row.places, screener)
        ]
        for edition in ("draft", "live")
    )
    now, saved = {use.place for use in public}, {use.place for use in draft}
    for use in draft:
        yield LocatedUse(page, use, "both" if use.place in now else "draft")
    for use in public:
        if use.place not in saved:
            yield LocatedUse(page, use, "public")


def _pick_sources(states: Iterable[PageState]) -> dict[int, PageState]:
    """Return the page of each screener that gives its structure, by its id."""
    default = Locale.get_default().pk
    found: dict[Any, PageState] = {}
    for state in states:
        known = found.get(state.translation_key)
        if known is None or state.locale == default != known.locale:
            found[state.translation_key] = state
    return {state.pk: state for state in found.values()}
