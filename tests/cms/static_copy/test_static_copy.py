"""`build_site` writes the public site as files, equal to what the server answers."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import PageViewRestriction, Site

from cms.articles.models import ArticlePage
from cms.static_copy import build, writing
from cms.static_copy.asking import Asker
from cms.static_copy.crawl import walk_site
from screening_block.models import Publication, Recall
from tests.cms.conftest import build_site
from tests.screening_block.conftest import load_small

SERVER = "https://app.example.org"
FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)


def make_rows() -> None:
    """A small site with an article and a screener."""
    build_site()
    load_small()


@pytest.fixture(scope="module")
def rows(fill: Callable[..., Any]) -> None:
    fill("site with a small screener", make_rows)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "copy"


def build_to(place: Path, *options: str) -> str:
    out = StringIO()
    call_command("build_site", str(place), *options, stdout=out, stderr=out)
    return out.getvalue()


def read(place: Path) -> dict[str, bytes]:
    return {
        str(one.relative_to(place.resolve())): one.read_bytes()
        for one in place.resolve().rglob("*")
        if one.is_file()
    }


def stripped(page: str) -> str:
    """A page without what only a server does, and without where the widget asks."""
    page = FORM.sub("", page)
    page = re.sub(r'<p class="notice">.*?</p>|<link [^>]*oembed[^>]*>', "", page)
    page = re.sub(r'(<legal-screener\b[^>]*?)\ssrc="[^"]*"', r"\1", page)
    page = re.sub(r'(href|action)="[^"]*(/search/|/open/|\?)[^"]*"', "", page)
    return re.sub(r"\n\s*\n", "\n", page)


def test_each_file_is_what_the_server_answers(rows: None, db: None) -> None:
    asker = Asker(Site.objects.get(is_default_site=True))
    client = Client(headers={"host": asker.origin.netloc})
    walk = walk_site(asker)
    same, different = 0, []
    for address, copied in walk.files.items():
        if "/words/" in address or "/help/" in address or address == "/404.html":
            continue
        live = client.get(address)
        body = b"".join(live) if live.streaming else live.content
        if copied.kind != "text/html" or address.endswith(("/search/", "/open/")):
            same += copied.body == body or address.endswith(("/search/", "/open/"))
            continue
        if stripped(copied.body.decode()) != stripped(body.decode()):
            different.append(address)
    assert same >= 20
    assert different == []
    assert walk.broken == {}


def test_what_the_copy_names_is_in_it(rows: None, db: None, place: Path) -> None:
    build_to(place)
    found = read(place)
    # Some hosts know a feed by its folder as well.
    assert b'href="/articles/feed/index.xml"' in found["index.html"]
    assert b'src="/api/v1/screeners/small/index.json"' in found["small/index.html"]
    missing = set()
    for name, body in found.items():
        if not name.endswith(".html"):
            continue
        for to in re.findall(r'(?:href|src|action)="(/[^"#]*)', body.decode()):
            file = writing.find_file(to, "text/html")
            if "?" in to or file not in found:
                missing.add((name, to))
    assert missing == set()
    assert "small/index.html" in found
    assert "api/v1/screeners/small/words/en.json" in found
    assert b"cannot answer a form" in found["small/index.html"]
    assert b"cannot search" in found["search/index.html"]


def test_what_needs_a_server_goes_to_one(rows: None, db: None, place: Path) -> None:
    build_to(place, "--server", SERVER)
    found = read(place)
    page = found["small/index.html"].decode()
    actions = set(re.findall(r'action="([^"]*)"', page))
    assert actions == {f"{SERVER}/search/", f"{SERVER}/screeners/small/"}
    assert f'href="{SERVER}/open/"' in page
    assert "open/index.html" not in found
    assert f"form-action 'self' {SERVER}" in found["_headers"].decode()


def test_nothing_private_is_copied(rows: None, db: None, place: Path) -> None:
    build_to(place)
    article = ArticlePage.objects.get(slug="full")
    name = f"{article.url.strip('/')}/index.html"
    assert name in read(place)
    PageViewRestriction.objects.create(
        page=article, restriction_type=PageViewRestriction.LOGIN
    )
    said = build_to(place)
    left = read(place)
    assert name not in left
    assert "gone" in said
    secret = article.title.encode()
    assert [one for one, body in left.items() if secret in body] == []


def test_only_what_changed_is_written_again(rows: None, db: None, place: Path) -> None:
    build_to(place)
    times = {one: (place / one).stat().st_ino for one in read(place)}
    assert "0 new or changed, 0 gone" in build_to(place)
    article = ArticlePage.objects.live().last()
    assert article is not None
    article.title = "A title that is new"
    article.save_revision().publish()
    build_to(place)
    now = {one: (place / one).stat().st_ino for one in read(place)}
    changed = {one for one in now if times.get(one) != now[one]}
    own = f"{article.url.strip('/')}/index.html"
    assert own in changed
    assert "articles/index.html" in changed
    assert not [one for one in changed if one.startswith(("embed/", "static/", "api/"))]


def test_a_copy_that_fails_leaves_the_one_there_is(
    rows: None, db: None, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_to(place)
    before, target = read(place), os.readlink(place)

    def full(*args: Any) -> bool:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(writing, "_write", full)
        with pytest.raises(CommandError, match="No space left"):
            build_to(place)
    assert os.readlink(place) == target
    assert read(place) == before
    kept = [one.name for one in (place.parent / ".copy.copies").iterdir()]
    assert sorted(kept) == ["1", "lock"]


def test_a_folder_with_something_else_is_left_alone(db: None, place: Path) -> None:
    place.mkdir()
    (place / "mine.txt").write_text("mine")
    with pytest.raises(CommandError, match="is no copy of a site"):
        build_to(place)
    assert (place / "mine.txt").read_text() == "mine"
    for wrong in ("app.example.org", f"{SERVER}/site", "ftp://app.example.org"):
        with pytest.raises(CommandError, match="--server must"):
            build_to(place.with_name("other"), "--server", wrong)
    with pytest.raises(CommandError, match="There is no site"):
        build_to(place.with_name("other"), "--site", "elsewhere.example")


def test_two_at_once_are_refused(db: None, place: Path) -> None:
    with (
        writing.hold(place),
        pytest.raises(writing.CopyError, match="already"),
        writing.hold(place),
    ):
        pass


def test_a_recalled_release_says_so(rows: None, db: None, place: Path) -> None:
    published = Publication.objects.filter(screener_key="small").latest("pk")
    Recall.objects.create(release=published.release, reason="A day was wrong.")
    build_to(place)
    found = read(place)
    name = f"api/v1/releases/{published.release_id}/index.json"
    assert b"A day was wrong." in found[name]
    assert published.release.canonical.encode()[:200] not in found[name]
    assert "api/v1/screeners/small/words/en.json" not in found


def test_why_it_was_recalled_is_said_in_the_language_of_the_reason(
    rows: None, db: None, place: Path
) -> None:
    """Where the widget reads it: pages that only say so are left out of the copy."""
    published = Publication.objects.filter(screener_key="small").latest("pk")
    Recall.objects.create(
        release=published.release, reason="Faltaba un día.", reason_locale="es"
    )
    build_to(place)
    told = [
        json.loads(body)
        for name, body in read(place).items()
        if name.startswith("api/") and b"Faltaba un" in body
    ]
    assert told
    for answer in told:
        assert answer["reason"] == "Faltaba un día."
        assert answer["reason_locale"] == "es"


def test_what_is_published_meanwhile_is_in_it_whole(
    rows: None, db: None, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walks = []

    def interrupted(*given: Any) -> Any:
        walk = walk_site(*given)
        walks.append(walk)
        if len(walks) == 1:
            article = ArticlePage.objects.get(slug="full")
            article.title = "A title that came meanwhile"
            article.save_revision().publish()
        return walk

    # What a walk keeps of one state, whatever the database can tell.
    states = iter(["before", "after", "after", "after"])
    monkeypatch.setattr(build, "walk_site", interrupted)
    monkeypatch.setattr(build.clock, "read", lambda: next(states))
    build_to(place)
    assert len(walks) == 2
    assert b"A title that came meanwhile" in read(place)["articles/index.html"]
    monkeypatch.setattr(build.clock, "read", object)
    with pytest.raises(CommandError, match="quieter moment"):
        build_to(place)
