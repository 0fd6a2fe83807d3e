"""What the search finds wrong with a release, beyond what its form shows."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext as _

from screening_block import engine
from screening_block.models.releases import today

#: Steps of one examination; the search says what it did not reach.
STEPS = 10_000
Found = TypeVar("Found")


class Kept(Generic[Found]):
    """The last few results of something slow, in this process, by what they are of.

    Mostly of releases, which never change: a publish asks the same in its rehearsal,
    on the page that confirms it and when it happens.
    """

    def __init__(self, most: int):
        self.most = most
        self.found: OrderedDict[Hashable, Found] = OrderedDict()
        self.lock = Lock()

    def get(self, key: Hashable, find: Callable[[], Found]) -> Found:
        with self.lock:
            if key in self.found:
                self.found.move_to_end(key)
                return self.found[key]
        found = find()
        with self.lock:
            self.found[key] = found
            while len(self.found) > self.most:
                self.found.popitem(last=False)
        return found


_kept: Kept[tuple[engine.Flag, ...]] = Kept(32)
#: By screener: what its earlier editions taught, so that only changes are searched.
_memories: Kept[engine.Memory] = Kept(8)


def rules_mark(release: engine.Release) -> bytes:
    """Equal marks, equal results: texts, which editors change most, decide nothing."""
    rules = {name: part for name, part in release.data.items() if name != "texts"}
    return hashlib.sha256(engine.canonical(rules)).digest()


def flags_of(release: engine.Release) -> tuple[engine.Flag, ...]:
    """The flags of a release as the law is read today, errors first."""
    day = today(release)
    memory = _memories.get(release.key, engine.Memory)
    return _kept.get(
        (rules_mark(release), day),
        lambda: tuple(engine.flags(release, day, budget=STEPS, memory=memory)),
    )


def new_flags(
    release: engine.Release, old: engine.Release | None
) -> tuple[engine.Flag, ...]:
    """The flags that `old` does not have."""
    had = {(flag.path, flag.code) for flag in flags_of(old)} if old else set()
    return tuple(f for f in flags_of(release) if (f.path, f.code) not in had)


def refused(
    release: engine.Release, old: engine.Release | None, *, own: bool
) -> list[engine.Flag]:
    """The flags that refuse a publish: errors, which are certain.

    An error that is public already only refuses the screener's `own` publish, where
    it can be mended: it must not hold up a change of the law elsewhere.
    """
    flags = flags_of(release) if own else new_flags(release, old)
    return [flag for flag in flags if flag.severity == "error"]


def answers_in_words(answers: dict[str, Any], release: engine.Release) -> list[str]:
    """Invented answers, one line each: the question and the answer."""
    return engine.in_words(release, answers, release.locale)


def example(flag: engine.Flag, release: engine.Release) -> str:
    """The answers that show a flag, in one sentence; "" where there are none."""
    if not flag.answers:
        return ""
    lines = "; ".join(answers_in_words(flag.answers, release))
    return _("For example: %(answers)s.") % {"answers": lines}
