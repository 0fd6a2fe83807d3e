"""Every page of the admin that is ours, and who gets in: nobody by accident.

An address that is new must be written down here, or the test fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from wagtail.models import GroupPagePermission, Page, Site

from cms.glossary.models import Term
from cms.identity.models import Person, SiteSettings
from plugins.models import Job
from screening_block.help.models import HelpEntry
from screening_block.models import (
    Chart,
    ChartRow,
    Release,
    Scenario,
    Screener,
    Threshold,
)
from screening_block.roles import ADMIN, EDITOR, REVIEWER, ROLES, make_roles

from .help.entries import make_entry
from .scenarios.test_scenarios import case

# The rights are the same on every database: once is enough.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ELSEWHERE = "Editor of another part of the site"
NOBODY = "Not logged in"
LETTERS = {"E": EDITOR, "R": REVIEWER, "A": ADMIN, "x": ELSEWHERE, "-": NOBODY}
HOME, LOGIN = "/admin/", "/admin/login/"
#: What no form can do without.
POSTED = {
    "citations-count": "0",
    "columns-count": "0",
    "values-TOTAL_FORMS": "0",
    "values-INITIAL_FORMS": "0",
    "questions-count": "0",
    "facts-count": "0",
    "findings-count": "0",
    "new_parent_page": "1",
}
MODELS = {
    model._meta.model_name: model
    for model in (
        *(Threshold, Chart, ChartRow, HelpEntry),
        *(Person, SiteSettings, Term),
    )
}


def ours(
    resolver: Any = None, route: str = "", space: str = ""
) -> Iterator[tuple[str, list[str]]]:
    """Name and parameters of each page of the admin that this package makes, and of
    the page editor's own about one page."""
    for entry in (resolver or get_resolver()).url_patterns:
        here = route + str(entry.pattern)
        if isinstance(entry, URLPattern):
            names = [*entry.pattern.regex.groupindex]
            made = entry.lookup_str.startswith(("screening_block", "plugins"))
            made = made or "screen" in here
            one = space == "wagtailadmin_pages:" and {"page_id", "pk"} & {*names}
            if here.startswith("admin/") and (made or one):
                yield f"{space}{entry.name}", names
        elif "admin/".startswith(here) or here.startswith("admin/"):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from ours(entry, here, inner)


@pytest.fixture(scope="module")
def users(small_pack, fill) -> dict[str, str]:
    """Somebody of each kind; the last may edit and publish, but another page."""
    return fill("users", lambda: make_users(Screener.objects.get(pk=small_pack)))


