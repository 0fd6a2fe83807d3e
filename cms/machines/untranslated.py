"""Where a page leads whose reader wants a language that it is not in.

To the home page of that language, whose address names the page that was wanted:
`/es/?from=12`. There a sentence says that it is not in Spanish yet, with a link back.
The number is the page's; it counts only while anybody may read that page and while it
has no version in the language, so a notice names nothing else, and leads nowhere else.
No cookie is needed, and a cache keeps each address for itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import get_language, get_language_info
from wagtail.models import Page

from cms.machines.languages import language_of, list_homes, list_versions
from screening_block.public import only_public

PARAMETER = "from"
#: More digits than any page's number has.
MAX_DIGITS = 10


@dataclass(frozen=True)
class Wanted:
    """A page that is not in the language of the request, and where it is read."""

    title: str
    url: str
    language: str

    @property
    def missing(self) -> str:
        """The name of the language that it is not in, as the visitor's has it."""
        name: str = get_language_info(get_language() or "en")["name_translated"]
        return name if get_language() == "en" else name.lower()


def lead_home(page: Page, request: HttpRequest, code: str | None) -> str:
    """Return where a reader of the language `code` is told that `page` is not in it;
    "" where the site is not in that language."""
    home = list_homes(request).get(code or "")
    return f"{home}?{PARAMETER}={page.pk}" if home else ""


def find_wanted(request: HttpRequest) -> Wanted | None:
    """Return the page that an address of a home page names, if that may be said."""
    number = request.GET.get(PARAMETER, "")
    if not (number.isascii() and number.isdecimal() and len(number) <= MAX_DIGITS):
        return None
    pages = Page.objects.filter(pk=number).select_related("locale")
    for page in only_public(pages, request):
        versions = {one.code: one.url for one in list_versions(page, request)}
        own = language_of(page)
        if own in versions and get_language() not in versions:
            return Wanted(page.title, versions[own], own)
    return None
