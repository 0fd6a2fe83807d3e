"""Six invented people: what they read first, and how much, with script and without.

Each is walked through the running site on a phone 360 pixels wide.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from screening_block import engine
from screening_block.models import Release
from tests.browser.widget.conftest import tab  # noqa: F401 - fixture
from tests.california_firearms.measured import (
    KEY,
    PHONE,
    Read,
    go_with_script,
    go_without_script,
    pages_of,
    read,
    sheet_pages,
)
from tests.california_firearms.six import SIX
from tests.screening_block.help.entries import make_entry

pytestmark = pytest.mark.browser
#: Words that anybody reads; pages of the sheet of whoever is not sure of anything.
MOST_WORDS, UNSURE_PAGES = 600, 2
#: Ten screens of the phone.
MOST_PIXELS = 10 * PHONE["height"]
WAYS = ("script", "form")
COURT_LIST = "https://example.org/list"


@pytest.fixture
def release(law_rows: None, db: None) -> engine.Release:
    for number in range(10):
        # As many as a directory has: they must not drown the result.
        make_entry(f"line_{number}", name=f"Line {number}", subjects=["immigration"])
    make_entry("held", name="Held line", subjects=["detention"], phones="213-555-0199")
    court = ["immigration_court", "find_a_lawyer"]
    make_entry("list", name="List", subjects=court, phones="", url=COURT_LIST)
    make_entry("case", name="Case line", subjects=["court_dates"], order=1)
    current = Release.current(KEY)
    assert current is not None
    return current.load()


class Seen(NamedTuple):
    """What a person read of the result, and the pages of the sheet for a lawyer."""

    found: Read
    sheet: list[Any]


@pytest.fixture(scope="module")
def walks() -> dict[tuple[str, str], Seen]:
    """Every person goes each way once for all tests below."""
    return {}


@pytest.fixture
def go(
    live_server: Any,
    release: engine.Release,
    tab: Callable[..., Any],  # noqa: F811
    walks: dict[tuple[str, str], Seen],
) -> Callable[[str, str], Seen]:
    def walk(name: str, way: str) -> Seen:
        page = tab(viewport=PHONE, java_script_enabled=way == "script")
        walk = go_with_script if way == "script" else go_without_script
        walk(page, f"{live_server.url}/screeners/{KEY}/", release, SIX[name].answers)
        found = read(page)
        sheet = sheet_pages(page) if way == "script" else pages_of(page)
        page.context.close()
        return Seen(found, sheet)

    def go(name: str, way: str) -> Seen:
        if (name, way) not in walks:
            walks[name, way] = walk(name, way)
        return walks[name, way]

    return go


def test_both_ways_say_the_same_in_the_same_order(go: Callable[..., Any]) -> None:
    for name in SIX:
        with_script, without = (go(name, way).found for way in WAYS)
        for part in ("short", "open", "shown", "groups", "calls"):
            assert getattr(with_script, part) == getattr(without, part), (name, part)


@pytest.mark.parametrize("way", WAYS)
def test_who_is_named_helps_with_what_is_said_first(
    go: Callable[..., Any], way: str
) -> None:
    held = go("José", way).found
    assert held.open[0] == "Get an immigration lawyer now"
    # In short, and in that finding; ICE may hold him: there a number for that.
    assert held.calls[:2] == [["List", COURT_LIST]] * 2
    assert ["Held line", "tel:+12135550199"] in held.calls
    for name in ("Maria", "Chen", "Rosa"):
        assert go(name, way).found.calls[0][0] == "Line 0", name


@pytest.mark.parametrize("way", WAYS)
def test_whoever_is_not_sure_of_anything_has_little_to_read(
    go: Callable[..., Any], way: str
) -> None:
    found, sheet = go("Rosa", way)
    assert found.words <= MOST_WORDS
    assert len(found.short) >= 2
    assert found.numbers >= 1, "a number to call"
    screens = found.second
    for line in found.short:
        assert line in screens
    assert "What is your immigration status today?" in screens
    assert len(sheet) <= UNSURE_PAGES


@pytest.mark.parametrize("way", WAYS)
def test_the_gravest_is_said_first(go: Callable[..., Any], way: str) -> None:
    found = go("Chen", way).found
    assert "that can be used to question your citizenship" in " ".join(found.short)
    assert "Your citizenship could be challenged in court" in found.open[:2]


@pytest.mark.parametrize("name", SIX)
def test_everybody_is_told_of_a_lawyer_at_once_and_takes_one_page_along(
    go: Callable[..., Any], name: str
) -> None:
    for way in WAYS:
        found, sheet = go(name, way)
        assert found.words <= MOST_WORDS, way
        assert found.height <= MOST_PIXELS, way
        assert re.search("lawyer|legal a", found.first), way
        if name != "Rosa":
            assert len(sheet) == 1, way
