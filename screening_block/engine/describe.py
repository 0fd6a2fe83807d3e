"""A condition as one plain sentence, for editors, reviewers and print.

A denial is pushed down to where words say it best: "is not", "less than", "none of
these". What is not filled in yet is shown as an ellipsis; nothing raises.
"""

from collections.abc import Mapping
from typing import Any

from .canonical import Json
from .grammar import MAX_NESTING
from .model import Model
from .operators import NODES
from .sentences import fill
from .wording import DENIED, TURNED, Wording


def describe(
    condition: Json,
    release: Model | Json,
    locale: str = "en",
    as_of: str | None = None,
) -> str:
    """The condition in plain words, with labels and the thresholds' numbers.

    `release` may also be the data of a draft. Numbers are those of `as_of`, or the
    newest. A fragment, without a capital letter or a full stop of its own.
    """
    return _Describer(Wording(release, locale, as_of)).node(condition, True, 1)


class _Describer:
    def __init__(self, wording: Wording) -> None:
        self.w = wording
        self.s: Json = wording.s["describe"]

    def node(self, node: Any, yes: bool, level: int) -> str:
        try:
            return self._node(node, yes, level)
        except (KeyError, TypeError, ValueError, AttributeError, IndexError):
            return self.w.words["unfinished"]

    def _node(self, node: Any, yes: bool, level: int) -> str:
        op = node["op"]
        if level > MAX_NESTING:
            return self.w.words["unfinished"]
        if op == "not":
            return self.node(node["of"][0], not yes, level + 1)
        if op in ("all", "any", "at_least"):
            return self._group(node, yes, level)
        if op not in NODES:
            return fill(self._say("plugin", yes), name=op)
        method = getattr(self, f"_{op}", self._pick)
        text: str = method(node, yes)
        return text

    def _say(self, name: str, yes: bool) -> str:
        template: str = self.s[name]["yes" if yes else "no"]
        return template

    def _group(self, node: Json, yes: bool, level: int) -> str:
        op, children = node["op"], node["of"]
        if len(children) == 1 and op != "at_least":
            return self.node(children[0], yes, level + 1)
        if not children:
            return self.w.words["unfinished"]
        items = ""
        for child in children:
            part = self.node(child, True, level + 1)
            if self._is_group(child):
                part = fill(self.s["nested"], group=part)
            items = fill(self.s["between"], a=items, b=part) if items else part
        n = self.w.number(node["n"]) if op == "at_least" else ""
        return fill(self._say(op, yes), items=items, n=n)

    def _is_group(self, node: Any) -> bool:
        """Whether a child's sentence is a list of its own, which needs brackets."""
        while isinstance(node, Mapping):
            children = node.get("of")
            if not isinstance(children, list) or "." in str(node.get("op")):
                return False
            if node.get("op") == "at_least" or len(children) != 1:
                return True
            node = children[0]
        return False

    def _pick(self, node: Json, yes: bool) -> str:
        question, op = node["question"], node["op"]
        values = [node["value"]] if op == "is" else node["values"]
        return fill(
            self._say(op, yes),
            question=self.w.subject(question),
            values=self.w.list(
                (self.w.option(question, value) for value in values),
                "and" if op == "has_all" else "or",
            ),
        )

    def _column(self, node: Json, yes: bool) -> str:
        question, column = node["question"], node["column"]
        chart = self.w.questions[question]["chart"]
        return fill(
            self._say("column_has" if node["test"] == "has_any" else "column", yes),
            column=self.w.label("charts", chart, "columns", column),
            question=self.w.subject(question),
            values=self.w.cell(chart, column, node["values"], "or"),
        )

    def _operand(self, operand: Json, other: Json) -> str:
        if "question" in operand:
            return self.w.subject(operand["question"])
        if "today" in operand:
            return self.w.words["today"]
        if "threshold" in operand:
            return self.w.threshold(operand["threshold"])
        return self.w.fixed_value(operand["value"], other)

    def _compare(self, node: Json, yes: bool) -> str:
        left, right, cmp = node["left"], node["right"], node["cmp"]
        if "question" not in left and "question" in right:
            left, right, cmp = right, left, TURNED[cmp]
        phrase = self.w.phrase(
            self.w.phrases_of(left, right),
            cmp if yes else DENIED[cmp],
            self._operand(right, left),
        )
        return fill(
            self.s["compare"],
            left=self._named(self._operand(left, right), left),
            phrase=self._named(phrase, right),
        )

    def _named(self, text: str, operand: Json) -> str:
        """A number of the law, or a phrase around it, with the threshold's name."""
        if "threshold" not in operand:
            return text
        label = self.w.label("thresholds", operand["threshold"], "label")
        return fill(self.w.words["named"], value=text, label=label)

    def _elapsed(self, node: Json, yes: bool) -> str:
        cmp = node["cmp"] if yes else DENIED[node["cmp"]]
        n = node["n"]
        if "value" in n:
            period = self.w.number(n["value"], node["unit"])
        else:
            period = self._operand(n, {})
        sentence = fill(
            self.s["elapsed"],
            phrase=self._named(self.w.phrase("number", cmp, period), n),
            **{side: self._operand(node[side], {}) for side in ("from", "until")},
        )
        if "roll" in node:
            return fill(self.s[f"elapsed_{node['roll']}"], sentence=sentence)
        return sentence

    def _fact(self, node: Json, yes: bool) -> str:
        label = self.w.label("facts", node["fact"], "label")
        return fill(self._say("fact", yes), fact=label.rstrip("."))

    def _dont_know(self, node: Json, yes: bool) -> str:
        question = self.w.subject(node["question"])
        return fill(self._say("dont_know", yes), question=question)
