"""Begin work, do it step by step, and take up what a dead process left."""

import logging
import os
import secrets
import socket
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from time import monotonic
from typing import Any, TypeVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.translation import get_language, gettext as _, override
from django_tasks import task, task_backends
from django_tasks.backends.immediate import ImmediateBackend

from .job_kinds import KINDS
from .records import Job

#: Who has said nothing for so long, and holds no lock, is taken for dead.
LEASE = timedelta(minutes=5)
#: Work that nobody has begun by then may have been lost on its way.
LOST_AFTER = timedelta(seconds=20)
#: Who died so often in one step will not finish it.
MOST_ATTEMPTS = 5
#: How much is done in the request itself, unless a site says otherwise.
AT_ONCE = 5
#: What ended is kept for so long.
KEPT = timedelta(days=90)
OPEN = (Job.State.WAITING, Job.State.RUNNING)
#: What a step may say.
TOLD = ("outcomes", "message", "document")
HOST = socket.gethostname()[:150]
Item = TypeVar("Item")

#: Set when this process is to end: its work stops after the step that it is in.
stopping = threading.Event()
logger = logging.getLogger(__name__)


class Lost(Exception):
    """This process was taken for dead, and another one has its work."""


class Stopped(Exception):
    """This process is to end."""


class Work:
    """A job, for the function that does it."""

    def __init__(self, job: Job):
        self.job = job
        self.said = monotonic()

    @property
    def arguments(self) -> dict[str, Any]:
        return dict(self.job.arguments)

    @property
    def user(self) -> Any:
        """Who began it; None where there is no such user any more."""
        return self.job.owner

    @property
    def done(self) -> int:
        """How many steps are done, by this process or one before it."""
        return self.job.done

    def left(self, items: Sequence[Item]) -> Sequence[Item]:
        """Return the items that are not done yet, where each is one step."""
        self.job.total = len(items)
        self._say(self.job.done)
        return items[self.job.done :]

    @contextmanager
    def step(self) -> Iterator[None]:
        """Do a step: all of it and its count, or nothing.

        Its row is locked meanwhile, so nobody takes over, however long it takes.
        """
        if stopping.is_set():
            raise Stopped
        job = self.job
        before = job.done, job.shown, list(job.outcomes), job.message, job.document
        try:
            with transaction.atomic():
                held = Job.objects.filter(pk=job.pk, claim=job.claim)
                if not held.select_for_update().filter(state=job.State.RUNNING):
                    raise Lost
                yield
                job.done += 1
                job.shown = max(job.shown, job.done)
                job.attempts = 1
                self._save("done", "shown", "total", "attempts", *TOLD)
        except BaseException:
            job.done, job.shown, job.outcomes, job.message, job.document = before
            raise

    def at(self, done: int, total: int) -> None:
        """Say how far something is that writes nothing; at most once a second."""
        self.job.total = total
        if monotonic() - self.said >= 1:
            self._say(done)

    def _say(self, shown: int) -> None:
        if stopping.is_set():
            raise Stopped
        self.said, self.job.shown = monotonic(), shown
        held = Job.objects.filter(pk=self.job.pk, claim=self.job.claim)
        alive_until = timezone.now() + LEASE
        if not held.update(shown=shown, total=self.job.total, alive_until=alive_until):
            raise Lost

    def tell(
        self, text: Any, url: str = "", *, good: bool = True, reasons: Iterable = ()
    ) -> None:
        """Add to what came out; inside a step it is kept if the step is."""
        said = [str(conditional_escape(reason)) for reason in reasons]
        self.job.outcomes.append(
            {"text": str(text), "url": url, "good": good, "reasons": said}
        )

    def _save(self, *fields: str) -> None:
        self.job.alive_until = timezone.now() + LEASE
        self.job.save(update_fields=[*fields, "alive_until"])

    def end(self, state: str, reason: str = "") -> None:
        """Write down that it has ended, if it is still this process's."""
        ended = {"state": state, "reason": reason, "ended_at": timezone.now()}
        told = {name: getattr(self.job, name) for name in TOLD}
        held = Job.objects.filter(pk=self.job.pk, claim=self.job.claim)
        held.update(**ended, **told, claim="", alive_until=None)

    def let_go(self) -> None:
        """Leave it to whoever looks next."""
        held = Job.objects.filter(pk=self.job.pk, claim=self.job.claim)
        held.update(state=Job.State.WAITING, claim="", alive_until=None)


