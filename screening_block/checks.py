"""`manage.py check --database default`: do the publication log and the pages agree?"""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import OperationalError, ProgrammingError

HINT = "manage.py repair_publications puts it right and says what it did."


@register(Tags.database)
def publications_agree(
    *, databases: Sequence[str] | None = None, **_kwargs: Any
) -> list[CheckMessage]:
    """One warning for each difference; asked for only with `--database`.

    No errors: `migrate` asks as well, and must not be kept from bringing a site up to
    date by what is repaired afterwards.
    """
    if "default" not in (databases or ()):
        return []
    from .publishing.repairs import find_differences

    try:
        found = find_differences()
    except (OperationalError, ProgrammingError):
        return []  # The tables are not there yet: `migrate` comes first.
    return [
        Warning(
            f"{one.key}: {one.message}", hint=HINT, id=f"screening_block.W1_{one.code}"
        )
        for one in found
    ]
