"""The document for reviewers: the page and the PDF say the same, and all of it."""

from __future__ import annotations

import io
import re
import time
from html import unescape

import pypdf
import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from screening_block.models import Release, Scenario
from screening_block.review.pdf import write_pdf
from screening_block.review.reading_copy import build_chapters
from screening_block.review.release_views import ReleasesMixin
from tests.english import find_english_sentences
from tests.law_pack import law_pack
from tests.screening_block.scenarios.test_scenarios import add, case

# Once: only reads what others write on both databases.
pytestmark = pytest.mark.once


def words(text: str) -> str:
    return "".join(text.split())


def printed(file: bytes) -> str:
    """All words of the pages without what lies between, foot lines left out."""
    pages = pypdf.PdfReader(io.BytesIO(file)).pages
    texts = (re.sub(r"Law · v1\s*Page \d+", "", one.extract_text()) for one in pages)
    return "".join(map(words, texts))


def outline(file: bytes) -> list[str]:
    reader = pypdf.PdfReader(io.BytesIO(file))
    return [entry.title for entry in reader.outline if not isinstance(entry, list)]


def test_the_law_pack_is_printed_whole_and_quickly():
    data = law_pack().release()
    answers = {"immigration_status": "lpr"}
    scenario = Scenario(
        name="“Élan” § 1 – →", case=case() | {"answers": answers, "expect": {}}
    )
    start = time.perf_counter()
    told = build_chapters(data, [scenario])
    file = write_pdf("Law", "Version 1", "v1", told, "en")
    assert time.perf_counter() - start < 15
    text = printed(file)
    assert "“Élan”§1–→" in text
    assert "Nofontisinstalled" not in text
    texts = data["texts"]["en"]
    wanted = [entry["heading"] for entry in texts["findings"].values()]
    for entry in texts["questions"].values():
        wanted += [entry["label"], entry["why"], *entry.get("options", {}).values()]
    for chart in texts["charts"].values():
        wanted += chart["rows"].values()
    cited = [*data["findings"], *data["thresholds"].values()]
    cited += [row for chart in data["charts"].values() for row in chart["rows"]]
    wanted += [one["text"] for entry in cited for one in entry.get("citations", ())]
    for entry in (entry for chapter in told for entry in chapter.parts):
        wanted += [line for field in entry.fields for line in field.lines]
    assert len(wanted) > 2000
    assert [line for line in wanted if words(line) not in text] == []
    assert outline(file) == [chapter.title for chapter in told]
    assert file == write_pdf(
        "Law", "Version 1", "v1", build_chapters(data, [scenario]), "en"
    )


@pytest.mark.django_db
def test_a_release_is_always_the_same_file_and_says_what_the_page_says(
    editor, screener
):
    add(screener, "A whole year", case=case(365, "applies"))
    sha256 = Release.current("small").pk
    where = [screener.pk, sha256]
    address = reverse("screening_block_releases_paper", args=where)
    page = editor.get(reverse("screening_block_releases_read", args=where))
    assert address in page.content.decode()
    answer = editor.get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content == editor.get(address).content
    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    text = "".join(words(one.extract_text()) for one in pages)
    shown = words(unescape(page.content.decode()))
    assert sha256 in text
    for said in (
        "Small screener",
        "365 days from September 30, 1996",
        "“How many days did the judge order?” is 365 days or more",
        "INA 101(a)(43)(F)",
        "needs checking",
        "PC 245: assault",
        "A whole year",
    ):
        assert words(said) in text, said
        assert words(said) in shown, said
    draft = reverse("screening_block_releases_paper", args=[screener.pk, "draft"])
    assert editor.get(draft).content.startswith(b"%PDF")


@pytest.mark.django_db
def test_one_document_is_made_at_a_time_and_none_that_takes_minutes(
    editor, screener, monkeypatch
) -> None:
    sha256 = Release.current("small").pk
    url = reverse("screening_block_releases_paper", args=[screener.pk, sha256])
    during = []

    def busy(*args):
        during.append(editor.get(url, {"locale": "en"}, follow=True))
        return b"%PDF"

    monkeypatch.setattr("screening_block.review.pdf.write_pdf", busy)
    assert editor.get(url).content == b"%PDF"
    (other,) = during
    assert other.redirect_chain[0][0].endswith(f"/{sha256}/?locale=en")
    assert "Another document is being made right now" in other.content.decode()
    assert editor.get(url).content == b"%PDF", "the turn is given back"
    assert len(during) == 2

    def fails(*args):
        raise RuntimeError

    monkeypatch.setattr("screening_block.review.pdf.write_pdf", fails)
    with pytest.raises(RuntimeError):
        editor.get(url)
    monkeypatch.setattr("screening_block.review.release_views.MAX_CHARACTERS", 100)
    told = editor.get(url, follow=True).content.decode()
    assert "This is too long for one document" in told


@pytest.mark.django_db
def test_a_spanish_document_is_spanish_for_an_english_editor_too(
    editor, screener, monkeypatch
) -> None:
    """Laws are named as they are named; all else is in the language it says."""
    pack = law_pack()
    data = pack.release()
    data["texts"]["es"] = pack.translations["es"]
    made = timezone.now()
    monkeypatch.setattr(ReleasesMixin, "content", lambda self, sha256: (data, made))
    sha256 = Release.current("small").pk
    url = reverse("screening_block_releases_paper", args=[screener.pk, sha256])
    # The editor reads English.
    file = editor.get(url, {"locale": "es"}).content
    reader = pypdf.PdfReader(io.BytesIO(file))
    assert reader.root_object["/Lang"] == "es"
    assert find_english_sentences(reader.metadata.subject) == []
    with override("es"):
        told = build_chapters(data, [], "es")
        # Laws, and what is listed because it is English.
        kept = {gettext("Citations"), gettext("Words left in the other language")}
    printed_words = printed(file)
    checked = 0
    for entry in (entry for chapter in told for entry in chapter.parts):
        for field in entry.fields:
            assert words(field.label) in printed_words
            if field.label in kept:
                continue
            said = "\n".join([field.label, *field.lines])
            assert find_english_sentences(said) == [], said
            checked += 1
    assert checked > 1000
    assert find_english_sentences("\n".join(outline(file)), least=1) == []
    assert "Página2" in words(reader.pages[1].extract_text())
