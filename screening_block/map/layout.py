"""Where the nodes and edges of a graph are drawn: columns from left to right.

A node stands one column before the nearest thing that rests on it, so that what a
finding rests on is read towards it. All lengths are in pixels of the drawing.
"""

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

from screening_block.publishing.parts import PartName

from .graph import Edge, Graph, Node

WIDTH = 220
LINE = 16
PADDING = 10
GAP = 14
#: The smallest distance of two edges where they leave a node, with words and without.
PORT_WITH_WORDS, PORT = 16, 5
COLUMN_WITH_WORDS, COLUMN = 500, 400
LABEL_LETTERS, LABEL_LINES = 27, 4
WORD_LETTERS = 38
SWEEPS = 8


@dataclass
class Box:
    """A node in its place; `lines` is its label, cut to what fits."""

    node: Node
    lines: list[str]
    height: int
    column: int = 0
    x: int = 0
    y: float = 0

    @property
    def middle(self) -> float:
        return self.y + self.height / 2

    @property
    def kind(self) -> str:
        return self.node.name.kind

    @property
    def text(self) -> list[tuple[int, int, str]]:
        """Yield each line with the place where it begins."""
        first = round(self.middle - LINE * (len(self.lines) - 1) / 2 + LINE / 3)
        return [
            (self.x + PADDING, first + place * LINE, line)
            for place, line in enumerate(self.lines)
        ]


@dataclass(frozen=True)
class Curve:
    """An edge: its path, and its words where it begins."""

    edge: Edge
    path: str
    x: int
    y: int
    short: str


@dataclass(frozen=True)
class Drawing:
    boxes: list[Box]
    curves: list[Curve]
    width: int
    height: int


def draw_graph(graph: Graph, *, words: bool) -> Drawing:
    """Lay a graph out; with `words` there is room for those of its edges."""
    step = PORT_WITH_WORDS if words else PORT
    out: dict[PartName, list[Edge]] = {name: [] for name in graph.nodes}
    for edge in graph.edges:
        out[edge.source].append(edge)
    boxes = {}
    for name, node in graph.nodes.items():
        lines = _wrap(node.label)
        height = max(len(lines) * LINE, len(out[name]) * step) + 2 * PADDING
        boxes[name] = Box(node, lines, height)
    columns = _assign_columns(graph, boxes, COLUMN_WITH_WORDS if words else COLUMN)
    _order_columns(columns, _find_neighbours(graph, boxes))
    curves = [
        curve
        for name, edges in out.items()
        for curve in _draw_curves(boxes[name], edges, boxes, step)
    ]
    return Drawing(
        list(boxes.values()),
        curves,
        max((box.x + WIDTH for box in boxes.values()), default=0),
        round(max((box.y + box.height for box in boxes.values()), default=0)),
    )


def _wrap(label: str) -> list[str]:
    return textwrap.wrap(
        label, LABEL_LETTERS, max_lines=LABEL_LINES, placeholder=" …"
    ) or [""]


def _assign_columns(
    graph: Graph, boxes: dict[PartName, Box], distance: int
) -> list[list[Box]]:
    """Give every box its column; return the columns from left to right."""
    to_end = _count_steps_to_end(graph)
    last = max(to_end.values(), default=0)
    linked = {name for edge in graph.edges for name in (edge.source, edge.target)}
    columns: list[list[Box]] = [[] for _column in range(last + 1)]
    for name, box in boxes.items():
        # What nothing uses and what uses nothing stands at the beginning.
        box.column = last - to_end[name] if name in linked else 0
        box.x = box.column * distance
        columns[box.column].append(box)
    return columns


def _count_steps_to_end(graph: Graph) -> dict[PartName, int]:
    """Return the longest way from each node to an end; a cycle is walked once."""
    out: dict[PartName, list[PartName]] = {name: [] for name in graph.nodes}
    for edge in graph.edges:
        out[edge.source].append(edge.target)
    found: dict[PartName, int] = {}

    def steps(name: PartName, above: frozenset[PartName]) -> int:
        if name not in found:
            above = above | {name}
            further = [steps(to, above) for to in out[name] if to not in above]
            found[name] = 1 + max(further, default=-1)
        return found[name]

    return {name: steps(name, frozenset()) for name in graph.nodes}


def _find_neighbours(
    graph: Graph, boxes: dict[PartName, Box]
) -> dict[PartName, list[Box]]:
    found: dict[PartName, list[Box]] = {name: [] for name in boxes}
    for edge in graph.edges:
        found[edge.source].append(boxes[edge.target])
        found[edge.target].append(boxes[edge.source])
    return found


def _order_columns(
    columns: list[list[Box]], next_to: dict[PartName, list[Box]]
) -> None:
    """Place the boxes of each column near what they are linked with."""
    for column in columns:
        _stack_boxes(column, [0.0] * len(column))
    for sweep in range(SWEEPS):
        for column in columns if sweep % 2 else reversed(columns):
            wished = [_choose_middle(box, next_to[box.node.name]) for box in column]
            order = sorted(range(len(column)), key=lambda i: wished[i])
            column[:] = [column[i] for i in order]
            _stack_boxes(column, [wished[i] for i in order])
    top = min((box.y for column in columns for box in column), default=0)
    for column in columns:
        for box in column:
            box.y -= top


def _choose_middle(box: Box, others: Iterable[Box]) -> float:
    middles = [other.middle for other in others]
    return sum(middles) / len(middles) if middles else box.middle


def _stack_boxes(column: list[Box], wished: list[float]) -> None:
    """Put boxes below each other, in their order, on average where they wish to be."""
    y = 0.0
    for box in column:
        box.y = y
        y += box.height + GAP
    if column:
        off = sum(
            wish - box.middle for box, wish in zip(column, wished, strict=True)
        ) / len(column)
        for box in column:
            box.y += off


def _draw_curves(
    box: Box, edges: list[Edge], boxes: dict[PartName, Box], step: int
) -> Iterable[Curve]:
    """Return the edges out of a box, in the order of where they lead."""
    edges = sorted(edges, key=lambda edge: boxes[edge.target].middle)
    y = box.middle - step * (len(edges) - 1) / 2
    for edge in edges:
        end = boxes[edge.target]
        x = box.x + WIDTH
        bend = max((end.x - x) / 2, 60)
        path = (
            f"M{x} {y:.0f}C{x + bend:.0f} {y:.0f} "
            f"{end.x - bend:.0f} {end.middle:.0f} {end.x} {end.middle:.0f}"
        )
        short = textwrap.shorten(edge.text, WORD_LETTERS, placeholder=" …")
        yield Curve(edge, path, x + 8, round(y - 3), short)
        y += step
