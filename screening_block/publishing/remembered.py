"""Remember what is slow to work out, in this process and for all others.

A publish needs the same result in its rehearsal, on the page that confirms it and when
it happens, which may be in three processes; and screeners whose rules mean the same
need it once.

Reading keeps nobody waiting. So what was worked out for a page is written down after
the page was sent, in one short statement, and given up at once where somebody else is
writing; what a transaction worked out is written down once that has ended.
"""

import datetime as dt
import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any, Generic, TypeVar

from django.core.signals import request_finished
from django.db import DatabaseError, connection, transaction
from django.db.models import Sum

from screening_block.models import Remembered

#: Each result is about a day, so that nobody asks for those of earlier ones.
KEPT = dt.timedelta(days=2)
#: Bytes in the database, and in one row of it.
MOST_KEPT, LARGEST = 20_000_000, 1_000_000
#: Results that wait to be written down.
MOST_WAITING = 1_000
Result = TypeVar("Result")

#: By hash: what is not written down yet.
_waiting: dict[str, str] = {}
_lock = Lock()


def connect() -> None:
    """Write down what a request has worked out when it was answered."""
    request_finished.connect(_finished, dispatch_uid="screening_block.remembered")


class ResultCache(Generic[Result]):
    """The last few results of something slow, by a hashable key.

    With a `name` the database has them as well: then keys are of JSON and bytes, and
    `dump` and `load` turn a result into JSON and back.
    """

    def __init__(
        self,
        max_size: int,
        name: str = "",
        *,
        dump: Callable[[Result], Any] = lambda result: result,
        load: Callable[[Any], Result] = lambda value: value,
    ):
        self.max_size, self.name, self.dump, self.load = max_size, name, dump, load
        self.results: OrderedDict[Hashable, Result] = OrderedDict()
        self.lock = Lock()

    def get(self, key: Hashable, find: Callable[[], Result]) -> Result:
        with self.lock:
            if key in self.results:
                self.results.move_to_end(key)
                return self.results[key]
        kept = _read(_digest(self.name, key)) if self.name else None
        result = find() if kept is None else self.load(json.loads(kept))
        with self.lock:
            self.results[key] = result
            while len(self.results) > self.max_size:
                self.results.popitem(last=False)
        if kept is None:
            self.keep(key, result)
        return result

    def keep(self, key: Hashable, result: Result) -> None:
        """Have a result written down, in the place of an earlier one."""
        if self.name:
            _write_later(_digest(self.name, key), json.dumps(self.dump(result)))


def _digest(name: str, key: Hashable) -> str:
    return hashlib.sha256(f"{name} {key!r}".encode()).hexdigest()


def _read(digest: str) -> str | None:
    with _lock:
        waiting = _waiting.get(digest)
    if waiting is not None:
        return waiting
    rows = Remembered.objects.filter(pk=digest)
    return rows.values_list("value", flat=True).first()


def _write_later(digest: str, text: str) -> None:
    if len(text) > LARGEST:
        return
    with _lock:
        _waiting[digest] = text
        while len(_waiting) > MOST_WAITING:
            del _waiting[next(iter(_waiting))]
    if connection.in_atomic_block:
        transaction.on_commit(write_down, robust=True)


def _finished(**_kwargs: Any) -> None:
    if not connection.in_atomic_block:
        write_down()


def write_down() -> None:
    """Write what waits for it, and forget what is old or too much."""
    with _lock:
        waiting = dict(_waiting)
        _waiting.clear()
    if not waiting:
        return
    today = dt.datetime.now(dt.UTC).date()
    try:
        with _at_once(), transaction.atomic():
            Remembered.objects.filter(made_on__lt=today - KEPT).delete()
            Remembered.objects.bulk_create(
                [
                    Remembered(digest=digest, value=text, size=len(text), made_on=today)
                    for digest, text in sorted(waiting.items())
                ],
                update_conflicts=True,
                unique_fields=["digest"],
                update_fields=["value", "size", "made_on"],
            )
            total = Remembered.objects.aggregate(total=Sum("size"))["total"] or 0
            if total > MOST_KEPT:
                # Rather all at once than a little each time.
                Remembered.objects.exclude(pk__in=waiting).delete()
    except DatabaseError:
        # Somebody else is writing; it will be worked out again.
        return


@contextmanager
def _at_once() -> Iterator[None]:
    """Do not wait for anybody else who writes."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout")
            (patience,) = cursor.fetchone()
            cursor.execute("PRAGMA busy_timeout = 0")
            try:
                yield
            finally:
                cursor.execute(f"PRAGMA busy_timeout = {int(patience)}")
        return
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '50ms'")
        yield
