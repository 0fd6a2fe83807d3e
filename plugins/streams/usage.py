"""Find stored content that uses a plugin, or something that no code knows.

The raw JSON is read: the live row of each object and its latest revision, which holds
the draft. Nothing is converted, so a broken plugin cannot hide its own content.
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
class StoredStream:
    """A stream as it is stored in the live row or the draft of an object."""

    model: str
    field: str
    pk: Any
    title: str
    place: str  # "live" or "draft"
    raw: Any
    block: StreamBlock


@dataclass(frozen=True)
class Usage:
    """The block types, operators or struct keys that one object uses."""

    model: str
    field: str
    pk: Any
    title: str
    place: str
    names: tuple[str, ...]


def read_stored_streams(using: str = "default") -> Iterator[StoredStream]:
    """Yield every stream in a database, except of tables that do not exist yet."""
    tables = set(connections[using].introspection.table_names())
    for model in apps.get_models():
        fields = [f for f in model._meta.local_fields if isinstance(f, StreamField)]
        if not fields or model._meta.proxy or not model._meta.managed:
            continue
        parents = {p._meta.db_table for p in model._meta.all_parents}
        if {model._meta.db_table, *parents} <= tables:
            yield from _read_model(model, fields, using)


def _read_model(
    model: type[models.Model], fields: list[StreamField], using: str
) -> Iterator[StoredStream]:
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
                yield StoredStream(**common, place=place, raw=value)
            if revision is not None and field.name in revision.content:
                draft = revision.content[field.name]
                if isinstance(draft, str):
                    # Revisions hold a stream as JSON within JSON.
                    draft = _parse_json(draft)
                if draft != value or place == "draft":
                    yield StoredStream(**common, place="draft", raw=draft)


def _parse_json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def find_unknown_names(block: Block | None, raw: Any) -> Iterator[str]:
    """Yield block types and struct keys ("key:name") that ``block`` lacks."""
    if isinstance(block, StreamBlock) and isinstance(raw, list):
        for item in raw:
            if not isinstance(item, dict):
                continue
            name = str(item.get("type"))
            if name in block.child_blocks:
                yield from find_unknown_names(
                    block.child_blocks[name], item.get("value")
                )
            else:
                yield name
    elif isinstance(block, StructBlock) and isinstance(raw, dict):
        for name, value in raw.items():
            if name in block.child_blocks:
                yield from find_unknown_names(block.child_blocks[name], value)
            else:
                yield f"key:{name}"
    elif isinstance(block, ListBlock) and isinstance(raw, list):
        for item in raw:
            wrapped = isinstance(item, dict) and item.get("type") == "item"
            value = item.get("value") if wrapped else item
            yield from find_unknown_names(block.child_block, value)


def find_names(raw: Any, wanted: Callable[[str], bool]) -> Iterator[str]:
    """Yield the block types and operator keys in ``raw`` that are ``wanted``."""
    if isinstance(raw, dict):
        for name in ("type", "op"):
            value = raw.get(name)
            if isinstance(value, str) and wanted(value):
                yield value
        for value in raw.values():
            yield from find_names(value, wanted)
    elif isinstance(raw, list):
        for value in raw:
            yield from find_names(value, wanted)


def find_unknown(using: str = "default") -> Iterator[Usage]:
    """Yield stored content with block types or keys that no installed code knows."""
    for stored in read_stored_streams(using):
        names = tuple(sorted(set(find_unknown_names(stored.block, stored.raw))))
        if names:
            yield _make_usage(stored, names)


def find_uses(name: str, using: str = "default") -> Iterator[Usage]:
    """Yield stored content that uses a plugin, or one block type or operator key."""

    def is_wanted(key: str) -> bool:
        return key == name or key.startswith((f"{name}__", f"{name}."))

    for stored in read_stored_streams(using):
        names = tuple(sorted(set(find_names(stored.raw, is_wanted))))
        if names:
            yield _make_usage(stored, names)


def _make_usage(stored: StoredStream, names: tuple[str, ...]) -> Usage:
    return Usage(
        stored.model, stored.field, stored.pk, stored.title, stored.place, names
    )
