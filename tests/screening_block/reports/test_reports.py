"""The reports on the law: complete, found by filters, exported, for who may read."""

from __future__ import annotations

import csv
import datetime as dt
import io
from html import unescape

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone

from cms.identity.people import Person
from screening_block.help.models import HelpEntry
from screening_block.models import Chart, ChartRow, Threshold
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
    def found(query: str = "") -> dict[str, str]:
        listed = rows(editor, "needs_checking", query)
        return {row.title: str(row.mark_words) for row in listed}

    needs, nobody = "Needs checking", "No record of a check"
    days, carrying = "Days for an aggravated felony", "PC 25400: carrying"
    reviewed = "No attorney has reviewed it"
    others = {"See a lawyer before the trip": nobody, "Do not miss court": nobody}
    everything = {
        RULE: needs,
        days: needs,
        "PC 245: assault": needs,
        carrying: "Verified",  # but its citation is not
        "What a year means": reviewed,
        "Small screener": reviewed,
        **others,
    }
    assert found() == everything
    assert set(found("sort=itself")) == set(everything) - {carrying}
    cited = {RULE, days, carrying, "What a year means"}
    assert set(found("sort=citation")) == cited
    assert set(found("sort=citation&kind=Finding")) == {RULE}
    assert set(found("mark=verified")) == {carrying}
    assert found("mark=nobody&kind=Finding") == others
    row = ChartRow.objects.get(key="pc_25400")
    cited_row = row.citations.get_prep_value()
    cited_row[0]["value"]["status"] = "verified"
    row.citations = cited_row
    row.save_revision()
    assert carrying not in found()
    assert set(found("mark=verified")) == {carrying}


def test_of_each_rule_is_told_its_source_its_check_and_its_law_watch(
    editor, screener, article
):
    findings = list(screener.findings.get_prep_value())
    findings[0]["value"] |= {
        "checked_on": "2026-01-15",
        "checked_by": "A. Doe",
        "next_review": "2027-01-15",
        "watch": [
            {"what": "A pending bill", "look_again": "2027-01-15"},
            {"what": "A memo", "url": "https://example.org/memo"},
        ],
    }
    screener.findings = findings
    screener.save_revision()
    (told,) = exported(editor, "needs_checking", "kind=Finding&sort=citation")
    assert told == {
        "What": RULE,
        "Kind": "Finding",
        "In": "Small screener",
        "Source": "INA 101(a)(43)(F) (S3), needs checking",
        "Verified": "Needs checking",
        "Checked on": "2026-01-15",
        "Checked by": "A. Doe",
        "Next review": "2027-01-15",
        "Law watch": "A pending bill, look again on Jan. 15, 2027\n"
        "A memo, https://example.org/memo",
    }
    (row,) = rows(editor, "review_due", "kind=Finding")
    assert row.checked == ("Jan. 15, 2026", "A. Doe")
    html = editor.get(reverse("screening_block_report_review_due")).content.decode()
    assert "A pending bill, look again on Jan. 15, 2027" in html


def test_the_law_watch_is_listed_by_the_day_to_look_and_that_day_is_due(
    editor, screener
):
    today = timezone.localdate()
    days = {"A bill": 0, "A split": 30, "A memo": 31, "A rule": 91, "A wish": None}
    watch = [
        {
            "what": what,
            "look_again": in_days and (today + dt.timedelta(in_days)).isoformat(),
            "url": "https://example.org/law",
        }
        for what, in_days in days.items()
    ]
    watch[0]["look_again"] = today.isoformat()
    findings = list(screener.findings.get_prep_value())
    findings[0]["value"]["watch"] = watch[3:]
    screener.findings = findings
    screener.save_revision()
    for model, entries in ((Threshold, watch[:2]), (ChartRow, watch[2:3])):
        record = model.objects.order_by("pk")[0]
        record.watch = [block("watch", entry) for entry in entries]
        record.save_revision()

    def found(query: str = "") -> list[tuple[str, str]]:
        return [(row.title, row.when) for row in rows(editor, "law_watch", query)]

    everything = [
        ("A bill", "due"),
        ("A split", "soon"),
        ("A memo", "later"),
        ("A rule", "far"),
        ("A wish", "never"),
    ]
    assert found() == everything
    assert found("when=due") == everything[:1]
    assert found("when=due&when=soon&kind=Threshold") == everything[:2]
    assert found("kind=Finding") == everything[3:]
    (told,) = exported(editor, "law_watch", "q=memo")
    assert told["Rule or number"] == "PC 245: assault"
    assert told["In"] == "Statutes"
    assert told["Link"] == "https://example.org/law"
    assert told["Look again on"] == (today + dt.timedelta(31)).isoformat()
    for row in rows(editor, "law_watch"):
        assert editor.get(row.url.partition("#")[0]).status_code == 200
    for name in ("xlsx", "csv"):
        address = reverse("screening_block_report_law_watch")
        assert editor.get(f"{address}?export={name}").status_code == 200


