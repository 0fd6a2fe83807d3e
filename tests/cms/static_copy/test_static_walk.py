"""The demo as files on the simplest host: read, asked and answered in a browser."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from screening_block import engine
from screening_block.models import Release
from tests.browser.widget.conftest import tab  # noqa: F401 - fixture
from tests.california_firearms.measured import KEY, PHONE, go_with_script, read
from tests.california_firearms.six import SIX
from tests.cms.static_copy.static_host import serve_folder
from tests.valid_html import check_html

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first test builds the copy for all of them."""
    return tmp_path_factory.mktemp("built") / "copy"


@pytest.fixture
def host(demo_rows: Any, db: None, built: Path, tmp_path: Path) -> Iterator[str]:
    if not built.exists():
        said = StringIO()
        call_command("build_site", str(built), stdout=said, stderr=said)
        assert "nothing is there" not in said.getvalue()
    place = tmp_path / "copy"
    shutil.copytree(built, place)
    with serve_folder(place) as address:
        yield address


def test_the_copy_is_read_asked_and_answered(
    host: str,
    live_server: Any,
    tab: Callable[..., Any],  # noqa: F811
) -> None:
    current = Release.current(KEY)
    assert current is not None
    release: engine.Release = current.load()
    page = tab(viewport=PHONE)
    failed: list[str] = []
    page.on("response", lambda one: one.status >= 400 and failed.append(one.url))
    page.goto(f"{host}/")
    page.get_by_role("link", name="Check your own case").first.click()
    page.locator("legal-screener").wait_for()
    seen = {}
    for name, locale in (("Maria", "en"), ("Luis", "es")):
        path = f"{'' if locale == 'en' else '/es'}/{KEY}/"
        results = []
        for site in (host, live_server.url):
            go_with_script(page, f"{site}{path}", release, SIX[name].answers, locale)
            results.append(read(page))
        seen[locale] = results[0]
        # The same words at the same places as on the server.
        assert results[0] == results[1]
    assert seen["en"].short != seen["es"].short
    assert failed == []
    # Another language while answering, and somebody to call.
    page.goto(f"{host}/{KEY}/")
    widget = page.locator("legal-screener")
    widget.get_by_role("button", name="Start", exact=True).click()
    widget.get_by_role("button", name="Español").click()
    widget.get_by_text("¿Cuál es su situación de inmigración hoy?").first.wait_for()
    page.context.close()


def test_what_a_copy_cannot_do_is_said(
    host: str,
    tab: Callable[..., Any],  # noqa: F811
) -> None:
    page = tab(viewport=PHONE, java_script_enabled=False)
    page.goto(f"{host}/es/{KEY}/")
    assert page.locator("form").count() == 0
    page.get_by_text("Esta copia del sitio no puede").first.wait_for()
    check_html(page.content(), "copy without script")
    page.goto(f"{host}/search/")
    page.get_by_text("cannot search").wait_for()
    page.context.close()


def test_a_file_that_says_it_was_recalled_is_read_so(
    host: str,
    tmp_path: Path,
    tab: Callable[..., Any],  # noqa: F811
) -> None:
    """A static host cannot answer 410: the file holds what that would say."""
    file = tmp_path / "copy" / "api" / "v1" / "screeners" / KEY / "index.json"
    # In the language of the reason, which need not be that of the page.
    why = {"reason": "Faltaba un día.", "reason_locale": "es"}
    told = f"A day in it was wrong. {why['reason']}"
    said = {"status": 410, "title": "Recalled", "detail": told, **why}
    file.unlink()
    file.write_text(json.dumps(said))
    page = tab(viewport=PHONE)
    page.goto(f"{host}/{KEY}/")
    page.locator("legal-screener").get_by_text("A day in it was wrong.").wait_for()
    spoken = page.locator("legal-screener span[lang=es]")
    assert spoken.all_inner_texts() == [why["reason"]]
    page.context.close()
