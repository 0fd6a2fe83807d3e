"""Words of a release's own language in the texts of another: the form and the API."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Locale

from screening_block import engine
from screening_block.models.releases import texts_in
from screening_block.publishing.compile import compile_screener
from screening_block.publishing.meaning import hash_meaning
from screening_block.visitor.foreign_words import mark_foreign
from screening_block.visitor.results import build_result
from tests.foreign_words import CASES, WORDS, expect_marked, with_foreign_words
from tests.screening_block import small

RELEASE = engine.load_release(with_foreign_words())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[1][:30])
def test_whole_words_are_marked_where_a_text_is_seen(case: tuple[str, ...]) -> None:
    assert mark_foreign(case[1], RELEASE, case[0]) == expect_marked(case)


def test_marked_again_it_is_the_same() -> None:
    for case in CASES:
        once = mark_foreign(case[1], RELEASE, case[0])
        assert mark_foreign(once, RELEASE, case[0]) == once


def test_a_release_without_any_is_left_as_it_is() -> None:
    plain = engine.load_release(small.release())
    assert mark_foreign("<p>court</p>", plain, "en") == "<p>court</p>"


def test_each_language_has_its_own_and_none_stands_for_another() -> None:
    assert texts_in(RELEASE, "es")["foreign_words"] == WORDS
    data = with_foreign_words()
    del data["texts"]["es"]["foreign_words"]
    assert "foreign_words" not in texts_in(engine.load_release(data), "es")


def test_they_decide_nothing() -> None:
    """So a change of them is not searched or run again."""
    data = with_foreign_words()
    data["texts"]["es"]["foreign_words"] += "bond\n"
    assert hash_meaning(engine.load_release(data)) == hash_meaning(RELEASE)


def test_the_api_marks_them_in_html_alone() -> None:
    answers = {**small.ASSAULT, "court_date_set": True, "held": False}
    result = build_result(RELEASE, answers, "2026-11-23", "es")
    found = next(one for one in result["findings"] if one["key"] == "court_soon")
    assert found["html"] == '<p>Ver <span lang="en">probation</span>.</p>'
    assert found["body"] == found["text"] == "Ver probation."
    assert found["heading"] == "Corte (felony)"


@pytest.fixture
def translated(screener: Any) -> Any:
    locale = Locale.objects.get_or_create(language_code="es")[0]
    page = screener.copy_for_translation(locale, copy_parents=True)
    page.foreign_words = "lawyer\r\npapers\r\n"
    page.full_clean()
    page.save_revision().publish()
    return page


def test_an_editor_lists_them_with_the_translation(
    translated: Any, screener: Any
) -> None:
    texts = compile_screener(screener)["texts"]
    assert texts["es"]["foreign_words"] == "lawyer\npapers\n"
    assert "foreign_words" not in texts["en"]


def test_the_form_of_a_translation_alone_asks_for_them(
    translated: Any, screener: Any, admin_client: Any
) -> None:
    for page, asked in ((translated, True), (screener, False)):
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        form = admin_client.get(address).content.decode()
        assert ('name="foreign_words"' in form) is asked


def test_those_of_the_source_language_count_for_nothing(screener: Any) -> None:
    before = compile_screener(screener)
    screener.foreign_words = "court"
    assert compile_screener(screener) == before


def test_the_form_without_script_marks_them(translated: Any, client: Any) -> None:
    translated.questions[0].value["label"] = "Pregunte a un lawyer"
    translated.questions[0].value["options"][0]["label"] = "Con papers"
    translated.intro = "Lea papers."
    translated.save_revision().publish()
    start = client.get("/es/screeners/small/").content.decode()
    assert '<p>Lea <span lang="en">papers</span>.</p>' in start
    assert 'Pregunte a un <span lang="en">lawyer</span>' in start
    assert '>Con <span lang="en">papers</span></label>' in start
