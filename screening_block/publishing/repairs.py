"""Find and repair where the publication log and the pages do not agree.

They cannot disagree as long as every page goes the ways this product knows; a restored
backup, a row changed by hand or an old fault can make them.
"""

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
from .publish import log_withdrawal, publish


@dataclass(frozen=True)
class LogDifference:
    """One disagreement. `code`: `key`, `gone`, `missing`, `other` or `broken`.

    `screener` is the page that gives the structure; None where there is no page.
    """

    code: str
    key: str
    message: str
    screener: Screener | None = None
    publication: Publication | None = None


def find_differences() -> list[LogDifference]:
    """Return every difference, by key. Writes nothing."""
    pages = list(Screener.objects.order_by("pk"))
    content = Content()
    sources = {page.translation_key: content.source_of(page) for page in pages}
    found = [
        *_key_differences(pages, sources),
        *_log_differences(sources),
        *_page_differences(sources),
    ]
    return sorted(found, key=lambda difference: (difference.key, difference.code))


def _key_differences(
    pages: list[Screener], sources: dict[Any, Screener]
) -> Iterator[LogDifference]:
    owned = dict(ScreenerKey.objects.values_list("screener", "key"))
    for screener, source in sources.items():
        keys = {page.key for page in pages if page.translation_key == screener}
        if keys != {owned.get(screener)}:
            message = _("Its pages say %(keys)s, its key is %(key)s.") % {
                "keys": ", ".join(sorted(keys)),
                "key": owned.get(screener) or "–",
            }
            yield LogDifference("key", source.key, message, source)
    for screener, key in owned.items():
        if screener not in sources:
            yield LogDifference("key", key, _("No page has this key any more."))


def _log_differences(sources: dict[Any, Screener]) -> Iterator[LogDifference]:
    """Yield the log rows that name a release of something that is no live screener."""
    newest = Publication.objects.order_by().values("screener", "screener_key")
    rows = Publication.objects.filter(
        pk__in=newest.annotate(newest=Max("pk")).values("newest"),
        release__isnull=False,
    )
    for row in rows.order_by("pk"):
        source = sources.get(row.screener)
        if source is None or not source.live:
            message = _("The log names a release, and the page is not live.")
            if source is None:
                message = _("The log names a release, and there is no such page.")
            yield LogDifference("gone", row.screener_key, message, source, row)


def _page_differences(sources: dict[Any, Screener]) -> Iterator[LogDifference]:
    """Yield the live screeners whose current release is not what their page says."""
    for screener, source in sources.items():
        if not source.live:
            continue
        log = Publication.objects.filter(screener=screener).order_by("-pk")
        newest = log.values_list("release", flat=True).first()
        try:
            compiled = examine(compile_screener(source))
        except GateError as error:
            message = "; ".join(error.messages)
            yield LogDifference("broken", source.key, message, source)
            continue
        if newest is None:
            message = _("The page is live, and no release of it is current.")
            yield LogDifference("missing", source.key, message, source)
        elif newest != compiled.sha256:
            text = _("The page is live, and its current release says something else.")
            yield LogDifference("other", source.key, text, source)


def repair_differences() -> Iterator[tuple[LogDifference, str]]:
    """Repair every difference; yield each with what was done, or why nothing was."""
    for difference in find_differences():
        with one_at_a_time():
            yield difference, _repair(difference)


def _repair(difference: LogDifference) -> str:
    source = difference.screener
    if difference.code == "key":
        return _repair_key(source, difference.key)
    if difference.code == "gone" and difference.publication:
        log_withdrawal(difference.publication)
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
