"""Export a screener as one file, and import one as drafts."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import UserPassesTestMixin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import FormView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Locale, Site

from screening_block import engine
from screening_block.choices import LEVELS
from screening_block.engine.dates import date_key
from screening_block.engine.release_names import shorten_hash
from screening_block.engine_extensions import get_engine_extensions
from screening_block.engine_words import say
from screening_block.models import Release, Scenario, Screener
from screening_block.models.publishing import one_at_a_time
from screening_block.publishing import editor_note_records
from screening_block.publishing.compile import compile_screener
from screening_block.publishing.editor_note_records import NotesByPart
from screening_block.publishing.refusal_messages import show_drafts
from screening_block.publishing.restore import write_drafts
from screening_block.publishing.scenario_runs import save_case, scenarios_of
from screening_block.review.changes import (
    EMPTY_STATE,
    PartChange,
    compare_releases,
    compare_states,
    release_state as state_of,
)
from screening_block.review.release_views import ReleasesMixin
from screening_block.review.screener_views import can_write_law

from .fits import find_problems
from .read import Pack, PackError, read_file
from .write import write_file

MAX_BYTES = 2_000_000
MAX_SHOWN = 50
MAX_SCENARIOS = 2_000


class FileView(ReleasesMixin, View):
    """Exports a release, or the newest draft, as a file with its scenarios.

    The draft comes with its editor notes; a release has none.
    """

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        sha256 = self.kwargs["sha256"]
        notes_by_part: NotesByPart = {}
        if sha256 == "draft":
            draft = self.screener.get_latest_revision_as_object()
            data = compile_screener(draft, drafts=True)
            notes_by_part = editor_note_records.read_all_notes(draft, drafts=True)
        else:
            data = dict(self.release(sha256).load().data)
        scenarios = [_scenario_dict(one) for one in scenarios_of(self.screener)]
        response = HttpResponse(
            write_file(data, scenarios, notes_by_part),
            content_type="application/yaml; charset=utf-8",
        )
        name = f"{self.screener.key}-{shorten_hash(sha256)}.yaml"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "no-store"
        return response


def _scenario_dict(scenario: Scenario) -> dict[str, Any]:
    case = scenario.newest
    return {
        "name": scenario.name,
        "why": scenario.note,
        "as_of": case.get("as_of"),
        "answers": case["answers"],
        "expect": case["expect"],
    }


class UploadForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("File"), required=False)
    content = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        file = given.get("file")
        if file and file.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is too large (2 MB at most)."))
        if file:
            try:
                given["content"] = file.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                raise forms.ValidationError(
                    _("The file is not UTF-8 text. Nothing was changed.")
                ) from None
        # A browser sends line breaks of its own in a field.
        given["content"] = (given.get("content") or "").replace("\r\n", "\n")
        if not given["content"].strip():
            raise forms.ValidationError(_("Choose a file first."))
        return given


@dataclass
class ImportedFile:
    """The content of a file, or why it cannot be imported."""

    problems: list[str]
    data: dict[str, Any] | None = None
    scenarios: list[dict[str, Any]] | None = None
    screener: Screener | None = None
    changes: list[PartChange] | None = None
    state: str = ""
    notes_by_part: NotesByPart = field(default_factory=dict)


def examine_file(text: str, name: str) -> ImportedFile:
    """Read a whole file: its form, its rules, and what it would change."""
    try:
        pack = read_file(text, name)
    except PackError as error:
        return ImportedFile(error.problems)
    data = pack.release()
    if problems := _problems(pack, data):
        return ImportedFile(problems)
    notes_by_part = pack.notes_by_part()
    screener = _find_screener(data["key"])
    if screener:
        draft = screener.get_latest_revision_as_object()
        now = compile_screener(draft, drafts=True)
        kept = editor_note_records.read_all_notes(draft, drafts=True)
        found = compare_releases(now, data, (kept, {**kept, **notes_by_part}))
    else:
        now, kept = {}, {}
        found = compare_states(EMPTY_STATE, state_of(data, notes_by_part=notes_by_part))
    kept = dict(sorted(kept.items()))
    compared = [now, data, *map(list, kept.items()), *map(list, notes_by_part.items())]
    state = hashlib.sha256(engine.canonical(compared)).hexdigest()
    return ImportedFile([], data, pack.scenarios, screener, found, state, notes_by_part)


def _find_screener(key: str) -> Screener | None:
    return Screener.objects.filter(key=key, locale=Locale.get_default()).first()


def _problems(pack: Pack, data: dict[str, Any]) -> list[str]:
    if found := find_problems(pack, data):
        return found
    release = engine.load_release(data, **get_engine_extensions())
    for number, one in enumerate(pack.scenarios):
        at = pack.place(f"scenarios/{one['name']}")
        if number == MAX_SCENARIOS:
            found.append(f"{at}: " + _("There are more than %(n)s.") % {"n": number})
            break
        found += [f"{at}: {problem}" for problem in _scenario_problems(one, release)]
    return found


def _scenario_problems(one: dict[str, Any], release: engine.Release) -> list[str]:
    """Return what keeps a scenario of a file from being written."""
    found = []
    limit = Scenario._meta.get_field("name").max_length or 0
    if not 0 < len(one["name"]) <= limit:
        found.append(_("Write a name of at most %(n)s characters.") % {"n": limit})
    as_of = one["as_of"]
    if as_of is not None and date_key(as_of) is None:
        found.append(_("as_of must be a date such as 2026-11-23, or null."))
    try:
        engine.parse_answers(release, one["answers"])
    except engine.AnswerError as error:
        found += [f"{p.path}: {say(p.message)}" for p in error.problems]
    if unknown := set(one["expect"]) - set(release.findings):
        listed = ", ".join(sorted(unknown))
        found.append(_("no such finding: %(keys)s") % {"keys": listed[:200]})
    if any(level not in LEVELS for level in map(str, one["expect"].values())):
        listed = ", ".join(LEVELS)
        found.append(_("An expected result must be one of: %s.") % listed)
    return found


class ScreenerImportView(UserPassesTestMixin, WagtailAdminTemplateMixin, FormView):
    """Reads a file whole and shows what it changes; then it may become drafts.

    Between the two steps it travels in the form; nothing is kept on the server.
    """

    page_title = gettext_lazy("Import a screener")
    header_icon = "upload"
    template_name = "screening_block/admin/portable.html"
    form_class = UploadForm

    def test_func(self) -> bool:
        return can_write_law(self.request.user)

    def form_valid(self, form: UploadForm) -> HttpResponse:
        content = form.cleaned_data["content"]
        file = form.cleaned_data.get("file")
        name = file.name if file else self.request.POST.get("name", "")[:100]
        found = examine_file(content, name or "file")
        if found.data and "apply" in self.request.POST:
            if self.request.POST["apply"] == found.state:
                return self.apply(found)
            text = _(
                "The drafts here have changed since you looked. Check the changes "
                "again, then import."
            )
            messages.error(self.request, text)
        changes = found.changes or []
        context = self.get_context_data(
            form=form,
            found=found,
            name=name,
            content=content,
            shown=changes[:MAX_SHOWN],
            more=max(0, len(changes) - MAX_SHOWN),
        )
        return self.render_to_response(context, status=422 if found.problems else 200)

    def apply(self, found: ImportedFile) -> HttpResponse:
        data = found.data or {}
        parent = Site.objects.get(is_default_site=True).root_page.specific
        target = found.screener
        user: Any = self.request.user
        if target and not target.permissions_for_user(user).can_edit():
            raise PermissionDenied
        if not target and not parent.permissions_for_user(user).can_add_subpage():
            raise PermissionDenied
        with one_at_a_time():
            drafts = write_drafts(data, user, parent, found.notes_by_part)
            locale = Locale.get_default()
            screener = Screener.objects.get(key=data["key"], locale=locale)
            count = _save_scenarios(screener, found.scenarios or [], user)
        text = _(
            "Imported as drafts: %(n)s parts, %(m)s scenarios. Nothing is public yet."
        )
        text %= {"n": len(drafts.parts), "m": count}
        if drafts.left_out:
            codes = ", ".join(drafts.left_out)
            more = _("Left out, because this site has no such language: %(codes)s.")
            text += " " + more % {"codes": codes}
        show_drafts(self.request, text, drafts.records[:MAX_SHOWN])
        return redirect("wagtailadmin_pages:edit", screener.pk)


def _save_scenarios(screener: Screener, given: list[dict[str, Any]], user: Any) -> int:
    """Write the scenarios that differ; return how many did."""
    live = Release.load_current(screener.key)
    there = {scenario.name: scenario for scenario in scenarios_of(screener)}
    count = 0
    for place, one in enumerate(given):
        case = {name: one[name] for name in ("answers", "as_of", "expect")}
        scenario = there.get(one["name"])
        if scenario and scenario.newest == case and scenario.note == one["why"]:
            continue
        scenario = scenario or Scenario(
            screener=screener.translation_key, name=one["name"], sort_order=place
        )
        scenario.note = one["why"]
        save_case(scenario, case, live, user)
        count += 1
    return count
