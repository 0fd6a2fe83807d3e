"""Where review and planned publishing show in the admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component

from ..authoring.schedule import REFUSED, refused_plans


class RefusedPlans(Component):
    """The home page's list of what was to be published by now, and is not."""

    order = 50
    template_name = "screening_block/admin/refused_plans.html"

    def __init__(self, plans: list[dict[str, Any]]):
        self.plans = plans

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"plans": self.plans, "heading": _("Not published as planned")}


@hooks.register("construct_homepage_panels")
def show_refused_plans(request: HttpRequest, panels: list) -> None:
    if plans := refused_plans(request.user):
        panels.append(RefusedPlans(plans))


@hooks.register("register_log_actions")
def log_refused_plans(actions: Any) -> None:
    actions.register_action(
        REFUSED,
        _("Publishing refused"),
        _("Not published as planned: something would have been broken"),
    )


@hooks.register("insert_global_admin_css")
def review_css() -> str:
    return format_html(
        '<link rel="stylesheet" href="{}">',
        static("screening_block/admin/review.css"),
    )
