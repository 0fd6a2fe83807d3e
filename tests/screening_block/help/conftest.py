"""Everything here happens on one day."""

import pytest
from django.utils import timezone

from .entries import TODAY


@pytest.fixture(autouse=True)
def day(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)
