"""No page gets an address that the site itself uses."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve, reverse
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Locale, Page
from wagtail.views import serve

from cms.articles.models import ArticlePage
from cms.home.models import StandardPage
from screening_block.fields.reserved_slugs import reserved_keys, reserved_slugs
from screening_block.models import Screener
from screening_block.models.identity import ScreenerKey
from tests.screening_block.posting import form_of

from .addresses import addresses

pytestmark = pytest.mark.django_db


def first_words() -> set[str]:
    """The first word of every address that the resolver holds, found by another way."""
    return {
        word
        for address in addresses()
        if (word := address.template.split("/")[1]) and "%(" not in word
    }


def test_every_word_the_resolver_holds_is_reserved_at_the_root(small_site):
    reserved = reserved_slugs(small_site.home)
    words = first_words()
    assert {"admin", "api", "documents", "embed", "screeners", "healthz"} <= words
    assert words <= reserved
    assert {"media", "static", "open", "_util"} <= reserved
    assert {code for code, _name in settings.LANGUAGES} <= reserved


def test_nothing_is_reserved_that_a_page_could_have(small_site):
    """The resolver leads each reserved word, or what is below it, elsewhere."""

    def goes_to_pages(path: str) -> bool:
        try:
            return resolve(path).func == serve
        except Resolver404:
            return True

    beyond = {"open", "static", *dict(settings.LANGUAGES)}
    for word in reserved_slugs(small_site.home) - beyond:
        below = [a.template for a in addresses() if a.template[1:].startswith(word)]
        assert below or not goes_to_pages(f"/{word}/x"), word
    for free in ("help", "privacy", "articles", "admins", "api-guide", "esteem"):
        assert free not in reserved_slugs(small_site.home)
        assert goes_to_pages(f"/{free}/")


def test_routes_of_a_page_are_reserved_below_it(small_site):
    assert "feed" in reserved_slugs(small_site.index)
    assert "admin" not in reserved_slugs(small_site.index)
    names = {
        str(pattern.pattern).strip("/").split("/")[0]
        for model in (type(small_site.index),)
        if issubclass(model, RoutablePageMixin)
        for pattern in small_site.index.get_subpage_urls()
    } - {""}
    assert names and names <= reserved_slugs(small_site.index)


def test_below_the_prefix_of_a_language_less_is_reserved(small_site):
    spanish, _made = Locale.objects.get_or_create(language_code="es")
    home = small_site.home.copy_for_translation(spanish)
    reserved = reserved_slugs(home)
    assert "screeners" in reserved
    assert "media" not in reserved, "also a Spanish word, and reachable at /es/media/"


AT_ROOT = ["admin", "Admin", "api", "es", "zh-hans", "en", "media", "static", "open"]
AT_ROOT += ["screeners", "embed", "healthz", "documents", "_util"]


@pytest.mark.once  # refused before anything is written
@pytest.mark.parametrize("slug", AT_ROOT)
def test_the_form_refuses_it_at_the_field(editor, small_site, slug):
    page = small_site.privacy
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = dict(form_of(editor.get(url)).items()) | {"slug": slug}
    for action in ({}, {"action-publish": "1"}):
        answer = editor.post(url, data | action)
        assert answer.status_code == 200
        assert "itself uses" in answer.context["form"].errors["slug"][0]
    assert Page.objects.get(pk=page.pk).slug == "privacy"


@pytest.mark.once  # refused before anything is written
@pytest.mark.parametrize(
    ("kind", "below", "slug"),
    [
        ("home/standardpage", "home", "admin"),
        ("articles/articleindexpage", "home", "media"),
        ("screening_block/screener", "home", "es"),
        ("articles/articlepage", "index", "feed"),
        ("articles/articlepage", "index", "open"),
    ],
)
@pytest.mark.parametrize("action", [{}, {"action-publish": "1"}])
def test_a_new_page_of_any_kind_is_refused_at_the_field(
    editor, small_site, kind, below, slug, action
):
    parent = getattr(small_site, below)
    url = reverse("wagtailadmin_pages:add", args=[*kind.split("/"), parent.pk])
    data = dict(form_of(editor.get(url)).items())
    data |= {"title": "A title", "slug": slug} | action
    answer = editor.post(url, data)
    assert answer.status_code == 200
    assert "itself uses" in answer.context["form"].errors["slug"][0]
    assert not Page.objects.child_of(parent).filter(slug=slug).exists()


@pytest.mark.parametrize("title", ["Admin", "Media", "Open", "ES", "Feed"])
def test_a_slug_made_from_the_title_gets_a_number(small_site, title):
    if title == "Feed":
        page = small_site.index.add_child(instance=ArticlePage(title=title))
    else:
        page = small_site.home.add_child(instance=StandardPage(title=title))
    assert page.slug == f"{title.lower()}-2"


def test_code_cannot_save_it_either(small_site):
    for slug in ("admin", "es", "open"):
        with pytest.raises(ValidationError) as refused:
            small_site.home.add_child(instance=StandardPage(title="A", slug=slug))
        assert set(refused.value.message_dict) == {"slug"}
    small_site.short.slug = "feed"
    with pytest.raises(ValidationError):
        small_site.short.save()


def copy(editor, page, parent, slug, **more):
    return editor.post(
        reverse("wagtailadmin_pages:copy", args=[page.pk]),
        {"new_title": "C", "new_slug": slug, "new_parent_page": parent.pk, **more},
    )


@pytest.mark.parametrize("more", [{}, {"alias": "on"}, {"publish_copies": "on"}])
def test_a_copy_is_refused_at_the_field(editor, small_site, screener, more):
    pages = [
        (small_site.privacy, small_site.home, "admin"),
        (small_site.short, small_site.index, "feed"),
    ]
    if not more.get("alias"):
        pages.append((screener, small_site.home, "ko"))
    for page, parent, slug in pages:
        answer = copy(editor, page, parent, slug, **more)
        assert answer.status_code == 200
        assert "itself uses" in answer.context["form"].errors["new_slug"][0]
        assert not Page.objects.child_of(parent).filter(slug=slug).exists()


def test_a_move_is_refused_alone_and_in_bulk(editor, small_site):
    nested = small_site.privacy.add_child(instance=StandardPage(title="N", slug="api"))
    move = reverse(
        "wagtailadmin_pages:move_confirm", args=[nested.pk, small_site.home.pk]
    )
    answer = editor.post(move, follow=True)
    assert "itself uses" in answer.content.decode()
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    answer = editor.post(
        f"{bulk}?id={nested.pk}&next=/admin/pages/{small_site.privacy.pk}/",
        {"chooser": small_site.home.pk},
        follow=True,
    )
    assert "itself uses" in answer.content.decode()
    assert Page.objects.get(pk=nested.pk).get_parent().pk == small_site.privacy.pk


def test_a_page_whose_name_begins_like_a_language_is_reached(client, small_site):
    for slug in ("es-bueno", "ko-visa-2", "en-route", "vi-", "zh"):
        page = StandardPage(title=slug, slug=slug, live=True)
        small_site.home.add_child(instance=page)
        answer = client.get(f"/{slug}/")
        assert answer.status_code == 200
        assert answer["Content-Language"] == "en"


def test_a_screener_has_no_key_that_stands_for_something_else(screener):
    assert {"oembed", "open"} <= reserved_keys()
    assert "small" not in reserved_keys()
    assert ScreenerKey.free("oembed", screener.translation_key) == "oembed-2"
    other = Screener(title="Other", slug="other", key="oembed")
    with pytest.raises(ValidationError) as refused:
        screener.get_parent().add_child(instance=other)
    assert "key" in refused.value.message_dict
