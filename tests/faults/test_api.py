"""A share of what schemathesis asks; `benchmarks/api_fuzz.py` asks far more."""

from __future__ import annotations

import logging

import pytest
from drf_spectacular.generators import SchemaGenerator

from .api_requests import ask
from .content import make_content

REQUESTS = 120


@pytest.fixture(scope="module")
def content(fill) -> None:
    fill("walk", lambda: make_content(demo=False))


@pytest.mark.slow
def test_no_request_of_any_operation_ends_in_a_fault(content, db, settings, caplog):
    caplog.set_level(logging.CRITICAL)
    settings.ALLOWED_HOSTS = ["*"]
    done = ask(REQUESTS, seed=1)
    assert not done.faults, done.faults[:3]
    assert done.requests >= REQUESTS
    assert {200, 400, 404} <= set(done.statuses), "right ones and wrong ones"
    described = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    operations = {
        f"{method.upper()} {path}"
        for path, item in described.items()
        for method in item
        if method in ("get", "post")
    }
    assert done.operations == operations
