"""Fixtures for the whole suite, and the settings that browser tests need."""

import gc
import os
from collections import Counter
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

# Playwright keeps an event loop in this thread, and Django would then refuse to
# create the test database. Must be set before Django is.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import TransactionTestCase
from django.utils import translation
from playwright.sync_api import expect
from pytest_django.plugin import DjangoDbBlocker

from screening_block.publishing import remembered
from tests import cache_keys, whole_pages
from tests.chromium import launch_options
from tests.copies import Copies

# Milliseconds to wait for what a page is to show: a busy machine may need them.
expect.set_options(timeout=20_000)


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Mark what needs a browser or a database, and put the files in a quick order."""
    for item in items:
        names = getattr(item, "fixturenames", ())
        if "page" in names or "browser_page" in names or "live_server" in names:
            item.add_marker(pytest.mark.browser)
            commits = pytest.mark.django_db(transaction=True)
            item.add_marker(commits, append=False)
        if "db" in names or item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.database)
    yield
    items.sort(key=turn_of(items))


def turn_of(items: list[pytest.Item]) -> Callable[[pytest.Item], tuple[int, int]]:
    """When a test's file is due, for workers that take file after file.

    While the first one makes the database, the others do what needs none. Long files
    and those of many tests come early, so that no worker is left with one when the rest
    have finished.
    """
    tests = Counter(item.path for item in items)
    marks: dict[Path, set[str]] = {}
    for item in items:
        found = marks.setdefault(item.path, set())
        found.update(mark.name for mark in item.iter_markers())
    first = next((path for path, found in marks.items() if "database" in found), None)

    def turn(item: pytest.Item) -> tuple[int, int]:
        found, fewer = marks[item.path], -tests[item.path]
        if item.path == first:
            return 0, 0
        if "database" not in found:
            return 1, fewer
        return (2 if found & {"browser", "slow"} else 3), fewer

    return turn


# Look seldom for garbage, and never among what lives as long as the run.
gc.set_threshold(50_000, 20, 50)


def pytest_collection_finish() -> None:
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def whole_pages_only(django_test_environment: None) -> Iterator[None]:
    """See `tests/whole_pages.py`."""
    with pytest.MonkeyPatch.context() as patch:
        whole_pages.install(patch)
        yield


@pytest.fixture(scope="session")
def copies(
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
    worker_id: str,
) -> Iterator[Copies]:
    """This worker's copies of the databases that are made once for all."""
    folder, run = tmp_path_factory.getbasetemp(), os.getpid()
    if worker_id != "master":
        folder, run = folder.parent, os.getppid()
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        copies = Copies(folder, run, worker_id)
        # Instead of deleting every row, which takes far longer.
        patch.setattr(
            TransactionTestCase, "_fixture_teardown", lambda self: copies.spoilt()
        )
        with django_db_blocker.block():
            yield copies
        copies.close()


@pytest.fixture(scope="session")
def django_db_setup(copies: Copies) -> None:
    """Databases come from `copies`."""


@pytest.fixture
def fresh_copy(copies: Copies, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        copies.ready()


@pytest.fixture
def _django_db_helper(fresh_copy: None, _django_db_helper: None) -> None:
    """Django's test case begins in a database that nobody wrote into."""


@pytest.fixture(scope="module")
def fill(copies: Copies, django_db_blocker: DjangoDbBlocker) -> Iterator[Callable]:
    """Makes rows that all tests of a module find: ``fill(name, make)``.

    It gives what ``make()`` gives, as JSON. Rows of a name are made once in a run, so
    the name stands for the same rows everywhere. They are added to what this module has
    filled in before.
    """

    def made(name: str, make: Callable[[], Any]) -> Any:
        with django_db_blocker.unblock():
            return copies.fill(name, make)

    yield made
    copies.empty()


@pytest.fixture(scope="module")
def demo_rows(fill: Callable[..., Any]) -> Any:
    """The demo, for all tests of a module; made once in a run. See `make_demo`."""
    return fill("demo", make_demo)


@pytest.fixture(scope="module")
def law_rows(fill: Callable[..., Any]) -> None:
    """The law pack on an empty site, for all tests of a module."""
    fill("pack", lambda: call_command("load_pack", "california_firearms", verbosity=0))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """The system's Chromium; without one, the browser Playwright installed."""
    return {**browser_type_launch_args, **launch_options()}


def make_demo() -> dict[str, Any]:
    """Make the demo; give the password that it wrote for `make run`, and the mode of
    that file."""
    call_command("demo", stdout=StringIO(), verbosity=0)
    file = Path(settings.VAR_DIR) / "admin_password"
    return {"password": file.read_text().strip(), "mode": file.stat().st_mode}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    """Nothing that moves: a badge of the admin would be painted 60 times a second."""
    return {**browser_context_args, "reduced_motion": "reduce"}


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """No test sees what another one left in the cache."""
    cache_keys.start_afresh()


@pytest.fixture(autouse=True)
def nothing_waits() -> None:
    """No test writes down what another one worked out in a transaction that it undid:
    the next request would, and its test may have no database."""
    remembered._waiting.clear()


@pytest.fixture(autouse=True)
def same_language() -> None:
    """No test speaks the language that another one's last request was in."""
    translation.deactivate()
