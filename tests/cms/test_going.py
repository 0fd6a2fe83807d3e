"""Before something goes: who uses it, counted right, and what visitors find there."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

from cms.articles.models import ArticlePage, Topic
from screening_block.models import Chart, ChartRow, Screener, Threshold
from screening_block.packs.load import load_pack
from screening_block.usage.removal import DELETE, UNPUBLISH, describe_removal
from tests.screening_block import small

from .factories import ArticleFactory, block, publish

ALL = "_all_"


@pytest.fixture
def editor(client, django_user_model):
    user = django_user_model.objects.create_superuser("editor", "e@example.org", "x")
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def law(small_site) -> Screener:
    """The small screener, shown by an article, and linked in a draft only."""
    screener = load_pack("small_pack", small.release(), small_site.home).screener
    full = small_site.full
    full.body = [*full.body.raw_data, block("screener", screener.pk)]
    small_site.full = publish(full)
    draft = small_site.short
    draft.body = [*draft.body.raw_data, block("screener", screener.pk)]
    draft.save_revision()
    return Screener.objects.get(pk=screener.pk)


@pytest.fixture
def document(small_site):
    file = ContentFile(b"%PDF-1.4", "form.pdf")
    made = get_document_model().objects.create(title="The form", file=file)
    page = small_site.privacy
    text = f'<p><a linktype="document" id="{made.pk}">Form</a></p>'
    page.body = [*page.body.raw_data, block("text", text)]
    publish(page)
    return made


# -- The whole database, looked at with other eyes ---------------------------------

KINDS = {"page": Page, "document": get_document_model()}
LINK = re.compile(r'linktype=\\?"(page|document)\\?" id=\\?"(\d+)\\?"')


def scanned(target: Any) -> set[tuple[int, str]]:
    """(id of a page, the field or block in it) that refer to `target`, by raw data."""
    found = set()
    for page in Page.objects.all().specific():
        versions = [page]
        if page.has_unpublished_changes:
            versions.append(page.get_latest_revision_as_object())
        for version in versions:
            found |= {(page.pk, place) for place in _in_page(version, target)}
    return found


def _in_page(page: Any, target: Any) -> Iterator[str]:
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            for child in getattr(page, field.name).raw_data:
                if _names(json.dumps(child["value"]), child["type"], target):
                    yield child["id"]
        elif isinstance(field, models.ForeignKey):
            own = isinstance(target, field.related_model)
            ours = field.name in ("hero_image", "action_page")
            if own and ours and getattr(page, field.attname) == target.pk:
                yield field.name
    for part in page.article_topics.all() if isinstance(page, ArticlePage) else ():
        if isinstance(target, Topic) and part.tag_id == target.pk:
            yield f"topic {part.pk}"


def _names(raw: str, kind: str, target: Any) -> bool:
    for linked, pk in LINK.findall(raw):
        if isinstance(target, KINDS[linked]) and int(pk) == target.pk:
            return True
    wanted = {
        "screener": (Page, r"^(\d+)$"),
        "call_to_action": (Page, r'"page": (\d+)'),
        "image": (get_image_model(), r'"image": (\d+)'),
    }
    model, pattern = wanted.get(kind, (None, ""))
    return (
        bool(model)
        and isinstance(target, model)
        and str(target.pk) in re.findall(pattern, raw)
    )


def listed(found: Any) -> set[tuple[int, str]]:
    """The same of what is listed, by the addresses that lead to each place."""
    places = set()
    for source in found.sources:
        for where in source.places:
            page, path = re.search(
                r"/(\d+)/edit/#:w:contentpath=(.*)", where.url
            ).groups()
            parts = path.split(".")
            if parts[0] == "article_topics":
                places.add((int(page), f"topic {parts[1]}"))
            else:
                places.add((int(page), parts[1] if parts[0] == "body" else parts[0]))
    return places


def kinds(site: Any, screener: Screener, document: Any) -> dict[str, Any]:
    return {
        "screener": screener,
        "page": site.short,
        "image": site.full.hero_image,
        "document": document,
        "topic": Topic.objects.get(name="Firearms"),
        "unused page": site.privacy,
    }


def test_every_place_is_listed_as_a_scan_of_the_database_finds_it(
    small_site, law, document, editor
):
    for kind, target in kinds(small_site, law, document).items():
        actions = [DELETE, UNPUBLISH] if isinstance(target, Page) else [DELETE]
        for action in actions:
            found = describe_removal([target], action, editor.user)
            assert listed(found) == scanned(target), (kind, action)
            # One place may link twice, as a block of questions and answers does.
            assert found.places >= len(scanned(target)), kind
        # Also where Wagtail's index of references is gone: only streams need it.
    assert len(scanned(small_site.short)) > 5
    assert len(scanned(law)) == 2
    assert scanned(small_site.privacy) == set()


def test_what_goes_with_it_is_no_use_of_it(small_site, law, document, editor):
    pages = list(small_site.index.get_descendants(inclusive=True).specific())
    found = describe_removal(pages, DELETE, editor.user)
    inside = {page.pk for page in pages}
    wanted = {
        place for page in pages for place in scanned(page) if place[0] not in inside
    }
    assert listed(found) == wanted


# -- The pages that ask -------------------------------------------------------------


def asked(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    body = answer.content.decode()
    body = body[body.index("<main") :]
    body = re.sub(r'<input type="submit" value="([^"]+)"[^>]*>', r"\1", body)
    text = re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body)))
    assert "referenced" not in text
    return text


def bulk(app: str, model: str, action: str, *records: Any) -> str:
    address = reverse("wagtail_bulk_action", args=[app, model, action])
    return f"{address}?{'&'.join(f'id={record.pk}' for record in records)}"


def snippet(record: Any, action: str) -> str:
    return reverse(record.snippet_viewset.get_url_name(action), args=[record.pk])


def test_a_screener_names_the_articles_that_show_it_before_it_goes(
    small_site, law, editor
):
    for address in (
        reverse("wagtailadmin_pages:delete", args=[law.pk]),
        reverse("wagtailadmin_pages:unpublish", args=[law.pk]),
        bulk("wagtailcore", "page", "delete", law, small_site.privacy),
        bulk("wagtailcore", "page", "unpublish", law, small_site.privacy),
    ):
        text = asked(editor, address)
        assert "Used in 2 places:" in text, address
        assert re.search(r"Full +Body → Screener.{0,40}: The questions disappear", text)
        assert re.search(r"Short +Body → Screener.{0,40}: Only a draft has it", text)
        assert "Other sites may show it as well (Small screener)." in text
        assert text.index("Used in 2 places") < text.index("Yes, ")
    text = asked(editor, reverse("wagtailadmin_pages:unpublish", args=[law.pk]))
    assert "will answer “Page not found”" in text


def test_the_article_says_in_its_language_that_the_guide_is_not_there(
    small_site, law, editor, client
):
    address = small_site.full.get_url()
    assert "Small screener" in client.get(address).content.decode()
    law.unpublish()
    client.logout()
    body = client.get(address).content.decode()
    assert "This guide is not available right now." in body
    assert "Small screener" not in body
    Page.objects.get(pk=law.pk).delete()
    assert (
        "This guide is not available right now." in client.get(address).content.decode()
    )
    from django.utils.translation import gettext, override

    with override("es"):
        said = gettext("This guide is not available right now.")
    assert said == "Esta guía no está disponible en este momento."  # codespell:ignore


def test_a_parent_names_what_uses_the_pages_below_it(small_site, law, editor):
    index = small_site.index
    text = asked(editor, reverse("wagtailadmin_pages:delete", args=[index.pk]))
    wanted = listed(
        describe_removal(
            list(index.get_descendants(inclusive=True)), DELETE, editor.user
        )
    )
    assert f"Used in {len(wanted)} place" in text or not wanted
    home = small_site.home
    text = asked(editor, reverse("wagtailadmin_pages:unpublish", args=[home.pk]))
    own, below = text.split("If the pages below it are removed too")
    assert "Every address of the site will answer “Page not found”." in own
    assert "Small screener" in below
    text = asked(editor, bulk("wagtailcore", "page", "delete", small_site.short, index))
    assert "Short" in text


def test_a_page_names_its_links_its_redirects_and_the_menu(small_site, editor):
    short = small_site.short
    Redirect.objects.create(old_path="/old", redirect_page=short)
    Page.objects.filter(pk=short.pk).update(show_in_menus=True)
    text = asked(editor, reverse("wagtailadmin_pages:delete", args=[short.pk]))
    for said in (
        "Body → Text : The words stay, but they are no longer a link.",
        "Body → Table : The words stay, but they are no longer a link.",
        "Body → Notice : The words stay, but they are no longer a link.",
        "Body → Call to action : The link to it disappears.",
        "/old",
        "Removed from the menu: Short.",
    ):
        assert said in text, said


def test_an_image_a_document_and_a_topic_name_their_pages(
    small_site, law, document, editor
):
    image = small_site.full.hero_image
    topic = Topic.objects.get(name="Firearms")
    pictures = "Used in 2 places: Full Body → Image : The image disappears. Image"
    for address in (
        reverse("wagtailimages:delete", args=[image.pk]),
        bulk("wagtailimages", "image", "delete", image),
    ):
        assert pictures in asked(editor, address)
    for address in (
        reverse("wagtaildocs:delete", args=[document.pk]),
        bulk("wagtaildocs", "document", "delete", document),
    ):
        text = asked(editor, address)
        assert "Used in 1 place: Privacy Body → Text : The words stay" in text
    text = asked(editor, reverse("topics:delete", args=[topic.pk]))
    assert "Used in 2 places: Full Topic : It is removed there. Short Topic" in text
    unused = Topic.objects.create(name="Nobody's")
    text = asked(editor, reverse("topics:delete", args=[unused.pk]))
    assert "Nothing here uses it." in text


def test_law_that_rules_need_is_refused_before_the_button_with_each_rule(
    small_site, law, editor
):
    threshold = Threshold.objects.get()
    chart = Chart.objects.get()
    row = ChartRow.objects.filter(key="pc_245").get()
    from screening_block.publishing.parts import PartName
    from screening_block.usage.index import UsageIndex

    uses = len(UsageIndex().of(PartName("threshold", threshold.key)))
    assert uses > 1
    for record in (threshold, chart):
        for action in ("delete", "unpublish"):
            text = asked(editor, snippet(record, action))
            assert "Change these rules first:" in text
            assert "Yes, " not in text and "Are you sure" not in text
            assert "Go back" in text
    for address in (
        snippet(threshold, "delete"),
        bulk("screening_block", "threshold", "delete", threshold),
    ):
        text = asked(editor, address)
        assert f"Used in {uses} places: Small screener" in text
        assert "Finding “" in text and "applies when" in text
        assert "There is no such threshold" not in text
        assert "Yes, " not in text and "Are you sure" not in text
    text = asked(editor, snippet(row, "delete"))
    assert "Used in " in text or "Nothing here uses it." in text
    # The page says what the act does: it is refused.
    editor.post(snippet(threshold, "delete"))
    editor.post(snippet(threshold, "unpublish"))
    threshold.refresh_from_db()
    assert threshold.live


def test_law_that_nobody_needs_goes_with_one_press(small_site, law, editor):
    free = Threshold.objects.create(key="free", label="Free", live=True)
    text = asked(editor, snippet(free, "delete"))
    assert "Nothing here uses it." in text
    assert "Yes, delete" in text
    assert "Yes, unpublish it" in asked(editor, snippet(free, "unpublish"))
    assert "Yes, delete" in asked(
        editor, bulk("screening_block", "threshold", "delete", free)
    )
    threshold = Threshold.objects.get(key__in=["af_term"])
    text = asked(
        editor, bulk("screening_block", "threshold", "delete", free, threshold)
    )
    assert "Yes, delete" not in text


def test_to_ask_writes_nothing_and_takes_few_queries(small_site, law, editor):
    for number in range(12):
        page = ArticleFactory(parent=small_site.index, title=f"A{number}")
        page.body = [block("screener", law.pk)]
        publish(page)
    address = reverse("wagtailadmin_pages:delete", args=[law.pk])
    asked(editor, address)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        text = asked(editor, address)
    assert "Used in 14 places" in text
    writes = re.compile(r"^(INSERT|UPDATE|DELETE)", re.IGNORECASE)
    assert not [one["sql"] for one in queries if writes.match(one["sql"])]
    # Wagtail reads each draft that shows it with all that hangs on it.
    assert len(queries) < 14 * 8 + 10


def test_a_place_in_a_block_of_a_plugin_that_is_gone_is_no_fault(
    small_site, law, editor
):
    page = ArticlePage.objects.get(pk=small_site.full.pk)
    raw = [*page.body.raw_data, block("nobody_knows", {"page": law.pk})]
    page.body = raw
    publish(page)
    ReferenceIndex.create_or_update_for_object(page)
    text = asked(editor, reverse("wagtailadmin_pages:delete", args=[law.pk]))
    assert "Used in 2 places" in text


def test_a_page_that_the_user_may_not_open_is_counted_without_its_name(
    small_site, law, client, django_user_model
):
    user = django_user_model.objects.create_user("limited", "l@example.org", "x")
    found = describe_removal([small_site.full.hero_image], DELETE, user)
    assert found.places == 2
    assert {source.title for source in found.sources} == {"(Private article)"}
    assert not any(where.url for one in found.sources for where in one.places)


def test_what_shows_an_alias_is_named_before_its_source_is_unpublished(
    small_site, law, editor
):
    alias = small_site.short.create_alias(update_slug="twin")
    Redirect.objects.create(old_path="/to-the-twin", redirect_page=alias)
    short = small_site.short
    assert "/to-the-twin" in asked(
        editor, reverse("wagtailadmin_pages:unpublish", args=[short.pk])
    )
    assert "/to-the-twin" not in asked(
        editor, reverse("wagtailadmin_pages:delete", args=[short.pk])
    )
