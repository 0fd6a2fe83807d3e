"""The reports on the law: complete, found by filters, exported, for who may read."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone

from screening_block.models import ChartRow, Threshold
from tests.cms.factories import ArticleFactory, IndexFactory, block

pytestmark = pytest.mark.django_db
RULE = "A long sentence may matter"


@pytest.fixture
def article(screener, root):
    quotation = {
        "quote": "The term …",
        "citation": "INA 101(a)(43)(F)",
        "url": "",
        "status": "needs_checking",
    }
    return ArticleFactory(
        parent=IndexFactory(parent=root),
        title="What a year means",
        summary="A short summary of what one year can mean for you.",
        body=[
            block("screener", screener.pk),
            block("law_quotation", quotation),
            block("text", "<p>Adjudicatory determinations necessitate papers.</p>"),
        ],
    )


def rows(client, report: str, query: str = "") -> list:
    response = client.get(f"{reverse(f'screening_block_report_{report}')}?{query}")
    assert response.status_code == 200
    return list(response.context["object_list"])


def exported(client, report: str, query: str = "") -> list[dict[str, str]]:
    address = reverse(f"screening_block_report_{report}")
    response = client.get(f"{address}?export=csv&{query}")
    content = b"".join(response.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(content)))


def test_what_is_due_is_listed_first_and_the_day_itself_is_in_time(
    editor, screener, article
):
    today = timezone.localdate()

    def in_days(days: int) -> dt.date:
        return today + dt.timedelta(days=days)

    def due(query: str = "") -> list[tuple[str, str]]:
        return [(row.title, row.when) for row in rows(editor, "review_due", query)]

    assert due() == []
    threshold = Threshold.objects.get(key="af_term")
    threshold.next_review = in_days(0)
    threshold.save_revision()
    row = ChartRow.objects.get(key="pc_245")
    row.next_review = in_days(31)
    row.save_revision()
    findings = list(screener.findings.get_prep_value())
    findings[0]["value"]["next_review"] = in_days(-1).isoformat()
    screener.findings = findings
    screener.next_review_due = in_days(91)
    screener.save_revision()
    article.next_review_due = in_days(30)
    article.save_revision()
    everything = [
        (RULE, "overdue"),
        ("Days for an aggravated felony", "soon"),
        ("What a year means", "soon"),
        ("PC 245: assault", "later"),
        ("Small screener", "far"),
    ]
    assert due() == everything
    assert due("ordering=-due") == everything[::-1]
    assert due("when=soon") == everything[1:3]
    assert due("when=soon&kind=Article") == everything[2:3]
    assert due("q=assault") == everything[3:4]
    assert "PC 25400: carrying" in [title for title, _when in due("when=never")]
    told = exported(editor, "review_due", "when=overdue")
    assert [(each["What"], each["Kind"]) for each in told] == [(RULE, "Finding")]
    assert told[0]["Next review"] == in_days(-1).isoformat()


def test_what_nobody_checked_is_listed_and_what_somebody_did_is_not(
    editor, screener, article
):
    found = {
        (row.title, str(row.what))
        for row in rows(editor, "needs_checking")
        if row.title != "Small screener"
    }
    citation = "INA 101(a)(43)(F)"
    assert found == {
        (RULE, "What it says"),
        (RULE, citation),
        ("Days for an aggravated felony", "What it says"),
        ("Days for an aggravated felony", citation),
        ("PC 245: assault", "What it says"),
        ("PC 25400: carrying", citation),
        ("What a year means", "No attorney has reviewed it"),
        ("What a year means", citation),
    }
    only = rows(editor, "needs_checking", "sort=citation&kind=Finding")
    assert [row.title for row in only] == [RULE]


def test_an_export_runs_no_formula(editor, screener):
    row = ChartRow.objects.get(key="pc_245")
    row.label = "=1+1"
    row.save_revision()
    told = exported(editor, "needs_checking", "kind=Chart+row&sort=itself")
    assert [each["In"] for each in told] == ["'=1+1"]


def test_a_citation_leads_to_all_that_stands_on_it(editor, screener, article):
    record = Threshold.objects.get(key="af_term")
    cited = {"text": "PC 18", "url": "", "status": "verified", "source": ""}
    record.citations = [*record.citations.get_prep_value(), block("citation", cited)]
    record.save_revision()
    things = {(str(row.kind), row.title): row for row in rows(editor, "where_used")}
    through = things["Citation", "PC 18"]
    assert [str(link) for link in through.screeners] == ["Small screener"]
    threshold = things["Threshold", "Days for an aggravated felony"]
    assert [str(link) for link in threshold.rules] == [
        "Screener “Small screener”, introduction",
        f"Finding “{RULE}”, applies when",
        f"Finding “{RULE}”, text",
    ]
    citation = things["Citation", "INA 101(a)(43)(F)"]
    assert [str(link) for link in citation.rules] == [
        f"Finding “{RULE}”, citation",
        "Threshold “Days for an aggravated felony”",
        "Chart row “PC 25400: carrying”",
        "Article “What a year means”",
    ]
    for thing in (threshold, citation, things["Chart row", "PC 245: assault"]):
        assert [str(link) for link in thing.screeners] == ["Small screener"]
        assert [str(link) for link in thing.pages] == ["What a year means"]
    assert all(link.url for link in (*citation.rules, *citation.pages))
    unused = rows(editor, "where_used", "used=unused&kind=Chart+row")
    assert [row.title for row in unused] == ["PC 25400: carrying"]
    (told,) = exported(editor, "where_used", "q=aggravated&kind=Threshold")
    assert f"Finding “{RULE}”, text" in told["Rules and texts"].splitlines()


def test_hard_texts_of_screeners_and_articles_are_found_with_the_place(
    editor, screener, article
):
    every = rows(editor, "reading_grade", "length=1")
    grades = [row.grade for row in every]
    assert grades == sorted(grades, reverse=True)
    texts = {row.text: row for row in every}
    assert texts["Adjudicatory determinations necessitate papers."].grade > 15
    body = texts["A violent crime with {af_term} or more can count."]
    assert (str(body.kind), body.title, str(body.where)) == ("Finding", RULE, "text")
    assert body.url.endswith(f"findings.{screener.findings[0].id}.body")
    inner = ("Green card", "You have a court date.", "may be")
    for text in (
        *inner,
        "PC 245: assault",
        "Statutes",
        "Days for an aggravated felony",
    ):
        assert texts[text].url
    assert "The term …" not in " ".join(texts)
    assert all(row.words >= 8 for row in rows(editor, "reading_grade"))
    hard = rows(editor, "reading_grade", "grade=9&length=1&kind=Article")
    assert [row.text for row in hard] == [
        "Adjudicatory determinations necessitate papers."
    ]


@pytest.mark.parametrize("codename", ["view_threshold", "access_admin"])
def test_reports_are_for_those_who_work_on_the_law(
    client, django_user_model, screener, codename
):
    group = Group.objects.create(name="Some")
    wanted = Permission.objects.filter(codename__in=["access_admin", codename])
    group.permissions.set(wanted)
    user = django_user_model.objects.create_user("some", "s@example.org", "x")
    user.groups.add(group)
    client.force_login(user)
    allowed = codename == "view_threshold"
    address = reverse("screening_block_report_review_due")
    assert (client.get(address).status_code == 200) == allowed
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert (address in home) == allowed
