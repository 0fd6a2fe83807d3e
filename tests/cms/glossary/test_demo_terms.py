"""The demo's glossary: made once, kept up to date, and never at an editor's cost."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import Q

from cms.demo import glossary_terms
from cms.demo.glossary_terms import make_glossary_terms, read_terms
from cms.demo.models import DemoPart
from cms.demo.site_settings import make_site_settings
from cms.glossary.models import Term
from cms.identity.models import SiteSettings
from tests.cms.factories import make_term

pytestmark = pytest.mark.once

FEW = ("plea", "bond", "ice")


def few(language: str) -> dict[str, dict[str, Any]]:
    terms = read_terms(language)
    return {name: dict(terms[name]) for name in FEW}


def explained(language: str = "en") -> dict[str, str]:
    rows = Term.objects.filter(locale__language_code=language, live=True)
    return dict(rows.values_list("name", "explanation"))


@pytest.fixture
def earlier(demo_rows: Any, db: None, monkeypatch: Any) -> dict[str, Any]:
    """The demo as it was before it had a glossary; what is read can be changed."""
    Term.objects.all().delete()
    mine = Q(name__contains="/term/") | Q(name__endswith="/footer/glossary")
    DemoPart.objects.filter(mine).delete()
    for record in SiteSettings.objects.all():
        record.revisions.all().delete()
        record.refresh_from_db()
        items = record.footer_items.exclude(label__startswith="Glos")
        record.footer_items = list(items)
        record.save()
        record.save_revision().publish()
    found = {language: few(language) for language in ("en", "es")}
    monkeypatch.setattr(glossary_terms, "read_terms", found.__getitem__)
    return found


def test_a_site_made_earlier_gets_the_terms_and_an_editors_stay(
    earlier: dict[str, Any],
) -> None:
    make_term("no contest", "Ours.")
    assert make_glossary_terms(None) == 5
    # The demo's “plea” has that form, too: the editor's has it.
    assert [*explained()] == ["bond", "ICE", "no contest"]
    assert len(explained("es")) == 3
    assert make_glossary_terms(None) == 0
    edited = Term.objects.get(name="bond")
    edited.explanation = "Ours too."
    edited.save_revision().publish()
    Term.objects.get(name="ICE", locale__language_code="es").delete()
    for texts in earlier.values():
        for term in texts.values():
            term["explanation"] = "New words."
    assert make_glossary_terms(None) == 3
    assert explained() == {
        "bond": "Ours too.",
        "ICE": "New words.",
        "no contest": "Ours.",
    }
    assert set(explained("es").values()) == {"New words."}
    assert len(explained("es")) == 2


def test_the_foot_of_a_site_made_earlier_leads_to_the_glossary_once(
    earlier: dict[str, Any],
) -> None:
    def links() -> list[str]:
        items = SiteSettings.objects.order_by("pk").values_list(
            "footer_items__label", "footer_items__url"
        )
        return [f"{label} {url}" for label, url in items if url]

    assert links() == []
    make_site_settings(None)
    assert links() == ["Glossary /glossary/", "Glosario /es/glossary/"]
    # Who takes it away has taken it away.
    for record in SiteSettings.objects.all():
        record.footer_items = []
        record.save_revision().publish()
    make_site_settings(None)
    assert links() == []
