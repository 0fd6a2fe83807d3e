"""Keeps a copy of all that is public by following the feed, as another system would,
and reads the same anew from every list, to be compared."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from wagtail.models import Locale

from cms.changes.endpoint import VIEWS
from screening_block.models import Chart, Release, Screener

CODES = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
ANSWER = tuple[int, Any]
Key = tuple[str, str, str]
#: What names one of each type.
NAMES = {
    **dict.fromkeys(("article", "page"), "id"),
    **dict.fromkeys(("help_entry", "threshold", "chart"), "key"),
    **dict.fromkeys(("screener", "screener_help"), "key"),
    **{"topic": "slug", "term": "slug", "site": "locale", "release": "sha256"},
}


def key_of(entry: dict[str, Any]) -> Key:
    # An article whose address another one has is read as a page.
    kind = "page" if entry["type"] == "article" else entry["type"]
    locale = "" if kind == "page" else entry.get("locale", "")
    return kind, str(entry[NAMES[entry["type"]]]), locale


class Mirror:
    """Asks by `get`, which takes an address and returns a status and a body."""

    def __init__(self, get: Callable[[str], ANSWER], limit: int = 20) -> None:
        self.get, self.limit = get, limit
        self.held: dict[Key, Any] = {}
        self.told: dict[Key, dict[str, Any]] = {}
        self.cursor: str | None = None
        self.entries: list[dict[str, Any]] = []

    def state(self) -> dict[str, Any]:
        """Return what it holds, as JSON can hold it."""
        pairs = {"held": [*self.held.items()], "told": [*self.told.items()]}
        return {**pairs, "cursor": self.cursor, "entries": self.entries}

    def restore(self, state: dict[str, Any]) -> None:
        """Hold what another one held."""
        self.held = {tuple(key): body for key, body in state["held"]}
        self.told = {tuple(key): entry for key, entry in state["told"]}
        self.cursor, self.entries = state["cursor"], state["entries"]

    def follow(self) -> int:
        """Read on until there is no more; return how many entries there were."""
        count = 0
        while True:
            after = f"&after={self.cursor}" if self.cursor else ""
            status, body = self.get(f"/api/v1/changes/?limit={self.limit}{after}")
            if status == 410:
                self.held, self.told, self.cursor = {}, {}, None
                continue
            assert status == 200, body
            for entry in body["results"]:
                self._take(entry)
            count += len(body["results"])
            self.entries += body["results"]
            self.cursor = body["next"]
            if not body["has_more"]:
                return count

    def _take(self, entry: dict[str, Any]) -> None:
        key = key_of(entry)
        if entry["gone"]:
            self.held.pop(key, None)
            self.told.pop(key, None)
            return
        address = entry["url"].partition("/api/")[2]
        status, body = self.get(f"/api/{address}")
        # It may be gone since the feed was asked: the next part of it says so.
        if status == 200:
            self.held[key] = body
        self.told[key] = entry


def read_all(get: Callable[[str], ANSWER]) -> dict[Key, Any]:
    """Return the same from the lists themselves, and from the database what no list
    names."""
    found: dict[Key, Any] = {
        ("site", code, code): _read(get, "site/", code) for code in CODES
    }
    for code in Locale.objects.values_list("language_code", flat=True):
        for one in _list(get, "articles/", code):
            status, body = get(f"/api/v1/articles/{one['slug']}/?locale={code}")
            assert status == 200
            shadowed = body["id"] != one["id"]
            found["page", str(one["id"]), ""] = (
                _read(get, f"pages/{one['id']}/", code) if shadowed else body
            )
        for one in _list(get, "pages/", code):
            status, body = get(f"/api/v1/pages/{one['id']}/")
            if status == 200:
                found["page", str(one["id"]), ""] = body
        for one in _read(get, "topics/", code)["results"]:
            found["topic", one["slug"], code] = one
        for one in _read(get, "terms/", code)["results"]:
            found["term", one["slug"], code] = one
    for code in CODES:
        for one in _list(get, "help/", code):
            found["help_entry", one["key"], code] = one
        for screener in Screener.objects.values_list("key", flat=True):
            status, body = get(f"/api/v1/screeners/{screener}/help/?locale={code}")
            if status == 200:
                found["screener_help", screener, code] = body
    listed = {one["key"] for one in get("/api/v1/screeners/")[1]}
    for key in Screener.objects.values_list("key", flat=True):
        status, body = get(f"/api/v1/screeners/{key}/")
        assert (status == 200) == (key in listed)
        if status == 200:
            found["screener", key, ""] = body
    for one in get("/api/v1/thresholds/")[1]:
        found["threshold", one["key"], ""] = one
    named = {
        "chart": Chart.objects.values_list("key", flat=True),
        "release": Release.objects.values_list("pk", flat=True),
    }
    for kind, names in named.items():
        for name in names:
            status, body = get(f"/api/v1/{kind}s/{name}/")
            if status == 200:
                found[kind, name, ""] = body
    return found


def _read(get: Callable[[str], ANSWER], path: str, code: str, **more: Any) -> Any:
    query = "&".join(f"{name}={value}" for name, value in more.items())
    status, body = get(f"/api/v1/{path}?locale={code}&{query}".removesuffix("&"))
    assert status == 200, (path, body)
    return body


def _list(get: Callable[[str], ANSWER], path: str, code: str) -> list[Any]:
    found: list[Any] = []
    while True:
        page = _read(get, path, code, limit=100, offset=len(found))
        found += page["results"]
        if page["next"] is None:
            return found


def compare(held: dict[Key, Any], fresh: dict[Key, Any]) -> list[str]:
    """Return what differs, in words."""
    wrong = []
    for key in sorted({*held, *fresh}):
        if key not in held:
            wrong.append(f"{key}: not in the mirror")
        elif key not in fresh:
            wrong.append(f"{key}: not public any more")
        elif held[key] != fresh[key]:
            names = [
                f"{name}: {json.dumps(held[key][name])[:150]} is "
                f"{json.dumps(fresh[key].get(name))[:150]}"
                for name in held[key]
                if held[key][name] != fresh[key].get(name)
            ]
            wrong.append(f"{key}: {'; '.join(names)}")
    return wrong


assert set(NAMES) == set(VIEWS)
