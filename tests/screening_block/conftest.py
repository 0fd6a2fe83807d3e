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


@pytest.fixture
def screener(root) -> Screener:
    report = load("small_pack", small.release(), root)
    return Screener.objects.get(pk=report.screener.pk)


@pytest.fixture
def editor(client, django_user_model):
    user = django_user_model.objects.create_superuser("editor", "e@example.org", "x")
    client.force_login(user)
    return client
