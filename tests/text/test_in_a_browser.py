"""An editor pastes from slides and from a doctored page, in a real browser."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from playwright.sync_api import expect

from cms.articles.models import ArticlePage, Topic
from tests.screening_block.conftest import log_in

PASTE = """([field, text]) => {
    field = document.querySelector(field);
    field.focus();
    field.value = text;
    field.dispatchEvent(new InputEvent("input", {bubbles: true}));
    field.dispatchEvent(new Event("change", {bubbles: true}));
}"""


def test_what_is_refused_is_told_at_its_field_and_stays_there(
    page: Any, live_server: Any, admin_client: Any, ids: dict[str, int]
) -> None:
    article = ArticlePage.objects.get(pk=ids["short"])
    log_in(page, admin_client, live_server.url)
    address = reverse("wagtailadmin_pages:edit", args=[article.pk])
    page.goto(f"{live_server.url}{address}")

    def publish() -> None:
        page.get_by_role("button", name="More actions").first.click()
        page.get_by_role("button", name="Publish").first.click()

    title = page.locator("#id_title")
    page.evaluate(PASTE, ["#id_title", "Penal Code \u202e1473"])
    page.evaluate(PASTE, ["#id_summary", "One\x0btwo"])
    publish()
    error = page.locator("[data-contentpath=title] .w-field__errors")
    expect(error).to_contain_text("U+202E, after “Penal Code”")
    expect(title).to_have_value("Penal Code \u202e1473")
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        box = error.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width
    assert ArticlePage.objects.get(pk=article.pk).title == "Short"

    page.evaluate(PASTE, ["#id_title", "Two lines\x0bfrom slides"])
    publish()
    expect(page.locator(".messages .success")).to_contain_text("published")
    stored = ArticlePage.objects.get(pk=article.pk)
    assert (stored.title, stored.summary) == ("Two lines from slides", "One\ntwo")
    feed = page.request.get(f"{live_server.url}/articles/feed/")
    assert feed.status == 200
    assert "Two lines from slides" in feed.text()
    assert Topic.objects.count() == 2
