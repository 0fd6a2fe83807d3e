"""What the views of one screener share."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from screening_block.models import Chart, ChartRow, Screener, Threshold


def can_write_law(user: Any) -> bool:
    """Whether a user may write every kind of record that a screener uses."""
    return all(
        user.has_perm(f"screening_block.{action}_{model._meta.model_name}")
        for model in (Threshold, Chart, ChartRow)
        for action in ("add", "change")
    )


class ScreenerViewMixin(WagtailAdminTemplateMixin):
    """A view of one screener, for those who may edit it."""

    kwargs: dict[str, Any]
    request: HttpRequest

    @cached_property
    def screener(self) -> Screener:
        screener = get_object_or_404(Screener, pk=self.kwargs["pk"])
        if not screener.permissions_for_user(self.request.user).can_edit():
            raise PermissionDenied
        return screener

    def get_page_subtitle(self) -> str:
        return str(self.screener.get_latest_revision_as_object().title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = reverse("wagtailadmin_pages:edit", args=[self.screener.pk])
        return [
            *super().breadcrumbs_items,
            {"url": edit, "label": self.screener.get_admin_display_title()},
            *self.further_breadcrumbs(),
        ]

    def further_breadcrumbs(self) -> list[dict[str, Any]]:
        """Return the items after the screener; the last one is this page."""
        return [{"url": "", "label": self.get_page_title()}]
