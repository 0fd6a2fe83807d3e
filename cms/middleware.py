"""What every request passes, and the headers every response carries."""

from collections.abc import Callable
from typing import Any

from csp.constants import HEADER
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from plugins.text import storable


class BadText(BadRequest):
    """An address holds what is no text; `places` names the parameters that do."""

    def __init__(self, places: list[str]) -> None:
        super().__init__("A character in the address that is no text.")
        self.places = places


class TextMiddleware:
    """Refuses an address that no text of ours can hold, before anybody looks it up.

    PostgreSQL has no NUL, in no key and no word searched for. A cookie with one in it
    was not set by this site, and is left out.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        places = [
            name
            for name, values in request.GET.lists()
            if not storable([name, *values])
        ]
        if places or not storable(request.path_info):
            raise BadText(places)
        for name in [n for n, v in request.COOKIES.items() if not storable([n, v])]:
            del request.COOKIES[name]
        return self.get_response(request)


def is_admin(request: HttpRequest) -> bool:
    """Whether an address belongs to the staff's side of the site."""
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
        if database.vendor != "sqlite" or request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        # To connect sets the mode as well.
        database.ensure_connection()
        before = database.transaction_mode
        database.transaction_mode = "DEFERRED"
        try:
            return self.get_response(request)
        finally:
            database.transaction_mode = before


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


class AddressLocaleMiddleware(LocaleMiddleware):
    """The address alone chooses the language: `/es/...` or, without a prefix, English.

    Django's middleware also marks answers as varying by Accept-Language, which they
    do not, and shared caches would keep a copy for every browser.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        response.headers.setdefault("Content-Language", translation.get_language())
        return response
