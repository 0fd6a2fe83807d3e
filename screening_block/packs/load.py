"""Load a law pack: its parts become records, and an editor's work stays.

Part by part it is decided what is written and what stays an editor's (see `decisions`),
in each language that the pack and the site have (see `language_load`).
Scenarios are parts too. One that fails here because an editor changed the law is left
out, and this is reported as well.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Locale

from screening_block.models import Scenario, Screener
from screening_block.models.publishing import GateError, one_at_a_time
from screening_block.publishing.compile import compile_screener
from screening_block.publishing.editor_notes import EditorNotes
from screening_block.publishing.gate import examine
from screening_block.publishing.parts import (
    Part,
    PartName,
    scenario_part,
    split_release,
)
from screening_block.publishing.publish import batch, publish
from screening_block.publishing.scenario_runs import run_case, scenarios_of

from .decisions import Decisions, LoadReport
from .language_load import LanguageLoad, translated_name


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
        self.pack, self.parent, self.user = pack, parent, user
        self.own = split_release(release)
        self.translations = dict(_translations(release))
        self.scenarios = {PartName("scenario", one["name"]): one for one in scenarios}
        parts = dict(self.own)
        for locale, texts in self.translations.items():
            parts |= {translated_name(name, locale): texts[name] for name in texts}
        for name, one in self.scenarios.items():
            parts[name] = scenario_part(one["name"], one["why"], _case(one))
        self.decide = Decisions(pack, parts, notes_by_part)
        self.report = self.decide.report

    def run(self) -> LoadReport:
        default = Locale.get_default()
        with batch():
            self.report.screener = self._language(self.own, default, None)
            if self.report.screener.pk:
                for locale, parts in self.translations.items():
                    self._language(parts, locale, default)
            if self.scenarios:
                self._scenarios()
        self.decide.remember()
        return self.report

    def _language(
        self, parts: dict[PartName, Part], locale: Locale, source: Locale | None
    ) -> Screener:
        given = (self.decide, parts, locale, source, self.parent, self.user)
        return LanguageLoad(*given).write()

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


def _translations(
    release: dict[str, Any],
) -> Iterator[tuple[Locale, dict[PartName, Part]]]:
    """Yield the parts in each other language of a release that this site has."""
    others = sorted(set(release["texts"]) - {release["locale"]})
    found = {one.language_code: one for one in Locale.objects.all()}
    default = Locale.get_default()
    for code in others:
        if code in found and found[code] != default:
            yield found[code], split_release(release, code)


def _case(scenario: Mapping[str, Any]) -> dict[str, Any]:
    """Return the case (see `Scenario`) of a pack's scenario."""
    return {name: scenario[name] for name in ("answers", "as_of", "expect")}
