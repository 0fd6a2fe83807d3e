"""Which endpoints the published OpenAPI description covers."""

from typing import Any

OURS = "/api/v1/"


def keep_own_paths(endpoints: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Keep our own endpoints: (path, path pattern, method, view) each."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith(OURS)]
