"""What to read next: an editor's choice, or what shares the topics; public only."""

from __future__ import annotations

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale, PageViewRestriction, ReferenceIndex

from cms.articles.models import RelatedArticle
from cms.articles.related import AT_ONCE

from .factories import ArticleFactory, publish


@pytest.fixture
def article(small_site):
    """An article about two topics, beside those of the site."""

    def make(title, *topics):
        article = ArticleFactory(parent=small_site.index, title=title)
        article.topics.add(*topics)
        return publish(article)

    make.main = make("Main", "Firearms", "Green card")
    return make


def named(client, page):
    html = BeautifulSoup(client.get(page.url).content, "html.parser")
    return [title.get_text() for title in html.select(".related h3")]


def test_articles_that_share_most_topics_come_first(client, small_site, article):
    assert named(client, article.main) == ["Full", "Short"]
    newest = article("Newest", "Firearms")
    article("Else", "Travel")
    assert named(client, article.main) == ["Full", "Newest", "Short"]
    article("Both", "Green card", "Firearms")
    assert named(client, article.main) == ["Both", "Full", "Newest"]
    # Nothing that not everybody may read, at once.
    newest.unpublish()
    PageViewRestriction.objects.create(
        page=small_site.full, restriction_type=PageViewRestriction.LOGIN
    )
    assert named(client, article.main) == ["Both", "Short"]
    past = timezone.now() - dt.timedelta(hours=1)
    type(small_site.short).objects.filter(title="Both").update(expire_at=past)
    assert named(client, article.main) == ["Short"]


def test_however_many_nobody_may_read_the_others_are_found(client, small_site, article):
    closed = [
        article(f"Closed {number}", "Firearms", "Green card") for number in range(3)
    ]
    for number in range(2 * AT_ONCE):
        slug = f"closed-copy-{number}"
        closed.append(closed[0].copy(update_attrs={"slug": slug}, keep_live=True))
    assert named(client, article.main)[0].startswith("Closed")
    for page in closed:
        PageViewRestriction.objects.create(
            page=page.page_ptr, restriction_type=PageViewRestriction.LOGIN
        )
    assert named(client, article.main) == ["Full", "Short"]


def test_an_editor_chooses_which_and_in_which_order(
    client, small_site, article, admin_user
):
    far = article("Far", "Travel")
    main = article.main
    main.related_links = [
        RelatedArticle(to=far, sort_order=0),
        RelatedArticle(to=small_site.short, sort_order=1),
    ]
    main = publish(main)
    assert named(client, main) == ["Far", "Short"]
    # The editor sees the choice, and what chooses an article knows of it.
    client.force_login(admin_user)
    editor = client.get(f"/admin/pages/{main.pk}/edit/").content.decode()
    assert "Read next" in editor
    assert ReferenceIndex.objects.filter(to_object_id=str(far.pk)).exists()
    far.unpublish()
    assert named(client, main) == ["Short"]


def test_a_translation_leads_to_translations(client, small_site, article):
    spanish, _made = Locale.objects.get_or_create(language_code="es")
    main = article.main
    main.related_links = [RelatedArticle(to=small_site.short)]
    main = publish(main)
    publish(small_site.home.copy_for_translation(spanish))
    publish(small_site.index.copy_for_translation(spanish))
    own = publish(main.copy_for_translation(spanish))
    assert named(client, own) == []
    short = small_site.short.copy_for_translation(spanish)
    short.title = "Corto"
    publish(short)
    assert named(client, own) == ["Corto"]
    assert named(client, main) == ["Short"]


def test_it_costs_a_fixed_number_of_queries(
    client, small_site, article, django_assert_num_queries
):
    client.get(article.main.url)
    with CaptureQueriesContext(connection) as before:
        client.get(article.main.url)
    count = len(before)
    for number in range(5):
        article(f"More {number}", "Firearms")
    client.get(article.main.url)
    with django_assert_num_queries(count):
        client.get(article.main.url)
