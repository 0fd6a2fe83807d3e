"""What shows, links or names a record: read from the records themselves.

Wagtail's index of references says where to look. It knows neither drafts nor what was
written after a page was saved (its tags), so each place is read again where it stands.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import swapper
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from modelcluster.fields import ParentalKey
from wagtail.admin.admin_url_finder import finder_classes
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, ReferenceIndex, Revision

Page = swapper.load_model("wagtailcore", "Page")

#: A record as references name it: the content type of its base model, and its id.
Key = tuple[int, str]


#: Up to so many records, drafts are searched for their ids before they are read.
MAX_NAMED = 20


class ReferencePlace(NamedTuple):
    """One place that refers to a record. `state` is "both", "draft" or "public"."""

    source: Any
    to: Key
    reference: ReferenceIndex
    state: str


def get_key(record: Any) -> Key:
    return _get_base_type(record).pk, str(record.pk)


def find_references(records: Iterable[Any]) -> list[ReferencePlace]:
    """Return every place that refers to one of `records`, except places in them."""
    going = {get_key(record): record for record in records}
    found: list[ReferencePlace] = []
    for key, source in _find_sources(going).items():
        if key not in going:
            found += _find_places(source, going)
    return found


def get_holder(reference: ReferenceIndex) -> Any:
    """Return the block or field that refers."""
    field = reference.source_field
    if not isinstance(field, StreamField):
        return field
    block = field.stream_block
    for name in reference.model_path_components[1:]:
        inner = getattr(block, "child_blocks", {}).get(name)
        # Items of lists, and cells of tables, whose path has more parts than blocks.
        block = inner or getattr(block, "child_block", None) or block
    return block


def _get_base_type(record: Any) -> ContentType:
    return ReferenceIndex._get_base_content_type(record)


def _find_sources(going: dict[Key, Any]) -> dict[Key, Any]:
    """Return the records to look at, as they are public."""
    wanted: dict[Key, None] = {}
    types: dict[int, list[str]] = {}
    for type_id, pk in going:
        types.setdefault(type_id, []).append(pk)
    for type_id, ids in types.items():
        rows = ReferenceIndex.objects.filter(
            to_content_type=type_id, to_object_id__in=ids
        )
        named = rows.values_list("base_content_type_id", "object_id").distinct()
        wanted.update(dict.fromkeys(named))
    for model in {type(record) for record in going.values()}:
        wanted.update(dict.fromkeys(_find_owners(model, going)))
    wanted.update(dict.fromkeys(_find_drafts(going)))
    return dict(_load(wanted))


def _find_owners(model: Any, going: dict[Key, Any]) -> Iterator[Key]:
    """Return what has a field, or a part with one, that refers to a model."""
    ids = [record.pk for record in going.values() if isinstance(record, model)]
    for relation in model._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and relation.one_to_many):
            continue
        child: Any = relation.related_model
        key: Any = relation.field
        if isinstance(key, ParentalKey) or not isinstance(key, models.ForeignKey):
            continue
        if getattr(key, "wagtail_reference_index_ignore", False):
            continue
        own = [one for one in child._meta.fields if isinstance(one, ParentalKey)]
        owner = own[0].related_model if own else child
        # Logs and the like refer to everything, and nobody edits them.
        if not finder_classes.get_by_type(owner):
            continue
        column = own[0].attname if own else "pk"
        rows = child._base_manager.filter(**{f"{key.name}__in": ids})
        type_id = _get_base_type(owner).pk
        for pk in rows.values_list(column, flat=True).distinct():
            yield type_id, str(pk)


def _find_drafts(going: dict[Key, Any]) -> Iterator[Key]:
    """Return what has an unpublished draft that may name one of them."""
    named = Q()
    for _type, pk in going if len(going) <= MAX_NAMED else ():
        named |= Q(text__contains=pk)
    revisions = Revision.objects.annotate(text=Cast("content", models.TextField()))
    for model in apps.get_models():
        own = model is Page or not issubclass(model, Page)
        if own and issubclass(model, DraftStateMixin):
            type_id = _get_base_type(model).pk
            drafts = model._base_manager.filter(has_unpublished_changes=True)
            if named:
                drafts = drafts.filter(latest_revision__in=revisions.filter(named))
            for pk in drafts.values_list("pk", flat=True):
                yield type_id, str(pk)


def _load(keys: Iterable[Key]) -> Iterator[tuple[Key, Any]]:
    by_type: dict[int, list[str]] = {}
    for type_id, pk in keys:
        by_type.setdefault(type_id, []).append(pk)
    for type_id, ids in by_type.items():
        model: Any = ContentType.objects.get_for_id(type_id).model_class()
        if model is None:
            continue
        records = model._base_manager.filter(pk__in=ids)
        if model is Page:
            records = Page.objects.filter(pk__in=ids).specific()
        for record in records:
            yield (type_id, str(record.pk)), record


def _find_places(source: Any, going: dict[Key, Any]) -> Iterator[ReferencePlace]:
    public = _find_references_in(source, going)
    drafted = public
    if getattr(source, "has_unpublished_changes", False) and source.latest_revision_id:
        drafted = _find_references_in(source.get_latest_revision_as_object(), going)
    for place, reference in {**public, **drafted}.items():
        state = "both" if place in public and place in drafted else "draft"
        if place not in drafted:
            state = "public"
        if not getattr(source, "live", True):
            state = "draft"
        yield ReferencePlace(source, place[0], reference, state)


def _find_references_in(
    record: Any, going: dict[Key, Any]
) -> dict[tuple, ReferenceIndex]:
    type_id = ContentType.objects.get_for_model(record, for_concrete_model=False).pk
    found = {}
    for (
        to_type,
        to_pk,
        model_path,
        path,
    ) in ReferenceIndex._extract_references_from_object(record):
        if (to_type, to_pk) in going:
            found[(to_type, to_pk), path] = ReferenceIndex(
                content_type_id=type_id,
                base_content_type=_get_base_type(record),
                object_id=str(record.pk),
                to_content_type_id=to_type,
                to_object_id=to_pk,
                model_path=model_path,
                content_path=path,
            )
    return found
