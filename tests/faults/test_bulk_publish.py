"""Publishing from outside of a form: the broken one stays a draft, the others go."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from cms.articles.models import ArticlePage
from cms.home.models import StandardPage
from screening_block.models import Publication, Release, Screener
from tests.cms.factories import block

pytestmark = pytest.mark.django_db


def draft(parent, kind=StandardPage, **fields):
    page = parent.add_child(instance=kind(live=False, **fields))
    page.save_revision()
    return page


@pytest.fixture
def broken(screener, root) -> Screener:
    """A draft that names a fact there is not."""
    page = draft(root, Screener, title="Broken", slug="broken", key="broken")
    page.findings = [
        {
            "type": "finding",
            "value": {
                "key": "bad",
                "group": "risk",
                "severity": "high",
                "heading": "Bad",
                "body": "Bad.",
                "status": "verified",
                "applies_when": {"op": "fact", "fact": "nobody"},
            },
        }
    ]
    page.save_revision()
    return page


def publish(editor, *pages, descendants=False):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    asked = "&".join(f"id={page.pk}" for page in pages)
    data = {"include_descendants": "on"} if descendants else {}
    return editor.post(f"{url}?{asked}&next=/admin/", data, follow=True)


def live(page) -> bool:
    return Page.objects.get(pk=page.pk).live


def test_the_others_go_live_and_the_broken_one_is_named(editor, root, broken):
    good, last = (draft(root, title=t, slug=t.lower()) for t in ("Good", "Last"))
    answer = publish(editor, good, broken, last)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "2 pages have been published" in text
    assert "Broken" in text and "nobody" in text and "fix this first" in text
    assert reverse("wagtailadmin_pages:edit", args=[broken.pk]) in text
    assert live(good) and live(last) and not live(broken)
    assert Release.current("broken") is None
    assert not Publication.objects.filter(screener_key="broken").exists()


def test_only_broken_ones_say_nothing_of_success(editor, broken):
    text = publish(editor, broken).content.decode()
    assert "Broken" in text and "published</li>" not in text
    assert "have been published" not in text and not live(broken)


def test_a_live_screener_stays_as_it_was_beside_its_broken_draft(
    editor, root, screener
):
    before = Release.current("small").pk
    page = Screener.objects.get(pk=screener.pk)
    page.facts = []
    page.save_revision()
    good = draft(root, title="Good", slug="good")
    text = publish(editor, page, good).content.decode()
    assert "Small screener" in text and "noncitizen" in text
    assert Release.current("small").pk == before
    assert Screener.objects.get(pk=screener.pk).live and live(good)


def test_drafts_below_the_chosen_page_are_each_asked(editor, root, broken):
    section = draft(root, title="Section", slug="section")
    below = [draft(section, title=f"N {n}", slug=f"n-{n}") for n in range(2)]
    Page.objects.get(pk=broken.pk).move(section, pos="last-child")
    text = publish(editor, section, descendants=True).content.decode()
    assert "1 page and 2 child pages have been published" in text
    assert "Broken" in text
    assert live(section) and all(map(live, below)) and not live(broken)


UNFINISHED = {
    "a heading without words": block("heading", {"text": ""}),
    "a quotation of nothing": block(
        "law_quotation",
        {"quote": "", "citation": "", "url": "", "status": "verified"},
    ),
    "a picture that is none": block(
        "image",
        {"image": {"image": None, "decorative": False, "alt_text": ""}, "caption": ""},
    ),
}


@pytest.mark.parametrize("what", UNFINISHED)
def test_an_article_that_is_not_complete_stays_a_draft(editor, small_site, what):
    article = draft(small_site.index, ArticlePage, title="Half", slug="half")
    article.body = [UNFINISHED[what]]
    article.save_revision()
    text = publish(editor, article).content.decode()
    assert not live(article)
    assert "Half" in text and "incomplete" in text


def with_a_slug_that_is_taken_since(index, title):
    """A draft that was right when it was saved."""
    page = draft(index, ArticlePage, title=title, slug=title.lower())
    page.slug = "wanted"
    page.save_revision()
    index.add_child(instance=ArticlePage(title="Faster", slug="wanted"))
    return page


def test_a_field_that_is_wrong_is_named(editor, small_site):
    article = with_a_slug_that_is_taken_since(small_site.index, "Slow")
    text = publish(editor, article).content.decode()
    assert "Slug: " in text and "already in use" in text and not live(article)


def test_whole_articles_are_published_as_ever(editor, small_site):
    full = ArticlePage.objects.get(pk=small_site.full.pk)
    full.title = "Fuller"
    full.save_revision()
    text = publish(editor, full, small_site.short).content.decode()
    assert "2 pages have been published" in text
    assert ArticlePage.objects.get(pk=full.pk).title == "Fuller"


def test_code_that_publishes_several_hears_of_the_first_refusal(broken):
    from screening_block.review.bulk_publish_views import PublishEachAction

    with pytest.raises(ValidationError):
        PublishEachAction.execute_action([broken])


def test_a_plan_that_cannot_be_kept_stops_no_other_plan(small_site, editor):
    past = timezone.now() - dt.timedelta(hours=1)
    bad = with_a_slug_that_is_taken_since(small_site.index, "Bad")
    good = draft(small_site.index, ArticlePage, title="Good", slug="good")
    for page in (bad, good):
        revision = page.get_latest_revision()
        revision.approved_go_live_at = past
        revision.save()
    call_command("publish_scheduled")
    assert live(good) and not live(bad)
    assert not bad.revisions.filter(approved_go_live_at__isnull=False).exists()
    home = editor.get(reverse("wagtailadmin_home")).content.decode()
    assert "Not published as scheduled" in home and "already in use" in home
