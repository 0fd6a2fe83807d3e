"""The demo in several languages: pages that belong together, and what editors did."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup
from django.core.management import call_command
from wagtail.models import Locale, Page, Revision

from cms.articles.models import ArticlePage, Topic
from cms.demo import files, help_entries
from cms.demo.management.commands import demo
from cms.demo.models import DemoPart
from cms.demo.site_settings import FACTS
from cms.home.models import HomePage, StandardPage

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LINK = '<a href="page:about">x</a>, <a href="article:first">y</a>'


def text(*paragraphs: str) -> list[dict[str, Any]]:
    return [{"type": "text", "value": list(paragraphs)}]


def english() -> dict[str, Any]:
    return {
        "site.yaml": {
            "name": "A site",
            "settings": dict.fromkeys(FACTS, ""),
            "home": {"title": "Start", "body": text(LINK)},
            "articles": {"title": "Articles"},
            "topics": {"Travel": {"description": "Trips."}},
            "pages": [
                {
                    "slug": "about",
                    "kind": "standard",
                    "menu": True,
                    "title": "About us",
                    "body": text("Words."),
                }
            ],
        },
        "articles/first.yaml": {
            "slug": "first",
            "title": "The first",
            "topics": ["Travel", "DACA"],
            "review": {"next_review_due": "2027-02-28", "note": "Nobody."},
            "body": text("Words.", LINK),
        },
    }


def spanish() -> dict[str, Any]:
    return {
        "site.yaml": {
            "settings": {},
            "home": {"title": "Inicio", "body": text(LINK)},
            "articles": {"title": "Artículos", "slug": "articulos"},
            "topics": {"Travel": {"name": "Viajes", "description": "De viaje."}},
            "pages": [
                {
                    "translates": "about",
                    "slug": "quienes-somos",
                    "title": "Quiénes somos",
                    "body": text("Palabras."),
                }
            ],
        },
        "articles/first.yaml": {
            "translates": "first",
            "slug": "el-primero",
            "title": "El primero",
            "review": {"note": "Nadie."},
            "body": text("Palabras.", LINK),
        },
    }


class Content:
    """A folder of content files, and the command that reads it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, contents: dict[str, Any], below: str = "") -> None:
        for name, data in contents.items():
            file = self.folder / below / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(yaml.safe_dump(data), "utf-8")

    def load(self) -> None:
        call_command("demo", stdout=StringIO(), verbosity=0)


@pytest.fixture
def content(tmp_path: Path, monkeypatch: Any, settings: Any) -> Content:
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(files, "CONTENT", tmp_path / "content")
    monkeypatch.setattr(help_entries, "read_help", list)
    monkeypatch.setattr(demo, "PACKS", [])
    made = Content(tmp_path / "content")
    made.write(english())
    return made


def links_of(client: Any, address: str) -> list[str]:
    html = BeautifulSoup(client.get(address).content, "html.parser")
    found = html.select(".prose a[href^='/'], .w-block-text a")
    return [link["href"] for link in found]


def test_pages_of_a_language_belong_together(client, content):
    content.write(spanish(), "es")
    content.load()
    for english_address, spanish_address in (
        ("/", "/es/"),
        ("/about/", "/es/quienes-somos/"),
        ("/articles/", "/es/articulos/"),
        ("/articles/first/", "/es/articulos/el-primero/"),
        ("/topics/travel/", "/es/topics/viajes/"),
        ("/topics/daca/", "/es/topics/daca/"),
    ):
        for here, other in (
            (english_address, spanish_address),
            (spanish_address, english_address),
        ):
            html = BeautifulSoup(client.get(here).content, "html.parser")
            assert html.html["lang"] == ("es" if here.startswith("/es/") else "en")
            (switch,) = html.select(".languages a")
            assert switch["href"] == other
    assert links_of(client, "/articles/first/") == ["/about/", "/articles/first/"]
    assert links_of(client, "/es/articulos/el-primero/") == [
        *("/es/quienes-somos/", "/es/articulos/el-primero/"),
    ]
    # What is no matter of language is the source's.
    article = ArticlePage.objects.get(slug="el-primero")
    assert sorted(topic.name for topic in article.topics.all()) == ["DACA", "Viajes"]
    assert str(article.next_review_due) == "2027-02-28"
    assert article.review_note == "Nadie."
    assert article.hero_image == ArticlePage.objects.get(slug="first").hero_image
    assert StandardPage.objects.get(slug="quienes-somos").show_in_menus
    assert Topic.objects.get(name="Viajes").description == "De viaje."
    # A topic asked for by its name in another language.
    for asked, to in (
        ("/es/topics/travel/", "/es/topics/viajes/"),
        ("/topics/viajes/", "/topics/travel/"),
    ):
        assert client.get(asked)["Location"] == f"http://localhost{to}"


