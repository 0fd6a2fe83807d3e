"""What the search finds wrong with a release, beyond the checks of its form."""

from typing import Any

from django.utils.translation import gettext as _

from screening_block import engine
from screening_block.models.releases import today

from .meaning import hash_meaning
from .remembered import ResultCache

#: Steps of one search; it says itself what it did not reach.
MAX_STEPS = 10_000
#: By what a release means, and the day.
_flags_by_meaning: ResultCache[tuple[engine.Flag, ...]] = ResultCache(
    256,
    "flags",
    load=lambda found: tuple(_load_flag(*one) for one in found),
)
#: By release: what it says is not part of what it means.
_flags_of_texts: ResultCache[list[engine.Flag]] = ResultCache(256)
#: By screener: what its earlier releases taught, so that only changes are searched.
_memories: ResultCache[engine.Memory] = ResultCache(8)


def _load_flag(
    path: str, code: str, message: str, severity: Any, keys: list[str], *more: Any
) -> engine.Flag:
    return engine.Flag(path, code, message, severity, tuple(keys), *more)


def find_flags(release: engine.Release) -> tuple[engine.Flag, ...]:
    """Return the flags of a release under the law as of today, errors first."""
    day = today(release)
    memory = _memories.get(release.key, engine.Memory)
    searched = _flags_by_meaning.get(
        (hash_meaning(release), day, MAX_STEPS),
        lambda: tuple(engine.flags(release, day, budget=MAX_STEPS, memory=memory)),
    )
    of_texts = _flags_of_texts.get(release.sha256, lambda: engine.result_flags(release))
    return (*searched, *of_texts)


def find_new_flags(
    release: engine.Release, old: engine.Release | None
) -> tuple[engine.Flag, ...]:
    """Return the flags that `old` does not have."""
    had = {(flag.path, flag.code) for flag in find_flags(old)} if old else set()
    return tuple(f for f in find_flags(release) if (f.path, f.code) not in had)


def find_blocking_flags(
    release: engine.Release, old: engine.Release | None, *, own: bool
) -> list[engine.Flag]:
    """Return the flags that block a publish: errors, which are certain.

    An error that is public already blocks only the screener's `own` publish, where it
    can be fixed: it must not hold up a change of the law elsewhere.
    """
    flags = find_flags(release) if own else find_new_flags(release, old)
    return [flag for flag in flags if flag.severity == "error"]


def describe_answers(answers: dict[str, Any], release: engine.Release) -> list[str]:
    """Return invented answers as text, one line per question."""
    return engine.in_words(release, answers, release.locale)


def describe_example(flag: engine.Flag, release: engine.Release) -> str:
    """Return the answers that show a flag as one sentence; "" where there are none."""
    if not flag.answers:
        return ""
    lines = "; ".join(describe_answers(flag.answers, release))
    return _("For example: %(answers)s.") % {"answers": lines}
