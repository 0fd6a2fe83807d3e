"""What a publish does to one screener, worked out on compiled data.

Nothing is written and nothing is locked here. A publish and its rehearsal both ask
here, so that they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from screening_block import engine
from screening_block.models import Recall, Release, Scenario, Screener
from screening_block.models.publishing import GateError

from .compile import compile_screener
from .content import Content
from .flagged import refused
from .gate import FlagsError, ProblemsError, ScenariosError, examine
from .parts import Name
from .scenario_runs import Failing, breaking


@dataclass(frozen=True)
class Change:
    """What an act does to one screener.

    `old` is its current release, `new` the one that takes its place; None where there
    is none. `problems` says why there is no new one; without problems the screener is
    public no more. `flags`: where `new` contradicts itself. `failing`: the scenarios
    that `new` breaks; `came_true`: those whose proposed case it makes the one to keep.
    """

    screener: Screener
    old: engine.Release | None
    new: engine.Release | None
    problems: GateError | None = None
    flags: tuple[engine.Flag, ...] = ()
    failing: tuple[Failing, ...] = ()
    came_true: tuple[Scenario, ...] = ()

    @property
    def withdrawn(self) -> bool:
        """Whether it was public and is not any more."""
        return self.old is not None and self.new is None and self.problems is None

    @property
    def error(self) -> GateError | None:
        """Why this may not be published."""
        if self.problems or self.new is None:
            return self.problems
        if self.flags:
            return FlagsError(self.new, self.flags)
        if not self.failing:
            return None
        return ScenariosError(self.screener, self.new, self.failing)


def assess(screener: Screener, content: Content, *, own: bool) -> Change:
    """What publishing a screener of `content` does.

    `own`: it is the screener's own content that changes, so that its new scenarios
    have to hold too.
    """
    current = Release.current(screener.key)
    old = current.load() if current else None
    try:
        new = examine(compile_screener(screener, content))
        _refuse_recalled(new, old, own)
    except ProblemsError as error:
        return Change(screener, old, None, error)
    flags = tuple(refused(new, old, own=own))
    failing, came_true = breaking(screener, new, own=own)
    return Change(screener, old, new, None, flags, tuple(failing), tuple(came_true))


def _refuse_recalled(
    new: engine.Release, old: engine.Release | None, own: bool
) -> None:
    """Raises `ProblemsError` where `new` was recalled as wrong.

    What changes nothing about a recalled release may pass: somebody else's record is
    published, and this screener stays recalled.
    """
    recall = Recall.objects.filter(release=new.sha256).first()
    if recall and (own or old is None or old.sha256 != new.sha256):
        said = _(
            "This was recalled as wrong, and nothing in it has changed: %(reason)s"
        )
        problem = engine.Problem("", "recalled", said % {"reason": recall.reason})
        raise ProblemsError(dict(new.data), [problem])


def concerned(
    content: Content, names: Iterable[Name]
) -> Iterator[tuple[Screener, Name]]:
    """The live screeners (source pages) made of one of `names`, with the first such.

    Of thresholds and charts see `name_of`; a screener itself is named by
    `screener_name`.
    """
    named = dict.fromkeys(names)
    shared = any(name.kind != "screener" for name in named)
    for screener in content.live_sources() if named else ():
        its = {screener_name(screener)}
        if shared:
            its |= content.names(screener)
        if first := next((name for name in named if name in its), None):
            yield screener, first


def screener_name(screener: Screener) -> Name:
    """Names a screener in all its languages, whatever its key."""
    return Name("screener", str(screener.translation_key))
