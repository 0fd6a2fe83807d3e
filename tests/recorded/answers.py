"""What is asked of the site for the record, and what of an answer is kept.

Others rely on the API's JSON to the letter. Of a page they rely on what can be held on
to from outside: its status, its headers, and the addresses, the names of form fields
and the ids in it. Its words may change freely.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client

from tests.screening_block import small

HEADERS = ["Content-Type", "Cache-Control", "Location", "Access-Control-Allow-Origin"]
MOMENT = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d[\d:.]*(Z|[+-]\d\d:\d\d)?"
EVALUATE = "/api/v1/screeners/small/evaluate/"
DEPOSIT = "/api/v1/screeners/deposit/evaluate/"
DAY = "2026-11-23"
TRIP = {
    "status": "none",
    "statute": "pc_25400",
    "days": 1,
    "plans": ["travel", "naturalization"],
    "trip_start": "2026-12-24",
    "court_date_set": True,
}
BATCH = {"items": [{"answers": TRIP}, {"answers": {"shoes": 2}}], "as_of": DAY}

PAGES = [
    "/",
    "/articles/",
    "/articles/?q=conviction",
    "/articles/?topic=green-card",
    "/topics/green-card/",
    "/articles/feed/",
    "/articles/full/",
    "/articles/short/",
    "/articles/short.md",
    "/privacy/",
    "/screeners/small/",
    "/small/",
    "/embed/v1/small/",
    "/embed/v1/screener.js",
    "/embed/v1/screener.css",
    "/api/docs/",
    "/nowhere/",
    "/healthz",
    "/robots.txt",
    "/sitemap.xml",
    "/llms.txt",
    "/site.webmanifest",
    "/.well-known/security.txt",
    "/favicon.ico",
]
READ = [
    "/api/v1/articles/",
    "/api/v1/articles/?fields=slug,topics&limit=1",
    "/api/v1/articles/?q=conviction&fields=slug",
    "/api/v1/articles/?colour=red",
    "/api/v1/articles/full/",
    "/api/v1/articles/nowhere/",
    "/api/v1/articles/full/?fields=body&text=markdown",
    "/api/v1/articles/full?fields=slug",
    "/api/v1/topics/",
    "/api/v1/topics/firearms/",
    "/api/v1/terms/",
    "/api/v1/terms/nowhere/",
    "/api/v1/",
    "/api/v1/pages/",
    "/api/v1/pages/privacy/",
    "/api/v1/pages/nowhere/",
    "/api/v1/site/",
    "/api/v1/screeners/",
    "/api/v1/screeners/small/",
    "/api/v1/screeners/nowhere/",
    "/api/v1/thresholds/",
    "/api/v1/charts/statutes/",
    "/api/v1/charts/nowhere/",
    "/api/v1/help/",
    "/api/v1/help/?county=Alameda",
    "/api/v1/help/nowhere/",
    "/api/v1/thresholds/nowhere/",
    "/api/v1/changes/?after=yesterday",
    "/api/v1/screeners/small/help/",
    "/embed/v1/oembed?url=http://testserver/screeners/small/",
    "/embed/v1/oembed?url=http://example.org/",
]
EVALUATED: list[tuple[str, Any]] = [
    (EVALUATE, {"answers": {}, "as_of": DAY}),
    (EVALUATE, {"answers": {**small.ASSAULT, "days": 400}, "as_of": DAY}),
    (EVALUATE, {"answers": {"status": "lpr", "days": None}, "as_of": DAY}),
    (f"{EVALUATE}?text=plain", {"answers": TRIP, "as_of": DAY}),
    (f"{EVALUATE}?detail=levels", {"answers": TRIP, "as_of": DAY}),
    (f"{EVALUATE}?detail=reasons", {"answers": TRIP, "as_of": DAY}),
    (f"{EVALUATE}batch/?detail=levels", BATCH),
    (EVALUATE, {"answers": {"days": "many", "shoes": 2}, "as_of": DAY}),
    (EVALUATE, {"answers": [], "as_of": "soon", "colour": "red"}),
    (EVALUATE, {"answers": {}, "release": "0" * 64}),
    (DEPOSIT, {"answers": {"rent": 250000, "paid": False}, "as_of": DAY}),
    (DEPOSIT, {"answers": {"rent": 9950, "moved": DAY}, "as_of": DAY}),
]
FORM = {"status": "lpr", "statute": "pc_245", "days": "400", "plans": "nothing"}


def ask_all(client: Client) -> Iterator[tuple[str, Any]]:
    """Make each request of the record, and yield it with what is kept of its answer."""
    for address in PAGES:
        yield f"GET {address}", keep(client.get(address))
    yield "POST /screeners/small/", keep(client.post("/screeners/small/", FORM))
    for address in READ:
        yield f"GET {address}", keep(client.get(address))
    yield "GET /api/schema/", outline(client.get("/api/schema/").json())
    for address, body in EVALUATED:
        answer = client.post(address, body, content_type="application/json")
        yield f"POST {address} {json.dumps(body)}", keep(answer)


def keep(answer: HttpResponse) -> dict[str, Any]:
    """Return what of an answer is the same each time that the same is asked."""
    record: dict[str, Any] = {"status": answer.status_code}
    record |= {name: steady(answer[name]) for name in HEADERS if name in answer}
    kind = answer.get("Content-Type", "").split(";")[0]
    if kind.endswith("json"):
        record["body"] = json.loads(steady(answer.content.decode()))
    elif kind.startswith("text/html"):
        record["holds"] = _Holds.of(answer.content.decode())
    elif kind in ("text/plain", "text/markdown") or kind.endswith("xml"):
        record["body"] = (
            steady(answer.content.decode()).replace("><", ">\n<").splitlines()
        )
    return record


def steady(text: str) -> str:
    """Take out of `text` the moment and the chance that went into it."""
    text = re.sub(MOMENT, "TIME", text)
    text = re.sub(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", "UUID", text)
    # Numbers of rows, and the moments in cursors.
    text = re.sub(r'("(?:id|parent)": ?)\d+', r"\g<1>0", text)
    text = re.sub(r'"\d{16}-\d+"', '"CURSOR"', text)
    # What Django adds to the name of a file where one of that name is there already.
    text = re.sub(r"(/media/[\w/-]+?)_[A-Za-z0-9]{7}(?=\.)", r"\1", text)
    text = re.sub(r'(?m)^((?:published|updated): )"[\d-]+"$', r"\1DAY", text)
    text = re.sub(r"<lastmod>[^<]*", "<lastmod>", text)
    # Of static files, of pictures, and of the day's words.
    return re.sub(r"(?<=[._-])[0-9a-f]{8,16}(?=[./\"]|$)", "HASH", text)


class _Holds(HTMLParser):
    """Collects from a page what can be held on to from outside."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    @classmethod
    def of(cls, html: str) -> list[str]:
        page = cls()
        page.feed(steady(html))
        return sorted(page.found)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        for name in ("href", "src", "action"):
            address = given.get(name, "").split("#")[0]
            if address and not address.startswith(("/static/", "data:", "/media/")):
                self.found.add(f"{name}={address}")
        if tag in ("input", "select", "textarea", "button") and "name" in given:
            self.found.add(f"field {given['name']}={given.get('value', '')}")
        if "id" in given:
            self.found.add(f"#{given['id']}")


