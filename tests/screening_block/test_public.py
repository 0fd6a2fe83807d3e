"""What is public follows from the state of pages: every surface, every way to go.

The surfaces are those of the URL resolver. A new one has to be written down here, with
a request that shows a screener while it is public, or the reason why it never does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction, Site

from cms.articles.models import ArticleIndexPage, ArticlePage
from cms.home.models import HomePage, StandardPage
from screening_block.models import Recall, Release, Screener, Threshold
from screening_block.models.publishing import GateError
from screening_block.packs.load import load_pack
from screening_block.roles import EDITOR, make_roles
from tests.shares import in_turn

from . import small

pytestmark = pytest.mark.django_db
KEY = "hidden-one"
#: Stands in the screener's title, which every surface shows, and nowhere else.
CANARY = "Quokka questions"
OTHER_HOST = "other.example.org"


class World(NamedTuple):
    """Ids of the pages, and the hashes of the current release and of one before."""

    section: int
    screener: int
    spanish: int
    elsewhere: int
    index: int
    current: str
    earlier: str
    host: str = "localhost"


def build() -> World:
    """A live screener in a section, its Spanish page, and an article that shows it."""
    site = Site.objects.get(is_default_site=True)
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="Home", slug="start"))
    site.root_page = home
    site.save()
    section = home.add_child(instance=StandardPage(title="Section", slug="section"))
    release = small.release()
    release["key"] = KEY
    release["texts"]["en"]["title"] = CANARY
    page = load_pack("hidden_pack", release, section).screener
    page.show_in_menus = True
    page.intro = "Another introduction."
    page.save_revision().publish()
    earlier, current = Release.objects.order_by("created_at").values_list(
        "pk", flat=True
    )
    spanish, _made = Locale.objects.get_or_create(language_code="es")
    translated = page.copy_for_translation(spanish, copy_parents=True)
    translated.title = f"{CANARY} en español"
    translated.save_revision().publish()
    current = Release.current(KEY).pk
    index = home.add_child(instance=ArticleIndexPage(title="Articles", slug="articles"))
    article = ArticlePage(title="An article", slug="an-article")
    article.body = [
        {"type": "screener", "value": page.pk},
        {
            "type": "rich_text",
            "value": f'<p><a linktype="page" id="{page.pk}">See</a></p>',
        },
        {
            "type": "call_to_action",
            "value": {"title": "Do", "text": "", "label": "Go", "page": page.pk},
        },
    ]
    index.add_child(instance=article)
    article.save_revision().publish()
    home.refresh_from_db()
    home.action_label, home.action_page = "First step", page
    home.save()
    elsewhere = root.add_child(instance=HomePage(title="Other", slug="other"))
    Site.objects.create(hostname=OTHER_HOST, port=80, root_page=elsewhere)
    return World(
        section.pk,
        page.pk,
        translated.pk,
        elsewhere.pk,
        index.pk,
        current,
        earlier,
    )


@pytest.fixture(scope="module")
def built(fill) -> list[Any]:
    return fill("hidden", lambda: list(build()))


@pytest.fixture
def world(built, db) -> World:
    Site.clear_site_root_paths_cache()
    return World(*built)


# -- Every public surface ------------------------------------------------------


class Surface(NamedTuple):
    """A request, and whether its answer shows the screener."""

    name: str
    ask: Callable[[Client, World], Any]
    shows: Callable[[Any], bool] = lambda answer: answer.status_code == 200


def _get(path: str, **kwargs: Any) -> Callable[[Client, World], Any]:
    return lambda client, world: client.get(
        path.format(**world._asdict()), SERVER_NAME=world.host, **kwargs
    )


def _post(path: str, **data: Any) -> Callable[[Client, World], Any]:
    def ask(client: Client, world: World) -> Any:
        filled = {name: text.format(**world._asdict()) for name, text in data.items()}
        return client.post(path, filled, SERVER_NAME=world.host)

    return ask


BATCH = {"items": [{"answers": {}}]}


def _evaluate(
    to: str = "", sent: dict[str, Any] | None = None, **more: str
) -> Callable[[Client, World], Any]:
    def ask(client: Client, world: World) -> Any:
        filled = {name: text.format(**world._asdict()) for name, text in more.items()}
        return client.post(
            f"/api/v1/screeners/{KEY}/evaluate/{to}",
            json.dumps({**(sent or {"answers": {}}), **filled}),
            content_type="application/json",
            SERVER_NAME=world.host,
        )

    return ask


def _says(text: str) -> Callable[[Any], bool]:
    return lambda answer: text in answer.content.decode()


def _leads_to_it(answer: Any) -> bool:
    """A link to its page, unless that is public on the other site by now."""
    text = answer.content.decode()
    return f"/{KEY}/" in text.replace(f"{OTHER_HOST}/{KEY}/", "")


OEMBED = "/embed/v1/oembed?url=http://localhost"
ARTICLE = "/api/v1/articles/an-article/"
SURFACES = {
    "screeners": [Surface("list", _get("/api/v1/screeners/"), _says(KEY))],
    "screener": [
        Surface("release", _get(f"/api/v1/screeners/{KEY}/")),
        Surface("words", _get(f"/api/v1/screeners/{KEY}/?words=es")),
        Surface("a part", _get(f"/api/v1/screeners/{KEY}/?words=es&part=rest")),
    ],
    "release": [
        Surface("by hash", _get("/api/v1/releases/{current}/")),
        Surface("superseded, by hash", _get("/api/v1/releases/{earlier}/")),
    ],
    "api-changes": [
        Surface("feed of changes", _get("/api/v1/changes/?limit=100"), _says(KEY)),
    ],
    "screener-help": [
        Surface("who helps", _get(f"/api/v1/screeners/{KEY}/help/")),
    ],
    "screener-evaluate": [
        Surface("evaluate", _evaluate()),
        Surface("evaluate by hash", _evaluate(release="{current}")),
        Surface("evaluate superseded", _evaluate(release="{earlier}")),
    ],
    "screener-evaluate-batch": [
        Surface("evaluate several", _evaluate("batch/", BATCH)),
        Surface(
            "evaluate several superseded",
            _evaluate("batch/", BATCH, release="{earlier}"),
        ),
    ],
    "screening_block:form": [
        Surface("form", _get(f"/screeners/{KEY}/")),
        Surface("form in Spanish", _get(f"/es/screeners/{KEY}/")),
        Surface("form, first step", _post(f"/screeners/{KEY}/", do="next")),
        Surface(
            "form, a visit under way",
            _post(f"/screeners/{KEY}/", do="next", release="{earlier}"),
        ),
    ],
    "screening_embed:frame": [
        Surface("frame", _get(f"/embed/v1/{KEY}/")),
        Surface("frame in Spanish", _get(f"/embed/v1/{KEY}/?locale=es")),
        Surface(
            "frame, a visit under way",
            _post(f"/embed/v1/{KEY}/", do="next", release="{current}"),
        ),
    ],
    "screening_embed:check": [
        Surface("page of checks", _get("/embed/v1/check"), _says(KEY)),
    ],
    "screening_embed:check-frame": [
        Surface("frame of a check", _get(f"/embed/v1/check/frame/live/{KEY}/")),
    ],
    "screening_embed:oembed": [
        Surface("oEmbed of the form", _get(f"{OEMBED}/screeners/{KEY}/")),
        Surface("oEmbed of the frame", _get(f"{OEMBED}/embed/v1/{KEY}/")),
        Surface("oEmbed of the page", _get(f"{OEMBED}/section/{KEY}/")),
    ],
    "wagtail_serve": [
        Surface("its page", _get(f"/section/{KEY}/"), _says("legal-screener")),
        Surface("its Spanish page", _get(f"/es/section/{KEY}/"), _says("screener src")),
        Surface("article", _get("/articles/an-article/"), _says("legal-screener")),
        Surface("link in an article", _get("/articles/an-article/"), _leads_to_it),
        Surface("first step of the home page", _get("/"), _leads_to_it),
    ],
    "api-article": [
        Surface("article in the API", _get(ARTICLE), _says(f'"value":{{"key":"{KEY}"')),
        Surface("link in the API", _get(ARTICLE), _leads_to_it),
    ],
    "api-articles": [
        Surface(
            "bodies in the list",
            _get("/api/v1/articles/?fields=body,slug"),
            _says(f'"value":{{"key":"{KEY}"'),
        )
    ],
    "api-pages": [
        Surface("list of pages", _get("/api/v1/pages/?fields=key"), _says(KEY)),
        Surface("pages in Spanish", _get("/api/v1/pages/?locale=es"), _says(CANARY)),
    ],
    "api-page": [
        Surface("page by its id", _get("/api/v1/pages/{screener}/"), _says(KEY)),
        Surface("page by its path", _get(f"/api/v1/pages/section/{KEY}/"), _says(KEY)),
        Surface(
            "page in Spanish",
            _get(f"/api/v1/pages/section/{KEY}/?locale=es"),
            _says(CANARY),
        ),
        Surface(
            "first step in the API",
            _get("/api/v1/pages/?type=home&fields=action"),
            _leads_to_it,
        ),
    ],
    "markdown": [
        Surface("article in Markdown", _get("/articles/an-article.md"), _leads_to_it)
    ],
    "search": [Surface("search", _get(f"/search/?q={CANARY}"), _leads_to_it)],
    "llms": [Surface("list for assistants", _get("/llms.txt"), _leads_to_it)],
    "sitemap": [Surface("sitemap", _get("/sitemap.xml"), _leads_to_it)],
}
#: Answers that never say anything of a screener, and why.
SILENT = {
    "healthz": "the state of the machine",
    "api-none": "that there is nothing",
    "api-preview": "a draft, for whoever has its link: tests/cms/previews",
    "draft": "a draft, for whoever has its link: tests/cms/previews",
    "glossary": "terms and what they mean",
    "api-index": "addresses of the whole API",
    "api-site": "settings; its menus are held by tests/cms/test_api_content.py",
    "robots": "addresses of the whole site",
    "favicon.ico": "a picture",
    "manifest": "the site's name and its icons",
    "security": "whom to tell of a weakness",
    "topic": "titles of articles",
    r"^media/(?P<path>.*)$": "uploaded files",
    "api/v1/x/dummy-plugin/ping/": "a plugin for tests; it answers pong",
    "api-topics": "topics of articles",
    "api-topic": "a topic of articles",
    "api-terms": "the glossary; its pages are held by tests/cms/test_api_terms.py",
    "api-term": "a term of the glossary, with the same",
    "thresholds": "law that is public by itself",
    "threshold": "law that is public by itself",
    "help": "organisations that help",
    "help-entry": "an organisation that helps",
    "chart": "law that is public by itself",
    "api-schema": "shapes",
    "api-docs": "shapes",
    "screening_embed:file": "code, the same for all screeners",
    "screening_embed:check-words": "code, the same for all screeners",
    "screening_embed:check-release": "that there is nothing",
    "screening_handover:open": "a script that opens files",
    "wagtaildocs_serve": "an uploaded file",
    "wagtaildocs_authenticate_with_password": "a password for a file",
    "wagtailcore_authenticate_with_password": "a password for a page",
    "wagtailcore_login": "the log-in of staff",
}


def public_names(
    resolver: Any = None, route: str = "", space: str = ""
) -> Iterator[str]:
    """The name of every address that is not the admin's; a route where it has none."""
    for entry in (resolver or get_resolver()).url_patterns:
        here = route + str(entry.pattern)
        if here.startswith("admin/"):
            continue
        if isinstance(entry, URLPattern):
            yield f"{space}{entry.name}" if entry.name else here
        else:
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from public_names(entry, here, inner)


