"""Background work: nothing half, nothing twice, nothing lost."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from plugins.models import DueTime, Job
from plugins.work import due, running
from plugins.work.job_kinds import KINDS, kind
from tests.working import QUEUE

pytestmark = pytest.mark.django_db


@pytest.fixture
def steps():
    """A kind of work that adds groups; what else is done in a step, or before it."""
    before: dict[str, object] = {}

    @kind("tests.groups", "Make groups")
    def make_groups(work):
        for name in work.left(work.arguments["names"]):
            if (act := before.get(f"before {name}")) is not None:
                act()
            with work.step():
                Group.objects.create(name=name)
                work.tell(name)
                if (act := before.get(name)) is not None:
                    act()
        work.job.message = "All made."

    yield before
    del KINDS["tests.groups"]


@pytest.fixture
def owner(django_user_model):
    return django_user_model.objects.create_user("owner", "o@example.org", "x")


def begin(owner, *names):
    return running.start("tests.groups", "Some", {"names": list(names)}, owner)


def made():
    return [g.name for g in Group.objects.filter(name__startswith="g").order_by("pk")]


class Killed(BaseException):
    """What a process does not survive."""


def die():
    raise Killed


def leave_to_others(job):
    """As if the process that has it had died."""
    Job.objects.filter(pk=job.pk).update(alive_until=timezone.now() - timedelta(1))


def test_without_a_worker_it_has_ended_when_it_was_begun(steps, owner):
    job = begin(owner, "g1", "g2")
    assert (job.state, job.done, job.total) == ("done", 2, 2)
    assert job.message == "All made." and made() == ["g1", "g2"]


def test_what_a_dead_process_left_is_gone_on_with_where_it_was(steps, owner, settings):
    settings.TASKS = QUEUE
    job = begin(owner, "g1", "g2", "g3")
    steps["g2"] = die
    with pytest.raises(Killed):
        running.run_job.call(job.pk)
    assert made() == ["g1"], "of the step in which it died nothing is there"
    assert running.take_up() == 0, "it may still live"
    leave_to_others(job)
    del steps["g2"]
    assert running.take_up() == 1
    job.refresh_from_db()
    assert (job.state, job.done) == ("done", 3)
    assert [told["text"] for told in job.outcomes] == made() == ["g1", "g2", "g3"]


def test_a_process_of_this_machine_that_is_gone_is_not_waited_for(
    steps, owner, settings
):
    settings.TASKS = QUEUE
    job = begin(owner, "g1")
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    claim = f"{running.HOST}/{child}/x"
    later = timezone.now() + timedelta(hours=1)
    Job.objects.filter(pk=job.pk).update(
        state="running", claim=claim, alive_until=later
    )
    assert running.take_up() == 1 and made() == ["g1"]


def test_who_was_taken_for_dead_does_nothing_more(steps, owner, settings):
    settings.TASKS = QUEUE
    job = begin(owner, "g1", "g2", "g3")

    def another_takes_it():
        steps.clear()
        leave_to_others(job)
        running.run_job.call(job.pk)

    steps["before g2"] = another_takes_it
    running.run_job.call(job.pk)
    job.refresh_from_db()
    assert job.state == "done" and made() == ["g1", "g2", "g3"]
    assert [told["text"] for told in job.outcomes] == made()


def test_what_dies_again_and_again_ends(steps, owner, settings):
    settings.TASKS = QUEUE
    job = begin(owner, "g1", "g2")
    steps["g2"] = die
    for _time in range(running.MOST_ATTEMPTS):
        with pytest.raises(Killed):
            running.run_job.call(job.pk)
        leave_to_others(job)
    assert running.take_up() == 1
    job.refresh_from_db()
    assert job.state == "failed" and "broke off" in job.reason
    assert running.take_up() == 0


def test_what_was_lost_on_its_way_is_found(steps, owner, settings):
    settings.TASKS = QUEUE
    job = begin(owner, "g1")
    assert running.take_up() == 0, "somebody may be about to begin it"
    Job.objects.update(made_at=timezone.now() - timedelta(minutes=1))
    assert running.take_up() == 1 and made() == ["g1"]
    assert Job.objects.get().pk == job.pk


def test_the_same_begun_twice_is_one_piece_of_work(steps, owner, settings):
    settings.TASKS = QUEUE
    assert begin(owner, "g1") == begin(owner, "g1") != begin(owner, "g2")


@pytest.mark.parametrize("fault", [ValidationError("It is full."), RuntimeError("x")])
def test_a_failure_is_told_with_its_reason(steps, owner, fault):
    def fail():
        raise fault

    steps["g2"] = fail
    job = begin(owner, "g1", "g2")
    assert job.state == "failed" and job.done == 1 and made() == ["g1"]
    said = "It is full." if isinstance(fault, ValidationError) else "The fault is ours"
    assert said in job.reason


def test_a_worker_that_is_told_to_end_ends_after_its_step(
    steps, owner, settings, monkeypatch
):
    settings.TASKS = QUEUE
    job = begin(owner, "g1", "g2")
    steps["g1"] = running.stopping.set
    try:
        running.run_job.call(job.pk)
    finally:
        running.stopping.clear()
    job.refresh_from_db()
    assert (job.state, job.done) == ("waiting", 1) and made() == ["g1"]
    running.run_job.call(job.pk)
    assert made() == ["g1", "g2"]


def test_people_see_their_own_work_and_administrators_all(
    steps, owner, client, django_user_model
):
    from django.contrib.auth.models import Permission

    job = begin(owner, "g1")
    other = django_user_model.objects.create_user("other", "x@example.org", "x")
    access = Permission.objects.get(codename="access_admin")
    all_of_it = Permission.objects.get(codename="view_job")
    found = {}
    for user, rights in ((owner, [access]), (other, [access]), (other, [all_of_it])):
        user.user_permissions.add(*rights)
        client.force_login(user)
        listed = client.get(reverse("work_list")).content.decode()
        one = client.get(reverse("work_job", args=[job.pk])).status_code
        part = client.get(reverse("work_job", args=[job.pk]) + "?part").status_code
        found[f"{user.username} {len(rights)} {rights[0].codename}"] = (
            "Make groups: Some" in listed,
            one,
            part,
        )
    assert list(found.values()) == [
        (True, 200, 200),
        (False, 302, 302),
        (True, 200, 200),
    ]


def test_what_is_due_is_done_once_by_whoever_looks(monkeypatch):
    done = []
    table = {
        "bad": due.Due("bad", timedelta(hours=1), lambda: 1 / 0),
        "good": due.Due("good", timedelta(hours=1), lambda: done.append(1)),
    }
    monkeypatch.setattr(due, "TABLE", table)
    assert due.run_due() == ["good"] and due.run_due() == [] and done == [1]
    DueTime.objects.update(next_at=timezone.now() - timedelta(seconds=1))
    assert due.run_due() == ["good"] and done == [1, 1]
