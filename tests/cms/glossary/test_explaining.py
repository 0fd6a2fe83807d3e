"""Words of a page are marked once, where they may be, and nothing else changes."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup, NavigableString
from hypothesis import given, settings, strategies as st
from wagtail.models import Locale

from cms.glossary.explaining import BLOCKS, LEFT_ALONE, Explainer
from cms.glossary.models import Term
from cms.glossary.terms import Entry, Glossary
from tests.valid_html import check_html

pytestmark = pytest.mark.once

EN, ES = Locale(pk=1, language_code="en"), Locale(pk=2, language_code="es")
NAMES = {
    "plea": "declaración",
    "guilty plea": "declaración de culpa",
    "ICE": "ICE",
    "green card": "tarjeta verde",
    "removal": "deportación",
}
#: Not marked in place, but no other term is marked within it.
ASIDE = {"removal order": "orden de deportación"}
#: Stands around what is added, so that it is told from the same words that were there.
ADDED = "\ue000"
BRACKET = re.compile(rf"{ADDED} [(\[]<span lang=\"en\">([^<]+)</span>[)\]]{ADDED}")


class Told(Explainer):
    def _add_original(self, *given: Any) -> str:
        added = super()._add_original(*given)
        return f"{ADDED}{added}{ADDED}" if added else ""


def glossaries() -> dict[str, Glossary]:
    found = {"en": Glossary("en"), "es": Glossary("es")}
    for number, (name, translated) in enumerate((NAMES | ASIDE).items()):
        more: dict[str, Any] = {
            "explanation": "x",
            "translation_key": uuid4(),
            "in_place": name in NAMES,
            "changed_at": datetime.now(UTC),
        }
        english = Term(pk=2 * number, name=name, locale=EN, **more)
        spanish = Term(pk=2 * number + 1, name=translated, locale=ES, **more)
        for term in (english, spanish):
            term.slug = term.name.replace(" ", "-")
        found["en"].entries.append(Entry(english, [spanish]))
        found["es"].entries.append(Entry(spanish, [english]))
    return found


GLOSSARIES = glossaries()


def mark(html: str, language: str = "en") -> str:
    return Explainer(language, GLOSSARIES[language]).mark(html)


def marked(html: str, language: str = "en") -> list[str]:
    soup = BeautifulSoup(mark(html, language), "html.parser")
    return [link.get_text() for link in soup.select("a.term")]


WORDS = st.sampled_from(
    [
        *NAMES,
        *ASIDE,
        *NAMES.values(),
        *("Plea", "GREEN&nbsp;CARD", "green\n card", "ice", "pleas", "co-plea"),
        *("(", ")", "&amp;", "&lt;b&gt;", "año", "x < y", "“", "a&b", "words"),
    ]
)
TEXT = st.lists(WORDS, min_size=1, max_size=6).map(lambda words: f" {' '.join(words)} ")


def inside(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    tags = st.sampled_from(
        [
            *("b", "i", "p", "li", "h3", "code", "cite", "blockquote", "td", "th"),
            *('span lang="en"', 'a href="/x/?a=1&amp;b=2"', "a title='>'", "div"),
        ]
    )
    return st.tuples(tags, st.lists(children, max_size=3)).map(
        lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0].split()[0]}>"
    )


HTML = st.lists(st.recursive(TEXT, inside, max_leaves=8), max_size=4).map("".join)


def text_of(html: str) -> str:
    """The text to the letter: BeautifulSoup would make spaces one."""
    parts: list[str] = []
    parser = HTMLParser()
    parser.handle_data = parts.append  # type: ignore[method-assign]
    parser.feed(html)
    parser.close()
    return "".join(parts)


def is_left_alone(node: Any) -> bool:
    return any(
        parent.name in LEFT_ALONE or parent.has_attr("lang")
        for parent in node.parents
        if parent.name != "[document]"
    )


def stands_in(name: str, text: str) -> bool:
    """Whether a text has a name as a word of its own, said as somebody else would."""
    flags = 0 if name.isupper() else re.IGNORECASE
    longer = [one for one in NAMES | ASIDE if name in one and one != name]
    for one in longer:
        text = re.sub(re.escape(one).replace("\\ ", r"\s+"), "#", text, flags=re.I)
    words = re.escape(name).replace("\\ ", r"\s+")
    return re.search(rf"(?<![\w-]){words}(?![\w-])", text, flags) is not None


@settings(max_examples=150, deadline=None, database=None, derandomize=True)
@given(HTML)
def test_nothing_changes_but_the_first_of_each_word(html: str) -> None:
    after = mark(html)
    assert text_of(after) == text_of(html)
    soup = BeautifulSoup(after, "html.parser")
    links = soup.select("a.term")
    names = [link["data-explained"] for link in links]
    assert len(set(names)) == len(names)
    assert not any(is_left_alone(link) for link in links)
    # Once more there is nothing left to do, and without the marks it is what it was.
    assert mark(after) == after
    if not links:
        assert after == html
    # Each word is marked wherever it may be, and nowhere before.
    for name in NAMES:
        slug = f"explained-{name.replace(' ', '-')}"
        link = soup.find("a", {"data-explained": slug})
        # A text in one piece, which is how words are written.
        look = link.find_all_previous if link else soup.find_all
        for node in look(string=True):
            if isinstance(node, NavigableString) and not is_left_alone(node):
                assert not stands_in(name, str(node)), (name, str(node))


@settings(max_examples=80, deadline=None, database=None, derandomize=True)
@given(HTML)
def test_in_another_language_only_brackets_are_added(html: str) -> None:
    after = Told("es", GLOSSARIES["es"]).mark(html)
    assert text_of(BRACKET.sub("", after)) == text_of(html)
    assert mark(after, "es") == after
    added = BRACKET.findall(after)
    assert set(added) <= set(NAMES)
    assert len(set(added)) == len(added)


def test_the_longest_term_is_the_one_that_is_explained() -> None:
    html = (
        "<p>A guilty plea, a guilty plea, a plea and a removal order for removal.</p>"
    )
    assert marked(html) == ["guilty plea", "plea", "removal"]


def test_a_term_within_a_link_a_heading_or_a_citation_is_left_alone() -> None:
    html = (
        '<h3>Plea</h3><p><a href="/x/">A plea</a>, <cite>Matter of Plea</cite>, '
        "<code>plea</code>, <q>plea</q>, <span lang='es'>plea</span> gre<b>en card</b> "
        "<i>green</i> card and a <b>plea</b>.</p>"
    )
    after = mark(html)
    assert marked(html) == ["plea"]
    assert "<b><a " in after
    check_html(after, "marked", fragment=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Una tarjeta verde y otra", "tarjeta verde (green card) y otra"),
        ("Una tarjeta verde (green card)", "tarjeta verde (green card)"),
        ("La <i>green card</i> o tarjeta verde", "tarjeta verde"),
        ("Esto (una tarjeta verde) es", "tarjeta verde [green card]) es"),
        ("Viene ICE hoy", "ICE hoy"),
        # What is English in brackets is no Spanish word, whatever it looks like.
        ("Algo (removal order) de ICE", "ICE"),
    ],
)
def test_the_english_word_is_said_once_where_the_text_does_not(
    text: str, expected: str
) -> None:
    after = mark(f"<p>{text}</p>", "es")
    assert text_of(after).count("green card") == int("tarjeta" in text)
    assert expected in text_of(after)
    assert len(marked(f"<p>{text}</p>", "es")) == 1


def test_an_english_word_that_stands_there_is_said_to_be_one() -> None:
    html = (
        "<p>Una orden (removal order) y <b>la plea</b>, de ICE, <q>plea</q> y "
        '<i lang="en">removal</i>.</p><h2>La green card</h2>'
    )
    after = BeautifulSoup(mark(html, "es"), "html.parser")
    english = [one.text for one in after.select("span[lang=en]")]
    assert english == ["removal order", "plea"]
    assert after.text == BeautifulSoup(html, "html.parser").text


def test_a_page_has_one_explainer_for_all_its_texts() -> None:
    explainer = Explainer("en", GLOSSARIES["en"])
    first, second = (
        explainer.mark("<p>A plea</p>"),
        explainer.mark("<p>A plea, ICE</p>"),
    )
    assert "term-plea" in first and "term-plea" not in second
    assert [entry.term.name for entry in explainer.found] == ["plea", "ICE"]
    assert {"p", "li", "td"} <= BLOCKS
