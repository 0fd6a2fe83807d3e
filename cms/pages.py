"""What all kinds of pages of the site share. No model of its own."""

from functools import partial
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.blocks.text import list_anchors
from cms.branches import find_child
from cms.own_case import find_shown_case
from cms.richtext import PageLinks
from cms.search.stems import StemField
from plugins.streams import StreamField
from plugins.text.fields import clean_text_fields
from screening_block.fields.page_forms import ReservedSlugCopyForm, ReservedSlugPageForm
from screening_block.fields.reserved_slugs import ReservedSlugMixin
from screening_block.models.guarded import GuardedPage
from screening_block.models.schedule import publish_planned_or_now
from screening_block.models.translated import TranslatedPage, TranslationPanel
from screening_block.public import open_to_all
from screening_block.visitor.block import ScreenerBlock


class SitePage(ReservedSlugMixin, GuardedPage, TranslatedPage, Page):
    """A page with a summary, which search engines and listings show too."""

    summary = models.TextField(
        _("summary"),
        blank=True,
        max_length=400,
        help_text=_("One or two sentences. Shown under the title and in lists."),
    )

    #: What is read with a page that is to be served.
    served_with: ClassVar[tuple[str, ...]] = ()

    base_form_class = ReservedSlugPageForm
    copy_form_class = ReservedSlugCopyForm
    content_panels = [
        *Page.content_panels,
        TranslationPanel(),
        FieldPanel("summary"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary", boost=2),
        StemField("title", boost=2),
        StemField("summary", boost=2),
    ]

    class Meta:
        abstract = True

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        clean_text_fields(self, kwargs.get("exclude"))
        super().full_clean(*args, **kwargs)

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Find the page that is asked for, at or below this one."""
        if not path_components:
            return super().route(request, path_components)
        slug, *rest = path_components
        return find_child(self, slug).route(request, rest)

    def publish(
        self, revision: Any, *args: Any, log_action: Any = True, **kwargs: Any
    ) -> None:
        """Publish; a schedule that fails stops no other one, and is reported."""
        act = partial(super().publish, revision, *args, log_action=log_action, **kwargs)
        publish_planned_or_now(self, revision, act, log_action)

    @property
    def description(self) -> str:
        """Return what search engines show: the promote tab's description, or the
        summary."""
        return self.search_description or self.summary

    @cached_property
    def public_translations(self) -> list[Page]:
        """Return the public translations of this page, by language code."""
        pages = Page.objects.filter(translation_key=self.translation_key)
        others = open_to_all(pages.exclude(pk=self.pk))
        translations = others.select_related("locale")
        return sorted(translations, key=lambda page: page.locale.language_code)


class BodyPage(SitePage):
    """A page whose body is a stream of blocks."""

    body = StreamField(BodyBlock, blank=True, verbose_name=_("body"))
    explain_terms = models.BooleanField(
        _("explain glossary terms"),
        default=True,
        help_text=_(
            "Readers can open the explanation of a term of the glossary where the body "
            "first uses it."
        ),
    )

    content_panels = [*SitePage.content_panels, FieldPanel("body")]
    promote_panels = [
        *Page.promote_panels,
        MultiFieldPanel([FieldPanel("explain_terms")], heading=_("Glossary")),
    ]
    search_fields = [
        *SitePage.search_fields,
        index.SearchField("body"),
        StemField("body"),
    ]

    class Meta:
        abstract = True

    def page_links(self, request: HttpRequest | None) -> PageLinks:
        """Return the addresses of all pages the body links to, found in one go."""
        return PageLinks(self.body.raw_data, request, self.locale)

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        anchors = list_anchors(self.body)
        context["links"] = self.page_links(request)
        context["anchors"] = {key: anchor for key, (anchor, _text) in anchors.items()}
        context["sections"] = list(anchors.values())
        kinds = {block.block_type for block in self.body}
        context["has_screener"] = any(
            isinstance(block.block, ScreenerBlock) for block in self.body
        )
        context["case_here"] = find_shown_case(self.body, request)
        context["has_help"] = "help_entries" in kinds
        return context
