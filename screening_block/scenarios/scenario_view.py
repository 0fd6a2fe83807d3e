"""What the views of scenarios share: who may come in, and what they stand on."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from screening_block.models import Scenario, Screener
from screening_block.publishing.content import source_of
from screening_block.publishing.drafts import Editions, editions_of


class ScenarioView(WagtailAdminTemplateMixin, View):
    """A view about a screener (`page` in the address), for those who may edit it."""

    header_icon = "list-ul"
    screener: Screener

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        page = get_object_or_404(Screener, pk=kwargs["page"])
        self.screener = source_of(page)
        if not self.screener.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        response = super().dispatch(request, *args, **kwargs)
        # Answers are invented here, but what is typed into a form is nobody's business.
        response["Cache-Control"] = "no-store, private"
        return response

    @cached_property
    def editions(self) -> Editions:
        return editions_of(self.screener)

    def address(self, name: str, *args: Any) -> str:
        """Return the address of a view of this screener's scenarios."""
        return reverse(f"screening_scenarios:{name}", args=[self.screener.pk, *args])

    def scenario(self, pk: int) -> Scenario:
        screener = self.screener.translation_key
        return get_object_or_404(Scenario, pk=pk, screener=screener)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = reverse("wagtailadmin_pages:edit", args=[self.screener.pk])
        return [
            *self.breadcrumbs_items,
            {"url": edit, "label": self.screener.get_admin_display_title()},
            {"url": self.address("table"), "label": _("Scenarios")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            screener=self.screener,
            editions=self.editions,
            addresses={
                name: self.address(name)
                for name in ("table", "add", "try", "export", "import", "accept")
            },
            **kwargs,
        )
