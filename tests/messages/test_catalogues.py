"""Whoever reads Spanish reads everything in Spanish, and the .mo files are current."""

from __future__ import annotations

import pytest
from babel.messages import Catalog

from . import catalogues
from .catalogues import Message, messages_of_python, messages_of_template, problems


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
