"""Where the map of a screener hangs in the admin."""

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from screening_block.models import Screener

from .views import NAME, MapView


@hooks.register("register_admin_urls")
def register_map_urls() -> list:
    return [path("screening/<int:pk>/map/", MapView.as_view(), name=NAME)]


@hooks.register("register_page_header_buttons")
def add_map_button(page: Any, user: Any, view_name: str, next_url: Any = None) -> Any:
    if isinstance(page, Screener) and page.permissions_for_user(user).can_edit():
        url = reverse(NAME, args=[page.pk])
        yield Button(_("Map"), url, icon_name="site", priority=68)
