"""Answers that show something: cut down to the few that matter, and put in words."""

from collections.abc import Callable, Mapping

from ..canonical import Json
from ..release import Release
from ..wording import Wording
from .proof import founded
from .space import Picked, Space


def shortest(
    space: Space, picked: Mapping[int, int], holds: Callable[[Picked], bool]
) -> Picked:
    """The classes that are needed: none can be left out, nor a gate be left unmet."""
    kept = dict(picked)
    for number in sorted(picked, reverse=True):
        fewer = {n: c for n, c in kept.items() if n != number}
        if holds(fewer) and founded(space, fewer):
            kept = fewer
    return kept


def in_words(
    release: Release,
    answers: Json,
    locale: str | None = None,
    as_of: str | None = None,
) -> list[str]:
    """One line an answer: the question as it is asked, and what was answered.

    Keys that are no question of the release are left out.
    """
    w = Wording(release, locale or release.locale, as_of)
    lines = []
    for key in release.questions:
        if key not in answers:
            continue
        value = answers[key]
        said = w.words["said_unsure"] if value is None else w.answer(key, value)
        lines.append(f"{w.head(w.question(key))} {said}")
    return lines
