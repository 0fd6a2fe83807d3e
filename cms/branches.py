"""The way down the page tree to the page that is asked for.

Wagtail asks twice for each step: which page it is, and for its own fields. The steps in
between are pages that have pages below them; they are few, and remembered. The last one
is read with what it refers to, at once where only one kind of page can be there.
"""

from __future__ import annotations

import copy
from typing import Any

from django.http import Http404
from wagtail.models import Page

from plugins.freshness import remember
from screening_block.page_kinds import reading_by_key

#: Pages with pages below them that are remembered of one page.
MOST = 50


def find_child(page: Any, slug: str) -> Any:
    """Return the page below `page` at this slug, as its own kind. Raises `Http404`."""
    child = _read_leaf(page, slug)
    if child is None:
        branches = remember(
            ("branches", page.pk, page.path),
            lambda: _list_branches(page),
            by_source=True,
        )
        # Of its own: whoever serves it may write things down in it.
        child = copy.copy(branches.get(slug)) or _read_child(page, slug)
    child._cached_parent_obj = page
    if child.locale_id == page.locale_id:
        child.locale = page.locale
    return child


def _list_branches(page: Any) -> dict[str, Any]:
    below = page.get_children().filter(numchild__gt=0).order_by("path")
    # One that gets its first page below it is found without this as well.
    with reading_by_key() as kinds:
        found = list(below.specific()[:MOST])
        kinds.add(child.content_type_id for child in found)
    return {child.slug: child for child in found}


def _read_leaf(page: Any, slug: str) -> Any:
    """Return the page at this slug where only pages of one kind can be, with none below
    them; None where that is not so, or it is not there."""
    kinds = type(page).clean_subpage_models()
    if len(kinds) != 1 or kinds[0].clean_subpage_models():
        return None
    rows = kinds[0]._default_manager.child_of(page)
    served = getattr(kinds[0], "served_with", ())
    return rows.select_related(*served).filter(slug=slug).order_by().first()


def _read_child(page: Any, slug: str) -> Any:
    try:
        return page.get_children().get(slug=slug).specific
    except Page.DoesNotExist as error:
        raise Http404 from error
