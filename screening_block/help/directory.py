"""What of the directory anybody may read today, and in which shape.

An entry that nobody has checked for a year is left out everywhere. One exception: where
a subject would have no number left, the one that was checked last stays, marked, for
whoever is in need at once.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _, override

from .hours import describe_hours, write_clock
from .models import HelpEntry
from .subjects import LANGUAGES, get_subjects

Entry = dict[str, Any]


def list_entries(
    *,
    subjects: Iterable[str] = (),
    area: str = "",
    today: dt.date | None = None,
    live: Iterable[HelpEntry] | None = None,
) -> list[HelpEntry]:
    """Return the entries to be shown, in their order.

    `subjects`: those of any of them. `area`: those that help there: a state's include
    those of the whole country. `live`: of these, where they are known already.
    """
    wanted = set(subjects)
    return [
        entry
        for entry in (list_live(area) if live is None else live)
        if not entry.is_hidden(today) and (not wanted or wanted & set(entry.subjects))
    ]


def list_last_numbers(
    *, today: dt.date | None = None, live: Iterable[HelpEntry] | None = None
) -> list[HelpEntry]:
    """Return the entries kept, though hidden, for the number of a subject; `live` as in
    `list_entries`.

    Who helps in some counties only leaves everybody else without a number.
    """
    known = list_live() if live is None else live
    live = [entry for entry in known if entry.phones.strip() and not entry.counties]
    served = {
        subject
        for entry in live
        if not entry.is_hidden(today)
        for subject in entry.subjects
    }
    kept: dict[str, HelpEntry] = {}
    hidden = [entry for entry in live if entry.is_hidden(today) and entry.checked_on]
    for entry in sorted(hidden, key=lambda entry: str(entry.checked_on), reverse=True):
        for subject in entry.subjects:
            if subject not in served:
                kept.setdefault(subject, entry)
    return list(dict.fromkeys(kept.values()))


def list_live(area: str = "") -> list[HelpEntry]:
    """Return the published entries of an area, hidden ones too."""
    entries = HelpEntry.objects.filter(live=True).prefetch_related("words")
    return [entry for entry in entries if not area or helps_in(entry, area)]


def helps_in(entry: HelpEntry, area: str) -> bool:
    """Whether an entry is of use to somebody in an area: `us-ca`, or all of `us`."""
    return any(area == code or area.startswith(f"{code}-") for code in entry.area_codes)


def describe_entry(
    entry: HelpEntry, locale: str, today: dt.date | None = None
) -> Entry:
    """Return an entry as the API and the pages have it, in a language."""
    today = today or timezone.localdate()
    with override(locale):
        words = entry.pick_words(locale)
        return {
            "key": entry.key,
            "name": words["name"],
            "subjects": entry.subjects,
            "note": words["note"],
            "languages": entry.languages,
            "areas": entry.area_codes,
            "counties": entry.county_names,
            "phones": [phone._asdict() for phone in entry.phone_list],
            "hours": {
                "time_zone": entry.time_zone,
                "weekly": [
                    {
                        "days": list(opening.days),
                        "opens": write_clock(opening.opens),
                        "closes": write_clock(opening.closes),
                    }
                    for opening in entry.openings
                ],
                "words": describe_hours(entry.openings),
                "note": words["hours_note"],
            },
            "address": entry.address,
            "url": entry.url,
            "source": entry.source,
            "source_dated": entry.source_dated,
            "checked_on": entry.checked_on,
            "confirm": entry.is_due(today) or entry.source_dated is not None,
            "checked": describe_check(entry, today),
        }


def describe_check(entry: HelpEntry, today: dt.date) -> str:
    """Return the sentence on how far these facts were checked."""
    if entry.checked_on is None:
        return _("Nobody has checked this. Please confirm it.")
    when = {"when": date_format(entry.checked_on, "DATE_FORMAT")}
    if entry.is_due(today):
        return _("Last checked on %(when)s; please confirm.") % when
    if entry.source_dated:
        when["source"] = date_format(entry.source_dated, "DATE_FORMAT")
        return (
            _("Checked on %(when)s, in a source of %(source)s; please confirm.") % when
        )
    return _("Checked on %(when)s.") % when


def name_subjects(locale: str) -> dict[str, str]:
    with override(locale):
        return {key: str(label) for key, label in get_subjects().items()}


def name_languages(locale: str) -> dict[str, str]:
    with override(locale):
        return {key: str(label) for key, label in LANGUAGES.items()}
