"""How questions, facts and findings of a release hang together.

An edge leads from what a condition tests to the part whose condition it is, and says in
few words what is tested. Made from a draft: what is unfinished or names nothing
has no edge, and a cycle does no harm.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy, override

from screening_block import engine
from screening_block.publishing.parts import LISTS, PartName, split_release
from screening_block.publishing.uses import list_fields, list_operands
from screening_block.review.part_words import part_title

#: What stands before the words of an edge that is not the main rule of a part.
RULE_WORDS = {
    "may_apply_when": gettext_lazy("may apply if"),
    "unless": gettext_lazy("never if"),
    "urgent_when": gettext_lazy("urgent if"),
    "notes": gettext_lazy("extra sentence if"),
    "ask_when": gettext_lazy("asked if"),
}
#: Stands for the thing itself in a sentence about it.
ITSELF = "…"


@dataclass(frozen=True)
class Node:
    name: PartName
    label: str


@dataclass(frozen=True)
class Edge:
    """`words`: one phrase for each test; `rules`: the fields they stand in."""

    source: PartName
    target: PartName
    words: tuple[str, ...]
    rules: tuple[str, ...]

    @property
    def text(self) -> str:
        return "; ".join(self.words)


@dataclass(frozen=True)
class Graph:
    """Nodes in the order of the release; the edges lead from and to nodes."""

    nodes: dict[PartName, Node]
    edges: tuple[Edge, ...]

    def into(self, name: PartName) -> list[Edge]:
        return [edge for edge in self.edges if edge.target == name]

    def out_of(self, name: PartName) -> list[Edge]:
        return [edge for edge in self.edges if edge.source == name]

    def around(self, name: PartName, steps: int) -> Graph:
        """Return what `name` depends on, and what depends on it, up to so many steps
        away."""
        names = {name} | self._reached(name, steps, True)
        names |= self._reached(name, steps, False)
        return Graph(
            {each: node for each, node in self.nodes.items() if each in names},
            tuple(e for e in self.edges if e.source in names and e.target in names),
        )

    def _reached(self, name: PartName, steps: int, back: bool) -> set[PartName]:
        next_to: dict[PartName, list[PartName]] = {}
        for edge in self.edges:
            ends = (edge.target, edge.source) if back else (edge.source, edge.target)
            next_to.setdefault(ends[0], []).append(ends[1])
        found: set[PartName] = set()
        edge_of = {name}
        for _step in range(steps):
            edge_of = {n for at in edge_of for n in next_to.get(at, ())} - found
            found |= edge_of
        return found

    def matching(self, text: str) -> list[PartName]:
        """Return nodes whose label or key has every one of the words."""
        wanted = text.lower().split()
        return [
            name
            for name, node in self.nodes.items()
            if all(word in f"{node.label} {name.key}".lower() for word in wanted)
        ]


def build_graph(data: dict[str, Any], as_of: str) -> Graph:
    """Build the graph of a release, or of a draft's data, with the law of a day.

    Its words are in the language of the rules throughout, whatever the editor reads.
    """
    with override(data["locale"]):
        return _build(data, as_of)


def _build(data: dict[str, Any], as_of: str) -> Graph:
    every = split_release(data)
    parts = {name: part for name, part in every.items() if name.kind in LISTS}
    nodes = {name: Node(name, part_title(name, part)) for name, part in parts.items()}
    says = _TestWords(data, as_of)
    found: dict[tuple[PartName, PartName], dict[str, list[str]]] = {}
    for name, part in parts.items():
        for field, _key, condition in list_fields(name, part):
            if not isinstance(condition, dict):
                continue
            for atom, yes in _list_atoms(condition, True):
                for used in dict.fromkeys(list_operands(atom)):
                    if used in nodes:
                        rules = found.setdefault((used, name), {})
                        rules.setdefault(field, []).append(says.of(used, atom, yes))
    return Graph(
        nodes,
        tuple(
            Edge(source, target, tuple(_list_phrases(rules)), tuple(rules))
            for (source, target), rules in found.items()
        ),
    )


def _list_phrases(rules: dict[str, list[str]]) -> Iterator[str]:
    for field, words in rules.items():
        before = RULE_WORDS.get(field, "")
        for phrase in dict.fromkeys(words):
            yield f"{before} {phrase}".strip()


def _list_atoms(node: Any, yes: bool) -> Iterator[tuple[dict[str, Any], bool]]:
    """Yield each condition without conditions in it, and whether it is wanted or
    denied."""
    if not isinstance(node, dict):
        return
    children = node.get("of")
    if isinstance(children, list):
        for child in children:
            yield from _list_atoms(child, yes != (node.get("op") == "not"))
    else:
        yield node, yes


class _TestWords:
    """What a condition says about a question or a fact, without its name."""

    def __init__(self, data: dict[str, Any], as_of: str):
        self.data, self.as_of = data, as_of
        self.locale = data["locale"]

    def of(self, used: PartName, atom: dict[str, Any], yes: bool) -> str:
        if atom.get("op") == "dont_know":
            return _("not sure") if yes else _("sure")
        texts = self.data["texts"][self.locale]
        plural = LISTS[used.kind]
        label = {**texts[plural].get(used.key, {}), "label": ITSELF}
        thresholds = {key: {"label": ITSELF} for key in texts["thresholds"]}
        texts = {
            **texts,
            plural: {**texts[plural], used.key: label},
            "thresholds": thresholds,
        }
        data = {**self.data, "texts": {self.locale: texts}}
        condition = atom if yes else {"op": "not", "of": [atom]}
        sentence = engine.describe(condition, data, self.locale, self.as_of)
        # The name of a number of the law in brackets after it is left out as well.
        sentence = sentence.replace(f" ({ITSELF})", "")
        return sentence.removeprefix(ITSELF).lstrip(": ") or _("unfinished")
