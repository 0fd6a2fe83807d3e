"""Where a page leads whose reader wants a language that it is not in.

To the home page of that language, whose address names the page that was wanted:
`/es/?from=12`. There a sentence says that it is not in Spanish yet, with a link back.
The number is the page's, or, as `topic-3`, a topic's; it counts only while anybody may
read that page and while it has no version in the language, so a notice names nothing
else, and leads nowhere else.
No cookie is needed, and a cache keeps each address for itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_info
from wagtail.models import Page

from cms.articles.models import Topic
from cms.machines.languages import language_of, list_homes, list_versions
from cms.machines.topic_versions import MARK, name_in_languages, topic_address
from screening_block.public import only_public

PARAMETER = "from"
#: More digits than any page's number has.
MAX_DIGITS = 10


@dataclass(frozen=True)
class Wanted:
    """A page or topic that is not in the language of the request, and where it is
    read."""

    title: str
    url: str
    language: str

    @property
    def missing(self) -> str:
        """The name of the language that it is not in, as the visitor's has it."""
        name: str = get_language_info(get_language() or "en")["name_translated"]
        return name if get_language() == "en" else name.lower()


def lead_home(mark: str, request: HttpRequest, code: str | None) -> str:
    """Return where a reader of the language `code` is told that what has a mark is not
    in it; "" where the site is not in that language."""
    home = list_homes(request).get(code or "")
    return f"{home}?{PARAMETER}={mark}" if home else ""


def find_wanted(request: HttpRequest) -> Wanted | None:
    """Return what an address of a home page names, if that may be said."""
    mark = request.GET.get(PARAMETER, "")
    number = mark.removeprefix(MARK)
    if not (number.isascii() and number.isdecimal() and len(number) <= MAX_DIGITS):
        return None
    return (_find_page if number == mark else _find_topic)(int(number), request)


def _find_topic(number: int, request: HttpRequest) -> Wanted | None:
    topic = Topic.objects.filter(pk=number).first()
    called = name_in_languages(topic, request) if topic else {}
    if not called or get_language() in called:
        return None
    own = settings.LANGUAGE_CODE
    code = own if own in called else next(iter(called))
    address = topic_address(request, called[code], code)
    return Wanted(called[code].name, address, code)


def _find_page(number: int, request: HttpRequest) -> Wanted | None:
    pages = Page.objects.filter(pk=number).select_related("locale")
    for page in only_public(pages, request):
        versions = {one.code: one.url for one in list_versions(page, request)}
        own = language_of(page)
        if own in versions and get_language() not in versions:
            return Wanted(page.title, versions[own], own)
    return None
