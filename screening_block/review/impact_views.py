"""The page of what a draft changes for visitors, and publishing from it."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import EditView

from plugins.work.views import job_url, show_job
from screening_block.models import Chart, ChartRow, Screener, Threshold
from screening_block.models.publishing import GateError
from screening_block.publishing.refusal_messages import refusal_messages, show_refusal

from .impact import impact_of
from .wide_publish import count_users, find_work, is_wide, publish_wide, show_wide

MODELS: dict[str, type[models.Model]] = {
    "screener": Screener,
    "threshold": Threshold,
    "chart": Chart,
    "row": ChartRow,
}
URL_NAME = "screening_block_impact"
WIDE_TEMPLATE = "screening_block/admin/impact_wide.html"


def impact_url(record: Any) -> str:
    """Return the URL of the page that shows what the draft of `record` changes."""
    kind = next(kind for kind, model in MODELS.items() if isinstance(record, model))
    return reverse(URL_NAME, args=[kind, record.pk])


def edit_url(record: Any) -> str:
    if isinstance(record, Screener):
        return reverse("wagtailadmin_pages:edit", args=[record.pk])
    return reverse(record.snippet_viewset.get_url_name("edit"), args=[record.pk])


def is_allowed(user: Any, action: str, record: Any) -> bool:
    """Whether `user` may `change` or `publish` a record, locks included."""
    if isinstance(record, Screener):
        rights = record.permissions_for_user(user)
        return bool(
            rights.can_edit()
            if action == "change"
            else rights.can_publish() and not rights.page_locked()
        )
    policy = record.snippet_viewset.permission_policy
    if not policy.user_has_permission(user, action):
        return False
    lock = record.get_lock()
    return action == "change" or not (lock and lock.for_user(user))


class ImpactView(WagtailAdminTemplateMixin, TemplateView):
    """Shows what the newest draft changes (GET), and publishes just that (POST)."""

    template_name = "screening_block/admin/impact_page.html"
    page_title = gettext_lazy("What changes for visitors")
    header_icon = "view"
    record: Any

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if kwargs["kind"] not in MODELS:
            raise Http404
        self.record = get_object_or_404(MODELS[kwargs["kind"]], pk=kwargs["pk"])
        if not is_allowed(request.user, "change", self.record):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_wide(self.record):
            return self.render_to_response(self.get_draft_context())
        if work := find_work(self.record, request.user):
            return show_job(work)
        context = self.get_context_data(
            users=count_users(self.record), edit_url=edit_url(self.record)
        )
        return TemplateResponse(request, WIDE_TEMPLATE, context)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if "work_out" in request.POST:
            return show_wide(self.record, request.user)
        if not is_allowed(request.user, "publish", self.record):
            raise PermissionDenied
        read = request.POST.get("revision"), request.POST.get("state")
        newest = read[0] == str(self.record.latest_revision_id)
        wide = is_wide(self.record)
        if read[1] and newest and wide:
            # It compares by itself what was read.
            return publish_wide(self.record, request.user, read[1])
        if wide or not newest or read[1] != self.impact["state"]:
            text = _("Something has changed in the meantime. Please read it again.")
            messages.warning(request, text)
            return self.get(request, **kwargs)
        try:
            self.record.get_latest_revision().publish(user=request.user)
        except GateError as error:
            what = _("Not published. Please fix this first:")
            show_refusal(request, what, refusal_messages([error]))
        else:
            title = self.record.get_latest_revision_as_object()
            messages.success(request, _("“%(title)s” is published.") % {"title": title})
        return redirect(edit_url(self.record))

    @cached_property
    def impact(self) -> dict[str, Any]:
        return impact_of(self.record)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        title = str(self.record.get_latest_revision_as_object())
        return [
            *self.breadcrumbs_items,
            {"url": edit_url(self.record), "label": title},
            {"url": "", "label": self.get_page_title(), "sublabel": title},
        ]

    def get_draft_context(self) -> dict[str, Any]:
        draft = self.record.has_unpublished_changes or not self.record.live
        return self.get_context_data(
            impact=self.impact,
            revision=self.record.latest_revision_id,
            has_draft=draft,
            may_publish=is_allowed(self.request.user, "publish", self.record),
            confirm="confirm" in self.request.GET,
            edit_url=edit_url(self.record),
        )


def impact_button(record: Any, priority: int = 40) -> Button:
    return Button(
        _("What changes for visitors"),
        impact_url(record),
        icon_name="view",
        priority=priority,
    )


class ImpactEditView(EditView):
    """An edit view with a link to what its draft changes, and to work that goes on."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if work := find_work(self.object, request.user):
            button = messages.button(job_url(work), _("Show how far it is now"))
            text = _("This is being worked out in the background.")
            messages.info(request, text, buttons=[button])
        return super().get(request, *args, **kwargs)

    def workflow_action_action(self) -> Any:
        """Approve; approving saves the form first, so what a reviewer typed is their
        edit."""
        try:
            return super().workflow_action_action()
        except PermissionDenied:
            text = _(
                "Saved, but not approved: you edited it, so somebody else has to "
                "approve it."
            )
            messages.warning(self.request, text)
            return redirect(edit_url(self.object))

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [*super().header_more_buttons, impact_button(self.object)]
