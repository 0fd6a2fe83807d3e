"""The way from a screener to its scenarios."""

from collections.abc import Iterator
from typing import Any

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from screening_block.models import Screener


@hooks.register("register_page_header_buttons")
def add_scenarios_button(
    page: Any, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    if not isinstance(page, Screener) or not page.permissions_for_user(user).can_edit():
        return
    buttons = [
        ("table", _("Scenarios"), "list-ul"),
        ("try", _("Try it"), "view"),
    ]
    for place, (name, label, icon) in enumerate(buttons):
        url = reverse(f"screening_scenarios:{name}", args=[page.pk])
        yield Button(label, url=url, icon_name=icon, priority=11 + place)


@hooks.register("register_log_actions")
def register_accept_action(actions: Any) -> None:
    actions.register_action(
        "screening_block.accept",
        _("Accept new results"),
        _("Accepted the new results of the draft"),
    )


@hooks.register("register_admin_urls")
def scenario_urls() -> list:
    return [path("screening/scenarios/", include("screening_block.scenarios.urls"))]
