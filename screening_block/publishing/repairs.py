"""Where the publication log and the pages do not say the same, and putting that right.

They cannot part while every page goes the ways this product knows; a restored backup,
a row changed by hand or an old fault can part them all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from screening_block.models import Publication, Screener, ScreenerKey
from screening_block.models.publishing import GateError, one_at_a_time

from .compile import compile_screener
from .content import Content
from .gate import examine
from .publish import note_withdrawn, publish


@dataclass(frozen=True)
class Difference:
    """One thing that does not fit. `code`: `key`, `gone`, `missing`, `other`, `broken`.

    `screener` is the page that gives the structure; None where there is no page.
    """

    code: str
    key: str
    told: str
    screener: Screener | None = None
    publication: Publication | None = None


def differences() -> list[Difference]:
    """Every difference, by key. Writes nothing."""
    pages = list(Screener.objects.order_by("pk"))
    content = Content()
    sources = {page.translation_key: content.source_of(page) for page in pages}
    found = [*_keys(pages, sources), *_log(sources), *_pages(sources)]
    return sorted(found, key=lambda difference: (difference.key, difference.code))


def _keys(pages: list[Screener], sources: dict[Any, Screener]) -> Iterator[Difference]:
    owned = dict(ScreenerKey.objects.values_list("screener", "key"))
    for screener, source in sources.items():
        keys = {page.key for page in pages if page.translation_key == screener}
        if keys != {owned.get(screener)}:
            told = _("Its pages say %(keys)s, its key is %(key)s.") % {
                "keys": ", ".join(sorted(keys)),
                "key": owned.get(screener) or "–",
            }
            yield Difference("key", source.key, told, source)
    for screener, key in owned.items():
        if screener not in sources:
            yield Difference("key", key, _("No page has this key any more."))


def _log(sources: dict[Any, Screener]) -> Iterator[Difference]:
    """Rows that name a release of what is no live screener."""
    newest = Publication.objects.order_by().values("screener", "screener_key")
    rows = Publication.objects.filter(
        pk__in=newest.annotate(newest=Max("pk")).values("newest"),
        release__isnull=False,
    )
    for row in rows.order_by("pk"):
        source = sources.get(row.screener)
        if source is None:
            told = _("The log names a release, and there is no such page.")
            yield Difference("gone", row.screener_key, told, None, row)
        elif not source.live:
            told = _("The log names a release, and the page is not live.")
            yield Difference("gone", row.screener_key, told, source, row)


def _pages(sources: dict[Any, Screener]) -> Iterator[Difference]:
    """Live screeners whose current release is not what their page says."""
    for screener, source in sources.items():
        if not source.live:
            continue
        log = Publication.objects.filter(screener=screener).order_by("-pk")
        newest = log.values_list("release", flat=True).first()
        try:
            compiled = examine(compile_screener(source))
        except GateError as error:
            told = "; ".join(error.messages)
            yield Difference("broken", source.key, told, source)
            continue
        if newest is None:
            told = _("The page is live, and no release of it is current.")
            yield Difference("missing", source.key, told, source)
        elif newest != compiled.sha256:
            told = _("The page is live, and its current release says something else.")
            yield Difference("other", source.key, told, source)


def repair() -> Iterator[tuple[Difference, str]]:
    """Put every difference right; each with what was done, or why nothing was."""
    for difference in differences():
        with one_at_a_time():
            yield difference, _repair(difference)


def _repair(difference: Difference) -> str:
    source = difference.screener
    if difference.code == "key":
        return _repair_key(source, difference.key)
    if difference.code == "gone" and difference.publication:
        note_withdrawn(difference.publication)
        return _("withdrawn")
    if difference.code == "broken" or source is None:
        return _("left as it is: an editor has to fix this")
    try:
        # Its key may have been repaired meanwhile.
        publish(Screener.objects.get(pk=source.pk), cause=_("repair"))
    except GateError as error:
        return _("left as it is: %s") % "; ".join(error.messages)
    return _("published")


def _repair_key(source: Screener | None, key: str) -> str:
    if source is None:
        ScreenerKey.objects.filter(key=key).delete()
        return _("the key is free")
    screener = source.translation_key
    mine = ScreenerKey.of(screener)
    if mine is None:
        mine = key if not ScreenerKey.taken(key, screener) else None
        mine = mine or ScreenerKey.free(key, screener)
        ScreenerKey.reserve(mine, screener)
    Screener.objects.filter(translation_key=screener).update(key=mine)
    return _("its key is %s") % mine
