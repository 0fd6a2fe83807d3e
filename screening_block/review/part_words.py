"""Describe a part of a release in plain words, for reviewers to read, compare and
print.

A part (see `parts`) becomes named fields, in the order an editor sees them. A condition
is its sentence, a key its label, a date and a number what a person would write. Empty
fields are left out.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.translation import gettext as _, gettext_lazy

from screening_block import engine
from screening_block.choices import (
    ANSWER_TYPES,
    FINDING_GROUPS,
    FOLDED_GROUPS,
    SEVERITIES,
    SHORT_LISTS,
    STATUSES,
    list_help_subjects,
)
from screening_block.engine.wording import Wording
from screening_block.publishing.editor_notes import EditorNotes
from screening_block.publishing.parts import SHORT, Part, PartName

KIND_LABELS = {
    "screener": gettext_lazy("Settings"),
    "question": gettext_lazy("Question"),
    "fact": gettext_lazy("Fact"),
    "finding": gettext_lazy("Finding"),
    **SHORT_LISTS,
    "threshold": gettext_lazy("Threshold"),
    "chart": gettext_lazy("Chart"),
    "row": gettext_lazy("Chart row"),
}


class Field(NamedTuple):
    """One field of a part: its label for an editor, and its lines of text."""

    label: str
    lines: list[str]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def part_title(name: PartName, part: Part) -> str:
    """Return the title of a part: the words visitors or editors know it by, else its
    key."""
    texts = part["texts"]
    for word in ("title", "heading", "label", "text"):
        if texts.get(word):
            return str(texts[word])
    return name.key


def describe_part(
    name: PartName, part: Part, data: dict[str, Any], locale: str
) -> list[Field]:
    """Return the fields of a part. `data`: the release (or draft) whose labels are
    used."""
    describer = _PartDescriber(data, locale)
    maker = describer.line if name.kind in SHORT else getattr(describer, name.kind)
    fields = (Field(str(label), _lines(said)) for label, said in maker(name, part))
    return [field for field in fields if field.lines]


def describe_notes(
    notes: EditorNotes, data: dict[str, Any], locale: str
) -> list[Field]:
    """Return the editor notes of a part as fields."""
    words = Wording(data, locale)
    fields = [
        Field(_("Checked by"), _lines(notes.get("checked_by"))),
        Field(
            _("Law watch"),
            [_describe_watch(one, words) for one in notes.get("watch", [])],
        ),
        Field(
            _("Notes for editors on citations"),
            [f"{one['text']}: {one['note']}" for one in notes.get("citations", [])],
        ),
        Field(_("Note for editors"), _lines(notes.get("note"))),
    ]
    return [field for field in fields if field.lines]


def _describe_watch(one: dict[str, str], words: Wording) -> str:
    day = one.get("look_again")
    again = _("look again on %(day)s") % {"day": words.date(day)} if day else ""
    return ", ".join(filter(None, [one["what"], again, one.get("url", "")]))


def _lines(said: Any) -> list[str]:
    if not said:
        return []
    items = said if isinstance(said, list) else str(said).splitlines()
    return [text for text in items if text]


LabelledTexts = Iterator[tuple[Any, Any]]


class _PartDescriber:
    """Describes each kind of part, by methods named after the kinds."""

    def __init__(self, data: dict[str, Any], locale: str):
        self.data, self.locale = data, locale
        self.w = Wording(data, locale)

    def sentence(self, condition: Any) -> str:
        if not isinstance(condition, dict):
            return str(condition or "")
        return engine.describe(condition, self.data, self.locale)

    def screener(self, _name: PartName, part: Part) -> LabelledTexts:
        piece, texts = part["piece"], part["texts"]
        review = piece.get("review") or {}
        yield _("Title"), texts.get("title")
        yield _("Introduction"), texts.get("intro")
        yield _("Minutes it takes"), (piece.get("about") or {}).get("minutes")
        yield _("What to have at hand"), texts.get("at_hand")
        yield _("Words left in the other language"), texts.get("foreign_words")
        yield _("Jurisdiction"), piece["jurisdiction"]
        yield _("Time zone"), piece["time_zone"].replace("_", " ")
        yield (
            _("29 February plus a year"),
            _("1 March") if piece["roll"] == "next_day" else _("28 February"),
        )
        yield _("Reviewed by"), review.get("reviewer")
        yield _("Reviewed on"), self.day(review.get("reviewed_on"))
        yield _("Next review due"), self.day(review.get("next_due"))
        shown = piece.get("shown") or {}
        yield _("Findings that stand open"), shown.get("open_most")
        yield _("Groups that unfold"), self._groups(shown, texts.get("shown", {}))
        yield (
            _("Findings that exclude each other"),
            [
                " / ".join(self.w.label("findings", key, "heading") for key in pair)
                for pair in piece.get("exclusive", [])
            ],
        )

    def _groups(self, shown: dict[str, Any], headings: dict[str, str]) -> list[str]:
        of = {
            one["key"]: ", ".join(str(FINDING_GROUPS[group]) for group in one["of"])
            for one in shown.get("groups", [])
        }
        of |= {key: str(name) for key, name in FOLDED_GROUPS.items() if key in headings}
        return [f"{headings.get(key, key)} ({name})" for key, name in of.items()]

    def question(self, _name: PartName, part: Part) -> LabelledTexts:
        piece, texts = part["piece"], part["texts"]
        yield _("Section heading"), texts.get("section")
        yield _("Question"), texts.get("label")
        yield _("Kind of answer"), ANSWER_TYPES.get(piece["type"], piece["type"])
        yield _("Explanation"), texts.get("help")
        yield _("Why we ask"), texts.get("why")
        yield _("Where to find it"), texts.get("where")
        words = texts.get("options", {})
        yield (
            _("Options"),
            [
                words.get(option["key"], option["key"])
                + (f" ({_('excludes the others')})" if option.get("exclusive") else "")
                for option in piece.get("options", [])
            ],
        )
        if chart := piece.get("chart"):
            yield _("Options from a chart"), self.w.label("charts", chart, "label")
        yield _("Unit"), piece.get("unit") or piece.get("currency")
        limits = {"min": _("Smallest answer"), "max": _("Largest answer")}
        for name, label in limits.items():
            if piece.get(name) is not None:
                # Without its unit, which is a field of its own.
                yield label, self.w.value({**piece, "unit": None}, piece[name])
        yield _("Can be skipped"), _("Yes") if piece.get("optional") else ""
        yield self._off_paper(piece)
        yield _("Ask when"), self.sentence(piece.get("ask_when"))

    def fact(self, _name: PartName, part: Part) -> LabelledTexts:
        yield _("Label"), part["texts"].get("label")
        yield _("Is true when"), self.sentence(part["piece"]["when"])

    def line(self, _name: PartName, part: Part) -> LabelledTexts:
        piece = part["piece"]
        yield _("Text"), part["texts"].get("text")
        yield _("Show when"), self.sentence(piece.get("when")) or _("Always")
        yield self._reassures(piece)

    def finding(self, _name: PartName, part: Part) -> LabelledTexts:
        piece, texts = part["piece"], part["texts"]
        yield _("Heading"), texts.get("heading")
        yield _("Text"), texts.get("body")
        notes = texts.get("notes", {})
        yield (
            _("Extra sentences"),
            [
                _("“%(text)s” when %(condition)s")
                % {
                    "text": notes.get(note["key"], note["key"]),
                    "condition": self.sentence(note["when"]),
                }
                + (f" ({_('reassures')})" if note.get("reassures") else "")
                for note in piece.get("notes", [])
            ],
        )
        actions = texts.get("actions", {})
        subjects = dict(list_help_subjects())
        yield (
            _("Next steps"),
            [
                " ".join(
                    filter(
                        None,
                        [
                            actions.get(step["key"], ""),
                            step.get("url", ""),
                            str(subjects.get(step.get("subject", ""), "")),
                        ],
                    )
                )
                for step in piece.get("actions", [])
            ],
        )
        yield _("Group"), FINDING_GROUPS.get(piece["group"], piece["group"])
        yield _("Severity"), SEVERITIES.get(piece["severity"], piece["severity"])
        yield _("Applies when"), self.sentence(piece.get("applies_when"))
        yield _("May apply when"), self.sentence(piece.get("may_apply_when"))
        yield _("Never when"), self.sentence(piece.get("unless"))
        yield _("Is urgent when"), self.sentence(piece.get("urgent_when"))
        yield self._off_paper(piece)
        yield self._reassures(piece)
        yield from self._checked(piece)

    def threshold(self, _name: PartName, part: Part) -> LabelledTexts:
        piece, texts = part["piece"], part["texts"]
        yield _("Label"), texts.get("label")
        yield (
            _("Values"),
            [
                _("%(value)s from %(date)s")
                % {
                    "value": self.w.value(piece, dated["value"]),
                    "date": self.w.date(dated["from"]),
                }
                for dated in piece["values"]
            ],
        )
        yield _("Note"), texts.get("note")
        yield from self._checked(piece)
        yield _("Checked by"), piece.get("checked_by")

    def chart(self, _name: PartName, part: Part) -> LabelledTexts:
        texts = part["texts"]
        yield _("Label"), texts.get("label")
        words = texts.get("values", {})
        lines = []
        for column in part["piece"]["columns"]:
            key = column["key"]
            said = words.get(key, {})
            values = ", ".join(said.get(value, value) for value in column["values"])
            blank = column.get("default")
            blank = [blank] if isinstance(blank, str) else blank or []
            meant = ", ".join(said.get(value, value) for value in blank) or _("unknown")
            lines.append(
                _("%(column)s: %(values)s. A blank cell means %(blank)s.")
                % {
                    "column": texts.get("columns", {}).get(key, key),
                    "values": values,
                    "blank": meant,
                }
            )
        yield _("Columns"), lines

    def row(self, name: PartName, part: Part) -> LabelledTexts:
        chart = name.key.split("/")[0]
        yield _("Label"), part["texts"].get("label")
        for column, given in part["piece"]["cells"].items():
            values = given if isinstance(given, list) else [given]
            label = self.w.label("charts", chart, "columns", column)
            yield label, self.w.cell(chart, column, values, "and")
        yield from self._checked(part["piece"])

    def _off_paper(self, piece: dict[str, Any]) -> tuple[str, str]:
        return _("Left off the sheet"), _("Yes") if piece.get("off_paper") else ""

    def _reassures(self, piece: dict[str, Any]) -> tuple[str, str]:
        return _("Reassures"), _("Yes") if piece.get("reassures") else ""

    def _checked(self, piece: dict[str, Any]) -> LabelledTexts:
        yield _("Citations"), list(map(self.citation, piece.get("citations", [])))
        yield _("Verified"), STATUSES.get(piece.get("status") or "")
        yield _("Law checked on"), self.day(piece.get("checked_on"))

    def citation(self, citation: dict[str, str]) -> str:
        mark = "" if citation.get("status") == "verified" else _("needs checking")
        words = [citation["text"], citation.get("url"), citation.get("source")]
        return ", ".join(filter(None, [*words, mark]))

    def day(self, text: str | None) -> str:
        return self.w.date(text) if text else ""
