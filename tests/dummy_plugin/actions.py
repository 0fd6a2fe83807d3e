from collections.abc import Mapping
from typing import Any

from plugins import ResultAction


class CallBack(ResultAction):
    """Offers a call back by the legal aid line of a county."""

    key = "dummy_plugin.call_back"
    label = "Call back"
    arg_schema = {"county": "text"}

    def present(self, action: Mapping[str, Any], locale: str) -> dict[str, str]:
        county = action["county"]
        return {
            "label": f"Ask for a call back ({county})",
            "url": f"https://example.org/{locale}/call/{county}",
        }
