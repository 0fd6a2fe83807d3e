"""Fixtures for the whole suite, and the settings that browser tests need."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import TypeVar

# Playwright keeps an event loop in this thread, and Django would then refuse to
# create the test database. Must be set before Django is.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

import pytest
from django.db import connections, transaction
from playwright.sync_api import expect
from pytest_django.plugin import DjangoDbBlocker, blocking_manager_key

from tests import cache_keys
from tests.chromium import launch_options
from tests.migrated import copy_of_migrated

Made = TypeVar("Made")

# Milliseconds to wait for what a page is to show: a busy machine may need them.
expect.set_options(timeout=20_000)


FLUSHED = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser or a database, and what flushes the database."""
    for item in items:
        names = getattr(item, "fixturenames", ())
        if "page" in names or "browser_page" in names or "live_server" in names:
            item.add_marker(pytest.mark.browser)
            item.add_marker(FLUSHED, append=False)
        if is_flushed(item):
            item.add_marker(FLUSHED, append=False)
        if "db" in names or item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.database)


def is_flushed(item: pytest.Item) -> bool:
    """Whether the database is emptied after a test instead of rolled back."""
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(
    item: pytest.Item, nextitem: pytest.Item | None
) -> Iterator[None]:
    """Let no flush outlive its test.

    It also deletes Wagtail's root page, site and locale, and the next test of this
    worker, flushed itself or not, would find none.
    """
    result = yield
    # After the last test the database itself is gone.
    if is_flushed(item) and nextitem is not None:
        with item.config.stash[blocking_manager_key].unblock():
            for connection in connections.all():
                rows = getattr(connection, "_test_serialized_contents", None)
                if rows:
                    connection.creation.deserialize_db_from_string(rows)
    return result


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
    worker_id: str,
) -> Iterator[None]:
    """A copy of the database that is migrated once for all workers."""
    folder = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        folder = folder.parent
    connection = connections["default"]
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            stack.enter_context(copy_of_migrated(connection, folder, worker_id))
        yield
        with django_db_blocker.unblock():
            stack.close()


@pytest.fixture(scope="module")
def shared_rows(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Callable[[Callable[[], Made]], Made]]:
    """Makes rows once for a module: ``shared_rows(make)`` gives what ``make()`` gives.

    They are in a transaction that is rolled back after the module's last test. A test
    that uses them asks for `db` too, and works in a transaction of its own inside; it
    needs fresh objects, because only the rows are rolled back. From the first such
    test on, all tests of the module find the rows.
    """
    for item in request.session.items:
        if item.path == request.path and is_flushed(item):
            pytest.fail(f"{item.nodeid} would flush rows that its module shares")

    def make(rows: Callable[[], Made]) -> Made:
        with django_db_blocker.unblock():
            return rows()

    with django_db_blocker.unblock(), transaction.atomic():
        with django_db_blocker.block():
            yield make
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """The system's Chromium; without one, the browser Playwright installed."""
    return {**browser_type_launch_args, **launch_options()}


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """No test sees what another one left in the cache."""
    cache_keys.start_afresh()
