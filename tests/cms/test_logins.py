"""Guessing passwords is slow, and nobody locks staff out from elsewhere."""

import logging
from datetime import timedelta
from unittest import mock

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from rest_framework.throttling import SimpleRateThrottle
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction
from wagtail.users.models import UserProfile

from tests.english import find_english_sentences, find_spanish_sentences

LOGIN = "/admin/login/"
HERE, THERE = "203.0.113.5", "198.51.100.7"


@pytest.fixture(autouse=True)
def counting(db, settings):
    settings.AXES_ENABLED = True
    settings.TRUSTED_PROXIES = 1
    for name in ("admin", "editor", "reviewer"):
        User.objects.create_superuser(name, f"{name}@example.org", "right")


@pytest.fixture
def attempt(client):
    def log_in(name="admin", password="wrong", address=HERE, **more):
        """A log-in through the proxy: 200 is wrong, 302 right, 429 locked."""
        return client.post(
            LOGIN,
            {"username": name, "password": password, "next": "/admin/"},
            headers={"x-forwarded-for": address, **more.pop("headers", {})},
            REMOTE_ADDR="127.0.0.1",
            **more,
        )

    return log_in


def statuses(attempt, times, **given):
    return [attempt(**given).status_code for _ in range(times)]


def test_eight_wrong_passwords_lock_a_name_for_the_one_who_tried(attempt):
    assert statuses(attempt, 8) == [200] * 7 + [429]
    refused = attempt(password="right")
    assert refused.status_code == 429
    page = refused.content.decode()
    assert "Too many wrong passwords" in page
    assert 'name="password"' in page


@pytest.mark.parametrize("tries", [8, 30])
def test_nobody_locks_a_member_of_staff_out_from_elsewhere(attempt, tries):
    statuses(attempt, tries, address=THERE)
    assert attempt(password="right", address=HERE).status_code == 302


@pytest.mark.parametrize(
    "forged",
    [
        {"x-forwarded-for": f"{HERE}, {THERE}"},
        {"x-forwarded-for": f"{HERE}:80, {HERE},{THERE}"},
        {"x-forwarded-for": THERE, "x-real-ip": HERE},
        {"x-forwarded-for": THERE, "forwarded": f"for={HERE}"},
        {"x-forwarded-for": THERE, "client-ip": HERE, "true-client-ip": HERE},
    ],
)
def test_nobody_passes_for_another_client(attempt, forged):
    for _ in range(9):
        last = attempt(headers=forged)
    assert last.status_code == 429
    assert attempt(password="right").status_code == 302


def test_changing_browser_or_header_gives_no_more_tries(attempt):
    for number in range(9):
        last = attempt(
            headers={
                "user-agent": f"Browser {number}",
                "x-forwarded-for": f"10.0.0.{number}, {HERE}",
            }
        )
    assert last.status_code == 429


def test_trying_on_does_not_prolong_the_half_hour(attempt):
    statuses(attempt, 8)
    began = timezone.now()
    for minutes in (10, 20, 29):
        with mock.patch(
            "axes.handlers.proxy.now", return_value=began + timedelta(minutes=minutes)
        ):
            assert attempt(password="right").status_code == 429
    with mock.patch(
        "axes.handlers.proxy.now", return_value=began + timedelta(minutes=31)
    ):
        assert attempt(password="right").status_code == 302


def test_one_client_cannot_try_many_names(attempt, settings):
    settings.LOGIN_FAILURES_PER_ADDRESS = 20
    for number in range(20):
        last = attempt(name=f"name{number}")
    assert last.status_code == 429
    assert attempt(name="admin", password="right").status_code == 429
    assert attempt(name="admin", password="right", address=THERE).status_code == 302


def test_a_colleague_at_the_same_address_is_not_locked_by_one_locked_name(attempt):
    statuses(attempt, 30, name="editor")
    assert attempt(name="reviewer", password="right").status_code == 302


def test_a_right_password_forgives_its_own_name_alone(attempt):
    statuses(attempt, 7)
    statuses(attempt, 7, name="editor")
    assert attempt(password="right").status_code == 302
    assert statuses(attempt, 7) == [200] * 7
    assert attempt(name="editor").status_code == 429


def test_a_network_of_ipv6_has_one_count(attempt):
    for number in range(8):
        last = attempt(address=f"2001:db8:1:2::{number}")
    assert last.status_code == 429
    assert attempt(password="right", address="2001:db8:1:3::1").status_code == 302


