"""The admin, through its own views: change, publish, refuse, compare."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import querydict_from_html

from screening_block import engine
from screening_block.models import (
    Chart,
    ChartRow,
    Release,
    Screener,
    Threshold,
)

from . import small

pytestmark = pytest.mark.django_db


def form_of(response):
    """What the browser would post for an editing form, streams included."""
    content = response.content.decode()
    ids = ("w-editor-form", "page-edit-form")
    form_id = next(name for name in ids if f'id="{name}"' in content)
    data = querydict_from_html(content, form_id=form_id)
    form = response.context["form"]
    for name, field in form.fields.items():
        if hasattr(field, "block"):
            data.pop(name, None)
            state = field.block.get_form_state(form[name].value())
            data.update(stream_fields(name, field.block, state))
    return data


def page_form(editor, page):
    return form_of(editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])))


def stream_fields(prefix, block, state) -> dict:
    data = {f"{prefix}-count": str(len(state))}
    for place, child in enumerate(state):
        at = f"{prefix}-{place}"
        data |= {
            f"{at}-deleted": "",
            f"{at}-order": str(place),
            f"{at}-type": child["type"],
            f"{at}-id": child["id"] or "",
        }
        data |= value_fields(
            f"{at}-value", block.child_blocks[child["type"]], child["value"]
        )
    return data


def value_fields(prefix, block, state) -> dict:
    if hasattr(block, "child_blocks"):
        state = state.get("value", state) if "key" not in state else state
        data = {}
        for name, child in block.child_blocks.items():
            data |= value_fields(f"{prefix}-{name}", child, state.get(name))
        return data
    if hasattr(block, "child_block"):
        data = {f"{prefix}-count": str(len(state))}
        for place, item in enumerate(state):
            at = f"{prefix}-{place}"
            data |= {
                f"{at}-deleted": "",
                f"{at}-order": str(place),
                f"{at}-type": "item",
                f"{at}-id": item.get("id") or "",
            }
            data |= value_fields(f"{at}-value", block.child_block, item["value"])
        return data
    if state is True:
        return {prefix: "on"}
    return {} if state in (None, False) else {prefix: state}


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
    response = editor.post(url, data)
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


def test_publishing_a_broken_screener_is_refused_with_the_place_and_kept_as_draft(
    editor, screener
):
    before = Release.current("small").pk
    data = page_form(editor, screener)
    broken = {"op": "fact", "fact": "nobody"}
    data["findings-0-value-applies_when"] = json.dumps(broken)
    data["action-publish"] = "action-publish"
    url = reverse("wagtailadmin_pages:edit", args=[screener.pk])
    response = editor.post(url, data, follow=True)
    text = response.content.decode()
    assert "Not published. Your draft is saved." in text
    assert "agg_felony_violence_1yr" in text
    assert "nobody" in text
    assert Release.current("small").pk == before
    draft = Screener.objects.get(pk=screener.pk).get_latest_revision_as_object()
    assert draft.findings[0].value["applies_when"] == broken


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


def test_a_condition_is_said_in_plain_words_with_the_labels_of_its_page(
    editor, screener
):
    url = reverse("screening_block_describe")
    condition = small.RELEASE["findings"][0]["applies_when"]
    body = editor.post(
        url, {"condition": json.dumps(condition), "page": screener.pk}
    ).json()
    assert body["problems"] == []
    assert "365 days" in body["sentence"]
    assert "You are not a citizen" in body["sentence"]
    wrong = {"op": "is", "question": "status", "value": "tourist"}
    body = editor.post(
        url, {"condition": json.dumps(wrong), "page": screener.pk}
    ).json()
    assert body["problems"]
    for text in ("{", "[]", "1", "x" * 200_000, "[" * 5000):
        body = editor.post(url, {"condition": text, "page": screener.pk}).json()
        assert body["problems"], text[:20]


def test_the_sentence_is_for_editors_only(client, screener):
    response = client.post(reverse("screening_block_describe"), {"condition": "{}"})
    assert response.status_code in (302, 403)


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
    assert editor.post(url, data).status_code == 302
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
