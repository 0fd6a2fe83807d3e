"""From rows that were changed to what may say something else for it.

A table that is not known here may change anything: then all is read anew, which costs
time and misses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Model
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, PageViewRestriction, Site, TranslatableMixin

from cms.articles.topics import Topic
from cms.freshness.tables import find_owner, find_parent
from cms.freshness.touched import EVERYTHING, Touched
from cms.glossary.models import Term
from cms.identity.models import SiteSettings
from cms.identity.people import Person
from screening_block.help.models import HelpEntry
from screening_block.models import Screener

#: Apps, and models, that nothing of the API is made of.
SILENT_APPS = frozenset(
    [
        *("auth", "axes", "contenttypes", "sessions", "taggit", "simple_translation"),
        *("wagtailredirects", "wagtailusers", "wagtailadmin", "wagtailsearch"),
        *("word_search", "demo"),
    ]
)
SILENT_MODELS = frozenset(
    f"wagtailcore.{name}"
    for name in (
        *("collection", "collectionviewrestriction", "groupcollectionpermission"),
        *("collectionviewrestriction_groups", "pageviewrestriction_groups"),
        *("workflow", "workflowtask", "workflowcontenttype", "workflowpage", "task"),
        *("groupapprovaltask", "groupapprovaltask_groups", "grouppagepermission"),
        "groupsitepermission",
    )
)
#: Lists of small things: see `parts`.
SITE, TOPICS, TERMS, HELP = "site", "topics", "terms", "help"
LAW, SCREENERS = "law", "screeners"
PARTS = (SITE, TOPICS, TERMS, HELP, LAW, SCREENERS)
#: What a page needs that shows the directory of help, or says we do not know what.
ALL_HELP, ANYTHING = "help", "anything"


@dataclass
class Candidates:
    """What must be read anew."""

    everything: bool = False
    pages: set[int] = field(default_factory=set)
    below: set[int] = field(default_factory=set)
    pieces: set[str] = field(default_factory=set)
    parts: set[str] = field(default_factory=set)
    screening: bool = False

    def add(self, touched: Touched) -> None:
        model = _list_tables().get(touched.source)
        if model is None or touched.owner == EVERYTHING:
            self.everything = True
            return
        label = model._meta.label_lower
        if model._meta.app_label in SILENT_APPS or label in SILENT_MODELS:
            return
        base: Any = _find_base(model)
        self.pieces.add(ANYTHING)
        if base is Page:
            kind = self.below if model is PageViewRestriction else self.pages
            kind.add(int(touched.owner))
            self.parts |= {SITE, TOPICS}
        elif base is Term:
            self.parts.add(TERMS)
        elif base in (get_image_model(), get_document_model(), Topic, Person):
            self.pieces.add(name_piece(base, touched.owner))
            self.pieces |= {
                name_piece(base, pk) for pk in _find_versions(base, [touched.owner])
            }
            self.parts |= {SITE} if base is get_image_model() else set()
            self.parts |= {TOPICS} if base is Topic else set()
        elif base is SiteSettings:
            self.parts.add(SITE)
        elif base is HelpEntry:
            self.pieces.add(ALL_HELP)
            self.parts |= {HELP, SCREENERS}
        elif model._meta.app_label == Screener._meta.app_label:
            self.screening = True
        else:
            self.everything = True
        # A screener's own row is one of its app as well.
        if model is Screener:
            self.screening = True

    def expand(self) -> None:
        """Add what hangs on the pages: those below, in other languages, what needs
        them."""
        paths = Page.objects.filter(pk__in=self.below).values_list("path", flat=True)
        self.pages |= self.below
        for path in paths:
            below = Page.objects.filter(path__startswith=path)
            self.pages |= set(below.values_list("pk", flat=True))
        screeners = set(Screener.objects.values_list("pk", flat=True))
        if self.screening or self.pages & screeners:
            # Which of them are public hangs on the law, and on one another.
            self.pages |= screeners
            self.parts |= {LAW, SCREENERS}
        self.pages |= set(_find_versions(Page, self.pages))
        said = Term.objects.filter(page__isnull=False)
        if self.pages & set(said.values_list("page", flat=True)):
            self.parts.add(TERMS)
        self.pieces |= {name_piece(Page, pk) for pk in self.pages}


def find_candidates(touched: Iterable[Touched]) -> Candidates:
    found = Candidates()
    for one in touched:
        found.add(one)
    if not found.everything:
        found.expand()
    return found


def name_piece(base: type[Model], pk: Any) -> str:
    return f"{base._meta.label_lower}:{pk}"


def split(values: Iterable[Any], size: int = 400) -> Iterable[list[Any]]:
    """Yield them in lists that a query can name."""
    listed = list(values)
    for start in range(0, len(listed), size):
        yield listed[start : start + size]


def _find_versions(base: type[Model], pks: Iterable[Any]) -> Iterable[Any]:
    """Yield the ids of records and of what they are in other languages."""
    if not issubclass(base, (Page, TranslatableMixin)):
        return
    rows: Any = base._default_manager
    for some in split(pks):
        keys = rows.filter(pk__in=some).values("translation_key")
        yield from rows.filter(translation_key__in=keys).values_list("pk", flat=True)


@cache
def _list_tables() -> dict[str, type[Model]]:
    models = apps.get_models(include_auto_created=True)
    return {model._meta.db_table: model for model in models}


@cache
def _find_base(model: type[Model]) -> type[Model] | None:
    """Return the model whose row is meant by what the trigger notes; None for a row of
    a row of a row, which nobody can tell, and for what moves everything."""
    column = find_owner(model)
    owner: Any = next(f for f in model._meta.local_fields if f.column == column)
    if owner.is_relation:
        model = owner.related_model
    while model._meta.pk.is_relation:
        model = model._meta.pk.related_model  # type: ignore[assignment]
    return None if model in (Locale, Site) or find_parent(model) else model
