"""Checks of questions: is each used, can it be asked, does each option matter?"""

from collections.abc import Iterator
from itertools import chain

from ..evaluate import needed
from .examiner import Examiner
from .flag import Flag
from .hidden import hidden_flags, settled
from .narrow import yes
from .space import Picked


def question_flags(ex: Examiner) -> Iterator[Flag]:
    space = ex.space
    read = {n for leaf in space.leaves for n in space.read_by(leaf)}
    reachable = _reachable(ex)
    for number, key in enumerate(space.keys):
        path = f"questions/{key}"
        if number not in read:
            yield Flag(
                path,
                "unused_question",
                "No condition uses this question, so it is never asked.",
                "warning",
                (key,),
            )
        elif number not in ex.users:
            yield Flag(
                path,
                "unreachable",
                "No finding depends on this question, so it is never asked.",
                "error",
                (key,),
            )
        elif number not in reachable:
            yield Flag(
                f"{path}/ask_when",
                "unreachable",
                "This can never be yes, so the question is never asked.",
                "error",
                (key,),
            )
        else:
            yield from _relevant(ex, number, key)
            yield from hidden_flags(ex, number, key)
        yield from _options(ex, key)


def _reachable(ex: Examiner) -> set[int]:
    """Questions whose gates can be yes with what can be asked before them.

    Counts as reachable what could not be decided.
    """
    space = ex.space
    found = {n for n in range(len(space.keys)) if not space.gates[n]}
    waiting = [n for n in range(len(space.keys)) if n not in found]
    while waiting:
        new = []
        for number in waiting:
            gates = space.gates[number]
            needs = set().union(*(space.questions_of(gate) for gate in gates))
            if needs and not needs & found:
                continue
            if not ex.can(*map(yes, gates)).never:
                new.append(number)
        if not new:
            break
        found.update(new)
        waiting = [n for n in waiting if n not in found]
    return found


def _relevant(ex: Examiner, number: int, key: str) -> Iterator[Flag]:
    """Whether a question whose gate can be yes is ever needed when it is."""
    gates = ex.space.gates[number]
    if not gates:
        return
    deciding = chain.from_iterable(slots for _key, slots in ex.users[number])
    mark = ("relevant", key, tuple(map(ex.marks.full, chain(gates, deciding))))
    if ex.memory is not None and mark in ex.memory.quiet:
        return

    def is_needed(picked: Picked) -> bool:
        others = {n: c for n, c in picked.items() if n != number}
        return needed(ex.release, ex.replay(others)) >> number & 1 == 1

    found = ex.find(
        map(yes, gates),
        accept=lambda picked, _values: is_needed(picked),
        # What is not needed any more will not be needed again.
        prune=lambda search: not is_needed(settled(search)),
    )
    if found.picked is not None:
        if ex.memory is not None:
            ex.memory.keep_quiet(mark)
    elif found.proven:
        yield Flag(
            f"questions/{key}/ask_when",
            "unreachable",
            "Whenever this is yes, no finding needs the answer any more,"
            " so the question is never asked.",
            "error",
            (key,),
        )


def _options(ex: Examiner, key: str) -> Iterator[Flag]:
    """Options to tick that no condition tells from leaving them alone."""
    question = ex.release.questions[key]
    answers = question.answers
    if answers is None or answers.input != "several" or question.chart is not None:
        return
    nodes = [n for n in ex.space.nodes.values() if n.get("question") == key]
    if not nodes or any("." in n["op"] for n in nodes):
        return
    named = {v for n in nodes for v in n.get("values", ())}
    for option in question.options:
        if option not in named and option not in question.exclusive:
            yield Flag(
                f"questions/{key}/options/{option}",
                "idle_option",
                "No condition looks at this option: picking it changes nothing.",
                "warning",
                (key, option),
            )
