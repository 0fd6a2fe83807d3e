"""What is being worked out, by whom, how far it is, and what came out."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """A piece of work that outlives the request that began it, and the worker.

    `arguments` says everything its function needs. `done` counts finished steps: each
    is counted in the transaction that does it, so whoever goes on knows where. `shown`
    of `total` is how far it is for people, between steps as well.
    `outcomes`: `{"text", "url", "good", "reasons" (HTML)}`, one for each thing told.
    `document`: HTML that was made for its page. `claim` names the process that works
    on it, which is taken for dead after `alive_until`.
    """

    #: Staff's own, as is whatever waits for them.
    shows_on_pages = False

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Being worked out")
        DONE = "done", _("Done")
        FAILED = "failed", _("Not done")

    kind = models.CharField(max_length=100)
    subject = models.CharField(max_length=255, blank=True)
    arguments = models.JSONField(default=dict)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    language = models.CharField(max_length=20)
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.WAITING
    )
    done = models.PositiveIntegerField(default=0)
    shown = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    outcomes = models.JSONField(default=list)
    message = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    document = models.TextField(blank=True)
    claim = models.CharField(max_length=255, blank=True)
    alive_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("background work")
        verbose_name_plural = _("background work")
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["state", "made_at"]),
            models.Index(fields=["owner", "-made_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.subject}" if self.subject else str(self.label)

    @property
    def label(self) -> Any:
        """What kind of work it is, for people."""
        from .job_kinds import KINDS

        return KINDS[self.kind].label if self.kind in KINDS else self.kind

    @property
    def template(self) -> str:
        """What its page ends in when it is done; "" for nothing."""
        from .job_kinds import KINDS

        return KINDS[self.kind].template if self.kind in KINDS else ""

    @property
    def has_ended(self) -> bool:
        return self.state in (self.State.DONE, self.State.FAILED)


class DueTime(models.Model):
    """When a piece of regular work is due next, for all processes that look."""

    shows_on_pages = False

    name = models.CharField(max_length=100, primary_key=True)
    next_at = models.DateTimeField()

    class Meta:
        verbose_name = _("due time")
        verbose_name_plural = _("due times")
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
