"""Whoever reads Spanish reads everything in Spanish, and the .mo files are current."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from babel.messages import Catalog
from django.db import models
from django.utils.functional import Promise
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.models import get_page_models
from wagtail.snippets.models import get_snippet_models

from . import catalogues
from .catalogues import Message, messages_of_python, messages_of_template, problems

OURS = ("cms", "plugins", "screening_block")
#: Never shown by its name.
INNER = ("sort_order", "tag")


def test_nothing_is_missing_or_out_of_date() -> None:
    """`make messages` brings the files in line and names what needs a translator."""
    assert list(problems()) == []


def test_every_way_to_mark_a_message_is_seen() -> None:
    code = """
_("one" " text")
gettext_lazy("lazy")
ngettext("%(n)s row", "%(n)s rows", 2)
pgettext("month", "May")
translation.gettext("by its module")
_(variable)
"""
    assert list(messages_of_python(code)) == [
        Message(None, "one text"),
        Message(None, "lazy"),
        Message(None, "%(n)s row", "%(n)s rows"),
        Message("month", "May"),
        Message(None, "by its module"),
    ]
    page = """{% load i18n %}
        <p title="{% translate 'A “title”' %}">
        {% blocktranslate %}{{ n }} at most{% endblocktranslate %}
        {% blocktranslate count n=n trimmed %}
            One
        {% plural %}
            {{ n }}
        {% endblocktranslate %}"""
    assert list(messages_of_template(page)) == [
        Message(None, "A “title”"),
        Message(None, "%(n)s at most"),
        Message(None, "One", "%(n)s"),
    ]


@pytest.mark.parametrize(
    "message",
    [Message(None, "Said by nobody"), Message(None, "%(n)s word", "%(n)s words")],
)
def test_a_message_without_spanish_is_named(monkeypatch, message: Message) -> None:
    monkeypatch.setattr(catalogues, "messages_in", lambda _package: {message: "a.py"})
    catalogue = Catalog("es")
    assert catalogues.without_translation("plugins", catalogue) == [message]
    catalogue.add(message.id, ("x", "y") if message.plural else "x")
    assert catalogues.without_translation("plugins", catalogue) == []


def shown_in_forms() -> Iterator[models.Field]:
    """The fields of our pages and snippets, and of what is edited inside them."""
    kinds = [*get_page_models(), *get_snippet_models()]
    kinds += [relation.related_model for one in kinds for relation in children(one)]
    for model in kinds:
        if model._meta.app_config.name.startswith(OURS):
            for field in model._meta.get_fields():
                own = getattr(field, "concrete", False) and not field.auto_created
                if own and field.editable and field.model is model:
                    yield field


def children(model: type[models.Model]) -> list:
    if not issubclass(model, ClusterableModel):
        return []
    return get_all_child_relations(model)


@pytest.mark.parametrize("field", sorted(set(shown_in_forms())), ids=str)
def test_a_field_of_a_form_has_a_name_that_can_be_translated(field) -> None:
    inner = isinstance(field, ParentalKey) or field.name in INNER
    assert inner or isinstance(field.verbose_name, Promise)


#: What the law pack's Spanish has another word for, which visitors read beside these.
OTHER_WORDS = {
    r"\btribunal": "corte",
    r"\bagentes?\b": "oficial",
    r"\baparato": "dispositivo",
    r"\b[Vv]erific": "comprobar",
    r"\bpodrían? corresponder": "puede corresponder",
    r"\b[Pp]ulse\b": "presione",
    r"\b(el|un) fallo\b": "error",
    "[«»]": "“”",
}


def test_spanish_has_one_word_for_one_thing() -> None:
    found = [
        (text, OTHER_WORDS[other])
        for _package, locale, path in catalogues.catalogues()
        if locale == catalogues.WHOLE
        for entry in catalogues.read_po(path)
        for text in ([entry.string] if isinstance(entry.string, str) else entry.string)
        for other in OTHER_WORDS
        if entry.id and re.search(other, text, re.I)
    ]
    assert found == []
