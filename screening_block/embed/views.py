"""Answers to pages of other sites: files that any of them may load, and the frame."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.exception import response_for_exception
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from screening_block.encodings import choose_encoding
from screening_block.visitor.form_step import FormPlace
from screening_block.visitor.views import show_step
from screening_block.visitor.who_helps import describe_gone

from . import assets
from .kept_parts import read_kept_part

#: Not named by its content, so that a snippet once copied soon gets what is put right.
CACHE = "public, max-age=60"
#: The page around the form in a frame of another site.
FRAME = "screening_block/frame.html"
#: Light or dark, where the page around the frame wants one and not the visitor's.
SCHEMES = ("light", "dark")
#: What a page loads by a script tag of its own.
ENTRIES = ("screener.js", "frame.js")
#: In the place of an entry for a tag without type="module", where a module is a
#: SyntaxError. `import()` works there.
LOADER = (
    "console.warn('%(name)s is a module: load it with <script type=\"module\">.');"
    "import(new URL('%(name)s?module', document.currentScript.src));\n"
)
#: Named by its content.
CACHE_FOR_GOOD = "public, max-age=31536000, immutable"


@require_safe
def serve_file(request: HttpRequest, name: str) -> HttpResponse:
    """Serve a file of the embed kit, readable from every origin."""
    if name in ENTRIES and _is_classic_script(request):
        return _serve_loader(name)
    asset = _find_file(name)
    encoding = choose_encoding(request.headers.get("Accept-Encoding", ""))
    etag = asset.etag(encoding)
    response = HttpResponse(asset.bodies[encoding], content_type=asset.content_type)
    if encoding:
        response["Content-Encoding"] = encoding
    response = get_conditional_response(request, etag, response=response) or response
    response["ETag"] = etag
    response["Vary"] = "Accept-Encoding"
    response["Cache-Control"] = (
        CACHE_FOR_GOOD if assets.is_named_by_hash(name) else CACHE
    )
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _is_classic_script(request: HttpRequest) -> bool:
    """Tell whether a script tag asks that is no module: those always ask by CORS."""
    headers = request.headers
    mode, kind = headers.get("Sec-Fetch-Mode"), headers.get("Sec-Fetch-Dest")
    return (mode, kind) == ("no-cors", "script") and "module" not in request.GET


def _serve_loader(name: str) -> HttpResponse:
    response = HttpResponse(LOADER % {"name": name}, content_type="text/javascript")
    # Nobody else may get it, and its tag may be put right.
    response["Cache-Control"] = "no-store"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _find_file(name: str) -> assets.Asset:
    """Return a file that is installed, or a part of an earlier version."""
    try:
        return assets.read_asset(name)
    except KeyError:
        pass
    try:
        return read_kept_part(name)
    except KeyError:
        raise Http404 from None


@csrf_exempt
@never_cache
@xframe_options_exempt
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def show_frame(request: HttpRequest, key: str) -> HttpResponse:
    """Show the form and the widget as a page that other sites may frame.

    `?locale=` chooses the language, `?scheme=` light or dark; nothing else of the
    address is read. Whatever goes
    wrong is said in a page that may be framed as well: a browser shows a broken frame
    for any other.
    """
    locale = request.GET.get("locale", "")
    if locale not in dict(settings.LANGUAGES):
        locale = translation.get_language() or settings.LANGUAGE_CODE
    scheme = _read_scheme(request)
    find_address = partial(get_frame_address, key, scheme=scheme)
    with translation.override(locale):
        try:
            place = FormPlace(find_address(locale), find_address, FRAME, scheme)
            response = show_step(request, key, place)
        except Http404:
            response = _show_gone(request, locale, 404)
        except Exception as error:
            if settings.DEBUG:
                raise
            # Logged and reported as everywhere; what it answers is for whole pages.
            status = response_for_exception(request, error).status_code
            response = _show_gone(request, locale, status)
    response["Content-Language"] = locale
    response["Content-Security-Policy"] = _build_policy()
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    # Pages that isolate themselves take no frame that does not.
    response["Cross-Origin-Embedder-Policy"] = "credentialless"
    return response


def _read_scheme(request: HttpRequest) -> str:
    scheme = request.GET.get("scheme", "")
    return scheme if scheme in SCHEMES else ""


def _show_gone(request: HttpRequest, locale: str, status: int) -> HttpResponse:
    """Say in the frame that there are no questions: for good (404), or right now."""
    found = describe_gone(request, locale) if status == 404 else {}
    context = {"base": FRAME, "gone": found, "scheme": _read_scheme(request)}
    response = render(request, "screening_block/gone.html", context, status=status)
    response["Referrer-Policy"] = "no-referrer"
    return response


def get_frame_address(key: str, locale: str = "", scheme: str = "") -> str:
    """Return the path of a frame; a locale that is not the site's is named."""
    query = {"locale": locale} if locale not in ("", settings.LANGUAGE_CODE) else {}
    if scheme:
        query["scheme"] = scheme
    address = reverse("screening_embed:frame", args=[key])
    return f"{address}?{urlencode(query)}" if query else address


def _build_policy() -> str:
    """Let any site frame this page, and allow it as little as it needs."""
    static = urlsplit(settings.STATIC_URL or "")
    styles = f"'self' {static.scheme}://{static.netloc}" if static.netloc else "'self'"
    return (
        "default-src 'none'; script-src 'self'; connect-src 'self'; "
        f"style-src {styles}; font-src {styles}; img-src {styles} data:; "
        "form-action 'self'; base-uri 'none'; frame-ancestors *; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
