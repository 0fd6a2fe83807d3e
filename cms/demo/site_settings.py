"""The demo's settings of the site, in each language that it is written in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from wagtail.models import Locale, Site

from cms.demo.files import list_languages, read_site
from cms.identity.models import HelpLine, SiteSettings

#: Facts are said once, in English; a language has words of its own.
FACTS = ("email", "phones", "address", "hours", "languages")


def make_site_settings(user: Any) -> None:
    """Make and publish the settings of each language that has none yet."""
    site = Site.objects.get(is_default_site=True)
    source = read_site(settings.LANGUAGE_CODE)
    facts = {name: source["settings"][name] for name in FACTS}
    first: SiteSettings | None = None
    for code in list_languages():
        locale = Locale.objects.filter(language_code=code).first()
        found = SiteSettings.objects.filter(site=site, locale=locale).first()
        if locale is None or found is not None:
            first = first or found
            continue
        words = read_site(code)["settings"]
        lines = words.get("help_lines", [])
        own = {name: text for name, text in words.items() if name != "help_lines"}
        told: dict[str, Any] = {"name": source["name"], **facts, **own}
        told["help_lines"] = [HelpLine(**line) for line in lines]
        record = SiteSettings(site=site, locale=locale, **told)
        if first is not None:
            record.translation_key = first.translation_key
        record.live = False
        record.save()
        record.save_revision(user=user).publish(user=user)
        first = first or record
