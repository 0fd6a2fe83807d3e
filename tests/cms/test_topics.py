"""Topics that look the same are one topic, whoever types them and wherever."""

from __future__ import annotations

import importlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from cms.articles.models import ArticlePage, ArticleTopic, Topic
from plugins.text import TextError
from tests.screening_block.posting import form_of

from .factories import ArticleFactory, publish

TWINS = [
    "green card",
    "GREEN CARD",
    " Green  card ",
    "Green\u00a0card",
    "Green\u2003card",
    "ＧＲＥＥＮ\u3000ＣＡＲＤ",
    "Gr\u200been card",
    "Green\u200d card",
    "\ufeffGreen card",
    "Gree\u00adn card",
    "Green\tcard",
    "Green\x0bcard",
    "𝐆reen card",
    "Green card\ufe0f",
]


def names(article: ArticlePage) -> list[str]:
    return [topic.name for topic in article.topics.all()]


@pytest.mark.parametrize("twin", TWINS)
def test_a_topic_typed_in_any_way_is_the_one_there_is(small_site, twin):
    small_site.short.topics.add(twin)
    publish(small_site.short)
    assert Topic.objects.count() == 2
    assert names(ArticlePage.objects.get(slug="short")) == ["Firearms", "Green card"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Año nuevo", "an\u0303o NUEVO"), ("Straße", "STRASSE"), ("ΑΣ", "ας")],
)
def test_normal_form_and_case_of_every_script_make_no_second_topic(db, one, other):
    assert Topic.named(one) == Topic.named(other)
    assert Topic.named(other).name == one


def test_twins_typed_at_once_are_one(small_site):
    small_site.short.topics.set(["Asylum", "asylum", "ASYLUM\u200b"])
    publish(small_site.short)
    assert names(ArticlePage.objects.get(slug="short")) == ["Asylum"]


def test_the_database_itself_holds_no_twins(small_site):
    with pytest.raises(IntegrityError), transaction.atomic():
        Topic.objects.create(name="GREEN  card")


def test_a_topic_is_found_by_its_articles_with_the_first_publish(
    client, small_site, admin_user
):
    client.force_login(admin_user)
    address = reverse("wagtailadmin_pages:edit", args=[small_site.short.pk])
    data = form_of(client.get(address)) | {
        "topics": "Naturalization, “Año”",
        "action-publish": "1",
    }
    assert client.post(address, data).status_code == 302
    for query in ("naturalization", "Año"):
        found = client.get("/api/v1/articles/", {"q": query}).json()["results"]
        assert [article["slug"] for article in found] == ["short"], query


def test_a_topic_that_is_renamed_or_deleted_is_found_by_what_it_is(client, small_site):
    def found(query: str) -> int:
        return int(client.get("/api/v1/articles/", {"q": query}).json()["count"])

    topic = Topic.objects.get(name="Green card")
    topic.name = "Residency"
    topic.save()
    assert (found("residency"), found("green")) == (1, 0)
    topic.delete()
    assert found("residency") == 0


def test_a_twin_is_refused_at_the_field_in_the_admin(client, small_site, admin_user):
    client.force_login(admin_user)
    topic = Topic.objects.get(name="Firearms")
    for address in (reverse("topics:add"), reverse("topics:edit", args=[topic.pk])):
        for name in ("green  CARD", "Green card"):
            answer = client.post(address, {"name": name, "slug": "another"})
            assert answer.status_code == 200
            assert list(answer.context["form"].errors) == ["name"]
    assert Topic.objects.count() == 2


@pytest.mark.parametrize(
    "name", ["x" * 100, "ﷺ" * 100, "¡!" * 50, "法" * 100, "(" + "y" * 99]
)
def test_any_name_that_fits_its_field_has_an_address_that_fits(db, name):
    made = {Topic.named(name[:-1] + str(number)) for number in range(2)}
    assert len(made) == 2
    for topic in made:
        topic.refresh_from_db()
        assert 0 < len(topic.slug) <= 100


@pytest.mark.parametrize(
    "name", ["\u202eGreen", "a\x07", "a\x00b", "a\ud800", "\u2066x"]
)
def test_a_hostile_name_makes_no_topic(small_site, client, admin_user, name):
    with pytest.raises(TextError):
        Topic.named(name)
    client.force_login(admin_user)
    if "\ud800" not in name:  # the client sends no half of a character
        answer = client.post(reverse("topics:add"), {"name": name, "slug": "x"})
        assert list(answer.context["form"].errors) == ["name"]
        assert Topic.objects.count() == 2


@pytest.mark.parametrize("name", ["\u200b", "\u3164", " \ufeff ", ""])
def test_a_name_of_nothing_visible_makes_no_topic(small_site, client, admin_user, name):
    client.force_login(admin_user)
    answer = client.post(reverse("topics:add"), {"name": name, "slug": "x"})
    assert list(answer.context["form"].errors) == ["name"]
    small_site.short.topics.set(["Asylum", name])
    publish(small_site.short)
    assert names(ArticlePage.objects.get(slug="short")) == ["Asylum"]


def test_twins_from_before_become_one_and_keep_their_articles(small_site):
    """The migration, on a database without the constraint it brings."""
    migration = importlib.import_module("cms.articles.migrations.0002_one_topic_a_name")
    kept = Topic.objects.get(name="Green card")
    one, two = small_site.short, ArticleFactory(parent=small_site.index, slug="two")
    twins = [
        Topic.objects.create(name=f"green card {n}", slug=f"twin-{n}") for n in range(3)
    ]
    ArticleTopic.objects.create(tag=twins[0], content_object=one)
    ArticleTopic.objects.create(tag=twins[1], content_object=two)
    ArticleTopic.objects.create(tag=twins[2], content_object=small_site.full)
    draft = ArticlePage.objects.get(pk=two.pk)
    draft.title = "Draft"
    draft.save_revision()
    both = ArticlePage.objects.get(pk=small_site.full.pk)
    both.save_revision()
    for twin, name in zip(
        twins, ["GREEN card", "Green\u00a0card", "ｇreen card"], strict=True
    ):
        Topic.objects.filter(pk=twin.pk).update(name=name)
    migration.merge_twins(apps)
    assert set(Topic.objects.values_list("name", flat=True)) == {
        "Firearms",
        "Green card",
    }
    assert Topic.objects.get(folded="green card") == kept
    for slug, wanted in (
        ("short", ["Firearms", "Green card"]),
        ("two", ["Green card"]),
        ("full", ["Firearms", "Green card"]),
    ):
        article = ArticlePage.objects.get(slug=slug)
        assert names(article) == wanted
        latest = article.get_latest_revision_as_object()
        assert names(latest) == wanted
    latest = publish(
        ArticlePage.objects.get(slug="two").get_latest_revision_as_object()
    )
    assert (latest.title, names(latest)) == ("Draft", ["Green card"])


@pytest.mark.django_db(transaction=True)
def test_one_topic_is_made_when_two_editors_type_it_at_once(small_site):
    def make(name: str) -> int:
        try:
            return int(Topic.named(name).pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        made = set(
            pool.map(make, ["New topic", "new  topic", "NEW TOPIC", "New topic"])
        )
    assert len(made) == 1
