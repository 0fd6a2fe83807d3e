"""The shape of a release, format 1, and the limits; of conditions: `operators.py`.

`load.py` and `conditions.py` check what a schema cannot say.
"""

import re
from typing import Any

from .canonical import MAX_INTEGER
from .choices import (
    ACTION_TYPES,
    ANSWER_TYPES,
    COLUMN_TYPES,
    FINDING_GROUPS,
    ROLLS,
    SEVERITIES,
    SHORT_PARTS,
    STATUSES,
    THRESHOLD_TYPES,
    UNITS,
)
from .dates import date_key
from .shapes import (
    AnyOf,
    Anything,
    Boolean,
    Checked,
    Integer,
    Items,
    Keyed,
    OneOf,
    OrNull,
    Record,
    Report,
    Shape,
    Text,
)

FORMAT = 1
#: Levels of a condition; its root is level 1. What a fact stands for is not counted.
MAX_NESTING = 8
#: Children of one node.
MAX_CHILDREN = 64
#: Conditions of a release. A condition is a root: a finding's `applies_when`,
#: `may_apply_when`, `unless` or `urgent_when`, the `when` of a note, a fact or a
#: line in short, an `ask_when`.
MAX_CONDITIONS = 500
MAX_QUESTIONS = 200
#: Rows of all charts of a release together.
MAX_CHART_ROWS = 2_000
#: Of the time that a visit is said to take.
MAX_MINUTES = 240
#: Bytes of the canonical form.
MAX_BYTES = 1024 * 1024

KEY_PATTERN = "[a-z0-9_]{1,64}"
PLUGIN_PATTERN = r"[a-z0-9_]{1,64}\.[a-z0-9_]{1,64}"
#: The answer to a chart question that is not in the chart.
OTHER = "other"
#: The one name in braces that is no threshold.
DATE_NAME = "date"

#: Where a link may lead: another site, this site, a letter or a call.
URL_PATTERN = r"(?:https?://[^\s/]|/(?![/\\])|mailto:[^\s]|tel:[^\s])[^\s]*"

_IS_PLUGIN = re.compile(PLUGIN_PATTERN, re.ASCII).fullmatch
_IS_KEY = re.compile(KEY_PATTERN, re.ASCII).fullmatch
KEY = Text(KEY_PATTERN, "a key of a to z, 0 to 9 and _, at most 64")
DATE = Checked(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "a date of the years 1900 to 2100 (YYYY-MM-DD)",
    lambda text: date_key(text) is not None,
    "date",
)
NUMBER = Integer(-MAX_INTEGER, MAX_INTEGER)
TEXT = Text()
STATUS = OneOf(STATUSES)
URL = Text(
    URL_PATTERN, "an address that begins with https://, http://, /, mailto: or tel:"
)

CITATION = Record({"text": TEXT, "status": STATUS}, {"url": URL, "source": TEXT})
CITATIONS = Items(CITATION)
VALUES = Items(KEY, least=1, unique=True)
CONDITION = Anything("condition")

QUESTION = Record(
    {"key": KEY, "type": OneOf(ANSWER_TYPES, PLUGIN_PATTERN)},
    {
        "options": Items(Record({"key": KEY}, {"exclusive": Boolean()}), least=1),
        "chart": KEY,
        "unit": KEY,
        "min": NUMBER,
        "max": NUMBER,
        "currency": Text("[A-Z]{3}", "a currency code such as USD"),
        "ask_when": CONDITION,
        "optional": Boolean(),
        "off_paper": Boolean(),
        # Of the questions in a row that have the same, the heading above them.
        "section": KEY,
    },
)
COLUMN = Record(
    {
        "key": KEY,
        "type": OneOf(COLUMN_TYPES),
        "values": VALUES,
        "default": AnyOf(
            "a value, a list of values or null",
            {type(None): OrNull(KEY), str: KEY, list: Items(KEY, unique=True)},
        ),
    }
)
ROW = Record(
    {
        "key": KEY,
        "cells": Keyed(
            KEY_PATTERN,
            AnyOf(
                "a value or a list of values; leave a blank cell out",
                {str: KEY, list: Items(KEY, unique=True)},
            ),
        ),
        "citations": CITATIONS,
        "status": STATUS,
        "checked_on": OrNull(DATE),
    }
)
CHART = Record({"columns": Items(COLUMN, most=MAX_CHILDREN), "rows": Items(ROW)})
THRESHOLD = Record(
    {
        "type": OneOf(THRESHOLD_TYPES),
        "unit": OrNull(OneOf(UNITS)),
        "values": Items(
            Record(
                {
                    "from": DATE,
                    "value": AnyOf("a number or a date", {int: NUMBER, str: DATE}),
                }
            ),
            least=1,
        ),
        "citations": CITATIONS,
        "status": STATUS,
        "checked_by": OrNull(TEXT),
        "checked_on": OrNull(DATE),
    }
)


