"""The data that the condition editor in the browser is given: pickers and strings."""

from typing import Any

from django.utils.translation import gettext as _

from plugins import registry
from screening_block import engine
from screening_block.engine.choices import UNITS
from screening_block.engine.currencies import DEFAULT_CURRENCY, DIGITS, OTHER_DIGITS
from screening_block.engine.grammar import MAX_CHILDREN, MAX_NESTING
from screening_block.engine.plugins import fields_of
from screening_block.engine.wording import Wording
from screening_block.engine_extensions import get_engine_extensions
from screening_block.fields.number_fields import typed_pattern
from screening_block.models import Release, Screener

from .strings import editor_strings
from .vocabulary import KnownLaw, answer_types

#: The most digits that the minor unit of a currency has.
MOST_DIGITS = max(DIGITS, *OTHER_DIGITS.values())


def picker_data(law: KnownLaw) -> dict[str, Any]:
    """Return the law, the plugins' operators and types, the limits and the strings.

    Lists of `{"key", "label", ...}`; a threshold's `value` is its newest, in words.
    """
    texts = law.texts
    wording = Wording(
        {"thresholds": law.thresholds, "texts": {"en": texts}, "locale": "en"}, "en"
    )
    return {
        "thresholds": [
            {
                "key": key,
                "label": texts["thresholds"][key].get("label", ""),
                "type": record["type"],
                "unit": record["unit"],
                "value": wording.threshold(key) if record["values"] else "",
            }
            for key, record in law.thresholds.items()
        ],
        "charts": [
            {
                "key": key,
                "label": texts["charts"][key]["label"],
                "columns": [
                    _column(column, texts["charts"][key]) for column in chart["columns"]
                ],
                "rows": [
                    {
                        "key": row["key"],
                        "label": texts["charts"][key]["rows"][row["key"]],
                    }
                    for row in chart["rows"]
                ]
                + [{"key": engine.OTHER, "label": _("Not in this list")}],
            }
            for key, chart in law.charts.items()
        ],
        "operators": [_operator(key) for key in get_engine_extensions()["operators"]],
        "types": answer_types(),
        "units": UNITS,
        "currencies": {
            "default": DEFAULT_CURRENCY,
            "digits": DIGITS,
            "other_digits": OTHER_DIGITS,
        },
        "limits": {"nesting": MAX_NESTING, "children": MAX_CHILDREN},
        # By the number of digits behind the decimal mark.
        "numbers": [typed_pattern(digits) for digits in range(MOST_DIGITS + 1)],
        "words": editor_strings(),
    }


def _column(column: dict[str, Any], texts: dict[str, Any]) -> dict[str, Any]:
    key = column["key"]
    return {
        "key": key,
        "label": texts["columns"].get(key, ""),
        "type": column["type"],
        "values": [
            {"key": value, "label": texts["values"].get(key, {}).get(value, "")}
            for value in column["values"]
        ],
    }


def _operator(key: str) -> dict[str, Any]:
    """Return a plugin's operator for the generic form, with its fields."""
    operator: Any = registry.all("operators")[key]
    required, known = fields_of(operator)
    schema = operator.arg_schema
    hints = schema.get("properties") or schema
    return {
        "key": key,
        "label": str(operator.label or key),
        "fields": [
            {
                "name": name,
                "required": name in required,
                "hint": _hint(hints.get(name, hints.get(f"{name}?"))),
            }
            for name in sorted(known)
        ],
    }


def _hint(wanted: Any) -> str:
    if isinstance(wanted, dict):
        wanted = wanted.get("description") or wanted.get("title") or ""
    return str(wanted or "")


def published_keys(page: Screener | None) -> tuple[str, dict[str, Any]]:
    """Return the current release's hash and its keys, which can no longer change.

    Keys by section: `{"questions": {key: [option keys]}, "facts": [...], "findings":
    [...]}`; empty for a page that was never published.
    """
    release = Release.current(page.key) if page else None
    if release is None:
        return "", {"questions": {}, "facts": [], "findings": []}
    data = release.load().data
    return release.sha256, {
        "questions": {
            question["key"]: [option["key"] for option in question.get("options", ())]
            for question in data["questions"]
        },
        "facts": [fact["key"] for fact in data["facts"]],
        "findings": [finding["key"] for finding in data["findings"]],
    }
