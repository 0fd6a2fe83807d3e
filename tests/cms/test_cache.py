"""The site goes on when its cache does not answer, or answers nonsense."""

import logging
import threading
import time
from contextlib import contextmanager

import pytest
from django.core.cache import caches
from django.test import override_settings

from cms import cache as patient
from cms.settings.tools import cache_from_url
from tests.fake_redis import fake_redis, refusing_url

ILLNESSES = [
    "refuses",
    "no such host",
    "no such socket",
    "silent",
    "drops",
    "babbles",
    "readonly",
    "LOADING Redis is loading the dataset in memory",
    "OOM command not allowed when used memory > 'maxmemory'.",
    "MISCONF Redis is configured to save RDB snapshots",
    "NOAUTH Authentication required.",
    "ERR max number of clients reached",
    "MOVED 3999 127.0.0.1:6381",
    "WRONGTYPE Operation against a key holding the wrong kind of value",
]


@contextmanager
def ill(illness):
    """The URL of a Redis with this illness."""
    if illness == "refuses":
        yield refusing_url()
    elif illness == "no such host":
        yield "redis://nowhere.invalid:6379/0"
    elif illness == "no such socket":
        yield "unix:///nonexistent/redis.sock?db=1"
    else:
        with fake_redis(illness) as server:
            yield server.url


def cache_at(url):
    return patient.PatientRedisCache([url], {})


@pytest.fixture(autouse=True)
def no_outage_yet():
    patient._outages.clear()


@pytest.mark.parametrize("illness", ILLNESSES)
def test_a_cache_that_is_ill_is_an_empty_one(illness, caplog):
    with ill(illness) as url:
        cache = cache_at(url)
        began = time.monotonic()
        for _ in range(3):
            cache.set("key", "value", 60)
            assert cache.get("key") is None
            assert cache.get("key", []) == []
            assert cache.get_many(["key", "other"]) == {}
            assert cache.get_or_set("key", lambda: "made") == "made"
            assert cache.add("key", "value") is True
            assert cache.incr("count") == 1
            assert cache.decr("count") == -1
            assert cache.touch("key") is False
            assert cache.delete("key") is False
            assert not cache.has_key("key")
            assert "key" not in cache
            assert not cache.set_many({"a": 1, "b": 2})
            cache.delete_many(["a", "b"])
            cache.clear()
        # One wait for each of some 40 calls would take far longer.
        assert time.monotonic() - began < 5
    # One line, and no trace back.
    assert len(caplog.records) == 1
    assert "does not answer" in caplog.text
    assert "Traceback" not in caplog.text


def test_a_redis_that_hangs_is_asked_once_in_a_while(monkeypatch):
    monkeypatch.setattr(patient, "PAUSE", 1000)
    with fake_redis("silent") as server:
        threads = [
            threading.Thread(
                target=lambda: [cache_at(server.url).get("key") for _ in range(200)]
            )
            for _ in range(4)
        ]
        cache_at(server.url).get("key")
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert server.connections == 1
        (outage,) = patient._outages.values()
        outage.next_try = 0
        cache_at(server.url).get("key")
        cache_at(server.url).get("key")
        assert server.connections == 2


def test_a_cache_that_returns_is_used_at_once_and_holds_nothing_outdated(
    monkeypatch, caplog
):
    monkeypatch.setattr(patient, "PAUSE", 0.1)
    caplog.set_level(logging.WARNING)
    with fake_redis() as server:
        cache = cache_at(server.url)
        for key in ("deleted", "written", "kept"):
            cache.set(key, "old")
        server.illness = "LOADING again"
        cache.delete("deleted")
        cache.set("written", "new")
        assert cache.get("kept") is None
        time.sleep(0.15)
        # It can be read, but what is wrong in it cannot be taken out.
        server.illness = "readonly"
        assert cache.get("deleted") is None
        assert cache.get("written") is None
        time.sleep(0.15)
        server.illness = ""
        assert cache.get("deleted") is None
        assert cache.get("written") is None
        assert cache.get("kept") == "old"
        cache.set("written", "newest")
        assert cache.get("written") == "newest"
    said = [record.getMessage() for record in caplog.records]
    assert len(said) == 2
    assert said[-1] == "The cache answers again."


def test_an_idle_connection_that_was_closed_costs_nothing(caplog):
    with fake_redis() as server:
        cache = cache_at(server.url)
        cache.set("key", "value")
        server.hang_up()
        assert cache.get("key") == "value"
        assert server.connections == 2
    assert not caplog.records


def test_a_value_nobody_can_read_any_more_is_a_miss(caplog):
    with fake_redis() as server:
        cache = cache_at(server.url)
        key = cache.make_key("key").encode()
        for value in (b"", b"\x80\x05garbage", b"cno.such.module\nThing\n.", b"\xff"):
            server.data[key] = value
            assert cache.get("key", "default") == "default"
    assert not caplog.records


def test_a_count_that_is_not_there_is_still_an_error_of_the_caller():
    with fake_redis() as server, pytest.raises(ValueError, match="not found"):
        cache_at(server.url).incr("nothing")


@pytest.fixture(params=["refuses", "silent", "readonly"])
def ill_site(request, small_site):
    """The small site, its cache ill."""
    with ill(request.param) as url:
        setting = cache_from_url(url)
        with override_settings(CACHES={"default": setting}):
            yield small_site
            caches["default"].close()


def test_without_its_cache_the_site_reads_searches_and_limits_nobody(
    client, ill_site, monkeypatch
):
    monkeypatch.setattr(
        "cms.throttles.AddressThrottle.THROTTLE_RATES",
        {"search": "1/min", "evaluate": "1/min"},
    )
    for address in ("/", "/articles/full/", "/sitemap.xml", "/api/v1/articles/?q=law"):
        for _ in range(3):
            assert client.get(address).status_code == 200, address
    for _ in range(3):
        asked = client.post(
            "/api/v1/screeners/none/evaluate/",
            {"answers": {}},
            content_type="application/json",
        )
        assert asked.status_code == 404
    health = client.get("/healthz")
    assert health.status_code == 200
    assert health.json()["degraded"] == ["cache"]


def test_without_its_cache_log_ins_are_counted_all_the_same(
    client, ill_site, django_user_model, settings
):
    django_user_model.objects.create_superuser("admin", "a@example.org", "right")
    settings.AXES_ENABLED = True
    for _ in range(settings.AXES_FAILURE_LIMIT):
        wrong = client.post("/admin/login/", {"username": "admin", "password": "no"})
    assert wrong.status_code == 429
    elsewhere = {"REMOTE_ADDR": "203.0.113.9"}
    right = client.post(
        "/admin/login/", {"username": "admin", "password": "right"}, **elsewhere
    )
    assert right.status_code == 302
    assert client.get("/admin/", **elsewhere).status_code == 200
