"""Six people without script and without English, from the article to the result.

Every page on the way is read as it was sent, heads and attributes as well: a browser is
needed for none of it (`test_spanish_walk.py` drives one).
"""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client

from cms.articles.models import ArticlePage
from screening_block import engine
from screening_block.models import Release
from screening_block.models.releases import today
from tests.california_firearms.measured import KEY
from tests.california_firearms.six import SIX
from tests.parts_of_pages import list_parts
from tests.valid_html import check_html

# Once: only reads what others write on both databases.
pytestmark = [pytest.mark.once, pytest.mark.django_db]
MOST_STEPS = 120
#: Who is asked one by one; the others hand over all answers in the form's own field.
STEP_BY_STEP = "Maria"
#: What a result says that begins no page of its own.
RESULT, CHECK = "Lo que pueden significar sus respuestas", "Revise sus respuestas"
URGENT = "Antes de seguir: esto es urgente"
#: Where words stand that no element can be around: its text, and attributes.
NO_ELEMENT = ("option", "]")


class Reader:
    """Somebody without script who follows links and sends forms as they stand."""

    def __init__(self, client: Client, release: engine.Release, answers: Any) -> None:
        self.client, self.release, self.answers = client, release, answers
        listed = release.data["texts"]["es"]["foreign_words"].splitlines()
        self.words = re.compile(rf"\b(?:{'|'.join(listed)})\b", re.I)
        self.foreign: dict[str, Any] = {}
        #: English words of the texts that a Spanish voice would say, and all that none
        #: would.
        self.unmarked: dict[str, str] = {}
        self.marked: set[str] = set()
        self.asked: list[str] = []

    def take(self, answer: Any) -> BeautifulSoup:
        """Read a page; what is in the frame of each is read once."""
        assert answer.status_code == 200, answer.status_code
        page = BeautifulSoup(answer.content, "html.parser")
        assert page.html["lang"] == "es"
        self.html = answer.content.decode()
        part = f'<html lang="es">{page.head}{page.find("main")}</html>'
        # Names of cases, in English, are of people whose names are Spanish.
        own = [one for one in list_parts(part) if one.lang == "es"]
        if found := {one.where: one.foreign for one in own if one.foreign}:
            self.foreign[str(page.h1)] = found
        self.page = page
        # Once: neither by the glossary of the article around it.
        assert not page.select(".ls a.term, span[lang=en] span[lang=en]")
        for shown in page.select(".ls"):
            for one in list_parts(f'<div lang="es">{shown}</div>'):
                if one.lang == "es" and not one.where.endswith(NO_ELEMENT):
                    for word in self.words.findall(one.text):
                        self.unmarked[word] = one.text
            self.marked |= {one.get_text() for one in shown.select("span[lang=en]")}
        return page

    def begin(self, address: str) -> None:
        """From an article, by what it offers to whoever cannot run a script."""
        page = self.take(self.client.get(address))
        form = page.select_one("main form.ls-form")
        if form is None:
            (link, *_others) = page.select(f"main a[href*='/{KEY}/']")
            page = self.take(self.client.get(link["href"]))
            form = page.select_one("main form.ls-form")
        assert form is not None
        self.form = form

    def send(self, do: str, **given: Any) -> None:
        fields = {
            str(one["name"]): one.get("value", "")
            for one in self.form.select("input[type=hidden][name]")
        }
        page = self.take(
            self.client.post(str(self.form["action"]), fields | given | {"do": do})
        )
        form = page.select_one("#ls-form")
        assert form is not None
        self.form = form

    @property
    def title(self) -> str:
        found = self.page.select_one("main h1")
        return found.get_text(" ", strip=True) if isinstance(found, Tag) else ""

    def answer(self) -> None:
        """Answer what is asked, or say that one is not sure."""
        field = self.form.select_one("input[name=question]")
        assert field is not None
        key = str(field["value"])
        self.asked.append(key)
        value = self.answers.get(key)
        question = self.release.questions[key]
        if value is None:
            self.send("unsure")
        elif question.type == "date":
            year, month, day = value.split("-")
            self.send("next", year=year, month=str(int(month)), day=day)
        elif question.type in ("integer", "money"):
            self.send("next", number=str(value))
        else:
            named = {True: "yes", False: "no"}
            chosen = value if isinstance(value, list) else [value]
            self.send("next", answer=[named.get(one, one) for one in chosen])


def walk(client: Client, name: str) -> Reader:
    current = Release.current(KEY)
    assert current is not None
    release = current.load()
    reader = Reader(client, release, SIX[name].answers)
    (article, *_others) = [
        page
        for page in ArticlePage.objects.filter(locale__language_code="es").live()
        if any(block.block_type == "screener" for block in page.body)
    ]
    reader.begin(article.url)
    if name != STEP_BY_STEP:
        everything = {key: reader.answers.get(key) for key in release.questions}
        given = engine.walk(release, everything, today(release)).answers
        reader.send("check", answers=json.dumps(dict(given)), question="")
    for _step in range(MOST_STEPS):
        if reader.title == RESULT:
            return reader
        if reader.title == URGENT:
            reader.send("next")
        elif reader.title == CHECK:
            reader.send("result")
        else:
            reader.answer()
    raise AssertionError(f"no result for {name}: {reader.title}")


@pytest.mark.parametrize("name", SIX)
def test_nobody_meets_english_on_the_way_to_the_result(
    demo_rows: Any, client: Client, name: str
) -> None:
    reader = walk(client, name)
    assert reader.foreign == {}
    assert reader.unmarked == {}
    assert "plea form" in reader.marked
    assert reader.page.select(".ls-paper span[lang=en]")
    check_html(reader.html, f"the result of {name}")
    release = reader.release
    # Nothing was lost on the way.
    field = reader.form.select_one("input[name=answers]")
    assert field is not None
    given = json.loads(str(field["value"]))
    assert engine.walk(release, given, today(release)).next is None
    assert len(given) > 8
    assert len(reader.asked) == (len(given) if name == STEP_BY_STEP else 0)
