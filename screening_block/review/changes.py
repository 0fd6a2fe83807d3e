"""What differs between two states of the law, in plain words.

The states are sets of parts: of two releases, or of what is published and a draft.
Reviewers read this before they approve, and editors in the history of releases.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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

from .part_words import KIND_LABELS, Field, describe_notes, describe_part, part_title


@dataclass(frozen=True)
class FieldChange:
    """One field of a part, before and after; "" where there was or is none."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class PartChange:
    """A part that was added, removed or changed; `fields` are those that differ."""

    name: PartName
    state: str
    title: str
    fields: tuple[FieldChange, ...]

    @property
    def kind(self) -> str:
        return str(KIND_LABELS[self.name.kind])


@dataclass(frozen=True)
class LawState:
    """Parts, with the release (or draft) data their labels come from.

    `notes_by_part` holds the editor notes; a release has none.
    """

    parts: dict[PartName, Part]
    data: dict[str, Any]
    locale: str
    notes_by_part: Mapping[PartName, EditorNotes] = field(default_factory=dict)

    def notes(self, name: PartName) -> EditorNotes:
        return self.notes_by_part.get(name, {})

    def fields(self, name: PartName) -> list[Field]:
        said = describe_part(name, self.parts[name], self.data, self.locale)
        return [*said, *describe_notes(self.notes(name), self.data, self.locale)]


EMPTY_STATE = LawState({}, {}, "en")


def release_state(
    data: dict[str, Any],
    locale: str | None = None,
    notes_by_part: Mapping[PartName, EditorNotes] | None = None,
) -> LawState:
    """Return the state of a release (its dict), in one of its locales."""
    own = locale or data["locale"]
    return LawState(split_release(data, locale), data, own, notes_by_part or {})


def compare_states(old: LawState, new: LawState) -> list[PartChange]:
    """Return every part that differs, in the order of `new`, removed ones at the end.

    Only what a part says itself counts: a rule whose sentence reads differently because
    a label elsewhere was reworded has not changed.
    """
    found = [change for name in new.parts if (change := _compare_part(old, new, name))]
    for name in old.parts:
        if name not in new.parts:
            title = part_title(name, old.parts[name])
            fields = _compare_fields(old.fields(name), [])
            found.append(PartChange(name, "removed", title, fields))
    return [*_compare_order(old, new), *found]


def compare_releases(
    old: dict[str, Any],
    new: dict[str, Any],
    notes_by_part: tuple[
        Mapping[PartName, EditorNotes], Mapping[PartName, EditorNotes]
    ] = ({}, {}),
) -> list[PartChange]:
    """Return the changes between two releases, those of their translations at the end.

    `notes_by_part`: the editor notes of the old one and of the new one.
    """
    before, after = notes_by_part
    found = compare_states(
        release_state(old, notes_by_part=before),
        release_state(new, notes_by_part=after),
    )
    for locale in new["texts"]:
        if locale == new["locale"] or locale not in old["texts"]:
            continue
        states = release_state(old, locale), release_state(new, locale)
        for change in compare_states(*states):
            if _is_translation(old, new, change.name, locale):
                title = f"{change.title} ({locale})"
                found.append(replace(change, title=title))
    return found


def _is_translation(old: Any, new: Any, name: PartName, locale: str) -> bool:
    """Whether a part differs in a translation alone: rules were listed before."""
    own = release_state(old).parts.get(name), release_state(new).parts.get(name)
    return all(own) and hash_part(own[0] or {}) == hash_part(own[1] or {})


def _compare_part(old: LawState, new: LawState, name: PartName) -> PartChange | None:
    title = part_title(name, new.parts[name])
    if name not in old.parts:
        return PartChange(name, "added", title, _compare_fields([], new.fields(name)))
    same = hash_part(old.parts[name]) == hash_part(new.parts[name])
    if same and old.notes(name) == new.notes(name):
        return None
    pairs = _compare_fields(old.fields(name), new.fields(name))
    if not pairs:
        # Such as an inner key, which no word stands for.
        pairs = (FieldChange(_("Keys and IDs"), "", _("changed")),)
    return PartChange(name, "changed", title, pairs)


def _compare_fields(old: list[Field], new: list[Field]) -> tuple[FieldChange, ...]:
    before = {field.label: field.text for field in old}
    after = {field.label: field.text for field in new}
    return tuple(
        FieldChange(label, before.get(label, ""), after.get(label, ""))
        for label in dict.fromkeys([*after, *before])
        if before.get(label) != after.get(label)
    )


def _compare_order(old: LawState, new: LawState) -> list[PartChange]:
    """Return a change for questions, facts or findings that stand in another order."""
    found = []
    for kind in LISTS:
        was = [name for name in old.parts if name.kind == kind and name in new.parts]
        now = [name for name in new.parts if name.kind == kind and name in old.parts]
        if was != now:
            moved = FieldChange(
                _("Order"),
                "\n".join(part_title(name, old.parts[name]) for name in was),
                "\n".join(part_title(name, new.parts[name]) for name in now),
            )
            title = _("Order: %(kind)s") % {"kind": KIND_LABELS[kind]}
            found.append(PartChange(PartName(kind, "*"), "changed", title, (moved,)))
    return found
