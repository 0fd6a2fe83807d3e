"""Blocks of words: headings, paragraphs, notices, points, questions, quotations."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import (
    TypedTableBlock,
    TypedTableBlockValidationError,
)

from cms.blocks.base import (
    FULL_FEATURES,
    LINE_FEATURES,
    TEXT,
    LinkedRichTextBlock,
    make_absolute,
)
from cms.references import REFERENCE, describe_pages
from plugins.streams import StableStructBlock
from plugins.streams.api_shapes import or_null, record
from plugins.text import TextError, clean_text
from screening_block.public import only_public


class HeadingBlock(StableStructBlock):
    """A section heading (`h2`) that other pages can link to."""

    text = blocks.CharBlock(max_length=160)

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        anchors = context.get("anchors") or {}
        context["anchor"] = anchors.get(context.get("id")) or make_anchor(value)
        return context

    class Meta:
        icon = "title"
        label = _("Heading")
        group = TEXT
        description = _("Begins a section. Readers can jump and link to it.")
        preview_value = {"text": "What the law says"}
        template = "articles/blocks/heading.html"
        label_format = "{text}"


def make_anchor(value: Any) -> str:
    """Make the id of a heading from its words, in any script."""
    return slugify(value["text"], allow_unicode=True) or "section"


def list_anchors(body: Any) -> dict[str, tuple[str, str]]:
    """Map ids of heading blocks to (anchor, text); each anchor is unique."""
    found: dict[str, tuple[str, str]] = {}
    used: dict[str, int] = {}
    for child in body:
        if child.block_type != "heading":
            continue
        anchor = make_anchor(child.value)
        used[anchor] = used.get(anchor, 0) + 1
        if used[anchor] > 1:
            anchor = f"{anchor}-{used[anchor]}"
        found[child.id] = (anchor, child.value["text"])
    return found


class TextBlock(LinkedRichTextBlock):
    """Running text with a few features only: the look is the site's business."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(features=FULL_FEATURES, **kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        group = TEXT
        description = _("Paragraphs, lists and links.")
        preview_value = (
            "<p>A <b>misdemeanor</b> is a crime with at most a year in county jail. "
            "Immigration law may still call it a felony.</p>"
            "<ul><li>Ask for the court record.</li><li>Bring it to a lawyer.</li></ul>"
        )
        template = "articles/blocks/rich_text.html"


class NoticeBlock(StableStructBlock):
    """A short passage that must not be missed."""

    tone = blocks.ChoiceBlock(
        choices=[
            ("info", _("Good to know")),
            ("caution", _("Take care")),
            ("urgent", _("Urgent")),
        ],
        default="info",
    )
    title = blocks.CharBlock(max_length=120)
    text = LinkedRichTextBlock(features=["bold", "italic", "ul", "link"])

    class Meta:
        icon = "warning"
        label = _("Notice")
        group = TEXT
        description = _("Stands out from the text. Use it rarely.")
        preview_value = {
            "tone": "caution",
            "title": "Do not leave the country yet",
            "text": "<p>Coming back is checked by other rules than staying. "
            "Talk to an immigration lawyer first.</p>",
        }
        template = "articles/blocks/notice.html"
        label_format = "{title}"


