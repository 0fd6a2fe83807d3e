"""Help entries in the admin: the listing and its filters, the form, files."""

import datetime as dt
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
)
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from screening_block.admin_urls import admin_url
from screening_block.choices import list_help_subjects
from screening_block.fields.time_zone_field import ZoneSelect
from screening_block.law.choosers import LawChooserViewSet
from screening_block.law.copy_views import LawCopyView
from screening_block.law.csv_rows import file_response
from screening_block.law.spreadsheet_views import FileForm

from .entry_csv import EntrySheet, list_columns, read_entries, write_entries
from .models import CHECK_AFTER, HIDE_AFTER, HelpEntry
from .subjects import get_subjects, list_languages

STATES = {
    "good": gettext_lazy("Checked in the last 90 days"),
    "due": gettext_lazy("To be checked again"),
    "hidden": gettext_lazy("Hidden: not checked for a year"),
}


def may(user: Any, action: str) -> bool:
    policy = policy_registry.get_by_type(HelpEntry)
    return bool(policy.user_has_permission(user, action))


class EntryFilterSet(WagtailFilterSet):
    """Filters by what an entry is for, where, in which language, and if it is due."""

    subject = django_filters.ChoiceFilter(
        label=gettext_lazy("What for"),
        choices=list_help_subjects,
        method="filter_subject",
    )
    area = django_filters.ChoiceFilter(
        label=gettext_lazy("Area"), choices=list, method="filter_area"
    )
    language = django_filters.ChoiceFilter(
        label=gettext_lazy("Language"),
        choices=list_languages,
        method="filter_language",
    )
    due = django_filters.ChoiceFilter(
        label=gettext_lazy("Due"),
        choices=list(STATES.items()),
        method="filter_due",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = HelpEntry
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        used = {
            area
            for entry in HelpEntry.objects.only("areas")
            for area in entry.area_codes
        }
        self.filters["area"].extra["choices"] = [(area, area) for area in sorted(used)]

    def filter_subject(self, entries: QuerySet, name: str, value: str) -> QuerySet:
        return entries.filter(subjects__contains=f"|{value}|")

    def filter_language(self, entries: QuerySet, name: str, value: str) -> QuerySet:
        return entries.filter(languages__contains=f"|{value}|")

    def filter_area(self, entries: QuerySet, name: str, value: str) -> QuerySet:
        found = [entry.pk for entry in entries if value in entry.area_codes]
        return entries.filter(pk__in=found)

    def filter_due(self, entries: QuerySet, name: str, value: str) -> QuerySet:
        today = timezone.localdate()
        due = Q(checked_on__lte=today - dt.timedelta(days=CHECK_AFTER))
        hidden = Q(checked_on__lte=today - dt.timedelta(days=HIDE_AFTER))
        never = Q(checked_on=None)
        if value == "hidden":
            return entries.filter(hidden | never)
        return entries.filter(due & ~hidden if value == "due" else ~(due | never))


class SubjectsColumn(Column):
    """Names what an entry is for."""

    def get_value(self, instance: Any) -> str:
        names = get_subjects()
        return ", ".join(str(names.get(key, key)) for key in instance.subjects)


class CheckedColumn(Column):
    """Says when an entry was checked, and if it is due or hidden."""

    cell_template_name = "screening_help/admin/checked_cell.html"

    def get_value(self, instance: Any) -> dict[str, Any]:
        state = (
            "hidden" if instance.is_hidden() else "due" if instance.is_due() else "good"
        )
        return {"day": instance.checked_on, "state": state, "words": STATES[state]}


class EntryIndexView(IndexView):
    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = list(super().header_more_buttons)
        if may(self.request.user, "change"):
            buttons.append(
                Button(
                    _("Import"),
                    url=admin_url(HelpEntry, "import"),
                    icon_name="upload",
                    priority=100,
                )
            )
        buttons.append(
            Button(
                _("Export"),
                url=admin_url(HelpEntry, "csv"),
                icon_name="download",
                priority=110,
            )
        )
        return buttons


class EntryExportView(View):
    """Exports every entry as last saved, as a file that `EntryImportView` reads."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if not any(may(request.user, action) for action in ("view", "add", "change")):
            raise PermissionDenied
        found = HelpEntry.objects.order_by("order", "name", "pk")
        content = write_entries(e.get_latest_revision_as_object() for e in found)
        return file_response(content, f"help-{timezone.localdate().isoformat()}.csv")


class EntryFileForm(FileForm):
    publish = forms.BooleanField(
        label=gettext_lazy("Publish at once"),
        required=False,
        help_text=gettext_lazy("Otherwise everything is saved as drafts."),
    )


class EntryImportView(WagtailAdminTemplateMixin, TemplateView):
    """Reads a file of entries: all of it, or nothing where one thing is wrong."""

    template_name = "screening_help/admin/import.html"
    page_title = gettext_lazy("Import")
    header_icon = "upload"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may(request.user, "change"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict]:
        entries = HelpEntry._meta.verbose_name_plural
        return [
            *self.breadcrumbs_items,
            {"url": admin_url(HelpEntry, "list"), "label": str(entries).capitalize()},
            {"url": "", "label": _("Import")},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", self.make_form())
        return super().get_context_data(
            columns=list_columns(),
            subjects=get_subjects(),
            languages=dict(list_languages()),
            urls={
                name: admin_url(HelpEntry, name) for name in ("list", "csv", "import")
            },
            **kwargs,
        )

    def make_form(self, *given: Any) -> EntryFileForm:
        form = EntryFileForm(*given)
        if not may(self.request.user, "publish"):
            del form.fields["publish"]
        return form

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self.make_form(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        sheet = read_entries(form.cleaned_data["file"].read())
        user = request.user
        locked = [e.name for e in sheet.entries if e.pk and is_locked(e, user)]
        refused = any(e.pk is None for e in sheet.entries) and not may(user, "add")
        if sheet.problems or locked or refused:
            context = self.get_context_data(
                form=form, problems=sheet.problems, locked=locked, refused=refused
            )
            return self.render_to_response(context)
        publish = bool(form.cleaned_data.get("publish"))
        new, changed, same = save_sheet(sheet, user, publish=publish)
        messages.success(
            request,
            _("%(new)s new, %(changed)s changed, %(same)s the same.")
            % {"new": new, "changed": changed, "same": same},
        )
        return HttpResponseRedirect(admin_url(HelpEntry, "list"))


def is_locked(entry: HelpEntry, user: Any) -> bool:
    lock = HelpEntry.objects.get(pk=entry.pk).get_lock()
    return bool(lock and lock.for_user(user))


@transaction.atomic
def save_sheet(sheet: EntrySheet, user: Any, *, publish: bool) -> tuple[int, int, int]:
    """Save what a file says; return how many are new, changed and the same."""
    new = changed = same = 0
    for entry in sheet.entries:
        if entry.pk is None:
            new += 1
            entry.live = publish
            entry.save()
        else:
            stored = HelpEntry.objects.get(pk=entry.pk)
            before = stored.get_latest_revision_as_object()
            drafted = write_entries([before]) == write_entries([entry])
            if drafted and not (publish and stored.has_unpublished_changes):
                same += 1
                continue
            changed += 1
        revision = entry.save_revision(user=user)
        if publish:
            revision.publish(user=user)
    return new, changed, same


class EntryChooserViewSet(LawChooserViewSet):
    """For those with a right to the entries."""


class HelpEntryViewSet(SnippetViewSet):
    model = HelpEntry
    chooser_viewset_class = EntryChooserViewSet
    icon = "group"
    menu_label = gettext_lazy("Help that exists")
    menu_order = 245
    add_to_admin_menu = True
    index_view_class = EntryIndexView
    copy_view_class = LawCopyView
    filterset_class = EntryFilterSet
    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("key"), FieldPanel("order")]),
        FieldPanel("subjects"),
        FieldPanel("note"),
        FieldPanel("phones"),
        MultiFieldPanel(
            [
                FieldPanel("hours"),
                FieldPanel("hours_note"),
                FieldPanel("time_zone", widget=ZoneSelect),
            ],
            heading=gettext_lazy("Hours"),
        ),
        FieldRowPanel([FieldPanel("url"), FieldPanel("address")]),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("areas"), FieldPanel("counties")])],
            heading=gettext_lazy("Where it helps"),
        ),
        FieldPanel("languages"),
        InlinePanel(
            "words",
            heading=gettext_lazy("In other languages"),
            label=gettext_lazy("Language"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("source"), FieldPanel("source_dated")]),
                FieldRowPanel([FieldPanel("checked_on"), FieldPanel("checked_by")]),
                FieldPanel("editors_note"),
            ],
            heading=gettext_lazy("Source"),
        ),
    ]
    list_display = [
        "name",
        SubjectsColumn("subjects", label=gettext_lazy("What for")),
        Column("areas", label=gettext_lazy("Area"), sort_key="areas"),
        CheckedColumn(
            "checked", label=gettext_lazy("Last checked"), sort_key="checked_on"
        ),
        LiveStatusTagColumn(),
    ]
    ordering = ["order", "name"]

    def get_urlpatterns(self) -> list:
        return [
            *super().get_urlpatterns(),
            path("import/", EntryImportView.as_view(), name="import"),
            path("csv/", EntryExportView.as_view(), name="csv"),
        ]
