"""One failing plugin block takes down neither the page, the editor nor the index."""

import logging

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from wagtail import blocks
from wagtail.blocks import StreamBlock

from plugins.testing import publish_in_editor, stored_stream
from tests.dummy_plugin.blocks import ExplodingBlock
from tests.kitapp.models import KitPage

# Once: only reads what others write on both databases.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("tests.kitapp.urls"),
    pytest.mark.once,
]


def body(work):
    return [
        {"type": "paragraph", "value": "Before", "id": "1"},
        {"type": "dummy_plugin__exploding", "value": work, "id": "2"},
        {"type": "dummy_plugin__exploding", "value": "sound", "id": "3"},
        {"type": "paragraph", "value": "After", "id": "4"},
    ]


def html_of(page, user=None):
    request = RequestFactory().get("/")
    request.user = user or AnonymousUser()
    return page.serve(request).render().content.decode()


def test_stock_streams_let_one_block_take_the_page_down():
    block = StreamBlock([("x", ExplodingBlock()), ("text", blocks.CharBlock())])
    value = block.to_python([{"type": "x", "value": "render", "id": "1"}])
    with pytest.raises(RuntimeError):
        block.render(value)


@pytest.mark.parametrize("work", ["render", "read"])
def test_the_rest_of_the_page_is_shown_and_the_error_logged(make_page, caplog, work):
    page = make_page(body(work))
    with caplog.at_level(logging.ERROR, "plugins"):
        html = html_of(page)
    assert html.count("<div") == 3
    assert "Before" in html and "After" in html and "sound" in html
    assert "dummy_plugin" in caplog.text and f"cannot {work}" in caplog.text.replace(
        "cannot be read", "cannot read"
    )


def test_staff_sees_a_note_in_its_place(make_page, admin_user):
    page = make_page(body("render"))
    html = html_of(page, admin_user)
    assert "of the plugin dummy_plugin could not be shown (RuntimeError)" in html
    assert "cannot render" not in html
    assert "could not be shown" not in html_of(page)


def test_a_loop_over_the_children_is_isolated_as_well(make_page):
    page = make_page(body("render"))
    assert [str(child) for child in page.body] == ["Before", "", "sound", "After"]


@pytest.mark.parametrize("work", ["form", "read"])
def test_the_editor_opens_and_saves_it_as_a_kept_part(make_page, editor, work):
    page = make_page(body(work))
    answer = publish_in_editor(editor, page, **{"body-0-value": "Edited"})
    assert answer.status_code == 302
    assert stored_stream(page)[1:] == body(work)[1:]
    assert stored_stream(page)[0]["value"] == "Edited"


def test_search_api_and_references_leave_it_out(make_page):
    page = make_page(body("search"))
    block = page.body.stream_block
    assert block.get_searchable_content(page.body) == ["Before", "sound", "After"]
    page = make_page(body("api"), slug="two")
    api = block.get_api_representation(page.body)
    assert [item["id"] for item in api] == ["1", "3", "4"]
    page = make_page(body("references"), slug="three")
    assert list(block.extract_references(page.body)) == []
    page.save()


def test_the_cores_own_blocks_still_fail_loudly(make_page, monkeypatch):
    page = make_page(body("sound"))

    def fail(self, value, context=None):
        raise RuntimeError("a bug of ours")

    paragraph = KitPage._meta.get_field("body").stream_block.child_blocks["paragraph"]
    monkeypatch.setattr(type(paragraph), "render_basic", fail)
    with pytest.raises(RuntimeError):
        html_of(page)
