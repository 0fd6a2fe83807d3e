"""The settings of a site in one language: its name, contact, menus, disclaimer."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable, Site, TranslatableMixin

from cms.identity.people import Person, PersonLink
from cms.identity.records import DraftRecord, validate_link
from plugins.text.fields import clean_text_fields
from screening_block.help.fields import KeysField
from screening_block.help.hours import Opening, read_hours
from screening_block.help.phones import Phone, read_phones
from screening_block.help.subjects import LANGUAGES, list_languages
from screening_block.models.unique import UniqueKey

__all__ = [
    "FooterItem",
    "HelpLine",
    "MainItem",
    "Person",
    "PersonLink",
    "SiteSettings",
]


def default_site() -> int | None:
    """Return the id of the site that a new record is for."""
    site = Site.objects.filter(is_default_site=True).first()
    return site.pk if site else None


class SiteSettings(UniqueKey, DraftRecord):
    """What every page of a site shows in one language, and its page of contact."""

    site = models.ForeignKey(
        Site,
        verbose_name=_("site"),
        on_delete=models.CASCADE,
        related_name="+",
        default=default_site,
    )
    name = models.CharField(
        _("name"),
        max_length=120,
        help_text=_("Of the organization, as the head of every page shows it."),
    )
    tagline = models.CharField(
        _("what it is"),
        max_length=200,
        blank=True,
        help_text=_("In one line. Shown at the foot of every page."),
    )
    is_legal_service = models.BooleanField(
        _("gives legal services"),
        default=False,
        help_text=_(
            "Search engines are then told of a law office, if there is a postal "
            "address."
        ),
    )
    email = models.EmailField(_("email"), blank=True)
    phones = models.TextField(
        _("telephone"),
        blank=True,
        help_text=_("One number a line, such as “Office: 213-555-0100”."),
    )
    address = models.TextField(_("postal address"), max_length=300, blank=True)
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
    languages = KeysField(_("languages"), list_keys=list_languages, blank=True)
    footer_text = models.TextField(
        _("text at the foot"),
        max_length=600,
        blank=True,
        help_text=_("Shown at the foot of every page, such as who pays for the site."),
    )
    disclaimer = models.TextField(
        _("disclaimer"),
        blank=True,
        help_text=_("Shown at the foot of every page in this language."),
    )
    social_image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("image for shared links"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown beside links to pages that have no image of their own."),
    )

    preview_modes = [
        ("", _("Head and foot of a page")),
        ("contact", _("Contact")),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")
        ordering = ["site", "locale"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "locale"],
                name="identity_one_record_a_language",
                violation_error_message=_(
                    "This site has settings in this language already."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def phone_list(self) -> list[Phone]:
        return read_phones(self.phones)

    @property
    def openings(self) -> list[Opening]:
        return read_hours(self.hours)

    @property
    def language_names(self) -> list[str]:
        return [str(LANGUAGES[key]) for key in self.languages if key in LANGUAGES]

    def clean(self) -> None:
        """Refuse what cannot be dialled or read."""
        super().clean()
        errors: dict[str, Any] = {}
        for name, field in (("phone_list", "phones"), ("openings", "hours")):
            try:
                getattr(self, name)
            except ValueError as error:
                errors[field] = str(error)
        if errors:
            raise ValidationError(errors)

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "identity/preview.html"

    def get_preview_context(
        self, request: HttpRequest, mode_name: str
    ) -> dict[str, Any]:
        request._previewed_settings = self  # type: ignore[attr-defined]
        return {"request": request, "mode": mode_name, "previewed": self}


class HelpLine(Orderable):
    """A number to call for help, and when somebody answers."""

    settings = ParentalKey(
        SiteSettings, on_delete=models.CASCADE, related_name="help_lines"
    )
    label = models.CharField(_("label"), max_length=120)
    number = models.CharField(_("number"), max_length=60)
    hours = models.CharField(
        _("hours"),
        max_length=120,
        blank=True,
        help_text=_("Such as “Day and night” or “Monday to Friday, 9 to 5”."),
    )
    language = models.CharField(
        _("language"), max_length=20, blank=True, choices=list_languages
    )

    panels = [
        FieldRowPanel([FieldPanel("label"), FieldPanel("number")]),
        FieldRowPanel([FieldPanel("hours"), FieldPanel("language")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("help line")
        verbose_name_plural = _("help lines")

    def __str__(self) -> str:
        return f"{self.label}: {self.number}"

    @property
    def phone(self) -> Phone:
        return read_phones(self.number)[0]

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        clean_text_fields(self, kwargs.get("exclude"))
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if not self.number:
            return
        try:
            phone = self.phone
        except (ValueError, IndexError):
            phone = None
        if phone is None or phone.label:
            message = _("Write a telephone number, such as 1-800-555-0100.")
            raise ValidationError({"number": message})


class MenuItem(Orderable):
    """A page, or an address elsewhere with a label of its own."""

    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    url = models.CharField(
        _("or address"),
        max_length=500,
        blank=True,
        validators=[validate_link],
        help_text=_("Such as https://example.org/, or /glossary/ on this site."),
    )
    label = models.CharField(
        _("label"),
        max_length=60,
        blank=True,
        help_text=_("Without one, a page is called by its title."),
    )

    panels = [
        FieldPanel("page"),
        FieldRowPanel([FieldPanel("url"), FieldPanel("label")]),
    ]

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.label or (str(self.page) if self.page_id else self.url)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        clean_text_fields(self, kwargs.get("exclude"))
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if bool(self.page_id) == bool(self.url):
            raise ValidationError({"page": _("Choose a page or write an address.")})
        if self.url and not self.label:
            raise ValidationError({"label": _("What should this link say?")})


class MainItem(MenuItem):
    """An item of the menu at the head of every page."""

    settings = ParentalKey(
        SiteSettings, on_delete=models.CASCADE, related_name="main_items"
    )

    class Meta(MenuItem.Meta):
        verbose_name = _("item of the main menu")
        verbose_name_plural = _("items of the main menu")


class FooterItem(MenuItem):
    """An item of the menu at the foot of every page."""

    settings = ParentalKey(
        SiteSettings, on_delete=models.CASCADE, related_name="footer_items"
    )

    class Meta(MenuItem.Meta):
        verbose_name = _("item of the footer menu")
        verbose_name_plural = _("items of the footer menu")
