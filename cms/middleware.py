"""Headers every response carries, chosen by where it lives."""

from csp.constants import HEADER
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation


def is_admin(request: HttpRequest) -> bool:
    """Whether an address belongs to the staff's side of the site."""
    return request.path_info.startswith(tuple(settings.ADMIN_PATHS))


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
