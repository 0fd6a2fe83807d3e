"""Settings that promise something."""

import importlib
import os
import re
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from unittest import mock

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.test import override_settings
from django.utils import translation
from wagtail.models import Locale

from cms.settings import tools

from .factories import publish


def run(code: str, **env: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], **env},
        check=False,
    )


def test_production_names_every_variable_that_is_missing():
    result = run("import cms.settings.production", SECRET_KEY="x")
    assert result.returncode != 0
    assert "ALLOWED_HOSTS, DATABASE_URL, CACHE_URL, SITE_URL" in result.stderr


def test_sqlite_writers_queue_instead_of_failing():
    options = tools.tuned_database({"ENGINE": "django.db.backends.sqlite3"})["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]


def test_a_database_server_that_hangs_is_given_up_and_the_url_has_the_last_word():
    server = {"ENGINE": "django.db.backends.postgresql"}
    assert tools.tuned_database(server)["OPTIONS"]["connect_timeout"] == 5
    server["OPTIONS"] = {"connect_timeout": "20"}
    assert tools.tuned_database(server)["OPTIONS"]["connect_timeout"] == "20"
    # Accepts and never says a word.
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        port = silent.getsockname()[1]
        result = run(
            "import django, time; django.setup()\n"
            "from django.db import connection, OperationalError\n"
            "began = time.monotonic()\n"
            "try: connection.ensure_connection()\n"
            "except OperationalError: print(time.monotonic() - began)",
            DJANGO_SETTINGS_MODULE="cms.settings.base",
            VAR_DIR=tempfile.gettempdir(),
            SECRET_KEY="x" * 50,
            DATABASE_URL=f"postgres://u@127.0.0.1:{port}/x?connect_timeout=2",
        )
    assert 1 < float(result.stdout) < 10, result.stderr


def test_a_local_secret_key_is_made_once_and_private(tmp_path):
    file = tmp_path / "var" / "secret_key"
    key = tools.local_secret_key(file)
    assert len(key) > 50
    assert tools.local_secret_key(file) == key
    assert file.stat().st_mode & 0o077 == 0


GOOD = {
    "DJANGO_SETTINGS_MODULE": "cms.settings.production",
    "SECRET_KEY": "s3cret" * 10,
    "ALLOWED_HOSTS": "law.example.org",
    "DATABASE_URL": "sqlite://:memory:",
    "CACHE_URL": "redis://localhost:6379/0",
    "SITE_URL": "https://law.example.org",
}
NONSENSE = [
    ("TRUSTED_PROXIES", "one", "whole number"),
    ("TRUSTED_PROXIES", "-1", "whole number"),
    ("TRUSTED_PROXIES", "1.5", "whole number"),
    ("TRUSTED_PROXIES", "²", "whole number"),
    ("EMAIL_PORT", "smtp", "whole number"),
    ("HSTS_SECONDS", "a year", "whole number"),
    ("BEHIND_TLS_PROXY", "yse", "1 or 0"),  # codespell:ignore
    ("SSL_REDIRECT", "2", "1 or 0"),
    ("TIME_ZONE", "Los Angeles", "time zone"),
    ("TIME_ZONE", "../etc/passwd", "time zone"),
    ("TIME_ZONE", "America", "time zone"),
    ("SITE_URL", "nonsense", "address of the site"),
    ("SITE_URL", "law.example.org", "address of the site"),
    ("SITE_URL", "https://", "address of the site"),
    ("SITE_URL", "https://law.example.org/path", "address of the site"),
    ("SITE_URL", "ftp://law.example.org", "address of the site"),
    ("SITE_URL", "https://law.example.org:port", "address of the site"),
    ("SITE_URL", "https://[law", "address of the site"),
    ("ALLOWED_HOSTS", "https://law.example.org", "host names only"),
    ("ALLOWED_HOSTS", "law.example.org:443", "host names only"),
    ("ALLOWED_HOSTS", "a.example.org,b.example.org/x", "host names only"),
    ("DATABASE_URL", "law", "must look like"),
    ("DATABASE_URL", "mysql://u:hunter2@host/law", "must look like"),
    ("DATABASE_URL", "postgres://u:hunter2@host", "names no database"),
    ("DATABASE_URL", "postgres://u:hunter2@host:port/law", "cannot be read"),
    ("DATABASE_URL", "postgres://u:hun[ter2@host/law", "cannot be read"),
    ("CACHE_URL", "memcached://x", "must begin with"),
    ("CACHE_URL", "localhost:6379", "must begin with"),
    ("CACHE_URL", "redis://:hunter2@host:port/0", "cannot be read"),
    ("CACHE_URL", "redis://:hun[ter2@host/0", "cannot be read"),
]


@contextmanager
def read_with(**variables):
    """The production settings, read anew with these variables and no others."""
    with (
        mock.patch.dict(os.environ, variables, clear=True),
        mock.patch.dict(sys.modules),
    ):
        for name in ("base", "production"):
            sys.modules.pop(f"cms.settings.{name}", None)
        yield importlib.import_module("cms.settings.production")


def test_production_reads_what_is_meant(tmp_path):
    more = {
        "VAR_DIR": str(tmp_path),
        "TRUSTED_PROXIES": " 2 ",
        "BEHIND_TLS_PROXY": "True",
        "SITE_URL": "https://law.example.org:8443/",
        "ALLOWED_HOSTS": "law.example.org, .example.com,[::1],",
        "DATABASE_URL": "postgres://u:p%40ss@host/law?sslmode=require",
        "CACHE_URL": "redis://:pa,ss@host:6379/1",
        "TIME_ZONE": "",
        "EMAIL_PORT": "",
    }
    with read_with(**GOOD | more) as read:
        assert read.TRUSTED_PROXIES == 2
        assert read.SECURE_PROXY_SSL_HEADER
        assert read.WAGTAILADMIN_BASE_URL == "https://law.example.org:8443"
        assert read.ALLOWED_HOSTS == ["law.example.org", ".example.com", "[::1]"]
        assert read.DATABASES["default"]["PASSWORD"] == "p@ss"
        assert read.DATABASES["default"]["CONN_MAX_AGE"] == 600
        assert read.DATABASES["default"]["OPTIONS"]["sslmode"] == "require"
        assert read.CACHES["default"]["LOCATION"] == ["redis://:pa,ss@host:6379/1"]
        assert read.EMAIL_PORT == 25


@pytest.mark.parametrize(("name", "value", "words"), NONSENSE)
def test_a_setting_that_cannot_be_meant_is_named_in_a_sentence(
    tmp_path, name, value, words
):
    with (
        pytest.raises(ImproperlyConfigured, match=words) as refused,
        read_with(**GOOD | {"VAR_DIR": str(tmp_path), name: value}),
    ):
        pass
    assert name in str(refused.value)
    assert "hun" not in str(refused.value)


def test_a_command_with_wrong_settings_ends_in_one_line():
    result = subprocess.run(
        [sys.executable, "manage.py", "migrate"],
        capture_output=True,
        text=True,
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], **GOOD, "TRUSTED_PROXIES": "one"},
        check=False,
    )
    assert result.returncode == 1
    assert result.stderr == (
        "The settings are not right. "
        "TRUSTED_PROXIES must be a whole number, not 'one'.\n"
    )


