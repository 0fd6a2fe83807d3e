"""The small screener, loaded and published."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from wagtail.models import Site

from screening_block.models import Screener
from screening_block.packs.load import load_pack

from . import small


@pytest.fixture
def root(db):
    return Site.objects.get(is_default_site=True).root_page


def load_small():
    root = Site.objects.get(is_default_site=True).root_page
    return load_pack("small_pack", small.release(), root).screener.pk


@pytest.fixture(scope="module")
def small_pack(fill) -> int:
    """Id of the screener, for all tests of a module."""
    return fill("small", load_small)


@pytest.fixture
def screener(small_pack, db) -> Screener:
    return Screener.objects.get(pk=small_pack)


def log_in(page: Any, client: Any, url: str) -> None:
    """Give a browser's page the session of a test client that is logged in."""
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": url}
    page.context.add_cookies([cookie])


@pytest.fixture
def editor(client, django_user_model):
    user = django_user_model.objects.create_superuser("editor", "e@example.org", "x")
    client.force_login(user)
    return client
