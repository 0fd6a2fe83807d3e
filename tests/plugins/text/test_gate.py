"""What the gate for text lets through, and what it refuses."""

from __future__ import annotations

import time
import unicodedata
from html import escape
from xml.etree import ElementTree

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given, strategies as st
from wagtail import blocks
from wagtail.blocks import RichTextBlock

from plugins.text import (
    TextError,
    clean_query,
    clean_text,
    fold,
    is_storable,
    strip_unreadable,
)
from plugins.text.fields import get_text_kind

ANY = st.text(st.characters(codec=None), max_size=40) | st.text(
    st.sampled_from(
        "a é\u0301\u0338<>=\x0b\x00\u200b\u200d\u202e\ud800\ufeff\r\n\U000e0041"
    ),
    max_size=12,
)
KINDS = ["key", "name", "prose"]


@pytest.mark.parametrize("kind", KINDS)
@given(text=ANY)
def test_what_passes_is_in_order_and_everything_can_hold_it(kind, text):
    try:
        clean = clean_text(text, kind=kind)
    except TextError as error:
        str(error).encode()
        return
    assert clean_text(clean, kind=kind) == clean
    assert is_storable(clean)
    ElementTree.fromstring(f"<a>{escape(clean)}</a>")
    assert not [
        c for c in clean if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t"
    ]
    if kind != "prose":
        assert unicodedata.is_normalized("NFC", clean)
        assert not set(clean) & set("\n\t\u200e\u200f\u202a\u202e\u2066\u2069\u200b")
    if kind == "name" and clean:
        assert fold(clean) or not clean.strip()


@given(text=ANY)
def test_whatever_is_looked_for_or_was_stored_can_be_read(text):
    clean_query(text)
    ElementTree.fromstring(f"<a>{escape(strip_unreadable(text))}</a>")


@given(text=ANY)
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("kind", ["name", "prose"])
@pytest.mark.parametrize(
    "text",
    [
        "Plain terms, §§ 1203.4–1473.7 “so” …",
        "Año, niño, ¿qué?",
        "می‌خواهم",  # a joiner that Persian needs
        "क्‍ष",
        "مرحبا بالعالم",
        "שלום 123",
        "法律 한국어 Tiếng Việt",
        "👨‍👩‍👧 ❤️ 🏴󠁧󠁢󠁷󠁬󠁳󠁿",
    ],
)
def test_text_of_every_script_stays_as_it_is(kind, text):
    text = unicodedata.normalize("NFC", text)
    assert clean_text(text, kind=kind) == text


@pytest.mark.parametrize(
    ("text", "name", "prose"),
    [
        ("Two lines\x0bfrom slides", "Two lines from slides", "Two lines\nfrom slides"),
        ("a\r\nb\rc\x0cd\u2028e", "a b c d e", "a\nb\nc\nd\ne"),
        ("a\t b", "a  b", "a\t b"),
        ("Cafe\u0301", "Café", "Café"),
        ("e\ufeff\u0301", "é", "é"),
        ("gre\u200ben \u00adcard", "green card", "gre\u200ben \u00adcard"),
        ("a\u200cb", "ab", "a\u200cb"),
        ("\u3164", "", "\u3164"),
        # A stroke after the end of a tag would make text of the tag.
        ("<p>\u0338x", "<p≯x", "<p>\u0338x"),
        ("a\u2067b\u2069", TextError, "a\u2067b\u2069"),
        ("a\u200fb", TextError, "a\u200fb"),
        ("a\u202eb", TextError, TextError),
        ("a\x07", TextError, TextError),
        ("a\x00", TextError, TextError),
        ("a\x9d", TextError, TextError),
        ("a\ud83d", TextError, TextError),
        ("a\uffff", TextError, TextError),
        ("a\U000e0041", TextError, TextError),
        ("x" * 100_001, TextError, TextError),
    ],
)
def test_each_kind_of_text_is_cleaned_or_refused(text, name, prose):
    for kind, wanted in (("name", name), ("prose", prose)):
        if wanted is TextError:
            with pytest.raises(TextError):
                clean_text(text, kind=kind)
        else:
            assert clean_text(text, kind=kind) == wanted


