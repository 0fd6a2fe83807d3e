"""What Wagtail's own catalogues have in Spanish, and what they lack."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import wagtail
from babel.messages.pofile import read_po

ROOT = Path(wagtail.__file__).parent


@cache
def untranslated() -> frozenset[str]:
    """What Wagtail says in English to whoever reads Spanish, plurals included."""
    lacking = set[str]()
    for english in ROOT.rglob("locale/en/LC_MESSAGES/*.po"):
        spanish = Path(str(english).replace("/locale/en/", "/locale/es/"))
        have = _messages(spanish) if spanish.exists() else {}
        lacking |= {text for text in _messages(english) if not have.get(text)}
    return frozenset(lacking)


def _messages(path: Path) -> dict[str, bool]:
    """Each text of a catalogue, and whether it says anything for it."""
    found: dict[str, bool] = {}
    with path.open("rb") as file:
        for entry in read_po(file):
            texts: Any = entry.id if isinstance(entry.id, tuple) else (entry.id,)
            words: Any = entry.string
            words = words if isinstance(words, tuple | list) else (words,)
            for text in filter(None, texts):
                found[text] = all(words) and not entry.fuzzy
    return found
