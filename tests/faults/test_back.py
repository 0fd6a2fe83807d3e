"""After a fault in the admin, Back brings what was typed: tried in a browser."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from screening_block.models import Screener, Threshold
from tests.screening_block.conftest import log_in

TYPED = "Days until the record may be cleared"


@pytest.fixture
def form(page, live_server, screener, admin_client):
    """The form of a threshold, with something typed into it."""
    log_in(page, admin_client, live_server.url)
    threshold = Threshold.objects.get(key="af_term")
    url = reverse(Threshold.snippet_viewset.get_url_name("edit"), args=[threshold.pk])
    page.goto(live_server.url + url)
    page.locator("#id_label").fill(TYPED)
    return page


def save(page) -> None:
    page.get_by_role("button", name=re.compile("^Save")).first.click()


@pytest.mark.parametrize("how", ["button", "browser"])
@pytest.mark.parametrize(
    ("error", "said"),
    [(RuntimeError("secret"), "Something went wrong"), (None, "Not done")],
)
def test_what_was_typed_is_there_again(form, monkeypatch, error, said, how):
    from django.core.exceptions import ValidationError

    def broken(self, *args, **kwargs):
        raise error or ValidationError("Not this time.")

    monkeypatch.setattr(Threshold, "save_revision", broken)
    save(form)
    expect(form.get_by_role("heading", name=said)).to_be_visible()
    if how == "button":
        form.get_by_role("button", name="Go back").click()
    else:
        form.evaluate("void setTimeout(() => history.back())")
    expect(form.locator("#id_label")).to_have_value(TYPED)


def test_a_form_is_saved_although_somebody_logged_in_again(form):
    form.evaluate(
        "document.querySelector('#w-editor-form [name=csrfmiddlewaretoken]')"
        ".value = 'x'.repeat(64)"
    )
    save(form)
    expect(form.get_by_role("heading", name="Not saved yet")).to_be_visible()
    form.get_by_role("button", name="Save it now").click()
    expect(form.locator("#id_label")).to_have_value(TYPED)
    draft = Threshold.objects.get(key="af_term").get_latest_revision_as_object()
    assert draft.label == TYPED


def test_after_a_fault_the_blocks_of_a_form_are_sent_again_as_they_were(
    page, live_server, screener, admin_client, monkeypatch
):
    """Scripts made the blocks, so that “Back” alone may not bring them."""
    log_in(page, admin_client, live_server.url)
    url = reverse("wagtailadmin_pages:edit", args=[screener.pk])
    page.goto(live_server.url + url)
    page.get_by_role("tab", name="Questions").click()
    label = page.locator("#questions-0-value-label")
    if not label.is_visible():
        folded = "[data-streamfield-child] button[aria-expanded=false]"
        page.locator(folded).first.click()
    with monkeypatch.context() as patch:
        patch.setattr(Screener, "save_revision", broken)
        label.fill(TYPED)
        save(page)
        expect(page.get_by_role("heading", name="Something went wrong")).to_be_visible()
    page.get_by_role("button", name="Send it again").click()
    expect(page.get_by_role("tab", name="Questions")).to_be_visible()
    draft = Screener.objects.get(pk=screener.pk).get_latest_revision_as_object()
    assert draft.questions[0].value["label"] == TYPED
    assert len(draft.questions) == len(screener.questions)


def broken(*args, **kwargs):
    raise RuntimeError("secret")
