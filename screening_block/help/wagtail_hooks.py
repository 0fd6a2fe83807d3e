"""What the directory of help gives to Wagtail, and to the reports."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from screening_block.admin_urls import admin_url
from screening_block.reports.claim import Claim, ClaimSource
from screening_block.reports.graded_text import GradedText, is_english
from screening_block.reports.stored_rows import ReportSource

from .directory import list_entries
from .entry_file import build_file, find_directory, list_asked_subjects
from .entry_listing import build_listing
from .entry_views import HelpEntryViewSet
from .models import CHECK_AFTER, HelpEntry

KIND = _("Help entry")

register_snippet(HelpEntryViewSet)


def list_claims(entry: HelpEntry) -> Iterator[Claim]:
    """Yield an entry as something to be checked again 90 days after it was."""
    checked = entry.checked_on
    yield Claim(
        kind=KIND,
        title=entry.name,
        within="",
        url=admin_url(HelpEntry, "edit", entry.pk),
        due=checked + dt.timedelta(days=CHECK_AFTER) if checked else None,
        checked_on=checked,
        checked_by=entry.checked_by,
        mark="verified" if checked and entry.checked_by else "nobody",
        sources=(ClaimSource(entry.source, "", verified=True),) if entry.source else (),
    )


def list_texts(entry: HelpEntry) -> Iterator[GradedText]:
    if entry.note and is_english(settings.LANGUAGE_CODE):
        url = admin_url(HelpEntry, "edit", entry.pk)
        yield GradedText(KIND, entry.name, _("Note"), "", entry.note, url)


@hooks.register("screening_block_report_sources")
def list_sources() -> list[ReportSource]:
    return [ReportSource(HelpEntry, list_claims, list_texts)]


@hooks.register("screening_block_help")
def describe_help(release: Any, locale: str, request: Any) -> dict[str, Any]:
    """Return what the result page without script shows of the directory."""
    asked = list_asked_subjects(release)
    found = list_entries(subjects=asked, area=release.data["jurisdiction"])
    directory = find_directory(request, locale)
    return {
        "help": build_listing(found, locale),
        "help_entries": build_file(release, locale, directory)["entries"],
        "help_url": directory,
    }
