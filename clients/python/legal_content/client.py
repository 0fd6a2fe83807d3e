"""One method for each endpoint. What was read before is asked for by its ETag."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, cast
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

from . import shapes

Query = str | int | list[str] | None


class ProblemError(Exception):
    """The API refused: `status`, and `problem` as it was sent (RFC 9457)."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        super().__init__(f"{status}: {problem.get('title', '')}")
        self.status = status
        self.problem = problem


class Changes(NamedTuple):
    """A part of the feed of changes: see `LegalContent.follow`."""

    results: list[shapes.Change]
    #: To be kept once the results are dealt with: where to go on, now or in a week.
    cursor: str
    #: Whether this is of a list of all that is public. What is held, and not in such a
    #: list when it is complete, is gone.
    anew: bool
    #: Whether there is no more at the moment.
    complete: bool


class LegalContent:
    """A site, by its address. Every method raises `ProblemError`.

    With `fields`, an answer has these and nothing else, whatever its type says.
    """

    def __init__(self, address: str, timeout: float = 20) -> None:
        if not address.startswith(("https://", "http://")):
            raise ValueError("The address of a site begins with https://")
        self.address = address.rstrip("/")
        self.timeout = timeout
        self._known: dict[str, tuple[str, Any]] = {}

    # -- Articles and pages ----------------------------------------------------

    def index(self) -> shapes.Index:
        return cast(shapes.Index, self.get(""))

    def articles(self, **query: Query) -> shapes.ArticleList:
        return cast(shapes.ArticleList, self.get("articles/", query))

    def every_article(self, **query: Query) -> Iterator[shapes.ArticleSummary]:
        """Yield all articles of a list, page by page, none twice."""
        cursor: str | None = None
        while True:
            page = self.articles(**{"limit": 100, **query, "cursor": cursor})
            yield from cast(list[shapes.ArticleSummary], page["results"])
            cursor = page["next_cursor"]
            if cursor is None:
                return

    def article(self, slug: str, **query: Query) -> shapes.Article:
        return cast(shapes.Article, self.get(f"articles/{_part(slug)}/", query))

    def topics(self, **query: Query) -> shapes.TopicList:
        return cast(shapes.TopicList, self.get("topics/", query))

    def topic(self, slug: str, **query: Query) -> shapes.Topic:
        return cast(shapes.Topic, self.get(f"topics/{_part(slug)}/", query))

    def terms(self, **query: Query) -> shapes.TermList:
        return cast(shapes.TermList, self.get("terms/", query))

    def term(self, slug: str, **query: Query) -> shapes.Term:
        return cast(shapes.Term, self.get(f"terms/{_part(slug)}/", query))

    def pages(self, **query: Query) -> shapes.PageList:
        return cast(shapes.PageList, self.get("pages/", query))

    def page(self, place: str | int, **query: Query) -> shapes.Page:
        """Read a page by its id or its path."""
        path = quote(str(place).strip("/"))
        return cast(shapes.Page, self.get(f"pages/{path}/", query))

    def site(self, **query: Query) -> shapes.Site:
        return cast(shapes.Site, self.get("site/", query))

    def preview(self, token: str, **query: Query) -> shapes.Preview:
        """Read a draft by a link that an editor gave out."""
        return cast(shapes.Preview, self.get(f"previews/{_part(token)}/", query))

    def help(self, **query: Query) -> shapes.HelpList:
        return cast(shapes.HelpList, self.get("help/", query))

    def help_entry(self, key: str, **query: Query) -> shapes.HelpEntry:
        return cast(shapes.HelpEntry, self.get(f"help/{_part(key)}/", query))

    # -- Changes ---------------------------------------------------------------

    def changes(self, **query: Query) -> shapes.ChangeList:
        return cast(shapes.ChangeList, self.get("changes/", query, fresh=True))

    def follow(self, cursor: str | None = None) -> Iterator[Changes]:
        """Yield what changed since a cursor, until there is no more at the moment.

        Without a cursor, and where the site cannot tell any more what happened since,
        all that is public is told anew: see `Changes.anew`.
        """
        anew = cursor is None
        while True:
            try:
                found = self.changes(limit=100, after=cursor)
            except ProblemError as error:
                if error.status != 410 or cursor is None:
                    raise
                cursor, anew = None, True
                continue
            cursor = found["next"]
            complete = not found["has_more"]
            yield Changes(found["results"], cursor, anew, complete)
            if complete:
                return

    def read(self, change: shapes.Change) -> Any:
        """Read what an entry of the feed tells of, past every cache.

        Raises `ProblemError` (404 or 410) where it is gone meanwhile; the feed will
        tell.
        """
        if change["url"] is None:
            raise ValueError("It is gone.")
        path = change["url"].partition("/api/v1/")[2]
        return self.get(path, fresh=True)

    # -- Screeners and the law -------------------------------------------------

    def screeners(self) -> list[shapes.ScreenerSummary]:
        return cast(list[shapes.ScreenerSummary], self.get("screeners/"))

    def screener(self, key: str) -> shapes.Release:
        """Read the current release of a screener."""
        return cast(shapes.Release, self.get(f"screeners/{_part(key)}/"))

    def screener_help(self, key: str, **query: Query) -> shapes.ScreenerHelp:
        path = f"screeners/{_part(key)}/help/"
        return cast(shapes.ScreenerHelp, self.get(path, query))

    def release(self, sha256: str) -> shapes.Release:
        return cast(shapes.Release, self.get(f"releases/{_part(sha256)}/"))

    def thresholds(self) -> list[shapes.Threshold]:
        return cast(list[shapes.Threshold], self.get("thresholds/"))

    def threshold(self, key: str) -> shapes.Threshold:
        return cast(shapes.Threshold, self.get(f"thresholds/{_part(key)}/"))

    def chart(self, key: str) -> shapes.Chart:
        return cast(shapes.Chart, self.get(f"charts/{_part(key)}/"))

    def evaluate(
        self, key: str, answers: Mapping[str, Any], **more: str
    ) -> shapes.Result:
        """Work out a set of answers. The site neither keeps nor logs them."""
        path = f"screeners/{_part(key)}/evaluate/"
        return cast(shapes.Result, self.post(path, {"answers": answers, **more}))

    # -- The way there ---------------------------------------------------------

    def get(
        self,
        path: str,
        query: Mapping[str, Query] | None = None,
        *,
        fresh: bool = False,
    ) -> Any:
        """Read any endpoint below `/api/v1/`. `fresh`: past every cache, this client's
        own too, which then does not remember it."""
        given = {
            name: ",".join(value) if isinstance(value, list) else value
            for name, value in (query or {}).items()
            if value is not None
        }
        address = f"{self.address}/api/v1/{path}"
        if given:
            address += f"?{urlencode(given)}"
        etag, known = self._known.get(address, ("", None))
        sent = {"Accept": "application/json"}
        if fresh:
            sent["Cache-Control"] = "no-cache"
        elif etag:
            sent["If-None-Match"] = etag
        try:
            with self._open(address, sent) as answer:
                body = json.load(answer)
                if not fresh and (tag := answer.headers.get("ETag")):
                    self._known[address] = tag, body
                return body
        except HTTPError as error:
            if error.code == 304:
                return known
            raise _read_problem(error) from None

    def post(self, path: str, body: Mapping[str, Any]) -> Any:
        """Send JSON to an endpoint below `/api/v1/`."""
        headers = {"Accept": "application/json", "Content-Type": "application/json"}
        address = f"{self.address}/api/v1/{path}"
        try:
            with self._open(address, headers, json.dumps(body).encode()) as answer:
                return json.load(answer)
        except HTTPError as error:
            raise _read_problem(error) from None

    def _open(
        self, address: str, headers: dict[str, str], body: bytes | None = None
    ) -> Any:
        request = Request(address, body, headers)  # noqa: S310 - by HTTP: see above
        return urlopen(request, timeout=self.timeout)  # noqa: S310


def _part(name: str) -> str:
    return quote(name, safe="")


def _read_problem(error: HTTPError) -> ProblemError:
    try:
        problem = json.load(error)
    except ValueError:
        problem = {"title": error.reason, "status": error.code}
    return ProblemError(error.code, problem)
