"""What stands around the questions of the form without script: the start, sections."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Site

from screening_block.packs.load import load_pack
from tests.screening_block import small

from .test_form import Visitor

# Once: only reads what others write on both databases.
pytestmark = [pytest.mark.django_db, pytest.mark.once]
PART = re.compile(r'<p class="ls-part">(.*?)</p>')


@pytest.fixture
def load(db: None) -> Callable[[dict[str, Any]], None]:
    root = Site.objects.get(is_default_site=True).root_page
    return lambda data: load_pack("small_pack", data, root) and None


def parts(visitor: Visitor) -> list[str]:
    return PART.findall(visitor.text)


def title(visitor: Visitor) -> str:
    """Without the name of the site."""
    (text,) = re.findall(r"<title>(.*?)</title>", visitor.text)
    return html.unescape(text).partition(" | ")[0]


def test_the_start_says_how_long_it_takes_and_what_to_have_at_hand(
    client: Client, load: Callable[[dict[str, Any]], None]
) -> None:
    load(small.with_sections())
    text = Visitor(client).text
    assert "About 3 minutes" in text
    assert "Papers from court." in text
    assert text.index("What to have at hand") < text.index("Your status today")


def test_a_start_without_either_does_not_name_them(
    client: Client, load: Callable[[dict[str, Any]], None]
) -> None:
    load(small.release())
    text = Visitor(client).text
    assert "How long it takes" not in text
    assert "What to have at hand" not in text


def test_every_question_names_its_section(
    client: Client, load: Callable[[dict[str, Any]], None]
) -> None:
    load(small.with_sections())
    visitor = Visitor(client)
    assert parts(visitor) == ["Your status in the U.S."]
    visitor.answer("lpr")
    assert parts(visitor) == ["The case"]
    visitor.answer("pc_245")
    assert parts(visitor) == ["The case"], "it began with the question before"
    assert title(visitor) == (
        "How many days did the judge order? – The case – Small screener"
    )
    visitor.send(number="no number", do="next")
    assert parts(visitor) == ["The case"], "an error too"
    assert visitor.text.count("<h1") == 1


def test_questions_without_sections_name_none(
    client: Client, load: Callable[[dict[str, Any]], None]
) -> None:
    load(small.release())
    visitor = Visitor(client).answer("lpr")
    assert parts(visitor) == []
    assert title(visitor) == "Which law was it? – Small screener"
