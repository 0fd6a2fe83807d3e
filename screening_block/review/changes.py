"""What differs between two states of the law, in plain words.

The states are sets of parts: of two releases, or of what is published and a draft.
Reviewers read this before they approve, and editors in the history of releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from screening_block.publishing.editor_notes import EditorNotes
from screening_block.publishing.parts import (
    LISTS,
    Part,
    PartName,
    hash_part,
    split_release,
)

from .part_words import KINDS, Field, aside_in_words, in_words, title_of


@dataclass(frozen=True)
class FieldChange:
    """One field of a part, before and after; "" where there was or is none."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """A part that was added, removed or changed; `fields` are those that differ."""

    name: PartName
    state: str
    title: str
    fields: tuple[FieldChange, ...]

    @property
    def kind(self) -> str:
        return str(KINDS[self.name.kind])


@dataclass(frozen=True)
class State:
    """Parts, with the release (or draft) data their labels come from.

    `notes_by_part` is what editors keep beside them, by name; a release has none.
    """

    parts: dict[PartName, Part]
    data: dict[str, Any]
    locale: str
    notes_by_part: Mapping[PartName, EditorNotes] = field(default_factory=dict)

    def notes(self, name: PartName) -> EditorNotes:
        return self.notes_by_part.get(name, {})

    def fields(self, name: PartName) -> list[Field]:
        said = in_words(name, self.parts[name], self.data, self.locale)
        return [*said, *aside_in_words(self.notes(name), self.data, self.locale)]


NOTHING = State({}, {}, "en")


def of_release(
    data: dict[str, Any],
    locale: str | None = None,
    notes_by_part: Mapping[PartName, EditorNotes] | None = None,
) -> State:
    """The state a release (its dict) says, in one of its locales."""
    own = locale or data["locale"]
    return State(split_release(data, locale), data, own, notes_by_part or {})


def changes(old: State, new: State) -> list[Change]:
    """Every part that differs, in the order of `new`, what was removed at the end.

    Only what a part says itself counts: a rule whose sentence reads differently
    because a label elsewhere was reworded has not changed.
    """
    found = [change for name in new.parts if (change := _change(old, new, name))]
    for name in old.parts:
        if name not in new.parts:
            title = title_of(name, old.parts[name])
            found.append(Change(name, "removed", title, _pairs(old.fields(name), [])))
    return [*_order(old, new), *found]


def between(
    old: dict[str, Any],
    new: dict[str, Any],
    notes_by_part: tuple[
        Mapping[PartName, EditorNotes], Mapping[PartName, EditorNotes]
    ] = ({}, {}),
) -> list[Change]:
    """The changes between two releases, those of their translations at the end.

    `notes_by_part`: what editors keep beside the old one and the new one.
    """
    before, after = notes_by_part
    found = changes(
        of_release(old, notes_by_part=before), of_release(new, notes_by_part=after)
    )
    for locale in new["texts"]:
        if locale == new["locale"] or locale not in old["texts"]:
            continue
        for change in changes(of_release(old, locale), of_release(new, locale)):
            if _is_translation(old, new, change.name, locale):
                title = f"{change.title} ({locale})"
                found.append(Change(change.name, change.state, title, change.fields))
    return found


def _is_translation(old: Any, new: Any, name: PartName, locale: str) -> bool:
    """Whether a part differs in a translation alone: rules were listed before."""
    own = of_release(old).parts.get(name), of_release(new).parts.get(name)
    return all(own) and hash_part(own[0] or {}) == hash_part(own[1] or {})


def _change(old: State, new: State, name: PartName) -> Change | None:
    title = title_of(name, new.parts[name])
    if name not in old.parts:
        return Change(name, "added", title, _pairs([], new.fields(name)))
    same = hash_part(old.parts[name]) == hash_part(new.parts[name])
    if same and old.notes(name) == new.notes(name):
        return None
    pairs = _pairs(old.fields(name), new.fields(name))
    if not pairs:
        # Such as an inner key, which no word stands for.
        pairs = (FieldChange(_("Keys and IDs"), "", _("changed")),)
    return Change(name, "changed", title, pairs)


def _pairs(old: list[Field], new: list[Field]) -> tuple[FieldChange, ...]:
    before = {field.label: field.text for field in old}
    after = {field.label: field.text for field in new}
    return tuple(
        FieldChange(label, before.get(label, ""), after.get(label, ""))
        for label in dict.fromkeys([*after, *before])
        if before.get(label) != after.get(label)
    )


def _order(old: State, new: State) -> list[Change]:
    """Questions and findings that stand in another order than before."""
    found = []
    for kind in LISTS:
        was = [name for name in old.parts if name.kind == kind and name in new.parts]
        now = [name for name in new.parts if name.kind == kind and name in old.parts]
        if was != now:
            moved = FieldChange(
                _("Order"),
                "\n".join(title_of(name, old.parts[name]) for name in was),
                "\n".join(title_of(name, new.parts[name]) for name in now),
            )
            title = _("Order: %(kind)s") % {"kind": KINDS[kind]}
            found.append(Change(PartName(kind, "*"), "changed", title, (moved,)))
    return found
