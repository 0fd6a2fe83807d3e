"""Who wrote an article and who reviewed it: on the page, and for machines."""

from __future__ import annotations

import datetime
import json
import xml.etree.ElementTree as ElementTree
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from cms.articles.models import ArticleAuthor, ArticlePage
from cms.home.models import ContactPage, TeamMember, TeamPage
from cms.identity.models import HelpLine, Person, SiteSettings
from tests.cms.factories import block, publish
from tests.cms.machines.search_engines import HeadOf
from tests.screening_block.posting import form_of

ATOM = "{http://www.w3.org/2005/Atom}"
ARTICLE = "/articles/full/"


def make_person(name: str, **more: Any) -> Person:
    person = Person(name=name, locale=Locale.objects.get(language_code="en"), **more)
    person.live = False
    person.save()
    person.save_revision().publish()
    return Person.objects.get(pk=person.pk)


@pytest.fixture
def ana(small_site) -> Person:
    return make_person("Ana Reyes", role="Attorney", bar_admission="California, 2012")


@pytest.fixture
def full(small_site, ana) -> ArticlePage:
    """An article by two people, the second of whom is a draft."""
    ben = make_person("Ben Ito", role="Editor")
    ben.unpublish()
    full = small_site.full
    full.author_links = [ArticleAuthor(person=ana), ArticleAuthor(person=ben)]
    return publish(full)


def see(address: str) -> BeautifulSoup:
    answer = Client().get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def words(soup: Any) -> str:
    return " ".join(soup.get_text(" ").split())


def test_an_article_names_its_published_authors_everywhere(full, client):
    byline = words(see(ARTICLE).select_one(".byline"))
    assert "By Ana Reyes , Attorney" in byline
    assert "1 minute to read" in byline
    assert "Published" in byline
    assert "Updated" not in byline  # on the same day
    card = words(see("/articles/").select_one(".entry"))
    assert "By Ana Reyes" in card
    assert "1 minute to read" in card
    answer = client.get("/api/v1/articles/full/").json()
    assert answer["authors"] == [
        {"name": "Ana Reyes", "role": "Attorney", "bar_admission": "California, 2012"}
    ]
    assert answer["reading_minutes"] == 1
    feed = ElementTree.fromstring(client.get("/articles/feed/").content)
    named = [
        [name.text for name in entry.findall(f"{ATOM}author/{ATOM}name")]
        for entry in feed.findall(f"{ATOM}entry")
    ]
    assert named == [["Ana Reyes"], []]
    text = client.get("/articles/full.md").content.decode()
    assert yaml.safe_load(text.split("---\n")[1])["authors"] == ["Ana Reyes"]
    data = HeadOf(client.get(ARTICLE).content.decode()).data["Article"]
    assert data["author"] == [
        {"@type": "Person", "name": "Ana Reyes", "jobTitle": "Attorney"}
    ]
    assert data["publisher"]["name"] == "Plain Terms"


def test_a_review_by_one_of_the_people_is_shown_while_they_are_published(full, ana):
    full.reviewer, full.reviewed_on = ana, datetime.date(2026, 1, 1)
    full.law_checked_on = datetime.date(2026, 2, 3)
    publish(full)
    page = see(ARTICLE)
    assert "Legally reviewed by Ana Reyes" in words(page.select_one(".review"))
    assert "Law checked Feb. 3, 2026" in words(page.select_one(".byline"))
    review = Client().get("/api/v1/articles/full/").json()["review"]
    assert review["reviewed_by"] == "Ana Reyes"
    assert review["law_checked_on"] == "2026-02-03"
    told = HeadOf(Client().get(ARTICLE).content.decode()).data["WebPage"]
    assert told["reviewedBy"]["name"] == "Ana Reyes"
    with pytest.raises(ProtectedError):
        ana.delete()
    ana.unpublish()
    assert "No attorney has reviewed this page" in words(see(ARTICLE))
    assert "Ana" not in words(see(ARTICLE))


@pytest.mark.once
def test_a_review_has_one_name_and_no_day_to_come(full, ana):
    full.reviewer, full.reviewed_by = ana, "Somebody else"
    full.law_checked_on = datetime.date(2999, 1, 1)
    with pytest.raises(ValidationError) as refused:
        full.full_clean()
    assert {"reviewed_by", "reviewed_on", "law_checked_on"} <= set(
        refused.value.message_dict
    )


