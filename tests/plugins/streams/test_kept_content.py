"""Content of a plugin that is gone survives everything an editor does.

Each promise is tested on the same content in Wagtail's own blocks, which lose it.
"""

import copy

import pytest
from django.test import RequestFactory
from django.urls import reverse

from plugins.streams.kept import KeptContent
from plugins.testing import (
    form_data,
    publish_in_editor,
    save_draft,
    stored_stream,
    without_plugin,
)
from tests.kitapp.models import KitPage, StockPage
from tests.plugins.bodies import GONE, INNER, KNOWN, LAST, section, store

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.kitapp.urls")]

BODIES = {
    "unknown block": [KNOWN, GONE, LAST],
    "unknown nested block": [KNOWN, section([{**GONE, "id": "n1"}, INNER]), LAST],
    "unknown struct key": [section(lost={"a": [1]}), LAST],
    "unknown key in a listed struct": [section(card={"lost": "LEGAL"}), LAST],
}
each_body = pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())


def through_revision(page, editor):
    str(page.body)  # whoever has looked at a stock body is about to lose it
    page.title = "Changed"
    page.save_revision().publish()


def through_editor(page, editor):
    answer = publish_in_editor(editor, page, title="Changed")
    assert answer.status_code == 302, answer.context["form"].errors


def through_draft_then_publish(page, editor):
    assert save_draft(editor, page, title="Draft").status_code == 302
    through_editor(page, editor)


def through_save(page, editor):
    str(page.body)
    page.title = "Changed"
    page.save()


each_way = pytest.mark.parametrize(
    "way",
    [
        through_revision,
        # A draft is published through the editor, too.
        pytest.param(through_editor, marks=pytest.mark.once),
        through_draft_then_publish,
        through_save,
    ],
)


@each_body
@each_way
def test_the_row_keeps_the_original_json_ids_and_order(make_page, editor, body, way):
    page = make_page(body)
    way(page, editor)
    page.refresh_from_db()
    assert page.title == "Changed"
    assert stored_stream(page) == body


@pytest.mark.once
@each_body
@pytest.mark.parametrize("way", [through_revision, through_editor])
def test_stock_blocks_lose_it(make_page, editor, body, way):
    page = make_page(body, StockPage)
    way(page, editor)
    left = str(stored_stream(page))
    assert stored_stream(page) != body
    assert "LEGAL" not in left and "'lost'" not in left


@each_body
def test_known_parts_can_still_be_edited_around_it(make_page, editor, body):
    page = make_page(body)
    last = len(body) - 1
    changes = {f"body-{last}-value": "Edited", f"body-{last}-order": "-1"}
    assert publish_in_editor(editor, page, **changes).status_code == 302
    assert stored_stream(page) == [{**LAST, "value": "Edited"}, *body[:-1]]


def test_an_editor_can_delete_it(make_page, editor):
    page = make_page([KNOWN, GONE, LAST])
    answer = publish_in_editor(editor, page, **{"body-1-deleted": "1"})
    assert answer.status_code == 302
    assert stored_stream(page) == [KNOWN, LAST]


def test_an_editor_can_duplicate_it(make_page, editor):
    page = make_page([GONE])
    opened = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    data = form_data(opened)
    twin = {f"body-1-{k}": data[f"body-0-{k}"] for k in ("deleted", "type", "value")}
    data |= {**twin, "body-1-order": "1", "body-1-id": "new", "body-count": "2"}
    data["action-publish"] = "1"
    assert editor.post(opened.request["PATH_INFO"], data).status_code == 302
    assert stored_stream(page) == [GONE, {**GONE, "id": "new"}]


def test_a_returned_plugin_finds_its_content_as_it_was(make_page, editor):
    notice = {
        "type": "dummy_plugin__notice",
        "value": {"text": "Hear ye", "urgent": True},
        "id": "d1",
    }
    page = make_page([KNOWN, notice])
    assert "Hear ye" in str(page.body)
    with without_plugin("dummy_plugin"):
        page = KitPage.objects.get(pk=page.pk)
        assert "Hear ye" not in str(page.body)
        through_editor(page, editor)
    page = KitPage.objects.get(pk=page.pk)
    assert stored_stream(page) == [KNOWN, notice]
    assert page.body[1].value["urgent"] is True
    assert "Hear ye" in str(page.body)


def test_a_plugin_that_returns_while_the_form_is_open_gets_its_block_back(
    make_page, editor
):
    notice = {
        "type": "dummy_plugin__notice",
        "value": {"text": "Hear ye", "urgent": False},
        "id": "d1",
    }
    page = make_page([notice])
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    with without_plugin("dummy_plugin"):
        data = form_data(editor.get(address))
    answer = editor.post(address, {**data, "action-publish": "1"})
    assert answer.status_code == 302
    assert stored_stream(page) == [notice]