def test_the_log_says_who_and_from_where_and_never_a_password(attempt, caplog):
    caplog.set_level(logging.DEBUG)
    for _ in range(8):
        attempt(password="hunter2")
    locked = [r for r in caplog.records if "Locking out" in r.getMessage()]
    assert len(locked) == 1
    assert f"'admin' from {HERE}" in locked[0].getMessage()
    attempt(address="2001:db8:1:2::77")
    assert "'admin' from 2001:db8:1:2::77" in caplog.text
    # A password typed as a name, or a name that forges a line of the log.
    attempt(name="hunter2")
    attempt(name="admin\nWARNING all is well")
    assert "a name nobody has" in caplog.text
    assert "all is well" not in caplog.text
    logged = "\n".join(
        record.getMessage()
        for record in caplog.records
        if record.name != "django.db.backends"
    )
    assert "hunter2" not in logged


@pytest.mark.parametrize("name", ["", "x" * 300, "a\0b", "\ud800", "ﬁ", "☃" * 150])
def test_no_name_breaks_the_log_in(attempt, name):
    name = name.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    assert attempt(name=name).status_code == 200


def ask_for_mail(client, mailbox, address=HERE):
    response = client.post(
        "/admin/password_reset/",
        {"email": mailbox},
        headers={"x-forwarded-for": address},
    )
    return response.status_code, response.headers.get("Location")


@pytest.fixture
def mail_limits(monkeypatch):
    rates = {"password_reset": "5/hour", "password_mails": "3/hour"}
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", rates)


def test_a_mailbox_gets_three_mails_an_hour_from_wherever_they_are_asked_for(
    client, mail_limits
):
    answers = {
        ask_for_mail(client, mailbox, f"203.0.113.{number}")
        for number in range(3)
        for mailbox in ("admin@example.org", "Admin@Example.org")
    }
    assert len(mail.outbox) == 3
    assert answers == {(302, "/admin/password_reset/done/")}
    ask_for_mail(client, "editor@example.org")
    assert len(mail.outbox) == 4


def test_a_client_gets_so_many_mails_sent_and_others_are_not_concerned(
    client, mail_limits, caplog
):
    for _ in range(2):
        for name in ("admin", "editor", "reviewer"):
            ask_for_mail(client, f"{name}@example.org")
    assert len(mail.outbox) == 5
    assert f"from {HERE}" in caplog.text
    assert "example.org" not in caplog.text
    ask_for_mail(client, "editor@example.org", THERE)
    assert len(mail.outbox) == 6


@pytest.mark.parametrize("language", ["es", "en", ""])
def test_the_mail_with_a_new_password_is_in_its_readers_language(client, language):
    profile = UserProfile.get_for_user(User.objects.get(username="editor"))
    profile.preferred_language = language
    profile.save()
    ask_for_mail(client, "editor@example.org")
    (sent,) = mail.outbox
    said = f"{sent.subject}\n{sent.body}"
    assert bool(find_english_sentences(said)) is (language != "es"), said
    assert bool(find_spanish_sentences(said)) is (language == "es"), said


def test_passwords_of_closed_pages_can_be_tried_so_many_times(
    client, small_site, monkeypatch
):
    rates = {"page_password": "3/hour"}
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", rates)
    closed = PageViewRestriction.objects.create(
        page=small_site.home, restriction_type="password", password="right"
    )
    collection = Collection.get_first_root_node()
    shut = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type="password", password="right"
    )
    views = (
        reverse(
            "wagtailcore_authenticate_with_password", args=[closed.pk, closed.page_id]
        ),
        reverse("wagtaildocs_authenticate_with_password", args=[shut.pk]),
    )

    def guess(view, password, address):
        return client.post(
            view,
            {"password": password, "return_url": "/"},
            headers={"x-forwarded-for": address},
        )

    for number, view in enumerate(views):
        address = f"203.0.113.{number}"
        for _ in range(3):
            assert guess(view, "wrong", address).status_code == 200
        refused = guess(view, "right", address)
        assert refused.status_code == 429
        assert "Too many tries" in refused.content.decode()
        assert client.get(view, headers={"x-forwarded-for": address}).status_code == 200
        assert guess(view, "right", THERE).status_code == 302
