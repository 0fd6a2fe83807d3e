"""The languages of a release: their names, and its text in the others, to read beside.

The browser's half: `static/screening_block/widget/languages.js`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import get_language, get_language_info, gettext as _

from screening_block import engine
from screening_block.engine.wording import Wording

from .forms import list_options


def name_languages(release: engine.Release) -> dict[str, str]:
    """Return the languages of a release by their tags, each by its own name; that which
    it was written in comes first."""
    codes = [release.locale, *sorted(set(release.data["texts"]) - {release.locale})]
    return {code: name_itself(code) for code in codes}


def name_itself(code: str) -> str:
    """Return the name of a language in that language; of one nobody knows, its tag."""
    try:
        name = str(get_language_info(code)["name_local"])
    except KeyError:
        return code
    return name[:1].upper() + name[1:]


def list_others(
    release: engine.Release, locale: str, find_address: Callable[[str], str]
) -> list[dict[str, str]]:
    """Return the languages that a visit can go on in, with where it does."""
    return [
        {"code": code, "name": name, "address": find_address(code)}
        for code, name in name_languages(release).items()
        if code != locale
    ]


def describe_beside(release: engine.Release, locale: str) -> dict[str, str]:
    """Return, by its tag, what unfolds to the text in each other language."""
    return {
        code: _("Show the text in %(language)s") % {"language": _name_here(code)}
        for code in name_languages(release)
        if code != locale
    }


def _name_here(code: str) -> str:
    """Name a language inside a sentence of the active one."""
    try:
        name = str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
    # Of the languages with capitals, English writes them so.
    is_english = (get_language() or "").startswith("en")
    return name if is_english else name[:1].lower() + name[1:]


def read_question_beside(
    release: engine.Release, key: str, locale: str, as_of: str
) -> list[dict[str, Any]]:
    """Return a question in each other language: `code`, `title` of what unfolds, and
    its words."""
    found = []
    for code, title in describe_beside(release, locale).items():
        w = Wording(release, code, as_of)
        found.append(
            {
                "code": code,
                "title": title,
                "label": w.text("questions", key, "label"),
                "help": w.text("questions", key, "help"),
                "options": [
                    label for _one, label in list_options(release.questions[key], w)
                ],
            }
        )
    return found


def read_findings_beside(
    release: engine.Release, answers: dict[str, Any], locale: str, as_of: str
) -> dict[str, list[dict[str, Any]]]:
    """Return, by its key, each finding that is shown in each other language."""
    titles = describe_beside(release, locale)
    if not titles:
        return {}
    given = engine.parse_answers(release, answers)
    shown = [
        one
        for one in engine.evaluate(release, given, as_of).findings
        if one.level != "not_apply"
    ]
    return {
        one.key: [
            {"code": code, "title": title}
            | engine.finding_words(release, one, given, as_of, code)._asdict()
            for code, title in titles.items()
        ]
        for one in shown
    }
