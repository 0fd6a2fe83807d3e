"""People of the site: who writes, who reviews, who is on the team."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index

from cms.identity.records import DraftRecord, validate_https
from plugins.freshness import remember
from plugins.text.fields import clean_text_fields
from screening_block.help.fields import KeysField
from screening_block.help.subjects import LANGUAGES, list_languages

T = TypeVar("T")


class Person(DraftRecord, index.Indexed):
    """Somebody with a name in public, in one language."""

    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(
        _("role"), max_length=120, blank=True, help_text=_("Such as “Staff attorney”.")
    )
    picture = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    picture_alt = models.CharField(
        _("alt text"),
        max_length=200,
        blank=True,
        help_text=_("What the picture shows, for people who do not see it."),
    )
    bio = models.TextField(_("about"), max_length=1500, blank=True)
    languages = KeysField(_("languages"), list_keys=list_languages, blank=True)
    bar_admission = models.CharField(
        _("bar admission"),
        max_length=200,
        blank=True,
        help_text=_("Such as “Admitted in California, 2012, number 123456”."),
    )

    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("locale_id"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def anchor(self) -> str:
        """The id of the person on a team page, the same in every language."""
        return f"person-{str(self.translation_key)[:8]}"

    @property
    def language_names(self) -> list[str]:
        return [str(LANGUAGES[key]) for key in self.languages if key in LANGUAGES]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "identity/person_preview.html"

    def get_preview_context(
        self, request: HttpRequest, mode_name: str
    ) -> dict[str, Any]:
        return {"request": request, "people": [self], "person": self}


class PersonLink(Orderable):
    """Where more about a person is to be read."""

    person = ParentalKey(Person, on_delete=models.CASCADE, related_name="links")
    label = models.CharField(_("label"), max_length=60)
    url = models.CharField(_("address"), max_length=500, validators=[validate_https])

    panels = [FieldRowPanel([FieldPanel("label"), FieldPanel("url")])]

    class Meta(Orderable.Meta):
        verbose_name = _("link")
        verbose_name_plural = _("links")

    def __str__(self) -> str:
        return self.label

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        clean_text_fields(self, kwargs.get("exclude"))
        super().full_clean(*args, **kwargs)


def show_people(chosen: list[int], language: str) -> list[Person]:
    """Return the published people of these ids, in their order, each in `language` if
    they are published in it.

    Whoever is there in another language only is shown in that: `locale` says which.
    """
    found: list[Person] = []
    shown = find_people(chosen, language)
    for pk in chosen:
        if (person := shown.get(pk)) is not None and person not in found:
            found.append(person)
    return found


def find_people(chosen: Iterable[int], language: str) -> dict[int, Person]:
    """Return the same by each of the ids, for many lists at once."""
    ids = frozenset(chosen)
    if not ids:
        return {}
    return remember(("people", ids, language), lambda: _find_people(ids, language))


def _find_people(ids: frozenset[int], language: str) -> dict[int, Person]:
    keys = _read_keys(set(ids))
    versions = list(
        Person.published()
        .filter(translation_key__in=set(keys.values()))
        .select_related("locale", "picture")
        .prefetch_related("links")
    )
    return _choose(
        keys,
        [(one.pk, one.translation_key, one.locale.language_code) for one in versions],
        versions,
        language,
    )


class Name(NamedTuple):
    """What a byline says of a person, and the language of that."""

    name: str
    role: str
    bar_admission: str
    locale: str


def name_people(chosen: Iterable[int], language: str) -> dict[int, Name]:
    """Return of the same people what a byline says, read without anything else."""
    ids = set(chosen)
    if not ids:
        return {}
    keys = _read_keys(ids)
    versions = Person.published().filter(translation_key__in=set(keys.values()))
    rows = list(
        versions.order_by().values_list(
            *("pk", "translation_key", "locale__language_code"),
            *("name", "role", "bar_admission"),
        )
    )
    names = [Name(name, role, bar, code) for _pk, _key, code, name, role, bar in rows]
    return _choose(keys, [row[:3] for row in rows], names, language)


def _read_keys(ids: set[int]) -> dict[int, UUID]:
    rows = Person.objects.filter(pk__in=ids).order_by()
    return dict(rows.values_list("pk", "translation_key"))


def _choose(
    keys: dict[int, UUID],
    versions: list[tuple[int, UUID, str]],
    said: list[T],
    language: str,
) -> dict[int, T]:
    """Return by each id in `keys` what is said of the person in `language`, or else as
    chosen. `said` is of each of the versions: their id, translation key and language.
    """
    live, here = {}, {}
    for (pk, key, code), one in zip(versions, said, strict=True):
        live[pk] = one
        if code == language:
            here[key] = one
    found = {pk: here.get(key) or live.get(pk) for pk, key in keys.items()}
    return {pk: one for pk, one in found.items() if one is not None}
