"""What was worked out is kept for one content version, and no longer than it holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from plugins import freshness


class Moment:
    def __init__(self, end: float = 1_000) -> None:
        self.kept: dict[Hashable, tuple[float, Any]] = {}
        self.end = end


class Clock:
    def __init__(self) -> None:
        self.moment: Moment | None = Moment()
        self.time = 0.0

    def read(self) -> Moment | None:
        return self.moment

    def now(self) -> float:
        return self.time


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    clock = Clock()
    monkeypatch.setattr(freshness, "_clock", clock)
    return clock


class Maker:
    def __init__(self, *also: Any) -> None:
        self.times, self.also = 0, also

    def __call__(self) -> int:
        self.times += 1
        for act in self.also:
            act()
        return self.times


def test_it_is_worked_out_once_a_version(clock: Clock) -> None:
    make = Maker()
    assert [freshness.remember("a", make) for _time in range(3)] == [1, 1, 1]
    assert freshness.remember("b", make) == 2
    clock.moment = Moment()
    assert [freshness.remember("a", make) for _time in range(2)] == [3, 3]
    clock.moment = None
    assert [freshness.remember("a", make) for _time in range(2)] == [4, 5]


def test_what_a_change_overtook_is_given_and_not_kept(clock: Clock) -> None:
    overtaken = Maker(lambda: setattr(clock, "moment", Moment()))
    assert [freshness.remember("a", overtaken) for _time in range(2)] == [1, 2]


def test_it_ends_when_the_clock_says_so_for_whoever_uses_it_too(clock: Clock) -> None:
    make = Maker(lambda: freshness.keep_until(10.0))
    with freshness.collect_ends() as first:
        assert freshness.remember("a", make) == 1
    clock.time = 9.9
    with freshness.collect_ends() as second:
        assert freshness.remember("a", make) == 1
    assert first.first == second.first == 10.0
    clock.time = 10.0
    assert freshness.remember("a", make) == 2
    never = Maker(freshness.keep_not)
    assert [freshness.remember("n", never) for _time in range(2)] == [1, 2]
    clock.time = 2_000
    assert freshness.remember("old", Maker()) == 1
    assert freshness.remember("old", Maker(clock.read, clock.read)) == 1


@pytest.mark.django_db
def test_within_a_transaction_nothing_is_kept(clock: Clock) -> None:
    make = Maker()
    with transaction.atomic():
        assert [freshness.remember("a", make) for _time in range(2)] == [1, 2]


@pytest.mark.parametrize(
    ("zone", "now", "then"),
    [
        ("America/Los_Angeles", "2026-11-30T23:59:59-08:00", "2026-12-01T00:00-08:00"),
        ("America/Los_Angeles", "2026-03-07T12:00:00-08:00", "2026-03-08T00:00-08:00"),
        # In a night without a midnight the day begins an hour later.
        ("America/Santiago", "2026-09-05T12:00:00-04:00", "2026-09-06T01:00-03:00"),
        ("Asia/Tokyo", "2026-12-31T23:00:00+09:00", "2027-01-01T00:00+09:00"),
    ],
)
def test_a_day_ends_when_the_next_begins_there(zone: str, now: str, then: str) -> None:
    stamp = dt.datetime.fromisoformat(now).timestamp()
    end = freshness.next_day(zone, stamp)
    assert end == dt.datetime.fromisoformat(then).timestamp()
    here = ZoneInfo(zone)
    days = [dt.datetime.fromtimestamp(s, here).date() for s in (end - 1, end)]
    assert days[1] - days[0] == dt.timedelta(days=1)
