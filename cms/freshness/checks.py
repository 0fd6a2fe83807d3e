"""Whether every change of what pages show is noticed."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError

from .triggers import find_missing, is_supported


@register(Tags.database)
def check_triggers(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Check that no table was remade without its triggers."""
    found: list[CheckMessage] = []
    for using in databases or ():
        if not is_supported(using):
            continue
        try:
            missing = find_missing(using)
        except DatabaseError:
            continue  # Another check says that it does not answer.
        if missing:
            found.append(
                # No error: `migrate` asks this first, and is what puts it right.
                Warning(
                    "Changes in these tables do not move the content version, so no "
                    f"page is kept: {', '.join(missing)}.",
                    hint="Run `manage.py migrate`.",
                    id="cms.W004",
                )
            )
    return found
