"""Split a release into parts, and assemble it again.

A **part** is what one editor's record says: a threshold, a chart, a chart row, a
question, a fact, a finding, or the screener's own settings. It is a pair: the piece of
the release that has rules, and the piece of its texts in one locale.

    {"piece": {...as in the release...}, "texts": {...as in texts[locale]...}}

Models become a release through parts (`from_models`), a pack or an import becomes
models through parts (`to_models`), and a pack finds out by them what an editor changed
since it was loaded.

The heading of a section is a text of the question that begins it, `section`, as in the
editor. In a release it is named by that question's key, which all questions of the
section have.
"""

import hashlib
from collections.abc import Mapping
from typing import Any, NamedTuple

from screening_block.engine import canonical
from screening_block.engine.choices import SHORT_PARTS

SETTINGS = (
    "key",
    "jurisdiction",
    "time_zone",
    "roll",
    "review",
    "exclusive",
    "about",
    "shown",
)
QUESTION_WORDS = ("label", "help", "why", "where", "section")
#: What the start of a screener says.
SETTINGS_WORDS = ("title", "intro", "at_hand", "foreign_words", "shown")
#: Lines in short as kinds of parts, each with what a release calls it.
SHORT = {f"short_{part}": part for part in SHORT_PARTS}
#: The kinds of parts that a release has a list of.
ROOMS = {"question": "questions", "fact": "facts", "finding": "findings"}
#: The kinds of parts that stand in a list of the screener, and that list.
LISTS = {**ROOMS, **{kind: kind for kind in SHORT}}


class PartName(NamedTuple):
    """The name of a part: its kind and its key (`chart/row` for a chart row)."""

    kind: str
    key: str


Part = dict[str, Any]


def make_part(piece: Any, texts: Any) -> Part:
    return {"piece": piece, "texts": texts}


def hash_part(part: Part) -> str:
    """Return the SHA-256 of what a part says; "" and absent are the same."""
    return hashlib.sha256(canonical(_without_empty(part))).hexdigest()


def scenario_part(name: str, note: str, case: Mapping[str, Any]) -> Part:
    """Return a scenario as a part. Its case is one text, so that a “no” counts."""
    piece = {"name": name, "case": canonical(dict(case)).decode()}
    return make_part(piece, {"note": note})


def _without_empty(part: Any) -> Any:
    if isinstance(part, dict):
        filled = {key: _without_empty(value) for key, value in part.items()}
        return {key: value for key, value in filled.items() if not is_empty(value)}
    if isinstance(part, list):
        return [_without_empty(item) for item in part]
    return part


def is_empty(value: Any) -> bool:
    """Whether a field says nothing. The number 0 does say something."""
    return value is None or value is False or value == "" or value in ([], {})


def split_release(
    release: dict[str, Any], locale: str | None = None
) -> dict[PartName, Part]:
    """Return the parts of a release dict, in release order, with one locale's texts."""
    texts = release["texts"][locale or release["locale"]]
    parts: dict[PartName, Part] = {}
    for key, threshold in release["thresholds"].items():
        words = texts["thresholds"][key]
        parts[PartName("threshold", key)] = make_part(threshold, words)
    for key, chart in release["charts"].items():
        words = texts["charts"][key]
        own = {name: said for name, said in words.items() if name != "rows"}
        parts[PartName("chart", key)] = make_part({"columns": chart["columns"]}, own)
        for row in chart["rows"]:
            label = {"label": words["rows"][row["key"]]}
            parts[PartName("row", f"{key}/{row['key']}")] = make_part(row, label)
    settings = {name: release[name] for name in SETTINGS if name in release}
    words = {name: texts[name] for name in SETTINGS_WORDS if name in texts}
    parts[PartName("screener", release["key"])] = make_part(settings, words)
    headings = list_headings(release, texts)
    for kind, plural in LISTS.items():
        if kind in SHORT:
            for piece in release.get("short", {}).get(SHORT[kind], ()):
                text = texts.get("short", {}).get(piece["key"], "")
                parts[PartName(kind, piece["key"])] = {
                    "piece": piece,
                    "texts": {"text": text},
                }
            continue
        for piece in release[plural]:
            words = texts[plural].get(piece["key"], {})
            if kind == "question" and "section" in piece:
                piece = {
                    name: said for name, said in piece.items() if name != "section"
                }
                if heading := headings.get(piece["key"]):
                    words = {**words, "section": heading}
            parts[PartName(kind, piece["key"])] = make_part(piece, words)
    return parts