def test_a_site_made_before_gets_what_is_new(client, content):
    content.load()
    before = Page.objects.get(slug="first").latest_revision_id
    assert not Locale.objects.filter(language_code="es").exists()
    content.write(spanish(), "es")
    content.load()
    assert client.get("/es/articulos/el-primero/").status_code == 200
    assert Page.objects.get(slug="first").latest_revision_id == before
    counts = Page.objects.count(), Revision.objects.count()
    content.load()
    assert (Page.objects.count(), Revision.objects.count()) == counts
    # A text that is written anew comes, and a new page.
    changed = spanish()
    changed["articles/first.yaml"]["title"] = "El primero, de nuevo"
    content.write(changed, "es")
    content.load()
    assert ArticlePage.objects.get(slug="el-primero").title == "El primero, de nuevo"


def test_what_an_editor_did_stays(client, content):
    content.write(spanish(), "es")
    content.load()
    edited = ArticlePage.objects.get(slug="el-primero")
    edited.title, edited.slug = "De la casa", "de-la-casa"
    edited.save_revision().publish()
    StandardPage.objects.get(slug="about").delete()
    changed = spanish() | {"site.yaml": spanish()["site.yaml"]}
    changed["articles/first.yaml"]["title"] = "De la demo"
    changed["site.yaml"]["home"]["title"] = "Principio"
    content.write(changed, "es")
    content.load()
    assert not Page.objects.filter(slug__in=["about", "el-primero"]).exists()
    assert ArticlePage.objects.get(slug="de-la-casa").title == "De la casa"
    home = HomePage.objects.get(locale__language_code="es")
    assert home.title == "Principio"
    assert links_of(client, "/es/")[-1] == "/es/articulos/de-la-casa/"


def test_so_it_does_where_nobody_remembers_what_was_made(client, content):
    """As on a site from before there was anything to remember it by."""
    more = english()
    for name in ("second", "third"):
        article = {**more["articles/first.yaml"], "slug": name, "title": name.title()}
        more[f"articles/{name}.yaml"] = article
    content.write(more)
    content.load()
    edited = ArticlePage.objects.get(slug="second")
    edited.title = "Ours"
    edited.save_revision().publish()
    ArticlePage.objects.get(slug="third").delete(user=None)
    DemoPart.objects.all().delete()
    more["articles/first.yaml"]["title"] = "The first one"
    content.write(more)
    content.write(spanish(), "es")
    content.load()
    titles = ArticlePage.objects.live().values_list("title", flat=True)
    assert sorted(titles) == ["El primero", "Ours", "The first one"]


def test_a_page_of_an_editor_in_the_place_of_one_is_left_alone(client, content):
    content.load()
    DemoPart.objects.filter(name="en/about").delete()
    own = StandardPage.objects.get(slug="about")
    own.title = "Ours"
    own.save_revision().publish()
    content.write(spanish(), "es")
    content.load()
    assert StandardPage.objects.get(slug="about").title == "Ours"
    # It is no translation of what an editor wrote.
    assert not Page.objects.filter(slug="quienes-somos").exists()
    assert links_of(client, "/articles/first/")[0] == "/about/"