def test_a_plugin_switched_off_while_the_form_is_open_loses_nothing(make_page, editor):
    notice = {
        "type": "dummy_plugin__notice",
        "value": {"text": "Hear ye", "urgent": False},
        "id": "d1",
    }
    page = make_page([notice])
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = form_data(editor.get(address))
    with without_plugin("dummy_plugin"):
        answer = editor.post(address, {**data, "action-publish": "1"})
    assert answer.status_code == 200
    assert "switched off" in answer.content.decode()
    assert stored_stream(page) == [notice]


def test_visitors_get_nothing_of_it_not_even_an_empty_element(make_page):
    page = make_page([KNOWN, GONE, LAST])
    html = page.serve(RequestFactory().get("/")).render().content.decode()
    assert html.count("<div") == 2
    assert "LEGAL" not in html and "gone" not in html and "kept" not in html
    assert [child.value for child in page.body.visible] == ["Before", "After"]


def test_the_api_says_that_it_is_there_and_search_and_references_omit_it(make_page):
    body = [KNOWN, GONE, section([{**GONE, "id": "n"}, INNER], {"lost": 1}, gone=2)]
    page = make_page(body)
    block = page.body.stream_block
    api = block.get_api_representation(page.body)
    assert [item["type"] for item in api] == ["paragraph", "kept", "section"]
    assert api[1] == {"type": "kept", "value": None, "id": GONE["id"]}
    assert [i["type"] for i in api[2]["value"]["inner"]] == ["kept", "text"]
    assert not {"lost", "gone", "LEGAL", "_kept"} & set(str(api).split("'"))
    assert "LEGAL" not in str(block.get_searchable_content(page.body))
    assert list(block.extract_references(page.body)) == []


def test_the_editor_sees_a_card_that_names_the_missing_plugin(make_page, editor):
    page = make_page([GONE])
    answer = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    (state,) = page.body.stream_block.get_form_state(page.body)
    assert state["type"] == "_kept"
    assert "“chart” needs the plugin gone" in state["value"]["text"]
    assert "content is kept" in state["value"]["text"]
    assert "delete this part" in state["value"]["text"]
    assert "needs the plugin gone" in answer.content.decode()


def test_it_cannot_be_inserted_and_is_no_listed_child(make_page):
    block = KitPage._meta.get_field("body").stream_block
    assert "_kept" not in block.child_blocks
    assert "_kept" not in [
        b.name for _g, bs in block.grouped_child_blocks() for b in bs
    ]


def test_revisions_can_be_compared_across_it(make_page, editor):
    page = make_page([KNOWN, GONE])
    first = page.save_revision()
    page.body = [*page.body.raw_data, LAST]
    second = page.save_revision()
    answer = editor.get(
        reverse(
            "wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, second.pk]
        )
    )
    assert answer.status_code == 200
    assert "After" in answer.content.decode()


def test_reverting_to_an_old_revision_keeps_what_that_revision_held(make_page, editor):
    page = make_page([KNOWN, GONE])
    old = page.save_revision()
    page = store(KitPage.objects.get(pk=page.pk), [KNOWN])
    old.pk = None
    old.save()
    opened = editor.get(
        reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, old.pk])
    )
    data = {**form_data(opened), "action-publish": "1"}
    answer = editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    assert answer.status_code == 302
    assert stored_stream(page) == [KNOWN, GONE]


def test_a_copied_page_has_it_too(make_page):
    page = make_page([KNOWN, GONE])
    twin = page.copy(update_attrs={"slug": "twin"})
    assert stored_stream(twin) == [KNOWN, GONE]


def test_values_that_hold_it_can_be_compared_and_changed_in_code(make_page):
    page = make_page([KNOWN, GONE])
    other = KitPage.objects.get(pk=page.pk)
    assert page.body == other.body
    assert isinstance(page.body[1].value, KeptContent)
    page.body.append(("paragraph", "More"))
    del page.body[0]
    page.save()
    stored = stored_stream(page)
    assert stored[0] == GONE
    assert stored[1]["value"] == "More"


def test_misspelt_blocks_in_code_are_refused_not_dropped():
    page_block = KitPage._meta.get_field("body").stream_block
    with pytest.raises(ValueError, match="'paragraf' is not a block"):
        page_block.to_python([("paragraf", "text")])


def test_stored_values_are_not_changed_by_reading_them():
    body = copy.deepcopy([KNOWN, GONE, section(lost=1)])
    value = KitPage._meta.get_field("body").to_python(body)
    list(value)
    assert body == [KNOWN, GONE, section(lost=1)]
