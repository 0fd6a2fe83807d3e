"""Pages in another language than the site’s own: who has checked the translation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.log_actions import get_active_log_context, log

if TYPE_CHECKING:
    # Mixed into pages: what a page has of its own is known from `Page`.
    Model = object
else:
    Model = models.Model

#: The entries of a page's history when the notice went, or came back.
REVIEWED = "screening_block.translation_reviewed"
NOT_REVIEWED = "screening_block.translation_not_reviewed"


class OfTranslationPanel(FieldPanel):
    """A field, on pages that are translations."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            shown: bool = super().is_shown()
            return shown and self.instance.is_translation


class TranslationPanel(OfTranslationPanel):
    """The field that says whether one was reviewed."""

    def __init__(self, field_name: str = "translation_reviewed", **kwargs: Any) -> None:
        super().__init__(field_name, **{"heading": _("Translation"), **kwargs})


class TranslatedPage(Model):
    """A page that says, in another language than the site’s own, that no translator has
    checked it, until an editor lifts that."""

    translation_reviewed = models.BooleanField(
        _("reviewed by a legal translator"),
        default=False,
        help_text=_(
            "Until then the page says that nobody has checked its translation. The "
            "page’s history keeps who ticked this, and when."
        ),
    )

    class Meta:
        abstract = True

    @property
    def is_translation(self) -> bool:
        """Whether it is in another language than the site’s own."""
        locale: Any = getattr(self, "locale", None)
        return locale is not None and locale.language_code != settings.LANGUAGE_CODE

    @property
    def translation_state(self) -> bool | None:
        """Whether its translation was reviewed; None where it is none."""
        return bool(self.translation_reviewed) if self.is_translation else None

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save; the page's history says so where the notice goes or comes back.

        Every way of publishing saves the page; who did it is whoever is logged in, or
        whoever saved what a plan now publishes.
        """
        if not self.is_translation:
            return super().save(*args, **kwargs)  # type: ignore[misc]
        before = self._is_public_as_reviewed()
        saved: Any = super().save(*args, **kwargs)  # type: ignore[misc]
        after = self._is_public_as_reviewed()
        if after != before:
            revision = getattr(self, "live_revision", None)
            user = get_active_log_context().user or getattr(revision, "user", None)
            action = REVIEWED if after else NOT_REVIEWED
            log(instance=self, action=action, user=user, revision=revision)
        return saved

    def _is_public_as_reviewed(self) -> bool:
        page: Any = self
        rows = type(page)._default_manager.filter(pk=page.pk, live=True)
        found = rows.values_list("translation_reviewed", flat=True).first()
        return bool(found)
