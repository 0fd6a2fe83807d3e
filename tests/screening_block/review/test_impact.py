"""What a publish changes for visitors is shown, and said before it happens."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.urls import reverse
from django.utils import timezone

from screening_block.models import Chart, ChartRow, Publication, Screener, Threshold
from screening_block.review.impact import impact_of
from tests.screening_block.editor.test_edit_views import level
from tests.screening_block.posting import form_of
from tests.screening_block.scenarios.test_scenarios import TERM, add, case, term_from

pytestmark = pytest.mark.django_db
AHEAD = timezone.now().date() + dt.timedelta(days=300)


def where(record) -> str:
    kind = {Threshold: "threshold", Chart: "chart", ChartRow: "row"}.get(type(record))
    return reverse("screening_block_impact", args=[kind or "screener", record.pk])


def test_a_later_value_is_shown_from_its_day_with_an_example_and_the_scenarios(
    screener,
):
    add(screener)
    later = add(screener, "In force", case=case() | {"as_of": AHEAD.isoformat()})
    threshold = term_from(300, AHEAD)
    threshold.save_revision()
    impact = impact_of(threshold)
    (section,) = impact["sections"]
    assert [one.scenario for one in section.scenarios] == [later]
    now, then = section.moments
    assert now.proven_same
    assert then.day == AHEAD
    assert not then.unsure
    directions = {(move.before, move.after) for move in then.moves}
    assert ("does not apply", "applies") in directions
    up = next(move for move in then.moves if move.after == "applies")
    assert TERM in up.finding
    asked = "How many days did the judge order? "
    (days,) = [line for line in up.lines if line.startswith(asked)]
    assert 300 <= int(days.removeprefix(asked).split()[0]) < 365
    assert impact["changes_results"]


def test_words_alone_are_proven_to_change_no_result(screener):
    screener.title = "New words"
    screener.save_revision()
    impact = impact_of(screener)
    assert not impact["changes_results"]
    assert impact["sections"][0].moments[0].proven_same
    unused = Threshold.objects.create(key="unused", label="Unused")
    unused.save_revision()
    assert impact_of(unused)["sections"] == []


def test_a_publish_that_changes_results_is_confirmed_once_and_loses_nothing(
    screener, editor
):
    add(screener, "Far away", case=case(5))
    threshold = Threshold.objects.get(key="af_term")
    edit = reverse(threshold.snippet_viewset.get_url_name("edit"), args=[threshold.pk])
    data = form_of(editor.get(edit))
    data.update({"kind": "integer", "values-0-number": "300", "action-publish": "1"})
    answer = editor.post(edit, data)
    assert answer.url == where(threshold) + "?confirm=1"
    assert level(320) == "not_apply"
    threshold.refresh_from_db()
    assert threshold.get_latest_revision_as_object().values.get().number == 300
    page = editor.get(answer.url)
    assert "Nothing is published yet" in page.content.decode()
    forms = page.content.decode().count('<form method="post"')
    assert forms == 1
    read = {
        "state": page.context["impact"]["state"],
        "revision": page.context["revision"],
    }
    # Somebody saves another draft meanwhile: it is not published unread.
    newer = term_from(200, dt.date(2026, 1, 1))
    newer.save_revision()
    again = editor.post(where(threshold), read)
    assert again.status_code == 200
    assert level(320) == "not_apply"
    read = {
        "state": again.context["impact"]["state"],
        "revision": again.context["revision"],
    }
    assert editor.post(where(threshold), read).url == edit
    assert level(250) == "applies"
    assert Publication.objects.count() == 2


def test_only_who_may_publish_publishes_from_there(screener, editor, django_user_model):
    from django.contrib.auth.models import Group
    from django.test import Client

    from screening_block.roles import EDITOR, make_roles

    make_roles()
    user = django_user_model.objects.create_user("w", "w@example.org", "x")
    user.groups.add(Group.objects.get(name=EDITOR))
    writer = Client()
    writer.force_login(user)
    threshold = term_from(300)
    threshold.save_revision()
    for record in (threshold, screener, Chart.objects.get(), ChartRow.objects.first()):
        page = writer.get(where(record))
        assert page.status_code == 200, record
        assert 'name="state"' not in page.content.decode(), record
    page = writer.get(where(threshold))
    read = {
        "state": page.context["impact"]["state"],
        "revision": page.context["revision"],
    }
    writer.post(where(threshold), read)
    assert level(320) == "not_apply"
    edit = reverse(threshold.snippet_viewset.get_url_name("edit"), args=[threshold.pk])
    assert where(threshold) in writer.get(edit).content.decode()
    assert Client().get(where(threshold)).status_code == 302


def test_answers_that_come_and_go_are_named_and_what_they_lead_to_is_found(screener):
    new = Screener.objects.get(pk=screener.pk)
    data = new.findings.get_prep_value()
    finding = next(one for one in data if one["value"]["key"] == "court_soon")
    asylee = {"op": "is", "question": "status", "value": "asylee"}
    before = finding["value"]["applies_when"]
    finding["value"]["applies_when"] = {"op": "any", "of": [before, asylee]}
    new.findings = json.dumps(data)
    data = new.questions.get_prep_value()
    options = data[0]["value"]["options"]
    options[2] = {
        **options[2],
        "value": {**options[2]["value"], "key": "asylee", "label": "Asylee"},
    }
    new.questions = json.dumps(data)
    new.save_revision()
    row = ChartRow(
        chart=Chart.objects.get(),
        key="pc_999",
        label="PC 999",
        cells={"violence": "candidate"},
        live=False,
    )
    row.save()
    row.save_revision()

    (section,) = impact_of(new)["sections"]
    assert not section.problems
    assert (section.more, section.fewer) == (("Asylee",), ("None",))
    move = next(m for m in section.moments[0].moves if m.after == "applies")
    assert "Do not miss court" in move.finding
    assert any("Asylee" in line for line in move.lines)

    impact = impact_of(row)
    (section,) = impact["sections"]
    assert section.more == ("PC 999",)
    assert {move.after for move in section.moments[0].moves} >= {"applies"}
    assert impact["changes_results"]
