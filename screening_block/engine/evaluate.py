"""Evaluating answers: levels, what decided them, what is missing, what comes next."""

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple, TypeVar

from .answers import Answers, parse_answers, parse_as_of
from .canonical import Json
from .choices import Level
from .levels import DECIDING, LEVEL, OPEN, FindingPlan
from .program import Program, TraceNode
from .release import Release
from .replay import Replay
from .values import NOT_ASKED, YES

ENGINE_VERSION = "1.0.0"

_Thing = TypeVar("_Thing")
AnyAnswers = Answers | Json | str | bytes


class Missing(NamedTuple):
    """A question whose answer could still change a level, and why it is open."""

    question: str
    state: Literal["not_asked", "not_sure"]


class FindingOutcome(NamedTuple):
    """What one finding comes to.

    `because`: the conditions that decided the level and, below each, what decided it,
    every node once. `missing`: in question order. `notes`: the notes to show with it.
    """

    key: str
    level: Level
    severity: str
    because: tuple[TraceNode, ...]
    missing: tuple[Missing, ...]
    notes: tuple[str, ...] = ()


class Outcome(NamedTuple):
    """What a set of answers comes to, and all it takes to work it out again."""

    release: str
    as_of: str
    engine: str
    findings: tuple[FindingOutcome, ...]
    relevant: tuple[str, ...]
    next: str | None
    complete: bool

    def as_dict(self) -> dict[str, Any]:
        """As JSON, field by field."""
        return {
            **self._asdict(),
            "findings": [
                {
                    **finding._asdict(),
                    "because": [
                        {**node._asdict(), "by": list(node.by)}
                        for node in finding.because
                    ],
                    "missing": [m._asdict() for m in finding.missing],
                    "notes": list(finding.notes),
                }
                for finding in self.findings
            ],
            "relevant": list(self.relevant),
        }


class Walk(NamedTuple):
    """A replay of the questionnaire: what was asked in order, the answers that were
    reached, the question it stops at, and the answers never reached.

    `left`: for each question asked, and for `next`, how many questions could still
    change a level then, itself included, held back or not.
    """

    asked: tuple[str, ...]
    answers: dict[str, Any]
    next: str | None
    dropped: tuple[str, ...]
    left: tuple[int, ...] = ()


def levels(release: Release, answers: AnyAnswers, as_of: str) -> dict[str, Level]:
    """The level of every finding and nothing else: the fast path."""
    cells = parse_answers(release, answers).cells
    program = release.program
    values = program.run(cells, program.law(parse_as_of(as_of)))
    return {
        key: LEVEL[values[a] * 9 + values[m] * 3 + values[u]]
        for key, _severity, (a, m, u), *_rest in release.plans
    }


def evaluate(
    release: Release,
    answers: AnyAnswers,
    as_of: str,
    heard: Sequence[bool] | None = None,
) -> Outcome:
    """The whole outcome. Raises `AnswerError`; everything else is an outcome.

    `heard`: of which nodes of the program `because` is to hold traces; all without it.
    """
    as_of = parse_as_of(as_of)
    given = parse_answers(release, answers)
    program = release.program
    cells, unanswered = given.cells, given.open
    values = program.run(cells, program.law(as_of))
    open_at = program.open_questions(values, unanswered)
    tracer = _Tracer(program, values, heard)
    states = [
        Missing(name, "not_sure" if cell is None else "not_asked")
        for name, cell in zip(program.questions, cells, strict=True)
    ]
    missing_of: dict[int, tuple[Missing, ...]] = {0: ()}
    outcomes = []
    every = 0
    for key, severity, slots, nodes, urgent, notes in release.plans:
        a, m, u = slots
        index = values[a] * 9 + values[m] * 3 + values[u]
        mask = 0
        for part in OPEN[index]:
            mask |= open_at[slots[part]]
        every |= mask
        missing = missing_of.get(mask)
        if missing is None:
            missing = missing_of[mask] = _pick(states, mask)
        outcomes.append(
            FindingOutcome(
                key,
                LEVEL[index],
                "urgent" if values[urgent] == YES else severity,
                tracer.because(
                    [nodes[part] for part in DECIDING[index] if nodes[part] >= 0]
                ),
                missing,
                tuple(name for name, slot in notes if values[slot] == YES),
            )
        )
    relevant = list_relevant(program, values, cells, every)
    return Outcome(
        release=release.sha256,
        as_of=as_of,
        engine=ENGINE_VERSION,
        findings=tuple(outcomes),
        relevant=relevant,
        next=relevant[0] if relevant else None,
        complete=not relevant,
    )