def test_no_public_surface_is_forgotten():
    known = {*SURFACES, *SILENT}
    assert set(public_names()) - known == set()
    assert sum(map(len, SURFACES.values())) >= 12


def shown(
    client: Client, world: World, asked: Callable[[int], bool] = lambda number: True
) -> set[str]:
    """The names of the surfaces that show the screener, of those asked by number."""
    found = set()
    every = [surface for surfaces in SURFACES.values() for surface in surfaces]
    for number, surface in enumerate(every):
        if not asked(number):
            continue
        answer = surface.ask(client, world)
        assert answer.status_code < 500, surface.name
        if surface.shows(answer):
            found.add(surface.name)
    return found


EVERYWHERE = {one.name for surfaces in SURFACES.values() for one in surfaces}


def test_every_surface_shows_a_public_screener(client, world):
    assert shown(client, world) == EVERYWHERE


# -- Every way to take one away ------------------------------------------------


def screener(world: World) -> Screener:
    return Screener.objects.get(pk=world.screener)


def restrict(page: int, kind: str) -> None:
    made = PageViewRestriction.objects.create(
        page_id=page, restriction_type=kind, password="open sesame"
    )
    made.groups.set(Group.objects.all()[:1])


def by_admin(path: str, **data: Any) -> Callable[[World, Client], None]:
    """What somebody does in the admin."""

    def act(world: World, admin: Client) -> None:
        answer = admin.post(path.format(**world._asdict()), data)
        assert answer.status_code in (200, 302)

    return act


