"""Checks of what a result says: nothing is searched, texts and marks are read.

Every flag is a warning. The words by which a text is taken to name a lawyer's help are
known in the languages below; of another one nothing is said.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..grammar import DATE_NAME
from ..model import lines_of
from ..release import Release
from ..turning import is_wait, nodes_of
from .flag import Flag

_HELP = {
    "en": re.compile(r"lawyer|attorney|legal aid|legal help|counsel|defender", re.I),
    "es": re.compile(r"abogad|ayuda legal|asistencia legal|defensor", re.I),
}


def result_flags(release: Release) -> list[Flag]:
    """What an editor should look at in what visitors read, on the release alone."""
    return [
        *_reassuring(release),
        *_urgent_without_address(release),
        *_waiting_without_day(release),
        *_without_lawyer(release),
    ]


def _reassuring(release: Release) -> Iterator[Flag]:
    for key, finding in release.findings.items():
        marked = [finding, *finding.get("notes", ())]
        if (
            finding["group"] == "help"
            and finding["severity"] == "info"
            and not any(one.get("reassures") for one in marked)
        ):
            yield _warn(
                f"findings/{key}/reassures",
                "reassures",
                "This may be good news. If it is, say that it reassures: then it never"
                " stands before something graver that may apply.",
                key,
            )


def _urgent_without_address(release: Release) -> Iterator[Flag]:
    for key, finding in release.findings.items():
        urgent = finding["severity"] == "urgent" or "urgent_when" in finding
        actions = finding["actions"]
        if urgent and not any("url" in a or a["type"] == "help" for a in actions):
            yield _warn(
                f"findings/{key}/actions",
                "no_address",
                "This is urgent, and no next step says who can help or has an address"
                " or a number to call.",
                key,
            )


def _waiting_without_day(release: Release) -> Iterator[Flag]:
    for key, finding in release.findings.items():
        texts = _texts(release, "findings", key)
        # What may help is waited for; other rules may have a wait among much else.
        if finding["group"] != "help" or any(
            f"{{{DATE_NAME}}}" in text for text in texts
        ):
            continue
        if any(is_wait(node) for node in nodes_of(release, key)):
            yield _warn(
                f"findings/{key}/body",
                "no_day",
                "Time alone can change this, and the text does not say when. {date}"
                " stands for that day.",
                key,
            )


def _without_lawyer(release: Release) -> Iterator[Flag]:
    """Where a result might not say that a lawyer can help."""
    names = _HELP.get(release.locale.partition("-")[0])
    if names is None:
        return
    lines = [line for part, line in lines_of(release.data) if part == "action"]
    for line in lines:
        said = release.text(release.locale, "short", line["key"])
        if not names.search(said):
            yield _warn(
                f"short/action/{line['key']}",
                "no_lawyer",
                "This is what to do first. It names neither a lawyer nor legal aid.",
            )
    last = lines[-1] if lines else {"when": None}
    if "when" in last or last.get("reassures"):
        # Then the first step of the gravest finding stands for it.
        for key, finding in release.findings.items():
            first = [a["key"] for a in finding["actions"][:1]]
            steps = [
                release.text(release.locale, "findings", key, "actions", name)
                for name in first
            ]
            if finding["group"] != "help" and steps and not names.search(steps[0]):
                yield _warn(
                    "short/action",
                    "no_lawyer",
                    "Some results may not name a lawyer or legal aid. Add a last line"
                    " to what to do first that is always shown.",
                )
                return


def _texts(release: Release, *path: str) -> list[str]:
    """All texts below a path in the source locale."""
    value: Any = release.data["texts"].get(release.locale, {})
    for step in path:
        value = value.get(step, {})
    found, ahead = [], [value]
    while ahead:
        one = ahead.pop()
        if isinstance(one, Mapping):
            ahead += one.values()
        else:
            found.append(one)
    return found


def _warn(path: str, code: str, message: str, *keys: str) -> Flag:
    return Flag(path, code, message, "warning", keys)
