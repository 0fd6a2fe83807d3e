"""Small parts that thresholds, charts and screeners share."""

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.signals import post_delete, pre_delete
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index

from plugins.streams import StableStreamBlock, StreamField
from screening_block.choices import STATUSES
from screening_block.engine.grammar import KEY_PATTERN
from screening_block.fields.blocks import WATCH_HELP, CitationBlock, WatchBlock
from screening_block.fields.key_field import KeyWidget

from .publishing import content_changed, one_at_a_time, save_transaction, wait_for_turn
from .schedule import publish_planned_or_now
from .unique import UniqueKey

KEY_HELP = _(
    "A short name that rules use: small letters, digits and underscores. "
    "It cannot change once it is published."
)
validate_key = RegexValidator(
    rf"\A{KEY_PATTERN}\Z",
    _("Use only small letters a to z, digits and underscores (at most 64)."),
)


class CitationsBlock(StableStreamBlock):
    citation = CitationBlock()

    class Meta:
        required = False
        collapsed = True


class WatchesBlock(StableStreamBlock):
    watch = WatchBlock()

    class Meta:
        required = False
        collapsed = True


class KeyField(models.CharField):
    """A key of the release: ASCII, at most 64, needed even to save a draft."""

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("max_length", 64)
        if not args:
            kwargs.setdefault("verbose_name", _("key"))
        kwargs.setdefault("help_text", KEY_HELP)
        kwargs.setdefault("validators", [validate_key])
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{**kwargs, "widget": KeyWidget})


class Status(models.TextChoices):
    """Whether somebody has read the source of a claim."""

    NEEDS_CHECKING = "needs_checking", STATUSES["needs_checking"]
    VERIFIED = "verified", STATUSES["verified"]


class SourceMixin(models.Model):
    """The source of a claim about the law: citations, and when it was and will be
    checked.

    `watch` and `editors_note` are never compiled into a release (see `editor_notes`).
    """

    citations = StreamField(CitationsBlock, verbose_name=_("citations"), blank=True)
    status = models.CharField(
        _("verified"),
        max_length=20,
        choices=Status.choices,
        default=Status.NEEDS_CHECKING,
    )
    checked_by = models.CharField(_("checked by"), max_length=120, blank=True)
    checked_on = models.DateField(_("law checked on"), null=True, blank=True)
    next_review = models.DateField(
        _("next review"),
        null=True,
        blank=True,
        help_text=_(
            "The earliest of these days is the next review of every screener that "
            "uses it; after that day its page says that the law may have changed."
        ),
    )
    watch = StreamField(
        WatchesBlock, verbose_name=_("law watch"), blank=True, help_text=WATCH_HELP
    )
    editors_note = models.TextField(
        _("note for editors"), blank=True, help_text=_("Never shown to visitors.")
    )

    source_panel = MultiFieldPanel(
        [
            FieldPanel("citations"),
            FieldRowPanel([FieldPanel("status"), FieldPanel("checked_by")]),
            FieldRowPanel([FieldPanel("checked_on"), FieldPanel("next_review")]),
            FieldPanel("watch"),
            FieldPanel("editors_note"),
        ],
        heading=_("Source"),
    )

    class Meta:
        abstract = True


class LawQuerySet(models.QuerySet):
    """Deletes many records with one publication per screener."""

    def delete(self) -> Any:
        with one_at_a_time():
            records = [(record, None) for record in self]
            deleted = super().delete()
            content_changed.send(self.model, records=records)
        return deleted

    delete.queryset_only = True  # type: ignore[attr-defined]


class PublishesScreeners(UniqueKey):
    """Mixin for parts of screeners: the key is immutable, and publishing publishes
    them.

    For drafted models that have a `key` and `LawQuerySet` as their manager.
    """

    objects: Any
    first_published_at: Any
    get_latest_revision_as_object: Any
    #: Rows of its own that are saved with it.
    children: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; when live content was written, publish what depends on it.

        `save` is the one place every way of publishing passes (the editor, the
        scheduler, code). Raises `GateError` and changes nothing where a screener
        would be broken by it.
        """
        if kwargs.get("update_fields") is not None:
            super().save(*args, **kwargs)
            return
        with save_transaction(self):
            # A row may move to another chart.
            stored = type(self).objects.prefetch_related(*self.children)
            before: Any = stored.filter(pk=self.pk).first()
            super().save(*args, **kwargs)
            content_changed.send(type(self), records=[(self, before)])

    def publish(
        self, revision: Any, *args: Any, log_action: Any = True, **kwargs: Any
    ) -> None:
        """Publish a revision; see `schedule` for one whose planned time has come."""
        act = partial(
            super().publish,  # type: ignore[misc]
            revision,
            *args,
            log_action=log_action,
            **kwargs,
        )
        publish_planned_or_now(self, revision, act, log_action)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Delete; raises `GateError`, with nothing changed, where a rule uses it."""
        with one_at_a_time():
            return super().delete(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if not self.pk or not getattr(self, "first_published_at", None):
            return
        old = type(self).objects.filter(pk=self.pk).values_list("key", flat=True)
        if (before := old.first()) and before != self.key:
            raise ValidationError(
                {
                    "key": _(
                        "This key is published as “%(key)s” and rules use it, so it "
                        "cannot change. You can change the label freely."
                    )
                    % {"key": before}
                }
            )


class LawRecord(
    PublishesScreeners,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    TranslatableMixin,
    index.Indexed,
):
    """A record of the law that screeners share: drafted, reviewed, in any language."""

    objects: Any = LawQuerySet.as_manager()

    class Meta(TranslatableMixin.Meta):
        abstract = True


@receiver(pre_delete)
def wait_before_deleting(sender: type, instance: Any, **kwargs: Any) -> None:
    if issubclass(sender, PublishesScreeners):
        wait_for_turn()


@receiver(post_delete)
def send_deletion(
    sender: type, instance: Any, origin: Any = None, **kwargs: Any
) -> None:
    """Send the signal for any deletion: not every one passes `delete` of the model."""
    if issubclass(sender, PublishesScreeners) and not isinstance(origin, LawQuerySet):
        content_changed.send(sender, records=[(instance, None)])