def test_no_log_handler_can_write_out_a_request():
    handlers = settings.LOGGING["handlers"]
    assert {h["class"] for h in handlers.values()} == {"logging.StreamHandler"}
    result = run(
        "import django, logging; django.setup();"
        "print({type(h).__name__ for l in [logging.root, *(logging.getLogger(n)"
        " for n in logging.root.manager.loggerDict)] for h in l.handlers})",
        DJANGO_SETTINGS_MODULE="cms.settings.test",
    )
    assert "AdminEmailHandler" not in result.stdout, result.stderr


def test_an_error_log_holds_neither_query_nor_body(client, small_site, caplog):
    client.get("/nowhere/?secret=hunter2")
    client.post(
        "/api/v1/screeners/none/evaluate/",
        {"answers": {"status": "hunter2"}},
        content_type="application/json",
    )
    assert "Not Found: /nowhere/" in caplog.text
    assert "hunter2" not in caplog.text


@pytest.mark.once  # only reads what others write on both databases
@pytest.mark.parametrize(
    "code", [code for code, _name in settings.LANGUAGES if code != "en"]
)
def test_the_frame_speaks_every_language(client, small_site, code):
    with translation.override(code):
        skip = translation.gettext("Skip to main content")
    assert skip != "Skip to main content"
    locale = Locale.objects.create(language_code=code)
    publish(small_site.home.copy_for_translation(locale))
    response = client.get(f"/{code}/")
    assert response.headers["Content-Language"] == code
    assert skip in response.content.decode()


def test_static_files_can_be_hashed_for_production(tmp_path):
    storages = {
        **settings.STORAGES,
        # As in production, without the compressing, which takes long.
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
        },
    }
    with override_settings(STORAGES=storages, STATIC_ROOT=tmp_path):
        call_command("collectstatic", interactive=False, verbosity=0)
    hashed = list((tmp_path / "cms").glob("site.*.css"))
    assert len(hashed) == 1
    # The picture of the hero is found under its hashed name too.
    assert re.search(r"hero\.[0-9a-f]{12}\.svg", hashed[0].read_text("utf-8"))