def make_users(screener) -> dict[str, str]:
    """Give the session of each, who is logged in."""
    make_roles()
    make_entry()
    # What this site adds to the law: same views, same rights.
    locale, site = screener.locale, Site.objects.get(is_default_site=True)
    SiteSettings.objects.create(name="Site", site=site, locale=locale)
    Person.objects.create(name="Person", locale=locale)
    Term.objects.create(name="plea", explanation="An answer.", locale=locale)
    elsewhere = screener.get_parent().add_child(instance=Page(title="X", slug="x"))
    group = Group.objects.create(name=ELSEWHERE)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    page_type = ContentType.objects.get_for_model(Page)
    for right in ("add_page", "change_page", "publish_page"):
        GroupPagePermission.objects.create(
            group=group,
            page=elsewhere,
            permission=Permission.objects.get(content_type=page_type, codename=right),
        )
    found = {}
    for name in (*ROLES, ELSEWHERE):
        user = get_user_model().objects.create_user(name, f"{len(found)}@x.org", "x")
        user.groups.add(Group.objects.get(name=name))
        client = Client()
        client.force_login(user)
        found[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return found


@pytest.fixture
def people(users, screener) -> dict[str, Client]:
    clients = {NOBODY: Client()}
    for name, session in users.items():
        clients[name] = Client()
        clients[name].cookies[settings.SESSION_COOKIE_NAME] = session
    return clients


def refused(answer) -> bool:
    if answer.status_code == 302:
        return answer.url.split("?")[0] in (HOME, LOGIN)
    return answer.status_code in (403, 405)


def who(people, method, url) -> str:
    found = ""
    for letter, name in LETTERS.items():
        with transaction.atomic():
            answer = getattr(people[name], method)(url, POSTED)
            transaction.set_rollback(True)
        found += "" if refused(answer) else letter
    return found


def address(name, names, screener, user) -> str:
    space, _colon, last = name.rpartition(":")
    scenario = Scenario.objects.create(
        screener=screener.translation_key, name="A day short", case=case()
    )
    model = MODELS.get(space.rpartition("_")[2])
    record = model.objects.first() if model else screener
    record.save_revision(user=user)
    job = Job.objects.create(kind="tests", language="en")
    values = {
        "pk": {"work_job": job.pk}.get(last)
        or (scenario.pk if space == "screening_scenarios" else record.pk),
        "page": screener.pk,
        "page_id": screener.pk,
        "parent_page_id": screener.get_parent().pk,
        "content_type_app_name": "screening_block",
        "content_type_model_name": "screener",
        "kind": "screener",
        "sha256": Release.current("small").pk,
        "row_pk": ChartRow.objects.first().pk,
        "revision_id": record.latest_revision_id,
        "revision_id_a": "live",
        "revision_id_b": "latest",
        "action_name": "approve",
    }
    if "workflow" in last:
        state = record.get_workflow().start(record, user)
        values["workflow_state_id"] = state.pk
        values["task_state_id"] = state.current_task_state.pk
        values["task_id"] = state.current_task_state.task_id
    return reverse(name, kwargs={key: values[key] for key in names})


#: Who gets in, by GET and by POST. Names are those of the addresses; the three kinds of
#: law and entries of help share theirs. "" after the slash: no such method.
RIGHTS = {
    # The page editor, as far as it is about one screener.
    "wagtailadmin_pages": {
        "ERA/": "usage revisions_view revisions_compare workflow_history "
        "workflow_history_detail history history_results",
        # Wagtail's form to copy says where nobody may add a page.
        "ERA/ERA": "edit preview_on_edit revisions_revert view_draft copy",
        "A/A": "delete unpublish revisions_unschedule set_privacy",
        "/RA": "lock unlock",
        "R/R": "workflow_action collect_workflow_action_data",
        "R/": "workflow_preview",
        # Wagtail's: they lead elsewhere or name no more than the workflow.
        "ERAx/ERAx": "confirm_workflow_cancellation convert_alias revisions_index",
    },
    "": {
        "ERA/A": "screening_block_impact",
        "/ERA": "screening_block_checks_on_edit",
        "/EA": "screening_block_checks_on_create",
        "ERA/": "screening_block_releases screening_block_releases_read "
        "screening_block_releases_paper "
        "screening_block_map screening_block_file "
        "screening_block_report_review_due screening_block_report_review_due_results "
        "screening_block_report_needs_checking "
        "screening_block_report_needs_checking_results "
        "screening_block_report_law_watch screening_block_report_law_watch_results "
        "screening_block_report_where_used screening_block_report_where_used_results "
        "screening_block_report_reading_grade "
        "screening_block_report_reading_grade_results "
        "screening_block_report_translations "
        "screening_block_report_translations_results",
        "EA/EA": "screening_block_releases_restore screening_block_take_in",
        "RA/RA": "screening_block_releases_recall",
        # It lists what somebody began; the site admin sees all.
        "A/": "work_job",
        # They say what is public anyway, and drafts to those who may edit the page.
        "/ERAx": "screening_block_describe",
        "ERAx/": "work_list screening_block_pickers",
    },
    "screening_scenarios": {
        "ERA/ERA": "add copy delete edit import try",
        "ERA/": "table export",
        "/ERA": "accept",
    },
    "law": {
        "ERA/": "list list_results usage history history_results revisions_compare "
        "workflow_history workflow_history_detail rows rows_results csv",
        "ERA/ERA": "edit revisions_revert import",
        "/ERA": "rows_act cell",
        "EA/EA": "add copy",
        "A/A": "delete unpublish revisions_unschedule",
        "/A": "lock unlock",
        "R/R": "workflow_action collect_workflow_action_data",
        "ERAx/ERAx": "confirm_workflow_cancellation",
    },
    "choosers": {"ERA/": "choose choose_results chosen chosen_multiple"},
    # It lists only what somebody may go to.
    "screeners": {"ERAx/": "index index_results", "ERAx/ERAx": "choose_parent"},
}


def expected(name) -> str | None:
    space, _colon, last = name.rpartition(":")
    if space.startswith("wagtailsnippets_"):
        space = "law"
    elif space.startswith("wagtailsnippetchoosers_"):
        space = "choosers"
    for rights, names in RIGHTS.get(space, {}).items():
        if last in names.split():
            return rights
    return None


def is_a_twin(name) -> bool:
    """Wagtail's own page for another kind of law: roles have the same for all kinds."""
    space = name.rpartition(":")[0]
    twin = space.replace("_chartrow", "_threshold").replace("_chart", "_threshold")
    return twin != space and name.replace(space, twin) in names_of_ours()


@cache
def names_of_ours() -> set[str]:
    return {name for name, _names in ours()}


def test_no_page_of_the_admin_is_forgotten():
    assert [name for name, _names in ours() if expected(name) is None] == []


@pytest.mark.parametrize(
    ("name", "names"), [entry for entry in ours() if not is_a_twin(entry[0])]
)
def test_a_page_of_the_admin_is_for_those_it_is_meant_for(
    name, names, people, screener, django_user_model, monkeypatch
):
    # Who gets in is known before a page is written; all are in `tests/faults`.
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")
    somebody = django_user_model.objects.create_user("w", "w@x.org", "x")
    url = address(name, names, screener, somebody)
    assert f"{who(people, 'get', url)}/{who(people, 'post', url)}" == expected(name)


def test_who_may_not_edit_a_screener_does_not_find_it(people, screener):
    for letter, found in (("E", True), ("R", True), ("A", True), ("x", False)):
        page = people[LETTERS[letter]].get(reverse("screeners:index"))
        assert (screener.title in page.content.decode()) == found


def test_what_is_used_stays_public_and_the_site_admin_is_told_why(people, screener):
    for model in (Threshold, Chart):
        record = model.objects.first()
        name = record.snippet_viewset.get_url_name
        for act in ("unpublish", "delete"):
            url = reverse(name(act), args=[record.pk])
            page = people[ADMIN].post(url, follow=True)
            assert page.status_code == 200
            assert "it is" in page.content.decode()
            assert model.objects.filter(pk=record.pk, live=True).exists()
