"""Questions that are held back although a finding cannot do without them."""

from collections.abc import Callable, Iterator, Sequence

from ..evaluate import needed_by
from ..replay import Replay
from ..values import NO, NOT_ASKED, YES
from .examiner import Examiner
from .flag import Flag
from .narrow import Goal
from .proof import founded
from .solve import Search
from .space import Picked
from .witness import shortest

#: Sets of answers tried for one finding once the question is hidden.
_TRIES = 60
#: So many classes of answers a question may have for each of them to be tried.
_FEW = 20


def settled(search: Search) -> Picked:
    """The classes a branch of a search has settled on so far."""
    return {
        number: mask.bit_length() - 1
        for number, mask in enumerate(search.masks)
        if not mask & (mask - 1) and not mask & 1
    }


def hidden_flags(ex: Examiner, number: int, key: str) -> Iterator[Flag]:
    """A finding that stays open for good, because all it needs is never asked."""
    gates = ex.space.gates[number]
    for finding, slots in ex.users[number] if gates else ():
        picked = _stuck_anew(ex, number, finding, slots)
        if picked is not None:
            yield Flag(
                f"questions/{key}/ask_when",
                "hidden_needed",
                "With some answers the question is not asked, yet the finding"
                f" “{finding}” needs it and stays at “may apply” for good.",
                "warning",
                (key, finding),
                ex.space.answers(picked),
            )
            return


def _stuck_anew(
    ex: Examiner, number: int, finding: str, slots: list[int]
) -> Picked | None:
    """`_stuck`, unless an earlier search for the same went to its end."""
    if ex.memory is None:
        return _stuck(ex, number, finding)
    key = ("hidden", ex.space.keys[number], tuple(map(ex.marks.full, slots)))
    if key in ex.memory.quiet:
        return None
    picked = _stuck(ex, number, finding)
    if picked is None and ex.left > 0:
        ex.memory.keep_quiet(key)
    return picked


def _stuck(ex: Examiner, number: int, finding: str) -> Picked | None:
    """Answers with which the question is hidden and the finding needs nothing but
    hidden questions."""
    space = ex.space
    plan = next(plan for plan in ex.release.plans if plan.key == finding)
    result: Picked | None = None

    def others(found: Replay) -> list[int] | None:
        """What else the finding needs and can be asked; None if it does not need the
        question, or the question is not hidden."""
        mask = needed_by(plan, found)
        if not mask >> number & 1 or not hidden(number, found.values):
            return None
        left = []
        while mask:
            n = (mask & -mask).bit_length() - 1
            mask &= mask - 1
            if not hidden(n, found.values):
                left.append(n)
        return left

    def hidden(n: int, values: Sequence[int]) -> bool:
        return any(values[gate] == NO for gate in space.gates[n])

    def accept(picked: Picked, _values: object) -> bool:
        nonlocal result
        for variant in _variants(ex, picked, number):
            result = _answered(ex, variant, others)
            if result is not None:
                return True
        return False

    def prune(search: Search) -> bool:
        return not needed_by(plan, ex.replay(settled(search))) >> number & 1

    for gate in space.gates[number]:
        ex.find((Goal(gate, NO, NO),), accept, prune)
        if result is not None:
            return shortest(space, result, lambda fewer: others(ex.replay(fewer)) == [])
    return None


def _variants(ex: Examiner, picked: Picked, number: int) -> Iterator[Picked]:
    """Other answers that hide the question as well: a search settles on one of each.

    Not for questions whose answers fall into too many classes to try.
    """
    space = ex.space
    yield picked
    for gate in space.gates[number]:
        for asked in space.questions_of(gate) & picked.keys():
            likely = space.liking[asked]
            for at in likely if len(likely) <= _FEW else ():
                other = {**picked, asked: at}
                if at != picked[asked] and space.run(other)[gate] == NO:
                    yield other


def _answered(
    ex: Examiner,
    picked: Picked,
    others: Callable[[Replay], list[int] | None],
) -> Picked | None:
    """Answer all else that is needed, so that the hidden question stays needed."""
    space = ex.space
    left = _TRIES

    def go(given: Picked) -> Picked | None:
        nonlocal left
        found = ex.replay(given)
        open_ones = others(found)
        if not open_ones:
            return None if open_ones is None else given
        number = open_ones[0]
        asked = all(found.values[gate] == YES for gate in space.gates[number])
        for at in space.liking[number]:
            if space.cells[number][at] in (None, NOT_ASKED):
                continue
            if left <= 0:
                return None
            left -= 1
            whole = go({**given, number: at}) if asked else None
            if whole is not None:
                return whole
        return None

    result = go(picked)
    return result if result is not None and founded(space, result) else None
