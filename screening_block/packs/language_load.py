"""Load the parts of a law pack in one language: they become records there.

What is written is `Decisions`' to say. A translation is a record of its own; its parts
are remembered under kinds of their own, such as "es/question".
"""

from typing import Any

from wagtail.models import Locale

from screening_block.fields.reserved_slugs import free_slug
from screening_block.models import Screener
from screening_block.publishing import editor_note_records, from_models, to_models
from screening_block.publishing.languages import (
    LAW_MODELS,
    find_record,
    new_record,
    translate_screener,
)
from screening_block.publishing.parts import LISTS, Part, PartName

from .decisions import Decisions


class LanguageLoad:
    """Writes the parts of one language and publishes what it writes.

    `source` is the language of the records that these are translations of, or None.
    """

    def __init__(
        self,
        decide: Decisions,
        parts: dict[PartName, Part],
        locale: Locale,
        source: Locale | None,
        parent: Any,
        user: Any,
    ):
        self.decide, self.parts = decide, parts
        self.locale, self.source = locale, source
        self.parent, self.user = parent, user

    def write(self) -> Screener:
        """Return the screener in this language; not saved, if an editor deleted it."""
        rows = [name for name in self.parts if name.kind == "row"]
        for name, part in self.parts.items():
            if name.kind in LAW_MODELS:
                place = rows.index(name) if name.kind == "row" else 0
                self._record(name, part, place)
        return self._screener()

    def _writes(self, name: PartName, current: Part | None) -> bool:
        return self.decide.part(self._remembered(name), current)

    def _remembered(self, name: PartName) -> PartName:
        return translated_name(name, self.locale) if self.source else name

    def _record(self, name: PartName, part: Part, place: int) -> None:
        read, fill = from_models.READERS[name.kind], to_models.FILLERS[name.kind]
        record = find_record(name, self.locale)
        if record is None and not self._can_make(name):
            return
        latest = record.get_latest_revision_as_object() if record else None
        write = self._writes(name, read(latest) if latest else None)
        if not record and not write:
            return
        notes = editor_note_records.read_record_notes(latest)
        keep = self.decide.notes(self._remembered(name), notes)
        if not (write or keep):
            return
        record = record or new_record(name, self.locale, self.source, place)
        if write:
            if name.kind == "row":
                record.sort_order = place
            fill(record, part)
        if name in self.decide.notes_by_part and not self.source:
            notes = self.decide.notes_by_part[name] if keep else notes
            editor_note_records.write_record_notes(record, notes)
        self._publish(record)

    def _can_make(self, name: PartName) -> bool:
        """Whether what a new record belongs to was not deleted by an editor."""
        if self.source and find_record(name, self.source) is None:
            return False
        chart = PartName("chart", name.key.partition("/")[0])
        return name.kind != "row" or find_record(chart, self.locale) is not None

    def _publish(self, record: Any) -> None:
        if not record.pk:
            record.live = False
            record.save()
        record.save_revision(user=self.user).publish(
            user=self.user, skip_permission_checks=True
        )

    def _screener(self) -> Screener:
        name = next(name for name in self.parts if name.kind == "screener")
        found = Screener.objects.filter(key=name.key, locale=self.locale).first()
        screener = found.get_latest_revision_as_object() if found else Screener()
        current = from_models.screener_parts(screener) if found else {}
        settings = self._writes(name, current.get(name))
        streams = {
            plural: raw
            for kind, plural in LISTS.items()
            for raw, touched in [self._blocks(kind, getattr(screener, plural), current)]
            if touched
        }
        if not (settings or streams):
            return screener
        if found is None and self.source:
            screener = translate_screener(name.key, self.source, self.locale)
        if settings:
            to_models.fill_settings(screener, self.parts[name])
        for plural, raw in streams.items():
            setattr(screener, plural, _whole(plural, raw))
        if found is None and not self.source:
            screener.key = name.key
            screener.slug = free_slug(name.key, self.parent)
            screener.locale = self.locale
            screener.live = False
            self.parent.add_child(instance=screener)
        self._publish(screener)
        return screener

    def _blocks(
        self, kind: str, stream: Any, current: dict[PartName, Part]
    ) -> tuple[list[dict], bool]:
        """Return the stream's raw blocks with this pack's parts, and whether any
        changed."""
        raw = list(stream.get_prep_value()) if current else []
        at = {block["value"].get("key"): place for place, block in enumerate(raw)}
        touched = False
        last = -1
        for name in [name for name in self.parts if name.kind == kind]:
            place = at.get(name.key)
            if self._writes(name, current.get(name)):
                block = to_models.build_block(name, self.parts[name])
                touched = True
                if place is None:
                    # After the part it follows in the pack, wherever that is now.
                    place = last + 1
                    raw.insert(place, block)
                    at = {b["value"].get("key"): p for p, b in enumerate(raw)}
                else:
                    raw[place] = to_models.replace_block(raw[place], block)
            if place is None:
                continue
            last = place
            value = raw[place]["value"]
            notes = editor_note_records.read_raw_finding_notes(value)
            if self.decide.notes(self._remembered(name), notes):
                given = self.decide.notes_by_part[name]
                value = editor_note_records.replace_finding_notes(value, given)
                raw[place] = {**raw[place], "value": value}
                touched = True
        return raw, touched


def translated_name(name: PartName, locale: Locale) -> PartName:
    """Return the name under which a translated part is remembered and reported."""
    return PartName(f"{locale.language_code}/{name.kind}", name.key)


def _whole(stream: str, raw: list[dict[str, Any]]) -> Any:
    """Return the stream value with every id and default filled in.

    Missing ones would be made up anew each time the screener is opened, and saving it
    unchanged would then write something else.
    """
    value = Screener._meta.get_field(stream).stream_block.to_python(raw)
    list(value)  # children that nobody has looked at are written as they came
    return value
