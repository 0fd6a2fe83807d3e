"""What all blocks share: their groups, and how they speak to templates and API."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import RichTextBlock
from wagtail.rich_text import RichText, expand_db_html

from cms import markdown
from cms.glossary.explaining import Explainer
from cms.richtext import PageLinks, to_html, to_text

# In the order of the picker.
TEXT: str | Promise = _("Text")
SCREENING: str | Promise = _("Screening")
MEDIA: str | Promise = _("Media")

FULL_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]
LINE_FEATURES = ["bold", "italic", "link"]


def make_absolute(address: str, context: Mapping[str, Any] | None) -> str:
    """Return an address as the API gives it: absolute if the request is known."""
    request = (context or {}).get("request")
    return request.build_absolute_uri(address) if request and address else address


class LinkedRichTextBlock(RichTextBlock):
    """Rich text whose page links are resolved once for the whole page.

    The page's context may hold `links` (a `PageLinks`), and its template `explainer`
    (an `Explainer`), which marks terms. The API's context may also hold `base` (an
    absolute address) and `text` (`html`, `markdown` or `plain`).
    """

    def get_context(
        self, value: RichText, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        links = context.get("links")
        # Without links (a preview of one block) Wagtail's own way will do.
        context["html"] = (
            to_html(value.source, links)
            if isinstance(links, PageLinks)
            else expand_db_html(value.source)
        )
        explainer = context.get("explainer")
        if isinstance(explainer, Explainer):
            context["html"] = explainer.mark(context["html"])
        return context

    def get_api_representation(
        self, value: RichText, context: dict[str, Any] | None = None
    ) -> str:
        context = context or {}
        links = context.get("links") or PageLinks([value.source])
        base = context.get("base")
        html = to_html(value.source, links, base)
        if context.get("text") == "markdown":
            return markdown.from_html(html, base or "")
        return to_text(html) if context.get("text") == "plain" else html

    def get_api_schema(self) -> dict[str, Any]:
        return {"type": "string", "description": "HTML, or as `text` asks."}

    class Meta:
        template = "articles/blocks/rich_text.html"
