"""Lists in pages: which part a request may ask for, and where the others are."""

from django.conf import settings
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.utils.urls import remove_query_param, replace_query_param

MAX_LIMIT, DEFAULT_LIMIT = 100, 20
#: The least and the most that each parameter may be.
LIMITS = {"limit": (1, MAX_LIMIT), "offset": (0, 2**31 - 1)}
LANGUAGES = getattr(settings, "WAGTAIL_CONTENT_LANGUAGES", settings.LANGUAGES)
LOCALE = OpenApiParameter(
    "locale",
    {
        "type": "string",
        "enum": [code for code, _name in LANGUAGES],
        "default": settings.LANGUAGE_CODE,
    },
    description="The language.",
)
PAGING = [
    OpenApiParameter(
        name,
        {"type": "integer", "minimum": low, "maximum": high, "default": usual},
        description=about,
    )
    for (name, (low, high)), usual, about in zip(
        LIMITS.items(),
        (DEFAULT_LIMIT, 0),
        (f"At most {MAX_LIMIT}.", "How many to skip."),
        strict=True,
    )
]
#: The whole site refuses that character: no text of ours can hold it.
NO_NUL = r"^[^\u0000]*$"
#: A day that the engine knows, `YYYY-MM-DD` from 1900 to 2100, for a schema.
DAY_PATTERN = (
    "^(?:(?:19|20)[0-9]{2}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    "|(?:19|20)(?:0[48]|[2468][048]|[13579][26])-02-29|2000-02-29)$"
)


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