def test_a_refusal_says_which_character_and_where():
    with pytest.raises(TextError, match=r"U\+202E, after “Penal Code”"):
        clean_text("Penal Code \u202e1473", kind="name")
    with pytest.raises(TextError, match=r"U\+0007, at the beginning"):
        clean_text("\x07", kind="prose")


@pytest.mark.parametrize(
    "place", ["\u202e", "\u200b", "\u00ad", "\u2066", "\ufe0f", "\n"]
)
def test_an_address_holds_nothing_that_is_not_seen(place):
    with pytest.raises(TextError):
        clean_text(f"https://example.org/a{place}b", kind="key")
    with pytest.raises(ValidationError):
        blocks.URLBlock().clean(f"https://example.org/a{place}b")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Green Card", "green  card"),
        ("Green Card", "ＧＲＥＥＮ\u3000ＣＡＲＤ"),
        ("Green Card", "Green\u00a0Card"),
        ("Green Card", "Gr\u200bee\u00adn Card\ufeff"),
        ("Año", "An\u0303o"),
        ("Straße", "STRASSE"),
        ("ﬁrearms", "Firearms"),
        ("ΑΣ", "ας"),
        ("❤️", "❤"),
    ],
)
def test_names_that_look_the_same_are_one(one, other):
    assert fold(one) == fold(other)


def test_names_that_differ_stay_apart():
    assert len({fold(name) for name in ("año", "ano", "Green-card", "green card")}) == 4


def test_every_field_knows_what_it_holds():
    kinds = {
        forms.CharField(): "name",
        forms.CharField(widget=forms.Textarea): "prose",
        forms.CharField(widget=forms.PasswordInput): "secret",
        forms.CharField(widget=forms.HiddenInput): "data",
        forms.SlugField(): "key",
        forms.URLField(assume_scheme="https"): "key",
        forms.EmailField(): "key",
        forms.JSONField(): "prose",
        RichTextBlock().field: "prose",
        blocks.CharBlock().field: "name",
        blocks.TextBlock().field: "prose",
    }
    assert {field: get_text_kind(field) for field in kinds} == kinds


def test_a_password_is_never_changed():
    field = forms.CharField(widget=forms.PasswordInput, strip=False)
    for secret in ("cafe\u0301\u200b", " a\x0bb ", "\u202e"):
        assert field.clean(secret) == secret
    for secret in ("a\x00", "a\ud800"):
        with pytest.raises(ValidationError):
            field.clean(secret)


@pytest.mark.parametrize("text", ['{"a": "\\u0000"}', '["\\ud800"]', '{"\\u0000": 1}'])
def test_json_in_a_field_holds_what_a_database_can_hold(text):
    with pytest.raises(ValidationError):
        forms.JSONField().clean(text)


@pytest.mark.parametrize("kind", ["key", "name", "prose"])
@pytest.mark.parametrize(
    "heap",
    [
        "\u0301\u0316",  # two that normal forms put in another order
        "\u0301\u200b\u0316",  # with what is dropped between them
        "\u0301\ufe0f\u0316",  # with what folding drops
        "\u0301\u200d\u0316",
    ],
)
def test_a_heap_of_marks_upon_a_letter_costs_nothing(kind, heap) -> None:
    text = "a" + heap * 300_000
    begun = time.process_time()
    with pytest.raises(TextError):
        clean_text(text, kind=kind)
    assert time.process_time() - begun < 3, "ordering them is quadratic"


def test_as_many_marks_as_anybody_writes_stay() -> None:
    word = "z" + "\u0335\u0316\u0301" * 10
    assert clean_text(word, kind="name")
    assert clean_text("ṩ e\u0301 שָׁלוֹם สวัสดี", kind="prose")
