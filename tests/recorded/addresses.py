"""Every address of the site, as the resolver knows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def list_addresses() -> list[str]:
    """List each pattern with the name it is reversed by, in alphabetical order."""
    return sorted(_below(get_resolver().url_patterns))


def _below(
    patterns: Iterable[URLPattern | URLResolver], prefix: str = "", space: str = ""
) -> Iterator[str]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _below(pattern.url_patterns, route, inner)
        else:
            yield f"/{route} {space}{pattern.name or ''}".rstrip()
