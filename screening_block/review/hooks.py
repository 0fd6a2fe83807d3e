"""Hooks that show review and planned publishing in the admin."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.utils import get_user_display_name

from screening_block.models.review import LegalReviewTask, edited_last
from screening_block.models.schedule import REFUSED, refused_plans
from screening_block.models.translated import NOT_REVIEWED, REVIEWED


class RefusedPlans(Component):
    """The home page's list of what should have been published by now, and is not."""

    order = 50
    template_name = "screening_block/admin/refused_plans.html"

    def __init__(self, plans: list[dict[str, Any]]):
        self.plans = plans

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"plans": self.plans, "heading": _("Not published as scheduled")}


@hooks.register("construct_homepage_panels")
def show_refused_plans(request: HttpRequest, panels: list) -> None:
    if plans := refused_plans(request.user):
        panels.append(RefusedPlans(plans))


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
def show_requested_changes(request: HttpRequest, record: Any) -> None:
    """Show the reviewer's comment above a draft that came back."""
    state = getattr(record, "current_workflow_state", None)
    if request.method != "GET" or not state:
        return
    if state.status != state.STATUS_NEEDS_CHANGES:
        return
    asked = state.current_task_state
    if asked and asked.comment:
        person = get_user_display_name(asked.finished_by)
        text = _("%(person)s asked for changes: %(comment)s")
        messages.warning(request, text % {"person": person, "comment": asked.comment})


@hooks.register("construct_page_action_menu")
@hooks.register("construct_snippet_action_menu")
def put_approval_first(items: list, request: HttpRequest, context: Any) -> None:
    """Make approving the main button for whoever may approve the draft."""
    record = context.get("page") or context.get("instance")
    task = getattr(record, "current_workflow_task", None)
    if not isinstance(getattr(task, "specific", None), LegalReviewTask):
        return
    if edited_last(record, request.user):
        items[:] = [item for item in items if item.name != "approve"]
    items.sort(key=lambda item: item.name != "approve")


@hooks.register("register_log_actions")
def log_refused_plans(actions: Any) -> None:
    actions.register_action(
        REFUSED,
        _("Publishing refused"),
        _("Not published as scheduled: it would have broken something"),
    )


@hooks.register("register_log_actions")
def log_translations(actions: Any) -> None:
    label = _("Review of the translation")
    actions.register_action(REVIEWED, label, _("Translation marked as reviewed"))
    actions.register_action(
        NOT_REVIEWED, label, _("Translation marked as not reviewed")
    )


@hooks.register("insert_global_admin_css")
def review_css() -> str:
    return format_html(
        '<link rel="stylesheet" href="{}">',
        static("screening_block/admin/review.css"),
    )
