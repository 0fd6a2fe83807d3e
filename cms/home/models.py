"""The home page and plain pages such as help and privacy."""

import copy
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import get_language, gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page

from cms.articles.models import (
    ArticleIndexPage,
    count_topics,
    get_live_articles,
)
from cms.home.contact import ContactPage
from cms.home.team import TeamMember, TeamPage
from cms.pages import BodyPage, SitePage
from plugins.freshness import remember
from screening_block.help.directory import list_entries
from screening_block.help.entry_listing import build_listing
from screening_block.help.fields import AREA
from screening_block.public import only_public, open_to_all

__all__ = [
    "ContactPage",
    "HelpPage",
    "HomePage",
    "StandardPage",
    "TeamMember",
    "TeamPage",
]
LATEST = 6


class HomePage(BodyPage):
    """The start of the site in one language."""

    action_label = models.CharField(_("button label"), max_length=60, blank=True)
    action_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("button link"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    own_case = models.ForeignKey(
        "screening_block.Screener",
        verbose_name=_("screener"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "“Check your own case” leads to it: on this page, at the top of every "
            "page, and at the head and the end of articles, while it is published."
        ),
    )

    content_panels = [
        *SitePage.content_panels,
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("action_label"), FieldPanel("action_page")])],
            heading=_("First step"),
        ),
        FieldPanel("own_case"),
        FieldPanel("body"),
    ]
    parent_page_types = ["wagtailcore.Page"]
    template = "home/home.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    @property
    def localized(self) -> Any:
        """Return it in the language of the request, where it is public in that.

        Wagtail asks this first of all, for every page of the site.
        """
        code = get_language()
        if self.locale.language_code == code:
            return self
        super_: Any = super()
        return copy.copy(
            remember(("home page in", self.pk, code), lambda: super_.localized.specific)
        )

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        articles = get_live_articles().descendant_of(self)
        context["topics"] = remember(
            ("topics below", self.pk), lambda: list(count_topics(articles))
        )
        lists = ArticleIndexPage.objects.descendant_of(self)
        context["index_page"] = remember(
            ("list of articles below", self.pk), lambda: open_to_all(lists).first()
        )
        first_step = Page.objects.filter(pk=self.action_page_id)
        found = only_public(first_step, request, anywhere=True)
        action = found[0] if found else None
        context["action_page"] = action
        # A guide that the button leads to is shown first, and once.
        first = articles.filter(pk=action.pk).first() if action else None
        context["featured"] = first
        rest = articles.exclude(pk=first.pk) if first else articles
        context["articles"] = rest[:LATEST]
        return context


class HelpPage(BodyPage):
    """The directory of help, below a text of one's own.

    Its filters work on the device: what a visitor picks is in no address and no log.
    """

    area = models.CharField(
        _("area"),
        max_length=20,
        blank=True,
        default="us-ca",
        validators=[RegexValidator(rf"\A{AREA.pattern}\Z", _("Such as us-ca."))],
        help_text=_("“us-ca” lists what helps there; empty lists everything."),
    )

    content_panels = [
        *SitePage.content_panels,
        FieldPanel("body"),
        FieldPanel("area"),
    ]
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    template = "home/help.html"

    class Meta:
        verbose_name = _("help page")
        verbose_name_plural = _("help pages")

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        entries = list_entries(area=self.area)
        context["help"] = build_listing(entries, self.locale.language_code)
        context["has_help"] = True
        return context


class StandardPage(BodyPage):
    """A page about the site: help, privacy, who we are."""

    parent_page_types = ["home.HomePage", "home.StandardPage"]
    template = "home/standard.html"

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
