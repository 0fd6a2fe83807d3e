"""The URLs that plugins contribute; a site includes them where it has its API."""

import logging

from django.urls import URLResolver, include, path

from .base import is_strict
from .kinds import ApiRoutes
from .registry import registry

logger = logging.getLogger("plugins")


def api_urlpatterns() -> list[URLResolver]:
    """Return ``<prefix>/`` for each contribution of the kind ``api_routes``.

    One that cannot be imported is logged and left out; in strict mode it raises.
    """
    patterns: list[URLResolver] = []
    for key, routes in registry.all("api_routes").items():
        if not isinstance(routes, ApiRoutes):
            continue
        try:
            patterns.append(path(f"{routes.prefix}/", include(routes.load_patterns())))
        except Exception:
            if is_strict():
                raise
            logger.exception("The API URLs of %s are left out", key)
    return patterns
