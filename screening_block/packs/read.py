"""Read a law pack: legal content as YAML files that a lawyer can read.

A pack is a folder::

    screener.yaml  questions.yaml  thresholds.yaml  facts.yaml  short.yaml
    charts/*.yaml  findings/*.yaml  scenarios/*.yaml  translations/<locale>/*.yaml

Only ``screener.yaml`` must exist. In the files a text stands beside the key it
belongs to; ``Pack.release`` moves the texts to their own place and returns release
format 1, which the engine then checks. This module checks only what would get lost
on that way: unknown and missing fields, keys used twice, files nobody reads.
The YAML is the strict subset of ``strict_yaml``; of other languages see
``translations``.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from screening_block.engine.texts import overlay_texts
from screening_block.publishing import editor_notes
from screening_block.publishing.parts import (
    QUESTION_WORDS,
    SETTINGS_WORDS,
    PartName,
    begin_sections,
)

from . import lengths
from .source_lines import Source, find_line
from .strict_yaml import Document, Trail, quote, read_text, read_yaml
from .translations import (
    FOLDER as TRANSLATIONS,
    find_missing,
    is_translation,
    read_translations,
)

FORMAT = 1


class PackError(ValueError):
    """A pack cannot be read. ``problems`` holds every one as "file:line: message"."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class _Shape:
    required: frozenset[str]
    optional: frozenset[str]
    max_lengths: Mapping[str, int]  # of texts that are one line
    lists: Mapping[str, _Shape]  # the fields that hold a list of such mappings

    def fit(self, value: Any, path: Trail, document: Document) -> None:
        """Note whatever keeps ``value`` from being a mapping of this shape."""
        if not isinstance(value, dict):
            document.complain(path, FIELDS_EXPECTED)
            return
        for name in sorted(self.required - value.keys()):
            document.complain(path, f"missing field {name!r}")
        for name, inner in value.items():
            if name not in self.required | self.optional:
                document.complain((*path, name), f"unknown field {quote(name)}")
            elif name in self.lists:
                _fit_list(inner, self.lists[name], (*path, name), document)
            elif name in _TEXTS and not isinstance(inner, str):
                document.complain((*path, name), f"{name!r} must be text")
            elif name in self.max_lengths:
                lengths.clean_line(value, name, self.max_lengths[name], path, document)
            elif name == "url":
                lengths.clean_url(value, path, document)
            elif name in _NOTES:
                lengths.clean_lines(value, name, path, document)
            elif name == "look_again":
                lengths.check_day(value, name, path, document)
            elif name == "shown":
                _SHOWN.fit(inner, (*path, name), document)
            elif name in ("words", "headings"):
                at = (*path, name)
                lengths.clean_texts(inner, at, document, {"*": lengths.WORD})
                if name == "headings" and not isinstance(inner, dict):
                    document.complain(at, FIELDS_EXPECTED)
            elif name in _FIELDS and not isinstance(inner, dict):
                document.complain((*path, name), FIELDS_EXPECTED)
            elif name in _LISTS and not isinstance(inner, list):
                document.complain((*path, name), LIST_EXPECTED)
            elif name == "review":
                at = (*path, name)
                lengths.clean_line(inner, "reviewer", lengths.REVIEWER, at, document)


def _shape(required: str, optional: str = "", **lists: _Shape) -> _Shape:
    """A shape by the names of its fields; `label:250` has at most 250 characters."""
    fields = [name.partition(":") for name in f"{required} {optional}".split()]
    return _Shape(
        frozenset(name.partition(":")[0] for name in required.split()),
        frozenset(name.partition(":")[0] for name in optional.split()),
        {name: int(length) for name, _colon, length in fields if length},
        lists,
    )


def _fit_list(value: Any, shape: _Shape, path: Trail, document: Document) -> None:
    if not isinstance(value, list):
        document.complain(path, LIST_EXPECTED)
        return
    for number, item in enumerate(value):
        shape.fit(item, (*path, number), document)


