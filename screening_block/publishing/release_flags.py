"""What the search finds wrong with a release, beyond the checks of its form."""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext as _

from screening_block import engine
from screening_block.models.releases import today

#: Steps of one search; it says itself what it did not reach.
MAX_STEPS = 10_000
Result = TypeVar("Result")


class ResultCache(Generic[Result]):
    """The last few results of something slow, in this process, by a hashable key.

    Most are about releases, which never change: a publish needs the same result in its
    rehearsal, on the page that confirms it and when it happens.
    """

    def __init__(self, max_size: int):
        self.max_size = max_size
        self.results: OrderedDict[Hashable, Result] = OrderedDict()
        self.lock = Lock()

    def get(self, key: Hashable, find: Callable[[], Result]) -> Result:
        with self.lock:
            if key in self.results:
                self.results.move_to_end(key)
                return self.results[key]
        result = find()
        with self.lock:
            self.results[key] = result
            while len(self.results) > self.max_size:
                self.results.popitem(last=False)
        return result


_flags_by_rules: ResultCache[tuple[engine.Flag, ...]] = ResultCache(32)
#: By screener: what its earlier releases taught, so that only changes are searched.
_memories: ResultCache[engine.Memory] = ResultCache(8)


def hash_rules(release: engine.Release) -> bytes:
    """Return a hash of all that decides results: everything but the texts."""
    return hash_data(
        {name: part for name, part in release.data.items() if name != "texts"}
    )


def hash_data(data: Any) -> bytes:
    """Return a hash of JSON data, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).digest()


def find_flags(release: engine.Release) -> tuple[engine.Flag, ...]:
    """Return the flags of a release under the law as of today, errors first."""
    day = today(release)
    memory = _memories.get(release.key, engine.Memory)
    searched = _flags_by_rules.get(
        (hash_rules(release), day),
        lambda: tuple(engine.flags(release, day, budget=MAX_STEPS, memory=memory)),
    )
    return (*searched, *engine.result_flags(release))


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