def test_the_team_is_shown_in_the_language_of_the_page(small_site, full, ana):
    team = TeamPage(title="Team", slug="team")
    small_site.home.add_child(instance=team)
    team.members = [TeamMember(person=ana)]
    publish(team)
    anchor = f"#{ana.anchor}"
    assert see("/team/").select_one(f".person{anchor} h2").text == "Ana Reyes"
    byline = see(ARTICLE).select_one(".byline a")
    assert byline["href"] == f"http://testserver/team/{anchor}"
    spanish = Locale.objects.create(language_code="es")
    publish(small_site.home.copy_for_translation(spanish))
    translated = team.copy_for_translation(spanish)
    translated.title = "Equipo"
    publish(translated)
    # Nobody wrote of her in Spanish yet: what is English says so.
    person = see("/es/team/").select_one(".person")
    assert person["lang"] == "en"
    other = ana.copy_for_translation(spanish)
    other.save()
    assert see("/es/team/").select_one(".person")["lang"] == "en"
    other.role = "Abogada"
    other.save_revision().publish()
    person = see("/es/team/").select_one(".person")
    assert "Abogada" in words(person)
    assert not person.has_attr("lang")


def test_the_contact_page_shows_the_settings_and_what_never_to_send(small_site):
    record = SiteSettings.objects.get()
    record.phones, record.hours = "Office: 213-555-0100", "Mon-Fri 9:00-17:00"
    record.address = "1 Main Street\nOakland"
    record.help_lines = [HelpLine(label="Night line", number="1-800-555-0100")]
    record.save_revision().publish()
    small_site.home.add_child(instance=ContactPage(title="Contact", slug="contact"))
    main = see("/contact/").main
    text = words(main)
    for said in (
        "Do not write about your case in an email",
        "does not start an attorney-client relationship",
        "Monday to Friday: 9 a.m. to 5 p.m.",
        "1 Main Street Oakland",
        "Night line 1-800-555-0100",
    ):
        assert said in text
    assert [a["href"] for a in main.select('a[href^="tel:"]')] == [
        "tel:+12135550100",
        "tel:+18005550100",
    ]
    assert main.form is None


def test_people_are_previewed_and_kept_as_drafts(ana, admin_client):
    edit = reverse(Person.snippet_viewset.get_url_name("edit"), args=[ana.pk])
    data = form_of(admin_client.get(edit)).dict() | {"role": "Chair"}
    for part in ("TOTAL", "INITIAL"):
        data.setdefault(f"links-{part}_FORMS", "0")
    name = Person.snippet_viewset.get_url_name("preview_on_edit")
    preview = reverse(name, args=[ana.pk])
    assert admin_client.post(preview, data).json()["is_valid"]
    assert "Chair" in admin_client.get(preview).content.decode()
    assert admin_client.post(edit, data).status_code == 302
    ana.refresh_from_db()
    assert ana.role == "Attorney"
    assert ana.get_latest_revision_as_object().role == "Chair"


def test_a_card_says_how_long_a_text_is_without_reading_it(
    small_site, django_assert_max_num_queries
):
    long = small_site.short
    long.body = [block("text", f"<p>{'word ' * 400}</p>")]
    publish(long)
    assert ArticlePage.objects.get(pk=long.pk).reading_minutes == 3
    cards = [words(card) for card in see("/articles/").select(".entry")]
    assert any("3 minutes to read" in card for card in cards)


def test_the_first_guide_is_featured_once(small_site):
    home = small_site.home
    home.action_label, home.action_page = "Start", small_site.full
    publish(home)
    page = see("/")
    assert page.select_one(".home__featured h3").text == "Full"
    rest = [h3.text for h3 in page.select(".home__articles h3")]
    assert rest == ["Short"]


def test_without_script_an_article_is_shared_by_mail(small_site):
    share = see(ARTICLE).select_one(".share")
    mail = share.select_one("a")["href"]
    assert mail.startswith("mailto:?subject=Full&body=http%3A%2F%2Ftestserver%2F")
    assert all(button.has_attr("hidden") for button in share.select("button"))
    assert json.dumps(share["data-share"]) == f'"http://testserver{ARTICLE}"'
