"""Thresholds, charts and rows as last saved, as plain rows for long lists."""

import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from django.db.models import TextField
from django.db.models.functions import Cast
from wagtail.models import Locale

from screening_block.models import Chart, ChartRow
from screening_block.publishing.content import as_last_saved


class SavedRecord(NamedTuple):
    """What a list needs of a threshold, a chart or a row. `citations`: their texts."""

    pk: int
    key: str
    label: str
    citations: list[str]
    cells: dict[str, Any]
    chart: Any


def list_records(
    model: Any, charts: Mapping[int, Any] = MappingProxyType({})
) -> Iterator[SavedRecord]:
    """Yield the records as last saved; of several languages that whose rules count.

    As plain rows: of thousands, blocks would be made that nobody looks at.
    """
    rows = model is ChartRow
    has_citations = model is not Chart
    names = ["pk", "key", "label", "translation_key", "locale_id"]
    names += ["has_unpublished_changes", *(["cells", "chart_id"] if rows else [])]
    cited = {"cited": Cast("citations", TextField())} if has_citations else {}
    default = Locale.get_default().pk
    found: dict[Any, dict[str, Any]] = {}
    for row in model.objects.values(*names, **cited):
        key = row["translation_key"]
        if key not in found or row["locale_id"] == default:
            found[key] = row
    drafts = [row["pk"] for row in found.values() if row["has_unpublished_changes"]]
    saved = {one.pk: as_last_saved(one) for one in model.objects.filter(pk__in=drafts)}
    for row in found.values():
        chart = charts.get(row["chart_id"]) if rows else None
        if draft := saved.get(row["pk"]):
            texts = [child.value["text"] for child in getattr(draft, "citations", ())]
            cells = draft.cells if rows else {}
            yield SavedRecord(draft.pk, draft.key, draft.label, texts, cells, chart)
            continue
        stored = json.loads(row.get("cited") or "[]")
        texts = [one["value"]["text"] for one in stored if one["type"] == "citation"]
        cells = row.get("cells") or {}
        yield SavedRecord(row["pk"], row["key"], row["label"], texts, cells, chart)
