"""The block that quotes the law."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.base import TEXT
from plugins.streams import StableStructBlock
from plugins.streams.api_shapes import describe_value, record
from screening_block.fields.blocks import build_note_block


class LawQuotationBlock(StableStructBlock):
    """Words of the law as they stand, where they stand, and whether we checked.

    Its note for editors is on no page, in no answer of the API and in no search.
    """

    quote = blocks.TextBlock()
    language = blocks.ChoiceBlock(
        choices=lambda: settings.LANGUAGES,
        required=False,
        label=_("Language of the quotation"),
        help_text=_("Only if it is not that of the page."),
    )
    translation = blocks.TextBlock(
        required=False,
        label=_("Translation"),
        help_text=_("Shown below the quotation, as not official."),
    )
    citation = blocks.CharBlock(max_length=200)
    url = blocks.URLBlock(required=False)
    status = blocks.ChoiceBlock(
        choices=[
            ("verified", _("Checked against the source")),
            ("needs_checking", _("Needs checking")),
        ],
        default="needs_checking",
    )
    editors_note = build_note_block()

    def get_api_representation(
        self, value: Any, context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        data = {name: given for name, given in value.items() if name != "editors_note"}
        optional = ("language", "translation", "url")
        return {**data, **{name: value[name] or None for name in optional}}

    def get_api_schema(self) -> dict[str, Any]:
        names = [name for name in self.child_blocks if name != "editors_note"]
        return record({name: describe_value(self.child_blocks[name]) for name in names})

    class Meta:
        icon = "openquote"
        label = _("Law quotation")
        group = TEXT
        description = _("The exact words, the citation, and whether it was checked.")
        preview_value = {
            "quote": "The term “conviction” means a formal judgment of guilt of the "
            "alien entered by a court …",
            "citation": "8 U.S.C. § 1101(a)(48)(A)",
            "url": "https://www.law.cornell.edu/uscode/text/8/1101",
            "status": "needs_checking",
        }
        template = "articles/blocks/law_quotation.html"
        label_format = "{citation}"
