"""A form cannot bring in what was not stored for that very field and object."""

import json

import pytest
from django.core import signing
from django.urls import reverse
from wagtail.blocks.stream_block import StreamBlockValidationError

from plugins.kinds import ArticleBlock
from plugins.streams.kept import SALT, KeptContent, sign, sign_for
from plugins.testing import form_data, publish_in_editor, registered, stored_stream
from tests.kitapp.models import CardBlock, KitPage
from tests.plugins.bodies import GONE, KNOWN, section

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.kitapp.urls")]

SMUGGLED = {"type": "gone__chart", "value": "<script>", "id": "x"}


def token_for(data, owner):
    with sign_for(owner):
        return sign(KeptContent(data))


def get_owner(page, field="body"):
    return page._meta.get_field(field).get_owner(page)


def post(editor, page, publish=True, **changes):
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = {**form_data(editor.get(address)), **changes}
    if publish:
        data["action-publish"] = "1"
    return editor.post(address, data)


def carrier(token, prefix="body-1", id="x"):
    return {
        f"{prefix}-deleted": "",
        f"{prefix}-order": "9",
        f"{prefix}-type": "_kept",
        f"{prefix}-id": id,
        f"{prefix}-value": token,
    }


def with_salt(salt):
    return signing.dumps({"owner": "", "data": SMUGGLED}, salt=salt)


FORGED = {
    "no token": lambda page: "",
    "plain json": lambda page: json.dumps(SMUGGLED),
    "another salt": lambda page: with_salt("other"),
    "another key": lambda page: signing.dumps(
        {"owner": get_owner(page), "data": SMUGGLED}, salt=SALT, key="x" * 50
    ),
    "changed": lambda page: token_for(SMUGGLED, get_owner(page))[:-1] + "!",
    "of another page": lambda page: token_for(SMUGGLED, "kitapp.kitpage:0:body"),
    "of another field": lambda page: token_for(SMUGGLED, get_owner(page, "second")),
    "of no page": lambda page: token_for(SMUGGLED, ""),
    "of a struct": lambda page: token_for({"lost": 1}, get_owner(page)),
}


@pytest.mark.once  # refused before anything is written
@pytest.mark.parametrize("publish", [True, False], ids=["publish", "draft"])
@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED.keys())
def test_a_forged_block_is_refused_with_an_error(make_page, editor, forge, publish):
    page = make_page([KNOWN])
    changes = {"body-count": "2", **carrier(forge(page))}
    answer = post(editor, page, publish, **changes)
    assert answer.status_code == 200
    assert "not the one this page was opened with" in answer.content.decode()
    page.refresh_from_db()
    assert stored_stream(page) == [KNOWN]
    assert page.latest_revision is None


@pytest.mark.parametrize("nested", ["block", "keys"])
def test_a_forged_part_deep_inside_is_refused_too(make_page, editor, nested):
    page = make_page([section()])
    if nested == "block":
        token = token_for(SMUGGLED, "kitapp.kitpage:0:body")
        prefix = "body-0-value-inner"
        changes = {f"{prefix}-count": "1", **carrier(token, f"{prefix}-0")}
    else:
        token = token_for({"lost": 1}, "kitapp.kitpage:0:body")
        changes = {"body-0-value-cards-0-value-_kept": token}
    assert post(editor, page, **changes).status_code == 200
    assert stored_stream(page) == [section()]


def test_a_block_type_nobody_knows_is_refused_not_dropped(make_page, editor):
    page = make_page([KNOWN])
    changes = {"body-count": "2", **carrier("free text"), "body-1-type": "gone__chart"}
    assert post(editor, page, **changes).status_code == 200
    assert stored_stream(page) == [KNOWN]


def test_a_genuine_part_is_accepted_in_its_own_page_and_field(make_page, editor):
    page = make_page([KNOWN])
    token = token_for(GONE, get_owner(page))
    changes = {"body-count": "2", **carrier(token, id="g1")}
    assert post(editor, page, **changes).status_code == 302
    assert stored_stream(page) == [KNOWN, GONE]


def test_a_kept_part_that_is_known_again_is_validated_like_any_other(make_page, editor):
    """Or a token moved to a stream that knows the type would skip its validation."""
    page = make_page([KNOWN])
    empty = {"type": "gone__chart", "value": {"title": ""}, "id": "x"}
    token = token_for(empty, get_owner(page))
    changes = {"body-count": "2", **carrier(token)}
    block = ArticleBlock(key="gone.chart", label="Chart", block=CardBlock)
    with registered("article_blocks", "gone.chart", block):
        assert post(editor, page, **changes).status_code == 200
    assert stored_stream(page) == [KNOWN]


def test_a_refused_part_does_not_reach_the_row_even_if_saved_unvalidated(make_page):
    page = make_page([KNOWN])
    block = page.body.stream_block
    posted = {"body-count": "1", **carrier("forged", "body-0")}
    value = block.value_from_datadict(posted, {}, "body")
    with pytest.raises(StreamBlockValidationError):
        block.clean(value)
    page.body = value
    page.save(clean=False)
    assert stored_stream(page) == []


def test_a_form_shown_again_after_an_error_can_still_be_saved(make_page, editor):
    page = make_page([KNOWN, GONE, section(lost=1)])
    failed = publish_in_editor(editor, page, title="")
    assert failed.status_code == 200
    data = {**form_data(failed), "title": "Mended", "action-publish": "1"}
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert editor.post(address, data).status_code == 302
    assert stored_stream(page) == [KNOWN, GONE, section(lost=1)]
    assert KitPage.objects.get(pk=page.pk).title == "Mended"
