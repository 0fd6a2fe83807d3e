"""A term of the glossary, in one language."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _, override
from wagtail.models import Locale, Revision, TranslatableMixin

from cms.glossary.matching import fold_way
from cms.identity.records import DraftRecord, validate_https
from screening_block.choices import STATUSES
from screening_block.models.translated import TranslatedPage
from screening_block.models.unique import UniqueKey

#: Words of an explanation: it is read beside the text that it interrupts.
MOST_WORDS = 60
#: Ways to write one term, beside its name, and characters of each.
MOST_WAYS, LONGEST = 20, 80
#: Of a slug's 100 characters, what is left for a number that tells it from another.
SLUG = 90


class Status(models.TextChoices):
    """Whether somebody has read the source."""

    NEEDS_CHECKING = "needs_checking", STATUSES["needs_checking"]
    VERIFIED = "verified", STATUSES["verified"]


def list_ways(name: str, forms: str) -> list[str]:
    """Return every way in which a term is written, the name first."""
    lines = [" ".join(line.split()) for line in forms.splitlines()]
    return [name, *filter(None, lines)]


class Term(TranslatedPage, UniqueKey, DraftRecord):
    """A word or phrase that readers may not know, explained in plain words.

    The slug is part of public addresses: it is made of the first name that was
    published, and stays. `folded` is what makes two names one. `changed_at` tells every
    process that what it knows of the glossary is no longer so.
    """

    name = models.CharField(
        _("term"),
        max_length=LONGEST,
        help_text=_(
            "As it stands in the middle of a sentence: “green card”, “DACA”. One with "
            "capitals in a row, such as ICE, is found only as it is written."
        ),
    )
    forms = models.TextField(
        _("other forms"),
        blank=True,
        max_length=1000,
        help_text=_(
            "One a line: the plural, other endings, other words for the same. Pages "
            "explain the first of them that they use."
        ),
    )
    explanation = models.TextField(
        _("explanation"),
        max_length=600,
        help_text=_(
            "In plain words, at most 60. It says what a word means, no advice."
        ),
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page that says more"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    citation = models.CharField(
        _("source"),
        max_length=200,
        blank=True,
        help_text=_("Where the law says so, such as “8 U.S.C. § 1101(a)(48)(A)”."),
    )
    source_url = models.CharField(
        _("address of the source"),
        max_length=500,
        blank=True,
        validators=[validate_https],
    )
    status = models.CharField(
        _("verified"),
        max_length=20,
        choices=Status.choices,
        default=Status.NEEDS_CHECKING,
        help_text=_("Readers are told whether the source was checked."),
    )
    in_place = models.BooleanField(
        _("explain in place"),
        default=True,
        help_text=_(
            "Where a page first uses it, readers can open its explanation. Without "
            "this it stands in the glossary only."
        ),
    )
    translation_reviewed = models.BooleanField(
        _("reviewed by a legal translator"),
        default=False,
        help_text=_(
            "Until then the glossary says that nobody has checked its translation. The "
            "term’s history keeps who ticked this, and when."
        ),
    )
    slug = models.SlugField(
        max_length=100, allow_unicode=True, blank=True, editable=False
    )
    folded = models.CharField(max_length=LONGEST * 3, editable=False)
    changed_at = models.DateTimeField(auto_now=True, editable=False)

    preview_modes = [("", _("In the glossary")), ("in_place", _("In an article"))]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["folded", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["folded", "locale"],
                name="glossary_one_term_a_name",
                violation_error_message=_("The glossary has this term already."),
            ),
            models.UniqueConstraint(
                fields=["slug", "locale"], name="glossary_one_term_an_address"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ways(self) -> list[str]:
        """Every way in which it is written, the name first."""
        return list_ways(self.name, self.forms)

    @property
    def anchor(self) -> str:
        """The id of the term on the page of the glossary."""
        return f"term-{self.slug or slugify(self.name, allow_unicode=True)}"

    @property
    def address(self) -> str:
        """Where it stands on the page of its language, below the host."""
        with override(self.locale.language_code):
            return f"{reverse('glossary')}#{self.anchor}"

    @property
    def is_checked(self) -> bool:
        return self.status == Status.VERIFIED

    def clean(self) -> None:
        super().clean()
        self.name = " ".join(self.name.split())
        self._make_hidden()
        errors: dict[str, Any] = {}
        for field, said in (*self._list_faults(), *self._list_claims()):
            errors.setdefault(field, []).append(said)
        if errors:
            raise ValidationError(errors)
        # A form that is written twice is one.
        once = {fold_way(way): way for way in reversed(self.ways)}
        once.pop(self.folded, None)
        self.forms = "\n".join(reversed(once.values()))

    def _list_faults(self) -> Iterator[tuple[str, Any]]:
        count = len(self.explanation.split())
        if count > MOST_WORDS:
            message = _("At most %(most)s words. This has %(count)s.")
            yield "explanation", message % {"most": MOST_WORDS, "count": count}
        name, *forms = self.ways
        if len(forms) > MOST_WAYS:
            yield "forms", _("At most %(most)s other forms.") % {"most": MOST_WAYS}
        for field, way in (("name", name), *(("forms", form) for form in forms)):
            if way and not (way[0].isalnum() and way[-1].isalnum()):
                message = _("“%(way)s” must begin and end with a letter or a digit.")
                yield field, message % {"way": way}
            elif len(way) == 1 or len(way) > LONGEST:
                message = _("“%(way)s” must have 2 to %(most)s characters.")
                yield field, message % {"way": way, "most": LONGEST}
        if self.status == Status.VERIFIED and not self.citation:
            yield "citation", _("Name the source that was checked.")
        if self.source_url and not self.citation:
            yield "citation", _("What is this the address of?")

    def _list_claims(self) -> Iterator[tuple[str, Any]]:
        """What another term of this language is recognised by already, published or in
        its newest draft."""
        others = type(self).objects.filter(locale_id=self.locale_id)
        rows = others.exclude(pk=self.pk).order_by("pk")
        texts = list(rows.values_list("name", "forms"))
        drafts = rows.filter(has_unpublished_changes=True)
        newest = Revision.objects.filter(pk__in=drafts.values("latest_revision"))
        for content in newest.values_list("content", flat=True):
            texts.append((content["name"], content["forms"]))
        claimed: dict[str, str] = {}
        for name, forms in texts:
            for way in list_ways(name, forms):
                claimed.setdefault(fold_way(way), name)
        for number, way in enumerate(self.ways):
            if way and (taken := claimed.get(fold_way(way))):
                message = _("“%(way)s” belongs to the term “%(name)s” already.")
                said = message % {"way": way, "name": taken}
                yield ("forms" if number else "name"), said

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Check constraints, unless the name is refused already."""
        if "name" not in (exclude or ()):
            super().validate_constraints(exclude)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        self._make_hidden()
        return super().save(*args, **kwargs)

    def _make_hidden(self) -> None:
        """Write what no form shows."""
        self.folded = fold_way(self.name)
        rows = type(self).objects.filter(pk=self.pk, first_published_at__isnull=False)
        kept = rows.values_list("slug", flat=True).first() if self.pk else None
        self.slug = kept or self._find_slug()

    def _find_slug(self) -> str:
        name = unicodedata.normalize("NFC", self.name)
        base = slugify(name, allow_unicode=True)[:SLUG] or "term"
        others = type(self).objects.filter(locale_id=self.locale_id)
        taken = set(
            others.exclude(pk=self.pk)
            .filter(slug__startswith=base)
            .values_list("slug", flat=True)
        )
        slug, number = base, 1
        while slug in taken:
            number += 1
            slug = f"{base}-{number}"
        return slug

    def copy_for_translation(self, locale: Locale, exclude_fields: Any = None) -> Any:
        """Return a copy to be translated; nobody has reviewed it, nor its source."""
        made = super().copy_for_translation(locale, exclude_fields)
        made.translation_reviewed = False
        return made

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "glossary/preview.html"

    def get_preview_context(
        self, request: HttpRequest, mode_name: str
    ) -> dict[str, Any]:
        return {"request": request, "mode": mode_name, "term": self}