def needed_by(plan: FindingPlan, replay: Replay) -> int:
    """The unanswered questions that a finding still needs, as bits by index."""
    values, open_at, slots = replay.values, replay.open_at, plan.slots
    a, m, u = slots
    mask = 0
    for part in OPEN[values[a] * 9 + values[m] * 3 + values[u]]:
        mask |= open_at[slots[part]]
    return mask


def needed(release: Release, replay: Replay) -> int:
    """The questions that any finding still needs, as bits."""
    values, open_at = replay.values, replay.open_at
    mask = 0
    for _key, _severity, slots, *_rest in release.plans:
        a, m, u = slots
        for part in OPEN[values[a] * 9 + values[m] * 3 + values[u]]:
            mask |= open_at[slots[part]]
    return mask


def _pick(things: Sequence[_Thing], mask: int) -> tuple[_Thing, ...]:
    """The things whose bits are set, in order."""
    found = []
    while mask:
        bit = mask & -mask
        found.append(things[bit.bit_length() - 1])
        mask ^= bit
    return tuple(found)


def list_relevant(
    program: Program, values: Sequence[int], cells: Sequence[Any], mask: int
) -> tuple[str, ...]:
    """The questions of `mask` that are still to be asked, in question order: not asked
    yet, and not held back by an `ask_when` that is no or unknown."""
    found = []
    for place in _pick(range(len(cells)), mask):
        if cells[place] is NOT_ASKED:
            name = program.questions[place]
            gate = program.roots.get(f"questions/{name}/ask_when", -1)
            if gate < 0 or values[program.slots[gate]] == YES:
                found.append(name)
    return tuple(found)


class _Tracer:
    """Collects the traces of one evaluation; those of facts are worked out once,
    and only where they decided something."""

    def __init__(
        self, program: Program, values: Sequence[int], heard: Sequence[bool] | None
    ) -> None:
        self.program, self.values, self.heard = program, values, heard
        self.facts: dict[int, dict[int, TraceNode]] = {}

    def because(self, nodes: list[int]) -> tuple[TraceNode, ...]:
        return tuple(self._collect(nodes).values())

    def _collect(self, roots: list[int]) -> dict[int, TraceNode]:
        """The nodes and what decided them, each once, a parent before its children."""
        program, values = self.program, self.values
        slots, deciders, ends = program.slots, program.deciders, program.ends
        fixed, links = program.fixed, program.links
        facts, heard = self.facts, self.heard
        found: dict[int, TraceNode] = {}
        for root in roots:
            number, end = root, ends[root]
            while number < end:
                value = values[slots[number]]
                if value != values[deciders[number]]:
                    number = ends[number]
                    continue
                traces = fixed[number]
                is_heard = heard is None or heard[number]
                if traces is None:
                    if is_heard:
                        found[number] = program.trace(number, value, values)
                else:
                    if is_heard:
                        found[number] = traces[value]
                    if (link := links[number]) >= 0:
                        if link not in facts:
                            facts[link] = self._collect([link])
                        found.update(facts[link])
                number += 1
        return found


def walk(release: Release, answers: AnyAnswers, as_of: str) -> Walk:
    """Replay the questionnaire from nothing with these answers.

    Takes `next`, keeps its answer if there is one, stops at the first without. Answers
    that are never reached (the visitor changed an earlier one) are dropped.
    """
    as_of = parse_as_of(as_of)
    given = parse_answers(release, answers)
    program = release.program
    cells: list[Any] = [NOT_ASKED] * len(given.cells)
    state = Answers(release, cells)
    replay = Replay(program, cells, state.open, program.law(as_of))
    asked: list[str] = []
    left: list[int] = []
    upcoming = None
    while True:
        mask = needed(release, replay)
        relevant = list_relevant(program, replay.values, cells, mask)
        if not relevant:
            break
        unasked = _pick(range(len(cells)), mask)
        left.append(sum(cells[place] is NOT_ASKED for place in unasked))
        place = release.questions[relevant[0]].index
        if given.cells[place] is NOT_ASKED:
            upcoming = relevant[0]
            break
        asked.append(relevant[0])
        replay.answer(place, given.cells[place])
    kept = state.values
    return Walk(
        asked=tuple(asked),
        answers=kept,
        next=upcoming,
        dropped=tuple(key for key in given.values if key not in kept),
        left=tuple(left),
    )
