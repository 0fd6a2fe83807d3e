"""What is wrong with a server's settings is said: by the check, or once in the log."""

import io
import logging
import smtplib
import socket

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.db import OperationalError, connections
from django.http import HttpResponse
from django.test import RequestFactory, override_settings
from wagtail.models import Site

from cms import checks
from cms.middleware import ProxyNoticeMiddleware
from tests.fake_redis import refusing_url

SOUND = {
    "ALLOWED_HOSTS": ["law.example.org"],
    "WAGTAILADMIN_BASE_URL": "https://law.example.org",
}


def ids(found):
    return [message.id for message in found]


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        ({}, []),
        ({"ALLOWED_HOSTS": [".example.org"]}, []),
        ({"WAGTAILADMIN_BASE_URL": "https://law.example.org:8443"}, []),
        ({"ALLOWED_HOSTS": ["*"]}, ["cms.W001"]),
        ({"ALLOWED_HOSTS": ["www.example.org"]}, ["cms.W002"]),
        ({"WAGTAILADMIN_BASE_URL": "http://127.0.0.1:8000"}, ["cms.W002"]),
    ],
)
def test_the_check_compares_the_addresses_of_the_site(wrong, found):
    with override_settings(**SOUND | wrong):
        assert ids(checks.check_addresses(None)) == found


def test_the_check_knows_a_cache_that_workers_do_not_share():
    locmem = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    with override_settings(CACHES={"default": locmem}):
        assert ids(checks.check_cache(None)) == ["cms.I001"]
    with override_settings(
        CACHES={"default": {"BACKEND": "cms.cache.PatientRedisCache"}}
    ):
        assert checks.check_cache(None) == []


def test_the_check_sees_a_folder_for_uploads_that_cannot_be_written(tmp_path):
    with override_settings(MEDIA_ROOT=tmp_path / "not" / "yet"):
        assert checks.check_folders(None) == []
    file = tmp_path / "file"
    file.touch()
    with override_settings(MEDIA_ROOT=file):
        assert ids(checks.check_folders(None)) == ["cms.E001"]


@override_settings(**SOUND)
def test_the_check_looks_into_the_database_when_it_is_named(db, monkeypatch):
    assert checks.check_database(None) == []
    assert ids(checks.check_database(None, databases=["default"])) == ["cms.W003"]
    Site.objects.update(hostname="law.example.org")
    assert checks.check_database(None, databases=["default"]) == []

    def down(*args, **kwargs):
        raise OperationalError('database "lawz" does not exist')

    monkeypatch.setattr(Site.objects, "filter", down)
    found = checks.check_database(None, databases=["default"])
    assert ids(found) == ["cms.E002"]
    assert "lawz" in found[0].msg


def said_of(caplog, times=2, **meta):
    caplog.clear()
    middleware = ProxyNoticeMiddleware(lambda request: HttpResponse())
    for _ in range(times):
        middleware(RequestFactory().get(meta.pop("path", "/"), **meta))
    return [record.getMessage() for record in caplog.records]


FORWARDED = "HTTP_X_FORWARDED_FOR"


@pytest.mark.parametrize(
    ("proxies", "tls", "meta", "words"),
    [
        (0, False, {}, None),
        (1, True, {FORWARDED: "1.1.1.1", "HTTP_X_FORWARDED_PROTO": "https"}, None),
        (1, True, {FORWARDED: "6.6.6.6, 1.1.1.1"}, None),
        (0, False, {FORWARDED: "1.1.1.1"}, "TRUSTED_PROXIES is 0"),
        (0, False, {FORWARDED: ""}, "TRUSTED_PROXIES is 0"),
        (1, False, {}, "no X-Forwarded-For arrives"),
        (1, False, {FORWARDED: ""}, "no X-Forwarded-For arrives"),
        (2, False, {FORWARDED: "1.1.1.1"}, "fewer entries"),
        (2, False, {}, "fewer entries"),
        (0, False, {"HTTP_X_FORWARDED_PROTO": "https"}, "BEHIND_TLS_PROXY is not set"),
        (0, False, {"HTTP_X_FORWARDED_PROTO": "http"}, None),
    ],
)
def test_a_proxy_that_does_not_fit_the_settings_is_named_once(
    caplog, proxies, tls, meta, words
):
    header = ("HTTP_X_FORWARDED_PROTO", "https") if tls else None
    with override_settings(
        LOCAL=False, TRUSTED_PROXIES=proxies, SECURE_PROXY_SSL_HEADER=header
    ):
        said = said_of(caplog, **meta)
    assert len(said) == (1 if words else 0)
    assert (words or "") in "".join(said)


