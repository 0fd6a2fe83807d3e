"""An entry of the directory of help, and its words in other languages."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Orderable,
    RevisionMixin,
    WorkflowMixin,
)
from wagtail.search import index

from screening_block.choices import list_help_subjects
from screening_block.fields.time_zone_field import time_zones
from screening_block.models.fields import KeyField

from .fields import KeysField, read_areas
from .hours import Opening, read_hours
from .phones import Phone, read_phones
from .subjects import list_languages

#: Days after which an entry says that it should be confirmed, and is hidden.
CHECK_AFTER, HIDE_AFTER = 90, 365

validate_https = URLValidator(
    ["https"], message=_("Write an address that begins with https://.")
)
#: Old pages are sources too.
validate_address = URLValidator(
    ["https", "http"], message=_("Write an address that begins with https://.")
)


class HelpEntryForm(WagtailAdminModelForm):
    """Refuses words twice in one language, at the second of them."""

    def is_valid(self) -> bool:
        valid = super().is_valid()
        seen = set()
        for form in self.formsets["words"].forms:
            if not hasattr(form, "cleaned_data") or form.cleaned_data.get("DELETE"):
                continue
            language = form.cleaned_data.get("language")
            if language and language in seen:
                form.add_error("language", _("This language is there twice."))
                valid = False
            seen.add(language)
        return valid


#: What of an entry is words, and so may be written in another language.
WORDS = ("name", "note", "hours_note")


class HelpEntry(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    index.Indexed,
    ClusterableModel,
):
    """Somebody who helps. What is a fact is said once, for all languages."""

    key = KeyField(
        unique=True,
        help_text=_(
            "A short name for files and other programs: small letters, digits and "
            "underscores."
        ),
    )
    name = models.CharField(
        _("organization"), max_length=200, help_text=_("As it calls itself.")
    )
    subjects = KeysField(_("what for"), list_keys=list_help_subjects)
    note = models.TextField(
        _("note"),
        max_length=500,
        blank=True,
        help_text=_("One to three sentences in plain words: who may come, for what."),
    )
    languages = KeysField(_("languages"), list_keys=list_languages, blank=True)
    areas = models.CharField(
        _("area"),
        max_length=200,
        default="us",
        help_text=_(
            "“us” for the whole country, “us-ca” for a state; several with commas."
        ),
    )
    counties = models.TextField(
        _("counties"),
        blank=True,
        help_text=_(
            "One a line, without “County”; only if it does not help in all of the "
            "state."
        ),
    )
    phones = models.TextField(
        _("telephone"),
        blank=True,
        help_text=_("One number a line, such as “Hotline: 1-800-555-0100”."),
    )
    hours = models.TextField(
        _("hours"),
        blank=True,
        help_text=_(
            "One line for each: “Mon-Fri 9:00-12:00, 13:00-17:00”. Days in English, "
            "the clock with 24 hours."
        ),
    )
    hours_note = models.CharField(
        _("exceptions"),
        max_length=200,
        blank=True,
        help_text=_("Such as “Closed on holidays”."),
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        default="America/Los_Angeles",
        choices=time_zones,
        help_text=_("The hours are in this time."),
    )
    address = models.TextField(_("address"), max_length=300, blank=True)
    url = models.CharField(
        _("website"), max_length=500, blank=True, validators=[validate_https]
    )
    source = models.CharField(
        _("source"),
        max_length=500,
        validators=[validate_address],
        help_text=_("Where these facts can be read: a web address."),
    )
    source_dated = models.DateField(
        _("source is of"),
        null=True,
        blank=True,
        help_text=_("If what you read is older than the day you read it."),
    )
    checked_on = models.DateField(
        _("checked on"),
        null=True,
        help_text=_(
            "The day somebody read the source. After 90 days visitors are asked to "
            "confirm; after 365 days the entry is hidden."
        ),
    )
    checked_by = models.CharField(_("checked by"), max_length=120)
    order = models.PositiveSmallIntegerField(
        _("place in lists"), default=50, help_text=_("Smaller numbers come first.")
    )
    editors_note = models.TextField(
        _("note for editors"), blank=True, help_text=_("Never shown to visitors.")
    )

    base_form_class = HelpEntryForm
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("note"),
        index.SearchField("counties"),
        index.AutocompleteField("key"),
    ]

    class Meta:
        verbose_name = _("help entry")
        verbose_name_plural = _("help entries")
        ordering = ["order", "name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def area_codes(self) -> list[str]:
        return read_areas(self.areas)

    @property
    def county_names(self) -> list[str]:
        return [line.strip() for line in self.counties.splitlines() if line.strip()]

    @property
    def phone_list(self) -> list[Phone]:
        return read_phones(self.phones, self.areas[:2])

    @property
    def openings(self) -> list[Opening]:
        return read_hours(self.hours)

    def age(self, today: dt.date | None = None) -> int | None:
        """Return how many days ago it was checked; None if it never was."""
        today = today or timezone.localdate()
        return (today - self.checked_on).days if self.checked_on else None

    def is_due(self, today: dt.date | None = None) -> bool:
        """Whether somebody should check it again."""
        age = self.age(today)
        return age is None or age >= CHECK_AFTER

    def is_hidden(self, today: dt.date | None = None) -> bool:
        """Whether it is too long ago that somebody checked it."""
        age = self.age(today)
        return age is None or age >= HIDE_AFTER

    def pick_words(self, locale: str) -> dict[str, str]:
        """Return each of `WORDS` in a language, or as first written."""
        found = [one for one in self.words.all() if one.language == locale]
        return {
            name: next((text for one in found if (text := getattr(one, name))), "")
            or getattr(self, name)
            for name in WORDS
        }

    def clean(self) -> None:
        """Refuse what cannot be dialled, opened or found, each at its field."""
        super().clean()
        errors: dict[str, Any] = {}
        try:
            areas = self.area_codes
        except ValueError:
            areas = []
            errors["areas"] = _("Write codes such as “us” or “us-ca”.")
        if self.county_names and (len(areas) != 1 or "-" not in areas[0]):
            errors.setdefault("areas", _("Counties need exactly one state."))
        for name in ("phone_list", "openings"):
            try:
                getattr(self, name)
            except ValueError as error:
                errors["phones" if name == "phone_list" else "hours"] = str(error)
        # Where the editor is, it may be tomorrow already.
        latest = timezone.localdate() + dt.timedelta(days=1)
        for name in ("checked_on", "source_dated"):
            day = getattr(self, name)
            if day and day > latest:
                errors[name] = _("This day is in the future.")
        if not (self.phones.strip() or self.url or self.address.strip()):
            errors["phones"] = _("Give a telephone number, a website or an address.")
        if errors:
            raise ValidationError(errors)


def list_other_languages() -> list[tuple[str, Any]]:
    """Return the languages of the site, without the one that entries are written in."""
    languages = getattr(settings, "WAGTAIL_CONTENT_LANGUAGES", settings.LANGUAGES)
    return [pair for pair in languages if pair[0] != settings.LANGUAGE_CODE]


class HelpWords(Orderable):
    """What of an entry is words, in another language of the site."""

    entry = ParentalKey(HelpEntry, on_delete=models.CASCADE, related_name="words")
    language = models.CharField(
        _("language"), max_length=20, choices=list_other_languages
    )
    name = models.CharField(
        _("organization"),
        max_length=200,
        blank=True,
        help_text=_(
            "Only if it has a name in this language, or its name says what it does."
        ),
    )
    note = models.TextField(_("note"), max_length=500, blank=True)
    hours_note = models.CharField(_("exceptions"), max_length=200, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("words in another language")
        verbose_name_plural = _("words in other languages")

    def __str__(self) -> str:
        return self.language
