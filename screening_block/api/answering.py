"""What endpoints share: what they refuse, and answers named by their content."""

from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _
from rest_framework.request import Request

from screening_block.encodings import choose_encoding, encode

from .errors import RequestProblems

FRESH_A_MINUTE = "public, max-age=60"


def refuse_unknown(request: Request, known: tuple[str, ...] = ()) -> None:
    """Refuse unknown query parameters, and doubled ones: they are a mistake worth
    naming."""
    unknown = sorted(set(request.query_params) - set(known))
    if unknown:
        raise RequestProblems(
            _("Unknown query parameter."),
            [
                {
                    "path": name,
                    "code": "unknown",
                    "message": _("This endpoint does not know it."),
                }
                for name in unknown
            ],
        )
    given = request.query_params.lists()
    if doubled := sorted(name for name, values in given if len(values) > 1):
        message = _("Give this parameter once.")
        raise RequestProblems(
            _("The request is not right."),
            [{"path": n, "code": "invalid", "message": message} for n in doubled],
        )


def build_tagged_response(
    request: Request, body: str | bytes, kind: str, tag: str, cache: str
) -> HttpResponse:
    """Answer with a body named by its content, or that it has not changed.

    It is compressed here: behind a server that does not, a release is eight times as
    long. None holds a secret that its length could tell.
    """
    encoding = choose_encoding(request.headers.get("Accept-Encoding", ""))
    # The same content in other bytes.
    etag = f'W/"{tag}"' if encoding else f'"{tag}"'
    sent = encode(body.encode() if isinstance(body, str) else body, encoding)
    response = HttpResponse(sent, content_type=kind)
    if encoding:
        response["Content-Encoding"] = encoding
    response = get_conditional_response(request, etag, response=response) or response
    patch_vary_headers(response, ["Accept-Encoding"])
    response["ETag"] = etag
    response["Cache-Control"] = cache
    response["X-Content-Type-Options"] = "nosniff"
    return response
