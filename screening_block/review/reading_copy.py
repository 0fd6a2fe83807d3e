"""A whole screener in plain words, for a reviewer to read: on a page or on paper."""

import datetime as dt
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy

from screening_block import engine
from screening_block.choices import LEVELS, SHORT_LISTS
from screening_block.engine_extensions import get_engine_extensions
from screening_block.models import Scenario
from screening_block.publishing.editor_note_records import NotesByPart
from screening_block.publishing.release_flags import describe_answers
from screening_block.publishing.scenario_runs import finding_label
from screening_block.review.part_words import Field, part_title

from .changes import release_state

CHAPTERS = {
    "screener": gettext_lazy("Settings"),
    **SHORT_LISTS,
    "question": gettext_lazy("Questions"),
    "fact": gettext_lazy("Facts"),
    "finding": gettext_lazy("Findings"),
    "threshold": gettext_lazy("Thresholds"),
    "chart": gettext_lazy("Charts"),
    "row": gettext_lazy("Chart rows"),
    "scenario": gettext_lazy("Scenarios"),
}


class ReadingEntry(NamedTuple):
    """One part: its key, its title and its fields."""

    key: str
    title: str
    fields: list[Field]


class Chapter(NamedTuple):
    """All parts of a kind. `kind` is for addresses, `title` for readers."""

    kind: str
    title: str
    parts: list[ReadingEntry]


def build_chapters(
    data: dict[str, Any],
    scenarios: Iterable[Scenario],
    locale: str | None = None,
    notes_by_part: NotesByPart | None = None,
) -> list[Chapter]:
    """Return what a release or draft (its dict) says, and the scenarios that guard it.

    In one of the languages it has texts in; by default the one it is written in. With
    `notes_by_part` also the editor notes.
    """
    state = release_state(data, locale, notes_by_part)
    found: dict[str, list[ReadingEntry]] = {kind: [] for kind in CHAPTERS}
    for name, part in state.parts.items():
        entry = ReadingEntry(name.key, part_title(name, part), state.fields(name))
        found[name.kind].append(entry)
    found["scenario"] = _scenarios(data, scenarios)
    filled = {kind: parts for kind, parts in found.items() if parts}
    return [Chapter(kind, str(CHAPTERS[kind]), filled[kind]) for kind in filled]


def _scenarios(
    data: dict[str, Any], scenarios: Iterable[Scenario]
) -> list[ReadingEntry]:
    try:
        release = engine.load_release(data, **get_engine_extensions())
    except engine.ReleaseError:
        # A draft that is not whole: its keys have to do.
        release = None
    return [_scenario(scenario, release) for scenario in scenarios]


def _scenario(scenario: Scenario, release: engine.Release | None) -> ReadingEntry:
    case = scenario.newest
    as_of = case.get("as_of")
    day = date_format(dt.date.fromisoformat(as_of), "DATE_FORMAT") if as_of else ""
    expected = [
        f"{finding_label(key, _with(key, release))}: {LEVELS.get(level, level)}"
        for key, level in case["expect"].items()
    ]
    fields = [
        Field(_("Note"), scenario.note.splitlines()),
        Field(_("Law as of"), [day] if day else []),
        Field(_("Answers"), _answers(case["answers"], release)),
        Field(_("Expected"), expected),
    ]
    return ReadingEntry("", scenario.name, [field for field in fields if field.lines])


def _with(key: str, release: engine.Release | None) -> engine.Release | None:
    return release if release and key in release.findings else None


def _answers(answers: dict[str, Any], release: engine.Release | None) -> list[str]:
    if release:
        with suppress(engine.EngineError, KeyError):
            return describe_answers(answers, release)
    return [f"{key}: {value}" for key, value in answers.items()]
