"""All answers to one or two releases at once, as far as conditions tell them apart.

Each question has numbered *classes* of answers: 0 not asked, then "I'm not sure" if
some condition looks for it, then values, one for each way in which the atoms can come
out. A set of classes is an integer's bits. Every slot of every program (see `program`)
has the least and the most it can be while each question is somewhere within its set of
classes. Two releases share their questions by key, so that one search sees both.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property, partial
from itertools import chain
from typing import Any

from ..answers import Answers, parse_answers
from ..atoms import Atom, Law
from ..canonical import Json
from ..errors import AnswerError
from ..model import Question
from ..release import Release
from ..values import NO, NOT_ASKED, UNKNOWN, YES, public_value
from .axes import Axis, Cut, carry, cuts, option_sets
from .slots import ALL, ANY, AT_LEAST, NOT, Group, Opaque, Pair, Test, combined

#: By its number, the class of answers that a question is given.
Picked = dict[int, int]

#: Turn digits 0, 1, 2 into 1 for the one that counts and 0 for the others.
_DIGITS = tuple(str.maketrans("012", ones) for ones in ("100", "010", "001"))

#: Sets of answers whose values a space keeps.
_MOST_RAN = 2_000


class Space:
    """The classes of every question and the slots of every program, unrestricted."""

    def __init__(self, releases: Sequence[Release], as_of: str) -> None:
        self.releases = tuple(releases)
        self.programs = tuple(release.program for release in releases)
        self.laws: tuple[Law, ...] = tuple(p.law(as_of) for p in self.programs)
        self.as_of = as_of
        self.offsets: list[int] = []
        self.groups: dict[int, Group] = {}
        self.leaves: dict[int, Test | Pair | Opaque] = {}
        #: Per slot of an atom of one question, that question.
        self.asks: dict[int, int] = {}
        self.fixed: dict[int, int] = {}
        self.keys: list[str] = []
        self.nodes: dict[int, Json] = {}
        size = 0
        for release, program in zip(self.releases, self.programs, strict=True):
            self.offsets.append(size)
            self._take_groups(program, size)
            size += len(program.masks)
            self.keys += [k for k in release.questions if k not in self.keys]
        self.size = size
        self.index = {key: number for number, key in enumerate(self.keys)}
        #: Per question, the question of each release, or None.
        self.questions = [
            tuple(release.questions.get(key) for release in self.releases)
            for key in self.keys
        ]
        self.tests: list[list[Test]] = [[] for _ in self.keys]
        self.pairs: list[list[Pair]] = [[] for _ in self.keys]
        self.opaques: list[list[Opaque]] = [[] for _ in self.keys]
        #: Per question, the gates that must be yes before it is answered.
        self.gates: list[tuple[int, ...]] = [self._gates(key) for key in self.keys]
        #: Per question, its cells by class, all classes, those that are values, and
        #: whether the values stand for all there are.
        self.cells: list[list[Any]] = []
        self.all: list[int] = []
        self.known: list[int] = []
        #: Per question, its classes, the likeliest answers first.
        self.liking: list[Sequence[int]] = []
        self.whole: list[bool] = []
        self._take_atoms()
        self.parents: list[list[int]] = [[] for _ in range(size)]
        for slot, group in self.groups.items():
            for kid in set(group.kids):
                self.parents[kid].append(slot)
        self.low, self.high = self._bounds()
        self._cones: dict[int, frozenset[int]] = {}
        self._below: dict[int, frozenset[int]] = {}
        self._questions_of: dict[int, frozenset[int]] = {}
        self._ran: dict[frozenset[tuple[int, int]], Sequence[int]] = {}

    # -- taking the programs in ------------------------------------------------------

    def _take_groups(self, program: Any, offset: int) -> None:
        for number, (combine, _pick, kids) in enumerate(program.groups):
            n = 0
            if combine is min:
                op = ALL
            elif combine is max:
                op = ANY
            elif isinstance(combine, partial):
                op, n = AT_LEAST, combine.args[0]
            else:
                op = NOT
            slot = offset + program.first_group + number
            self.groups[slot] = Group(op, n, tuple(offset + kid for kid in kids))
        self.fixed[offset] = NO
        for number, node in enumerate(program.nodes):
            slot = program.slots[number]
            if slot not in program.atoms or node["op"] == "fact":
                continue
            if "of" not in node or "." in node["op"]:
                self.nodes.setdefault(offset + slot, node)

    def _gates(self, key: str) -> tuple[int, ...]:
        found = []
        for side, program in enumerate(self.programs):
            root = program.roots.get(f"questions/{key}/ask_when")
            if root is not None:
                found.append(self.offsets[side] + program.slots[root])
        return tuple(found)

    def slot(self, root: str, side: int = 0) -> int:
        """The slot of a condition by its path; if it is absent, one that is no."""
        program = self.programs[side]
        number = program.roots.get(root)
        return self.offsets[side] + (0 if number is None else program.slots[number])

    def _take_atoms(self) -> None:
        single: dict[str, list[tuple[int, int, Atom]]] = {key: [] for key in self.keys}
        joint: list[tuple[int, int, Atom, tuple[str, ...]]] = []
        for side, program in enumerate(self.programs):
            for local, atom in program.atoms.items():
                slot = self.offsets[side] + local
                names = tuple(program.questions[index] for index in atom.questions)
                if len(names) == 1:
                    single[names[0]].append((slot, side, atom))
                elif names:
                    joint.append((slot, side, atom, names))
                elif atom.many is not None:
                    # Nothing but the law decides it (or nothing at all can).
                    self.fixed[slot] = atom.many((), self.laws[side])
        axes = self._axes(single, joint)
        for number, key in enumerate(self.keys):
            linked = any(key in names for *_rest, names in joint)
            cells, whole = self._values(key, single[key], axes.get(key), linked)
            self._classes(number, cells, single[key], linked)
            self.whole.append(whole)
        for slot, side, atom, names in joint:
            numbers = tuple(self.index[name] for name in names)
            op = atom.op
            if any(self.releases[side].questions[n].base is None for n in names):
                self.fixed[slot] = UNKNOWN
            elif "." in op or len(numbers) != 2:
                opaque = Opaque(slot, side, atom, numbers)
                self.leaves[slot] = opaque
                for number in numbers:
                    self.opaques[number].append(opaque)
            else:
                ordered = self.nodes[slot]["cmp"] != "eq"
                pair = Pair(slot, side, atom, ordered, numbers[0], numbers[1], {})
                self.leaves[slot] = pair
                for number in numbers:
                    self.pairs[number].append(pair)

    def _axes(
        self,
        single: Mapping[str, list[tuple[int, int, Atom]]],
        joint: Sequence[tuple[int, int, Atom, tuple[str, ...]]],
    ) -> dict[str, Axis]:
        axes: dict[str, Axis] = {}
        links: dict[str, list[Cut]] = {}
        day = self.laws[0].day
        for number, key in enumerate(self.keys):
            question = self._question(number)
            answers = question.answers if question else None
            if question is None or answers is None or not answers.is_compared:
                continue
            axis = axes[key] = Axis(question, day)
            for other in self.questions[number]:
                if other is not None and not axis.dates:
                    axis.limit(other.minimum, other.maximum)
            links[key] = []
            asking = [(slot, side) for slot, side, _atom in single[key]]
            asking += [(s, side) for s, side, _a, names in joint if key in names]
            for slot, side in asking:
                if slot not in self.nodes:
                    continue
                node = self.nodes[slot]
                for cut in cuts(node, key, self.programs[side], self.laws[side]):
                    if cut.other is not None and cut.other != key:
                        links[key].append(cut)
                    elif cut.at is not None:
                        point = cut.turn(cut.at, axis.dates)
                        near = (0,)
                        if cut.sign < 0 and cut.unit != "days":
                            near = (-3, -2, -1, 0, 1, 2, 3)  # type: ignore[assignment]
                        axis.points.update(axis.moved(point, step) for step in near)
        self.carried = carry(axes, links)
        return axes

    def _question(self, number: int) -> Question | None:
        """The question, if all releases that have it ask for the same kind."""
        found = [q for q in self.questions[number] if q is not None]
        if any(q.base is None or q.base != found[0].base for q in found):
            return None
        return found[0]

    def _values(
        self,
        key: str,
        atoms: Sequence[tuple[int, int, Atom]],
        axis: Axis | None,
        linked: bool,
    ) -> tuple[list[Any], bool]:
        """The values worth trying, the likeliest first, and whether they are all."""
        number = self.index[key]
        question = self._question(number)
        if question is None or question.answers is None:
            return [], True
        answers = question.answers
        whole = True
        values: list[Any]
        if axis is not None:
            values = list(axis.values(2 if linked else 1))
        elif answers.input == "several":
            nodes = [self.nodes[slot] for slot, _side, _atom in atoms]
            merged: dict[tuple[str, ...], None] = {}
            for asked in self.questions[number]:
                if asked is not None:
                    sets, all_of_them = option_sets(asked, nodes)
                    merged.update(dict.fromkeys(sets))
                    whole = whole and all_of_them
            values = list(merged)
        else:
            values = answers.listed(question.options)
        good = [value for value in values if self._accepted(number, value)]
        if not answers.is_small:
            # What a plugin's type takes and its operators tell apart is not known.
            asked_by = filter(None, self.questions[number])
            whole = whole and not any(asked.plugin for asked in asked_by)
            whole = whole and not any("." in atom.op for *_rest, atom in atoms)
        return good, whole

    def _accepted(self, number: int, cell: Any) -> bool:
        """Whether every release that asks the question takes the answer."""
        for side, question in enumerate(self.questions[number]):
            if question is None:
                continue
            if question.plugin is None and isinstance(cell, tuple):
                apart = len(cell) < 2 or question.exclusive.isdisjoint(cell)
                if not (apart and question.allowed.issuperset(cell)):
                    return False
                continue
            value = public_value(question, cell)
            try:
                parse_answers(self.releases[side], {question.key: value})
            except AnswerError:
                return False
        return True

    def _classes(
        self,
        number: int,
        values: Sequence[Any],
        atoms: Sequence[tuple[int, int, Atom]],
        linked: bool,
    ) -> None:
        """Number the classes and note for each atom where it is no, unknown, yes."""
        cells: list[Any] = []
        ranks = {cell: rank for rank, cell in enumerate(values)}
        if linked and ranks and type(values[0]) is int:
            # Comparisons of questions rely on rising values.
            values = sorted(values)
        outcomes: list[tuple[int, ...]] = []
        seen: set[Any] = set()
        tried = (NOT_ASKED, None, *values)
        columns = [self._column(side, atom, values) for _slot, side, atom in atoms]
        for cell, *row in zip(tried, *columns, strict=True):
            outcome = tuple(row)
            alone = linked and cell is not NOT_ASKED and cell is not None
            mark = (outcome, cell) if alone else outcome
            if mark not in seen:
                seen.add(mark)
                cells.append(cell)
                outcomes.append(outcome)
        self.cells.append(cells)
        self.liking.append(
            sorted(range(len(cells)), key=lambda at: ranks.get(cells[at], -1))
        )
        self.all.append((1 << len(cells)) - 1)
        unsure = len(cells) > 1 and cells[1] is None
        self.known.append(self.all[-1] & (~3 if unsure else ~1))
        outcomes.reverse()
        for place, (slot, _side, _atom) in enumerate(atoms):
            digits = "".join([str(outcome[place]) for outcome in outcomes])
            test = Test(slot, *(int(digits.translate(one), 2) for one in _DIGITS))
            self.leaves[slot] = test
            self.asks[slot] = number
            self.tests[number].append(test)

    def _column(self, side: int, atom: Atom, values: Sequence[Any]) -> list[int]:
        """What an atom of one question comes to: not asked, not sure, each value."""
        law, single, many = self.laws[side], atom.single, atom.many
        if single is not None:
            unsure = YES if atom.op == "dont_know" else UNKNOWN
            return [UNKNOWN, unsure, *[single(value, law) for value in values]]
        found = []
        cells: list[Any] = [NOT_ASKED] * len(self.programs[side].questions)
        for cell in (NOT_ASKED, None, *values):
            cells[atom.questions[0]] = cell
            found.append(UNKNOWN if many is None else many(cells, law))
        return found

    # -- bounds ------------------------------------------------------------------------

    def _bounds(self) -> tuple[list[int], list[int]]:
        low, high = [NO] * self.size, [YES] * self.size
        for slot, value in self.fixed.items():
            low[slot] = high[slot] = value
        for test in (test for tests in self.tests for test in tests):
            low[test.slot] = NO if test.no else UNKNOWN if test.unknown else YES
            high[test.slot] = YES if test.yes else UNKNOWN if test.unknown else NO
        for slot in sorted(self.groups):
            low[slot], high[slot] = combined(self.groups[slot], low, high)
        return low, high

    def cone(self, slot: int) -> frozenset[int]:
        """The atoms a slot depends on."""
        found = self._cones.get(slot)
        if found is None:
            group = self.groups.get(slot)
            if group is None:
                found = frozenset((slot,)) if slot in self.leaves else frozenset()
            else:
                found = frozenset().union(*map(self.cone, group.kids))
            self._cones[slot] = found
        return found

    def below(self, slot: int) -> frozenset[int]:
        """The groups a slot is worked out from, with its own if it is one."""
        found = self._below.get(slot)
        if found is None:
            group = self.groups.get(slot)
            found = frozenset()
            if group is not None:
                found = frozenset((slot,)).union(*map(self.below, group.kids))
            self._below[slot] = found
        return found

    @cached_property
    def gated(self) -> frozenset[int]:
        """The groups below all gates."""
        return frozenset().union(*map(self.below, chain(*self.gates)))

    def questions_of(self, slot: int) -> frozenset[int]:
        """The questions a slot depends on, the gates' own not counted."""
        found = self._questions_of.get(slot)
        if found is None:
            read = map(self.read_by, self.cone(slot))
            found = self._questions_of[slot] = frozenset(chain.from_iterable(read))
        return found

    def read_by(self, leaf: int) -> tuple[int, ...]:
        """The questions an atom reads."""
        atom = self.leaves[leaf]
        if isinstance(atom, Pair):
            return atom.first, atom.second
        return atom.questions if isinstance(atom, Opaque) else (self.asks[leaf],)

    # -- answers -----------------------------------------------------------------------

    def answers(self, picked: Mapping[int, int]) -> dict[str, Any]:
        """Classes by question as answers; what is not picked is not asked."""
        found: dict[str, Any] = {}
        for number in sorted(picked):
            cell = self.cells[number][picked[number]]
            if cell is not NOT_ASKED:
                question = next(q for q in self.questions[number] if q is not None)
                found[self.keys[number]] = public_value(question, cell)
        return found

    def run(self, picked: Mapping[int, int]) -> Sequence[int]:
        """The value of every slot, by the evaluator itself; kept for a while, because
        searches for one question come upon the same answers."""
        key = frozenset(picked.items())
        values = self._ran.get(key)
        if values is None:
            if len(self._ran) >= _MOST_RAN:
                self._ran.clear()
            values = self._ran[key] = self._run(picked)
        return values

    def _run(self, picked: Mapping[int, int]) -> Sequence[int]:
        values: list[int] = []
        for release, law in zip(self.releases, self.laws, strict=True):
            program = release.program
            cells: list[Any] = [NOT_ASKED] * len(program.questions)
            for number, cell in picked.items():
                question = release.questions.get(self.keys[number])
                if question is not None:
                    cells[question.index] = self.cells[number][cell]
            values += program.run(Answers(release, cells).cells, law)
        return values
