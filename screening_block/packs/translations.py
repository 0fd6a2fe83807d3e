"""Read the texts of a law pack in other languages.

Below ``translations/<locale>/`` each file holds a part of ``texts[locale]`` as a
release has it: ``title``, ``questions``, ``findings`` and so on. The files of a
language are merged. Refused, with file and line: a text that two files give, a text of
something that the pack does not have, and a text that is too long for its field. What
no file gives stays in the pack's own language; ``find_missing`` lists it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from screening_block.engine.choices import OF_ONE_LANGUAGE

from . import lengths
from .source_lines import Source
from .strict_yaml import Document, Trail, quote, read_text, read_yaml

FOLDER = "translations"
Texts = dict[str, Any]
#: Where each text, and each place above one, stands: by its path in a release.
Places = dict[str, Source]


def is_translation(file: Path, root: Path) -> bool:
    return file.relative_to(root).parts[0] == FOLDER


def read_translations(
    root: Path, own: str, base: Mapping[str, Any]
) -> tuple[dict[str, Texts], Places, list[str]]:
    """Return the texts by locale, their places, and what is wrong, as
    "file:line: message".

    `base`: the pack's texts in its own locale, `own`; nothing else can be translated.
    """
    texts: dict[str, Texts] = {}
    places: Places = {}
    problems: list[str] = []
    base = {**base, **dict.fromkeys(OF_ONE_LANGUAGE, "")}
    for file in sorted((root / FOLDER).rglob("*.y*ml")):
        name = file.relative_to(root).as_posix()
        locale = file.parent.name
        if file.suffix != ".yaml" or file.parent.parent != root / FOLDER:
            problems.append(f"{name}:1: expected {FOLDER}/<locale>/<name>.yaml")
            continue
        if locale == own:
            problems.append(f"{name}:1: the pack itself is in {quote(own)}")
            continue
        text = read_text(file, name, problems)
        if text is None:
            continue
        document = read_yaml(text, name)
        if not document.problems and document.value is not None:
            _File(document, locale, places).merge(texts.setdefault(locale, {}), base)
        problems += document.problems
    return texts, places, problems


class _File:
    """One file on its way into the texts of its locale."""

    def __init__(self, document: Document, locale: str, places: Places) -> None:
        self.document, self.locale, self.places = document, locale, places

    def merge(self, into: Texts, base: Mapping[str, Any]) -> None:
        lengths.clean_texts(self.document.value, (), self.document)
        self._merge(self.document.value, into, base, ())

    def _merge(self, given: Any, into: Texts, base: Any, at: Trail) -> None:
        complain = self.document.complain
        if not isinstance(given, dict):
            complain(at, "expected texts (name: text)")
            return
        for name, said in given.items():
            here = (*at, name)
            place = "/".join(map(str, (self.locale, *here)))
            if name not in base:
                complain(
                    here, f"the pack has no text {quote('/'.join(map(str, here)))}"
                )
                continue
            if isinstance(base[name], dict):
                self.places.setdefault(place, (self.document, here, said))
                self._merge(said, into.setdefault(name, {}), base[name], here)
            elif not isinstance(said, str):
                complain(here, f"{quote(name)} must be text")
            elif name in into:
                before, trail, _said = self.places[place]
                line = before.lines.get(trail, 1)
                complain(here, f"this text is given in {before.name}:{line} already")
            else:
                self.places[place] = (self.document, here, said)
                into[name] = said


def list_texts(texts: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Yield every text of one language with its path, such as "facts/live/label"."""
    if isinstance(texts, dict):
        for name, inner in texts.items():
            yield from list_texts(inner, (*path, name))
    elif texts:
        yield "/".join(path), texts


def find_missing(base: Any, better: Any) -> list[str]:
    """Return the paths of the texts of `base` that `better` does not give."""
    given = dict(list_texts(better))
    return [path for path, _text in list_texts(base) if path not in given]
