"""Makes pages of the site."""

from __future__ import annotations

import uuid
from typing import Any

import factory
import wagtail_factories
from wagtail.models import Locale, Page

from cms.articles.models import ArticleIndexPage, ArticlePage
from cms.glossary.models import Term
from cms.home.models import HomePage, StandardPage
from cms.identity.models import SiteSettings


class HomePageFactory(wagtail_factories.PageFactory):
    title = "Your record in plain words"
    slug = "start"
    summary = "What the law says."

    class Meta:
        model = HomePage


class SettingsFactory(factory.django.DjangoModelFactory):
    """Published settings of the default site, in English."""

    name = "Plain Terms"
    disclaimer = "Information, not legal advice."

    class Meta:
        model = SiteSettings


class IndexFactory(wagtail_factories.PageFactory):
    title = "Articles"
    slug = "articles"
    show_in_menus = True

    class Meta:
        model = ArticleIndexPage


class StandardPageFactory(wagtail_factories.PageFactory):
    title = "Privacy"
    slug = "privacy"
    show_in_menus = True

    class Meta:
        model = StandardPage


class ArticleFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Article {n}")
    summary = "In short."

    class Meta:
        model = ArticlePage


def block(kind: str, value: Any) -> dict[str, Any]:
    """Stored form of one block."""
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def items(*values: Any) -> list[dict[str, Any]]:
    return [block("item", value) for value in values]


def link(page: Page, text: str) -> str:
    return f'<p><a linktype="page" id="{page.pk}">{text}</a></p>'


def publish(page: Page) -> Page:
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def make_term(name: str, explanation: str = "What it means.", **more: Any) -> Term:
    """Make and publish a term, in English or in the language of `more["locale"]`."""
    locale = more.pop("locale", None) or Locale.objects.get(language_code="en")
    term = Term(name=name, explanation=explanation, locale=locale, live=False, **more)
    term.full_clean()
    term.save()
    term.save_revision().publish()
    return Term.objects.get(pk=term.pk)
