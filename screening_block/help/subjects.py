"""What help is for, in which languages: closed lists; a site may add to the first."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from screening_block.choices import list_help_subjects

#: Languages that offices speak, by the code that pages use.
LANGUAGES: dict[str, Any] = {
    "en": _("English"),
    "es": _("Spanish"),
    "ar": _("Arabic"),
    "fa": _("Persian"),
    "fr": _("French"),
    "hi": _("Hindi"),
    "hmn": _("Hmong"),
    "ht": _("Haitian Creole"),
    "hy": _("Armenian"),
    "ja": _("Japanese"),
    "km": _("Khmer"),
    "ko": _("Korean"),
    "pa": _("Punjabi"),
    "pt": _("Portuguese"),
    "ru": _("Russian"),
    "tl": _("Tagalog"),
    "vi": _("Vietnamese"),
    "zh": _("Chinese"),
    "mul": _("Other languages, with an interpreter"),
}


def get_subjects() -> dict[str, str | Promise]:
    """Return every subject by key: ours, and what `SCREENING_HELP_SUBJECTS` adds."""
    return dict(list_help_subjects())


def list_languages() -> list[tuple[str, Any]]:
    return list(LANGUAGES.items())