def test_load_balancers_and_ones_own_machine_are_not_warned_of(caplog):
    with override_settings(LOCAL=False, TRUSTED_PROXIES=1):
        assert said_of(caplog, times=1, path="/healthz") == []
    with override_settings(LOCAL=True), pytest.raises(MiddlewareNotUsed):
        ProxyNoticeMiddleware(lambda request: HttpResponse())


@pytest.fixture
def log(settings):
    """What the console handler of the settings writes."""
    root = logging.getLogger()
    handler = next(
        h
        for h in root.handlers
        if isinstance(h, logging.StreamHandler) and h.get_name() == "console"
    )
    stream = io.StringIO()
    before = handler.setStream(stream)
    yield stream
    handler.setStream(before)


def test_the_log_tells_the_time_with_its_zone(log):
    logging.getLogger("somewhere").warning("words")
    time, rest = log.getvalue().split(" WARNING ")
    assert rest == "somewhere: words\n"
    assert time[-5] in "+-"
    assert time[-4:].isdigit()


def raising(error):
    def send(*args, **kwargs):
        raise error

    return send


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (smtplib.SMTPServerDisconnected("gone"), "SMTPServerDisconnected"),
        (smtplib.SMTPAuthenticationError(535, b"no"), "answered 535"),
        (smtplib.SMTPSenderRefused(550, b"who?", "me@example.org"), "answered 550"),
        (
            smtplib.SMTPRecipientsRefused({"admin@example.org": (550, b"no")}),
            "SMTPRecipientsRefused",
        ),
    ],
)
def test_a_mail_server_that_refuses_is_one_line_of_the_log(
    client, db, django_user_model, log, monkeypatch, error, words
):
    monkeypatch.setattr("django.core.mail.message.EmailMessage.send", raising(error))
    django_user_model.objects.create_superuser("admin", "admin@example.org", "right")
    answer = client.post("/admin/password_reset/", {"email": "admin@example.org"})
    assert answer.status_code == 302
    lines = log.getvalue().splitlines()
    assert len(lines) == 1
    assert words in lines[0]
    assert "admin@" not in lines[0]


def test_a_mail_server_that_is_not_there_is_one_line_of_the_log(
    client, db, django_user_model, log, settings
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = int(refusing_url().rsplit(":")[-1].split("/")[0])
    django_user_model.objects.create_superuser("admin", "admin@example.org", "right")
    answer = client.post("/admin/password_reset/", {"email": "admin@example.org"})
    assert answer.status_code == 302
    lines = log.getvalue().splitlines()
    assert len(lines) == 1
    assert "refused" in lines[0]


def test_a_database_that_is_not_there_is_one_line_of_the_log(db, log):
    wrapper = connections.create_connection("default")
    wrapper.settings_dict = {
        **connections["default"].settings_dict,
        "NAME": "/nonexistent/folder/db.sqlite3",
        "HOST": "127.0.0.1",
        "PORT": refusing_url().rsplit(":")[-1].split("/")[0],
    }
    try:
        wrapper.ensure_connection()
    except OperationalError:
        logging.getLogger("django.request").exception("Internal Server Error: /")
    lines = log.getvalue().splitlines()
    assert len(lines) == 1
    assert "the database: " in lines[0]


def test_other_faults_keep_their_trace_back(log):
    try:
        socket.create_connection(("127.0.0.1", 1), 1)
    except OSError:
        logging.getLogger("somewhere").exception("not mail")
    assert "Traceback" in log.getvalue()
