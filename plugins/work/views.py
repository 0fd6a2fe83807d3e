"""The pages of background work: all of it, and how far one piece is."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from .records import Job

VIEW_ALL = "plugins.view_job"
LIST, DETAIL = "work_list", "work_job"
ON_A_PAGE = 50


def visible_jobs(user: Any) -> Any:
    """Return what somebody may see: their own; all, with the right to that."""
    jobs = Job.objects.select_related("owner").order_by("-made_at", "-pk")
    return jobs if user.has_perm(VIEW_ALL) else jobs.filter(owner=user)


def job_url(job: Job) -> str:
    return reverse(DETAIL, args=[job.pk])


def show_job(job: Job) -> HttpResponse:
    """Send whoever began some work to the page that says how far it is."""
    return redirect(job_url(job))


class WorkListView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "plugins/work/list.html"
    page_title = gettext_lazy("Background work")
    header_icon = "history"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        jobs = visible_jobs(self.request.user).defer("document", "outcomes")
        page = Paginator(jobs, ON_A_PAGE).get_page(self.request.GET.get("p"))
        sees_all = self.request.user.has_perm(VIEW_ALL)
        return super().get_context_data(jobs=page, sees_all=sees_all, **kwargs)


class JobView(WagtailAdminTemplateMixin, TemplateView):
    """How far some work is; `?part` is only what changes, which its script asks for."""

    template_name = "plugins/work/job.html"
    header_icon = "history"
    job: Job

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.job = get_object_or_404(Job, pk=kwargs["pk"])
        if not visible_jobs(request.user).filter(pk=self.job.pk).exists():
            raise PermissionDenied
        if "part" in request.GET:
            answer = render(request, "plugins/work/state.html", {"job": self.job})
            answer["Cache-Control"] = "no-store"
            return answer
        return self.render_to_response(self.get_context_data(job=self.job))

    def get_page_title(self) -> str:
        return str(self.job.label)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        listed = {"url": reverse(LIST), "label": WorkListView.page_title}
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.job.subject}
        return [*self.breadcrumbs_items, listed, here]
