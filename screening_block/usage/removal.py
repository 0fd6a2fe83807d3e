"""What uses a record that is to go, and what visitors will find there afterwards."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import swapper
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _, ngettext
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.blocks import RichTextBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex, Site

from screening_block.fields.chart_cells import latest_columns
from screening_block.models import Chart, ChartRow, Screener, Threshold
from screening_block.publishing.refusal_messages import refusal_messages
from screening_block.publishing.rehearse import (
    find_refusals,
    rehearse_delete,
    rehearse_unpublish,
)

from .reader import UsageReader, UsedBy, find_column_tests, list_names
from .references import ReferencePlace, find_references, get_holder, get_key

Page = swapper.load_model("wagtailcore", "Page")

LAW = (Threshold, Chart, ChartRow)
DELETE, UNPUBLISH = "delete", "unpublish"


@dataclass
class AffectedField:
    """A field of a page or record that shows or links what goes."""

    label: str
    url: str
    state: str
    effect: str
    #: What of several things that go it shows.
    what: str = ""


@dataclass
class AffectedRecord:
    title: str
    url: str
    places: list[AffectedField] = field(default_factory=list)


@dataclass
class Removal:
    """All that is to be known before records go.

    `sources` are pages and records with the fields that refer to one, `rules` the
    screeners with the rules and texts that name one, `refused` why it cannot go at all,
    and `notes` what cannot be listed.
    """

    sources: list[AffectedRecord] = field(default_factory=list)
    rules: list[UsedBy] = field(default_factory=list)
    refused: list[Any] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    #: Whether rules that are public stand in the way.
    needed: bool = False

    @property
    def places(self) -> int:
        fields = sum(len(source.places) for source in self.sources)
        return fields + sum(len(screener.places) for screener in self.rules)


def describe_removal(records: Iterable[Any], action: str, user: Any) -> Removal:
    """Say what deleting or unpublishing `records`, together, would do."""
    gone = [getattr(record, "specific", record) for record in records]
    found = Removal(_list_affected(gone, action, user))
    law = [record for record in gone if isinstance(record, LAW)]
    if law:
        reader = UsageReader(user)
        names = [name for one in law for name in list_names(one, reader.index)]
        uses = reader.index.of(*names)
        tested = [
            use
            for row in law
            if isinstance(row, ChartRow)
            for use in find_column_tests(row, latest_columns(row.chart), reader.index)
        ]
        each = {(one.page, one.use.place): one for one in [*uses, *tested]}
        found.rules = reader.used_by(each.values())
        rehearse = rehearse_delete if action == DELETE else rehearse_unpublish
        errors = find_refusals(rehearse(*law))
        found.needed = bool(errors) and any(use.state != "draft" for use in uses)
        found.refused = [] if found.needed else list(refusal_messages(errors))
        charts = [one for one in law if isinstance(one, Chart)]
        rows = ChartRow.objects.filter(chart__in=charts).count()
        if action == DELETE and rows:
            found.refused.append(
                ngettext(
                    "It still has %(n)d row. Delete it first.",
                    "It still has %(n)d rows. Delete them first.",
                    rows,
                )
                % {"n": rows}
            )
        if uses and all(use.state == "draft" for use in uses):
            found.notes.append(
                _(
                    "Only drafts use it. None of them can be published until that is "
                    "changed."
                )
            )
    found.notes += _describe_pages(
        [one for one in gone if isinstance(one, Page) and one.live]
    )
    return found


def _describe_pages(pages: list[Any]) -> list[str]:
    """Say what visitors will find where the pages themselves were."""
    notes = []
    if pages:
        notes.append(
            ngettext(
                "Its address will answer “Page not found”.",
                "Their addresses will answer “Page not found”.",
                len(pages),
            )
        )
    if listed := [page.title for page in pages if page.show_in_menus]:
        notes.append(_("Removed from the menu: %s.") % ", ".join(listed))
    if screeners := [page.title for page in pages if isinstance(page, Screener)]:
        notes.append(
            _(
                "Other sites may show it as well (%s). They cannot be listed here. "
                "Their pages will say that it is not available."
            )
            % ", ".join(screeners)
        )
    return notes


def _list_affected(gone: list[Any], action: str, user: Any) -> list[AffectedRecord]:
    by_key = {get_key(record): record for record in gone}
    finder, edited = AdminURLFinder(user), AdminURLFinder()
    sources: dict[Any, AffectedRecord] = {}
    for place in find_references(gone):
        # A chart's rows are part of it, and said apart; what nobody edits is not said.
        if isinstance(place.source, ChartRow) or not edited.get_edit_url(place.source):
            continue
        key = get_key(place.source)
        url = finder.get_edit_url(place.source)
        if key not in sources:
            hidden = _("(Private %(object)s)") % {
                "object": place.source._meta.verbose_name
            }
            sources[key] = AffectedRecord(
                str(place.source) if url else hidden, url or ""
            )
        target = by_key[place.to]
        sources[key].places.append(
            AffectedField(
                _describe_field(place.reference, target),
                f"{url}#:w:contentpath={place.reference.content_path}" if url else "",
                place.state,
                _describe_effect(place, target, action),
                str(target) if len(gone) > 1 else "",
            )
        )
    return sorted(sources.values(), key=lambda source: source.title.casefold())


def _is_part(reference: ReferenceIndex) -> bool:
    """Tell whether a part of its own refers, as a tag of a page does."""
    return isinstance(reference.source_field, models.ForeignObjectRel)


def _describe_field(reference: ReferenceIndex, target: Any) -> str:
    if _is_part(reference):
        return capfirst(target._meta.verbose_name)
    try:
        return reference.describe_source_field()
    except (KeyError, AttributeError, LookupError):
        # A block that a plugin gave, and the plugin is gone.
        return reference.model_path_components[0]


def _describe_effect(place: ReferencePlace, target: Any, action: str) -> str:
    """Say what visitors find in a place afterwards."""
    if place.state == "draft":
        return _("Only a draft has it: visitors do not see it there today.")
    if isinstance(place.source, Site):
        return _("Every address of the site will answer “Page not found”.")
    there = get_holder(place.reference)
    if action == DELETE:
        if place.reference.on_delete is models.PROTECT:
            return _("It cannot be deleted while this needs it.")
        if place.reference.on_delete is models.CASCADE:
            if _is_part(place.reference):
                return _("It is removed there.")
            return _("That is deleted as well.")
    # What has no path of its own, a cell of a table, is taken for text.
    if isinstance(there, RichTextBlock | RichTextField | TypedTableBlock):
        return _("The words stay, but they are no longer a link.")
    if isinstance(target, Screener) and not isinstance(there, models.Field):
        return _(
            "The questions disappear; a sentence says that they are not available."
        )
    if isinstance(target, get_image_model()):
        return _("The image disappears.")
    if isinstance(target, Page | get_document_model()):
        return _("The link to it disappears.")
    return _("It disappears there.")
