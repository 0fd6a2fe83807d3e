"""Conditions, compiled at load into a short program over small integers.

Every distinct atom and group of a release has one *slot* in a list of values (0 no,
1 unknown, 2 yes). Running the program fills that list from front to back:

1. slot 0, which is always no and stands for a condition that is absent;
2. the atoms that read one question, a block per question. While it is not answered
   all of them are known at once, and what an option does to all of them is worked out
   once and kept, so a choice costs one look-up however many rules read it;
3. the atoms that read several questions or none, and plugin operators;
4. the groups, each after its children and each fact after the facts it uses, so that
   no chain of facts, however long, uses the stack.

A node keeps its own id and points at the slot that holds its value; nodes that say the
same share a slot. There is no short circuit: explanations need every value.
"""

import operator as functions
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from .atoms import Atom, Law, Many, atom_of
from .canonical import Json, canonical
from .dates import known_date
from .model import Model, roots
from .values import NO, NOT_ASKED, UNKNOWN, YES

#: Traces of one node that are kept.
_KEPT_TRACES = 32


class TraceNode(NamedTuple):
    """One node of a trace: its id, operator, value, and the ids of what decided it."""

    id: str
    op: str
    value: int
    by: tuple[str, ...]


class QuestionAtoms:
    """The one-question atoms of a question, as a function of its cell."""

    __slots__ = ("atoms", "index", "keeps", "kept")

    def __init__(self, index: int, atoms: Sequence[Atom], keeps: bool) -> None:
        self.index = index
        self.keeps = keeps
        self.atoms = tuple(atom.single for atom in atoms if atom.single is not None)
        asks = (atom.op == "dont_know" for atom in atoms)
        #: Values by cell. Only what one option does is kept, for there are few and the
        #: law has no part in it; a visitor's numbers, dates and sets are not.
        self.kept: dict[Any, tuple[int, ...]] = {
            NOT_ASKED: (UNKNOWN,) * len(self.atoms),
            None: tuple(YES if ask else UNKNOWN for ask in asks),
        }

    def work_out(self, cell: Any, law: Law) -> tuple[int, ...]:
        values = tuple([atom(cell, law) for atom in self.atoms])
        if self.keeps:
            self.kept[cell] = values
        return values


