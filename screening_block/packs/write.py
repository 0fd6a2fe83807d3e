"""Write a screener as one readable file, to keep, to send and to import elsewhere.

It is a law pack (see `packs`) in a single YAML file: a text stands next to the key it
belongs to. `packs.read.read_file` reads it, and what it reads is the same release.
"""

import copy
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from screening_block.engine.model import lines_of
from screening_block.publishing.editor_notes import EditorNotes, add_notes
from screening_block.publishing.parts import list_headings

from .read import FORMAT

HEAD = """\
# A screener with everything it uses: thresholds, charts, questions, facts, findings and
# scenarios. Keys are a contract: rules go by them. Texts can be changed freely.

"""


def write_file(
    release: Mapping[str, Any],
    scenarios: Iterable[Mapping[str, Any]] = (),
    notes_by_part: Mapping[Any, EditorNotes] | None = None,
) -> str:
    """Return a release (its dict) and scenarios `{name, why, as_of, answers, expect}`
    as YAML.

    `notes_by_part`: the editor notes (see `editor_notes`) by kind and key. A scenario's
    answers are invented; no visitor's are ever kept.
    """
    data = copy.deepcopy(dict(release))
    own = data["locale"]
    texts = data["texts"]
    words = texts[own]
    headings = list_headings(data, words)
    kept = notes_by_part or {}

    def beside(kind: str, key: str, item: dict[str, Any]) -> dict[str, Any]:
        return add_notes(kind, item, kept.get((kind, key), {}))

    whole: dict[str, Any] = {
        "format": FORMAT,
        "screener": {
            "key": data["key"],
            "title": words["title"],
            "intro": words["intro"],
            **_named(words, "at_hand"),
            "jurisdiction": data["jurisdiction"],
            "time_zone": data["time_zone"],
            "roll": data["roll"],
            "locale": own,
            "review": data["review"],
            **_named(data, "exclusive", "about"),
            **_shown(data.get("shown", {}), words.get("shown", {})),
        },
        "thresholds": [
            beside("threshold", key, _threshold(key, one, words["thresholds"][key]))
            for key, one in data["thresholds"].items()
        ],
        "charts": [
            _chart(key, one, words["charts"][key])
            for key, one in data["charts"].items()
        ],
        "questions": [
            _question(one, words["questions"][one["key"]], headings.get(one["key"], ""))
            for one in data["questions"]
        ],
        "facts": [
            {"key": one["key"], "label": words["facts"][one["key"]]["label"]}
            | {"when": one["when"]}
            for one in data["facts"]
        ],
        "findings": [
            beside("finding", one["key"], _finding(one, words["findings"][one["key"]]))
            for one in data["findings"]
        ],
        "short": [
            {
                "part": part,
                "key": line["key"],
                "text": words["short"][line["key"]],
                **line,
            }
            for part, line in lines_of(data)
        ],
        "scenarios": [dict(one) for one in scenarios],
    }
    if not whole["short"]:
        del whole["short"]
    for chart in whole["charts"]:
        chart["rows"] = [
            beside("row", f"{chart['key']}/{row['key']}", row) for row in chart["rows"]
        ]
    if others := {name: said for name, said in texts.items() if name != own}:
        whole["translations"] = others
    return HEAD + yaml.dump(
        whole, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110
    )


def _named(given: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: given[name] for name in names if given.get(name)}


def _shown(shown: dict[str, Any], headings: dict[str, str]) -> dict[str, Any]:
    own = [one["key"] for one in shown.get("groups", [])]
    for group in shown.get("groups", []):
        group["heading"] = headings[group["key"]]
    others = {key: said for key, said in headings.items() if key not in own}
    whole = {**shown, **({"headings": others} if others else {})}
    return {"shown": whole} if whole else {}


def _threshold(key: str, piece: dict[str, Any], words: dict[str, Any]) -> dict:
    filled = {name: value for name, value in piece.items() if value is not None}
    return {"key": key, **words, **filled}


def _chart(key: str, piece: dict[str, Any], words: dict[str, Any]) -> dict:
    values = words.get("values", {})
    for column in piece["columns"]:
        column["label"] = words["columns"][column["key"]]
        column |= {"words": values[column["key"]]} if column["key"] in values else {}
    for row in piece["rows"]:
        row["label"] = words["rows"][row["key"]]
    return {"key": key, "label": words["label"], **piece}


def _question(piece: dict[str, Any], words: dict[str, Any], heading: str) -> dict:
    for option in piece.get("options", []):
        option["label"] = words["options"][option["key"]]
    said = {"label": words.get("label", ""), "why": words.get("why", "")}
    said |= _named(words, "help", "where")
    head = {name: piece.pop(name) for name in ("key", "type")}
    piece.pop("section", None)
    head |= {"section": heading} if heading else {}
    return {**head, **said, **piece}


def _finding(piece: dict[str, Any], words: dict[str, Any]) -> dict:
    for note in piece.get("notes", []):
        note["text"] = words["notes"][note["key"]]
    for action in piece.get("actions", []):
        action["label"] = words["actions"][action["key"]]
    if not piece.get("actions"):
        piece.pop("actions", None)
    if not piece.get("checked_on"):
        piece.pop("checked_on", None)
    return {"key": piece.pop("key"), **_named(words, "heading", "body"), **piece}


class _Dumper(yaml.SafeDumper):
    """Writes YAML that `strict_yaml` reads: no aliases, long texts as blocks."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _text(dumper: _Dumper, text: str) -> yaml.Node:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


def _mapping(dumper: _Dumper, value: dict[str, Any]) -> yaml.Node:
    # One test of a condition a line, as people write them.
    atom = "op" in value and "of" not in value
    return dumper.represent_mapping(
        "tag:yaml.org,2002:map", value, flow_style=atom or None
    )


_Dumper.add_representer(str, _text)
_Dumper.add_representer(dict, _mapping)