class KeyTakeawaysBlock(StableStructBlock):
    """What to remember, for those who read nothing else."""

    items = blocks.ListBlock(LinkedRichTextBlock(features=LINE_FEATURES), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("Key points")
        group = TEXT
        description = _("Two to five sentences to remember. Best at the top.")
        preview_value = {
            "items": [
                "<p>A record cleared in state court may still count.</p>",
                "<p>Some charges matter more than others.</p>",
            ]
        }
        template = "articles/blocks/key_takeaways.html"


class QuestionBlock(StableStructBlock):
    question = blocks.CharBlock(max_length=200)
    answer = LinkedRichTextBlock(features=["bold", "italic", "ul", "ol", "link"])

    class Meta:
        icon = "help"
        label = _("Question")
        label_format = "{question}"


class QuestionsAndAnswersBlock(StableStructBlock):
    """Questions people ask, each with a short answer, all visible."""

    items = blocks.ListBlock(QuestionBlock(), min_num=1)

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        group = TEXT
        description = _("Questions people really ask, with short answers.")
        preview_value = {
            "items": [
                {
                    "question": "Does an expungement remove the conviction?",
                    "answer": "<p>For most state purposes. For immigration, "
                    "usually not.</p>",
                }
            ]
        }
        template = "articles/blocks/questions_and_answers.html"


class TableBlock(TypedTableBlock):
    """A table with a caption and column headings; cells are text or rich text."""

    text = blocks.CharBlock(label=_("Text"))
    rich_text = LinkedRichTextBlock(features=LINE_FEATURES, label=_("Text with links"))

    def clean(self, table: Any) -> Any:
        # No field reads the caption and the headings.
        table = super().clean(table)
        try:
            caption = clean_text(table.caption or "", kind="name")
            columns = [
                {**column, "heading": clean_text(column["heading"] or "", kind="name")}
                for column in table.columns
            ]
        except TextError as error:
            raise TypedTableBlockValidationError(
                non_block_errors=[ValidationError(str(error), code="text")]
            ) from None
        return type(table)(columns, table.row_data, caption)

    class Meta:
        icon = "table"
        label = _("Table")
        group = TEXT
        description = _("Rows to compare. Keep it narrow, for phones.")
        preview_value = {
            "caption": "Relief and what it does",
            "columns": [
                {"type": "text", "heading": "Relief"},
                {"type": "text", "heading": "Clears it for immigration?"},
            ],
            "rows": [
                {"values": ["Penal Code § 1203.4", "Usually not"]},
                {"values": ["Penal Code § 1473.7", "It can"]},
            ],
        }
        template = "articles/blocks/table.html"


class CallToActionBlock(StableStructBlock):
    """One thing to do next, at a page of this site or elsewhere."""

    title = blocks.CharBlock(max_length=120)
    text = blocks.TextBlock(required=False)
    label = blocks.CharBlock(max_length=60)
    page = blocks.PageChooserBlock(required=False)
    url = blocks.URLBlock(required=False)

    def clean(self, value: Any) -> Any:
        result = super().clean(value)
        if self.is_deferred_validation:
            return result
        if bool(result.get("page")) == bool(result.get("url")):
            error = ValidationError(_("Choose a page or enter an address, not both."))
            raise blocks.StructBlockValidationError(block_errors={"url": error})
        return result

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["href"] = self.leads_to(value, context)
        return context

    def get_api_representation(
        self, value: Any, context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        href = self.leads_to(value, context or {})
        address = make_absolute(href, context) or None
        page = value.get("page") if address else None
        return {
            "title": value["title"],
            "text": value["text"] or "",
            "label": value["label"],
            "url": address,
            "link": describe_pages([(page, str(address))])[0] if page else None,
        }

    def get_api_schema(self) -> dict[str, Any]:
        text = {"type": "string"}
        return record(
            {
                "title": text,
                "text": text,
                "label": text,
                "url": or_null({**text, "format": "uri"}),
                "link": or_null(REFERENCE),
            }
        )

    def leads_to(self, value: Any, context: dict[str, Any]) -> str:
        """Return the address; empty if the page chosen is not public any more."""
        page = value.get("page")
        if page is None:
            return value.get("url") or ""
        request = context.get("request")
        open_here = only_public([page], request, anywhere=True)
        return (page.get_url(request) or "") if open_here else ""

    class Meta:
        icon = "link"
        label = _("Call to action")
        group = TEXT
        description = _("One next step, with a button.")
        preview_value = {
            "title": "Bring this to a lawyer",
            "text": "Legal aid offices can read your record with you.",
            "label": "Find legal help",
            "url": "https://www.immigrationadvocates.org/legaldirectory/",
        }
        template = "articles/blocks/call_to_action.html"
        label_format = "{title}"