class Program:
    """The conditions of a release, ready to run. Shared by threads: apart from what it
    keeps to save work, nothing changes after construction."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.questions = tuple(model.questions)
        #: Per node: id, operator, slot, children, and for a fact its root's node.
        self.ids: list[str] = []
        self.ops: list[str] = []
        self.slots: list[int] = []
        self.children: list[tuple[int, ...]] = []
        self.links: list[int] = []
        #: Nodes are numbered parent first, so a node's own are those up to its end.
        self.ends: list[int] = []
        #: The slot a node's value must equal to have decided its parent: the parent's,
        #: or its own where it always decides.
        self.deciders: list[int] = []
        #: The node of each root, by its id.
        self.roots: dict[str, int] = {}
        #: Per slot, the questions an atom there reads, as bits.
        self.masks: list[int] = [0]
        self.blocks: list[QuestionAtoms] = []
        self.rest: list[Many] = []
        #: (combine, pick, slots of the children); from slot `first_group` on.
        self.groups: list[tuple[Callable[[Any], int], Any, tuple[int, ...]]] = []
        self.atoms: dict[int, Atom] = {}
        self.nodes: list[Json] = []
        self._atom_slots: dict[bytes, int] = {}
        self._group_slots: dict[tuple[Any, ...], int] = {}
        self._law: tuple[str, Law] | None = None
        self._compile()
        #: Per slot, the slots of the groups that it is in.
        self.users: list[list[int]] = [[] for _ in self.masks]
        for slot, (_combine, _pick, kids) in enumerate(self.groups, self.first_group):
            for kid in kids:
                self.users[kid].append(slot)
        self.fixed = self._fixed_traces()
        self.pickers = self._pickers()
        #: Per node with several children, its trace by its children's values.
        self.kept: list[dict[tuple[int, ...], TraceNode]] = [{} for _ in self.ids]
        #: The node of each id.
        self.number_of = {name: number for number, name in enumerate(self.ids)}

    # -- compiling ---------------------------------------------------------------

    def _compile(self) -> None:
        conditions = dict(roots(self.model.data))
        self._place_atoms(conditions.values())
        self.first_group = len(self.masks)
        facts = {f"facts/{key}" for key in self.model.facts}
        order, _cycles = sort_facts(
            {
                path: [f"facts/{key}" for key in sorted(facts_in(conditions[path]))]
                for path in conditions
                if path in facts
            }
        )
        for path in (*order, *(p for p in conditions if p not in facts)):
            self.roots[path] = self._add(conditions[path], path)

    def _place_atoms(self, conditions: Any) -> None:
        single: dict[int, list[tuple[bytes, Atom]]] = {}
        rest: list[tuple[bytes, Atom]] = []
        seen: set[bytes] = set()
        for condition in conditions:
            for node in leaves_of(condition):
                if node["op"] == "fact":
                    continue
                mark = canonical(node)
                if mark in seen:
                    continue
                seen.add(mark)
                atom = atom_of(node, self.model)
                if atom.single is not None:
                    single.setdefault(atom.questions[0], []).append((mark, atom))
                else:
                    rest.append((mark, atom))
        for index in sorted(single):
            for mark, atom in single[index]:
                self._new_atom(mark, atom)
            answers = self.model.questions[self.questions[index]].answers
            atoms = [atom for _mark, atom in single[index]]
            keeps = answers is not None and answers.is_small
            self.blocks.append(QuestionAtoms(index, atoms, keeps))
        for mark, atom in rest:
            self._new_atom(mark, atom)
            if atom.many is not None:
                self.rest.append(atom.many)

    def _new_atom(self, mark: bytes, atom: Atom) -> None:
        slot = len(self.masks)
        self._atom_slots[mark] = slot
        self.atoms[slot] = atom
        self.masks.append(sum(1 << index for index in atom.questions))

    def _add(self, node: Json, path: str) -> int:
        """Add a condition's nodes; returns its node. At most eight levels deep."""
        number = len(self.ids)
        op = node["op"]
        self.ids.append(path)
        self.ops.append(op)
        self.nodes.append(node)
        self.slots.append(0)
        self.children.append(())
        self.links.append(-1)
        self.ends.append(0)
        self.deciders.append(0)
        if op == "fact":
            link = self.roots[f"facts/{node['fact']}"]
            self.links[number] = link
            self.slots[number] = self.slots[link]
        elif "of" in node and "." not in op:
            kids = tuple(
                self._add(child, f"{path}/{index}")
                for index, child in enumerate(node["of"])
            )
            self.children[number] = kids
            self.slots[number] = self._group(
                op, node.get("n", 0), tuple(self.slots[kid] for kid in kids)
            )
        else:
            self.slots[number] = self._atom_slots[canonical(node)]
        self.ends[number] = len(self.ids)
        self.deciders[number] = self.slots[number]
        if op != "not":
            for kid in self.children[number]:
                self.deciders[kid] = self.slots[number]
        return number

    def _group(self, op: str, n: int, kids: tuple[int, ...]) -> int:
        if len(kids) == 1 and op != "not":
            return kids[0]
        if op in ("all", "any") and len(set(kids)) == 1:
            return kids[0]
        mark = (op, n, kids if op == "at_least" else tuple(sorted(set(kids))))
        slot = self._group_slots.get(mark)
        if slot is not None:
            return slot
        slot = len(self.masks)
        self._group_slots[mark] = slot
        self.masks.append(0)
        combine: Callable[[Any], int]
        if op == "all":
            combine = min
        elif op == "any":
            combine = max
        elif op == "not":
            combine = _negate
        else:
            combine = partial(_at_least, n)
        self.groups.append((combine, functions.itemgetter(*kids), kids))
        return slot

    def _fixed_traces(self) -> list[tuple[TraceNode, ...] | None]:
        """Trace nodes whose `by` never varies, for each of the three values."""
        found: list[tuple[TraceNode, ...] | None] = []
        for number, op in enumerate(self.ops):
            kids = self.children[number]
            if len(kids) > 1:
                found.append(None)
                continue
            by: tuple[str, ...] = tuple(self.ids[kid] for kid in kids)
            if self.links[number] >= 0:
                by = (self.ids[self.links[number]],)
            name = self.ids[number]
            found.append(tuple(TraceNode(name, op, v, by) for v in (0, 1, 2)))
        return found

    def _pickers(self) -> list[Callable[[Sequence[int]], tuple[int, ...]]]:
        """Per node with several children, what picks their values."""
        return [
            functions.itemgetter(*(self.slots[kid] for kid in kids))
            if len(kids) > 1
            else tuple
            for kids in self.children
        ]

    # -- running -----------------------------------------------------------------

    def law(self, as_of: str) -> Law:
        """The values of all thresholds on a day, kept for the day last asked for."""
        kept = self._law
        if kept is not None and kept[0] == as_of:
            return kept[1]
        law = Law(as_of, known_date(as_of), self.model.thresholds)
        self._law = (as_of, law)
        return law

    def run(self, cells: Sequence[Any], law: Law) -> list[int]:
        """The value of every slot."""
        values = [NO]
        for block in self.blocks:
            cell = cells[block.index]
            values += block.kept.get(cell) or block.work_out(cell, law)
        values += [atom(cells, law) for atom in self.rest]
        add = values.append
        for combine, pick, _kids in self.groups:
            add(combine(pick(values)))
        return values

    def atoms_about(
        self, index: int, cells: Sequence[Any], law: Law
    ) -> Iterator[tuple[int, int]]:
        """The slots of the atoms that read a question, and their values."""
        start = 1
        for block in self.blocks:
            if block.index == index:
                cell = cells[index]
                found = block.kept.get(cell) or block.work_out(cell, law)
                yield from enumerate(found, start)
            start += len(block.atoms)
        for slot, atom in enumerate(self.rest, start):
            if self.masks[slot] >> index & 1:
                yield slot, atom(cells, law)

    def bounds(
        self, values: Sequence[int], unanswered: int
    ) -> tuple[list[int], list[int]]:
        """Per slot, the least and the greatest value that answers to the `unanswered`
        questions (bits) could make of it, each atom taken by itself."""
        least, most = list(values), list(values)
        for slot in range(self.first_group):
            if values[slot] == UNKNOWN and self.masks[slot] & unanswered:
                least[slot], most[slot] = NO, YES
        slot = self.first_group
        for combine, pick, _kids in self.groups:
            low, high = combine(pick(least)), combine(pick(most))
            if combine is _negate:
                low, high = high, low
            least[slot], most[slot] = low, high
            slot += 1
        return least, most

    def trace(self, number: int, value: int, values: Sequence[int]) -> TraceNode:
        """The trace of a node with several children."""
        picked = self.pickers[number](values)
        kept = self.kept[number]
        node = kept.get(picked)
        if node is None:
            ids, kids = self.ids, self.children[number]
            pairs = zip(kids, picked, strict=True)
            by = tuple(ids[kid] for kid, found in pairs if found == value)
            if len(kept) > _KEPT_TRACES:
                kept.clear()
            node = kept[picked] = TraceNode(ids[number], self.ops[number], value, by)
        return node

    def open_questions(self, values: Sequence[int], unanswered: int) -> list[int]:
        """Per slot, the unanswered questions reached through unknown nodes only."""
        unknown = UNKNOWN
        found = [
            mask & unanswered if value == unknown else 0
            for value, mask in zip(values, self.masks, strict=True)
        ]
        slot = self.first_group
        for value, group in zip(values[slot:], self.groups, strict=True):
            if value == unknown:
                mask = 0
                for kid in group[2]:
                    mask |= found[kid]
                found[slot] = mask
            slot += 1
        return found


