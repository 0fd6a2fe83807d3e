"""The engine's own words: templates in `sentences.<locale>.json`.

A locale without a file, or a sentence a file lacks, falls back to English.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from .canonical import Json

_FOLDER = Path(__file__).parent
_SLOT = re.compile(r"\{([a-z]+)\}")


@cache
def spoken() -> frozenset[str]:
    """Return the locales that there are sentences in."""
    return frozenset(p.name.split(".")[1] for p in _FOLDER.glob("sentences.*.json"))


def sentences(locale: str) -> Json:
    """Return the sentences of a locale, of its language, or the English ones."""
    for name in (locale, re.split("[-_]", locale)[0]):
        if name in spoken():
            return _sentences(name)
    return _sentences("en")


@cache
def typed_words(name: str) -> tuple[str, ...]:
    """Return what people type for a unit of time, or for “and”, in any language."""
    files = (_sentences(one)["typed"][name] for one in sorted(spoken()))
    return tuple(sorted({word for words in files for word in words}))


@cache
def _sentences(name: str) -> Json:
    text = (_FOLDER / f"sentences.{name}.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found if name == "en" else _merge(_sentences("en"), found)


def _merge(base: Json, over: Json) -> dict[str, Any]:
    merged = {**base, **over}
    for key, value in base.items():
        if isinstance(value, dict) and isinstance(over.get(key), dict):
            merged[key] = _merge(value, over[key])
    return merged


def fill(template: str, **values: str) -> str:
    """Fill the slots of a template, all at once: what a value holds is not read."""
    return _SLOT.sub(lambda match: values.get(match[1], match[0]), template)
