"""What the records of this room share: drafts, review, a language. No model."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models, transaction
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    Locale,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)

from plugins.text.fields import clean_text_fields
from screening_block.models.schedule import publish_planned_or_now

validate_https = URLValidator(
    ["https"], message=_("Write an address that begins with https://.")
)


def validate_link(value: str) -> None:
    """Take an address elsewhere, or one of this site that begins with a slash."""
    if value.startswith("/") and not value.startswith("//"):
        if any(char.isspace() or char == "\\" for char in value):
            raise ValidationError(_("An address has no spaces and no backslashes."))
        return
    validate_https(value)


class DraftRecord(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    ClusterableModel,
):
    """A record in one language; its row holds what was published last."""

    class Meta(TranslatableMixin.Meta):
        abstract = True

    @classmethod
    def published(cls) -> models.QuerySet[Any]:
        """Return what visitors may see: published, and its time not over."""
        live = cls._default_manager.filter(live=True)
        return live.exclude(expire_at__lte=timezone.now())

    def is_public(self) -> bool:
        """Tell of a record that was read already whether visitors may see it."""
        over = self.expire_at is not None and self.expire_at <= timezone.now()
        return bool(self.live) and not over

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        clean_text_fields(self, kwargs.get("exclude"))
        super().full_clean(*args, **kwargs)

    def publish(
        self, revision: Any, *args: Any, log_action: Any = True, **kwargs: Any
    ) -> None:
        """Publish, all at once; a schedule that fails stops no other one, and is
        reported."""
        act = partial(super().publish, revision, *args, log_action=log_action, **kwargs)
        with transaction.atomic():
            publish_planned_or_now(self, revision, act, log_action)

    def copy_for_translation(self, locale: Locale, exclude_fields: Any = None) -> Any:
        """Return a copy to be translated: a draft, for it has no word of its own."""
        made = super().copy_for_translation(locale, exclude_fields)
        made.live = False
        made.has_unpublished_changes = True
        made.first_published_at = made.last_published_at = None
        made.live_revision = made.latest_revision = None
        made.go_live_at = made.expire_at = None
        made.locked = False
        return made

    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        """Render in the record's language, which no address names here."""
        with translation.override(self.locale.language_code):
            answer = TemplateResponse(
                request,
                self.get_preview_template(request, mode_name),
                self.get_preview_context(request, mode_name),
            )
            return answer.render()
