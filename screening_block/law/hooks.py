"""The menu of the law that screeners use."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from screening_block.review.screener_views import can_write_law

from .chart_views import ChartRowViewSet, ChartViewSet
from .threshold_views import ThresholdViewSet


class ScreeningGroup(SnippetViewSetGroup):
    """One menu for the law that screeners use."""

    items = (ThresholdViewSet, ChartViewSet, ChartRowViewSet)
    menu_label = _("Law")
    menu_icon = "openquote"
    menu_order = 250

    def get_submenu_items(self) -> list:
        return [
            *super().get_submenu_items(),
            ImportItem(
                _("Import a screener"),
                reverse("screening_block_take_in"),
                icon_name="upload",
                order=900,
            ),
        ]


class ImportItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can_write_law(request.user)


register_snippet(ScreeningGroup)