def _negate(value: int) -> int:
    return 2 - value


def _at_least(n: int, values: tuple[int, ...]) -> int:
    if values.count(YES) >= n:
        return YES
    return NO if len(values) - values.count(NO) < n else UNKNOWN


def leaves_of(node: Json) -> list[Json]:
    """The atoms of a condition, facts and plugin operators included, in order."""
    if "of" in node and "." not in node["op"]:
        return [leaf for child in node["of"] for leaf in leaves_of(child)]
    return [node]


def facts_in(node: Json) -> set[str]:
    return {leaf["fact"] for leaf in leaves_of(node) if leaf["op"] == "fact"}


def sort_facts(uses: Mapping[str, list[str]]) -> tuple[list[str], list[str]]:
    """Facts so that each comes after those it uses, and those that lie on or behind a
    cycle. Iterative: a chain of facts may be longer than the stack is deep."""
    waiting = {key: len(set(used)) for key, used in uses.items()}
    users: dict[str, list[str]] = {key: [] for key in uses}
    for key, used in uses.items():
        for other in set(used):
            users[other].append(key)
    ready = [key for key, count in waiting.items() if not count]
    order: list[str] = []
    for key in ready:
        order.append(key)
        for user in users[key]:
            waiting[user] -= 1
            if not waiting[user]:
                ready.append(user)
    done = set(order)
    return order, [key for key in uses if key not in done]
