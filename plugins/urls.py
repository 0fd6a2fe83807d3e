"""The addresses plugins contribute; a site includes them where it keeps its API."""

import logging

from django.urls import URLResolver, include, path

from .base import is_strict
from .kinds import ApiRoutes
from .registry import registry

logger = logging.getLogger("plugins")


def api_urlpatterns() -> list[URLResolver]:
    """``<prefix>/`` for each contribution of the kind ``api_routes``.

    Made when the site's addresses are; one that cannot be imported is logged and left
    out, or raises in strict mode.
    """
    patterns: list[URLResolver] = []
    for key, routes in registry.all("api_routes").items():
        if not isinstance(routes, ApiRoutes):
            continue
        try:
            patterns.append(path(f"{routes.prefix}/", include(routes.patterns())))
        except Exception:
            if is_strict():
                raise
            logger.exception("The API addresses of %s are left out", key)
    return patterns
