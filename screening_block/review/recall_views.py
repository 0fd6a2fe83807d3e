"""Recalling a release that was wrong."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import get_language_info, gettext as _, gettext_lazy
from django.views.generic import FormView
from wagtail.log_actions import log

from screening_block.engine.release_names import shorten_hash
from screening_block.models import Publication, Recall, Release
from screening_block.models.publishing import one_at_a_time

from .release_views import MAY_RECALL, ReleasesMixin, releases_url

RECALLED = "screening_block.recall"


class RecallForm(forms.ModelForm):
    """Why a release was wrong, and which one is right."""

    class Meta:
        model = Recall
        fields = ["reason", "reason_locale", "successor"]
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, successors: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        spoken: Any = [
            (code, get_language_info(code)["name_translated"].capitalize())
            for code, _name in _list_languages()
        ]
        self.fields["reason_locale"] = forms.ChoiceField(
            choices=spoken,
            label=self.fields["reason_locale"].label,
            help_text=self.fields["reason_locale"].help_text,
        )
        self.initial["reason_locale"] = self.instance.locale
        field: Any = self.fields["successor"]
        field.queryset = successors
        field.label_from_instance = _release_label
        field.empty_label = _("None yet")


def _list_languages() -> list[tuple[str, str]]:
    return getattr(settings, "WAGTAIL_CONTENT_LANGUAGES", settings.LANGUAGES)


def _release_label(row: Release) -> str:
    day = date_format(row.created_at, "DATETIME_FORMAT")
    return f"{shorten_hash(row.sha256)}, {day}"


class RecallView(ReleasesMixin, FormView):
    """Recall a release as wrong: from then on nobody outside gets it."""

    page_title = gettext_lazy("Recall a release")
    template_name = "screening_block/admin/release_recall.html"
    form_class = RecallForm
    header_icon = "warning"

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if not request.user.has_perm(MAY_RECALL):
            raise PermissionDenied
        self.row = self.release(self.kwargs["sha256"])
        if self.row.recalled:
            messages.warning(request, _("This release has already been recalled."))
            return redirect(releases_url(self.screener))
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        mine = Publication.objects.filter(screener=self.screener.translation_key)
        right = Release.objects.filter(pk__in=mine.values("release"), recall=None)
        others = right.exclude(pk=self.row.pk)
        return {
            **super().get_form_kwargs(),
            "instance": Recall(release=self.row, recalled_by_id=self.request.user.pk),
            "successors": others,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        current = Release.current(self.screener.key)
        return super().get_context_data(
            **kwargs,
            screener=self.screener,
            release=self.row,
            is_current=current is not None and current.pk == self.row.pk,
        )

    def form_valid(self, form: RecallForm) -> HttpResponse:
        with one_at_a_time():
            recall = form.save()
            log(
                instance=self.screener,
                action=RECALLED,
                user=self.request.user,
                data={"release": recall.pk, "reason": recall.reason},
            )
        text = _("Recalled. Visitors and other sites no longer get it.")
        messages.success(self.request, text)
        return redirect(releases_url(self.screener))
