"""Find the places that checks name in the editor of a screener.

Checks name places by paths of the release, such as
`findings/af_theft/applies_when/1/question`. Editors know them as “Finding “…”, Applies
when”, and the browser finds them by content paths (`findings.<id>.applies_when`).
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from wagtail.blocks import ListBlock, StructBlock

from screening_block import engine
from screening_block.engine.choices import SHORT_PARTS
from screening_block.engine.model import lines_of
from screening_block.models import Chart, Screener, Threshold
from screening_block.publishing.gate import SECTION_LABELS
from screening_block.publishing.parts import LISTS

#: How the editor's fields are called where the release calls them otherwise.
FIELDS = {
    "type": "kind",
    "review/reviewer": "reviewer",
    "review/reviewed_on": "reviewed_on",
    "review/next_due": "next_review_due",
    "about/minutes": "minutes",
    "shown/open_most": "open_most",
    "shown/groups": "result_groups",
    "shown": "result_groups",
}
LAW: dict[str, Any] = {"thresholds": Threshold, "charts": Chart}
#: Longer tests are cut when they are quoted.
MAX_QUOTE = 160


class Place(NamedTuple):
    """One place. `where` names it in words.

    `anchor` is its content path, "" where the editor of the screener has no such place;
    `row` leads to the test in its condition (`1.0`), `said` is that test in words.
    `record`: the threshold or chart that it belongs to instead.
    """

    where: str
    anchor: str = ""
    row: str = ""
    said: str = ""
    record: Any = None


class Places:
    """The places of one screener as it is in memory, which `release` was made of."""

    def __init__(self, screener: Screener, release: Mapping[str, Any]):
        self.screener, self.release = screener, release

    def of(self, path: str) -> Place:
        steps = path.split("/")
        # The texts of another language stand in the editor of another page.
        foreign = steps[:1] == ["texts"] and steps[1:2] != [self.release["locale"]]
        in_text = steps[0] == "texts"
        if in_text:
            steps = steps[2:]
            if steps[:1] == ["sections"]:
                # A heading is a field of the question that begins its section.
                steps = ["questions", *steps[1:], "section"]
        room, *rest = steps or [""]
        if room == "short":
            room, *rest = self._line(rest)
        if foreign:
            return Place(_("Text in another language: %s") % path)
        if room in LISTS.values() and rest:
            return self._in_block(room, rest, in_text)
        if room in LAW and rest:
            return self._in_law(room, rest[0])
        name = FIELDS.get("/".join(steps[:2]), FIELDS.get(room, room))
        if name in {field.name for field in self.screener._meta.fields}:
            field: Any = self.screener._meta.get_field(name)
            label = str(field.verbose_name)
            return Place(label[:1].upper() + label[1:], name)
        return Place(str(SECTION_LABELS.get(room, _("Screener"))))

    def _line(self, steps: list[str]) -> list[str]:
        """Return the list of a line in short and the steps in it.

        A text is named by its key alone.
        """
        if len(steps) > 1 and steps[0] in SHORT_PARTS:
            return [f"short_{steps[0]}", *steps[1:]]
        parts = [part for part, line in lines_of(self.release) if line["key"] in steps]
        return [f"short_{parts[-1]}" if parts else "short", *steps]

    def _in_block(self, room: str, steps: list[str], in_text: bool) -> Place:
        key, *rest = steps
        children = list(getattr(self.screener, room))
        child = next((c for c in children if c.value.get("key") == key.strip()), None)
        if child is None and key.isdigit() and int(key) < len(children):
            child = children[int(key)]
        if child is None:
            return Place(f"{SECTION_LABELS[room]} “{key}”")
        labels, ids, rest = _walk(child.block, child.value, rest, in_text)
        where = [f"{SECTION_LABELS[room]} “{block_label(child.value)}”", *labels]
        row, said = self._test(room, key, steps[1 : len(steps) - len(rest)], rest)
        return Place(", ".join(where), ".".join([room, child.id, *ids]), row, said)

    def _test(
        self, room: str, key: str, way: list[str], rest: list[str]
    ) -> tuple[str, str]:
        """Return the test of a condition that the last steps lead to, and its words."""
        pieces = self.release.get(room) or [
            line for part, line in lines_of(self.release) if f"short_{part}" == room
        ]
        value: Any = next((p for p in pieces if p.get("key") == key), {})
        for step in way:
            if isinstance(value, list):
                value = next((one for one in value if one.get("key") == step), {})
            else:
                value = value.get(step, {})
        if isinstance(value, dict) and "op" not in value:
            value = value.get("when", {})
        row = []
        for step in rest:
            children = value.get("of") if isinstance(value, dict) else None
            if not step.isdigit() or not isinstance(children, list):
                break
            if int(step) >= len(children):
                break
            row.append(step)
            value = children[int(step)]
        if not row or not isinstance(value, dict):
            return ".".join(row), ""
        words = engine.describe(value, self.release, self.release["locale"])
        if len(words) > MAX_QUOTE:
            words = words[: MAX_QUOTE - 1] + "…"
        return ".".join(row), words

    def _in_law(self, room: str, key: str) -> Place:
        records = LAW[room].objects.filter(key=key)
        record = records.filter(locale=self.screener.locale).first() or records.first()
        name = record.label if record else key
        return Place(f"{SECTION_LABELS[room]} “{name}”", record=record)


def block_label(value: Mapping[str, Any]) -> str:
    """Return what editors call a part: its heading or label, or else its key."""
    for word in ("heading", "label", "text", "key"):
        if said := str(value.get(word) or "").strip():
            return said
    return _("without a name")


def _walk(
    block: Any, value: Any, steps: list[str], in_text: bool
) -> tuple[list[str], list[str], list[str]]:
    """Return what the steps lead through: labels, content path, and the steps left."""
    labels: list[str] = []
    ids: list[str] = []
    steps = list(steps)
    while steps:
        if isinstance(block, ListBlock):
            item = _item(value, steps[0])
            if item is None:
                break
            ids.append(item.id)
            block, value = item.block, item.value
            if isinstance(value, Mapping):
                labels.append(f"“{block_label(value)}”")
            steps.pop(0)
            continue
        if not isinstance(block, StructBlock):
            break
        name = FIELDS.get(steps[0], steps[0])
        if name not in block.child_blocks:
            break
        block, value = block.child_blocks[name], value.get(name)
        labels.append(str(block.label))
        ids.append(name)
        steps.pop(0)
    if isinstance(block, StructBlock) and (steps or in_text):
        # Texts and the condition of a fact or note stand right below it.
        own = "when" if steps else "text" if "text" in block.child_blocks else "label"
        if own in block.child_blocks:
            labels.append(str(block.child_blocks[own].label))
            ids.append(own)
    return labels, ids, steps


def _item(value: Any, step: str) -> Any:
    """Return the item of a list by its key, or by its number."""
    items = list(value.bound_blocks) if value is not None else []
    for item in items:
        if isinstance(item.value, Mapping) and item.value.get("key") == step:
            return item
    return items[int(step)] if step.isdigit() and int(step) < len(items) else None
