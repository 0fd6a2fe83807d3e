"""Translated pages, and which of them no legal translator has checked."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Locale, Page

from screening_block.models.translated import TranslatedPage

from .law_report import (
    LawReport,
    RowTitle,
    SortedColumn,
    build_choice_filter,
    build_multiple_filter,
)

STATES = {
    "no": gettext_lazy("Not reviewed"),
    "yes": gettext_lazy("Reviewed"),
}


@dataclass(frozen=True)
class Translation:
    """A page as it was last saved; `state` is a key of `STATES`."""

    kind: Any
    title: str
    url: str
    language: str
    state: str
    status: Any
    updated: dt.datetime | None

    @property
    def state_text(self) -> Any:
        return STATES[self.state]


def list_translations() -> Iterator[Translation]:
    """Yield every page, and every record read as one, that is not in the site’s own
    language."""
    main = Locale.get_default()
    for model in apps.get_models():
        if not issubclass(model, TranslatedPage) or model._meta.abstract:
            continue
        manager: Any = model._default_manager
        records = manager.exclude(locale=main).select_related("locale")
        if issubclass(model, Page):
            records = records.filter(alias_of=None)
        for record in records.select_related("latest_revision").order_by("pk"):
            draft = record.get_latest_revision_as_object()
            saved = record.latest_revision
            yield Translation(
                kind=model._meta.verbose_name,
                title=getattr(draft, "get_admin_display_title", draft.__str__)(),
                url=AdminURLFinder().get_edit_url(record) or "",
                language=record.locale.get_display_name(),
                state="yes" if draft.translation_reviewed else "no",
                status=record.status_string,
                updated=saved and saved.created_at,
            )


class Translations(LawReport):
    slug = "translations"
    page_title = gettext_lazy("Translations")
    header_icon = "globe"
    intro = gettext_lazy(
        "Every page that is a translation. Those that are not reviewed say to readers "
        "that no legal translator has checked them."
    )
    default_ordering = "state"
    columns = [
        RowTitle(gettext_lazy("Page")),
        SortedColumn("state_text", gettext_lazy("Translation"), sort_key="state"),
        SortedColumn("language", gettext_lazy("Language")),
        SortedColumn("kind", gettext_lazy("Kind")),
        SortedColumn("status", gettext_lazy("Status")),
        SortedColumn("updated", gettext_lazy("Updated")),
    ]

    def rows(self) -> Iterable[Translation]:
        return list_translations()

    def filter_fields(self) -> dict[str, Any]:
        languages = dict.fromkeys(row.language for row in self.all_rows)
        return {
            "state": build_choice_filter(_("Translation"), list(STATES.items())),
            "language": build_multiple_filter(
                _("Language"), [(name, name) for name in languages]
            ),
            "kind": build_multiple_filter(_("Kind"), self.kinds()),
        }

    def is_wanted(self, row: Translation, given: dict[str, Any]) -> bool:
        if given.get("state") and row.state != given["state"]:
            return False
        if given.get("language") and row.language not in given["language"]:
            return False
        return super().is_wanted(row, given)
