"""Long lists of articles, page by page."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from django.core.paginator import Paginator
from django.utils.functional import cached_property

from plugins.freshness import remember

PAGE_SIZE = 12


class CountedOnce(Paginator):
    """Counts what there is once for each state of the content.

    `key` names what is listed; without one it is counted each time.
    """

    def __init__(self, found: Any, key: Hashable | None) -> None:
        super().__init__(found, PAGE_SIZE)
        self._key = key

    @cached_property
    def count(self) -> int:
        found: Any = self.object_list
        if self._key is None:
            return int(found.count())
        return remember(("count", self._key), lambda: int(found.count()))
