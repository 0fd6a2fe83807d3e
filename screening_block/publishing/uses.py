"""What a screener uses, as its own parts say: one `Use` for each place.

Something used, and a place that uses it, are named like parts (see `parts`), with two
kinds more: `column` ("chart/column") and `citation` (its text).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from screening_block.engine.grammar import DATE_NAME, OTHER
from screening_block.engine.texts import PLACEHOLDER
from screening_block.models import Screener

from .from_models import RULES, screener_parts
from .parts import LISTS, Part, PartName

#: Texts of a part that stand in a list of their own, by the field that holds them.
INNER = {"notes": "notes", "actions": "actions", "options": "options"}


class Use(NamedTuple):
    """One place in a screener that uses something.

    `field` is the block's field ("applies_when", "notes"), `key` the note or option in
    it, if any. `excerpt` is the smallest condition that names the thing, or the text
    that has its placeholder; `whole` the condition it stands in. `anchor` leads to
    the field in the screener's editor.
    """

    used: PartName
    at: PartName
    field: str
    key: str
    excerpt: Any
    whole: Any
    anchor: str

    @property
    def place(self) -> tuple:
        return (self.used, self.at, self.field, self.key)


@dataclass(frozen=True)
class RevisionUses:
    """What one revision of a screener uses, and its own parts by name."""

    title: str
    uses: tuple[Use, ...]
    parts: dict[PartName, Part]
    anchors: dict[PartName, str]


def read_uses(screener: Screener) -> RevisionUses:
    """Return what a screener uses as it is in memory."""
    parts = screener_parts(screener)
    anchors = _find_anchors(screener, parts)
    return RevisionUses(
        screener.draft_title or screener.title,
        tuple(list_uses(parts, anchors)),
        parts,
        anchors,
    )


def _find_anchors(
    screener: Screener, parts: dict[PartName, Part]
) -> dict[PartName, str]:
    """Return the content path of each part in the editor of its page."""
    blocks = [
        f"{plural}.{child.id}"
        for plural in LISTS.values()
        for child in getattr(screener, plural)
    ]
    own = [name for name in parts if name.kind in LISTS]
    return dict(zip(own, blocks, strict=True))


def list_uses(
    parts: dict[PartName, Part], anchors: dict[PartName, str]
) -> Iterator[Use]:
    """Return every use in a screener's own parts."""
    charts = {
        name.key: part["piece"]["chart"]
        for name, part in parts.items()
        if part["piece"].get("chart")
    }
    for name, part in parts.items():
        for field, key, value in list_fields(name, part):
            block = anchors.get(name, "")
            anchor = f"{block}.{field}" if block else field
            for used, excerpt in _list_names(value, charts):
                yield Use(used, name, field, key, excerpt, value, anchor)


def list_fields(name: PartName, part: Part) -> Iterator[tuple[str, str, Any]]:
    """Yield `(field, key in it, condition or text or key of a chart)` of a part."""
    piece, texts = part["piece"], part["texts"]
    for field in (*RULES, "when", "ask_when"):
        if isinstance(piece.get(field), dict):
            yield field, "", piece[field]
    for note in piece.get("notes", ()):
        if isinstance(note.get("when"), dict):
            yield "notes", note["key"], note["when"]
    if piece.get("chart"):
        yield "chart", "", PartName("chart", piece["chart"])
    for citation in piece.get("citations", ()):
        # A draft may be saved before it is filled in.
        if text := citation.get("text"):
            yield "citations", "", PartName("citation", text)
    for field, text in texts.items():
        if isinstance(text, str):
            yield field, "", text
        else:
            for key, inner in text.items():
                yield INNER.get(field, field), key, inner


def _list_names(value: Any, charts: dict[str, str]) -> Iterator[tuple[PartName, Any]]:
    """Yield what a field names, each with the condition or the text that names it."""
    if isinstance(value, PartName):
        yield value, value.key
    elif isinstance(value, str):
        for key in dict.fromkeys(PLACEHOLDER.findall(value)):
            if key != DATE_NAME:
                yield PartName("threshold", key), value
    else:
        yield from _list_names_in_condition(value, charts)


def _list_names_in_condition(
    node: Any, charts: dict[str, str]
) -> Iterator[tuple[PartName, Any]]:
    if not isinstance(node, dict):
        return
    children = node.get("of")
    for child in children if isinstance(children, list) else ():
        yield from _list_names_in_condition(child, charts)
    own = {key: value for key, value in node.items() if key != "of"}
    names = list(list_operands(own))
    if chart := charts.get(node.get("question", "")):
        names += _list_chart_names(node, chart)
    for used in dict.fromkeys(names):
        yield used, node


def list_named(value: Any, charts: dict[str, str]) -> set[PartName]:
    """Return everything that a condition or a text names; `charts`: by question."""
    return {used for used, _where in _list_names(value, charts)}


def list_operands(value: Any) -> Iterator[PartName]:
    """Yield questions, facts and thresholds in an atom, a plugin's included."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("question", "fact", "threshold") and isinstance(inner, str):
                yield PartName(key, inner)
            else:
                yield from list_operands(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from list_operands(inner)


def _list_chart_names(node: dict[str, Any], chart: str) -> Iterator[PartName]:
    """Yield what an atom on a question with a chart names in that chart."""
    if isinstance(node.get("column"), str):
        yield PartName("column", f"{chart}/{node['column']}")
    else:
        values = node.get("values", [node.get("value")])
        for value in values if isinstance(values, list) else ():
            if isinstance(value, str) and value != OTHER:
                yield PartName("row", f"{chart}/{value}")