FIELDS_EXPECTED = "expected fields (name: value)"
LIST_EXPECTED = "expected a list (lines beginning with -)"
# What is used before the engine judges it, by what it must be.
_KEYS_AND_TEXTS = (
    "key name title intro at_hand label section help why where heading body text locale"
)
_TEXTS = frozenset(f"{_KEYS_AND_TEXTS} part note editors_note what".split())
_NOTES = frozenset({"note", "editors_note"})
_FIELDS = frozenset({"review", "about", "answers", "expect"})
_LISTS = frozenset({"findings"})
_SHOWN = _shape("", "open_most groups headings", groups=_shape("key of heading:160"))
_CITATION = _shape("text:250 status", "url source:80 note")
_WATCH = _shape("what:250", "look_again url")
_ROW = _shape(
    "key label:200 cells citations status",
    "checked_by:120 checked_on note watch",
    citations=_CITATION,
    watch=_WATCH,
)
# The lengths are those of the editor's fields; a test holds them together.
_SHAPES = {
    "screener": _shape(
        "key title:255 intro jurisdiction:40 time_zone:64 roll",
        "locale review exclusive about at_hand shown note findings",
    ),
    "questions": _shape(
        "key type label:250 why",
        "section:120 help where options chart unit min max currency ask_when optional "
        "off_paper",
        options=_shape("key label:250", "exclusive"),
    ),
    "thresholds": _shape(
        "key type values label:200 citations status",
        "unit note checked_by:120 checked_on editors_note watch",
        values=_shape("from value"),
        citations=_CITATION,
        watch=_WATCH,
    ),
    "charts": _shape(
        "key label:200 columns rows",
        columns=_shape("key type values default label:120", "words"),
        rows=_ROW,
    ),
    "facts": _shape("key label:250 when"),
    "findings": _shape(
        "key group severity heading:250 body citations status",
        "rule urgent_when applies_when may_apply_when unless notes actions checked_on "
        "checked_by:120 note off_paper reassures watch",
        citations=_CITATION,
        watch=_WATCH,
        notes=_shape("key when text", "reassures"),
        actions=_shape("key type label:250", "url subject"),
    ),
    "short": _shape("part key text", "when reassures"),
    "scenarios": _shape("name:160 why as_of answers expect"),
}
_FOLDERS = ("charts", "findings", "scenarios")  # the others are one file each


@dataclass(frozen=True)
class Pack:
    """A pack as it was read; treat it as read-only.

    ``parts`` maps "screener" to its fields, and "questions", "thresholds",
    "charts", "facts" and "findings" to lists of mappings in reading order, texts
    beside keys just as in the files. ``scenarios`` is a list of {name, why, as_of,
    answers, expect}; only the findings in ``expect`` are promised.
    """

    path: Path
    parts: dict[str, Any]
    scenarios: list[dict[str, Any]]
    _homes: dict[tuple[str, str], Source]
    #: Texts of other locales, as a release has them; what they lack is in its own.
    translations: dict[str, Any] = field(default_factory=dict)

    def release(self) -> dict[str, Any]:
        """Return a new release dict in format 1, which the engine then checks."""
        parts = copy.deepcopy(self.parts)
        dict(editor_notes.take_all_notes(parts))
        screener = parts["screener"]
        locale = screener.get("locale", "en")
        review = {"reviewer": None, "reviewed_on": None, "next_due": None}
        shown, headings = _split_shown(screener.pop("shown", {}))
        texts: dict[str, Any] = {
            name: screener[name] for name in SETTINGS_WORDS if name in screener
        }
        release = {
            "format": FORMAT,
            "locale": locale,
            "review": review | screener.get("review", {}),
            "texts": {locale: texts},
            **{n: screener[n] for n in ("key", "jurisdiction", "time_zone", "roll")},
        }
        for name in ("exclusive", "about"):
            if screener.get(name):
                release[name] = screener[name]
        for section in ("questions", "charts", "thresholds", "facts", "findings"):
            split = [_SPLITTERS[section](item) for item in parts[section]]
            texts[section] = {key: text for key, _, text in split}
            if section in ("charts", "thresholds"):
                release[section] = {key: item for key, item, _ in split}
            else:
                release[section] = [{"key": key, **item} for key, item, _ in split]
        begin_sections(release)
        release |= {"shown": shown} if shown else {}
        texts |= {"shown": headings} if headings else {}
        for line in parts["short"]:
            short = release.setdefault("short", {})
            texts.setdefault("short", {})[line["key"]] = line.pop("text")
            short.setdefault(line.pop("part"), []).append(line)
        for other, given in self.translations.items():
            release["texts"][other] = overlay_texts(texts, given)
        return release

    def missing_texts(self) -> dict[str, list[str]]:
        """Return by locale the paths of the texts that are not in it yet."""
        release = self.release()
        own = release["texts"][release["locale"]]
        return {
            locale: find_missing(own, given)
            for locale, given in self.translations.items()
        }

    def notes_by_part(self) -> dict[PartName, editor_notes.EditorNotes]:
        """Return the editor notes (see `editor_notes`) by part."""
        found = editor_notes.take_all_notes(copy.deepcopy(self.parts))
        return {PartName(*name): notes for name, notes in found if notes}

    def place(self, path: str) -> str:
        """Return where an engine path such as "facts/live/when/0" stands, as
        "file:line".

        A path that leaves the files ends at the last step that was found.
        """
        return find_line(path, self._homes, self.parts) or str(self.path)


