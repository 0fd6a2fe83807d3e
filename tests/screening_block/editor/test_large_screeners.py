"""A screener as long as a firm's longest form, through the editor's own pages."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import Site

from screening_block import engine
from screening_block.editor.check_views import ON_EDIT
from screening_block.models import Release, Screener
from screening_block.packs.load import load_pack
from tests.screening_block.confirm import post_and_confirm
from tests.screening_block.large import FINDINGS, large
from tests.screening_block.posting import form_of

# Once: the same statements as elsewhere, with more rows.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

UNSEARCHED = "These rules hang together too closely to be searched to the end."


def test_it_opens_and_is_saved_checked_and_published(editor):
    """With every part opened: the most that a browser can post."""
    root = Site.objects.get(is_default_site=True).root_page
    screener = load_pack("large_pack", large(), root).screener
    url = reverse("wagtailadmin_pages:edit", args=[screener.pk])
    data = form_of(editor.get(url))
    assert len(data) > 10_000
    place = next(name for name in data if data[name] == "Question q14_8?")
    data[place] = "Is this the last question?"

    editor.post(url, data)
    draft = Screener.objects.get(pk=screener.pk).get_latest_revision_as_object()
    assert len(draft.findings) == FINDINGS
    assert draft.questions[-1].value["label"] == "Is this the last question?"

    data = form_of(editor.get(url))
    answer = editor.post(reverse(ON_EDIT, args=[screener.pk]), data)
    assert answer.status_code == 200
    assert answer.json()["errors"] == 0

    data["action-publish"] = "action-publish"
    response = post_and_confirm(editor, url, data)
    assert response.status_code == 302
    release = Release.current("large").load()
    asked = release.data["texts"]["en"]["questions"]["q14_8"]["label"]
    assert asked == "Is this the last question?"


@pytest.mark.parametrize("steps", [0, 300])
def test_what_was_not_searched_is_said(steps):
    release = engine.load_release(large(entangled=True))
    found = engine.flags(release, "2026-11-23", budget=steps)
    assert found[-1].message.startswith(UNSEARCHED)
    unsure = [flag for flag in found[:-1] if not flag.proven]
    assert unsure
    for flag in unsure:
        assert flag.severity == "warning"
        assert flag.message.startswith("Not certain, because")
