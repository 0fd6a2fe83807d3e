"""One key, one screener: whatever is copied, drafted, translated or put in by hand."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from wagtail.actions.copy_page import CopyPageAction
from wagtail.models import Locale, Page

from screening_block.models import Publication, Release, Screener, ScreenerKey
from screening_block.publishing.repairs import find_differences

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(screener, root) -> Page:
    """A section of the site with the screener below it."""
    made = root.add_child(instance=Page(title="Help", slug="help"))
    screener.move(made, "last-child")
    return Page.objects.get(pk=made.pk)


def public(client: Any) -> list[tuple[str, str]]:
    listed = client.get("/api/v1/screeners/").json()
    return [(one["key"], one["release"]) for one in listed]


def copy(page: Page, **options: Any) -> Page:
    made = Page(title="Another parent", slug=f"p{uuid.uuid4().hex[:6]}")
    parent = page.get_parent().add_child(instance=made)
    action = CopyPageAction(page=page, to=parent, recursive=True, **options)
    return action.execute(skip_permission_checks=True)


@pytest.mark.parametrize("keep_live", [False, True], ids=["drafts", "published"])
def test_a_copied_section_leaves_the_live_screener_alone(
    section, client, keep_live, screener
):
    before = public(client)
    copied = copy(section, keep_live=keep_live)
    twin = Screener.objects.get(path__startswith=copied.path)
    assert twin.slug == screener.slug
    assert twin.key == "small-2"
    assert twin.get_latest_revision_as_object().key == "small-2"
    now = public(client)
    assert before[0] in now
    assert [key for key, _sha in now] == ["small"] + ["small-2"] * keep_live


def test_a_copy_with_its_own_slug_goes_to_another_parent(
    section, screener, admin_client, root
):
    other = root.add_child(instance=Page(title="Other", slug="other"))
    data = {
        "new_title": "Copy",
        "new_slug": screener.slug,
        "new_parent_page": other.pk,
    }
    answer = admin_client.post(f"/admin/pages/{screener.pk}/copy/", data)
    assert answer.status_code == 302
    assert set(Screener.objects.values_list("key", flat=True)) == {"small", "small-2"}


@pytest.mark.parametrize("what", ["screener", "section"])
def test_an_alias_is_refused_at_its_field(what, section, screener, admin_client):
    page = {"screener": screener, "section": section}[what]
    count = Page.objects.count()
    data = {
        "new_title": "Alias",
        "new_slug": "alias",
        "new_parent_page": section.get_parent().pk,
        "copy_subpages": "on",
        "alias": "on",
    }
    answer = admin_client.post(f"/admin/pages/{page.pk}/copy/", data)
    assert answer.status_code == 200
    assert "alias" in answer.context["form"].errors
    assert 'value="Alias"' in answer.content.decode()
    assert Page.objects.count() == count
    with pytest.raises(ValidationError), transaction.atomic():
        page.specific.create_alias(update_slug="by-code", recursive=True)


def test_two_screeners_never_share_a_key(screener, root):
    twin = Screener(title="Twin", slug="twin", key="small")
    with pytest.raises(ValidationError) as refused:
        root.add_child(instance=twin)
    assert "key" in refused.value.message_dict
    with pytest.raises(IntegrityError), transaction.atomic():
        ScreenerKey.objects.create(key="small", screener=uuid.uuid4())
    with pytest.raises(IntegrityError), transaction.atomic():
        ScreenerKey.objects.create(key="other", screener=screener.translation_key)


@pytest.mark.parametrize(
    ("slug", "key"),
    [
        ("small", "small-2"),
        ("año-nuevo", "ano-nuevo"),
        ("ünder_score", "under-score"),
        ("記録", "jilu"),
        ("a" * 80, "a" * 64),
    ],
)
def test_a_key_made_from_a_slug_is_ascii_and_its_own(slug, key, screener, root):
    below = root.add_child(instance=Page(title="Below", slug="below"))
    made = below.add_child(instance=Screener(title="Made", slug=slug, live=False))
    assert made.key == key


def test_a_revision_never_brings_back_another_key(screener):
    revision = screener.save_revision()
    revision.content["key"] = "somebody-elses"
    revision.save()
    revision.publish()
    assert Screener.objects.get(pk=screener.pk).key == "small"


def test_a_key_is_free_again_and_old_releases_are_not(screener, root, client):
    """A new screener may take the key; what the old one said is not its past."""
    from screening_block.packs.load import load_pack
    from tests.screening_block import small

    old = Release.current("small").pk
    Page.objects.get(pk=screener.pk).delete()
    again = small.release()
    again["texts"]["en"]["title"] = "Not the same"
    load_pack("another_pack", again, Page.objects.get(pk=root.pk))
    assert [key for key, _sha in public(client)] == ["small"]
    assert client.get(f"/api/v1/releases/{old}/").status_code == 404


def test_an_alias_that_is_deleted_takes_nothing_along(screener, client):
    """It stands in the site's first language; what it shows is written in another."""
    spanish, _made = Locale.objects.get_or_create(language_code="es")
    Page.objects.filter(pk=screener.get_parent().pk).update(locale=spanish)
    Page.objects.filter(pk=screener.pk).update(locale=spanish)
    own = Screener.objects.get(pk=screener.pk)
    alias = own.copy_for_translation(
        Locale.get_default(), alias=True, copy_parents=True
    )
    before = public(client)
    Page.objects.get(pk=alias.pk).delete()
    assert public(client) == before
    assert [key for key, _sha in before] == ["small"]


# -- The log and the pages -----------------------------------------------------


def told() -> dict[str, str]:
    return {one.key: one.code for one in find_differences()}


def test_the_check_names_every_difference_and_the_repair_mends_it(
    screener, client, capsys
):
    assert told() == {}
    Publication.objects.create(
        screener_key="ghost", screener=uuid.uuid4(), release=Release.objects.first()
    )
    ScreenerKey.objects.create(key="nobody", screener=uuid.uuid4())
    Page.objects.filter(pk=screener.pk).update(live=False)
    assert told() == {"ghost": "gone", "nobody": "key", "small": "gone"}
    call_command("repair_publications")
    out = capsys.readouterr().out
    assert all(key in out for key in ("ghost", "nobody", "small"))
    assert told() == {}

    Page.objects.filter(pk=screener.pk).update(live=True)
    Screener.objects.filter(pk=screener.pk).update(intro="Changed by hand.", key="x")
    assert {one.code for one in find_differences()} == {"key", "missing"}
    call_command("repair_publications")
    assert told() == {}
    assert public(client)[0][0] == "small"
    Screener.objects.filter(pk=screener.pk).update(intro="And again.")
    assert told() == {"small": "other"}
    call_command("repair_publications")
    assert told() == {}


def test_check_with_the_database_finds_them(screener):
    from django.core.management.base import SystemCheckError

    call_command("check", databases=["default"])
    Page.objects.filter(pk=screener.pk).update(live=False)
    with pytest.raises(SystemCheckError, match="small: The log names a release"):
        call_command("check", databases=["default"], fail_level="WARNING")
    call_command("migrate", verbosity=0)  # Asks too, and goes on.
    call_command("check")  # Without --database nothing is asked.
