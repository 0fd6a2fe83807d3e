"""Reading keeps nobody waiting: no page that only shows something writes or locks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import Any

import pytest
from django.contrib.auth import get_user, get_user_model
from django.db import connection
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from wagtail.models import Workflow
from wagtail.users.models import UserProfile

from screening_block.models import Chart, ChartRow, Release, Screener, Threshold
from screening_block.publishing import assess, remembered
from screening_block.publishing.rehearse import (
    rehearse_delete,
    rehearse_publish,
    rehearse_unpublish,
)
from screening_block.review.impact_views import edit_url, impact_url
from screening_block.roles import make_roles

from .editor.test_edit_views import page_form
from .posting import form_of
from .scenarios.test_scenarios import add, term_from
from .visitor.test_form import Visitor

pytestmark = pytest.mark.django_db(transaction=True)

READS = re.compile(r"\s*\(?\s*(SELECT|WITH|PRAGMA|EXPLAIN)\b", re.IGNORECASE)
LOCKS = re.compile(
    r"\bFOR (NO KEY )?(UPDATE|SHARE)|\bFOR KEY SHARE|pg_(try_)?advisory|\bLOCK TABLE",
    re.IGNORECASE,
)
#: A transaction that takes no lock before it writes; its end.
HARMLESS = {"BEGIN DEFERRED", "COMMIT", "ROLLBACK"}
#: What an editor opens to write in: Wagtail notes who has it open.
EDITORS = re.compile(r":(edit|revisions_revert)$")


@contextmanager
def watched() -> Iterator[list[str]]:
    """What is done to the database, in this thread, that may keep others waiting."""
    found: list[str] = []

    def watch(execute, sql, params, many, context):
        reads = READS.match(sql) and not LOCKS.search(sql)
        if not reads and sql.strip() not in HARMLESS:
            found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield found


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch) -> None:
    """What is written down once a page was sent has its own test, which see."""
    monkeypatch.setattr(remembered, "write_down", lambda: None)


# First, for the drafts that the others share stay once they are made.
@pytest.mark.parametrize("kind", ["screener", "threshold"])
def test_pressing_publish_rehearses_before_any_transaction(
    screener, editor, monkeypatch, kind
):
    add(screener)
    record: Any = screener if kind == "screener" else Threshold.objects.get()
    inside: list[bool] = []
    judge = assess.check_scenarios

    def look(*args, **kwargs):
        inside.append(connection.in_atomic_block)
        return judge(*args, **kwargs)

    monkeypatch.setattr(assess, "check_scenarios", look)
    edit = edit_url(record)
    if kind == "screener":
        data = page_form(editor, screener)
        data["title"] = "New words"
    else:
        data = form_of(editor.get(edit))
        data.update({"kind": "integer", "values-0-number": "366"})
    data["action-publish"] = "1"
    assert editor.post(edit, data).status_code == 302
    assert inside[0] is False
    inside.clear()
    shown = editor.get(impact_url(record))
    read = {"state": shown.context["impact"]["state"]}
    editor.post(impact_url(record), read | {"revision": shown.context["revision"]})
    assert inside[0] is False


def make_drafts() -> dict[str, int]:
    make_roles()
    users = get_user_model().objects
    writer = users.create_superuser("w", "w@example.org", "x")
    screener = Screener.objects.get()
    add(screener)
    screener.title = "New words"
    row, chart = ChartRow.objects.get(key="pc_245"), Chart.objects.get()
    row.label, chart.label = "Assault", "Laws"
    found = {
        "screener": screener,
        "threshold": term_from(300),
        "chart": chart,
        "chartrow": row,
    }
    for record in found.values():
        record.save_revision(user=writer)
        Workflow.objects.get(name="Legal review").start(record, writer)
    return {name: record.pk for name, record in found.items()}


@pytest.fixture(scope="module")
def draft_rows(small_pack, fill) -> dict[str, int]:
    return fill("drafts in review", make_drafts)


@pytest.fixture
def drafts(draft_rows, db) -> dict[str, Any]:
    """A draft of every kind, in review; the first with a scenario."""
    models = (Screener, Threshold, Chart, ChartRow)
    return {
        model._meta.model_name: model.objects.get(pk=draft_rows[model._meta.model_name])
        for model in models
    }


def patterns(resolver: Any, route: str = "", names: str = "") -> Iterator[Any]:
    """`(route, name with its namespaces, names of the arguments)` of every address."""
    for one in resolver.url_patterns:
        here = route + str(one.pattern)
        if isinstance(one, URLResolver):
            inner = f"{names}{one.namespace}:" if one.namespace else names
            yield from patterns(one, here, inner)
        elif one.name:
            regex = one.pattern.regex.groupindex
            yield here, names + one.name, {*one.pattern.converters, *regex}


def arguments(name: str, wanted: set[str], drafts: dict[str, Any]) -> dict[str, Any]:
    """Something there is for each argument of an address."""
    model = name.partition(":")[0].rpartition("_")[2]
    record = drafts.get(model, drafts["screener"])
    page = drafts["screener"]
    state = record.current_workflow_state
    known = {
        "pk": record.pk,
        "page_id": page.pk,
        "page": page.pk,
        "row_pk": drafts["chartrow"].pk,
        "page_to_move_id": page.pk,
        "parent_page_id": page.get_parent().pk,
        "destination_id": page.get_parent().pk,
        "content_type_app_name": "screening_block",
        "content_type_model_name": "screener",
        "app_label": "screening_block",
        "model_name": "screener",
        "revision_id": record.latest_revision_id,
        "revision_id_a": "live",
        "revision_id_b": "latest",
        "workflow_state_id": state.pk,
        "task_state_id": state.current_task_state_id,
        "task_id": state.current_task_state.task_id,
        "action_name": "approve",
        "sha256": Release.current("small").pk,
        "kind": "screener",
    }
    if name.startswith("screening_scenarios:") and "pk" in wanted:
        known["pk"] = add(page, name).pk
    return {argument: known[argument] for argument in wanted}


@pytest.mark.once
def test_no_page_of_the_admin_writes_or_locks_while_it_is_read(drafts, editor):
    # Wagtail makes the profile of a user once.
    UserProfile.get_for_user(get_user(editor))
    seen: dict[str, int] = {}
    for route, name, wanted in patterns(get_resolver()):
        ours = ("screening", "wagtailadmin_pages:", "wagtailsnippets")
        if not route.startswith("admin/") or not name.startswith(ours):
            continue
        url = reverse(name, kwargs=arguments(name, wanted, drafts))
        with watched() as found:
            answer = editor.get(url)
            # Some are written while they are sent.
            assert answer.streaming or answer.content is not None
        assert EDITORS.search(name) or not found, (url, found)
        assert "BEGIN IMMEDIATE" not in found, url
        seen[name] = answer.status_code
    shown = {name for name, status in seen.items() if status == 200}
    page, law = "wagtailadmin_pages", "wagtailsnippets_screening_block"
    assert shown >= {
        "screening_block_impact",
        "screening_block_map",
        "screening_block_releases",
        "screening_block_releases_read",
        "screening_block_releases_paper",
        "screening_block_releases_restore",
        "screening_block_file",
        "screening_block_report_reading_grade",
        "screening_scenarios:table",
        "screening_scenarios:try",
        f"{page}:delete",
        f"{page}:unpublish",
        f"{page}:workflow_action",
        f"{page}:revisions_compare",
        f"{page}:view_draft",
        f"{law}_threshold:delete",
        f"{law}_threshold:unpublish",
        f"{law}_threshold:workflow_action",
        f"{law}_chart:rows",
        f"{law}_chartrow:delete",
    }, seen
    assert len(shown) > 60


@pytest.mark.parametrize(
    ("app", "model", "act"),
    [
        *(("wagtailcore", "page", act) for act in ("delete", "unpublish", "publish")),
        *(("screening_block", m, "delete") for m in ("threshold", "chart", "chartrow")),
    ],
)
def test_to_be_asked_about_several_writes_and_locks_nothing(
    drafts, editor, app, model, act
):
    record = drafts.get(model, drafts["screener"])
    url = reverse("wagtail_bulk_action", args=[app, model, act])
    with watched() as found:
        answer = editor.get(f"{url}?id={record.pk}")
    assert answer.status_code == 200
    assert not found


@pytest.mark.parametrize("kind", ["screener", "threshold", "chart", "row"])
def test_what_a_draft_changes_is_shown_without_a_write_or_a_lock(drafts, editor, kind):
    record = drafts["chartrow" if kind == "row" else kind]
    with watched() as found:
        page = editor.get(reverse("screening_block_impact", args=[kind, record.pk]))
    assert page.context["impact"]["sections"]
    assert not found


def test_what_is_asked_of_a_form_as_it_stands_writes_and_locks_nothing(drafts, editor):
    page = drafts["screener"]
    data = form_of(editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])))
    checks = reverse("screening_block_checks_on_edit", args=[page.pk])
    describe = reverse("screening_block_describe")
    asked = json.dumps({"page": page.pk, "context": {}, "conditions": ["{}"]})
    with watched() as found:
        assert editor.post(checks, data).json()["summary"]
        said = editor.post(describe, asked, content_type="application/json")
        assert said.json()["said"]
    assert not found


def test_a_visitor_on_the_way_to_a_result_writes_and_locks_nothing(screener, client):
    with watched() as found:
        visitor = Visitor(client).answer("lpr").answer("pc_245")
        answers = json.dumps({"answers": {"status": "lpr"}})
        url = "/api/v1/screeners/small/evaluate/"
        result = client.post(url, answers, content_type="application/json")
    assert visitor.page.status_code == result.status_code == 200
    assert not found


def test_taking_something_away_is_rehearsed_without_a_write_or_a_lock(drafts):
    for record in drafts.values():
        for rehearsed in (rehearse_publish, rehearse_delete, rehearse_unpublish):
            with watched() as found:
                assert rehearsed(record), record
            assert not found


def test_others_save_and_log_in_while_somebody_reads_what_changes(
    drafts, editor, django_user_model, monkeypatch
):
    """The rehearsal stands still in its middle; who writes meanwhile need not wait."""
    reading, written = Event(), Event()
    judge = assess.check_scenarios

    def slow(*args, **kwargs):
        reading.set()
        assert written.wait(60)
        return judge(*args, **kwargs)

    monkeypatch.setattr(assess, "check_scenarios", slow)

    def read() -> int:
        try:
            url = reverse(
                "screening_block_impact", args=["threshold", drafts["threshold"].pk]
            )
            return editor.get(url).status_code
        finally:
            connection.close()

    django_user_model.objects.create_superuser("other", "o@example.org", "secret")
    with ThreadPoolExecutor(1) as pool:
        page = pool.submit(read)
        assert reading.wait(60)
        try:
            connection.ensure_connection()
            if connection.vendor == "sqlite":
                connection.cursor().execute("PRAGMA busy_timeout = 0")
            else:
                connection.cursor().execute("SET lock_timeout = '200ms'")
            other = Client()
            form = {"username": "other", "password": "secret"}
            login = other.post(reverse("wagtailadmin_login"), form)
            assert login.status_code == 302
            assert "_auth_user_id" in other.session
            Threshold.objects.create(key="meanwhile", label="New", live=False)
            draft = Screener.objects.get(pk=drafts["screener"].pk)
            draft.title = "Meanwhile"
            draft.save_revision()
            # Publishing waits for nothing either, nor does it see the rehearsal.
            monkeypatch.setattr(assess, "check_scenarios", judge)
            ChartRow.objects.get(key="pc_25400").save_revision().publish()
        finally:
            written.set()
            connection.close()
        assert page.result(timeout=60) == 200
