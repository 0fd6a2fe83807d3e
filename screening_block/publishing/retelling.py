"""Publish what no rule reads into many releases, without making each anew.

A label of a row that a hundred screeners share is one short text in a hundred releases,
whose rules stay what they are. Their results do too, so that nothing is searched and no
scenario is run. One release is compiled and checked like after any other edit: where
that gives what the current release is with the new text in the place of the old one,
the others are told anew in this way alone. A release in which anything stands otherwise
than expected is made in the ordinary way.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any
from uuid import UUID

from django.db.models import Count, Max
from wagtail.models import Locale

from screening_block.engine.grammar import MAX_BYTES
from screening_block.models import Publication, Recall, Release, Scenario, Screener
from screening_block.models.release_pieces import fetch_parts, recut, store_parts
from screening_block.models.use_rows import StoredUse
from screening_block.public import unrestricted

from .content import pick_source
from .json_places import JsonPlaces, splice
from .parts import PartName
from .remembered import ResultCache
from .stored_uses import list_states, match_names
from .text_edits import RecordEdit, list_replacements

CAUSE_LENGTH = Publication._meta.get_field("cause").max_length
#: Operators and types of questions that plugins give: whether the plugin is still there
#: is looked up where a release is checked.
OF_PLUGINS = re.compile(r'"(?:op|type)":"[a-z0-9_]+\.')


@dataclass(frozen=True)
class Retold:
    """A release with other texts: its name, and its pieces as ids or as new bytes."""

    sha256: str
    pieces: tuple[int | bytes, ...]
    time_zone: str

    @property
    def new_parts(self) -> list[bytes]:
        return [part for part in self.pieces if isinstance(part, bytes)]


@dataclass(frozen=True)
class TextChange:
    """What an action changes for a screener where only texts of it change.

    Like `ScreenerChange`, of which it needs no more than the names of the releases.
    """

    screener: Screener
    old: Release
    retold: Retold
    #: What it uses of what was changed.
    names: frozenset[PartName]
    #: How many scenarios pass as before.
    scenarios: int

    error = None
    failing = ()

    @property
    def old_hash(self) -> str:
        return self.old.sha256

    @property
    def new_hash(self) -> str:
        return self.retold.sha256

    def pick_cause(self, causes: Mapping[PartName, str]) -> str:
        return next(text for name, text in causes.items() if name in self.names)


#: By release and edits, so that a rehearsal and its publish work it out once.
_retold: ResultCache[Retold | None] = ResultCache(512)


class Edits:
    """What was written since the last publish, by what screeners name it.

    `others`: what may have changed more than texts.
    """

    def __init__(self) -> None:
        self.of_texts: dict[Any, RecordEdit] = {}
        self.others: set[PartName] = set()

    def add(self, names: Iterable[PartName], edit: RecordEdit | None) -> None:
        if edit is None:
            self.others.update(names)
            return
        key = edit.locale, edit.name
        known = self.of_texts.get(key)
        self.of_texts[key] = known.then(edit) if known else edit


def find_text_changes(edits: Edits, own: Collection[UUID] = ()) -> list[TextChange]:
    """Return the changes of the screeners that use only what changed its texts alone.

    `own`: screeners, by translation key, that are published for themselves. In the
    order of their last publication, the oldest first.
    """
    by_name: dict[PartName, list[RecordEdit]] = defaultdict(list)
    for edit in edits.of_texts.values():
        by_name[edit.by].append(edit)
    by_name = {name: its for name, its in by_name.items() if name not in edits.others}
    if not by_name:
        return []
    used = _list_used({*by_name, *edits.others})
    wanted = {
        page: [edit for name in sorted(names) for edit in by_name[name]]
        for page, names in used.items()
        if names.isdisjoint(edits.others)
    }
    sources = {
        page.key: page
        for page in _list_sources(wanted)
        if page.translation_key not in own
    }
    languages = _list_languages(sources.values())
    scenarios = _count_scenarios(sources.values())
    current = _list_current(sources)
    texts = _Texts(current.values())
    found = []
    for key, release in current.items():
        page = sources[key]
        total, proposed = scenarios.get(page.translation_key, (0, 0))
        # A proposed case may take the place of its scenario's.
        if proposed:
            continue
        said = page.locale.language_code, languages[page.translation_key]
        retold = _retold.get(
            (release.pk, *map(repr, wanted[page.pk]), said[0], *sorted(said[1])),
            partial(_retell, texts, release, wanted[page.pk], *said),
        )
        if retold:
            names = frozenset(used[page.pk])
            found.append(TextChange(page, release, retold, names, total))
    recalls = Recall.objects.filter(release__in=[one.new_hash for one in found])
    refused = set(recalls.values_list("release", flat=True))
    found = [one for one in found if one.new_hash not in refused]
    # One is made as fast in the ordinary way.
    return found if len(found) > 1 else []


def keep_text_changes(
    changes: Iterable[TextChange], causes: Mapping[PartName, str]
) -> None:
    """Store the new releases and make them current, each with the first of `causes`
    that is of something it uses."""
    new = [one for one in changes if one.new_hash != one.old_hash]
    ids = store_parts(part for one in new for part in one.retold.new_parts)
    names = [one.new_hash for one in new]
    # What was current before, and is again.
    known = set(Release.objects.filter(pk__in=names).values_list("pk", flat=True))
    Release.objects.bulk_create(
        Release(
            sha256=one.new_hash,
            screener_key=one.screener.key,
            pieces=[ids[p] if isinstance(p, bytes) else p for p in one.retold.pieces],
            lengths=one.old.lengths,
        )
        for one in new
        if one.new_hash not in known
    )
    for one in new:
        if one.new_hash in known:
            Release.objects.filter(pk=one.new_hash).update(lengths=one.old.lengths)
    Publication.objects.bulk_create(
        Publication(
            screener_key=one.screener.key,
            screener=one.screener.translation_key,
            release_id=one.new_hash,
            cause=one.pick_cause(causes)[:CAUSE_LENGTH],
        )
        for one in new
    )


class _Texts:
    """The pieces of releases, read together once one is asked for."""

    def __init__(self, releases: Collection[Release]):
        self.releases = releases

    def pieces(self, release: Release) -> list[tuple[int, bytes]]:
        return [(pk, self._parts[pk]) for pk in release.pieces]

    @cached_property
    def _parts(self) -> dict[int, bytes]:
        return fetch_parts(pk for one in self.releases for pk in one.pieces)


def _retell(
    texts: _Texts,
    release: Release,
    edits: Iterable[RecordEdit],
    locale: str,
    languages: set[str],
) -> Retold | None:
    """Return the release with what the edits change, or None where it has to be made
    anew."""
    pieces = texts.pieces(release)
    old = [part for _pk, part in pieces]
    was = b"".join(old)
    text = was.decode()
    if OF_PLUGINS.search(text):
        return None
    places = JsonPlaces(text)
    try:
        if places.value(("locale",)) != locale:
            return None
        changes = list_replacements(places, edits, locale, languages)
        zone = places.value(("time_zone",))
    except KeyError:
        return None
    new = splice(was, changes)
    if len(new) > MAX_BYTES:
        return None
    cut = [
        pieces[part][0] if isinstance(part, int) else part
        for part in recut(old, new, changes)
    ]
    return Retold(hashlib.sha256(new).hexdigest(), tuple(cut), zone)


def _list_used(names: Iterable[PartName]) -> dict[int, set[PartName]]:
    """Return what each page uses of these names in public, as far as that is stored as
    it is."""
    fitting = {page.pk for page in list_states() if page.fits}
    rows = StoredUse.objects.filter(match_names(names), live=True).order_by()
    used: dict[int, set[PartName]] = defaultdict(set)
    for page, kind, name in rows.values_list("page", "kind", "name"):
        if page in fitting:
            used[page].add(PartName(kind, name))
    return used


def _list_sources(pages: Iterable[int]) -> list[Screener]:
    """Return those of these pages that give the structure of a public screener, without
    what it says, the oldest first."""
    keys = Screener.objects.filter(pk__in=list(pages)).values("translation_key")
    of_all = Screener.objects.filter(translation_key__in=keys).defer_streamfields()
    by_key: dict[UUID, list[Screener]] = defaultdict(list)
    for page in of_all.select_related("locale").order_by("pk"):
        by_key[page.translation_key].append(page)
    default = Locale.get_default().pk
    sources = [pick_source(found, default) for found in by_key.values()]
    wanted = set(pages)
    found = [page for page in sources if page and page.live and page.pk in wanted]
    return sorted(found, key=lambda page: page.pk)


def _list_languages(sources: Iterable[Screener]) -> dict[UUID, set[str]]:
    """Return the languages in which everybody may read a screener, by translation
    key: what `Content.translations` would give."""
    own = {page.translation_key: page for page in sources}
    pages = Screener.objects.filter(
        translation_key__in=list(own), live=True, alias_of=None
    )
    found = {key: {page.locale.language_code} for key, page in own.items()}
    # An alias has nothing of its own.
    codes = unrestricted(pages).values_list("translation_key", "locale__language_code")
    for key, code in codes:
        found[key].add(code)
    return found


def _count_scenarios(sources: Iterable[Screener]) -> dict[UUID, tuple[int, int]]:
    """Return by translation key how many scenarios there are, and how many with a
    proposed case."""
    keys = [page.translation_key for page in sources]
    rows = Scenario.objects.filter(screener__in=keys).order_by()
    counted = rows.values("screener").annotate(all=Count("pk"), new=Count("proposed"))
    return {row["screener"]: (row["all"], row["new"]) for row in counted}


def _list_current(keys: Iterable[str]) -> dict[str, Release]:
    """Return the current releases by the key of their screener, the one that is current
    for the longest time first."""
    rows = Publication.objects.filter(screener_key__in=list(keys)).order_by()
    newest = rows.values("screener_key").annotate(newest=Max("pk")).values("newest")
    log = Publication.objects.filter(pk__in=newest).select_related("release")
    return {row.screener_key: row.release for row in log.order_by("pk") if row.release}
