"""What a release says by itself, on one day and in one language, made up once.

Thousands of sentences are told of one set of answers, and nearly all of their words are
the release's own. A voice is whole before it is handed out and does not change then: it
was made without any answer, so none can be kept in it or read out of it.
"""

from functools import lru_cache
from typing import NamedTuple

from .canonical import Json
from .phrases import Phrases, said_of
from .release import Release
from .undated import HOLE, cut_texts, raw_texts
from .wording import Wording

#: Voices that are kept, of whatever releases: for the law pack that ships half a
#: megabyte each. Who asks for more days than these waits for each a little longer.
KEPT = 16
#: Stands for the slot of what says nothing itself.
MUTE = -1


class FindingTexts(NamedTuple):
    """The texts of a finding: `raw` with their placeholders, and `filled` as they are
    said where no day is shown. Of the raw ones, `dated` says whether `{date}` is in a
    text that is always shown, `dated_notes` in which notes it is."""

    raw: Json
    filled: Json
    dated: bool
    dated_notes: frozenset[str]

    def names_a_day(self, notes: tuple[str, ...]) -> bool:
        """Tell whether a day belongs into what is said with these notes."""
        return self.dated or not self.dated_notes.isdisjoint(notes)


class Voice(Wording):
    """The words of a release with its labels, phrases and texts ready."""

    def __init__(self, release: Release, as_of: str, locale: str) -> None:
        self._labels: dict[tuple[str, ...], str] = {}
        self._options: dict[tuple[str, str | bool], str] = {}
        super().__init__(release, locale, as_of)
        self._name(release)
        program = release.program
        #: Per question, how it is named by what was answered.
        self.about = {key: said_of(self, key) for key in self.questions}
        #: Per node of the program, what `Phrases.of` gives.
        self.phrases = self._phrase(release)
        #: By node, the slot of the test that it says something of, or `MUTE`.
        self.slots = {
            name: slot if phrases or "question" in node else MUTE
            for name, slot, node, phrases in zip(
                program.ids, program.slots, program.nodes, self.phrases, strict=True
            )
        }
        #: Per node, whether it says something itself.
        self.heard = [slot != MUTE for slot in self.slots.values()]
        self.findings = {f["key"]: self._write(f) for f in release.data["findings"]}

    def _name(self, release: Release) -> None:
        """Make up the labels that sentences are made of."""
        paths: list[tuple[str, ...]] = [
            ("questions", key, "label") for key in release.questions
        ]
        for key, chart in release.charts.items():
            paths += [("charts", key, "columns", name) for name in chart.columns]
            paths += [("charts", key, "rows", name) for name in chart.rows]
            paths += [
                ("charts", key, "values", column.key, value)
                for column in chart.columns.values()
                for value in column.values
            ]
        self._labels = {path: super(Voice, self).label(*path) for path in paths}
        for question in release.questions.values():
            listed: list[str | bool] = [*question.options]
            if question.base == "yes_no":
                listed = [True, False]
            for value in listed:
                place = question.key, value
                self._options[place] = super().option(question.key, value)

    def _phrase(self, release: Release) -> list[Json | None]:
        program = release.program
        phrases = Phrases(self, release)
        by_slot: dict[int, Json | None] = {}
        found: list[Json | None] = []
        for number, node in enumerate(program.nodes):
            if program.children[number] or program.links[number] >= 0:
                found.append(None)
                continue
            # The same test, wherever it stands.
            slot = program.slots[number]
            if slot not in by_slot:
                by_slot[slot] = phrases.of(node)
            found.append(by_slot[slot])
        return found

    def _write(self, finding: Json) -> FindingTexts:
        raw = raw_texts(self, finding)
        notes = frozenset(key for key, text in raw["notes"].items() if HOLE in text)
        always = [raw["heading"], raw["body"], *raw["actions"].values()]
        dated = any(HOLE in text for text in always)
        bare = cut_texts(raw, finding["key"]) if dated or notes else raw
        return FindingTexts(raw, self.fill(bare), dated, notes)

    # -- asked ---------------------------------------------------------------------

    def label(self, *path: str) -> str:
        found = self._labels.get(path)
        return super().label(*path) if found is None else found

    def option(self, question: str, value: object) -> str:
        found = self._options.get((question, value))  # type: ignore[arg-type]
        return super().option(question, value) if found is None else found

    def fill(self, texts: Json, date: str | None = None) -> Json:
        """Return a finding's texts with everything filled in; what is "" is left out
        of notes and actions."""
        return {
            "heading": self.render(texts["heading"], date),
            "body": self.render(texts["body"], date),
            **{
                part: {k: self.render(t, date) for k, t in texts[part].items() if t}
                for part in ("notes", "actions")
            },
        }


@lru_cache(maxsize=KEPT)
def voice_of(release: Release, as_of: str, locale: str) -> Voice:
    """Return what a release says on a day (`YYYY-MM-DD`), kept with others."""
    return Voice(release, as_of, locale)
