"""The visitor's path without script: plain forms that keep nothing."""

from __future__ import annotations

import datetime as dt
import html
import json
import re

import pytest

from screening_block.models import Threshold, ThresholdValue
from tests.valid_html import check_html

# Once: only reads what others write on both databases.
pytestmark = [pytest.mark.django_db, pytest.mark.once]
URL = "/screeners/small/"
FIELD = re.compile(r'<input type="hidden" name="([a-z]+)" value="([^"]*)">')


class Visitor:
    """Fills in the forms as a browser without script does."""

    url = URL

    def __init__(self, client):
        self.client = client
        self.page = client.get(self.url)

    @property
    def text(self) -> str:
        return html.unescape(self.page.content.decode())

    @property
    def hidden(self) -> dict[str, str]:
        form = self.page.content.decode().split("<form", 1)[1]
        return {name: html.unescape(v) for name, v in FIELD.findall(form)}

    @property
    def question(self) -> str:
        return self.hidden["question"]

    @property
    def answers(self) -> dict:
        return json.loads(self.hidden["answers"])

    def send(self, **fields):
        self.page = self.client.post(self.url, self.hidden | fields)
        if "text/html" in self.page["Content-Type"]:
            check_html(self.page.content.decode(), "the form")
        return self

    def answer(self, *values: str):
        return self.send(answer=list(values), do="next")


@pytest.fixture
def visitor(client, screener) -> Visitor:
    return Visitor(client)


def test_the_whole_path_leads_to_a_cited_hedged_result(visitor):
    visitor.answer("lpr").answer("pc_245")
    assert visitor.question == "days"
    visitor.send(number="1,000", do="next")
    visitor.answer("travel")
    visitor.send(month="12", day="1", year="2099", do="next")
    visitor.answer("yes")
    assert "Before you go on: this is urgent" in visitor.text
    visitor.send(do="next")
    assert "Check your answers" in visitor.text
    visitor.send(do="result")
    assert visitor.page.status_code == 200
    text = visitor.text
    assert "What your answers may mean" in text
    assert "A long sentence may matter" in text
    assert "INA 101(a)(43)(F)" in text
    assert "needs checking" in text
    assert "You have a court date." in text
    assert "not legal advice" in text
    assert "1,000 days" in text
    assert visitor.answers["days"] == 1000


def test_nothing_is_stored_and_no_answer_is_in_an_address(visitor):
    visitor.answer("lpr")
    response = visitor.page
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies
    assert not visitor.client.cookies
    assert response.status_code == 200, "a redirect would put state in an address"
    assert 'action="/screeners/small/"' in visitor.text


def test_a_question_that_no_longer_matters_is_not_asked(visitor):
    visitor.answer("citizen").send(do="result")
    assert "What your answers may mean" in visitor.text


def test_not_sure_is_taken_and_explained_at_the_end(visitor):
    visitor.answer("lpr").answer("pc_245").send(do="unsure").answer("nothing").answer(
        "no"
    ).send(do="result")
    assert "that we cannot rule out until" in visitor.text
    assert "The minute order." in visitor.text
    assert visitor.answers["days"] is None


def test_back_shows_the_question_before_with_its_answer(visitor):
    visitor.answer("lpr").answer("pc_245").send(do="back")
    assert visitor.question == "statute"
    assert re.search(r'value="pc_245"[^>]* (selected|checked)', visitor.text)
    visitor.send(do="back")
    assert visitor.question == "status"


def test_changing_an_answer_drops_what_no_longer_matters_and_says_so(visitor):
    visitor.answer("lpr").answer("pc_245").send(number="400", do="next")
    visitor.send(do="change:status")
    assert visitor.question == "status"
    visitor.answer("citizen")
    assert "some earlier answers no longer matter" in visitor.text
    assert visitor.answers == {"status": "citizen"}


def test_changing_an_answer_keeps_the_others(visitor):
    visitor.answer("lpr").answer("pc_245").send(number="400", do="next")
    visitor.send(do="change:status").answer("none")
    assert visitor.answers == {"status": "none", "statute": "pc_245", "days": 400}
    assert visitor.question == "plans"


def test_clearing_starts_again_with_nothing(visitor):
    visitor.answer("lpr").send(do="restart")
    assert visitor.question == "status"
    assert visitor.answers == {}


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({"number": ""}, "whole number"),
        ({"number": "about a year"}, "Write it in days"),
        ({"number": "-5"}, "0 or more"),
        ({"number": "2,5"}, "whole number of days, such as 90"),
        ({"number": "12 months"}, "Write it in days, because months and years"),
        ({"number": "un año"}, "Write it in days, because months and years"),
        ({"number": "about 2 weeks"}, "whole number of days, such as 90"),
        ({"number": "9" * 30}, "whole number"),
        ({"number": " " * 50 + "5"}, "whole number"),
    ],
)
def test_an_error_says_what_is_wanted_and_keeps_what_was_typed(visitor, fields, wanted):
    visitor.answer("lpr").answer("pc_245").send(do="next", **fields)
    assert visitor.page.status_code == 422
    assert wanted in visitor.text
    assert "There is a problem" in visitor.text
    assert f'value="{fields["number"][:40]}"' in visitor.text
    assert visitor.answers == {"status": "lpr", "statute": "pc_245"}


@pytest.mark.parametrize(
    ("typed", "days"),
    [("2 weeks", 14), ("1 semana y 3 días", 10), ("1,000 days", 1000)],
)
def test_a_length_of_time_may_be_typed_in_words(visitor, typed, days):
    visitor.answer("lpr").answer("pc_245")
    assert "Number of days, such as 90, or 2 weeks</label>" in visitor.text
    assert 'inputmode="text"' in visitor.text, "a phone offers letters"
    visitor.send(number=typed, do="next")
    assert visitor.answers["days"] == days
    visitor.send(do="change:days")
    assert f'value="{days}"' in visitor.text, "what is kept is the number"


