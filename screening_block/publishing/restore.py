"""Write a release as drafts: to go back to an earlier state, or to import one.

Nothing is published here. The drafts pass review and the gate like any other.
"""

from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Locale

from screening_block.fields.reserved_slugs import free_slug
from screening_block.models import Screener
from screening_block.models.publishing import one_at_a_time

from . import editor_note_records, from_models, to_models
from .editor_note_records import NotesByPart
from .editor_notes import EditorNotes, drop_checker
from .languages import LAW_MODELS, find_record, new_record, translate_screener
from .parts import LISTS, Part, PartName, hash_part, split_release


@dataclass
class WrittenDrafts:
    """What was written: the records (with a new draft each), and the parts.

    `left_out`: locales of the release that this site does not have.
    """

    records: list[Any] = field(default_factory=list)
    parts: list[PartName] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


@one_at_a_time()
def write_drafts(
    release: dict[str, Any],
    user: Any,
    parent: Any = None,
    notes_by_part: NotesByPart | None = None,
) -> WrittenDrafts:
    """Make the newest drafts say what `release` (a release dict) says, in each locale.

    Records whose draft says it already are left alone, and so are thresholds, charts
    and rows that the release does not name: others may use them. Editor notes stay,
    unless `notes_by_part` has other ones. A missing screener is created below `parent`.
    The release's own locale is the site's default.
    """
    drafts = WrittenDrafts()
    source = Locale.get_default()
    _Writer(
        drafts,
        split_release(release),
        source,
        user,
        parent,
        notes_by_part=notes_by_part,
    ).write()
    for code in release["texts"]:
        if code == release["locale"]:
            continue
        if locale := Locale.objects.filter(language_code=code).first():
            parts = split_release(release, code)
            _Writer(drafts, parts, locale, user, parent, source).write()
        else:
            drafts.left_out.append(code)
    return drafts


class _Writer:
    """Writes the parts of one locale; if it is not `source`, as translations."""

    def __init__(
        self,
        drafts: WrittenDrafts,
        parts: dict[PartName, Part],
        locale: Locale,
        user: Any,
        parent: Any,
        source: Locale | None = None,
        notes_by_part: NotesByPart | None = None,
    ):
        self.drafts, self.parts, self.locale = drafts, parts, locale
        self.user, self.parent, self.source = user, parent, source
        self.notes_by_part = notes_by_part or {}

    def write(self) -> None:
        for place, (name, part) in enumerate(self.parts.items()):
            if name.kind in LAW_MODELS:
                self._record(name, part, place)
        self._screener()

    def _record(self, name: PartName, part: Part, place: int) -> None:
        read, fill = from_models.READERS[name.kind], to_models.FILLERS[name.kind]
        found = find_record(name, self.locale)
        record = found.get_latest_revision_as_object() if found else None
        same = record is not None and hash_part(read(record)) == hash_part(part)
        keep = self._keeps(name, editor_note_records.read_record_notes(record))
        if same and not keep:
            return
        if record is None:
            record = new_record(name, self.locale, self.source, place)
        if not same:
            fill(record, part)
        if keep:
            editor_note_records.write_record_notes(record, self.notes_by_part[name])
        if not record.pk:
            record.live = False
            record.save()
        self._save(record)
        self.drafts.parts.append(name)

    def _keeps(self, name: PartName, current: EditorNotes) -> bool:
        """Whether `notes_by_part` has notes for a part that differ from `current`."""
        given = self.notes_by_part.get(name)
        return bool(given) and drop_checker(given or {}) != drop_checker(current)

    def _screener(self) -> None:
        own = {n: part for n, part in self.parts.items() if n.kind not in LAW_MODELS}
        name = next(name for name in own if name.kind == "screener")
        there = Screener.objects.filter(key=name.key)
        found = there.filter(locale=self.locale).first()
        if not found and self.source:
            found = translate_screener(name.key, self.source, self.locale)
        screener = found.get_latest_revision_as_object() if found else Screener()
        current = from_models.screener_parts(screener) if found else {}
        kept = editor_note_records.read_screener_notes(screener) if found else {}
        differ = [
            one
            for one, part in own.items()
            if one not in current
            or hash_part(current[one]) != hash_part(part)
            or self._keeps(one, kept.get(one, {}))
        ]
        if list(current) == list(own) and not differ:
            return
        to_models.fill_settings(screener, own[name])
        for kind, plural in LISTS.items():
            stream = getattr(screener, plural).get_prep_value() if found else ()
            blocks = {block["value"].get("key"): block for block in stream}
            written = []
            for one, part in own.items():
                if one.kind == kind:
                    block = to_models.build_block(one, part)
                    old = blocks.get(one.key)
                    block = to_models.replace_block(old, block) if old else block
                    if self._keeps(one, kept.get(one, {})):
                        value = editor_note_records.replace_finding_notes(
                            block["value"], self.notes_by_part[one]
                        )
                        block = {**block, "value": value}
                    written.append(block)
            setattr(screener, plural, written)
        if not found:
            screener.key = name.key
            screener.slug = free_slug(name.key, self.parent)
            screener.locale = self.locale
            screener.live = False
            self.parent.add_child(instance=screener)
        self._save(screener)
        self.drafts.parts += differ

    def _save(self, record: Any) -> None:
        record.save_revision(user=self.user, log_action=True)
        self.drafts.records.append(record)
