"""Thresholds: numbers and dates of the law, each with the day it starts to count."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index

from screening_block.choices import UNITS
from screening_block.fields.number_fields import NumberColumn

from .fields import KeyField, LawRecord, SourceMixin


class ThresholdForm(WagtailAdminModelForm):
    """Refuses two values that start on the same day, at the second of them."""

    def is_valid(self) -> bool:
        valid = super().is_valid()
        seen = set()
        for form in self.formsets["values"].forms:
            if not hasattr(form, "cleaned_data") or form.cleaned_data.get("DELETE"):
                continue
            starts_on = form.cleaned_data.get("starts_on")
            if starts_on and starts_on in seen:
                form.add_error(
                    "starts_on", _("Another value starts on the same day. Keep one.")
                )
                valid = False
            seen.add(starts_on)
        return valid


class Threshold(LawRecord, SourceMixin, ClusterableModel):
    """A value of the law, shared by every screener that names its key.

    Its value on a day is the newest one that starts on or before that day. Start
    dates only: neither a gap nor an overlap can be written.
    """

    class Kind(models.TextChoices):
        INTEGER = "integer", _("Whole number")
        MONEY = "money", _("Money, in cents")
        DATE = "date", _("Date")

    class Unit(models.TextChoices):
        NONE = "", _("No unit")
        DAYS = "days", UNITS["days"]
        MONTHS = "months", UNITS["months"]
        YEARS = "years", UNITS["years"]

    key = KeyField()
    label = models.CharField(
        _("label"), max_length=200, help_text=_("What visitors read.")
    )
    kind = models.CharField(
        _("kind"), max_length=10, choices=Kind.choices, default=Kind.INTEGER
    )
    unit = models.CharField(
        _("unit"), max_length=10, choices=Unit.choices, default=Unit.NONE, blank=True
    )
    note = models.TextField(
        _("note"), blank=True, help_text=_("Plain words for readers.")
    )

    base_form_class = ThresholdForm
    children = ("values",)
    search_fields = [
        index.SearchField("label"),
        index.AutocompleteField("label"),
        index.AutocompleteField("key"),
        index.FilterField("key"),
        index.FilterField("locale_id"),
        index.FilterField("status"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("threshold")
        verbose_name_plural = _("thresholds")
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "locale"], name="screening_block_one_threshold_key"
            )
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.key})"


class ThresholdValue(Orderable):
    """One value from a start date on: a number (in the unit) or a date."""

    threshold = ParentalKey(Threshold, on_delete=models.CASCADE, related_name="values")
    starts_on = models.DateField(_("in effect from"))
    number = NumberColumn(_("number"), null=True, blank=True)
    day = models.DateField(_("date"), null=True, blank=True)

    panels = [
        # The style sheet shows the one that is of the threshold's kind.
        FieldRowPanel(
            [
                FieldPanel("starts_on"),
                FieldPanel(
                    "number", heading=_("Value, a number"), classname="ls-number"
                ),
                FieldPanel("day", heading=_("Value, a date"), classname="ls-day"),
            ]
        )
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("threshold value")
        verbose_name_plural = _("threshold values")

    def __str__(self) -> str:
        value = self.day.isoformat() if self.day else self.number
        return _("%(value)s from %(date)s") % {
            "value": value,
            "date": self.starts_on,
        }

    def clean(self) -> None:
        super().clean()
        if (self.number is None) == (self.day is None):
            raise ValidationError(
                {"number": _("Enter either a number or a date as the value.")}
            )
