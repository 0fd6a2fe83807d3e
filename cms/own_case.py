"""“Check your own case”: the way from a page to the questions.

A setting of the home page names the screener. A page that shows a screener itself leads
to that one, where it stands. Neither leads to a screener that is not public.
"""

from typing import Any

from django.http import HttpRequest
from wagtail.models import Site

from plugins.freshness import remember
from screening_block.models import Screener
from screening_block.public import is_usable
from screening_block.visitor.block import ScreenerBlock, make_anchor


def find_own_case(home: Any, request: HttpRequest) -> str:
    """Return the address of the screener that `home` names, in the language of `home`
    if it is public in that; "" where there is none that anybody may use."""
    if home is None or home.own_case_id is None:
        return ""
    site = Site.find_for_request(request)
    place = site.pk if site else None
    key = ("own case", place, home.locale_id, home.own_case_id)
    return remember(key, lambda: _find_named_case(home, request), by_source=True)


def _find_named_case(home: Any, request: HttpRequest) -> str:
    named = Screener.objects.filter(pk=home.own_case_id).values("translation_key")
    pages = Screener.objects.filter(translation_key__in=named).defer_streamfields()
    pages = pages.select_related("locale")
    for page in sorted(pages, key=lambda page: page.locale_id != home.locale_id):
        mine = page.locale_id == home.locale_id or page.pk == home.own_case_id
        if mine and is_usable(page, request):
            return page.get_url(request) or ""
    return ""


def find_shown_case(body: Any, request: HttpRequest) -> str:
    """Return the address, on its page, of the first public screener that `body` shows;
    "" where it shows none."""
    for child in body:
        if isinstance(child.block, ScreenerBlock) and child.value:
            page = child.value.specific
            if isinstance(page, Screener) and is_usable(page, request):
                return f"#{make_anchor(page.key)}"
    return ""
