"""`manage.py check --database default`: does what is kept of the pages agree with
them?"""

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


@register(Tags.database)
def uses_fit(
    *, databases: Sequence[str] | None = None, **_kwargs: Any
) -> list[CheckMessage]:
    """One warning if pages were changed behind what is stored of their uses.

    Nothing is wrong on any page: it only takes longer to read them each time.
    """
    if "default" not in (databases or ()):
        return []
    from .publishing.stored_uses import list_states

    try:
        unread = sum(not state.fits for state in list_states())
    except (OperationalError, ProgrammingError):
        return []  # The tables are not there yet: `migrate` comes first.
    if not unread:
        return []
    return [
        Warning(
            f"The stored uses of {unread} screener page(s) are not those of today.",
            hint="manage.py rebuild_uses stores them.",
            id="screening_block.W2_uses",
        )
    ]
