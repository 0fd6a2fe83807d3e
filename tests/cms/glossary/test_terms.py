"""A term: what it may say, whose its words are, and who may write it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, ModelLogEntry

from cms.glossary.matching import Matcher
from cms.glossary.models import Term
from cms.glossary.terms import read_glossary
from screening_block.roles import EDITOR, REVIEW, REVIEWER, make_roles
from screening_block.usage.removal import DELETE, describe_removal
from tests.cms.factories import make_term
from tests.screening_block.posting import form_of

pytestmark = pytest.mark.django_db


def refusal(**fields: Any) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as refused:
        make_term(**{"name": "bail", **fields})
    return refused.value.message_dict


@pytest.mark.once
@pytest.mark.parametrize(
    ("fields", "place", "said"),
    [
        ({"explanation": "word " * 61}, "explanation", "At most 60 words. This has 61"),
        ({"name": "(bail)"}, "name", "must begin and end with a letter or a digit"),
        ({"forms": "bails\n– bail"}, "forms", "“– bail” must begin and end"),
        ({"forms": "b"}, "forms", "must have 2 to 80 characters"),
        ({"forms": "\n".join(f"way {n}" for n in range(21))}, "forms", "At most 20"),
        ({"status": "verified"}, "citation", "Name the source that was checked"),
        ({"source_url": "https://x.org"}, "citation", "What is this the address of?"),
        ({"citation": "X", "source_url": "http://x.org"}, "source_url", "https://"),
    ],
)
def test_what_a_term_may_not_say_is_refused_at_its_field(
    fields: dict[str, Any], place: str, said: str
) -> None:
    assert any(said in one for one in refusal(**fields)[place])


def test_a_form_has_one_term_in_a_language(small_site: Any) -> None:
    make_term("plea", forms="pleas\nguilty plea")
    said = refusal(name="Guilty  Plea")["name"]
    assert said == ["“Guilty Plea” belongs to the term “plea” already."]
    said = refusal(forms="bails\nPLEAS\nplea")["forms"]
    assert [one.partition(" ")[0] for one in said] == ["“PLEAS”", "“plea”"]
    # A draft has its words as well, and a published word stays taken.
    draft = make_term("bond")
    draft.forms = "bonds"
    draft.save_revision()
    assert "“bonds” belongs to the term “bond”" in refusal(forms="bonds")["forms"][0]
    # In another language the same word is another term.
    spanish = Locale.objects.create(language_code="es")
    make_term("bond", locale=spanish)
    # Nor is a term in its own way, and what is written twice is written once.
    again = make_term("bail", forms="bails\n Bails \nbail\n\nrelease on bail")
    assert again.ways == ["bail", "bails", "release on bail"]
    again.save_revision().publish()


def test_two_at_the_same_moment_are_one(small_site: Any) -> None:
    term = make_term("plea")
    twin = Term(name="Plea", explanation="x", locale=term.locale)
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_an_address_is_made_once_and_stays(small_site: Any) -> None:
    draft = Term(name="Draft", explanation="x", locale_id=small_site.home.locale_id)
    draft.live = False
    draft.save()
    draft.name = "Green card"
    draft.save_revision().publish()
    term = Term.objects.get()
    assert term.anchor == "term-green-card"
    term.name = "LPR card"
    term.save_revision().publish()
    assert Term.objects.get().anchor == "term-green-card"
    assert make_term("green  card").anchor == "term-green-card-2"
    assert make_term("¡".replace("¡", "審判")).anchor == "term-審判"


def test_every_change_is_in_effect_at_once(
    small_site: Any, django_assert_num_queries: Any
) -> None:
    def known() -> list[str]:
        return [entry.term.name for entry in read_glossary("en").entries]

    assert known() == []
    plea, bond = make_term("plea"), make_term("Bond")
    assert known() == ["Bond", "plea"]
    # As long as nothing changes, one short query tells so.
    with django_assert_num_queries(1):
        glossary = read_glossary("en")
    assert read_glossary("en") is glossary
    plea.name = "guilty plea"
    plea.save_revision()
    assert known() == ["Bond", "plea"]
    plea.save_revision().publish()
    assert known() == ["Bond", "guilty plea"]
    bond.unpublish()
    assert known() == ["guilty plea"]
    # As another process would write it.
    row = Term.objects.get(pk=plea.pk)
    row.explanation = "Else."
    row.save()
    assert read_glossary("en").entries[0].term.explanation == "Else."
    row.delete()
    assert known() == []


@pytest.mark.once
def test_words_are_found_whole_and_the_longest_first() -> None:
    ways = [
        "plea",
        "pleas",
        "plea deal",
        "ICE",
        "Green card",
        "I-94",
        "ñandú",
        "1203.4",
    ]
    matcher = Matcher([(way, way) for way in ways])

    def found(text: str) -> list[str]:
        return [text[start:end] for start, end, _way in matcher.find(text)]

    assert found("A plea, PLEAS; plea\u00a0 deals, a Plea\ndeal.") == [
        "plea",
        "PLEAS",
        "plea",
        "Plea\ndeal",
    ]
    # Capitals in a row count, other ones do not.
    assert found("ICE and Ice and ice: GREEN CARD, ICE’s") == [
        "ICE",
        "GREEN CARD",
        "ICE",
    ]
    # No part of a longer word, a number or an address.
    for text in ("pleads", "co-plea", "plea-based", "a/plea", "plea@x.org", "plea.org"):
        assert found(text) == []
    assert found("plea. I-94? I-945, 1203.4(b), 1203.45; ÑANDÚ “plea”") == [
        "plea",
        "I-94",
        "1203.4",
        "ÑANDÚ",
        "plea",
    ]


def test_an_editor_is_told_whose_the_word_is_and_loses_nothing(
    small_site: Any, admin_client: Any
) -> None:
    make_term("plea")
    add = reverse(Term.snippet_viewset.get_url_name("add"))
    data = form_of(admin_client.get(add)).dict()
    data |= {"name": "plea", "forms": "pleas", "explanation": "An answer."}
    for action in ({}, {"action-publish": "yes"}):
        answer = admin_client.post(add, data | action)
        assert answer.status_code == 200
        (said,) = answer.context["form"].errors["name"]
        assert said == "“plea” belongs to the term “plea” already."
        assert not answer.context["form"].non_field_errors()
        assert "An answer." in answer.content.decode()
    # Between the check and the write somebody else was quicker.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Term, "clean", lambda self: None)
        patch.setattr(Term, "validate_constraints", lambda self, exclude=None: None)
        answer = admin_client.post(add, data)
    assert answer.status_code == 409
    assert "Somebody else saved first" in answer.content.decode()
    assert Term.objects.count() == 1


def test_a_translation_begins_as_a_draft_that_nobody_reviewed(
    small_site: Any, admin_client: Any
) -> None:
    term = make_term("plea", citation="X", status="verified")
    spanish = Locale.objects.create(language_code="es")
    copy = term.copy_for_translation(spanish)
    copy.save()
    assert not copy.live and not copy.translation_reviewed
    edit = reverse(Term.snippet_viewset.get_url_name("edit"), args=[copy.pk])
    data = form_of(admin_client.get(edit)).dict()
    data |= {"name": "declaración", "translation_reviewed": "on", "action-publish": "1"}
    assert admin_client.post(edit, data).status_code == 302
    entry = read_glossary("es").entries[0]
    assert (entry.term.name, entry.term.translation_state) == ("declaración", True)
    assert entry.original == term
    action = "screening_block.translation_reviewed"
    assert ModelLogEntry.objects.filter(action=action, object_id=copy.pk).exists()


def test_editors_write_terms_and_reviewers_approve_them(
    small_site: Any, client: Client, django_user_model: Any
) -> None:
    make_roles()
    users = {}
    for role in (EDITOR, REVIEWER):
        users[role] = django_user_model.objects.create_user(role, "", "x")
        users[role].groups.add(Group.objects.get(name=role))
    client.force_login(users[EDITOR])
    add = reverse(Term.snippet_viewset.get_url_name("add"))
    data = form_of(client.get(add)).dict()
    data |= {"name": "plea", "explanation": "An answer."}
    client.post(add, data | {"action-publish": "yes"})
    assert read_glossary("en").entries == []
    term = Term.objects.get()
    edit = reverse(Term.snippet_viewset.get_url_name("edit"), args=[term.pk])
    assert client.post(edit, form_of(client.get(edit)).dict() | {"action-submit": "1"})
    state = Term.objects.get().current_workflow_state
    assert state.workflow.name == REVIEW
    # It is approved by somebody else, which publishes it.
    state.current_task_state.approve(user=users[REVIEWER])
    assert [entry.term.name for entry in read_glossary("en").entries] == ["plea"]
    delete = reverse(Term.snippet_viewset.get_url_name("delete"), args=[term.pk])
    client.post(delete)
    assert Term.objects.exists()


def test_who_deletes_a_page_is_told_that_a_term_leads_to_it(
    small_site: Any, admin_user: Any
) -> None:
    term = make_term("plea", page=small_site.privacy)
    found = describe_removal([small_site.privacy], DELETE, admin_user)
    assert [source.title for source in found.sources] == ["plea"]
    small_site.privacy.delete()
    term.refresh_from_db()
    assert term.page is None
