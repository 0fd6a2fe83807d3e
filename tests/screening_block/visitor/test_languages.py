"""A visitor reads a screener in one language: the widget's words follow its texts."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from wagtail.models import Locale

import screening_block
from screening_block.choices import RESULT_SECTIONS, SHOWN_LEVELS
from screening_block.engine.sentences import sentences
from screening_block.models import Release
from screening_block.visitor.widget_strings import write_widget_words
from tests.messages.catalogues import messages_of_python, messages_of_template

from .test_form import Visitor

# Once: only reads what others write on both databases.
pytestmark = pytest.mark.once

HERE = Path(screening_block.__file__).parent
#: What a visitor can be shown: modules, and templates without the admin's.
ROOMS = ["visitor/*.py", "api/errors.py"]
PREVIEWS = frozenset(["preview.html", "draft_preview.html", "block_preview.html"])
#: Spanish says these as English does.
ALIKE = frozenset(["Error:", "No"])
LETTERS = re.compile("[A-Za-z]{3}")
SLOT = re.compile(r"%\(\w+\)s|\{\w+\}")


def messages() -> Iterator[str]:
    """Every message of what a visitor can be shown."""
    for path in (path for room in ROOMS for path in HERE.glob(room)):
        for one in messages_of_python(path.read_text("utf-8")):
            yield one.text
    folder = HERE / "templates/screening_block"
    for path in (*folder.glob("*.html"), *folder.glob("parts/*.html")):
        if path.name not in PREVIEWS:
            for one in messages_of_template(path.read_text("utf-8")):
                yield one.text
    with translation.override("en"):
        for label in (*SHOWN_LEVELS.values(), *RESULT_SECTIONS.values()):
            yield str(label)


def test_everything_a_visitor_can_be_shown_is_there_in_spanish() -> None:
    found = set(messages())
    assert len(found) > 90
    with translation.override("es"):
        unsaid = {one for one in found if translation.gettext(one) == one}
    assert unsaid - ALIKE == set()


def leaves(found: object, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(found, dict):
        for name, inner in found.items():
            yield from leaves(inner, f"{path}/{name}")
    elif isinstance(found, str):
        yield path, found


def test_reasons_have_the_same_gaps_in_spanish() -> None:
    english, spanish = (dict(leaves(sentences(at))) for at in ("en", "es"))
    assert set(english) == set(spanish)
    for path, text in english.items():
        assert sorted(SLOT.findall(spanish[path])) == sorted(SLOT.findall(text)), path
    said = {
        path for path, text in english.items() if LETTERS.search(SLOT.sub("", text))
    }
    same = {path for path in said if spanish[path] == english[path]}
    assert same == {"/plural/1"}, "the name of a form, which nobody reads"


@pytest.fixture
def spanish(screener):
    """The screener with texts in Spanish, some of them left as they were."""
    locale, _made = Locale.objects.get_or_create(language_code="es")
    page = screener.copy_for_translation(locale, copy_parents=True)
    page.title = "Un cuestionario"
    page.save_revision().publish()
    return page


class Spanish(Visitor):
    url = "/es/screeners/small/"


def english_in(text: str) -> list[str]:
    """Messages that stand in a page in English as a whole."""
    shown = set(re.split(r"\s*<[^>]*>\s*", html.unescape(text)))
    return sorted(one for one in set(messages()) - ALIKE if one in shown)


def test_a_visit_without_script_is_in_spanish_throughout(client, spanish) -> None:
    visitor = Spanish(client)
    pages = [visitor.page]
    for answer in ({}, {"answer": ["lpr"]}, {"answer": ["pc_245"]}, {"number": "400"}):
        pages.append(visitor.send(do="next", **answer).page)
    pages.append(visitor.send(do="unsure").page)
    while "Revise sus respuestas" not in visitor.text:
        pages.append(visitor.send(do="unsure").page)
    pages.append(visitor.send(do="result").page)
    for page in pages:
        assert page["Content-Language"] == "es"
        assert english_in(page.content.decode()) == []
    assert "Usted respondió" in visitor.text
    assert "400 días" in visitor.text
    assert re.search(r"La ley al \d+ de [a-z]+ de \d{4}", visitor.text)


def test_the_widget_gets_spanish_words_for_all_it_says(spanish) -> None:
    release = Release.current("small").load()
    told = json.loads(write_widget_words(release, "es", "2026-11-23"))
    said = dict(leaves({name: told[name] for name in ("ui", "words", "units")}))
    assert set(said.values()) & (set(messages()) - ALIKE) == set()
    assert told["months"][10] == "noviembre"


def test_questions_in_english_keep_english_words_on_a_spanish_page(
    client, screener
) -> None:
    """Half of a screener in another language would help nobody."""
    begun = client.get(Spanish.url)
    assert (begun.status_code, begun["Location"]) == (302, Visitor.url)
    # A form that stands in a Spanish article, or was opened before.
    visitor = Visitor(client)
    visitor.url = Spanish.url
    pages = [visitor.send(do="next").page, visitor.answer("lpr").page]
    for page in pages:
        text = page.content.decode()
        assert '<html lang="es"' in text
        assert 'lang="en"' in text
        assert "I’m not sure" in text
        assert "No lo sé" not in text
    assert "Choose one answer, or say that" in pages[0].content.decode()
