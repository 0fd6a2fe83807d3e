"""Every mail is in the language of whoever reads it, whoever or whatever sends it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.users.models import UserProfile

from screening_block.models import Threshold
from screening_block.models.schedule import REFUSED
from screening_block.roles import ADMIN, EDITOR, REVIEWER
from tests.english import find_english_sentences, find_spanish_sentences
from tests.screening_block.review.test_review import (
    change_title,
    change_value,
    people,  # noqa: F401 - fixture
    review_url,
    threshold,  # noqa: F401 - fixture
)

pytestmark = pytest.mark.django_db
#: Nobody has said what the site admin reads: it is the site's own language.
READS = {EDITOR: "es", REVIEWER: "es", "Second": "en", ADMIN: "", "editor": ""}
#: Titles are in whatever language they are.
TITLES = r'"[^"]*"|Days for an aggravated felony'
FOREIGN = {"es": find_english_sentences, "en": find_spanish_sentences}


@pytest.fixture
def readers(people, editor) -> dict[str, Any]:  # noqa: F811
    """The clients of all roles, who read Spanish, English, or said nothing of it."""
    for name, language in READS.items():
        user = get_user_model().objects.get(username=name)
        user.email = f"{name.split()[0].lower()}-{READS[name] or 'en'}@example.org"
        user.first_name = "Ana"
        user.save()
        profile = UserProfile.get_for_user(user)
        profile.preferred_language = language
        profile.save()
    return people | {"editor": editor}


def hold_read(sent: list[Any], *, least: int = 2) -> None:
    """Each of so many mails, in both languages, is in that of its one reader."""
    languages = set()
    for message in sent:
        codes = {re.search(r"-(\w\w)@", to)[1] for to in message.to}  # type: ignore[index]
        (code,) = codes
        languages.add(code)
        words = re.sub(TITLES, "", f"{message.subject}\n{message.body}")
        assert len(words.split()) > 8
        assert FOREIGN[code](words) == [], (code, message.subject, message.body)
    assert languages == {"en", "es"}
    assert len(sent) >= least


def test_mails_about_a_review_are_in_the_language_of_the_reader(
    readers,
    screener,
    threshold,  # noqa: F811
):
    # Half of the people act in Spanish, half in English.
    change_value(readers[EDITOR], threshold, 30, "action-submit")
    change_title(readers[ADMIN], screener, "action-submit")
    hold_read(mail.outbox, least=8)
    for act, name, record in (
        ("reject", "Second", threshold),
        ("reject", REVIEWER, screener),
    ):
        record.refresh_from_db()
        readers[name].post(review_url(record, act), {"comment": "Por favor, más."})
    hold_read(mail.outbox[-2:])
    change_value(readers[EDITOR], threshold, 300, "action-restart-workflow")
    change_title(readers[ADMIN], screener, "action-restart-workflow")
    sent = len(mail.outbox)
    for name, record in (("Second", threshold), (REVIEWER, screener)):
        record.refresh_from_db()
        readers[name].post(review_url(record, "approve"), {"comment": ""})
    assert len(mail.outbox) == sent + 2
    hold_read(mail.outbox)


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_refused_plan_is_told_to_everybody_in_their_language(
    readers,
    threshold,  # noqa: F811
    language,
):
    threshold.go_live_at = past = timezone.now() - timedelta(minutes=1)
    author = get_user_model().objects.get(username=EDITOR)
    revision = threshold.save_revision(user=author)
    revision.approved_go_live_at = past
    revision.content["kind"] = "date"
    revision.save()
    with override(language):
        call_command("publish_scheduled", verbosity=0)
    assert sorted(to for one in mail.outbox for to in one.to) == [
        "editor-en@example.org",
        "marketing-es@example.org",
    ]
    hold_read(mail.outbox)
    assert all("af_term" in message.body for message in mail.outbox)
    for name, code in ((EDITOR, "es"), ("editor", "en")):
        home = readers[name].get(reverse("wagtailadmin_home"))
        html = home.content.decode()
        panel = re.search(r'<ul class="ls-refused">.*?</ul>', html, re.S)
        assert panel
        said = re.sub(rf"<[^>]*>|{TITLES}", " ", panel[0])
        assert "af_term" in said
        assert FOREIGN[code](said) == [], said


def test_a_refusal_that_was_kept_in_one_language_is_still_told(readers, threshold):  # noqa: F811
    from wagtail.log_actions import log

    log(threshold, REFUSED, data={"reasons": ["The old words of it."]})
    Threshold.objects.update(last_published_at=timezone.now() - timedelta(days=1))
    home = readers[EDITOR].get(reverse("wagtailadmin_home"))
    assert "The old words of it." in home.content.decode()
