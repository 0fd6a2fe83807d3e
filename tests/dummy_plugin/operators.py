from collections.abc import Mapping
from pathlib import Path
from typing import Any

from plugins import Operator


class Multiple(Operator):
    """{"op": "dummy_plugin.multiple", "question": q, "of": 3}"""

    key = "dummy_plugin.multiple"
    label = "is a multiple of"
    arg_schema = {"question": "integer question", "of": "positive integer"}
    client_module = "dummy_plugin/multiple.js"
    vectors = Path(__file__).parent / "vectors" / "multiple.json"

    def check(self, node: Mapping[str, Any], ctx: Any) -> list[tuple[str, str, str]]:
        if type(node["of"]) is not int or node["of"] < 1:
            return [("of", "not_positive", "The divisor must be 1 or more.")]
        return []

    def evaluate(self, node: Mapping[str, Any], ctx: Any) -> int:
        answer = ctx.answer(node["question"])
        if answer is None:
            return 1
        return 2 if answer % node["of"] == 0 else 0
