"""Which pages not everybody may read: found out once for each state of the content."""

from __future__ import annotations

from typing import Any

import swapper
from wagtail.models import PageViewRestriction

from plugins.freshness import remember


def list_guarded() -> tuple[str, ...]:
    """Return the paths of the pages that are restricted, and so is all below them.

    Those of aliases too: Wagtail asks of an alias what it asks of its source.
    """
    return remember(("guarded pages",), _find_guarded)


def _find_guarded() -> tuple[str, ...]:
    found = dict(PageViewRestriction.objects.values_list("page", "page__path"))
    pages, new = swapper.load_model("wagtailcore", "Page").objects, set(found)
    while new:
        aliases = pages.filter(alias_of__in=new).exclude(pk__in=found)
        more = dict(aliases.values_list("pk", "path"))
        found |= more
        new = set(more)
    return tuple(found.values())


class GuardedPage:
    """A page that asks for its restrictions only where there can be any."""

    def get_view_restrictions(self) -> Any:
        page: Any = self
        if page.path.startswith(list_guarded()):
            return super().get_view_restrictions()  # type: ignore[misc]
        return PageViewRestriction.objects.none()
