"""Which tables move the content version: every one that is not listed here.

A table that is forgotten costs a page rendered once more; one that is left out wrongly
would leave it stale. A plugin's model whose rows nobody is shown says so with the class
attribute `shows_on_pages = False`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Field, Model
from modelcluster.fields import ParentalKey

#: Of staff at work: logs, drafts, sessions, what waits for whom.
NEVER_SHOWN = frozenset(
    [
        "axes_accessattempt",
        "axes_accessattemptexpiration",
        "axes_accessfailurelog",
        "axes_accesslog",
        "demo_demopart",
        "django_content_type",
        "django_session",
        "django_tasks_database_dbtaskresult",
        "freshness_version",
        "screening_block_scenario",
        # Served by their own names, which say their content.
        "screening_block_scriptpart",
        "wagtailadmin_editingsession",
        "wagtailadmin_formstate",
        "wagtailcore_apitoken",
        "wagtailcore_comment",
        "wagtailcore_commentreply",
        "wagtailcore_modellogentry",
        "wagtailcore_pagelogentry",
        "wagtailcore_pagesubscription",
        "wagtailcore_referenceindex",
        "wagtailcore_revision",
        "wagtailcore_taskstate",
        "wagtailcore_uploadedfile",
        "wagtailcore_workflowstate",
        # Searches are not kept.
        "wagtailsearch_indexentry",
        "wagtailsearch_indexentry_fts",
        "wagtailusers_userprofile",
    ]
)
#: Made while a page is rendered that then shows them; only a change shows elsewhere.
MADE_BY_READING = frozenset(["wagtailimages_rendition", "wagtailembeds_embed"])
#: Of drafts and locks: they change with every autosave, and nothing public does.
OF_DRAFTS = frozenset(
    [
        "draft_title",
        "has_unpublished_changes",
        "last_login",
        "latest_revision_created_at",
        "latest_revision_id",
        "locked",
        "locked_at",
        "locked_by_id",
    ]
)


#: Of tables whose rows say something of another one: the column that names it.
OWNERS = {
    "wagtailcore_pageviewrestriction": "page_id",
    "wagtailimages_rendition": "image_id",
}


#: Of tables whose rows are of several kinds: the column that says of which.
KINDS = {"wagtailcore_page": "content_type_id"}


class Watched(NamedTuple):
    """A table, the columns whose change shows, the one that says whose it is, and the
    one that says of which kind, or ""."""

    table: str
    columns: tuple[str, ...]
    inserts: bool
    owner: str
    kind: str


def list_watched(existing: dict[str, list[str]]) -> Iterator[Watched]:
    """Yield the tables of our models that `existing` (columns by table) has too."""
    shown = list_shown()
    for table in sorted(shown):
        if table in existing:
            columns = [name for name in existing[table] if name not in OF_DRAFTS]
            inserts = table not in MADE_BY_READING
            owner, kind = find_owner(shown[table]), KINDS.get(table, "")
            yield Watched(table, tuple(columns), inserts, owner, kind)


def list_shown() -> dict[str, type[Model]]:
    """Return the models whose tables move the version, by these."""
    return {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        and getattr(model, "shows_on_pages", True)
        and model._meta.db_table not in NEVER_SHOWN
    }


def find_owner(model: type[Model]) -> str:
    """Return the column of a model's table that says whose row it is."""
    field: Any = find_parent(model) or model._meta.pk
    return OWNERS.get(model._meta.db_table) or str(field.column)


def find_parent(model: type[Model]) -> Field | None:
    """Return the field by which a row is a child of another one, if it is."""
    fields = model._meta.local_fields
    return next((field for field in fields if isinstance(field, ParentalKey)), None)
