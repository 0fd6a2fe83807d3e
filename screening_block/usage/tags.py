"""What uses a record that is to go, for the pages that ask before it does."""

from typing import Any

import swapper
from django import template
from django.db.models import Model
from wagtail import hooks

from screening_block.usage.removal import DELETE, UNPUBLISH, Removal, describe_removal

register = template.Library()

#: What Wagtail's templates call the record; in bulk, a dict that has it as "item".
NAMES = ("page", "snippet", "image", "document", "user", "object", "instance")


@register.simple_tag(takes_context=True)
def get_removal(context: Any, *, all_items: bool = False) -> Removal:
    """Describe what the page asks about: one record, or with `all_items` all."""
    return _describe(context, _list_records(context, all_items=all_items))


@register.simple_tag(takes_context=True)
def get_removal_below(context: Any, *, all_items: bool = False) -> Removal | None:
    """Describe the same for the live pages below, which may be unpublished as well."""
    if _get_action(context) != UNPUBLISH:
        return None
    records = _list_records(context, all_items=all_items)
    below = [page for one in records for page in _list_below(one) if page.live]
    return _describe(context, below) if below else None


def _describe(context: Any, records: list[Any]) -> Removal:
    request, action = context["request"], _get_action(context)
    known = request.__dict__.setdefault("_screening_going", {})
    key = (action, *((one._meta.label, one.pk) for one in records))
    if key not in known:
        known[key] = describe_removal(records, action, request.user)
    return known[key]


def _get_action(context: Any) -> str:
    match = context["request"].resolver_match
    names = (match.url_name or "", match.kwargs.get("action", ""))
    return UNPUBLISH if any(UNPUBLISH in one for one in names) else DELETE


def _list_records(context: Any, *, all_items: bool) -> list[Any]:
    action = _get_action(context)
    if all_items or not (one := _get_record(context)):
        chosen = [item["item"] for item in context.get("items") or ()]
    else:
        chosen = [one]
    found = {record.pk: record for record in chosen}
    for record in chosen:
        if not isinstance(record, swapper.load_model("wagtailcore", "Page")):
            continue
        for hook in hooks.get_hooks("construct_translated_pages_to_cascade_actions"):
            for pages in (hook([record], action) or {}).values():
                found |= {page.pk: page for page in pages}
        # Aliases are unpublished with their source, and outlive its deletion.
        more = _list_below(record) if action == DELETE else record.aliases.specific()
        found |= {page.pk: page for page in more}
    return list(found.values())


def _list_below(record: Any) -> list[Any]:
    below = getattr(record, "get_descendants", None)
    return list(below().defer_streamfields().specific()) if below else []


def _get_record(context: Any) -> Any:
    for name in NAMES:
        value = context.get(name)
        record = value.get("item") if isinstance(value, dict) else value
        if isinstance(record, Model) and not (
            name == "user" and record is context["request"].user
        ):
            return record
    return None
