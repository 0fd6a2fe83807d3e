"""The checks and the overview of a screener, in side panels while it is edited.

The browser posts the form as it stands; its content is compiled and checked like for a
publish, and nothing of it is saved.
"""

from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.preview import PreviewOnCreateView, PreviewOnEditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.admin.viewsets.pages import PageViewSet

from screening_block.choices import SHORT_LISTS
from screening_block.models import Screener
from screening_block.publishing.refusal_messages import scenario_url
from screening_block.review.impact_views import edit_url
from screening_block.usage.reader import get_edit_url

from .contents import ContentsEntry, law_used, list_contents
from .problems import SEVERAL, CheckResult, PlacedProblem, check_form, check_screener

URL_NAME = "screening_block_checks"
ON_EDIT, ON_CREATE = f"{URL_NAME}_on_edit", f"{URL_NAME}_on_create"
SECTION_LABELS = {
    "questions": gettext_lazy("Questions"),
    "facts": gettext_lazy("Facts"),
    "findings": gettext_lazy("Findings"),
    **SHORT_LISTS,
}


class _ChecksMixin:
    """Answers a posted form with its problems and with the screener's contents.

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
            message = _("This request cannot be read.")
            return JsonResponse({"error": message}, status=400)
        if valid:
            form.save(commit=False)
            # A preview makes do with another title.
            form.instance.title = request.POST.get("title", "")
            found = check_screener(form.instance)
            entries = list_contents(form.instance, found.problems)
        else:
            found, entries = check_form(form), None
        response = JsonResponse(_answer(request, form.instance, found, entries))
        response["Cache-Control"] = "private, no-store"
        return response


class ChecksOnEdit(_ChecksMixin, PreviewOnEditView):
    """For those who may edit the page; anyone else is refused."""


class ChecksOnCreate(_ChecksMixin, PreviewOnCreateView):
    """For those who may add a page there; anyone else is refused."""


def _answer(
    request: HttpRequest,
    screener: Screener,
    found: CheckResult,
    entries: list[ContentsEntry] | None,
) -> dict[str, Any]:
    def drawn(part: str, **context: Any) -> str:
        template = f"screening_block/admin/checks/{part}.html"
        return render_to_string(template, context, request)

    problems = [
        {
            "problem": problem,
            "anchor": problem.place.anchor if found.screener.pk == screener.pk else "",
            "url": _fix_url(problem, found.screener, screener),
        }
        for problem in found.problems
    ]
    rooms = [
        (label, [entry for entry in entries or () if entry.room == room])
        for room, label in SECTION_LABELS.items()
    ]
    return {
        "summary": summarise(found),
        "errors": found.errors,
        "count": len(problems),
        "problems": drawn("problems", problems=problems, searched=found.searched),
        "parts": None if entries is None else drawn("parts", rooms=rooms),
        "used": None if entries is None else drawn("used", law=law_used(entries)),
    }


def _fix_url(problem: PlacedProblem, source: Screener, screener: Screener) -> str:
    """Return the URL at which to fix what this form cannot fix; "" if it can."""
    if scenario := problem.scenario:
        return scenario_url(source, None if scenario is SEVERAL else scenario)
    if problem.place.record is not None:
        return edit_url(problem.place.record)
    if source.pk != screener.pk:
        return get_edit_url(source.pk, problem.place.anchor)
    return ""


def summarise(found: CheckResult) -> str:
    """Return a summary in a sentence that is read out when it changes."""
    said = []
    if found.errors:
        text = ngettext(
            "%(number)s problem stops publishing.",
            "%(number)s problems stop publishing.",
            found.errors,
        )
        said.append(text % {"number": found.errors})
    if found.warnings:
        text = ngettext("%(number)s warning.", "%(number)s warnings.", found.warnings)
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
        at = "screening_block/admin/checks"
        script: Any = forms.Script(f"{at}.js", type="module")
        return forms.Media(js=[script], css={"all": [f"{at}.css"]})


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


def _add_panels(
    panels: Any, page: Any, request: HttpRequest, url: str
) -> MediaContainer:
    """Return the side panels with ours after the first, which is the page's status."""
    own = [ProblemsPanel(page, request, url), PartsPanel(page, request, url)]
    return MediaContainer([*panels[:1], *own, *panels[1:]])


class _SidePanelsMixin:
    """Mixin for the edit and revert views."""

    page: Any
    request: HttpRequest
    expects_json_response: bool
    hydrate_create_view: bool

    def get_side_panels(self: Any) -> MediaContainer:
        panels = super().get_side_panels()  # type: ignore[misc]
        if self.expects_json_response or self.hydrate_create_view:
            return panels
        url = reverse(ON_EDIT, args=[self.page.pk])
        return _add_panels(panels, self.page, self.request, url)


class ScreenerEditView(_SidePanelsMixin, EditView):
    pass


class ScreenerRevertView(_SidePanelsMixin, RevisionsRevertView):
    pass


class ScreenerCreateView(CreateView):
    def get_side_panels(self) -> MediaContainer:
        panels = super().get_side_panels()
        if self.expects_json_response:
            return panels
        kind = self.page._meta
        args = [kind.app_label, kind.model_name, self.parent_page.pk]
        url = reverse(ON_CREATE, args=args)
        return _add_panels(panels, self.page, self.request, url)


class ScreenerViewSet(PageViewSet):
    name = "screeners"
    model = Screener
    edit_view_class = ScreenerEditView
    add_view_class = ScreenerCreateView
    revisions_revert_view_class = ScreenerRevertView
