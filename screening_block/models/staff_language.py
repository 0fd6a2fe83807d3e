"""The languages that staff read: for mails, and for what is kept for them to read."""

from typing import Any

from django.conf import settings
from wagtail.users.models import UserProfile


def language_of(user: Any) -> str:
    """Return the language that somebody chose in the admin, or that of the site.

    Wagtail's own answer, for whoever chose none, is the language of whoever asks.
    """
    profile = UserProfile.objects.filter(user=user).first()
    return (profile and profile.preferred_language) or settings.LANGUAGE_CODE


def languages_of_staff() -> list[str]:
    """Return that of the site, and each that somebody chose."""
    chosen = UserProfile.objects.filter(user__is_active=True)
    codes = chosen.exclude(preferred_language="").order_by("preferred_language")
    listed = codes.values_list("preferred_language", flat=True).distinct()
    return list(dict.fromkeys([settings.LANGUAGE_CODE, *listed]))