def test_an_export_runs_no_formula(editor, screener):
    row = ChartRow.objects.get(key="pc_245")
    row.label = "=1+1"
    row.save_revision()
    told = exported(editor, "needs_checking", "kind=Chart+row&sort=itself")
    assert [each["What"] for each in told] == ["'=1+1"]


def test_a_citation_leads_to_all_that_stands_on_it(editor, screener, article):
    record = Threshold.objects.get(key="af_term")
    cited = {"text": "PC 18", "url": "", "status": "verified", "source": ""}
    record.citations = [*record.citations.get_prep_value(), block("citation", cited)]
    record.save_revision()
    things = {(str(row.kind), row.title): row for row in rows(editor, "where_used")}
    # Uses are counted without being said.
    assert all(row.count == len(row.rules) for row in things.values())
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
    there = rows(editor, "where_used", "screener=Small+screener&kind=Chart+row")
    assert [row.title for row in there] == ["PC 245: assault"]
    (told,) = exported(editor, "where_used", "q=aggravated&kind=Threshold")
    assert f"Finding “{RULE}”, text" in told["Rules and texts"].splitlines()


def test_of_what_many_use_the_first_are_listed_with_a_way_to_all(
    editor, screener, article, monkeypatch
):
    monkeypatch.setattr("screening_block.reports.where_used.FEW", 2)
    title = "Days for an aggravated felony"
    address = reverse("screening_block_report_where_used")
    page = editor.get(address)
    (row,) = [one for one in page.context["object_list"][:] if one.title == title]
    assert row.count == len(row.rules) == 3
    *first, more = row.first_rules
    assert tuple(first) == row.rules[:2]
    assert more.words == "1 more"
    assert more.url in unescape(page.content.decode())
    (row,) = editor.get(address + more.url).context["object_list"][:]
    assert row.title == title
    assert row.first_rules == row.rules
    # A spreadsheet has all of it.
    (told,) = exported(editor, "where_used", "q=aggravated&kind=Threshold")
    assert len(told["Rules and texts"].splitlines()) == 3


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


def test_rows_follow_what_they_hang_on_and_go_with_their_record(
    editor, screener, article
):
    def told() -> dict[str, tuple[str, str]]:
        found = rows(editor, "review_due", "when=never")
        return {row.title: (row.checked_by, row.within) for row in found}

    person = Person.objects.create(name="A. Doe", locale=article.locale)
    article.reviewer, article.reviewed_on = person, timezone.localdate()
    article.save_revision().publish()
    assert told()["What a year means"] == ("A. Doe", "")
    person.name = "B. Doe"
    person.save()
    assert told()["What a year means"] == ("B. Doe", "")
    chart = Chart.objects.get()
    chart.label = "Other statutes"
    chart.save_revision().publish()
    assert told()["PC 245: assault"] == ("", "Other statutes")
    entry = HelpEntry.objects.create(key="line", name="A line", note="Call. " * 8)
    assert "A line" in told()
    assert rows(editor, "reading_grade", "kind=Help+entry")
    entry.delete()
    article.delete()
    assert not {"A line", "What a year means"} & set(told())
    graded = {row.title for row in rows(editor, "reading_grade", "length=1")}
    assert not {"A line", "What a year means"} & graded
