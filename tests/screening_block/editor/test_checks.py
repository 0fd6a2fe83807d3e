"""The checks of a screener while it is edited: what they say and whom they answer."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from screening_block.editor.check_views import ON_EDIT
from screening_block.editor.contents import law_used, list_contents
from screening_block.editor.problems import check_screener
from screening_block.models import Scenario, Threshold

# Once: only reads what others write on both databases.
pytestmark = pytest.mark.once


def fact(key):
    return {"op": "fact", "fact": key}


def errors(screener):
    found = check_screener(screener)
    said = [(one.place.where, one.message) for one in found.problems]
    return said[: found.errors]


def finding(screener, place=0):
    return screener.findings[place].value


def test_a_sound_screener_has_no_error_and_nothing_is_saved(screener):
    before = screener.revisions.count()
    found = check_screener(screener)
    assert (found.errors, found.searched) == (0, True)
    assert screener.revisions.count() == before


def test_a_test_is_named_with_its_finding_its_field_and_its_words(screener):
    finding(screener)["applies_when"]["of"][2]["right"] = {"threshold": "af_tern"}
    (one,) = check_screener(screener).problems
    heading = finding(screener)["heading"]
    assert one.place.where == f"Finding “{heading}”, Applies when"
    assert "af_tern" in one.message and "Did you mean" in one.message
    assert one.place.row == "2"
    assert one.place.anchor == f"findings.{screener.findings[0].id}.applies_when"
    assert one.place.said


MISTAKES = [
    (lambda s: finding(s).update(heading=" "), "Heading", "missing"),
    (lambda s: finding(s).update(severity=""), "Severity", "Choose one."),
    (lambda s: finding(s).update(body="{nothing}"), "Text", "braces"),
    (lambda s: finding(s).update(applies_when="{"), "Applies when", "not a finish"),
    (lambda s: finding(s).update(applies_when=None), "Applies when", "needs a"),
    (lambda s: s.facts[0].value.update(when=None), "Is true when", "Add a cond"),
    (
        lambda s: s.facts[0].value.update(when=fact("noncitizen")),
        "Is true when",
        "depends on itself",
    ),
    (
        lambda s: s.questions[2].value.update(key=s.questions[0].value["key"]),
        "Question “How many days",
        "is taken already",
    ),
    (
        lambda s: finding(s, 1)["notes"][0].update(when=fact("nobody")),
        "Extra sentences",
        "There is no fact “nobody”",
    ),
    (
        lambda s: setattr(s, "exclusive", [["travel_risk", "gone"]]),
        "exclude each other",
        "There is no finding “gone”",
    ),
    (lambda s: setattr(s, "title", ""), "Title", "missing"),
]


@pytest.mark.parametrize(("break_it", "where", "message"), MISTAKES)
def test_a_mistake_is_said_once_at_its_place(screener, break_it, where, message):
    break_it(screener)
    found = errors(screener)
    assert len([one for one in found if where in one[0] and message in one[1]]) == 1


def test_a_contradiction_comes_with_answers_that_show_it(screener):
    screener.exclusive = [["agg_felony_violence_1yr", "travel_risk"]]
    one = check_screener(screener).problems[0]
    assert (one.severity, one.place.anchor) == ("error", "exclusive")
    assert one.example and all("“" not in line[:1] for line in one.example)
    assert finding(screener)["heading"] in one.message


def test_a_threshold_that_is_only_a_draft_is_told_from_one_that_is_not_there(screener):
    draft = Threshold(
        key="later", label="Later", kind="integer", locale=screener.locale, live=False
    )
    draft.save()
    draft.save_revision()
    finding(screener)["applies_when"]["of"][2]["right"] = {"threshold": "later"}
    ((_where, message),) = errors(screener)
    assert "not published yet" in message


def test_a_scenario_that_fails_is_named_and_none_is_settled(screener):
    case = {"answers": {}, "expect": {"travel_risk": "applies"}}
    scenario = Scenario.objects.create(
        screener=screener.translation_key, name="A trip", proposed=case
    )
    ((where, message),) = errors(screener)
    assert where == "Scenario “A trip”" and "expected “applies”" in message
    scenario.proposed = {"answers": {}, "expect": {"travel_risk": "may_apply"}}
    scenario.save()
    assert errors(screener) == []
    scenario.refresh_from_db()
    assert scenario.proposed and not scenario.case


def test_the_overview_tells_what_uses_what(screener):
    finding(screener)["applies_when"]["of"][0]["fact"] = "nobody"
    entries = {
        e.key: e for e in list_contents(screener, check_screener(screener).problems)
    }
    aggravated, travel = entries["agg_felony_violence_1yr"], entries["travel_risk"]
    assert set(aggravated.used) >= {"threshold:af_term", "chart:statutes"}
    assert (aggravated.problems, travel.problems) == (1, 0)
    assert (aggravated.unchecked, travel.unchecked) == (True, False)
    assert aggravated.uses is None
    assert entries["days"].uses == 1
    assert [key for key, _label in law_used(entries.values())["threshold"]] == [
        "threshold:af_term"
    ]


def test_only_who_may_edit_the_page_is_answered(screener, editor, django_user_model):
    address = reverse(ON_EDIT, args=[screener.pk])
    assert editor.get(address).status_code == 405
    assert editor.post(address, {"title": "Not a form"}).status_code == 400
    other = django_user_model.objects.create_user("other", "o@example.org", "x")
    other.user_permissions.add(Permission.objects.get(codename="access_admin"))
    visitor, strict = Client(), Client(enforce_csrf_checks=True)
    assert visitor.post(address).status_code == 403
    visitor.force_login(other)
    answer = visitor.post(address)
    assert answer.status_code in (302, 403)
    assert "problems" not in answer.content.decode()
    strict.force_login(django_user_model.objects.get(username="editor"))
    assert strict.post(address).status_code == 403
