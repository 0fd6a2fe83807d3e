"""Adding, changing, copying and deleting one scenario."""

import json
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log

from screening_block import engine
from screening_block.models import Scenario
from screening_block.models.releases import today
from screening_block.publishing.scenario_runs import (
    run_case,
    save_case,
    scenarios_of,
)

from .forms import ScenarioForm
from .scenario_view import ScenarioView
from .table import list_misses


class ScenarioFormView(ScenarioView):
    """What the views with the form share."""

    template_name = "screening_block/admin/scenarios/form.html"
    object: Scenario
    adds = False

    @cached_property
    def release(self) -> engine.Release | None:
        return self.editions.newest

    def render_form(self, form: ScenarioForm | None, status: int = 200) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def save(self, form: ScenarioForm) -> None:
        self.object.name = form.cleaned_data["name"]
        self.object.note = form.cleaned_data["note"]
        if not self.object.pk:
            last = scenarios_of(self.screener)[-1:]
            self.object.sort_order = last[0].sort_order + 1 if last else 0
        save_case(self.object, form.case, self.editions.live, self.request.user)
        log(
            self.object,
            "wagtail.create" if self.adds else "wagtail.edit",
            user=self.request.user,
        )
        self._add_message()

    def _add_message(self) -> None:
        message = _("“%(name)s” is saved.") % {"name": self.object.name}
        if self.object.proposed is not None:
            message += " " + _(
                "The current release gives a different result, so this takes effect "
                "with the publication that brings the change."
            )
        messages.success(self.request, message)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form: ScenarioForm | None = kwargs.get("form")
        if form is not None:
            case = form.case if form.is_bound and not form.errors else form.given
            verdict = run_case(case, form.release)
            kwargs["answered"], kwargs["others"] = form.question_rows()
            kwargs["finding_rows"] = form.finding_rows(verdict)
            kwargs["misses"] = list_misses(verdict, form.release)
            kwargs["comes_next"] = verdict.next
        return super().get_context_data(
            object=getattr(self, "object", None), adds=self.adds, **kwargs
        )


class AddView(ScenarioFormView):
    """A new scenario: empty, or (POST without `save`) filled in by “Try it”."""

    page_title = gettext_lazy("New scenario")
    adds = True

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.object = Scenario(screener=self.screener.translation_key)
        return self.render_form(self._build_form({}, {}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.object = Scenario(screener=self.screener.translation_key)
        if "save" not in request.POST:
            return self._fill_in()
        if self.release is None:
            return self.render_form(None)
        form = ScenarioForm(self.object, self.release, request.POST)
        if not form.is_valid():
            return self.render_form(form, 422)
        self.save(form)
        return redirect(self.address("edit", self.object.pk))

    def _build_form(self, answers: dict, expect: dict) -> ScenarioForm | None:
        if self.release is None:
            return None
        as_of = today(self.release)
        case = {"answers": answers, "as_of": as_of, "expect": expect}
        return ScenarioForm(self.object, self.release, case=case)

    def _fill_in(self) -> HttpResponse:
        """Show the form with the answers given in “Try it” and their results."""
        if self.release is None:
            return self.render_form(None)
        try:
            answers = engine.parse_answers(
                self.release, self.request.POST.get("answers", "{}")
            ).values
        except engine.AnswerError:
            messages.error(
                self.request,
                _("The draft has changed in the meantime. Please try it again."),
            )
            return redirect(self.address("try"))
        levels = engine.levels(self.release, answers, today(self.release))
        expect = {key: level for key, level in levels.items() if level != "not_apply"}
        return self.render_form(self._build_form(answers, expect))


class EditView(ScenarioFormView):
    """Changing a scenario, or taking back what waits for a publish."""

    def get_page_title(self) -> str:
        return self.object.name

    def get(self, request: HttpRequest, *, pk: int, **kwargs: Any) -> HttpResponse:
        self.object = self.scenario(pk)
        if self.release is None:
            return self.render_form(None)
        return self.render_form(ScenarioForm(self.object, self.release))

    def post(self, request: HttpRequest, *, pk: int, **kwargs: Any) -> HttpResponse:
        self.object = self.scenario(pk)
        if "take_back" in request.POST and self.object.case is not None:
            self.object.proposed = None
            self.object.changed_by_id = request.user.pk
            self.object.save()
            log(self.object, "wagtail.edit", user=request.user)
            messages.success(request, _("Its earlier expectations are restored."))
            return redirect(self.address("edit", pk))
        if self.release is None:
            return self.render_form(None)
        form = ScenarioForm(self.object, self.release, request.POST)
        if not form.is_valid():
            return self.render_form(form, 422)
        self.save(form)
        return redirect(self.address("table"))

    def get_header_more_buttons(self) -> list[Button]:
        pk = self.object.pk
        return [
            Button(_("Copy"), url=self.address("copy", pk), icon_name="copy"),
            Button(_("Delete"), url=self.address("delete", pk), icon_name="bin"),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            answers=json.dumps(self.object.newest["answers"]), **kwargs
        )


class CopyView(AddView):
    """A new scenario that begins as another one is."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        source = self.scenario(kwargs["pk"])
        self.object = Scenario(
            screener=self.screener.translation_key,
            name=(_("Copy of %(name)s") % {"name": source.name})[:160],
            note=source.note,
        )
        if self.release is None:
            return self.render_form(None)
        form = ScenarioForm(self.object, self.release, case=source.newest)
        return self.render_form(form)


class DeleteView(ScenarioView):
    """Asks, then deletes."""

    template_name = "screening_block/admin/scenarios/delete.html"
    page_title = gettext_lazy("Delete")

    def get(self, request: HttpRequest, *, pk: int, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(object=self.scenario(pk)))

    def post(self, request: HttpRequest, *, pk: int, **kwargs: Any) -> HttpResponse:
        scenario = self.scenario(pk)
        log(scenario, "wagtail.delete", user=request.user, deleted=True)
        scenario.delete()
        messages.success(request, _("“%(name)s” is deleted.") % {"name": scenario.name})
        return redirect(self.address("table"))