@pytest.mark.parametrize(
    ("month", "day", "year", "said", "field"),
    [
        ("2", "30", "2027", "That date does not exist.", "day"),
        ("2", "29", "2100", "That date does not exist.", "day"),
        ("4", "0", "2016", "That date does not exist.", "day"),
        ("6", "1", "16", "Write the year with four digits, such as 2016", "year"),
        ("6", "1", "1899", "from 1900 to 2100", "year"),
        ("6", "1", "2101", "from 1900 to 2100", "year"),
        ("2", "30", "16", "Write the year with four digits", "year"),
        ("", "1", "2016", "Enter the month, the day and the year.", "month"),
        ("6", "", "2016", "Enter the month, the day and the year.", "day"),
        ("6", "1", "", "Enter the month, the day and the year.", "year"),
        ("6", "1", "in 16", "Enter the month, the day and the year.", "year"),
    ],
)
def test_a_date_is_refused_with_its_own_reason_at_the_field_at_fault(
    visitor, month, day, year, said, field
):
    visitor.answer("lpr").answer("pc_25400").answer("travel")
    visitor.send(month=month, day=day, year=year, do="next")
    assert visitor.page.status_code == 422
    [(leads_to, message)] = re.findall('<a href="#([a-z-]+)">([^<]*)</a>', visitor.text)
    assert leads_to == f"ls-{field}"
    assert said in message
    assert re.findall('id="ls-([a-z]+)"[^>]* aria-invalid="true"', visitor.text) == [
        field
    ]
    assert f'value="{day}"' in visitor.text
    assert visitor.question == "trip_start"


def test_an_option_that_stands_alone_cannot_be_combined(visitor):
    visitor.answer("lpr").answer("pc_25400").answer("travel", "nothing")
    assert visitor.page.status_code == 422
    assert "cannot be combined" in visitor.text


@pytest.mark.parametrize(
    "carried",
    [
        "{",
        "[]",
        "null",
        '{"status": "canary-value"}',
        '{"canary": 1}',
        "[" * 4000,
        "9" * 200_000,
        '{"days": 1e999}',
        '"\\ud800"',
    ],
)
def test_a_broken_form_starts_again_without_repeating_it(visitor, carried):
    visitor.send(answers=carried, do="next", answer="lpr")
    assert visitor.page.status_code == 200
    assert "you start again" in visitor.text
    assert "canary" not in visitor.text
    assert visitor.question == "status"


@pytest.mark.parametrize(
    "fields",
    [
        {"do": "change:nobody"},
        {"do": "back", "question": "nobody"},
        {"question": "nobody", "do": "next"},
        {"question": "", "do": ""},
        {"release": "x" * 500},
        {"locale": "xx"},
    ],
)
def test_a_tampered_field_never_breaks_the_form(visitor, fields):
    visitor.answer("lpr").send(**fields)
    assert visitor.page.status_code in (200, 422)
    assert visitor.question


def test_a_visit_keeps_the_release_it_began_with(visitor, screener):
    visitor.answer("lpr").answer("pc_245").send(number="320", do="next")
    threshold = Threshold.objects.get(key="af_term")
    threshold.values.add(ThresholdValue(starts_on=dt.date(2000, 1, 1), number=300))
    threshold.save_revision().publish()
    visitor.answer("nothing").answer("no").send(do="result")
    assert "A long sentence may matter" not in visitor.text
    fresh = Visitor(visitor.client)
    fresh.answer("lpr").answer("pc_245").send(number="320", do="next")
    fresh.answer("nothing").answer("no").send(do="result")
    assert "A long sentence may matter" in fresh.text


def test_a_review_that_is_missing_or_overdue_is_said(client, screener):
    assert "No attorney has reviewed" in Visitor(client).text
    screener.reviewer = "A. Lawyer"
    screener.reviewed_on = "2020-01-02"
    screener.next_review_due = "2021-01-02"
    screener.save_revision().publish()
    text = Visitor(client).text
    assert "Reviewed by A. Lawyer on" in text
    assert "A new review was due on" in text


def test_what_an_editor_writes_cannot_become_script(client, screener):
    findings = list(screener.findings.get_prep_value())
    findings[0]["value"]["body"] = (
        "<script>alert(1)</script> [x](javascript:alert(1)) "
        "[law](https://example.org/a?b=1&c=2) **bold**"
    )
    screener.findings = findings
    screener.save_revision().publish()
    visitor = Visitor(client)
    for values in (("lpr",), ("pc_245",)):
        visitor.answer(*values)
    visitor.send(number="400", do="next").answer("nothing").answer("no")
    visitor.send(do="result")
    page = visitor.page.content.decode()
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert (
        '<a href="https://example.org/a?b=1&amp;c=2" rel="noreferrer">law</a>' in page
    )
    assert "<strong>bold</strong>" in page


def test_the_page_of_a_screener_shows_the_form_while_it_is_public(client, screener):
    response = client.get(screener.url)
    assert response.status_code == 200
    assert "Your status today" in response.content.decode()
    assert not client.cookies


def test_an_unknown_or_withdrawn_screener_is_not_found(client, screener):
    assert client.get("/screeners/nobody/").status_code == 404
    screener.unpublish()
    assert client.get(URL).status_code == 404
    assert client.post(URL, {}).status_code == 404
