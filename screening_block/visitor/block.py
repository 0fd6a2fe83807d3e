"""The block that puts a screener in an article."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from plugins.kinds import ArticleBlock
from plugins.streams.api_shapes import Schema, or_null, record

from .embed_addresses import EMBEDDING, describe_embedding


def make_anchor(key: str) -> str:
    """Make the id under which a page that shows a screener can be jumped to."""
    return f"screener-{key}"


class ScreenerBlock(blocks.PageChooserBlock):
    """Value: a Screener page. Shows it, folded, and only while it is published."""

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("page_type", "screening_block.Screener")
        super().__init__(**kwargs)

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict:
        from .views import build_start_context

        context = super().get_context(value, parent_context)
        page = value.specific if value else None
        context.update(build_start_context(page, context.get("request")))
        context["anchor"] = make_anchor(context.get("key", ""))
        return context

    def get_api_representation(self, value: Any, context: Any = None) -> Any:
        """Return `{"key", "title"}`; None while nobody may use the screener here.

        With “screener” in the context's `expand`, also what an embedder needs.
        """
        from screening_block.public import RecalledError, release_of

        context = context or {}
        request = context.get("request")
        page = value.specific if value else None
        try:
            release = release_of(page, request)
        except RecalledError:
            return None
        if page is None or release is None:
            return None
        shown = {"key": page.key, "title": page.title}
        if "screener" in context.get("expand", ()) and request is not None:
            shown["embed"] = describe_embedding(page, release, request)
        return shown

    def get_api_schema(self) -> Schema:
        text: Schema = {"type": "string"}
        fields = {"key": text, "title": text, "embed": EMBEDDING}
        return or_null(record(fields, optional=["embed"]))

    def get_preview_value(self) -> Any:
        """Return the newest published screener; None where there is none yet."""
        from screening_block.models import Screener

        return Screener.objects.live().order_by("-last_published_at").first()

    class Meta:
        icon = "help"
        label = _("Screener")
        group = _("Screening")
        description = _("Guided questions with a cited result, folded until wanted.")
        template = "screening_block/screener_block.html"
        preview_template = "screening_block/block_preview.html"


class ScreenerQuestionBlock(ScreenerBlock):
    """The same with its first question asked at once; a type of its own, so that what
    is stored of either stays what it is."""

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict:
        return super().get_context(value, parent_context) | {"asks": True}

    def get_api_representation(self, value: Any, context: Any = None) -> Any:
        """Return `{"key", "title", "first_question": True}`, or None."""
        shown = super().get_api_representation(value, context)
        return shown and shown | {"first_question": True}

    def get_api_schema(self) -> Schema:
        text: Schema = {"type": "string"}
        fields = {
            "key": text,
            "title": text,
            "first_question": {"const": True},
            "embed": EMBEDDING,
        }
        return or_null(record(fields, optional=["embed"]))

    class Meta:
        label = _("Screener, first question open")
        description = _("The same, and the first question can be answered at once.")


BLOCKS = [
    ArticleBlock(
        key="screener",
        label=_("Screener"),
        block=ScreenerBlock,
        group=_("Screening"),
    ),
    ArticleBlock(
        key="screener_question",
        label=_("Screener, first question open"),
        block=ScreenerQuestionBlock,
        group=_("Screening"),
    ),
]
