"""Limits of the API."""

from typing import Any

from rest_framework.request import Request
from rest_framework.throttling import ScopedRateThrottle

from cms.client import limit_key


class AddressThrottle(ScopedRateThrottle):
    """Limits a view's `throttle_scope` by client; without a known client, it cannot."""

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        ident = limit_key(request)
        if ident is None:
            return None
        return self.cache_format % {"scope": self.scope, "ident": ident}
