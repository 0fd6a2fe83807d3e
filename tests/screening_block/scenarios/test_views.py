"""The admin of scenarios: who may come in, what is written, what is never stored."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext as _, override
from wagtail.models import GroupPagePermission, ModelLogEntry
from wagtail.test.utils.form_data import querydict_from_html
from wagtail.users.models import UserProfile

from screening_block.models import Scenario, Screener, Threshold
from screening_block.roles import ROLES, make_roles
from tests.screening_block import small
from tests.screening_block.confirm import post_and_confirm
from tests.screening_block.posting import form_of

from .test_scenarios import TERM, add, case, term_from

# Once: the same statements as elsewhere, with other words.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


#: What the questions of the small release are called.
LABELS = {
    words["label"] for words in small.release()["texts"]["en"]["questions"].values()
}


def at(screener: Screener, name: str, *args: int) -> str:
    return reverse(f"screening_scenarios:{name}", args=[screener.pk, *args])


def form_in(response, form_id: str = "ls-sc-form") -> dict[str, Any]:
    """What the browser would post for a form of the page."""
    data = querydict_from_html(response.content.decode(), form_id=form_id)
    return dict(data.lists())


@pytest.fixture
def scenario(screener) -> Scenario:
    return add(screener, note="By INA 101(a)(43)(F).")


def every_address(screener: Screener, scenario: Scenario) -> dict[str, str]:
    names = ("table", "add", "export", "import", "try", "accept")
    return {name: at(screener, name) for name in names} | {
        name: at(screener, name, scenario.pk) for name in ("edit", "copy", "delete")
    }


def test_who_may_edit_the_screener_reaches_its_scenarios_and_nobody_else(
    screener, scenario, django_user_model
):
    make_roles()
    other = Group.objects.create(name="Elsewhere")
    other.permissions.set(Group.objects.get(name="Marketing editor").permissions.all())
    people: dict[str, Client] = {"nobody": Client()}
    for name in (*ROLES, "Elsewhere"):
        user = django_user_model.objects.create_user(name, "a@example.org", "x")
        user.groups.add(Group.objects.get(name=name))
        people[name] = Client()
        people[name].force_login(user)
    for what, address in every_address(screener, scenario).items():
        for who, client in people.items():
            answer = client.post(address) if what == "accept" else client.get(address)
            # Wagtail sends away who has no business there, with a message.
            home = answer.get("Location", "").partition("?")[0] in (
                reverse("wagtailadmin_home"),
                reverse("wagtailadmin_login"),
            )
            # Who sends a form and is not logged in is told so, and loses nothing.
            told = what == "accept" and who == "nobody" and answer.status_code == 403
            assert (home or told) is (who not in ROLES), (what, who)
    assert not GroupPagePermission.objects.filter(group=other).exists()
    assert Scenario.objects.count() == 1


def test_a_scenario_is_written_with_typed_fields_and_mistakes_keep_what_was_typed(
    screener, editor
):
    data = form_in(editor.get(at(screener, "add")))
    data |= {
        "name": "Three hundred days",
        "as_of": "2026-11-23",
        "a-status": "lpr",
        "a-statute": "pc_245",
        "a-days": "three hundred",
        "a-plans": ["nothing"],
        "s-plans": "given",
        "a-court_date_set": "?",
        f"e-{TERM}": "not_apply",
        "next": "-",
        "save": "1",
    }
    answer = editor.post(at(screener, "add"), data)
    assert answer.status_code == 422
    assert "Enter a whole number of days" in answer.content.decode()
    kept = form_in(answer)
    assert kept["a-days"] == ["three hundred"]
    assert not Scenario.objects.exists()
    editor.post(at(screener, "add"), kept | {"a-days": "300", "save": "1"})
    written = Scenario.objects.get()
    assert written.case == {
        "answers": small.ASSAULT | {"days": 300, "court_date_set": None},
        "as_of": "2026-11-23",
        "expect": {TERM: "not_apply"},
        "next": None,
    }
    # Opened and saved again, it is the same; so is its copy, but for the name.
    edit = at(screener, "edit", written.pk)
    editor.post(edit, form_in(editor.get(edit)))
    copy = editor.get(at(screener, "copy", written.pk))
    editor.post(at(screener, "add"), form_in(copy) | {"save": "1"})
    first, second = Scenario.objects.order_by("pk")
    assert first.case == second.case == written.case
    assert second.name == "Copy of Three hundred days"
    editor.post(at(screener, "delete", first.pk))
    assert Scenario.objects.get() == second
    entries = ModelLogEntry.objects.filter(content_type__model="scenario")
    actions = entries.values_list("action", flat=True)
    assert sorted(actions) == [
        "wagtail.create",
        "wagtail.create",
        "wagtail.delete",
        "wagtail.edit",
    ]


def test_the_table_holds_the_draft_and_the_release_against_what_is_expected(
    screener, scenario, editor
):
    add(screener, "A whole year", case=case(365, "applies"))
    term_from(300).save_revision()
    page = editor.get(at(screener, "table"))
    states = {
        row.scenario.name: (row.draft.passes, row.live.passes)
        for row in page.context["rows"]
    }
    assert states == {"A day short": (False, True), "A whole year": (True, True)}
    shown = editor.get(at(screener, "table"), {"show": "failing"})
    assert [row.scenario for row in shown.context["rows"]] == [scenario]
    assert "expected “does not apply”, got “applies”" in shown.content.decode()
    for query in ({"q": "WHOLE"}, {"finding": "travel_risk"}, {"show": "proposed"}):
        found = editor.get(at(screener, "table"), query).context["found"]
        assert found == (1 if "q" in query else 0), query
    # A refused publish leads to the scenario it breaks.
    threshold = Threshold.objects.get(key="af_term")
    edit = reverse(threshold.snippet_viewset.get_url_name("edit"), args=[threshold.pk])
    data = form_of(editor.get(edit))
    data.update({"kind": "integer", "action-publish": "1"})
    refused = editor.post(edit, data, follow=True)
    assert at(screener, "edit", scenario.pk) in refused.content.decode()
    # Accepted, the change goes through.
    editor.post(at(screener, "accept"), {"scenario": [str(scenario.pk)]})
    post_and_confirm(editor, edit, data)
    scenario.refresh_from_db()
    assert scenario.case == case(level="applies")


def rows_in(response) -> list[dict[str, str]]:
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def bring_in(editor, screener, rows, **more):
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    file = SimpleUploadedFile("s.csv", out.getvalue().encode())
    return editor.post(at(screener, "import"), {"file": file, **more})


def test_a_spreadsheet_goes_out_and_comes_back_the_same(screener, scenario, editor):
    add(screener, "=1+1", note="-2", case=case(next=None) | {"as_of": None})
    add(screener, "Nothing", case={"answers": {"plans": None}, "expect": {}})
    before = list(Scenario.objects.values())
    rows = rows_in(editor.get(at(screener, "export")))
    assert [row["Name"] for row in rows] == ["A day short", "'=1+1", "Nothing"]
    answer = bring_in(editor, screener, rows)
    assert (answer.context["sheet"].same, answer.context["sheet"].planned) == (3, [])
    assert list(Scenario.objects.values()) == before


def test_a_spreadsheet_is_checked_whole_shown_and_only_then_applied(
    screener, scenario, editor
):
    (row,) = rows_in(editor.get(at(screener, "export")))
    days = next(name for name in row if name.startswith("answer: days"))
    level = next(name for name in row if name.startswith(f"expect: {TERM}"))
    new = row | {"Name": "New", days: "400", level: "applies"}
    wrong = row | {"Name": "Wrong", days: "many", level: "perhaps"}
    answer = bring_in(editor, screener, [row | {days: "10"}, new, wrong, new])
    assert answer.status_code == 422
    said = answer.context["sheet"].problems
    assert [text.partition(":")[0] for text in said] == [
        "Row 4, column “answer",
        "Row 4, column “expect",
        "Row 5, column “Name”",
    ]
    assert "many" not in "".join(said)
    good = bring_in(editor, screener, [row | {days: "10"}, new])
    assert Scenario.objects.count() == 1, "shown, not written"
    changed, added = good.context["sheet"].planned
    assert changed.cells == [("answer: days", "364", "10")]
    assert added.existing is None
    apply = form_in(good, "ls-sc-apply") | {"apply": "1"}
    # Somebody else was faster: looked at again, nothing written over.
    scenario.note = "Mine"
    scenario.save()
    stale = editor.post(at(screener, "import"), apply)
    assert stale.status_code == 200
    assert Scenario.objects.count() == 1
    editor.post(
        at(screener, "import"),
        form_in(stale, "ls-sc-apply") | {"apply": "1"},
    )
    written = {one.name: one.case["answers"]["days"] for one in Scenario.objects.all()}
    assert written == {"A day short": 10, "New": 400}


def test_trying_the_draft_stores_nothing_until_it_is_kept(screener, editor):
    screener.title = "Draft title"
    screener.save_revision()
    term_from(300).save_revision()
    address = at(screener, "try")
    page = editor.get(address)
    given: dict[str, str] = {}
    for key, value in small.ASSAULT.items():
        assert page.context["form"].key == key
        posted = {
            "question": key,
            "do": "next",
            "answers": page.context["answers"],
            **({"number": value} if key == "days" else {"answer": value}),
        }
        if isinstance(value, bool):
            posted["answer"] = "yes" if value else "no"
        page = editor.post(address, posted)
    given = page.context["answers"]
    assert "form" not in page.context
    assert "A long sentence may matter" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert not Scenario.objects.exists()
    assert "lpr" not in page.request["QUERY_STRING"]
    kept = editor.post(at(screener, "add"), {"answers": given})
    assert not Scenario.objects.exists()
    data = form_in(kept) | {"name": "Kept", "save": "1"}
    editor.post(at(screener, "add"), data)
    scenario = Scenario.objects.get()
    assert scenario.case is None, "the live release does not say so yet"
    assert scenario.proposed["answers"] == small.ASSAULT
    assert scenario.proposed["expect"][TERM] == "applies"


def test_an_editor_jumps_to_any_question_and_goes_on_from_there(screener, editor):
    address = at(screener, "try")
    page = editor.post(address, {"do": "ask", "to": "trip_start", "answers": "{}"})
    assert page.context["form"].key == "trip_start"
    page = editor.post(
        address, {"do": "unsure", "question": "trip_start", "answers": "{}"}
    )
    assert page.context["answers"] == '{"trip_start": null}'
    assert page.context["form"].key == "status"


def test_a_draft_with_mistakes_says_so_on_every_page(screener, scenario, editor):
    del screener.questions[2]
    screener.save_revision()
    for what, address in every_address(screener, scenario).items():
        if what in ("accept", "delete", "export"):
            continue
        page = editor.get(address)
        assert page.status_code == 200, what
        assert "The draft has mistakes" in page.content.decode(), what


def test_what_a_release_or_a_pack_says_is_marked_with_its_language(
    screener, editor, django_user_model
):
    """Among what the admin says in the editor's."""
    with override("es"):
        unsure, not_asked = _("I’m not sure"), _("Not asked")
    profile = UserProfile.get_for_user(django_user_model.objects.get())
    profile.preferred_language = "es"
    profile.save()
    one = add(screener, pack="small_pack", note="By INA 101(a)(43)(F).")
    form = BeautifulSoup(
        editor.get(at(screener, "edit", one.pk)).content, "html.parser"
    )
    for name in ("a-status", "next"):
        options = form.select(f"select[name={name}] option")
        spoken = {option.text: option.get("lang") for option in options}
        own = {"Citizen", "Green card", "None"} if name == "a-status" else LABELS
        assert {text for text, lang in spoken.items() if lang == "en"} == own
        assert None in spoken.values()
        if name == "a-status":
            assert spoken[unsure] is spoken[not_asked] is None
    (plans,) = form.select("label:has(input[name=a-plans][value=nothing])")
    assert plans.find_parent(lang=True)["lang"] == "en"
    table = BeautifulSoup(editor.get(at(screener, "table")).content, "html.parser")
    for place in (".ls-sc-name", ".ls-sc-note"):
        assert table.select_one(place).get("lang") == "en"
    add(screener, name="Escrito aquí")
    table = BeautifulSoup(editor.get(at(screener, "table")).content, "html.parser")
    languages = {one.text: one.get("lang") for one in table.select(".ls-sc-name")}
    assert languages["Escrito aquí"] is None, "nobody knows"
