"""The demo's settings of the site, in each language that it is written in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _, override
from wagtail.models import Locale, Site

from cms.demo.files import list_languages, read_site
from cms.demo.models import DemoPart
from cms.demo.page_filler import PageFiller
from cms.glossary.terms import glossary_path
from cms.identity.models import FooterItem, HelpLine, MainItem, SiteSettings

#: What is said once, in the source; a language has words of its own.
FACTS = ("email", "phones", "address", "hours", "languages")
#: The page in a menu that is in no tree of pages.
GLOSSARY = "glossary"
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
                items = [_make_item(kind, page, filler) for page in names]
                setattr(found, name.replace("menu", "items"), list(filter(None, items)))
            found.save()
            found.save_revision(user=user).publish(user=user)
        else:
            _add_glossary(found, language, user)
        DemoPart.remember(f"{language}/footer/{GLOSSARY}")
        first = first or found


def _make_item(kind: Any, name: str, filler: PageFiller) -> Any:
    """Return the item of a menu that leads to a page; None where there is none."""
    if name == GLOSSARY:
        with override(filler.language):
            return kind(url=glossary_path(filler.language), label=_("Glossary"))
    page = filler.page_id(name)
    return kind(page_id=page) if page else None


def _add_glossary(found: SiteSettings, language: str, user: Any) -> None:
    """Lead to the glossary from settings that were made before there was one; those
    that an editor has saved since stay."""
    if DemoPart.objects.filter(name=f"{language}/footer/{GLOSSARY}").exists():
        return
    if found.revisions.count() > 1 or not found.live:
        return
    item = _make_item(FooterItem, GLOSSARY, PageFiller(language))
    found.footer_items.add(item)
    found.save_revision(user=user).publish(user=user)


def _words_of(words: dict[str, Any]) -> set[str]:
    lists = {"help_lines", *MENUS}
    return {"name", *FACTS, *words} - lists
