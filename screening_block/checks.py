"""`manage.py check --database default`: do the publication log and the pages agree?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import OperationalError, ProgrammingError

HINT = "manage.py repair_publications puts it right and says what it did."


@register(Tags.database)
def publications_agree(
    *, databases: Sequence[str] | None = None, **_kwargs: Any
) -> list[CheckMessage]:
    """One error for each difference; asked for only with `--database`."""
    if "default" not in (databases or ()):
        return []
    from .authoring.differences import differences

    try:
        found = differences()
    except (OperationalError, ProgrammingError):
        return []  # The tables are not there yet: `migrate` comes first.
    return [
        Error(f"{one.key}: {one.told}", hint=HINT, id=f"screening_block.E1_{one.code}")
        for one in found
    ]
