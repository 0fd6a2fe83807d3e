"""After any change, by any way of writing, the next request shows it.

Fifty changes with a fixed seed; `benchmarks/freshness.py` makes a thousand and asks
four processes.
"""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler

from cms.freshness import version
from cms.freshness.layer import KeepingHandler
from tests.recorded.test_recorded import make_content

from . import changes
from .asking import ask, ask_anew

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module", autouse=True)
def content(fill: Any) -> None:
    fill("recorded", make_content)


class Counting(KeepingHandler):
    """Counts the answers that were kept."""

    answered = 0

    def _make_answer(self, *args: Any) -> Any:
        type(self).answered += 1
        return super()._make_answer(*args)


def test_no_change_is_missed_and_nothing_private_shown(settings: Any) -> None:
    settings.PAGES_KEPT_MB = 8
    random, django, kept = Random(11), WSGIHandler(), Counting()
    once = [*changes.QUICK, *changes.SLOW]
    random.shuffle(once)
    watched = ["/articles/", "/"]
    for number, change in enumerate([*once, *random.choices(changes.QUICK, k=16)]):
        # What was answered after the last change is what could be stale now.
        change(random)
        for address in watched:
            now = ask(kept, address)
            right = ask_anew(django, address)
            said = f"{number} {change.__name__} {address}"
            assert now.status == right.status, said
            same = changes.comparable(now.body) == changes.comparable(right.body)
            assert same, said
            assert changes.PRIVATE.encode() not in now.body, said
        watched[number % 2] = random.choice(changes.list_addresses())
        ask(kept, watched[number % 2])
    assert number >= 49
    assert kept.answered > number
    version.clock.close()