class _Action(Shape):
    """An action. A plugin's own (`<plugin>.<name>`) may hold more fields."""

    def check(self, value: Any, path: str, report: Report) -> bool:
        kind = value.get("type") if type(value) is dict else None
        if type(kind) is str and _IS_PLUGIN(kind):
            extra = [name for name in value if name not in ACTION.fields]
            if not all(map(_IS_KEY, extra)):
                report(path, "key", "A field's name here is not a key.")
                return False
            value = {n: v for n, v in value.items() if n not in extra}
        return ACTION.check(value, path, report)

    def schema(self) -> dict[str, Any]:
        core = ACTION.schema()
        own = {**core, "patternProperties": {f"^(?:{KEY_PATTERN})$(?!\\n)": {}}}
        types = {"type": Text(PLUGIN_PATTERN).schema()}
        own["properties"] = {**core["properties"], **types}
        types = {"type": OneOf(ACTION_TYPES).schema()}
        core["properties"] = {**core["properties"], **types}
        return {"anyOf": [core, own]}


#: `subject` is for "help": what for, a key of the directory of help.
ACTION = Record(
    {"key": KEY, "type": OneOf(ACTION_TYPES, PLUGIN_PATTERN)},
    {"url": URL, "subject": KEY},
)
FACT = Record({"key": KEY, "when": CONDITION})
FINDING = Record(
    {
        "key": KEY,
        "group": OneOf(FINDING_GROUPS),
        "severity": OneOf(SEVERITIES),
        "citations": CITATIONS,
        "status": STATUS,
        "checked_on": OrNull(DATE),
        "actions": Items(_Action()),
    },
    {
        "urgent_when": CONDITION,
        "applies_when": CONDITION,
        "may_apply_when": CONDITION,
        "unless": CONDITION,
        "notes": Items(
            Record({"key": KEY, "when": CONDITION}, {"reassures": Boolean()})
        ),
        "off_paper": Boolean(),
        "reassures": Boolean(),
    },
)
LINE = Record({"key": KEY}, {"when": CONDITION, "reassures": Boolean()})
SHORT = Record({}, {part: Items(LINE, most=MAX_CHILDREN) for part in SHORT_PARTS})
SHOWN = Record(
    {},
    {
        "open_most": Integer(1, MAX_CHILDREN),
        "groups": Items(
            Record(
                {
                    "key": KEY,
                    # What may help comes last, whatever it is.
                    "of": Items(
                        OneOf(tuple(g for g in FINDING_GROUPS if g != "help")),
                        least=1,
                        unique=True,
                    ),
                }
            ),
            most=MAX_CHILDREN,
        ),
    },
)
WORDS = Text(blank=True)
LOCALE_PATTERN = "[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8}){0,3}"


def _words(item: Shape) -> Shape:
    return Keyed(KEY_PATTERN, item)


#: Every text is optional in the shape: a missing one falls back to the source locale,
#: whose completeness is checked in `texts.py`.
TEXTS = Record(
    {},
    {
        "title": WORDS,
        "intro": WORDS,
        "at_hand": WORDS,
        "foreign_words": WORDS,
        "sections": _words(WORDS),
        "questions": _words(
            Record(
                {},
                {
                    "label": WORDS,
                    "help": WORDS,
                    "why": WORDS,
                    "where": WORDS,
                    "options": _words(WORDS),
                },
            )
        ),
        "charts": _words(
            Record(
                {},
                {
                    "label": WORDS,
                    "columns": _words(WORDS),
                    "rows": _words(WORDS),
                    # Words for the values of a column: {column: {value: label}}.
                    "values": _words(_words(WORDS)),
                },
            )
        ),
        "thresholds": _words(Record({}, {"label": WORDS, "note": WORDS})),
        "facts": _words(Record({}, {"label": WORDS})),
        "findings": _words(
            Record(
                {},
                {
                    "heading": WORDS,
                    "body": WORDS,
                    "notes": _words(WORDS),
                    "actions": _words(WORDS),
                },
            )
        ),
        "short": _words(WORDS),
        "shown": _words(WORDS),
    },
)

RELEASE = Record(
    {
        "format": Integer(FORMAT, FORMAT),
        "key": Text("[a-z0-9-]{1,64}", "a key of a to z, 0 to 9 and -, at most 64"),
        "jurisdiction": Text("[a-z0-9-]{1,64}", "a code such as us-ca"),
        "locale": Text(LOCALE_PATTERN, "a language code such as en"),
        "time_zone": Text("[A-Za-z0-9_+/-]{1,64}", "a time zone name"),
        "roll": OneOf(ROLLS),
        "review": Record(
            {
                "reviewer": OrNull(TEXT),
                "reviewed_on": OrNull(DATE),
                "next_due": OrNull(DATE),
            }
        ),
        "questions": Items(QUESTION, most=MAX_QUESTIONS),
        "charts": Keyed(KEY_PATTERN, CHART),
        "thresholds": Keyed(KEY_PATTERN, THRESHOLD),
        "facts": Items(FACT, most=MAX_CONDITIONS),
        "findings": Items(FINDING, least=1, most=MAX_CONDITIONS),
        "texts": Keyed(LOCALE_PATTERN, TEXTS, least=1),
    },
    {
        "exclusive": Items(Items(KEY, least=2, most=2, unique=True)),
        "about": Record({}, {"minutes": Integer(1, MAX_MINUTES)}),
        "short": SHORT,
        "shown": SHOWN,
        # Those whose words no legal translator has checked.
        "unreviewed_languages": Items(
            Text(LOCALE_PATTERN, "a language code such as en"), unique=True
        ),
    },
)
