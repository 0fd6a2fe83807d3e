"""The admin, through its own views: change, publish, refuse, compare."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from cms.articles.models import ArticlePage
from screening_block import engine
from screening_block.editor.check_views import ON_EDIT
from screening_block.models import (
    Chart,
    ChartRow,
    Release,
    Screener,
    Threshold,
)
from tests.cms.factories import IndexFactory
from tests.screening_block import small
from tests.screening_block.confirm import post_and_confirm
from tests.screening_block.posting import form_of

# Once: the same statements as elsewhere, with other words.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


def page_form(editor, page):
    return form_of(editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])))


def level(days: int, as_of: str = "2026-11-23", release=None) -> str:
    release = release or Release.current("small").load()
    answers = engine.parse_answers(release, small.ASSAULT | {"days": days})
    return engine.levels(release, answers, as_of)["agg_felony_violence_1yr"]


def test_an_editor_changes_a_threshold_and_the_next_evaluation_differs(
    editor, screener
):
    old = Release.current("small")
    threshold = Threshold.objects.get(key="af_term")
    url = reverse(threshold.snippet_viewset.get_url_name("edit"), args=[threshold.pk])
    data = form_of(editor.get(url))
    assert level(320) == "not_apply"
    data.update(
        {
            "values-TOTAL_FORMS": "2",
            "values-1-id": "",
            "values-1-ORDER": "2",
            "values-1-DELETE": "",
            "values-1-starts_on": "2026-11-01",
            "values-1-number": "300",
            "values-1-day": "",
            "action-publish": "action-publish",
        }
    )
    response = post_and_confirm(editor, url, data)
    assert response.status_code == 302
    assert level(320) == "applies"
    assert level(320, as_of="2026-10-31") == "not_apply"
    assert level(320, release=Release.objects.get(pk=old.pk).load()) == "not_apply"


def test_a_threshold_value_needs_one_value_and_a_day_only_once(editor, screener):
    threshold = Threshold.objects.get(key="af_term")
    url = reverse(threshold.snippet_viewset.get_url_name("edit"), args=[threshold.pk])
    data = form_of(editor.get(url))
    data.update(
        {
            "values-TOTAL_FORMS": "2",
            "values-1-id": "",
            "values-1-ORDER": "2",
            "values-1-starts_on": "2026-11-01",
            "values-1-number": "",
            "action-publish": "action-publish",
        }
    )
    response = editor.post(url, data)
    assert response.status_code == 200
    assert "either a number or a date" in response.content.decode()
    data.update({"values-1-number": "300", "values-1-starts_on": "1996-09-30"})
    response = editor.post(url, data)
    assert response.status_code == 200
    assert "same day" in response.content.decode()
    assert Threshold.objects.get(key="af_term").values.count() == 1


@pytest.mark.parametrize(
    ("field", "broken", "place"),
    [
        (
            "findings-0-value-applies_when",
            {"op": "fact", "fact": "nobody"},
            "agg_felony_violence_1yr",
        ),
        (
            "facts-0-value-when",
            {"op": "all", "of": [{"op": "is", "question": "nobody", "value": "x"}]},
            "noncitizen",
        ),
    ],
)
def test_publishing_a_broken_screener_is_refused_with_the_place_and_kept_as_draft(
    editor, screener, field, broken, place
):
    before = Release.current("small").pk
    data = page_form(editor, screener)
    data[field] = json.dumps(broken)
    data["action-publish"] = "action-publish"
    url = reverse("wagtailadmin_pages:edit", args=[screener.pk])
    response = editor.post(url, data)
    assert response.status_code == 302
    (message,) = editor.get(response.url).context["messages"]
    assert "Not published. Your draft is saved." in str(message)
    assert f"“{place}”" in str(message)
    assert "(“nobody”)" in str(message)
    assert Release.current("small").pk == before
    draft = Screener.objects.get(pk=screener.pk).get_latest_revision_as_object()
    stream, number, _value, name = field.split("-")
    assert getattr(draft, stream)[int(number)].value[name] == broken


def test_a_screener_goes_through_its_editor_unchanged(editor, screener):
    before = Release.current("small").pk
    data = page_form(editor, screener)
    data["action-publish"] = "action-publish"
    url = reverse("wagtailadmin_pages:edit", args=[screener.pk])
    response = editor.post(url, data)
    assert response.status_code == 302
    assert Release.current("small").pk == before
    assert Release.objects.count() == 1


def test_text_that_is_no_condition_yet_is_kept_in_a_draft_and_refused_live(
    editor, screener
):
    url = reverse("wagtailadmin_pages:edit", args=[screener.pk])
    data = page_form(editor, screener)
    data["findings-0-value-applies_when"] = '{"op": "all", "of": ['
    response = editor.post(url, data)
    assert response.status_code == 302
    draft = Screener.objects.get(pk=screener.pk).get_latest_revision_as_object()
    assert draft.findings[0].value["applies_when"] == '{"op": "all", "of": ['
    data["action-publish"] = "action-publish"
    response = editor.post(url, data)
    assert response.status_code == 200
    assert "not a finished condition" in response.content.decode()


def test_two_versions_are_compared_in_plain_words(editor, screener):
    first = screener.save_revision()
    findings = list(screener.findings.get_prep_value())
    findings[0]["value"]["applies_when"]["of"] = findings[0]["value"]["applies_when"][
        "of"
    ][:2]
    screener.findings = findings
    second = screener.save_revision()
    url = reverse(
        "wagtailadmin_pages:revisions_compare",
        args=[screener.pk, first.pk, second.pk],
    )
    text = editor.get(url).content.decode()
    assert "&quot;op&quot;" not in text
    assert "deletion" in text


def context_of(release) -> dict:
    """What the browser says of the page that a release stands on."""
    texts = release["texts"]["en"]
    questions = [
        {
            **{name: q.get(name, "") for name in ("key", "type", "chart", "unit")},
            "label": texts["questions"][q["key"]]["label"],
            "options": [
                {
                    "key": o["key"],
                    "label": texts["questions"][q["key"]]["options"][o["key"]],
                }
                for o in q.get("options", ())
            ],
        }
        for q in release["questions"]
    ]
    facts = [
        {"key": f["key"], "label": texts["facts"][f["key"]]["label"]}
        for f in release["facts"]
    ]
    return {"questions": questions, "facts": facts}


def ask(client, page, *conditions, context=None) -> list[dict]:
    """What the server says of conditions (data, or text as typed)."""
    texts = [c if isinstance(c, str) else json.dumps(c) for c in conditions]
    body = {
        "page": page and page.pk,
        "context": context_of(small.RELEASE) if context is None else context,
        "conditions": texts,
    }
    url = reverse("screening_block_describe")
    response = client.post(url, body, content_type="application/json")
    return response.json()["said"]


def test_a_condition_is_said_with_the_labels_that_stand_on_the_page_unsaved(
    editor, screener
):
    context = context_of(small.RELEASE)
    context["questions"][0]["label"] = "Status, as just renamed"
    context["questions"][0]["options"].append(
        {"key": "daca", "label": "DACA, just added"}
    )
    added = {"op": "is", "question": "status", "value": "daca"}
    first, second = ask(
        editor,
        screener,
        small.RELEASE["findings"][0]["applies_when"],
        added,
        context=context,
    )
    assert first["problems"] == second["problems"] == []
    assert "365 days" in first["sentence"]
    assert "You are not a citizen" in first["sentence"]
    assert second["sentence"] == "Status, as just renamed is DACA, just added"


@pytest.mark.parametrize(
    ("condition", "path", "suggestion"),
    [
        ({"op": "fact", "fact": "noncitzen"}, "fact", "noncitizen"),
        ({"op": "is", "question": "sttatus", "value": "lpr"}, "question", "status"),
        ({"op": "is", "question": "status", "value": "citizens"}, "value", "citizen"),
        (
            {
                "op": "column",
                "question": "statute",
                "column": "violense",
                "test": "is",
                "values": ["no"],
            },
            "column",
            "violence",
        ),
        (
            {
                "op": "compare",
                "left": {"question": "days"},
                "cmp": "ge",
                "right": {"threshold": "af_terms"},
            },
            "right",
            "af_term",
        ),
        ({"op": "fact", "fact": "zzz"}, "fact", None),
        ({"op": "is"}, "question", None),
    ],
)
def test_a_problem_names_its_place_and_what_was_probably_meant(
    editor, screener, condition, path, suggestion
):
    nested = {"op": "any", "of": [{"op": "fact", "fact": "noncitizen"}, condition]}
    (said,) = ask(editor, screener, nested)
    problem = said["problems"][0]
    assert problem["path"] == f"1/{path}"
    meant = problem["suggestion"]
    assert (meant and meant["key"]) == suggestion
    if suggestion:
        assert f"Did you mean “{meant['label']}”?" in problem["message"]


def test_what_is_no_condition_and_no_context_is_answered_all_the_same(editor, screener):
    for text in ("{", "[]", "1", "x" * 200_000, "[" * 5000):
        (said,) = ask(editor, screener, text)
        assert said["problems"], text[:20]
    fact = {"op": "fact", "fact": "noncitizen"}
    odd = [7, [], {"facts": 3}, {"facts": [None, {"key": []}, {"key": "A b"}]}]
    odd += [{"questions": [{"key": "q", "type": 1, "options": [{}, {"key": "a"}]}]}]
    for context in odd:
        (said,) = ask(editor, screener, fact, context=context)
        assert said["problems"]
    url = reverse("screening_block_describe")
    for body in ("", "[]", "{}", '{"conditions": 1}'):
        response = editor.post(url, body, content_type="application/json")
        assert response.status_code == 400, body


def test_the_pickers_hold_the_law_and_are_sent_again_only_when_it_changed(
    editor, screener
):
    url = reverse("screening_block_pickers")
    response = editor.get(url, {"page": screener.pk})
    body = response.json()
    (chart,) = body["charts"]
    assert [row["key"] for row in chart["rows"]] == ["pc_245", "pc_25400", "other"]
    (threshold,) = body["thresholds"]
    assert threshold["value"] == "365 days"
    assert body["published"]["questions"]["status"] == ["citizen", "lpr", "none"]
    again = {"If-None-Match": response["ETag"]}
    same = editor.get(url, {"page": screener.pk}, headers=again)
    assert same.status_code == 304
    row = ChartRow.objects.get(key="pc_245")
    row.label = "A new label"
    row.save_revision()
    changed = editor.get(url, {"page": screener.pk}, headers=again)
    assert "A new label" in changed.content.decode()
    assert "A new label" not in editor.get(url).content.decode()  # no draft leaks


def test_the_editor_of_conditions_is_for_editors_only(client, screener):
    for url in ("screening_block_describe", "screening_block_pickers"):
        for send in (client.post, client.get):
            assert send(reverse(url)).status_code in (302, 403, 405)


def test_deleting_what_a_rule_uses_is_refused_and_says_where(editor, screener):
    threshold = Threshold.objects.get(key="af_term")
    url = reverse(threshold.snippet_viewset.get_url_name("delete"), args=[threshold.pk])
    text = editor.post(url, follow=True).content.decode()
    assert "Not deleted, because it is still used" in text
    assert "agg_felony_violence_1yr" in text
    assert Threshold.objects.filter(key="af_term").exists()


def test_a_key_that_rules_use_cannot_change_and_a_label_can(editor, screener):
    threshold = Threshold.objects.get(key="af_term")
    url = reverse(threshold.snippet_viewset.get_url_name("edit"), args=[threshold.pk])
    data = form_of(editor.get(url))
    data.update({"key": "af_therm", "action-publish": "action-publish"})
    response = editor.post(url, data)
    assert response.status_code == 200
    assert "cannot change" in response.content.decode()
    data.update({"key": "af_term", "label": "A new label"})
    assert editor.post(url, data).status_code == 302
    release = Release.current("small").load()
    assert release.text("en", "thresholds", "af_term", "label") == "A new label"


def test_a_rows_cells_are_picked_from_its_columns(editor, screener):
    row = ChartRow.objects.get(key="pc_25400")
    url = reverse(row.snippet_viewset.get_url_name("edit"), args=[row.pk])
    response = editor.get(url)
    assert 'name="cells-violence"' in response.content.decode()
    data = form_of(response)
    data.update({"cells-violence": "candidate", "action-publish": "action-publish"})
    data.setlist("cells-also", ["drug"])
    assert post_and_confirm(editor, url, data).status_code == 302
    assert ChartRow.objects.get(key="pc_25400").cells == {
        "violence": "candidate",
        "also": ["drug"],
    }
    data.update({"cells-violence": "forged"})
    response = editor.post(url, data)
    assert response.status_code == 200
    assert ChartRow.objects.get(key="pc_25400").cells["violence"] == "candidate"


@pytest.mark.parametrize("model", [Threshold, Chart, ChartRow])
def test_the_lists_and_forms_of_the_law_open(editor, screener, model):
    record = model.objects.first()
    viewset = record.snippet_viewset
    assert editor.get(reverse(viewset.get_url_name("list"))).status_code == 200
    assert editor.get(reverse(viewset.get_url_name("add"))).status_code == 200
    for view in ("edit", "history", "usage"):
        url = reverse(viewset.get_url_name(view), args=[record.pk])
        assert editor.get(url).status_code == 200


def test_a_copy_is_another_screener_with_a_key_of_its_own(editor, screener):
    url = reverse("wagtailadmin_pages:copy", args=[screener.pk])
    data = {
        "new_title": "A copy",
        "new_slug": "a-copy",
        "new_parent_page": str(screener.get_parent().pk),
        "publish_copies": "on",
        "alias": "",
    }
    assert editor.post(url, data).status_code == 302
    copy = Screener.objects.get(slug="a-copy")
    assert copy.key == "a-copy"
    assert Release.current("a-copy").load().key == "a-copy"
    assert Release.current("small").load().key == "small"


def test_two_screeners_cannot_share_a_key(editor, screener):
    copy = screener.copy(update_attrs={"slug": "other", "title": "Other"})
    data = page_form(editor, copy)
    data.update({"key": "small", "action-publish": "action-publish"})
    response = editor.post(reverse("wagtailadmin_pages:edit", args=[copy.pk]), data)
    assert response.status_code == 200
    assert "Another screener has this key" in response.content.decode()


def test_the_editor_has_what_to_copy_into_other_sites(editor, screener):
    shown = page_of(editor, screener)
    assert (
        "&lt;legal-screener src=&quot;http://testserver/api/v1/screeners/small/"
        in shown
    )
    link = "&lt;a href=&quot;http://testserver/screeners/small/&quot; lang=&quot;en"
    assert link in shown
    assert "&lt;iframe src=&quot;http://testserver/embed/v1/small/" in shown
    assert "style=&quot;width:100%;max-width:680px;border:0&quot;" in shown
    screener.unpublish()
    assert "&lt;iframe" not in page_of(editor, screener)


def page_of(editor, screener) -> str:
    url = reverse("wagtailadmin_pages:edit", args=[screener.pk])
    return editor.get(url).content.decode()


def test_the_block_picker_previews_the_working_screener(editor, screener):
    block = ArticlePage._meta.get_field("body").stream_block.child_blocks["screener"]
    url = reverse("wagtailadmin_block_preview")
    shown = editor.get(url, {"id": block.definition_prefix}).content.decode()
    assert '<legal-screener src="/api/v1/screeners/small/"' in shown
    assert "/embed/v1/screener.js" in shown
    assert "screening_block/screener.css" in shown
    screener.unpublish()
    shown = editor.get(url, {"id": block.definition_prefix}).content.decode()
    assert "Publish a screener" in shown


TORN = {
    "no block": lambda name: name.startswith(("questions-", "findings-")),
    "no count": lambda name: name == "questions-count",
    "a block without its kind": lambda name: name == "questions-1-type",
    "a list without its count": lambda name: name.endswith("-options-count"),
}


@pytest.mark.parametrize("torn", TORN.values(), ids=TORN.keys())
@pytest.mark.parametrize("action", ["", "action-publish"], ids=["draft", "publish"])
def test_a_form_that_came_without_its_blocks_is_refused_and_changes_nothing(
    editor, screener, torn, action
):
    data = page_form(editor, screener)
    kept = {name: value for name, value in data.items() if not torn(name)}
    assert len(kept) < len(data)
    before = (screener.latest_revision_id, Release.current("small").pk)
    edit = reverse("wagtailadmin_pages:edit", args=[screener.pk])
    checks = reverse(ON_EDIT, args=[screener.pk])
    # Lost on the way, or there and no number.
    for came in (kept, data | {name: "x" for name in data if name.endswith("-count")}):
        came = came | {"title": "Other", action: "on"}
        answer = editor.post(edit, came)
        assert answer.status_code == 400
        assert "None of it was saved" in answer.content.decode()
        assert editor.post(checks, came).status_code == 400
    screener.refresh_from_db()
    assert screener.title != "Other"
    assert (screener.latest_revision_id, Release.current("small").pk) == before


def test_a_new_page_that_came_without_its_blocks_is_refused(editor, screener):
    folders = {Screener: screener.get_parent(), ArticlePage: IndexFactory()}
    for model, parent in folders.items():
        place = (model._meta.app_label, model._meta.model_name, parent.pk)
        address = reverse("wagtailadmin_pages:add", args=place)
        answer = editor.post(address, {"title": "New", "slug": "new"})
        assert answer.status_code == 400
        assert not model.objects.filter(title="New").exists()
