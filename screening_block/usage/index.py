"""Who uses what: thresholds, charts, rows, columns, questions, facts, citations.

One index over all screeners, as last saved and as published. What a screener uses is
worked out once for each of its revisions and kept in memory.

Something used, and a place that uses it, are named like parts (see `parts`), with two
kinds more: `column` ("chart/column") and `citation` (its text).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from wagtail.models import Locale

from screening_block.engine.grammar import DATE_NAME, OTHER
from screening_block.engine.texts import PLACEHOLDER
from screening_block.models import Screener
from screening_block.publishing.from_models import RULES, screener_parts
from screening_block.publishing.parts import LISTS, Part, PartName

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


class LocatedUse(NamedTuple):
    """A use with its screener; `state` is "both", "draft" or "public"."""

    page: int
    use: Use
    state: str


@dataclass(frozen=True)
class RevisionUses:
    """What one revision of a screener uses, and its own parts by name."""

    title: str
    uses: tuple[Use, ...]
    parts: dict[PartName, Part]
    anchors: dict[PartName, str]


class UsageIndex:
    """Uses by what is used; `drafts` are the screeners as last saved, by page id."""

    def __init__(self, versions: dict[int, tuple[RevisionUses, RevisionUses | None]]):
        self.drafts = {page: draft for page, (draft, _public) in versions.items()}
        self._uses: dict[PartName, list[LocatedUse]] = defaultdict(list)
        for page, (draft, public) in versions.items():
            now = {use.place for use in public.uses} if public else set()
            saved = {use.place for use in draft.uses}
            for use in draft.uses:
                state = "both" if use.place in now or public is draft else "draft"
                self._uses[use.used].append(LocatedUse(page, use, state))
            for use in public.uses if public and public is not draft else ():
                if use.place not in saved:
                    self._uses[use.used].append(LocatedUse(page, use, "public"))

    def of(self, *used: PartName) -> list[LocatedUse]:
        """Return every use of any of `used`, in the order of the screeners."""
        return [found for name in used for found in self._uses.get(name, ())]

    def pages(self, *used: PartName) -> list[int]:
        """Return the screeners that use any of `used`, each once."""
        return list(dict.fromkeys(found.page for found in self.of(*used)))

    def names(self) -> Iterable[PartName]:
        return self._uses.keys()


def build_index() -> UsageIndex:
    """Return the index of now."""
    return _build_index(tuple(_find_saved_states()))


class _Revision(NamedTuple):
    """A revision, or with id 0 a page's own row.

    Without `made`, an id that comes again after a rollback would be taken for known.
    """

    pk: int
    made: datetime | None


class _Saved(NamedTuple):
    page: int
    latest: _Revision
    live: _Revision | None


def _find_saved_states() -> Iterator[_Saved]:
    """Return each page whose structure counts, with what is saved and public."""
    pages = Screener.objects.filter(alias_of=None).order_by("pk")
    default = Locale.get_default().pk
    sources: dict[Any, dict] = {}
    for page in pages.values(
        "pk",
        "translation_key",
        "locale_id",
        "live",
        "has_unpublished_changes",
        "last_published_at",
        "latest_revision_id",
        "latest_revision__created_at",
        "live_revision_id",
        "live_revision__created_at",
    ):
        known = sources.get(page["translation_key"])
        if known is None or page["locale_id"] == default != known["locale_id"]:
            sources[page["translation_key"]] = page
    for page in sources.values():
        own = _Revision(0, page["last_published_at"])
        latest, live = (
            _Revision(page[f"{which}_id"], page[f"{which}__created_at"])
            if page[f"{which}_id"]
            else own
            for which in ("latest_revision", "live_revision")
        )
        if not page["has_unpublished_changes"]:
            live = latest
        yield _Saved(page["pk"], latest, live if page["live"] else None)


@lru_cache(maxsize=4)
def _build_index(states: tuple[_Saved, ...]) -> UsageIndex:
    return UsageIndex(
        {
            page: (
                _read_revision(page, latest),
                None if live is None else _read_revision(page, live),
            )
            for page, latest, live in states
        }
    )


@lru_cache(maxsize=128)
def _read_revision(page: int, revision: _Revision) -> RevisionUses:
    # A revision never changes, so what it uses may be kept.
    screener = Screener.objects.get(pk=page)
    if revision.pk:
        screener = screener.revisions.get(pk=revision.pk).as_object()
    return read_uses(screener)


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
        yield "citations", "", PartName("citation", citation["text"])
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
