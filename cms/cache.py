"""A Redis cache that the site can do without.

Django's own backend raises when Redis does not answer, and every page asks it. Here a
cache that is down is an empty one: nothing is found, nothing is kept, and limits that
count in it let everybody pass. Time-outs are short, and after a failure the process
leaves Redis alone for a few seconds, so that one that hangs costs one short wait then
and not one for each call.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.core.cache.backends.redis import (
    RedisCache,
    RedisCacheClient,
    RedisSerializer,
)
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as NoConnection, RedisError
from redis.retry import Retry

logger = logging.getLogger("cms.cache")

# Seconds. Redis answers in a thousandth of that.
CONNECT_TIMEOUT, ANSWER_TIMEOUT = 0.3, 0.3
# How long Redis is left alone after a failure, and how often that is logged.
PAUSE, LOG_INTERVAL = 5.0, 60.0
# How many keys that could not be written are remembered.
MAX_STALE_KEYS = 10_000


class Unreadable(Exception):
    """A value that nobody can read any more: a miss, not a fault of Redis."""


class Serializer(RedisSerializer):
    def loads(self, data: Any) -> Any:
        try:
            return super().loads(data)
        except Exception as error:  # whatever unpickling runs into
            raise Unreadable from error


class Outage:
    """Whether a server answers, as this process knows; shared by its threads."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.failing = False
        self.next_try = 0.0
        self.next_log = 0.0
        # Keys whose value in Redis is not what it should be. They are deleted there
        # before anything is read again.
        self.stale: set[str] = set()

    def may_ask(self) -> bool:
        """Tell whether to try; while it fails, one thread does so, now and then."""
        if not self.failing:
            return True
        with self.lock:
            now = time.monotonic()
            if now < self.next_try:
                return False
            self.next_try = now + PAUSE
            return True

    def failed(self, error: Exception) -> None:
        with self.lock:
            now = time.monotonic()
            self.failing, self.next_try = True, now + PAUSE
            if now < self.next_log:
                return
            self.next_log = now + LOG_INTERVAL
        logger.warning(
            "The cache does not answer (%s: %s). The site goes on without it: slower, "
            "and API limits count nothing meanwhile.",
            type(error).__name__,
            error,
        )

    def over(self) -> None:
        with self.lock:
            if not self.failing:
                return
            self.failing = False
        logger.warning("The cache answers again.")

    def remember(self, keys: Iterable[str]) -> None:
        with self.lock:
            if len(self.stale) < MAX_STALE_KEYS:
                self.stale.update(keys)

    def remembered(self) -> tuple[str, ...]:
        if not self.stale:
            return ()
        with self.lock:
            return tuple(self.stale)

    def forget(self, keys: Iterable[str]) -> None:
        with self.lock:
            self.stale.difference_update(keys)


_outages: dict[tuple[str, ...], Outage] = {}


class PatientClient(RedisCacheClient):
    """Django's client, with an answer for every call that Redis gives none to.

    It takes what Django's takes: keys and seconds that the backend has made ready.
    """

    def __init__(self, servers: list[str], **options: Any) -> None:
        defaults = {
            "serializer": Serializer,
            "socket_connect_timeout": CONNECT_TIMEOUT,
            "socket_timeout": ANSWER_TIMEOUT,
            # Once more at once: Redis was restarted, or closed an idle connection.
            "retry": Retry(NoBackoff(), 1, supported_errors=(NoConnection,)),
        }
        super().__init__(servers, **{**defaults, **options})
        self.outage = _outages.setdefault(tuple(servers), Outage())

    def _ask(
        self,
        otherwise: Any,
        call: Callable[..., Any],
        *args: Any,
        writes: Iterable[str] = (),
    ) -> Any:
        """Return what `call(*args)` gives, or `otherwise`; `writes`: the keys it
        changes."""
        outage = self.outage
        if not outage.may_ask():
            outage.remember(writes)
            return otherwise
        try:
            if stale := outage.remembered():
                super().delete_many(stale)
                outage.forget(stale)
            answer = call(*args)
        except (RedisError, OSError) as error:
            outage.failed(error)
            outage.remember(writes)
            return otherwise
        except Unreadable:
            answer = otherwise
        outage.over()
        return answer

    def add(self, key: Any, value: Any, timeout: Any) -> bool:
        return bool(self._ask(True, super().add, key, value, timeout))

    def get(self, key: Any, default: Any) -> Any:
        return self._ask(default, super().get, key, default)

    def set(self, key: Any, value: Any, timeout: Any) -> None:
        self._ask(None, super().set, key, value, timeout, writes=[key])

    def touch(self, key: Any, timeout: Any) -> bool:
        return bool(self._ask(False, super().touch, key, timeout))

    def delete(self, key: Any) -> bool:
        return bool(self._ask(False, super().delete, key, writes=[key]))

    def get_many(self, keys: Any) -> dict[Any, Any]:
        found: dict[Any, Any] = self._ask({}, super().get_many, keys)
        return found

    def has_key(self, key: Any) -> bool:
        return bool(self._ask(False, super().has_key, key))

    def incr(self, key: Any, delta: int) -> int:
        """Count from 0 if Redis is not there to know better."""
        return int(self._ask(delta, super().incr, key, delta))

    def set_many(self, data: Any, timeout: Any) -> None:
        self._ask(None, super().set_many, data, timeout, writes=data)

    def delete_many(self, keys: Any) -> None:
        self._ask(None, super().delete_many, keys, writes=keys)

    def clear(self) -> bool:
        return bool(self._ask(False, super().clear))


class PatientRedisCache(RedisCache):
    """`BACKEND` of a cache at `LOCATION`, a list of one Redis URL."""

    def __init__(self, server: list[str], params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = PatientClient
