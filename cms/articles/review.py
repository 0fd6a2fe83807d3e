"""Who wrote a page, who checked its law, when, and whether that is still good."""

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


def find_state(
    name: str,
    reviewed_on: datetime.date | None,
    next_review_due: datetime.date | None,
    today: datetime.date | None = None,
) -> ReviewState:
    """Return the state that these make, `name` as readers see it: see
    `Reviewed.review_state`."""
    if not (name and reviewed_on):
        return ReviewState.UNREVIEWED
    if next_review_due and next_review_due < (today or timezone.localdate()):
        return ReviewState.OVERDUE
    return ReviewState.REVIEWED


class Reviewed(models.Model):
    """Review fields of a page. Only a name with a date counts as a review."""

    reviewer = models.ForeignKey(
        "identity.Person",
        verbose_name=_("reviewer"),
        null=True,
        blank=True,
        # A review is not to vanish with whoever made it.
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("One of your people; shown while they are published."),
    )
    reviewed_by = models.CharField(
        _("or reviewed by"),
        max_length=160,
        blank=True,
        help_text=_("Name and title of the attorney, as shown to readers."),
    )
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    next_review_due = models.DateField(_("next review due"), null=True, blank=True)
    law_checked_on = models.DateField(
        _("law checked on"),
        null=True,
        blank=True,
        help_text=_(
            "The day somebody compared the text with its sources, attorney or not."
        ),
    )
    review_note = models.TextField(
        _("review note"),
        blank=True,
        help_text=_("For colleagues: what was checked, what is open. Not public."),
    )

    review_panel = MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("reviewer"), FieldPanel("reviewed_by")]),
            FieldRowPanel([FieldPanel("reviewed_on"), FieldPanel("next_review_due")]),
            FieldPanel("law_checked_on"),
            FieldPanel("review_note"),
        ],
        heading=_("Legal review"),
    )

    class Meta:
        abstract = True

    @property
    def reviewer_name(self) -> str:
        """Return the name of whoever reviewed the page, as readers see it, or ""."""
        if self.reviewer is not None:
            return self.reviewer.name if self.reviewer.is_public() else ""
        return self.reviewed_by

    def review_state(self, today: datetime.date | None = None) -> ReviewState:
        """Return the state on `today` (default: the date in the site's time zone).

        The due date itself is still in time.
        """
        return find_state(
            self.reviewer_name, self.reviewed_on, self.next_review_due, today
        )

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        named = self.reviewer_id or self.reviewed_by
        if self.reviewed_on and not named:
            errors["reviewed_by"] = _("Who reviewed it?")
        if self.reviewer_id and self.reviewed_by:
            errors["reviewed_by"] = _("Choose a reviewer or write a name, not both.")
        if named and not self.reviewed_on:
            errors["reviewed_on"] = _("When was it reviewed?")
        today = timezone.localdate()
        if self.reviewed_on and self.reviewed_on > today:
            errors["reviewed_on"] = _("A review cannot be in the future.")
        if self.law_checked_on and self.law_checked_on > today:
            errors["law_checked_on"] = _("This day is in the future.")
        if (
            self.reviewed_on
            and self.next_review_due
            and self.next_review_due <= self.reviewed_on
        ):
            errors["next_review_due"] = _("The next review comes after the last one.")
        if errors:
            raise ValidationError(errors)
