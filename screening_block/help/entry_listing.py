"""Help entries as a page lists them: by area, each area with its anchor."""

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _, override

from .areas import name_area
from .directory import describe_entry, name_languages, name_subjects
from .models import HelpEntry


def build_listing(
    entries: Iterable[HelpEntry], locale: str, today: dt.date | None = None
) -> dict[str, Any]:
    """Return what the templates show of some entries, and what they can be found by.

    `groups` are areas: counties in their order, then states, then countries. An entry
    of several counties stands in each.
    """
    subjects, languages = name_subjects(locale), name_languages(locale)
    groups: dict[tuple[int, str], list[dict[str, Any]]] = {}
    used: dict[str, set[str]] = {
        "subjects": set(),
        "languages": set(),
        "counties": set(),
    }
    for entry in entries:
        shown = describe_entry(entry, locale, today)
        shown["language_names"] = [languages[key] for key in entry.languages]
        shown["weekly"] = json.dumps(shown["hours"]["weekly"])
        used["subjects"].update(entry.subjects)
        used["languages"].update(entry.languages)
        used["counties"].update(entry.county_names)
        # Who stands in several places is found at the first of them.
        anchor = make_anchor(entry.key)
        for place in _list_places(entry, locale):
            groups.setdefault(place, []).append({**shown, "anchor": anchor})
            anchor = ""
    return {
        "groups": [
            {"title": title, "anchor": f"help-{slugify(title)}", "entries": groups[key]}
            for key in sorted(groups)
            for title in [key[1]]
        ],
        "subjects": [(k, v) for k, v in subjects.items() if k in used["subjects"]],
        "languages": [(k, v) for k, v in languages.items() if k in used["languages"]],
        "counties": sorted(used["counties"]),
    }


def make_anchor(key: str) -> str:
    """Make the id by which an entry of the directory can be linked to."""
    return f"help-entry-{key}"


def _list_places(entry: HelpEntry, locale: str) -> list[tuple[int, str]]:
    with override(locale):
        if entry.county_names:
            return [
                (0, _("%(county)s County") % {"county": county})
                for county in entry.county_names
            ]
        return [(1 if "-" in code else 2, name_area(code)) for code in entry.area_codes]
