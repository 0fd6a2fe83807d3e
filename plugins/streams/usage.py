"""Where stored content uses a plugin, and where it uses what is not there.

Reads raw JSON: the live row of each object and its latest revision, which holds the
draft. Nothing is converted, so a broken plugin cannot hide its own traces.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connections, models
from django.db.models.functions import Cast
from wagtail.blocks import Block, ListBlock, StreamBlock, StructBlock
from wagtail.fields import StreamField
from wagtail.models import RevisionMixin


@dataclass(frozen=True)
class Stored:
    """One stream as it is stored: of which object, and in its live row or draft."""

    model: str
    field: str
    pk: Any
    title: str
    place: str  # "live" or "draft"
    raw: Any
    block: StreamBlock


@dataclass(frozen=True)
class Use:
    """One object's use of some block types, operators or struct keys."""

    model: str
    field: str
    pk: Any
    title: str
    place: str
    names: tuple[str, ...]


def stored_streams(using: str = "default") -> Iterator[Stored]:
    """Every stream in a database; tables that do not exist yet are left out."""
    tables = set(connections[using].introspection.table_names())
    for model in apps.get_models():
        fields = [f for f in model._meta.local_fields if isinstance(f, StreamField)]
        if not fields or model._meta.proxy or not model._meta.managed:
            continue
        parents = {p._meta.db_table for p in model._meta.all_parents}
        if {model._meta.db_table, *parents} <= tables:
            yield from _streams_of(model, fields, using)


def _streams_of(
    model: type[models.Model], fields: list[StreamField], using: str
) -> Iterator[Stored]:
    raw = {f"raw_{f.name}": Cast(f.name, models.JSONField()) for f in fields}
    # One query for the rows, one for the drafts; neither makes a stream value.
    rows = model._base_manager.using(using).annotate(**raw).defer(
        *(f.name for f in fields)
    )  # fmt: skip
    has_revisions = issubclass(model, RevisionMixin)
    if has_revisions:
        rows = rows.select_related("latest_revision")
    for row in rows.iterator(chunk_size=200):
        title = str(getattr(row, "title", "") or f"{model._meta.verbose_name} {row.pk}")
        revision = row.latest_revision if has_revisions else None
        for field in fields:
            common = {
                "model": model._meta.label,
                "field": field.name,
                "pk": row.pk,
                "title": title,
                "block": field.stream_block,
            }
            place = "live" if getattr(row, "live", True) else "draft"
            value = getattr(row, f"raw_{field.name}")
            if place == "live" or revision is None:
                yield Stored(**common, place=place, raw=value)
            if revision is not None and field.name in revision.content:
                draft = revision.content[field.name]
                if isinstance(draft, str):
                    # Revisions hold a stream as JSON within JSON.
                    draft = _loads(draft)
                if draft != value or place == "draft":
                    yield Stored(**common, place="draft", raw=draft)


def _loads(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def unknown_in(block: Block | None, raw: Any) -> Iterator[str]:
    """Block types and struct keys ("key:name") in ``raw`` that ``block`` lacks."""
    if isinstance(block, StreamBlock) and isinstance(raw, list):
        for item in raw:
            if not isinstance(item, dict):
                continue
            name = str(item.get("type"))
            if name in block.child_blocks:
                yield from unknown_in(block.child_blocks[name], item.get("value"))
            else:
                yield name
    elif isinstance(block, StructBlock) and isinstance(raw, dict):
        for name, value in raw.items():
            if name in block.child_blocks:
                yield from unknown_in(block.child_blocks[name], value)
            else:
                yield f"key:{name}"
    elif isinstance(block, ListBlock) and isinstance(raw, list):
        for item in raw:
            wrapped = isinstance(item, dict) and item.get("type") == "item"
            value = item.get("value") if wrapped else item
            yield from unknown_in(block.child_block, value)


def mentions(raw: Any, wanted: Callable[[str], bool]) -> Iterator[str]:
    """Block types and operator keys anywhere in ``raw`` that are ``wanted``."""
    if isinstance(raw, dict):
        for name in ("type", "op"):
            value = raw.get(name)
            if isinstance(value, str) and wanted(value):
                yield value
        for value in raw.values():
            yield from mentions(value, wanted)
    elif isinstance(raw, list):
        for value in raw:
            yield from mentions(value, wanted)


def find_unknown(using: str = "default") -> Iterator[Use]:
    """Stored content that refers to block types or keys nothing here knows."""
    for stored in stored_streams(using):
        names = tuple(sorted(set(unknown_in(stored.block, stored.raw))))
        if names:
            yield _use(stored, names)


def find_uses(name: str, using: str = "default") -> Iterator[Use]:
    """Stored content that uses a plugin, or one block type or operator key."""

    def wanted(found: str) -> bool:
        return found == name or found.startswith((f"{name}__", f"{name}."))

    for stored in stored_streams(using):
        names = tuple(sorted(set(mentions(stored.raw, wanted))))
        if names:
            yield _use(stored, names)


def _use(stored: Stored, names: tuple[str, ...]) -> Use:
    return Use(stored.model, stored.field, stored.pk, stored.title, stored.place, names)