def list_headings(
    release: Mapping[str, Any], texts: Mapping[str, Any]
) -> dict[str, str]:
    """Return the heading of each section by the key of the question that begins it."""
    headings = {}
    before = None
    for question in release["questions"]:
        section = question.get("section")
        if section and section != before:
            headings[question["key"]] = texts.get("sections", {}).get(section, "")
        before = section
    return headings


def begin_sections(release: dict[str, Any]) -> None:
    """Move each heading, a text of the question it stands above, to the sections.

    The release itself is changed; what it holds may be shared and is replaced.
    """
    own = release["texts"][release["locale"]]["questions"]
    section = None
    known = set()
    questions = []
    for question in release["questions"]:
        if own.get(question["key"], {}).get("section"):
            section = question["key"]
            known.add(section)
        questions.append({**question, "section": section} if section else question)
    release["questions"] = questions
    for texts in release["texts"].values():
        said = texts["questions"]
        headings = {
            key: words["section"]
            for key, words in said.items()
            if key in known and words.get("section")
        }
        if headings:
            texts["sections"] = headings
        texts["questions"] = {
            key: {name: text for name, text in words.items() if name != "section"}
            if "section" in words
            else words
            for key, words in said.items()
        }


def assemble_release(
    parts: dict[PartName, Part],
    locale: str,
    translations: dict[str, dict[PartName, dict]],
) -> dict[str, Any]:
    """Return a release dict of parts; `translations` maps a locale to texts by part
    name."""
    own = assemble_texts({name: part["texts"] for name, part in parts.items()})
    release: dict[str, Any] = {"format": 1, "locale": locale, "texts": {locale: own}}
    release |= {plural: [] for plural in ROOMS.values()}
    release |= {"charts": {}, "thresholds": {}}
    for name, part in parts.items():
        piece = part["piece"]
        if name.kind == "screener":
            release.update(piece)
        elif name.kind == "threshold":
            release["thresholds"][name.key] = piece
        elif name.kind == "chart":
            release["charts"][name.key] = {**piece, "rows": []}
        elif name.kind == "row":
            release["charts"][name.key.split("/")[0]]["rows"].append(piece)
        elif name.kind in SHORT:
            short = release.setdefault("short", {})
            short.setdefault(SHORT[name.kind], []).append(piece)
        else:
            release[LISTS[name.kind]].append(piece)
    for other, texts in translations.items():
        filled = {n: texts.get(n) or part["texts"] for n, part in parts.items()}
        release["texts"][other] = assemble_texts(filled)
    begin_sections(release)
    return release


def assemble_texts(texts: dict[PartName, dict]) -> dict[str, Any]:
    """Return the `texts[locale]` object of a release, given the texts of its parts."""
    sections = (*ROOMS.values(), "charts", "thresholds")
    whole: dict[str, Any] = {section: {} for section in sections}
    for name, words in texts.items():
        if name.kind == "screener":
            whole.update(words)
        elif name.kind == "threshold":
            whole["thresholds"][name.key] = words
        elif name.kind == "chart":
            whole["charts"][name.key] = {**words, "rows": {}}
        elif name.kind == "row":
            chart, row = name.key.split("/")
            whole["charts"][chart]["rows"][row] = words["label"]
        elif name.kind in SHORT:
            whole.setdefault("short", {})[name.key.strip()] = words["text"]
        else:
            whole[LISTS[name.kind]][name.key] = words
    return whole