def in_bulk(action: str, page: str, **data: Any) -> Callable[[World, Client], None]:
    def act(world: World, admin: Client) -> None:
        chosen = getattr(world, page)
        path = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        assert admin.post(f"{path}?id={chosen}", data).status_code == 302

    return act


def expire(world: World, _admin: Client) -> None:
    """The day has come; the scheduler has not run yet."""
    past = timezone.now() - timedelta(seconds=1)
    Page.objects.filter(pk=world.screener).update(expire_at=past)


def expire_on_schedule(world: World, admin: Client) -> None:
    expire(world, admin)
    call_command("publish_scheduled")


def move(to: Callable[[World], int]) -> Callable[[World, Client], None]:
    def act(world: World, _admin: Client) -> None:
        screener(world).move(Page.objects.get(pk=to(world)), "last-child")

    return act


def move_to_private(world: World, _admin: Client) -> None:
    restrict(world.index, "login")
    screener(world).move(Page.objects.get(pk=world.index), "last-child")


def root_elsewhere(world: World, _admin: Client) -> None:
    site = Site.objects.get(is_default_site=True)
    site.root_page_id = world.index
    site.save()


WAYS: dict[str, Callable[[World, Client], None]] = {
    "delete": by_admin("/admin/pages/{screener}/delete/"),
    "delete its parent": by_admin(
        "/admin/pages/{section}/delete/", confirm_site_name="Plain Terms"
    ),
    "delete in bulk": in_bulk("delete", "screener"),
    "delete its parent in bulk": in_bulk("delete", "section"),
    "delete by code": lambda w, _a: Page.objects.get(pk=w.screener).delete(),
    "delete a queryset": lambda w, _a: Page.objects.filter(pk=w.screener).delete(),
    "delete the screener": lambda w, _a: screener(w).delete(),
    "unpublish": by_admin("/admin/pages/{screener}/unpublish/"),
    "unpublish its parent and what is below": by_admin(
        "/admin/pages/{section}/unpublish/", include_descendants="on"
    ),
    "unpublish in bulk": in_bulk("unpublish", "screener"),
    "unpublish its parent in bulk": in_bulk(
        "unpublish", "section", include_descendants="on"
    ),
    "unpublish by code": lambda w, _a: Page.objects.get(pk=w.screener).unpublish(),
    "a row changed by hand": lambda w, _a: Page.objects.filter(pk=w.screener).update(
        live=False
    ),
    "expiry": expire,
    "expiry, on schedule": expire_on_schedule,
    "log-in": lambda w, _a: restrict(w.screener, "login"),
    "password": lambda w, _a: restrict(w.screener, "password"),
    "a password, in the admin": by_admin(
        "/admin/pages/{screener}/privacy/", restriction_type="password", password="x"
    ),
    "groups": lambda w, _a: restrict(w.screener, "groups"),
    "log-in for its parent": lambda w, _a: restrict(w.section, "login"),
    "password for its parent": lambda w, _a: restrict(w.section, "password"),
    "move below a private page": move_to_private,
    "move out of every site": move(lambda w: Page.get_first_root_node().pk),
    "move to another site": move(lambda w: w.elsewhere),
    "another root of the site": root_elsewhere,
}


