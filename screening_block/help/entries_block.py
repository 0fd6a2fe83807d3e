"""The block that puts help entries in an article."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from plugins.kinds import ArticleBlock
from plugins.streams import StableStructBlock
from plugins.streams.api_shapes import Schema, or_null, record
from screening_block.choices import list_help_subjects

from .directory import describe_entry, list_entries
from .entry_listing import build_listing
from .models import HelpEntry


class HelpEntriesBlock(StableStructBlock):
    """Entries that were picked, or those of a subject; what is hidden is left out."""

    title = blocks.CharBlock(required=False, max_length=120, label=_("Title"))
    subject = blocks.ChoiceBlock(
        choices=list_help_subjects, required=False, label=_("What for")
    )
    entries = blocks.ListBlock(
        SnippetChooserBlock(HelpEntry, label=_("Help entry")),
        min_num=0,
        default=[],
        label=_("Help entries"),
        help_text=_("Pick entries here, or a subject above."),
    )

    def clean(self, value: Any) -> Any:
        result = super().clean(value)
        if self.is_deferred_validation:
            return result
        if not result["subject"] and not any(result["entries"]):
            error = ValidationError(_("Choose a subject or pick entries."))
            raise blocks.StructBlockValidationError(block_errors={"subject": error})
        return result

    def pick_entries(self, value: Any) -> list[HelpEntry]:
        """Return the entries that are public today, those picked first."""
        picked = [entry for entry in value["entries"] if entry]
        found = {entry.pk: entry for entry in list_entries()}
        chosen = [found[entry.pk] for entry in picked if entry.pk in found]
        if value["subject"]:
            chosen += [e for e in found.values() if value["subject"] in e.subjects]
        return list(dict.fromkeys(chosen))

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        locale = get_language() or "en"
        context["help"] = build_listing(self.pick_entries(value), locale)
        return context

    def get_api_representation(self, value: Any, context: Any = None) -> dict[str, Any]:
        page = (context or {}).get("page")
        locale = page.locale.language_code if page else get_language() or "en"
        return {
            "title": value["title"] or "",
            "subject": value["subject"] or None,
            "entries": [
                describe_entry(entry, locale) for entry in self.pick_entries(value)
            ],
        }

    def get_api_schema(self) -> Schema:
        entry: Schema = {"$ref": "#/components/schemas/HelpEntry"}
        return record(
            {
                "title": {"type": "string"},
                "subject": or_null({"type": "string"}),
                "entries": {"type": "array", "items": entry},
            }
        )

    class Meta:
        api_example = {"title": "Who helps", "subject": "immigration", "entries": []}
        icon = "group"
        label = _("Help entries")
        group = _("Screening")
        description = _("Who helps: picked entries, or all of a subject.")
        template = "screening_help/block.html"


HELP_ENTRIES = ArticleBlock(
    key="help_entries",
    label=_("Help entries"),
    block=HelpEntriesBlock,
    group=_("Screening"),
)
