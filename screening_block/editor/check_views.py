"""The checks and the overview of a screener, beside its form while it is edited.

The browser posts the form as it stands; what it says is compiled and checked like a
publish would be, and nothing of it is saved.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.preview import PreviewOnCreateView, PreviewOnEditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.admin.viewsets.pages import PageViewSet

from screening_block.models import Screener
from screening_block.publishing.refusals import scenario_url
from screening_block.review.impact_views import edit_address
from screening_block.usage.reader import get_edit_url

from .contents import Entry, contents, law_used
from .problems import SEVERAL, Checked, Remark, checked, refused_form

NAME = "screening_block_checks"
ON_EDIT, ON_CREATE = f"{NAME}_on_edit", f"{NAME}_on_create"
ROOMS = {
    "questions": gettext_lazy("Questions"),
    "facts": gettext_lazy("Facts"),
    "findings": gettext_lazy("Findings"),
}


class _Checks:
    """Answers a posted form with what is to mend and with the screener's contents.

    JSON `{"summary", "errors", "count", "problems", "parts", "used"}`; the last three
    are HTML, and `parts` and `used` are null while the form itself is refused.
    """

    http_method_names = ("post",)
    request: HttpRequest
    get_form: Any
    validate_form: Any

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        try:
            form = self.get_form(request.POST)
            # As for a draft: what is still missing is the engine's to say.
            valid = self.validate_form(form)
        except BadRequest:
            form = None
        if form is None or not form.is_bound:
            return JsonResponse(
                {"error": _("This request cannot be read.")}, status=400
            )
        if valid:
            form.save(commit=False)
            # A preview makes do with another title.
            form.instance.title = request.POST.get("title", "")
            found, entries = checked(form.instance), None
            entries = contents(form.instance, found.remarks)
        else:
            found, entries = refused_form(form), None
        response = JsonResponse(_answer(request, form.instance, found, entries))
        response["Cache-Control"] = "private, no-store"
        return response


class ChecksOnEdit(_Checks, PreviewOnEditView):
    """For who may edit the page; anyone else is refused."""


class ChecksOnCreate(_Checks, PreviewOnCreateView):
    """For who may add a page there; anyone else is refused."""


def _answer(
    request: HttpRequest,
    screener: Screener,
    found: Checked,
    entries: list[Entry] | None,
) -> dict[str, Any]:
    def drawn(part: str, **context: Any) -> str:
        template = f"screening_block/admin/checks/{part}.html"
        return render_to_string(template, context, request)

    remarks = [
        {
            "remark": remark,
            "anchor": remark.spot.anchor if found.screener.pk == screener.pk else "",
            "url": _elsewhere(remark, found.screener, screener),
        }
        for remark in found.remarks
    ]
    rooms = {
        room: [entry for entry in entries or () if entry.room == room] for room in ROOMS
    }
    return {
        "summary": summary(found),
        "errors": found.errors,
        "count": len(remarks),
        "problems": drawn("problems", remarks=remarks, searched=found.searched),
        "parts": None
        if entries is None
        else drawn("parts", rooms=[(ROOMS[name], rooms[name]) for name in ROOMS]),
        "used": None if entries is None else drawn("used", law=law_used(entries)),
    }


def _elsewhere(remark: Remark, source: Screener, screener: Screener) -> str:
    """Where to mend what is not mended in this form; "" if it is."""
    if scenario := remark.scenario:
        return scenario_url(source, None if scenario is SEVERAL else scenario)
    if remark.spot.record is not None:
        return edit_address(remark.spot.record)
    if source.pk != screener.pk:
        return get_edit_url(source.pk, remark.spot.anchor)
    return ""


def summary(found: Checked) -> str:
    """What was found, in a sentence that is read out when it changes."""
    said = []
    if found.errors:
        text = ngettext(
            "%(number)s problem stops publishing.",
            "%(number)s problems stop publishing.",
            found.errors,
        )
        said.append(text % {"number": found.errors})
    if found.warnings:
        text = ngettext(
            "%(number)s warning.",
            "%(number)s warnings.",
            found.warnings,
        )
        said.append(text % {"number": found.warnings})
    return " ".join(said) or _("Nothing to fix.")


class _Panel(BaseSidePanel):
    """A side panel that `checks.js` fills."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        def __init__(self, panel: Any):
            super().__init__(panel)
            self.aria_label = panel.toggle_label
            self.icon_name = panel.icon_name
            self.has_counter = panel.has_counter

    toggle_label: Any = ""
    icon_name = ""
    has_counter = False

    def __init__(self, object: Any, request: HttpRequest, url: str):
        super().__init__(object, request)
        self.url = url

    @property
    def media(self) -> forms.Media:
        script: Any = forms.Script("screening_block/admin/checks.js", type="module")
        return forms.Media(
            js=[script], css={"all": ["screening_block/admin/checks.css"]}
        )


class ProblemsPanel(_Panel):
    name = "ls-problems"
    title = gettext_lazy("Rule checks")
    toggle_label = gettext_lazy("Toggle rule checks")
    icon_name = "tasks"
    has_counter = True
    template_name = "screening_block/admin/checks/problems_panel.html"


class PartsPanel(_Panel):
    name = "ls-parts"
    title = gettext_lazy("Overview")
    toggle_label = gettext_lazy("Toggle overview")
    icon_name = "list-ul"
    template_name = "screening_block/admin/checks/parts_panel.html"


def _beside(panels: Any, page: Any, request: HttpRequest, url: str) -> MediaContainer:
    """The side panels with ours after the first, which is the page's status."""
    own = [ProblemsPanel(page, request, url), PartsPanel(page, request, url)]
    return MediaContainer([*panels[:1], *own, *panels[1:]])


class _Edited:
    """Of the edit view, and of the one that brings back an old version."""

    page: Any
    request: HttpRequest
    expects_json_response: bool
    hydrate_create_view: bool

    def get_side_panels(self: Any) -> MediaContainer:
        panels = super().get_side_panels()  # type: ignore[misc]
        if self.expects_json_response or self.hydrate_create_view:
            return panels
        url = reverse(ON_EDIT, args=[self.page.pk])
        return _beside(panels, self.page, self.request, url)


class ScreenerEditView(_Edited, EditView):
    pass


class ScreenerRevertView(_Edited, RevisionsRevertView):
    pass


class ScreenerCreateView(CreateView):
    def get_side_panels(self) -> MediaContainer:
        panels = super().get_side_panels()
        if self.expects_json_response:
            return panels
        kind = self.page._meta
        args = [kind.app_label, kind.model_name, self.parent_page.pk]
        url = reverse(ON_CREATE, args=args)
        return _beside(panels, self.page, self.request, url)


class ScreenerViewSet(PageViewSet):
    name = "screeners"
    model = Screener
    edit_view_class = ScreenerEditView
    add_view_class = ScreenerCreateView
    revisions_revert_view_class = ScreenerRevertView
