"""Whose site it is: an editor's record, from a draft to the head and foot of pages."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from cms.demo.pictures import get_or_draw_image
from cms.identity.models import FooterItem, HelpLine, MainItem, SiteSettings
from screening_block.roles import ADMIN, EDITOR, REVIEWER, make_roles
from tests.cms.factories import SettingsFactory, StandardPageFactory, publish
from tests.screening_block.posting import form_of

INLINE = ("help_lines", "main_items", "footer_items")


def url_of(view: str, *args: Any) -> str:
    return reverse(SiteSettings.snippet_viewset.get_url_name(view), args=args)


def person(role: str) -> Client:
    user = get_user_model()._default_manager.create_user(
        role, f"{role}@example.org", "x"
    )
    user.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def people(small_site) -> dict[str, Client]:
    make_roles()
    return {role: person(role) for role in (EDITOR, REVIEWER, ADMIN)}


def edit(client: Client, record: SiteSettings, **fields: Any) -> Any:
    """Post the editing form as it was opened, but for some fields."""
    address = url_of("edit", record.pk)
    data = form_of(client.get(address)).dict() | fields
    for name in INLINE:
        for part, value in (("TOTAL", "0"), ("INITIAL", "0")):
            data.setdefault(f"{name}-{part}_FORMS", value)
    return client.post(address, data)


def see(address: str = "/") -> BeautifulSoup:
    answer = Client().get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def data_of(soup: BeautifulSoup) -> dict[str, Any]:
    graph = json.loads(soup.select_one('script[type="application/ld+json"]').text)
    return {node["@type"]: node for node in graph["@graph"]}


def test_what_an_editor_drafts_is_seen_once_it_is_approved(people, small_site):
    record = SiteSettings.objects.get()
    image = get_or_draw_image("card", "A card")
    answer = edit(
        people[EDITOR],
        record,
        name="Records Help",
        tagline="Plain words about records.",
        phones="Office: 213-555-0100",
        email="office@example.org",
        hours="Mon-Fri 9:00-17:00",
        disclaimer="New words.",
        social_image=str(image.pk),
        **{
            "help_lines-TOTAL_FORMS": "1",
            "help_lines-0-label": "Night line",
            "help_lines-0-number": "1-800-555-0100",
            "help_lines-0-hours": "Day and night",
            "help_lines-0-language": "es",
            "help_lines-0-ORDER": "1",
            "help_lines-0-id": "",
        },
    )
    assert answer.status_code == 302, answer.context["form"].errors
    page = see()
    assert page.select_one(".brand").text.strip() == "Plain Terms"
    assert "Records Help" not in page.text
    assert "social.png" in page.select_one('meta[property="og:image"]')["content"]

    # Nobody below the site admin publishes past the review.
    refused = edit(people[EDITOR], record, **{"action-publish": "1"})
    record.refresh_from_db()
    assert refused.status_code in (302, 200)
    assert record.name == "Plain Terms"
    edit(people[EDITOR], record, **{"action-submit": "1"})
    record.refresh_from_db()
    state = record.current_workflow_task_state
    approve = url_of("workflow_action", record.pk, "approve", state.pk)
    compare = url_of("revisions_compare", record.pk, "live", "latest")
    shown = people[REVIEWER].get(compare).content.decode()
    assert "New words." in BeautifulSoup(shown, "html.parser").text
    assert "Night line" in shown
    people[REVIEWER].post(approve, {"comment": ""})

    page = see()
    assert page.select_one(".brand").text.strip() == "Records Help"
    assert page.title.text == "Records Help"
    foot = page.select_one(".site-foot")
    for words in ("Plain words about records.", "New words.", "Night line", "Spanish"):
        assert words in foot.text
    calls = {a.text: a["href"] for a in foot.select('a[href^="tel:"]')}
    assert calls == {
        "213-555-0100": "tel:+12135550100",
        "1-800-555-0100": "tel:+18005550100",
    }
    maker = data_of(page)["Organization"]
    assert maker["name"] == "Records Help"
    assert maker["email"] == "office@example.org"
    assert maker["telephone"] == "+12135550100"
    assert maker["contactPoint"][0]["contactType"] == "Night line"
    assert "/media/images/" in page.select_one('meta[property="og:image"]')["content"]
    assert Client().get("/site.webmanifest").json()["name"] == "Records Help"
    assert Client().get("/llms.txt").content.startswith(b"# Records Help")
    # Each article's own image stays.
    assert "social_image" not in see("/articles/full/").text
    history = people[EDITOR].get(url_of("history", record.pk)).content.decode()
    assert "Published" in history


def test_an_unpublished_or_expired_record_is_not_seen(small_site):
    record = SiteSettings.objects.get()
    record.unpublish()
    page = see()
    assert page.select_one(".disclaimer") is None
    assert page.select_one(".brand").text.strip() == "Plain Terms"  # of the site
    assert "Privacy" in page.select_one(".site-head").text


def test_a_language_without_a_record_has_the_sites_name_and_no_words(small_site):
    spanish = Locale.objects.create(language_code="es")
    publish(small_site.home.copy_for_translation(spanish))
    record = SiteSettings.objects.get()
    record.name, record.tagline = "Records Help", "Plain words."
    record.save_revision().publish()
    page = see("/es/")
    assert page.select_one(".brand").text.strip() == small_site.site.site_name
    assert page.select_one(".disclaimer") is None
    assert "Plain words." not in page.text
    # To translate it makes a draft, never the English words under Spanish.
    translated = record.copy_for_translation(spanish)
    translated.save()
    assert see("/es/").select_one(".disclaimer") is None
    translated.disclaimer = "Información, no asesoría legal."
    translated.save_revision().publish()
    assert "no asesoría legal" in see("/es/").select_one(".disclaimer").text
    assert "not legal advice." in see("/").select_one(".disclaimer").text


def test_menus_lead_to_pages_anybody_may_read_and_elsewhere(small_site):
    record = SiteSettings.objects.get()
    hidden = StandardPageFactory(parent=small_site.home, title="Hidden", slug="hidden")
    hidden.unpublish()
    record.main_items = [
        MainItem(page=small_site.privacy, label="Your privacy"),
        MainItem(page=hidden),
        MainItem(url="https://example.org/", label="Elsewhere"),
    ]
    record.footer_items = [FooterItem(page=small_site.index)]
    record.save_revision().publish()
    page = see("/privacy/")
    links = page.select(".site-head .menu a")
    assert [(a.text, a["href"], a.get("aria-current")) for a in links] == [
        ("Your privacy", "/privacy/", "page"),
        ("Elsewhere", "https://example.org/", None),
    ]
    foot = page.select(".site-foot .menu a")
    assert [(a.text, a["href"]) for a in foot] == [("Articles", "/articles/")]
    # In Spanish, the Spanish page where there is one; else what it is says so.
    spanish = Locale.objects.create(language_code="es")
    publish(small_site.home.copy_for_translation(spanish))
    translated = record.copy_for_translation(spanish)
    translated.name = "Ayuda"
    translated.main_items = [
        MainItem(page=small_site.privacy),
        MainItem(page=small_site.index),
    ]
    translated.save()
    translated.save_revision().publish()
    index = small_site.index.copy_for_translation(spanish)
    index.title = "Artículos"
    publish(index)
    links = see("/es/").select(".site-head .menu a")
    assert [(a.text, a["href"], a.get("lang")) for a in links] == [
        ("Privacy", "/privacy/", "en"),
        ("Artículos", "/es/articles/", None),
    ]


@pytest.mark.once
@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"phones": "Ask at the desk"}, "phones"),
        ({"hours": "most days"}, "hours"),
    ],
)
def test_what_cannot_be_dialled_or_read_is_refused(small_site, fields, place):
    record = SiteSettings.objects.get()
    for name, value in fields.items():
        setattr(record, name, value)
    with pytest.raises(ValidationError) as refused:
        record.full_clean()
    assert place in refused.value.message_dict
    twin = SettingsFactory.build(site=record.site, locale=record.locale)
    with pytest.raises(ValidationError) as refused:
        twin.full_clean()
    assert "settings in this language already" in str(refused.value)
    for item, wrong in (
        (MainItem(settings=record), "page"),
        (MainItem(settings=record, url="https://example.org/"), "label"),
        (MainItem(settings=record, url="http://example.org/", label="x"), "url"),
        (HelpLine(settings=record, label="Line", number="call us"), "number"),
    ):
        with pytest.raises(ValidationError) as refused:
            item.full_clean()
        assert wrong in refused.value.message_dict


@pytest.mark.parametrize("mode", ["", "contact"])
def test_a_draft_is_previewed_in_its_language(people, small_site, mode):
    spanish = Locale.objects.create(language_code="es")
    publish(small_site.home.copy_for_translation(spanish))
    record = SiteSettings.objects.get().copy_for_translation(spanish)
    record.save()
    record.name, record.phones = "Ayuda legal", "Oficina: 213-555-0100"
    record.hours = "Mon-Fri 9:00-17:00"
    record.save_revision()
    address = url_of("preview_on_edit", record.pk)
    client = people[EDITOR]
    data = form_of(client.get(url_of("edit", record.pk))).dict()
    assert client.post(address, data).json()["is_valid"]
    html = client.get(address, {"mode": mode}).content.decode()
    page = BeautifulSoup(html, "html.parser")
    assert page.html["lang"] == "es"
    assert page.select_one(".brand").text.strip() == "Ayuda legal"
    assert "213-555-0100" in page.select_one(".site-foot").text
    assert ("lunes a viernes" in page.main.text.lower()) == (mode == "contact")
    assert "Ayuda legal" not in see("/es/").text