#: One of each state that a page is left in, which every surface is asked about; of the
#: other ways to it each is asked about a third of them, in turns.
STATES = {
    *("delete", "unpublish", "a row changed by hand", "expiry"),
    *("log-in", "password", "groups", "log-in for its parent"),
    *("move below a private page", "move out of every site"),
    *("move to another site", "another root of the site"),
}


@pytest.mark.parametrize("way", WAYS)
def test_nothing_public_is_left_of_a_screener_that_was_taken_away(
    way, world, client, admin_client
):
    WAYS[way](world, admin_client)
    Site.clear_site_root_paths_cache()
    turn = [*WAYS].index(way)
    left = shown(client, world, lambda n: way in STATES or in_turn(n, turn, of=3))
    assert left == set()


def test_another_site_of_the_installation_says_nothing_of_it(world, client, settings):
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, OTHER_HOST]
    assert shown(client, world._replace(host=OTHER_HOST)) == set()


def test_a_page_in_a_language_that_goes_takes_its_texts_along(
    world, client, admin_client
):
    """Not the rules: those stay with the page that gives the structure."""
    ways = [
        by_admin("/admin/pages/{spanish}/unpublish/"),
        in_bulk("unpublish", "spanish"),
        in_bulk("delete", "spanish"),
        lambda w, _a: restrict(w.spanish, "login"),
    ]
    url = f"/api/v1/screeners/{KEY}/"
    assert "es" in client.get(url).json()["texts"]
    for way in ways:
        with transaction.atomic():
            way(world, admin_client)
            answer = client.get(url)
            transaction.set_rollback(True)
        assert answer.status_code == 200
        assert "es" not in answer.json()["texts"]


