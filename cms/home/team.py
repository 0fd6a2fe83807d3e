"""The page that shows the people of the site."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable

from cms.identity.people import Person, show_people
from cms.pages import BodyPage, SitePage
from screening_block.public import public_pages, remember_here


class TeamPage(BodyPage):
    """People, in an order of one's own, above a text."""

    content_panels = [
        *SitePage.content_panels,
        InlinePanel("members", heading=_("People"), label=_("Person")),
        FieldPanel("body"),
    ]
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    template = "home/team.html"

    class Meta:
        verbose_name = _("team page")
        verbose_name_plural = _("team pages")

    def list_people(self) -> list[Person]:
        """Return its people who are published."""
        chosen = [member.person_id for member in self.members.all()]
        return show_people(chosen, self.locale.language_code)

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["people"] = self.list_people()
        return context


class TeamMember(Orderable):
    """Somebody on a team page."""

    page = ParentalKey(TeamPage, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(
        Person,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="+",
    )

    panels = [FieldPanel("person")]

    class Meta(Orderable.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")


def find_addresses(request: HttpRequest, language: str) -> dict[Any, str]:
    """Return where the people on public team pages in a language stand, by the
    translation key of each."""
    return remember_here(
        request,
        ("places of people", language),
        lambda: _find_addresses(request, language),
    )


def _find_addresses(request: HttpRequest, language: str) -> dict[Any, str]:
    pages = public_pages(
        TeamPage.objects.filter(locale__language_code=language), request
    )
    return {
        person.translation_key: f"{page.get_full_url(request)}#{person.anchor}"
        for page in pages
        for person in page.list_people()
    }
