"""Bounds on what may be sent at once, by where it is sent to."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from cms.middleware import is_admin
from cms.views import show_too_large

Answer = Callable[[HttpRequest], HttpResponse]


def limit_bodies(get_response: Answer) -> Answer:
    """Refuse a body that is too large before a byte of it is read.

    Without it Django would write files of any size to the disk before the form that
    refuses them is asked.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.META.get("CONTENT_LENGTH") or "0"
        max_bytes = settings.STAFF_MAX_BODY if is_admin(request) else settings.MAX_BODY
        # Without a length Django reads nothing.
        if given.isdigit() and (len(given) > 12 or int(given) > max_bytes):
            return show_too_large(request, f"{max_bytes // 1_000_000} MB", 413)
        return get_response(request)

    return middleware
