"""Limits that are counted in the cache. While it is down they let everybody pass."""

from typing import Any

from rest_framework.request import Request
from rest_framework.throttling import ScopedRateThrottle, SimpleRateThrottle

from cms.client import get_limit_key


class AddressThrottle(ScopedRateThrottle):
    """Limits a view's `throttle_scope` by client; without a known client, it cannot."""

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        ident = get_limit_key(request)
        if ident is None:
            return None
        return self.cache_format % {"scope": self.scope, "ident": ident}


class _Counter(SimpleRateThrottle):
    def __init__(self, scope: str, key: str) -> None:
        self.scope, self.ident = scope, key
        super().__init__()

    def get_cache_key(self, request: Any, view: Any) -> str:
        return self.cache_format % {"scope": self.scope, "ident": self.ident}


def count_request(scope: str, key: str | None) -> bool:
    """Count one more of `scope` for `key`; return whether it is still within the limit.

    For views that are not the API's: `allowed("search", limit_key(request))`. The rates
    stand in `DEFAULT_THROTTLE_RATES`; who is not known (None) is not limited.
    """
    return key is None or bool(_Counter(scope, key).allow_request(None, None))  # type: ignore[arg-type]
