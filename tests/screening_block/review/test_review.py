"""Review and roles through the admin's own views: who may do what, and what is read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from screening_block.models import Chart, Publication, Release, Screener, Threshold
from screening_block.roles import ADMIN, EDITOR, REVIEWER, ROLES, make_roles
from tests.screening_block.confirm import post_and_confirm
from tests.screening_block.editor.test_edit_views import level, page_form
from tests.screening_block.posting import form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(screener, django_user_model) -> dict[str, Client]:
    """A logged-in client a role, and a second reviewer."""
    assert make_roles()
    clients = {}
    for name, role in [*((role, role) for role in ROLES), ("Second", REVIEWER)]:
        user = django_user_model.objects.create_user(
            name, f"{name.split()[0].lower()}@example.org", "x"
        )
        user.groups.add(Group.objects.get(name=role))
        clients[name] = Client()
        clients[name].force_login(user)
    return clients


@pytest.fixture
def threshold(screener) -> Threshold:
    return Threshold.objects.get(key="af_term")


def edit_url(record) -> str:
    if isinstance(record, Screener):
        return reverse("wagtailadmin_pages:edit", args=[record.pk])
    return reverse(record.snippet_viewset.get_url_name("edit"), args=[record.pk])


def change_value(client: Client, threshold: Threshold, days: int, action: str):
    """Open the form, put another number in, press a button."""
    data = form_of(client.get(edit_url(threshold)))
    data.update({"kind": "integer", "values-0-number": str(days), action: action})
    return post_and_confirm(client, edit_url(threshold), data)


def change_title(client: Client, screener: Screener, action: str):
    data = page_form(client, screener)
    data.update({"title": "New words", action: action})
    answer = client.post(edit_url(screener), data)
    assert answer.status_code == 302


def review_url(record, action: str) -> str:
    state = record.current_workflow_task_state
    if isinstance(record, Screener):
        name = "wagtailadmin_pages:workflow_action"
    else:
        name = record.snippet_viewset.get_url_name("workflow_action")
    return reverse(name, args=[record.pk, action, state.pk])


def test_making_the_roles_again_changes_nothing_and_mends_what_was_changed(db):
    assert make_roles() == [*ROLES, "Legal review"]
    assert make_roles() == []
    Group.objects.get(name=EDITOR).permissions.clear()
    assert make_roles() == [EDITOR]


# What a role sees (200) or does not (302: Wagtail sends it home with a message).
VIEWS = {
    "article or screener": ("page", {EDITOR, REVIEWER, ADMIN}),
    "threshold": ("threshold", {EDITOR, REVIEWER, ADMIN}),
    "new threshold": ("new", {EDITOR, ADMIN}),
    "delete threshold": ("delete", {ADMIN}),
    "users": ("wagtailusers_users:index", {ADMIN}),
    "groups": ("wagtailusers_groups:index", {ADMIN}),
    "workflows": ("wagtailadmin_workflows:index", {ADMIN}),
    "tasks": ("wagtailadmin_workflows:task_index", {ADMIN}),
    "sites": ("wagtailsites:index", {ADMIN}),
    "collections": ("wagtailadmin_collections:index", {ADMIN}),
    "redirects": ("wagtailredirects:index", {ADMIN}),
    "add an image": ("wagtailimages:add", {EDITOR, ADMIN}),
    "add a page": ("add_page", {EDITOR, ADMIN}),
    "unpublish": ("unpublish", {ADMIN}),
    "delete page": ("delete_page", {ADMIN}),
}


def test_each_role_reaches_exactly_the_views_its_name_promises(
    people, screener, threshold
):
    names = threshold.snippet_viewset.get_url_name
    pages = "wagtailadmin_pages"
    places = {
        "page": edit_url(screener),
        "threshold": edit_url(threshold),
        "new": reverse(names("add")),
        "delete": reverse(names("delete"), args=[threshold.pk]),
        "add_page": reverse(f"{pages}:add_subpage", args=[screener.get_parent().pk]),
        "unpublish": reverse(f"{pages}:unpublish", args=[screener.pk]),
        "delete_page": reverse(f"{pages}:delete", args=[screener.pk]),
    }
    for what, (place, allowed) in VIEWS.items():
        url = places.get(place) or reverse(place)
        seen = {role for role in ROLES if people[role].get(url).status_code == 200}
        assert seen == allowed, what


def test_only_the_site_admin_publishes_past_the_review(people, screener, threshold):
    for role in (EDITOR, REVIEWER):
        change_value(people[role], threshold, 300, "action-publish")
        change_title(people[role], screener, "action-publish")
        screener.refresh_from_db()
        assert level(320) == "not_apply", role
        assert screener.title != "New words", role
    change_value(people[ADMIN], threshold, 300, "action-publish")
    assert level(320) == "applies"


def test_a_reviewer_reads_what_changes_refuses_once_and_then_approves(
    people, threshold
):
    writer, reviewer = people[EDITOR], people[REVIEWER]
    change_value(writer, threshold, 30, "action-submit")
    threshold.refresh_from_db()
    shown = reviewer.get(review_url(threshold, "approve")).json()["html"]
    assert "<del>365</del><ins>30</ins> days from" in shown
    assert "Sentence line" in shown or threshold.label in shown

    reviewer.post(review_url(threshold, "reject"), {"comment": "It says 300."})
    threshold.refresh_from_db()
    assert threshold.current_workflow_state.status == "needs_changes"
    assert level(320) == "not_apply"

    change_value(writer, threshold, 300, "action-restart-workflow")
    threshold.refresh_from_db()
    reviewer.post(review_url(threshold, "approve"), {"comment": ""})
    threshold.refresh_from_db()
    assert level(320) == "applies"
    assert threshold.current_workflow_state is None


def approve_in_the_form(client: Client, threshold: Threshold, **fields):
    """As the editing page does it, which saves the form once more."""
    data = form_of(client.get(edit_url(threshold)))
    action = {
        "action-workflow-action": "true",
        "workflow-action-name": "approve",
        "workflow-action-extra-data": "{}",
    }
    data.update({"kind": "integer", **action, **fields})
    return client.post(edit_url(threshold), data, follow=True).content.decode()


def test_whoever_edited_last_cannot_approve(people, threshold):
    change_value(people[EDITOR], threshold, 200, "action-submit")
    threshold.refresh_from_db()
    said = approve_in_the_form(
        people[REVIEWER], threshold, **{"values-0-number": "300"}
    )
    assert "Saved, but not approved: you edited it" in said
    assert level(320) == "not_apply"
    threshold.refresh_from_db()
    approve = review_url(threshold, "approve")
    shown = people[REVIEWER].get(approve).json()["html"]
    assert "somebody else has to approve" in shown
    assert "<form" not in shown
    answer = people[REVIEWER].post(approve, {"comment": ""})
    assert answer.status_code in (302, 403)
    assert level(320) == "not_apply"
    page = people[REVIEWER].get(edit_url(threshold)).content.decode()
    assert 'data-workflow-action-name="reject"' in page
    assert 'data-workflow-action-name="approve"' not in page


def test_approving_in_the_editor_is_no_edit(people, threshold):
    change_value(people[EDITOR], threshold, 300, "action-submit")
    threshold.refresh_from_db()
    approve_in_the_form(people[REVIEWER], threshold)
    assert level(320) == "applies"
    threshold.refresh_from_db()
    assert threshold.latest_revision.user.username == REVIEWER


def test_what_cannot_be_published_any_more_goes_back_with_the_reasons(people, screener):
    change_title(people[EDITOR], screener, "action-submit")
    screener.refresh_from_db()
    # Meanwhile the law the draft stands on goes (behind the gate, as a failed disk
    # or a hand in the database would do it).
    Threshold.objects.filter(key="af_term").update(live=False)
    before = Release.current("small").pk
    approve = review_url(screener, "approve")
    shown = people[REVIEWER].get(approve).json()["html"]
    assert "cannot be published yet" in shown
    assert "<form" not in shown, "what would be refused is not offered"
    assert "<ins>New words</ins>" in shown.replace("<del>Small screener</del>", "")
    people[REVIEWER].post(approve, {"comment": ""})
    screener.refresh_from_db()
    state = screener.current_workflow_state
    assert state.status == "needs_changes"
    assert "af_term" in state.current_task_state.comment
    assert Release.current("small").pk == before
    assert screener.title != "New words"


def test_a_refused_plan_is_told_and_does_not_stop_the_others(
    people, editor, screener, threshold
):
    past = timezone.now() - timedelta(minutes=1)
    chart = Chart.objects.get()
    chart.label = "Renamed"
    for record in (threshold, chart):
        record.go_live_at = past
        revision = record.save_revision()
        revision.approved_go_live_at = past - timedelta(
            seconds=30 if record is threshold else 0
        )
        revision.save()
    # What was planned for the threshold no longer fits what is public.
    bad = threshold.latest_revision
    bad.content["kind"] = "date"
    bad.save()
    count = Publication.objects.count()

    call_command("publish_scheduled", verbosity=0)

    assert Publication.objects.count() == count + 1
    assert Release.current("small").load().text("en", "charts", chart.key, "label") == (
        "Renamed"
    )
    assert [message.subject for message in mail.outbox] == [
        f"Not published as scheduled: {threshold}"
    ]
    assert "af_term" in mail.outbox[0].body
    home = editor.get(reverse("wagtailadmin_home")).content.decode()
    assert "Not published as scheduled" in home
    assert (
        "Not published as scheduled"
        in people[EDITOR].get(reverse("wagtailadmin_home")).content.decode()
    )
    call_command("publish_scheduled", verbosity=0)
    assert len(mail.outbox) == 1, "a plan that was taken back is not tried again"

    change_value(editor, threshold, 300, "action-publish")
    home = editor.get(reverse("wagtailadmin_home")).content.decode()
    assert "Not published as scheduled" not in home
