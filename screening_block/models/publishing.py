"""What models know of publishing: its lock, its refusal, and one signal.

`AppConfig.ready` connects what publishes. Models call nothing of the packages above
them.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import connection, transaction
from django.db.models import Model
from django.dispatch import Signal
from django.utils.text import capfirst
from django.utils.translation import gettext

#: Sent inside the transaction that wrote it, after live content was saved or deleted.
#: `records`: pairs of a record and the record as it was stored before, or None. A
#: receiver that raises `GateError` undoes the write: send it with `send`.
content_changed = Signal()


class GateError(ValidationError):
    """A release that may not be published.

    A `ValidationError`, so that a form shows it; a class of its own, so that a hook can
    tell it from others.
    """


class FieldsError(GateError):
    """Fields of a page are not valid, so that it cannot go live.

    By field, as the `ValidationError` it is made from; `messages` name the fields.
    """

    def __init__(self, error: ValidationError, page: Model):
        self.page = page
        super().__init__(error)

    @property
    def messages(self) -> list[str]:
        if not hasattr(self, "error_dict"):
            return list(super().messages)
        named = []
        for name, errors in self.error_dict.items():
            label = gettext("Screener")
            if name != NON_FIELD_ERRORS:
                field = self.page._meta.get_field(name)
                label = capfirst(getattr(field, "verbose_name", name))
            named += [f"{label}: {text}" for error in errors for text in error.messages]
        return named


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Open a transaction once no other one of its kind is open.

    Around everything that may publish, from its first write. Two publishes side by side
    would miss each other's change when they compile, and each would wait for rows that
    the other has written. SQLite has one writer anyway; elsewhere a row that always
    exists is the lock. Nobody writes that row, and with `no_key` what refers to it need
    not wait.
    """
    with transaction.atomic():
        wait_for_turn()
        yield


def save_transaction(record: Any) -> AbstractContextManager[None]:
    """Return the transaction to save `record` in; what never was public waits for
    nobody."""
    if record.live or record.first_published_at:
        return one_at_a_time()
    return transaction.atomic()


def wait_for_turn() -> None:
    """Wait, within a transaction, for the end of any other one that may publish."""
    if connection.features.has_select_for_update:
        screener = apps.get_model("screening_block", "Screener")
        turn = ContentType.objects.get_for_model(screener).pk
        rows = ContentType.objects.select_for_update(
            no_key=connection.features.has_select_for_no_key_update
        )
        list(rows.filter(pk=turn))