def read_pack(path: str | Path) -> Pack:
    """Read the pack in folder ``path``; raises PackError with all its problems."""
    root = Path(path)
    problems: list[str] = []
    pieces = (
        _Piece(section, document, (), document.value)
        for section, document in _read_documents(root, problems)
    )
    pack = _collect(root, pieces, problems)
    if (root / TRANSLATIONS).is_dir():
        _add_translations(pack)
    return pack


def _add_translations(pack: Pack) -> None:
    release = pack.release()
    own = release["locale"]
    texts, places, problems = read_translations(pack.path, own, release["texts"][own])
    if problems:
        raise PackError(problems)
    pack.translations.update(texts)
    pack._homes.update({("translations", path): home for path, home in places.items()})


def read_file(text: str, name: str) -> Pack:
    """Read a pack that is one file (see `write`): a field for each section.

    ``charts`` is a list there, and ``translations`` holds the texts of other locales as
    a release has them. Raises PackError with all its problems.
    """
    document = read_yaml(text, name)
    value = document.value
    if not document.problems and not isinstance(value, dict):
        document.complain((), "expected the parts of a screener (name: value)")
    if document.problems:
        raise PackError(document.problems)
    if value.pop("format", None) != FORMAT:
        document.complain((), f"this is not a screener in format {FORMAT}")
    translations = value.pop("translations", {})
    if not isinstance(translations, dict):
        document.complain(("translations",), "expected texts by locale")
    pieces: list[_Piece] = []
    for section, given in value.items():
        at: Trail = (section,)
        if section not in _SHAPES:
            said = f"no part of a screener is called {quote(section)}"
            document.complain(at, said)
        elif section != "charts":
            pieces.append(_Piece(section, document, at, given))
        elif isinstance(given, list):
            for number, chart in enumerate(given):
                pieces.append(_Piece(section, document, (*at, number), chart))
        else:
            document.complain(at, LIST_EXPECTED)
    if isinstance(translations, dict):
        for locale, said in translations.items():
            lengths.clean_texts(said, ("translations", locale), document)
    if "screener" not in value:
        document.complain((), "there is no screener in this file")
    if document.problems:
        raise PackError(document.problems)
    pack = _collect(Path(name), pieces, [])
    pack.translations.update(translations)
    pack._homes["translations", ""] = (document, ("translations",), translations)
    return pack


@dataclass(frozen=True)
class _Piece:
    """What one place has of a section: a file, or a field of one."""

    section: str
    document: Document
    at: Trail
    value: Any


def _collect(root: Path, pieces: Iterable[_Piece], problems: list[str]) -> Pack:
    parts: dict[str, Any] = {name: [] for name in _SHAPES}
    homes: dict[tuple[str, str], Source] = {}
    seen: list[Document] = []
    for piece in pieces:
        section, document, value = piece.section, piece.document, piece.value
        if not any(document is one for one in seen):
            seen.append(document)
        sound = len(document.problems)
        whole = section in ("screener", "charts")  # it is one item, not a list
        if value is not None and whole:
            _SHAPES[section].fit(value, piece.at, document)
        elif value is not None:
            _fit_list(value, _SHAPES[section], piece.at, document)
        elif section == "screener":
            document.complain((), "the file is empty")
        if len(document.problems) > sound or value is None:
            continue
        if section == "screener":
            parts[section] = value
            homes[section, ""] = (document, piece.at, value)
            continue
        for number, item in enumerate([value] if whole else value):
            at = piece.at if whole else (*piece.at, number)
            name = item["name" if section == "scenarios" else "key"]
            if (section, name) in homes:
                document.complain(at, f"{quote(name)} is used twice in {section}")
            homes[section, name] = (document, at, item)
            if section == "thresholds":
                _report_fractions(item, at, document)
            for inner in ("options", "columns", "rows", "notes", "actions"):
                _report_duplicates(item.get(inner, []), (*at, inner), document)
            parts[section].append(item)
    problems += [problem for document in seen for problem in document.problems]
    if problems:
        raise PackError(problems)
    files = [str(name) for name in parts["screener"].get("findings", [])]
    order = {name: place for place, name in enumerate(files)}
    parts["findings"].sort(
        key=lambda item: _rank(homes["findings", item["key"]][0].name, order)
    )
    return Pack(root, parts, parts.pop("scenarios"), homes)


