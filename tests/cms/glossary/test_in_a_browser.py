"""Words explained as a reader meets them, and as an editor writes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from wagtail.models import Locale

from cms.articles.models import ArticlePage
from cms.glossary.models import Term
from tests.accessibility import check
from tests.cms.factories import block, make_term, publish
from tests.screening_block.conftest import log_in

ARTICLE, SPANISH = "/articles/short/", "/es/articles/corto/"
LONG = "crime involving moral turpitude"
TEXT = (
    "<p>At the beginning of a line there is a plea, and then a "
    f"{LONG} that is long enough to go on in the next line, with a "
    '<a linktype="page" id="{link}">link to another page</a> below.</p>'
)
FILLER = f"<p>{'Words and more words. ' * 90}</p>"
#: The boxes that lie over any line of the word.
OVER = """(word, box) => [...word.getClientRects()].some((line) => {
  const over = box.getBoundingClientRect();
  return over.top < line.bottom && over.bottom > line.top
    && over.left < line.right && over.right > line.left;
})"""


@pytest.fixture
def served(live_server: Any, small_site: Any) -> str:
    site = small_site.site
    site.hostname, port = live_server.url.removeprefix("http://").split(":")
    site.port = int(port)
    site.save()
    plea = make_term("plea", explanation="An answer to a charge.", citation="A law")
    make_term(LONG, explanation="A group of crimes.")
    make_term("bond", explanation="Money that is paid.")
    text = TEXT.replace("{link}", str(small_site.privacy.pk))
    last = block("text", "<p>At the end there is a bond.</p>")
    short = small_site.short
    short.body = [block("text", text), block("text", FILLER), last]
    short = publish(short)
    spanish = Locale.objects.create(language_code="es")
    for page in (small_site.home, small_site.index):
        publish(page.copy_for_translation(spanish))
    make_term(
        "declaración",
        explanation="La respuesta a un cargo.",
        locale=spanish,
        translation_key=plea.translation_key,
    )
    other = short.copy_for_translation(spanish)
    other.title, other.slug, other.summary = "Corto", "corto", "En pocas palabras."
    other.body = [block("text", "<p>Una declaración ante la corte.</p>")]
    publish(other)
    url: str = live_server.url
    return url


def opened(page: Page) -> Any:
    return page.locator(".explanation:popover-open")


@pytest.mark.parametrize("width", [360, 1280])
def test_a_word_opens_its_explanation_beside_it(
    new_context: Callable, served: str, width: int
) -> None:
    size = {"width": width, "height": 640}
    page = new_context(base_url=served, viewport=size, has_touch=True).new_page()
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(ARTICLE)
    for name in ("plea", LONG, "bond"):
        word = page.get_by_role("link", name=name, exact=True)
        word.scroll_into_view_if_needed()
        assert word.evaluate("e => e.getBoundingClientRect().height") >= 43
        word.tap()
        box = opened(page)
        expect(box).to_be_visible()
        expect(word).to_have_attribute("aria-expanded", "true")
        assert not word.evaluate(OVER, box.element_handle())
        place = box.bounding_box()
        assert place["x"] >= 15 and place["x"] + place["width"] <= width - 15
        for way in box.locator("a, button").all():
            assert way.bounding_box()["height"] >= 44
        # Pressed again, the word closes it.
        word.tap()
        expect(box).to_have_count(0)
        expect(word).to_have_attribute("aria-expanded", "false")
    # So does its button, a press elsewhere, and the next word.
    page.get_by_role("link", name="plea").tap()
    opened(page).get_by_role("button", name="Close").tap()
    expect(opened(page)).to_have_count(0)
    page.get_by_role("link", name="plea").tap()
    page.get_by_role("link", name=LONG).tap()
    expect(opened(page)).to_have_count(1)
    expect(opened(page)).to_contain_text("A group of crimes.")
    page.keyboard.press("Escape")
    # The link beside a word is its own, though the word is as high as a finger.
    page.locator(".prose a", has_text="link to another").first.tap()
    expect(page).to_have_url(f"{served}/privacy/")
    assert faults == []


def test_a_keyboard_opens_reads_and_leaves_it(
    new_context: Callable, served: str
) -> None:
    page = new_context(base_url=served).new_page()
    page.goto(ARTICLE)
    word = page.get_by_role("link", name="plea")
    word.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Plea")
    expect(dialog).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(word).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="See the glossary")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Close")).to_be_focused()
    # After the last of it the next thing of the text has its turn.
    page.keyboard.press("Tab")
    expect(opened(page)).to_have_count(0)
    expect(page.get_by_role("link", name=LONG)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(word).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    expect(opened(page)).to_have_count(0)
    expect(word).to_be_focused()
    page.keyboard.press("Enter")
    check(page, "an explanation")
    page.get_by_role("link", name="See the glossary").click()
    expect(page).to_have_url(f"{served}/glossary/#term-plea")
    expect(page.locator(".entry-term:target h3")).to_have_text("Plea")
    check(page, "the glossary")
    # The same in Spanish, with the English word beside it.
    page.goto(SPANISH)
    page.get_by_role("link", name="declaración").click()
    expect(opened(page).locator("[lang=en]")).to_have_text("plea")
    check(page, "a Spanish explanation")
    page.get_by_role("link", name="Ver el glosario").click()
    check(page, "the Spanish glossary")


def test_without_script_a_word_leads_to_the_glossary_and_paper_has_it_all(
    new_context: Callable, served: str
) -> None:
    for options in ({"java_script_enabled": False}, {}):
        page = new_context(base_url=served, **options).new_page()
        # As in a browser that has no popovers.
        page.add_init_script("delete HTMLElement.prototype.popover")
        page.goto(ARTICLE)
        expect(page.locator(".explanation").first).to_be_hidden()
        expect(page.get_by_text("Words explained")).to_be_hidden()
        page.get_by_role("link", name="plea").click()
        expect(page).to_have_url(f"{served}/glossary/#term-plea")
        expect(page.locator(".entry-term:target")).to_contain_text("An answer to")
    page.goto(ARTICLE)
    page.emulate_media(media="print")
    expect(page.get_by_text("Words explained")).to_be_visible()
    told = page.locator(".explanation")
    expect(told).to_have_count(3)
    for one in told.all():
        expect(one).to_be_visible()
        expect(one.get_by_role("link")).to_have_count(0)
    expect(page.locator("a.term").first).to_have_css("text-decoration-line", "none")


def test_an_editor_writes_a_term_and_readers_can_open_it(
    new_context: Callable, served: str, admin_client: Any
) -> None:
    visitor = new_context(base_url=served).new_page()
    visitor.goto(ARTICLE)
    expect(visitor.locator("a.term", has_text="line")).to_have_count(0)
    editor = new_context(base_url=served, viewport={"width": 1400, "height": 1000})
    page = editor.new_page()
    log_in(page, admin_client, served)
    page.goto("/admin/")
    page.get_by_role("link", name="Glossary").click()
    page.get_by_role("link", name="Add term").first.click()
    page.locator("#id_name").fill("plea")
    page.locator("#id_forms").fill("line")
    page.locator("#id_explanation").fill("Words that stand beside each other.")
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".error-message").first).to_contain_text("“plea” belongs to")
    page.locator("#id_name").fill("row")
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messages .success")).to_be_visible()
    page.goto(page.url)
    page.get_by_role("button", name="Toggle preview").click()
    shown = page.frame_locator("iframe[title='Preview']").first
    expect(shown.locator(".entry-term h3")).to_have_text("Row")
    page.get_by_label("Preview mode").select_option("in_place")
    shown.get_by_role("link", name="row").click()
    expect(shown.locator(".explanation:popover-open")).to_contain_text("Words that")
    visitor.reload()
    expect(visitor.locator("a.term", has_text="line")).to_have_count(0)
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".messages .success")).to_be_visible()
    visitor.reload()
    visitor.get_by_role("link", name="line", exact=True).click()
    expect(opened(visitor)).to_contain_text("Words that stand beside each other.")
    # One page can do without.
    assert Term.objects.get(name="row").live
    article = ArticlePage.objects.get(slug="short")
    page.goto(f"/admin/pages/{article.pk}/edit/#tab-promote")
    page.get_by_label("Explain glossary terms").uncheck()
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".messages .success")).to_be_visible()
    visitor.reload()
    expect(visitor.locator("a.term")).to_have_count(0)
