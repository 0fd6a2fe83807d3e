"""`GET /api/v1/changes/`: what was published, changed or taken away, in one order."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import Min, Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.models import Site

from cms.api.change_shapes import TYPES
from cms.changes.cursors import (
    PATTERN,
    Cursor,
    StartAnewError,
    read_cursor,
    write_cursor,
)
from cms.changes.models import History, Thing
from cms.changes.reconciling import reconcile
from plugins.freshness import keep_until
from screening_block.api.answering import refuse_unknown
from screening_block.api.errors import DetailedProblem, RequestProblems
from screening_block.api.paging import DEFAULT_LIMIT, PAGING, read_paging
from screening_block.api.tagged import TaggedView

#: It costs little to ask whether there is something new, and nobody is told too late.
ASKED_EACH_TIME = "public, max-age=0, must-revalidate"
AFTER = OpenApiParameter(
    "after",
    {"type": "string", "pattern": f"^{PATTERN}$"},
    description="`next` of the answer before. Without it the feed begins with "
    "everything that is public now.",
)
#: Views by type, with how each is asked for what names a thing.
VIEWS = {
    "article": ("api-article", "slug"),
    "page": ("api-page", "id"),
    "topic": ("api-topic", "slug"),
    "term": ("api-term", "slug"),
    "site": ("api-site", ""),
    "help_entry": ("help-entry", "key"),
    "threshold": ("threshold", "key"),
    "chart": ("chart", "key"),
    "screener": ("screener", "key"),
    "screener_help": ("screener-help", "key"),
    "release": ("release", "sha256"),
}


class StartAnew(DetailedProblem):
    """A cursor that cannot be followed any further: 410, with what to do."""

    status_code = 410

    def __init__(self, request: Request) -> None:
        super().__init__(_("This cursor is older than the history that is kept."))
        first = request.build_absolute_uri(reverse("api-changes"))
        self.details = {
            "type": request.build_absolute_uri(f"{reverse('api-docs')}#start-anew"),
            "detail": _(
                "Start anew without “after”: you are told everything that is public "
                "now. Delete what you have and are not told of."
            ),
            "start": first,
        }


class Feed(NamedTuple):
    things: list[Thing]
    next: Cursor
    has_more: bool
    is_complete: bool


class ChangesView(TaggedView):
    """What was published, changed, withdrawn or recalled at this site, in one order.

    Begin without `after`: the feed then tells all that is public, an entry for each
    thing. Go on with `after` set to the `next` of the answer before, at once while
    `has_more` is true, else as often as you like. A thing that changes stands in the
    feed once, at its last change; one that is no longer public is an entry that is
    `gone`. Whoever reads the `url` of each entry that is not, and deletes what is, has
    what is public.
    """

    @extend_schema(
        operation_id="changes_list",
        summary="Follow what changes",
        parameters=[AFTER, PAGING[0]],
        responses={
            (200, "application/json"): {"$ref": "#/components/schemas/ChangeList"}
        },
        tags=["changes"],
    )
    def get(self, request: Request) -> Response:
        after, limit = self._read(request)
        feed = read_feed(Site.find_for_request(request._request), after, limit)
        body = {
            "results": [describe(thing, request) for thing in feed.things],
            "next": write_cursor(feed.next),
            "has_more": feed.has_more,
        }
        cache = ASKED_EACH_TIME if feed.is_complete else "no-store"
        return Response(body, headers={"Cache-Control": cache})

    def _read(self, request: Request) -> tuple[Cursor | None, int]:
        refuse_unknown(request, ("after", "limit"))
        given, errors = request.query_params, []
        after, limit = None, DEFAULT_LIMIT
        try:
            limit = read_paging("limit", given.get("limit", str(DEFAULT_LIMIT)))
        except ValueError as error:
            errors.append(("limit", str(error)))
        try:
            after = read_cursor(given["after"]) if "after" in given else None
        except ValueError:
            errors.append(("after", _("Must be a `next` of this feed.")))
        except StartAnewError:
            # Who starts anew with a wrong limit would be refused next.
            if not errors:
                raise StartAnew(request) from None
        if errors:
            raise RequestProblems(
                _("The request is not right."),
                [
                    {"path": path, "code": "invalid", "message": message}
                    for path, message in errors
                ],
            )
        return after, limit


def read_feed(site: Site | None, after: Cursor | None, limit: int) -> Feed:
    """Return what follows a cursor at a site, true at this moment; what there is to
    begin with where there is no cursor."""
    cursor = after or Cursor(0, 0)
    if site is None:
        return Feed([], cursor, False, True)
    things = Thing.objects.filter(
        Q(gone=False) | Q(seq__gt=cursor.start), site=site, seq__gt=cursor.position
    ).order_by("seq")
    is_complete = reconcile(site, things.exists)
    due = Thing.objects.filter(site=site).aggregate(first=Min("until"))["first"]
    if due is not None:
        # The clock changes what is said then, though nobody writes.
        keep_until(due)
    # Before the things: of what is numbered later, the next answer tells.
    head = History.objects.get().seq
    if after is None:
        # Who begins has nothing that could be gone.
        cursor, things = Cursor(0, head), things.filter(gone=False)
    found = list(things[: limit + 1])
    if len(found) > limit:
        found = found[:limit]
        cursor = cursor._replace(position=found[-1].seq or 0)
        return Feed(found, cursor, True, is_complete)
    last = max([head, *(thing.seq or 0 for thing in found)])
    return Feed(found, cursor._replace(position=last), not is_complete, is_complete)


def describe(thing: Thing, request: Any) -> dict[str, Any]:
    """Return an entry of the feed."""
    kind = thing.kind
    if kind == "article" and not thing.slug:
        # Another article has its address: this one is read as a page.
        kind = "page"
    said = {
        "id": int(thing.name) if thing.kind in ("article", "page") else None,
        "slug": thing.slug if thing.kind in ("article", "page") else thing.name,
        "locale": thing.locale,
        "key": thing.name,
        "sha256": thing.name,
    }
    names = {name: said[name] for name in TYPES[kind][1]}
    return {
        "type": kind,
        **names,
        "seq": thing.seq,
        "change": thing.change,
        "gone": thing.gone,
        "at": thing.at,
        "url": None if thing.gone else _find_address(kind, names, request),
        "digest": None if thing.gone else thing.digest,
    }


def _find_address(kind: str, names: dict[str, Any], request: Any) -> str:
    view, name = VIEWS[kind]
    path = reverse(view, args=[names[name]] if name else [])
    # The id of a page is that of its language.
    query = {"locale": names["locale"]} if "locale" in names and kind != "page" else {}
    address: str = request.build_absolute_uri(path)
    return f"{address}?{urlencode(query)}" if query else address