def _read_documents(root: Path, problems: list[str]) -> Iterator[tuple[str, Document]]:
    """Yield every file of the pack with its section, in reading order."""
    names = {f"{section}.yaml" for section in _SHAPES if section not in _FOLDERS}
    found = sorted(file for file in root.rglob("*.y*ml") if file.is_file())
    if root / "screener.yaml" not in found:
        problems.append(f"{root}: there is no screener.yaml")
    for file in found:
        if is_translation(file, root):
            continue
        name = file.relative_to(root).as_posix()
        folder = name.rpartition("/")[0]
        if file.suffix != ".yaml" or not (name in names or folder in _FOLDERS):
            problems.append(f"{name}:1: no part of a law pack has this file name")
            continue
        text = read_text(file, name, problems)
        if text is None:
            continue
        yield folder or file.stem, read_yaml(text, name)


def _report_fractions(item: dict[str, Any], at: Trail, document: Document) -> None:
    """Report 1.5: it is text in the strict subset, and the engine would take it for a
    date."""
    needed = {"integer": "a whole number", "money": "a whole number of cents"}
    if item["type"] not in needed:
        return
    for number, one in enumerate(item["values"]):
        if not isinstance(one["value"], int):
            what = f"expected {needed[item['type']]}"
            document.complain((*at, "values", number, "value"), what)


def _report_duplicates(items: list[Any], path: Any, document: Document) -> None:
    seen: set[str] = set()
    for number, item in enumerate(items):
        if item["key"] in seen:
            document.complain((*path, number), f"{quote(item['key'])} stands twice")
        seen.add(item["key"])


def _rank(file: str, order: Mapping[str, int]) -> int:
    """Return the place of a findings file in screener.yaml; others come last."""
    return order.get(Path(file).stem, len(order))


# How the texts of an item leave it: (key, what remains, texts in the release's shape)
_Split = tuple[str, dict[str, Any], dict[str, Any]]


def _split(item: dict[str, Any], *names: str) -> _Split:
    texts = {name: item.pop(name) for name in names if name in item}
    return item.pop("key"), item, texts


def _take_texts(items: list[dict[str, Any]], name: str) -> dict[str, str]:
    """Remove the text ``name`` from every item; return the texts by key."""
    return {item["key"]: item.pop(name) for item in items}


def _split_question(item: dict[str, Any]) -> _Split:
    key, rest, texts = _split(item, *QUESTION_WORDS)
    if "options" in rest:
        texts["options"] = _take_texts(rest["options"], "label")
    return key, rest, texts


def _split_chart(item: dict[str, Any]) -> _Split:
    key, rest, texts = _split(item, "label")
    words = {c["key"]: c.pop("words") for c in rest["columns"] if "words" in c}
    for part in ("columns", "rows"):
        texts[part] = _take_texts(rest[part], "label")
    if words:
        texts["values"] = words
    for row in rest["rows"]:
        row.setdefault("checked_on", None)
    return key, rest, texts


def _split_threshold(item: dict[str, Any]) -> _Split:
    key, rest, texts = _split(item, "label", "note")
    return key, {"unit": None, "checked_by": None, "checked_on": None, **rest}, texts


def _split_finding(item: dict[str, Any]) -> _Split:
    item.pop("rule", None)  # the rule's number in the law file: for its readers only
    key, rest, texts = _split(item, "heading", "body")
    for part, name in (("notes", "text"), ("actions", "label")):
        if rest.get(part):
            texts[part] = _take_texts(rest[part], name)
    return key, {"checked_on": None, "actions": [], **rest}, texts


def _split_shown(
    shown: dict[str, Any],
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return how a result is ordered without its headings, and these by group."""
    headings = shown.pop("headings", {})
    if "groups" in shown:
        headings = {**_take_texts(shown["groups"], "heading"), **headings}
    return shown, headings


_SPLITTERS: dict[str, Callable[[dict[str, Any]], _Split]] = {
    "questions": _split_question,
    "charts": _split_chart,
    "thresholds": _split_threshold,
    "facts": lambda item: _split(item, "label"),
    "findings": _split_finding,
}
