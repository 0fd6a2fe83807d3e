"""A link shows one draft to whoever has it, for a while, and nothing else."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core import signing
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from cms.articles.models import ArticlePage
from cms.previews.admin_views import links_url
from cms.previews.models import SALT, DraftLink
from screening_block.models import Screener
from screening_block.roles import EDITOR
from tests.recorded.test_recorded import make_content

DRAFTED = "A title that only the draft has"


@pytest.fixture(scope="module")
def rows(fill: Callable[..., Any]) -> None:
    fill("recorded", make_content)


@pytest.fixture
def article(rows: None, db: None) -> ArticlePage:
    page = ArticlePage.objects.get(slug="full")
    page.title = DRAFTED
    page.save_revision()
    return page


def link_to(page: Page, days: float = 1) -> DraftLink:
    ends = timezone.now() + dt.timedelta(days=days)
    return DraftLink.objects.create(page=page, ends_at=ends)


def both(token: str) -> list[str]:
    return [reverse("draft", args=[token]), reverse("api-preview", args=[token])]


def test_the_draft_is_shown_as_it_is_now_and_kept_by_nobody(
    client: Client, article: ArticlePage
) -> None:
    link = link_to(article)
    page, told = (client.get(address) for address in both(link.token))
    assert DRAFTED in page.content.decode()
    assert "this is not published" in page.content.decode()
    body = told.json()
    assert body["draft"] is True
    assert body["article"]["title"] == DRAFTED
    public = client.get(f"/api/v1/articles/{article.slug}/").json()
    assert public["title"] != DRAFTED
    assert set(body["article"]) == set(public)
    article.title = "Changed once more"
    article.save_revision()
    for address in both(link.token):
        answer = client.get(address)
        assert "Changed once more" in answer.content.decode()
        assert answer["Cache-Control"] == "no-store, private"
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["X-Frame-Options"] == "DENY"
        assert answer.cookies == {}
        assert client.post(address).status_code in (403, 405)


def test_a_page_that_was_never_published_can_be_shown(
    client: Client, article: ArticlePage
) -> None:
    article.unpublish()
    assert client.get(article.url).status_code == 404
    for address in both(link_to(article).token):
        assert client.get(address).status_code == 200


def test_no_link_and_one_that_ended_are_told_the_same(
    client: Client, article: ArticlePage
) -> None:
    ended, withdrawn, fine = link_to(article, -0.01), link_to(article), link_to(article)
    withdrawn.withdraw()
    made = signing.Signer(salt="another").sign(fine.pk.hex)
    nothing = signing.Signer(salt=SALT).sign("no id")
    deleted = link_to(article)
    gone = deleted.token
    deleted.delete()
    wrong = [ended.token, withdrawn.token, fine.pk.hex, fine.token + "x", made]
    said = set()
    for token in [*wrong, nothing, gone, "x" * 5000]:
        page, told = (client.get(address) for address in both(token))
        assert (page.status_code, told.status_code) == (404, 404)
        assert DRAFTED not in page.content.decode()
        said.add(json.dumps(told.json()["title"]))
    assert len(said) == 1


def test_a_link_opens_no_other_page(client: Client, article: ArticlePage) -> None:
    other = ArticlePage.objects.exclude(pk=article.pk).live().first()
    assert other is not None
    other.title = "Another draft"
    other.save_revision()
    for address in both(link_to(article).token):
        assert "Another draft" not in client.get(address).content.decode()
    assert "Another draft" not in client.get(other.url).content.decode()


def test_a_screener_is_its_questions_and_its_release_as_drafted(
    client: Client, rows: None, db: None
) -> None:
    screener = Screener.objects.get(key="small")
    page, told = (client.get(address) for address in both(link_to(screener).token))
    assert page.status_code == 200
    release = told.json()["release"]
    live = client.get("/api/v1/screeners/small/").json()
    assert release["questions"] == live["questions"]


def test_a_draft_that_cannot_be_published_says_so(
    client: Client, rows: None, db: None
) -> None:
    screener = Screener.objects.get(key="small")
    screener.findings = []
    screener.facts = []
    screener.questions = []
    screener.save_revision(clean=False)
    told = client.get(both(link_to(screener).token)[1])
    assert told.status_code == 409
    assert told.json()["errors"][0]["code"] == "problems"


def test_editors_make_and_withdraw_links(client: Client, article: ArticlePage) -> None:
    call_command("create_roles", verbosity=0)
    editor = get_user_model().objects.create_user("ed", "ed@example.org", "pw")
    stranger = get_user_model().objects.create_user("no", "no@example.org", "pw")
    editor.groups.add(Group.objects.get(name=EDITOR))
    client.force_login(stranger)
    assert client.get(links_url(article)).status_code in (302, 403)
    assert client.post(links_url(article), {"days": "7"}).status_code in (302, 403)
    assert not DraftLink.objects.exists()
    client.force_login(editor)
    page = client.get(reverse("wagtailadmin_pages:edit", args=[article.pk]))
    assert links_url(article) in page.content.decode()
    assert client.post(links_url(article), {"days": "7000"}).status_code == 200
    assert not DraftLink.objects.exists()
    client.post(links_url(article), {"days": "7"})
    link = DraftLink.objects.get()
    assert link.made_by == editor
    listed = client.get(links_url(article)).content.decode()
    assert all(address in listed for address in both(link.token))
    visitor = Client()
    assert visitor.get(both(link.token)[0]).status_code == 200
    client.post(links_url(article), {"withdraw": link.pk.hex})
    assert visitor.get(both(link.token)[0]).status_code == 404
    assert both(link.token)[0] not in client.get(links_url(article)).content.decode()
