"""A share of the walk over every view; `benchmarks/faults.py` goes the whole way."""

from __future__ import annotations

import logging
from io import StringIO

import pytest
from django.http import HttpRequest
from django.urls import clear_url_caches, path

from cms import urls

from .addresses import addresses
from .content import make_content
from .walk import Walk, report


@pytest.fixture(scope="module")
def content(fill) -> None:
    fill("walk", lambda: make_content(demo=False))


@pytest.mark.slow
def test_no_request_over_a_third_of_the_views_ends_in_a_fault_of_ours(
    content, db, caplog
):
    """Every third one; the test below opens all, and the benchmark asks all."""
    caplog.set_level(logging.CRITICAL)
    seeds = range(0, len(addresses()), 3)
    walking = Walk()
    try:
        done = walking.run(seeds)
    finally:
        walking.close()
    told = StringIO()
    report(done, told)
    assert not done.faults, told.getvalue()
    assert len(done.patterns) == done.requests == len(seeds), "it went everywhere"


@pytest.mark.slow
def test_every_page_there_is_can_be_opened(content, db, caplog):
    caplog.set_level(logging.CRITICAL)
    walking = Walk()
    done = walking.visit()
    walking.close()
    told = StringIO()
    report(done, told)
    assert not done.faults, told.getvalue()
    assert done.statuses[200] > 150, told.getvalue()


@pytest.mark.once
def test_the_walk_sees_a_fault(content, db, monkeypatch, caplog):
    caplog.set_level(logging.CRITICAL)

    def broken(request: HttpRequest) -> None:
        raise RuntimeError("of ours")

    monkeypatch.setattr(
        urls, "urlpatterns", [path("broken/", broken), *urls.urlpatterns]
    )
    clear_url_caches()
    try:
        walking = Walk("/broken/")
        done = walking.run(range(3))
        walking.close()
    finally:
        monkeypatch.undo()
        clear_url_caches()
    assert [fault.error for fault in done.faults] == ["RuntimeError: of ours"] * 3


def test_every_pattern_of_the_resolver_is_walked():
    templates = {address.template for address in addresses()}
    assert len(templates) > 300
    for some in (
        "/admin/pages/%(page_id)s/edit/",
        "/admin/bulk/%(app_label)s/%(model_name)s/%(action)s/",
        "/admin/snippets/screening_block/chart/rows/%(pk)s/act/",
        "/api/v1/screeners/%(key)s/evaluate/",
        "/es/screeners/%(key)s/",
        "/%(_0)s",
    ):
        assert some in templates
