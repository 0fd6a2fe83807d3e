"""The small screener, loaded and published."""

from __future__ import annotations

import pytest
from wagtail.models import Site

from screening_block.authoring.load import load
from screening_block.models import Screener

from . import small


@pytest.fixture
def root(db):
    return Site.objects.get(is_default_site=True).root_page


def load_small():
    root = Site.objects.get(is_default_site=True).root_page
    return load("small_pack", small.release(), root).screener.pk


@pytest.fixture(scope="module")
def small_pack(shared_rows) -> int:
    """Id of the screener, loaded once for a module."""
    return shared_rows(load_small)


@pytest.fixture
def screener(small_pack, db) -> Screener:
    return Screener.objects.get(pk=small_pack)


@pytest.fixture
def editor(client, django_user_model):
    user = django_user_model.objects.create_superuser("editor", "e@example.org", "x")
    client.force_login(user)
    return client
