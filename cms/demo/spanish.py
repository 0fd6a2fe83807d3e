"""The demo's Spanish: a home page of its own, so that the screener stands below it."""

from typing import Any

from django.apps import apps
from wagtail.models import Locale

from cms.demo.content import StreamWriter, read_content
from cms.home.models import HomePage

CODE = "es"


def make_spanish_home(home: HomePage) -> None:
    """Make the home page in Spanish, if the site has none; its text comes later.

    Before the law packs: their pages find the page to stand below.
    """
    locale, _made = Locale.objects.get_or_create(language_code=CODE)
    if home.get_translations().filter(locale=locale).exists():
        return
    texts = read_content("es/site.yaml")["home"]
    # A draft of the English page has no body yet, and none of its own links.
    translated = home.copy_for_translation(locale)
    for name in ("title", "summary"):
        setattr(translated, name, texts[name])
    translated.draft_title = translated.title
    translated.live = True
    translated.save()


def fill_spanish_home(home: HomePage, user: Any) -> Any:
    """Write and publish the text of that page; None if that was done before."""
    found = home.get_translations().filter(locale__language_code=CODE).first()
    if found is None or found.first_published_at or found.alias_of_id:
        return None
    page: Any = found.specific
    texts = read_content("es/site.yaml")["home"]
    page.own_case_id = _screener_id(texts["own_case"].partition(":")[2])
    writer = StreamWriter(lambda slug: None, _screener_id, lambda name: None)
    page.body = writer.stream(page.slug, texts["body"])
    page.save_revision(user=user).publish(user=user)
    return page


def _screener_id(key: str) -> int | None:
    model = apps.get_model("screening_block", "Screener")
    pages = model.objects.filter(key=key, locale__language_code=CODE, live=True)
    pk: int | None = pages.values_list("pk", flat=True).first()
    return pk
