"""A release as drafts again: to go back to an earlier state, or to take one in.

Nothing is published here. What is written passes review and the gate like any draft.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from wagtail.models import Locale

from screening_block.models import Chart, ChartRow, Screener, Threshold

from . import from_models, to_models
from .load import RECORDS, replaced
from .parts import LISTS, Name, Part, digest, take_apart

_MODELS: dict[str, Any] = {"threshold": Threshold, "chart": Chart, "row": ChartRow}


@dataclass
class Drafts:
    """What was written: the records (with a new draft each), and the parts."""

    records: list[Any] = field(default_factory=list)
    parts: list[Name] = field(default_factory=list)


@transaction.atomic
def write_drafts(release: dict[str, Any], user: Any, parent: Any = None) -> Drafts:
    """Make the newest drafts say what `release` (a release dict) says.

    Records whose draft says it already are left alone, and so are thresholds, charts
    and rows that the release does not name: others may use them. A screener that is
    not there is made below `parent`.
    """
    drafts = Drafts()
    parts = take_apart(release)
    locale = Locale.get_default()
    for place, (name, part) in enumerate(parts.items()):
        if name.kind in _MODELS:
            _write_record(drafts, name, part, locale, place, user)
    _write_screener(drafts, parts, locale, user, parent)
    return drafts


def _write_record(
    drafts: Drafts, name: Name, part: Part, locale: Locale, place: int, user: Any
) -> None:
    read, fill = RECORDS[name.kind]
    model = _MODELS[name.kind]
    where: dict[str, Any] = {"key": name.key}
    if name.kind == "row":
        chart, key = name.key.split("/")
        where = {"chart": Chart.objects.get(key=chart, locale=locale), "key": key}
    found = model._default_manager.filter(locale=locale, **where).first()
    record = found.get_latest_revision_as_object() if found else None
    if record and digest(read(record)) == digest(part):
        return
    if record is None:
        record = model(locale=locale, live=False, **where)
        if isinstance(record, ChartRow):
            record.sort_order = place
    fill(record, part)
    if not record.pk:
        record.save()
    _save(drafts, record, user)
    drafts.parts.append(name)


def _write_screener(
    drafts: Drafts, parts: dict[Name, Part], locale: Locale, user: Any, parent: Any
) -> None:
    own = {name: part for name, part in parts.items() if name.kind not in _MODELS}
    name = next(name for name in own if name.kind == "screener")
    found = Screener.objects.filter(key=name.key, locale=locale).first()
    screener = found.get_latest_revision_as_object() if found else Screener()
    current = from_models.screener_parts(screener) if found else {}
    if list(current) == list(own) and all(
        digest(current[one]) == digest(own[one]) for one in own
    ):
        return
    to_models.fill_settings(screener, own[name])
    for kind, plural in LISTS.items():
        there = {
            block["value"].get("key"): block
            for block in (getattr(screener, plural).get_prep_value() if found else ())
        }
        blocks = [
            (one, to_models.block(one, part))
            for one, part in own.items()
            if one.kind == kind
        ]
        setattr(
            screener,
            plural,
            [
                replaced(there[one.key], block) if one.key in there else block
                for one, block in blocks
            ],
        )
    if not found:
        screener.key = screener.slug = name.key
        screener.locale = locale
        screener.live = False
        parent.add_child(instance=screener)
    _save(drafts, screener, user)
    drafts.parts += [
        one
        for one, part in own.items()
        if one not in current or digest(current[one]) != digest(part)
    ]


def _save(drafts: Drafts, record: Any, user: Any) -> None:
    record.save_revision(user=user, log_action=True)
    drafts.records.append(record)
