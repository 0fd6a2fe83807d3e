"""Load a law pack: its parts become records, and an editor's work stays.

Part by part it is decided what is written and what stays an editor's (see `decisions`).
Scenarios are parts too. One that fails here because an editor changed the law is left
out, and this is reported as well.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Locale

from screening_block.fields.reserved_slugs import free_slug
from screening_block.models import Chart, ChartRow, Scenario, Screener, Threshold
from screening_block.models.publishing import GateError, one_at_a_time
from screening_block.publishing import editor_note_records, from_models, to_models
from screening_block.publishing.compile import compile_screener
from screening_block.publishing.editor_notes import EditorNotes
from screening_block.publishing.gate import examine
from screening_block.publishing.parts import (
    LISTS,
    Part,
    PartName,
    scenario_part,
    split_release,
)
from screening_block.publishing.publish import batch, publish
from screening_block.publishing.scenario_runs import run_case, scenarios_of

from .decisions import Decisions, LoadReport


@one_at_a_time()
def load_pack(
    pack: str,
    release: dict[str, Any],
    parent: Any,
    user: Any = None,
    *,
    scenarios: Sequence[Mapping[str, Any]] = (),
    notes_by_part: Mapping[Any, EditorNotes] | None = None,
) -> LoadReport:
    """Load `release` (a release dict) as law pack `pack`, with `scenarios` if any.

    A scenario is `{"name", "why", "as_of", "answers", "expect"}`. `notes_by_part` holds
    the pack's editor notes by kind and key; where it is None, notes are left alone. A
    new screener page is created below `parent`. Publishes everything it writes, or
    raises `GateError` and changes nothing.
    """
    return _Load(pack, release, parent, user, scenarios, notes_by_part).run()


class _Load:
    def __init__(
        self,
        pack: str,
        release: dict[str, Any],
        parent: Any,
        user: Any,
        scenarios: Sequence[Mapping[str, Any]],
        notes_by_part: Mapping[Any, EditorNotes] | None,
    ):
        self.pack = pack
        self.parts = split_release(release)
        self.scenarios = {PartName("scenario", one["name"]): one for one in scenarios}
        for name, one in self.scenarios.items():
            self.parts[name] = scenario_part(one["name"], one["why"], _case(one))
        self.decide = Decisions(pack, self.parts, notes_by_part)
        self.notes_by_part, self.report = self.decide.notes_by_part, self.decide.report
        self.parent = parent
        self.user = user
        self.locale = Locale.get_default()

    def run(self) -> LoadReport:
        with batch():
            charts: dict[str, Chart] = {}
            for name, part in self.parts.items():
                if name.kind == "threshold":
                    self._record(name, part, Threshold, {"key": name.key})
                elif name.kind == "chart":
                    chart = self._record(name, part, Chart, {"key": name.key})
                    charts[name.key] = chart
                elif name.kind == "row":
                    of, key = name.key.split("/")
                    place = {"chart": charts[of], "key": key}
                    self._record(name, part, ChartRow, place)
            self._screener()
            if self.scenarios:
                self._scenarios()
        self.decide.remember()
        return self.report

    def _record(self, name: PartName, part: Part, model: Any, place: dict) -> Any:
        read, fill = from_models.READERS[name.kind], to_models.FILLERS[name.kind]
        record = model.objects.filter(locale=self.locale, **place).first()
        latest = record.get_latest_revision_as_object() if record else None
        write = self.decide.part(name, read(latest) if latest else None)
        if not record and not write:
            return record
        notes = editor_note_records.read_record_notes(latest)
        keep = self.decide.notes(name, notes)
        if not (write or keep):
            return record
        record = record or model(locale=self.locale, **place)
        if write:
            if name.kind == "row":
                rows = [n for n in self.parts if n.kind == "row"]
                record.sort_order = rows.index(name)
            fill(record, part)
        if name in self.notes_by_part:
            notes = self.notes_by_part[name] if keep else notes
            editor_note_records.write_record_notes(record, notes)
        self._publish(record)
        return record

    def _publish(self, record: Any) -> None:
        if not record.pk:
            record.live = False
            record.save()
        record.save_revision(user=self.user).publish(
            user=self.user, skip_permission_checks=True
        )

    def _screener(self) -> None:
        name = next(name for name in self.parts if name.kind == "screener")
        found = Screener.objects.filter(key=name.key, locale=self.locale).first()
        screener = found.get_latest_revision_as_object() if found else Screener()
        current = from_models.screener_parts(screener) if found else {}
        changed = False
        if self.decide.part(name, current.get(name)):
            to_models.fill_settings(screener, self.parts[name])
            changed = True
        for kind, plural in LISTS.items():
            blocks, touched = self._blocks(kind, getattr(screener, plural), current)
            if touched:
                setattr(screener, plural, _whole(plural, blocks))
                changed = True
        self.report.screener = screener
        if not changed:
            return
        if found is None:
            screener.key = name.key
            screener.slug = free_slug(name.key, self.parent)
            screener.locale = self.locale
            screener.live = False
            self.parent.add_child(instance=screener)
        self._publish(screener)

    def _scenarios(self) -> None:
        """Write the pack's scenarios; the screener is then published with them."""
        screener = self.report.screener
        assert screener is not None  # noqa: S101  it was written just before
        there = {scenario.name: scenario for scenario in scenarios_of(screener)}
        written: list[tuple[PartName, Scenario]] = []
        for place, (name, one) in enumerate(self.scenarios.items()):
            scenario = there.get(name.key)
            current = None
            if scenario:
                current = scenario_part(scenario.name, scenario.note, scenario.newest)
            if not self.decide.part(name, current):
                continue
            scenario = scenario or Scenario(
                screener=screener.translation_key,
                name=name.key,
                pack=self.pack,
                sort_order=place,
            )
            scenario.note, scenario.case = one["why"], _case(one)
            scenario.proposed = None
            written.append((name, scenario))
        if self.report.kept and written:
            written = self._that_hold(screener, written)
        for _name, scenario in written:
            if scenario.pk:
                scenario.save(update_fields=["note", "case", "proposed"])
        new = [scenario for _name, scenario in written if not scenario.pk]
        Scenario.objects.bulk_create(new, batch_size=100)
        if written and screener.live:
            publish(screener, cause=_("law pack “%s”") % self.pack)

    def _that_hold(
        self, screener: Screener, written: list[tuple[PartName, Scenario]]
    ) -> list[tuple[PartName, Scenario]]:
        """Return those that pass with an editor's changes; the others are left out."""
        try:
            release = examine(compile_screener(screener))
        except GateError:
            return written  # The publish that follows says what is wrong.
        holding = []
        for name, scenario in written:
            if run_case(scenario.newest, release).passes:
                holding.append((name, scenario))
                continue
            self.report.left_out.append(name)
            for done in (self.report.made, self.report.updated):
                if name in done:
                    done.remove(name)
        return holding

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
            if self.decide.part(name, current.get(name)):
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
            if self.decide.notes(name, notes):
                given = self.notes_by_part[name]
                value = editor_note_records.replace_finding_notes(value, given)
                raw[place] = {**raw[place], "value": value}
                touched = True
        return raw, touched


def _case(scenario: Mapping[str, Any]) -> dict[str, Any]:
    """Return the case (see `Scenario`) of a pack's scenario."""
    return {name: scenario[name] for name in ("answers", "as_of", "expect")}


def _whole(stream: str, raw: list[dict[str, Any]]) -> Any:
    """Return the stream value with every id and default filled in.

    Missing ones would be made up anew each time the screener is opened, and saving it
    unchanged would then write something else.
    """
    value = Screener._meta.get_field(stream).stream_block.to_python(raw)
    list(value)  # children that nobody has looked at are written as they came
    return value
