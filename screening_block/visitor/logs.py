"""What Django would write to a log of a visit, and must not."""

from __future__ import annotations

import logging

from django.template import VariableDoesNotExist


def drop_context(record: logging.LogRecord) -> bool:
    """Keep the note that a template misses a variable, but not its exception, which
    repeats the whole context of the template: on a visitor's page, their answers."""
    if record.exc_info and isinstance(record.exc_info[1], VariableDoesNotExist):
        record.exc_info = None
    return True


def install_filter() -> None:
    """Filter that log wherever the site sends it, and at whatever level."""
    logging.getLogger("django.template").addFilter(drop_context)
