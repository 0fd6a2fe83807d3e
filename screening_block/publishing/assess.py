"""Work out what a publish changes for one screener, on compiled data.

Nothing is written and nothing is locked here. A publish and its rehearsal both use
this, so that they cannot disagree.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from screening_block import engine
from screening_block.models import Recall, Release, Scenario, Screener
from screening_block.models.publishing import GateError

from .compile import compile_screener
from .content import Content
from .gate import FlagsError, ProblemsError, ScenariosError, examine
from .parts import PartName
from .release_flags import find_blocking_flags
from .retelling import Edits, TextChange, find_text_changes
from .scenario_runs import FailingScenario, check_scenarios, scenarios_of
from .stored_uses import find_users


@dataclass(frozen=True)
class ScreenerChange:
    """What an action changes for one screener.

    `old` is its current release, `new` the next one; None where there is none.
    `problems` says why there is no new one; without problems the screener is withdrawn.
    `flags`: where `new` contradicts itself. `failing`: the scenarios that `new` breaks;
    `fulfilled`: those whose proposed case passes from now on; `scenarios`: all there
    are, where they were run.
    """

    screener: Screener
    old: engine.Release | None
    new: engine.Release | None
    problems: GateError | None = None
    flags: tuple[engine.Flag, ...] = ()
    failing: tuple[FailingScenario, ...] = ()
    fulfilled: tuple[Scenario, ...] = ()
    scenarios: tuple[Scenario, ...] = ()

    @property
    def withdrawn(self) -> bool:
        """Whether it was public and no longer is."""
        return self.old is not None and self.new is None and self.problems is None

    @property
    def old_hash(self) -> str | None:
        return self.old.sha256 if self.old else None

    @property
    def new_hash(self) -> str | None:
        return self.new.sha256 if self.new else None

    @property
    def error(self) -> GateError | None:
        """Why this may not be published, or None."""
        if self.problems or self.new is None:
            return self.problems
        if self.flags:
            return FlagsError(self.new, self.flags)
        if not self.failing:
            return None
        return ScenariosError(self.screener, self.new, self.failing)


def assess_publish(
    screener: Screener, content: Content, *, own: bool
) -> ScreenerChange:
    """Return what publishing a screener of `content` changes.

    `own`: the screener's own content changes, so its new scenarios must pass too.
    """
    old = Release.load_current(screener.key)
    try:
        new = examine(compile_screener(screener, content))
        _refuse_recalled(new, old, own)
    except ProblemsError as error:
        return ScreenerChange(screener, old, None, error)
    flags = tuple(find_blocking_flags(new, old, own=own))
    scenarios = tuple(scenarios_of(screener))
    failing, fulfilled = check_scenarios(scenarios, new, own=own)
    found = tuple(failing), tuple(fulfilled), scenarios
    return ScreenerChange(screener, old, new, None, flags, *found)


def _refuse_recalled(
    new: engine.Release, old: engine.Release | None, own: bool
) -> None:
    """Raise `ProblemsError` if `new` was recalled as wrong.

    A publish of another record that leaves a recalled release as it is may pass: this
    screener stays recalled.
    """
    recall = Recall.objects.filter(release=new.sha256).first()
    if recall and (own or old is None or old.sha256 != new.sha256):
        say = _("This was recalled as wrong, and nothing in it has changed: %(reason)s")
        problem = engine.Problem("", "recalled", say % {"reason": recall.reason})
        raise ProblemsError(dict(new.data), [problem])


def assess_texts(
    content: Content, edits: Edits, own: Collection[UUID] = ()
) -> list[TextChange]:
    """Return the changes of the screeners of which only texts change (see `retelling`).

    The first of them, whose release is the oldest, is compiled and checked to see that
    it is so. `own`: screeners, by translation key, that are published for themselves.
    """
    found = find_text_changes(edits, own)
    keys = {change.screener.translation_key for change in found[:1]}
    for screener in content.live_sources(keys) if keys else ():
        if screener.translation_key in keys:
            try:
                new = examine(compile_screener(screener, content))
            except ProblemsError:
                return []
            if new.sha256 == found[0].new_hash:
                return found
    return []


def concerned_screeners(
    content: Content, names: Iterable[PartName], known: Collection[UUID] = ()
) -> Iterator[tuple[Screener, PartName]]:
    """Yield the live screeners (source pages) that use one of `names`, each with that
    name.

    `part_name` names thresholds and charts, `screener_name` a screener itself. `known`:
    screeners to leave out, by translation key.
    """
    named = dict.fromkeys(names)
    shared = any(name.kind != "screener" for name in named)
    among = {UUID(name.key) for name in named if name.kind == "screener"}
    among |= find_users(named)
    among -= set(known)
    for screener in content.live_sources(among) if named else ():
        its = {screener_name(screener)}
        if shared:
            its |= content.names(screener)
        if first := next((name for name in named if name in its), None):
            yield screener, first


def screener_name(screener: Screener) -> PartName:
    """Return the name of a screener in all its languages, whatever its key."""
    return PartName("screener", str(screener.translation_key))
