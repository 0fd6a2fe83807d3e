"""Screeners in the admin's menu: where an editor looks for them first."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.pages import PageListingViewSet

from screening_block.models import Screener


class ScreenerListingViewSet(PageListingViewSet):
    """Every screener, wherever its page stands; pages themselves have the rights."""

    model = Screener
    icon = "tasks"
    menu_label = _("Screeners")
    menu_order = 240
    add_to_admin_menu = True
    columns = [
        *(column for column in PageListingViewSet.columns if column.name != "parent"),
        Column("next_review_due", label=_("Next review"), sort_key="next_review_due"),
    ]
