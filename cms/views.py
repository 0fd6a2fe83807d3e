"""Views of the site that belong to no page: health, robots, API, errors."""

import os
import sys
from functools import lru_cache
from tempfile import TemporaryFile
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import (
    DisallowedHost,
    RequestDataTooBig,
    TooManyFieldsSent,
)
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from django.views.static import serve
from drf_spectacular.generators import SchemaGenerator

from cms import faults
from cms.images.uploads import has_space_for
from cms.middleware import is_admin
from cms.reference import build_reference


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 503 if the site cannot answer, which is when its database does not.

    Without its cache it is slower and answers, and without room for uploads ("uploads")
    it can still be read: a load balancer must not take every server out for that. All
    are named, for whoever watches over it.
    """
    failing: list[str] = []
    degraded: list[str] = []
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        failing.append("database")
    cache.set("healthz", "ok", 10)
    if cache.get("healthz") != "ok":
        degraded.append("cache")
    if not can_write_uploads():
        degraded.append("uploads")
    status = "failing" if failing else "degraded" if degraded else "ok"
    return JsonResponse(
        {"status": status, "failing": failing, "degraded": degraded},
        status=503 if failing else 200,
    )


def can_write_uploads() -> bool:
    """Tell whether uploads can be written and their disk has room to spare."""
    if not isinstance(default_storage, FileSystemStorage):
        return True
    try:
        os.makedirs(default_storage.location, exist_ok=True)
        with TemporaryFile(dir=default_storage.location) as file:
            file.write(b"healthz " * 512)
    except OSError:
        return False
    return has_space_for(0)


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    """Let everything public be indexed, but not the admin and single API answers."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /api/v1/",
        "",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@lru_cache(maxsize=1)
def build_openapi() -> dict[str, Any]:
    """Return the OpenAPI description of our endpoints, built once a process."""
    schema: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return schema


@require_safe
@cache_control(public=True, max_age=3600)
def api_docs(request: HttpRequest) -> HttpResponse:
    """Show the API reference as a plain page: no script, nothing from elsewhere."""
    return render(request, "api_docs.html", {"api": build_reference(build_openapi())})


def render_problem(status: int, title: str, **more: Any) -> JsonResponse:
    """Answer an address under /api/ that no endpoint serves, by RFC 9457."""
    return JsonResponse(
        {"type": "about:blank", "title": title, "status": status, **more},
        status=status,
        content_type="application/problem+json",
    )


def show_too_large(request: HttpRequest, limit: str, status: int) -> HttpResponse:
    """Say how much can be sent at once (`limit`)."""
    if request.path_info.startswith("/api/"):
        message = f"Too large: at most {limit} can be sent at once."
        return render_problem(status, message)
    title = _("This is too large")
    lead = _(
        "At most %(most)s can be sent at once. None of it was saved, and what was "
        "saved before is unchanged. Go back and send less."
    ) % {"most": limit}
    if is_admin(request):
        return faults.render_admin_page(request, status, title, lead)
    return render(None, "fault.html", {"title": title, "lead": lead}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400. Its page asks nothing of a request that may name no host of ours."""
    if isinstance(exception, RequestDataTooBig):
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
        return show_too_large(request, f"{limit // 1_000_000} MB", 400)
    if isinstance(exception, TooManyFieldsSent):
        limit = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS or 0
        words = ngettext("%(number)s field", "%(number)s fields", limit)
        return show_too_large(request, words % {"number": f"{limit:,}"}, 400)
    if request.path_info.startswith("/api/"):
        message = _("This is not text.")
        errors = [
            {"path": name, "code": "text", "message": message}
            for name in getattr(exception, "places", ())
        ]
        return render_problem(400, _("The request is not right."), errors=errors)
    if is_admin(request) and not isinstance(exception, DisallowedHost):
        return faults.answer_misread(request)
    return render(None, "400.html", status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404, as a page or, under /api/, as a problem."""
    if request.path_info.startswith("/api/"):
        return render_problem(404, "Not found")
    if is_admin(request):
        return render(request, "wagtailadmin/404.html", status=404)
    return render(request, "404.html", status=404)


@csrf_exempt
def show_no_endpoint(request: HttpRequest) -> HttpResponse:
    """Answer what is sent to an address of the API that is none."""
    return render_problem(404, "Not found")


def show_no_such_page(request: HttpRequest) -> HttpResponse:
    """Answer an address of another app's that this site does without."""
    raise Http404


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500. Its page needs no database: that may be what failed."""
    if request.path_info.startswith("/api/"):
        return render_problem(500, "Something went wrong")
    if is_admin(request):
        # A large upload is written to the disk before any view is asked.
        if faults.is_full(sys.exc_info()[1]):
            return faults.answer_disk_full(request)
        return faults.server_error(request)
    return render(request, "500.html", status=500)


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve an uploaded file, where one process serves everything."""
    try:
        return serve(request, path, document_root=str(settings.MEDIA_ROOT))
    except OSError as error:  # a name that is too long for any file
        raise Http404 from error


def favicon(_request: HttpRequest) -> HttpResponse:
    """Serve the site's mark to browsers that ask by the old name."""
    return redirect(static("cms/mark.svg"))
