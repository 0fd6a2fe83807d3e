"""The demo's settings of the site, in each language that it is written in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from wagtail.models import Locale, Site

from cms.demo.files import list_languages, read_site
from cms.demo.page_filler import PageFiller
from cms.identity.models import FooterItem, HelpLine, MainItem, SiteSettings

#: What is said once, in the source; a language has words of its own.
FACTS = ("email", "phones", "address", "hours", "languages")
MENUS: dict[str, type[MainItem] | type[FooterItem]] = {
    "main_menu": MainItem,
    "footer_menu": FooterItem,
}


def make_site_settings(user: Any) -> None:
    """Make and publish the settings of each language that has none yet."""
    site = Site.objects.get(is_default_site=True)
    source = read_site(settings.LANGUAGE_CODE)
    first: SiteSettings | None = None
    for language in list_languages():
        locale = Locale.objects.get(language_code=language)
        found = SiteSettings.objects.filter(site=site, locale=locale).first()
        if found is None:
            words = read_site(language)["settings"]
            given = {"name": source["name"], **source["settings"], **words}
            told = {name: given[name] for name in _words_of(words) if name in given}
            told["help_lines"] = [
                HelpLine(**line) for line in words.get("help_lines", [])
            ]
            found = SiteSettings(site=site, locale=locale, live=False, **told)
            if first is not None:
                found.translation_key = first.translation_key
            filler = PageFiller(language)
            for name, kind in MENUS.items():
                names = source["settings"].get(name, [])
                pages = [filler.page_id(page) for page in names]
                items = [kind(page_id=page) for page in pages if page]
                setattr(found, name.replace("menu", "items"), items)
            found.save()
            found.save_revision(user=user).publish(user=user)
        first = first or found


def _words_of(words: dict[str, Any]) -> set[str]:
    lists = {"help_lines", *MENUS}
    return {"name", *FACTS, *words} - lists
