"""Compile live records into a release dict."""

from collections.abc import Iterable
from typing import Any

from screening_block.models import Screener

from .content import Content
from .parts import assemble_release


def compile_screener(
    screener: Screener, content: Content | None = None, *, drafts: bool = False
) -> dict[str, Any]:
    """Return the release dict of a screener page with the thresholds and charts it
    uses.

    `screener` itself is used as given (it may hold unpublished changes); the rest comes
    from `content`, or is live, or with `drafts` as last saved. A missing threshold or
    chart is left out: the engine's check then names each place that uses it.
    """
    content = content or Content(drafts=drafts)
    source = content.source_of(screener)
    locale = source.locale
    named = content.used_keys(source)
    shared = content.shared(*named, locale)
    parts = {**content.shared_parts(*named, locale), **content.parts(source)}
    translations = {}
    unreviewed = []
    for page in content.translations(source):
        # The page being published is taken from memory: its row may be older.
        other = screener if page.pk == screener.pk else page
        if not other.translation_reviewed:
            unreviewed.append(other.locale.language_code)
        other_parts = content.shared_parts(*named, other.locale) | content.parts(other)
        translations[other.locale.language_code] = {
            name: part["texts"] for name, part in other_parts.items() if name in parts
        }
    release = assemble_release(parts, locale.language_code, translations)
    due = _next_due(source, shared.values())
    release["review"] = {**release["review"], "next_due": due}
    if unreviewed:
        release["unreviewed_languages"] = sorted(unreviewed)
    return release


def _next_due(screener: Screener, records: Iterable[Any]) -> str | None:
    """Return the earliest day on which the screener or a part is due for review."""
    days = [
        screener.next_review_due,
        *(finding.value["next_review"] for finding in screener.findings),
        *(getattr(record, "next_review", None) for record in records),
    ]
    return min((day.isoformat() for day in days if day), default=None)
