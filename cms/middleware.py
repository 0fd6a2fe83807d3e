"""What every request passes, and the headers every response carries."""

import logging
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from csp.constants import HEADER
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.core.exceptions import BadRequest, MiddlewareNotUsed
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import redirect
from django.urls import resolve
from django.utils import translation

from cms.machines.addresses import find_elsewhere
from plugins.text import is_storable


class BadText(BadRequest):
    """An address holds what is no text; `places` names the parameters that do."""

    def __init__(self, places: list[str]) -> None:
        super().__init__("A character in the address that is no text.")
        self.places = places


class TextMiddleware:
    """Refuses an address that no text of ours can hold, before anybody looks it up.

    PostgreSQL has no NUL, in no key and no word searched for. A cookie with one in it
    was not set by this site, and is left out. An accent may be a character of its own
    in an address, as some systems write it; slugs are in the composed form.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        places = [
            name
            for name, values in request.GET.lists()
            if not is_storable([name, *values])
        ]
        if places or not is_storable(request.path_info):
            raise BadText(places)
        for name in [n for n, v in request.COOKIES.items() if not is_storable([n, v])]:
            del request.COOKIES[name]
        # No page has a longer address, and putting a heap of marks in order takes long.
        path = request.path_info
        if len(path) <= 2_000:
            path = unicodedata.normalize("NFC", path)
        if path != request.path_info and not path.startswith(settings.MEDIA_URL):
            request.path = request.path.removesuffix(request.path_info) + path
            request.path_info = path
        return self.get_response(request)


logger = logging.getLogger("cms.proxies")


def is_admin(request: HttpRequest) -> bool:
    """Tell whether an address belongs to the staff's side of the site."""
    return request.path_info.startswith(tuple(settings.ADMIN_PATHS))


class ReadingMiddleware:
    """Whoever only reads takes no lock of the database.

    On SQLite every transaction takes the one lock for writing as it begins, so that
    writers wait in line. Some pages that only show something (Wagtail's question
    whether to delete a page) are whole transactions, and would keep everybody from
    saving for as long as they are made. Of a request that reads, a transaction takes
    the lock when it first writes.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        database: Any = connection
        # Visitors' pages have no transactions, and some need no database at all.
        reads = request.method in ("GET", "HEAD") and is_admin(request)
        if database.vendor != "sqlite" or not reads:
            return self.get_response(request)
        # To connect sets the mode as well.
        database.ensure_connection()
        before = database.transaction_mode
        database.transaction_mode = "DEFERRED"
        try:
            return self.get_response(request)
        finally:
            database.transaction_mode = before


class ProxyNoticeMiddleware:
    """Says in the log, once, if what proxies send does not fit the settings.

    `check --deploy` cannot see it, and limits that take all clients for one, or
    redirects in circles, are hard to tell from their effects.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if settings.LOCAL:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.noticed: set[str] = set()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Load balancers ask for that one themselves.
        if request.path_info != "/healthz":
            for notice in self.notices(request.META):
                if notice not in self.noticed:
                    self.noticed.add(notice)
                    logger.warning(notice)
        return self.get_response(request)

    def notices(self, meta: Mapping[str, Any]) -> Iterator[str]:
        forwarded = meta.get("HTTP_X_FORWARDED_FOR")
        proxies = settings.TRUSTED_PROXIES
        if proxies == 0 and forwarded is not None:
            yield (
                "X-Forwarded-For arrives, but TRUSTED_PROXIES is 0. If a proxy stands "
                "in front, log-in and API limits take all its clients for one."
            )
        if proxies and len((forwarded or "").split(",")) < proxies:
            yield (
                "X-Forwarded-For has fewer entries than TRUSTED_PROXIES says: "
                "somebody passes a proxy by, or there are fewer."
            )
        elif proxies and not forwarded:
            yield (
                "TRUSTED_PROXIES counts on a proxy, but no X-Forwarded-For arrives: "
                "limits take all clients for one."
            )
        scheme = meta.get("HTTP_X_FORWARDED_PROTO")
        if scheme == "https" and not settings.SECURE_PROXY_SSL_HEADER:
            yield (
                "X-Forwarded-Proto arrives, but BEHIND_TLS_PROXY is not set: requests "
                "count as plain http, and browsers are redirected in circles."
            )


class SitePolicyMiddleware(CSPMiddleware):
    """A strict content security policy for visitors, another one for the admin.

    The admin also gets the referrer policy its forms need: with `no-referrer` a
    browser posts `Origin: null`, which the CSRF check rightly refuses.
    """

    def get_policy_parts(
        self,
        request: HttpRequest,
        response: HttpResponseBase,
        report_only: bool = False,
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if is_admin(request) and not report_only and parts.config is None:
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY
        return parts

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if is_admin(request):
            # A preview went through the middleware once already, as the public page
            # it shows, and nobody may frame that; the admin's preview panel must.
            response.headers.pop(HEADER, None)
        response = super().process_response(request, response)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        if is_admin(request):
            response.headers.setdefault("Referrer-Policy", "same-origin")
        return response


class ApiSlashMiddleware:
    """An address of the API is the same without the slash at its end.

    A redirect would lose the body of whoever sends one, or its method.
    """

    PREFIX = "/api/v1"

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path = request.path_info
        if (
            path.startswith(self.PREFIX)
            and not path.endswith("/")
            and not self._is_endpoint(path)
            and self._is_endpoint(f"{path}/")
        ):
            request.path_info = f"{path}/"
            request.path = f"{request.path}/"
        return self.get_response(request)

    def _is_endpoint(self, path: str) -> bool:
        return resolve(path).url_name != "api-none"


class AddressLocaleMiddleware(LocaleMiddleware):
    """The address alone chooses the language: `/es/...` or, without a prefix, English.

    Django's middleware also takes `/es-mx/` and a page called `es-bueno` for Spanish,
    which nothing here is found under, and marks answers as varying by Accept-Language,
    which they do not: shared caches would keep a copy for every browser.

    A page that is not in the language of its address is not found there; where it is,
    its reader is led to it.
    """

    def process_request(self, request: HttpRequest) -> None:
        first = request.path_info.lstrip("/").partition("/")[0]
        known = first in dict(settings.LANGUAGES)
        translation.activate(first if known else settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        reads = request.method in ("GET", "HEAD")
        if response.status_code == 404 and reads and (to := find_elsewhere(request)):
            return redirect(to)
        response.headers.setdefault("Content-Language", translation.get_language())
        return response
