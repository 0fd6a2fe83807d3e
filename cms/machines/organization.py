"""Whose site it is, as schema.org has it: from the published settings alone."""

from __future__ import annotations

from typing import Any

from cms.identity.models import HelpLine, SiteSettings
from screening_block.help.hours import Opening, write_clock

WEEK = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def describe_organization(settings: SiteSettings | None) -> dict[str, Any]:
    """Return what is known beside the name. Only who gives legal services, at an
    address, is a `LegalService`; hours are said of those."""
    if settings is None:
        return {}
    phones = settings.phone_list
    known: dict[str, Any] = {
        "description": settings.tagline,
        "email": settings.email,
        "telephone": _dialled(phones[0].tel) if phones else "",
        "address": " ".join(settings.address.split()),
        "knowsLanguage": [key for key in settings.languages if key != "mul"],
        "contactPoint": [_describe_line(line) for line in settings.help_lines.all()],
    }
    if settings.is_legal_service and known["address"]:
        known["@type"] = "LegalService"
        known["openingHoursSpecification"] = [
            _describe_opening(opening) for opening in settings.openings
        ]
    return {name: value for name, value in known.items() if value}


def _dialled(tel: str) -> str:
    return tel.removeprefix("tel:").partition(";")[0]


def _describe_line(line: HelpLine) -> dict[str, str]:
    point = {
        "@type": "ContactPoint",
        "contactType": line.label,
        "telephone": _dialled(line.phone.tel),
        "availableLanguage": line.language if line.language != "mul" else "",
    }
    return {name: value for name, value in point.items() if value}


def _describe_opening(opening: Opening) -> dict[str, Any]:
    return {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": [WEEK[day - 1] for day in opening.days],
        "opens": write_clock(opening.opens),
        "closes": write_clock(opening.closes),
    }
