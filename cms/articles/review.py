"""Who checked the law on a page, when, and whether that is still good."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel


class ReviewState(models.TextChoices):
    """What the review line of a page says."""

    UNREVIEWED = "unreviewed", _("No attorney has reviewed this page")
    OVERDUE = "overdue", _("Review overdue")
    REVIEWED = "reviewed", _("Reviewed")


class Reviewed(models.Model):
    """Review fields of a page. Only a name with a date counts as a review."""

    reviewed_by = models.CharField(
        _("reviewed by"),
        max_length=160,
        blank=True,
        help_text=_("Name and title of the attorney, as shown to readers."),
    )
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    next_review_due = models.DateField(_("next review due"), null=True, blank=True)
    review_note = models.TextField(
        _("review note"),
        blank=True,
        help_text=_("For colleagues: what was checked, what is open. Not public."),
    )

    review_panel = MultiFieldPanel(
        [
            FieldPanel("reviewed_by"),
            FieldRowPanel([FieldPanel("reviewed_on"), FieldPanel("next_review_due")]),
            FieldPanel("review_note"),
        ],
        heading=_("Legal review"),
    )

    class Meta:
        abstract = True

    def review_state(self, today: datetime.date | None = None) -> ReviewState:
        """Return the state on `today` (default: the date in the site's time zone).

        The due date itself is still in time.
        """
        if not (self.reviewed_by and self.reviewed_on):
            return ReviewState.UNREVIEWED
        today = today or timezone.localdate()
        if self.next_review_due and self.next_review_due < today:
            return ReviewState.OVERDUE
        return ReviewState.REVIEWED

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if self.reviewed_on and not self.reviewed_by:
            errors["reviewed_by"] = _("Who reviewed it?")
        if self.reviewed_by and not self.reviewed_on:
            errors["reviewed_on"] = _("When was it reviewed?")
        if self.reviewed_on and self.reviewed_on > timezone.localdate():
            errors["reviewed_on"] = _("A review cannot be in the future.")
        if (
            self.reviewed_on
            and self.next_review_due
            and self.next_review_due <= self.reviewed_on
        ):
            errors["next_review_due"] = _("The next review comes after the last one.")
        if errors:
            raise ValidationError(errors)
