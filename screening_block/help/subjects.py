"""What help is for, in which languages: closed lists; a site may add to the first."""

from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SUBJECTS: dict[str, Any] = {
    "immigration": _("Immigration"),
    "immigration_court": _("Immigration court"),
    "detention": _("Held by immigration (ICE)"),
    "criminal_records": _("Criminal records"),
    "courts_self_help": _("Court self-help"),
    "papers": _("Court and immigration papers"),
    "find_a_lawyer": _("Find a lawyer"),
    "victims": _("Victims of crime"),
}
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
    return {**SUBJECTS, **getattr(settings, "SCREENING_HELP_SUBJECTS", {})}


def list_subjects() -> list[tuple[str, Any]]:
    return list(get_subjects().items())


def list_languages() -> list[tuple[str, Any]]:
    return list(LANGUAGES.items())