def is_immediate() -> bool:
    """Whether requests do all work themselves, because no worker is there."""
    return isinstance(task_backends["default"], ImmediateBackend)


def in_background(size: int) -> bool:
    """Whether so many things are too many for a request, and a worker is there."""
    return size > getattr(settings, "WORK_AT_ONCE", AT_ONCE) and not is_immediate()


def start(kind: str, subject: str, arguments: dict[str, Any], user: Any) -> Job:
    """Begin work, and return its job; without a worker it has ended by then.

    Whoever begins the same again while it goes on gets the same job.
    """
    same = {"kind": kind, "arguments": arguments, "owner": user}
    job = Job.objects.filter(**same, state__in=OPEN).first()
    if job is None:
        language = get_language() or settings.LANGUAGE_CODE
        job = Job.objects.create(**same, subject=subject[:255], language=language)
    if is_immediate():
        run_job.enqueue(job.pk)
    else:
        # Should this fail, or the process die here, `take_up` finds it.
        transaction.on_commit(partial(run_job.enqueue, job.pk), robust=True)
    job.refresh_from_db()
    return job


@task()
def run_job(pk: int) -> None:
    """Do what is left of a job, unless it has ended or somebody does it."""
    if (job := _claim(pk)) is None:
        return
    work = Work(job)
    try:
        with override(job.language):
            KINDS[job.kind].do(work)
    except Lost:
        logger.warning("Another process has gone on with %s (%s).", job.kind, pk)
    except (Stopped, OperationalError):
        work.let_go()
    except ValidationError as error:
        work.end(Job.State.FAILED, " ".join(map(str, error.messages)))
    except Exception:
        logger.exception("Background work failed: %s (%s)", job.kind, pk)
        with override(job.language):
            work.end(Job.State.FAILED, _("Something went wrong. The fault is ours."))
    else:
        work.end(Job.State.DONE)


def take_up() -> int:
    """Do what was lost on its way or left by a dead process; return how much."""
    pks = [job.pk for job in Job.objects.filter(state__in=OPEN) if _is_lost(job)]
    for pk in pks:
        run_job.call(pk)
    return len(pks)


def _is_lost(job: Job) -> bool:
    if job.state == job.State.WAITING:
        return job.made_at < timezone.now() - LOST_AFTER
    return _is_left(job)


def _is_left(job: Job) -> bool:
    """Whether the process that has a job is dead, as far as anybody can tell."""
    if job.alive_until is None or job.alive_until < timezone.now():
        return True
    host, number, _token = job.claim.rsplit("/", 2)
    if host != HOST:
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _claim(pk: int) -> Job | None:
    """Make a job this process's own, or return None.

    Who is within a step holds the lock of its row, and is not dead.
    """
    with transaction.atomic():
        rows = Job.objects.select_for_update(skip_locked=True, of=("self",))
        job = rows.filter(pk=pk, state__in=OPEN).select_related("owner").first()
        if job is None or (job.state == job.State.RUNNING and not _is_left(job)):
            return None
        if job.attempts >= MOST_ATTEMPTS:
            job.state, job.ended_at = job.State.FAILED, timezone.now()
            with override(job.language):
                job.reason = _("It broke off several times at the same point.")
        else:
            job.state, job.attempts = job.State.RUNNING, job.attempts + 1
            job.claim = f"{HOST}/{os.getpid()}/{secrets.token_hex(8)}"
            job.started_at = job.started_at or timezone.now()
            job.alive_until = timezone.now() + LEASE
        job.save()
    return job if job.state == job.State.RUNNING else None


def forget() -> None:
    """Delete what ended long ago."""
    Job.objects.filter(ended_at__lt=timezone.now() - KEPT).delete()