def test_what_was_closed_comes_back_as_it_was(world, client):
    restrict(world.section, "login")
    PageViewRestriction.objects.all().delete()
    assert shown(client, world) == EVERYWHERE


def test_nothing_about_a_screener_is_fresh_for_more_than_a_minute(world, client):
    for surfaces in SURFACES.values():
        for surface in surfaces:
            stored = surface.ask(client, world).headers.get("Cache-Control", "")
            ages = [int(age) for age in re.findall(r"max-age=(\d+)", stored)]
            assert max(ages, default=0) <= 60, surface.name
            assert "immutable" not in stored
            assert "stale" not in stored


def test_a_recalled_release_is_gone_everywhere_with_its_reason(world, client):
    reason = "It left out who was in danger."
    Recall.objects.create(release_id=world.current, reason=reason)
    earlier = {"superseded, by hash", "evaluate superseded"}
    earlier |= {"evaluate several superseded"}
    # The visit that began with the earlier one is told that the current one is wrong.
    links = {"link in an article", "first step of the home page", "link in the API"}
    links |= {"article in Markdown", "list for assistants", "search"}
    links |= {"list of pages", "pages in Spanish", "first step in the API"}
    pages = {"its page", "its Spanish page", "article", "sitemap"}
    bodies = {"article in the API", "bodies in the list"}
    for name, surface in ((s.name, s) for all_ in SURFACES.values() for s in all_):
        answer = surface.ask(client, world)
        if name in earlier:
            assert surface.shows(answer), name
        elif name in {"list", "page of checks", "feed of changes", *bodies}:
            assert not surface.shows(answer), name
        elif name in pages - {"sitemap"}:
            assert reason in answer.content.decode(), name
            assert not surface.shows(answer), name
        elif name not in links | pages:
            assert answer.status_code == 410, name
            assert reason in answer.content.decode(), name
            assert "no-store" in answer["Cache-Control"], name
    assert client.get(f"/section/{KEY}/").status_code == 410


def test_a_release_that_was_recalled_names_the_one_that_is_right(world, client):
    Recall.objects.create(
        release_id=world.earlier, reason="A wrong day.", successor_id=world.current
    )
    gone = client.get(f"/api/v1/releases/{world.earlier}/")
    assert gone.status_code == 410
    assert gone["Content-Type"] == "application/problem+json"
    assert "A wrong day." in gone.json()["detail"]
    assert gone.json()["successor"] == world.current
    assert client.get(f"/api/v1/releases/{world.current}/").status_code == 200
    begun = client.post(f"/screeners/{KEY}/", {"do": "next", "release": world.earlier})
    assert begun.status_code == 410
    assert "A wrong day." in begun.content.decode()
    assert 'value="restart"' in begun.content.decode()
    again = client.post(f"/screeners/{KEY}/", {"do": "restart"})
    assert again.status_code == 200


def test_recalled_content_is_not_published_again_and_other_law_still_is(world):
    page = screener(world)
    Recall.objects.create(release_id=world.current, reason="A wrong day.")
    with pytest.raises(GateError) as refused:
        page.save_revision().publish()
    assert "A wrong day." in str(refused.value.messages)
    Threshold.objects.get(key="af_term").save_revision().publish()
    page.intro = "A corrected introduction."
    page.save_revision().publish()
    assert Release.current(KEY).recalled is None


def test_a_marketing_editor_copies_the_section_and_nothing_public_changes(
    world, client, django_user_model
):
    make_roles()
    user = django_user_model.objects.create_user("marie", "m@example.org", "x")
    user.groups.add(Group.objects.get(name=EDITOR))
    editor = Client()
    editor.force_login(user)
    parent = Page.objects.get(pk=world.section).get_parent()
    data = {
        "new_title": "Section again",
        "new_slug": "section-again",
        "new_parent_page": parent.pk,
        "copy_subpages": "on",
    }
    before = client.get("/api/v1/screeners/").json()
    answer = editor.post(f"/admin/pages/{world.section}/copy/", data)
    assert answer.status_code == 302, answer.context["form"].errors
    copied = Screener.objects.get(key=f"{KEY}-2")
    assert not copied.live
    copied.save_revision(user=user)
    assert client.get("/api/v1/screeners/").json() == before
    assert shown(client, world) == EVERYWHERE
