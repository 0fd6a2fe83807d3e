"""Which pages not everybody may read: found out once for each state of the content."""

from __future__ import annotations

from typing import Any

import swapper
from wagtail.models import PageViewRestriction

from plugins.freshness import remember

from ..page_kinds import reading_by_key


def list_guarded() -> tuple[str, ...]:
    """Return the paths of the pages that are restricted, and so is all below them.

    Those of aliases too: Wagtail asks of an alias what it asks of its source.
    """
    return remember(("guarded pages",), _find_guarded, by_source=True)


def _find_guarded() -> tuple[str, ...]:
    # Most sites have none, and then no page says anything of it.
    if not PageViewRestriction.objects.exists():
        return ()
    pages = swapper.load_model("wagtailcore", "Page").objects
    found: dict[int, str] = {}
    with reading_by_key() as kinds:
        restricted = PageViewRestriction.objects.values("page")
        new = pages.filter(pk__in=restricted)
        while rows := list(new.values_list("pk", "path", "content_type")):
            found |= {pk: path for pk, path, _kind in rows}
            kinds.add(kind for _pk, _path, kind in rows)
            aliases = pages.filter(alias_of__in=[row[0] for row in rows])
            new = aliases.exclude(pk__in=found)
    return tuple(found.values())


class GuardedPage:
    """A page that asks for its restrictions only where there can be any."""

    def get_view_restrictions(self) -> Any:
        page: Any = self
        if page.path.startswith(list_guarded()):
            return super().get_view_restrictions()  # type: ignore[misc]
        return PageViewRestriction.objects.none()