def outline(schema: dict[str, Any]) -> dict[str, Any]:
    """Reduce an OpenAPI description to what is taken and given, without its prose."""
    record: dict[str, Any] = {"openapi": schema["openapi"]}
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            taken = [
                f"{'' if given.get('required') else '?'}{given['name']}: "
                f"{_type(given['schema'])}"
                for given in operation.get("parameters", [])
            ]
            asked = _content(operation.get("requestBody", {}))
            if asked:
                taken.append(f"body: {asked}")
            given = {
                status: _content(answer)
                for status, answer in operation["responses"].items()
            }
            record[f"{method.upper()} {path}"] = {"takes": taken, "gives": given}
    for name, described in schema["components"]["schemas"].items():
        needed = described.get("required", [])
        record[name] = [
            f"{'' if key in needed else '?'}{key}: {_type(value)}"
            for key, value in described.get("properties", {}).items()
        ] or _type(described)
    return record


def _content(part: dict[str, Any]) -> str:
    return ", ".join(
        f"{kind} {_type(value['schema'])}"
        for kind, value in part.get("content", {}).items()
    )


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    for many, sign in (("allOf", " & "), ("oneOf", " | "), ("anyOf", " | ")):
        if many in schema:
            return sign.join(map(_type, schema[many]))
    if "enum" in schema:
        return "|".join(map(str, schema["enum"]))
    kind = schema.get("type", "any")
    if kind == "array":
        return f"[{_type(schema['items'])}]"
    kinds = "|".join(kind) if isinstance(kind, list) else str(kind)
    return " ".join(filter(None, [kinds, schema.get("format"), schema.get("pattern")]))
