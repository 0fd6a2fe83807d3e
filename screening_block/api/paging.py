"""Lists in pages: which part a request may ask for, and where the others are."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, OpenApiTypes
from rest_framework.request import Request
from rest_framework.utils.urls import remove_query_param, replace_query_param

MAX_LIMIT, DEFAULT_LIMIT = 100, 20
#: The least and the most that each parameter may be.
LIMITS = {"limit": (1, MAX_LIMIT), "offset": (0, 2**31 - 1)}
LOCALE = OpenApiParameter(
    "locale", OpenApiTypes.STR, description="Language code; `en` if not given."
)
PAGING = [
    OpenApiParameter(
        "limit",
        {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT},
        description=f"At most {MAX_LIMIT}; {DEFAULT_LIMIT} if not given.",
    ),
    OpenApiParameter(
        "offset", {"type": "integer", "minimum": 0}, description="How many to skip."
    ),
]


def read_paging(name: str, text: str) -> int:
    """Return a number of `LIMITS` as a request gives it. Raises `ValueError` with a
    sentence for whoever asked."""
    low, high = LIMITS[name]
    if text.isascii() and text.isdigit() and len(text) <= 10:
        number = int(text)
        if low <= number <= high:
            return number
    limits = {"low": low, "high": high}
    raise ValueError(_("Must be a whole number from %(low)d to %(high)d.") % limits)


def build_links(
    request: Request, limit: int, offset: int, count: int
) -> dict[str, str | None]:
    """Return the addresses of the `next` and the `previous` page, None for none."""
    url = request.build_absolute_uri()
    before, after = offset - limit, offset + limit
    previous = None
    if offset > 0:
        previous = (
            replace_query_param(url, "offset", before)
            if before > 0
            else remove_query_param(url, "offset")
        )
    return {
        "next": replace_query_param(url, "offset", after) if after < count else None,
        "previous": previous,
    }
