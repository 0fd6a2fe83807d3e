"""Every state of every public page, in each language: axe, valid HTML, one language,
no sideways scrolling, nothing that shifts, pictures as large as they are shown.

Each is read in one language, in turns, and a third of them are looked at in a browser,
on one screen; by `make prove` all are, in both languages and on all screens.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from tests.accessibility import ALL_SCREENS, SCREENS, check
from tests.page_quality import judge, watch
from tests.parts_of_pages import find_foreign
from tests.public_states import STATES
from tests.valid_html import check_html
from tests.visits import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.once]
LANGUAGES = ("en", "es")
#: Words to copy for programs.
CODE = re.compile(r"<textarea.*?</textarea>", re.DOTALL)
#: Names of cases, which are in no language.
CASE = re.compile(r"\bv\. |\bCir\b")


def list_turns() -> Iterator[tuple[str, str, list[tuple[int, str]]]]:
    """Yield each state with a language, and the screens that it is looked at on."""
    for number, name in enumerate(STATES):
        for place, language in enumerate(LANGUAGES):
            if ALL_SCREENS:
                yield name, language, SCREENS
            elif number % 2 == place:
                screens = [SCREENS[number // 2 % 2]]
                yield name, language, screens if number % 3 == 0 else []


def test_axe_and_the_rest_find_nothing_in_any_public_state(
    demo_rows: Any, live_server: Any, browser: Any
) -> None:
    page = browser.new_context().new_page()
    watch(page)
    # The form stays where its script does not come.
    page.route("**/embed/v1/screener.js", lambda route: route.abort())
    # What it shows then is looked at where it runs.
    page.route("**/embed/v1/check.js", lambda route: route.abort())
    complaints: list[str] = []
    for name, language, screens in list_turns():
        where = f"{name}, {language}"
        html = STATES[name](Visitor(Client(), language))
        try:
            found = find_foreign(CODE.sub("", html))
            said = [one for part in found.values() for one in part]
            said = [one for one in said if not CASE.search(one)]
            assert said == [], f"{where}: {said}"
            if not screens:
                check_html(html, where)
                continue
            address = f"{live_server.url}/shown/"
            page.unroute("**/shown/")
            page.route("**/shown/", answer_with(html))
            page.set_viewport_size({"width": screens[0][0], "height": 740})
            page.goto(address, wait_until="load")
            judge(page, where)
            page.evaluate("scrollTo(0, 0)")
            check(page, where, screens)
        except AssertionError as error:
            complaints.append(str(error).partition("\nassert")[0])
    page.context.close()
    assert complaints == [], "\n\n".join(complaints)


def answer_with(html: str) -> Callable[[Any], None]:
    kind = "text/html; charset=utf-8"
    return lambda route: route.fulfill(body=html, content_type=kind)
