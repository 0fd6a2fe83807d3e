"""Words that mean the same to a search, as editors know them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from cms.search.stems import list_words
from plugins.text.fields import clean_text_fields

#: Of one group: each makes a search longer.
MAX_WAYS = 12


def list_languages() -> list[tuple[str, Any]]:
    return list(settings.WAGTAIL_CONTENT_LANGUAGES)


class Synonyms(index.Indexed, models.Model):
    """A group of words and phrases of one language; who searches for one finds all.

    It has no drafts: what is saved is in effect with the next search.
    """

    language = models.CharField(
        _("language"),
        max_length=20,
        choices=list_languages,
        default="en",
        help_text=_("Of the pages that are searched."),
    )
    words = models.TextField(
        _("words that mean the same"),
        max_length=600,
        help_text=_(
            "One word or phrase a line. Who searches for one of them finds the others, "
            "at once and without publishing anything."
        ),
    )

    search_fields = [index.SearchField("words"), index.AutocompleteField("words")]

    class Meta:
        verbose_name = _("words that mean the same")
        verbose_name_plural = _("words that mean the same")
        ordering = ["language", "words"]

    def __str__(self) -> str:
        return " = ".join(self.ways)

    @property
    def ways(self) -> list[str]:
        return [line.strip() for line in self.words.splitlines() if line.strip()]

    def clean(self) -> None:
        clean_text_fields(self)
        super().clean()
        ways = self.ways
        self.words = "\n".join(ways)
        if len(ways) < 2:
            raise ValidationError(
                {"words": _("Write at least two, each on a line of its own.")}
            )
        if len(ways) > MAX_WAYS:
            message = _("At most %(most)s in one group.") % {"most": MAX_WAYS}
            raise ValidationError({"words": message})
        for way in ways:
            if not list_words(way):
                message = _("“%(way)s” holds no word.") % {"way": way}
                raise ValidationError({"words": message})
