"""The whole site with a screener in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axes.utils import reset
from django.test import Client
from wagtail.models import Site

from cms.articles.models import ArticlePage
from screening_block.models import Screener
from screening_block.packs.load import load_pack
from tests.cms.conftest import build_site
from tests.screening_block import small


def build() -> dict[str, int]:
    made = build_site()
    root = Site.objects.get(is_default_site=True).root_page
    screener = load_pack("small_pack", small.release(), root).screener
    assert screener is not None
    return made | {"screener": screener.pk}


class World:
    """An editor's browser, a visitor's, and what they work on."""

    def __init__(self, ids: dict[str, int], editor: Client):
        self.ids = ids
        self.editor = editor
        self.visitor = Client(raise_request_exception=False)
        self.forms: dict[str, Any] = {}

    @property
    def article(self) -> ArticlePage:
        page = ArticlePage.objects.get(pk=self.ids["short"])
        return page.get_latest_revision_as_object()

    @property
    def screener(self) -> Screener:
        page = Screener.objects.get(pk=self.ids["screener"])
        return page.get_latest_revision_as_object()


@pytest.fixture(scope="module")
def ids(fill: Callable) -> dict[str, int]:
    return fill("site with a screener", build)


@pytest.fixture
def world(ids: dict[str, int], db: None, admin_user: Any) -> Iterator[World]:
    editor = Client(raise_request_exception=False)
    editor.force_login(admin_user)
    yield World(ids, editor)
    reset()
