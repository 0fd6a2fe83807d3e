"""What editors keep beside the law stays with them, and stays with it."""

from __future__ import annotations

import json
import random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Locale

from cms.articles.models import ArticlePage
from screening_block import engine
from screening_block.models import ChartRow, Release, Screener, Threshold
from screening_block.packs.load import load_pack
from screening_block.packs.read import read_file
from screening_block.packs.write import write_file
from screening_block.publishing import editor_note_records
from screening_block.publishing.parts import PartName
from screening_block.publishing.restore import write_drafts
from screening_block.review.draft_changes import draft_changes
from tests.cms.factories import ArticleFactory, IndexFactory, block
from tests.faults.addresses import Places, addresses
from tests.screening_block import small
from tests.screening_block.confirm import post_and_confirm
from tests.screening_block.posting import form_of
from tests.screening_block.visitor.test_form import Visitor

# Once: only reads what others write on both databases.
pytestmark = [pytest.mark.django_db, pytest.mark.once]
CANARY = "zzcanary"
CITED = small.CITATION["text"]
RULE = "agg_felony_violence_1yr"


def notes(mark: str = CANARY, citation: str | None = CITED) -> dict:
    watch = {"what": f"{mark} bill", "look_again": "2027-01-15"}
    watch["url"] = f"https://example.org/{mark}"
    cited = [{"text": citation, "note": f"{mark} of a citation"}] if citation else []
    return {"note": f"{mark} note", "watch": [watch]} | (
        {"citations": cited} if cited else {}
    )


#: Beside one part of each kind that keeps something.
ASIDES = {
    PartName("threshold", "af_term"): notes(),
    PartName("row", "statutes/pc_25400"): {**notes(), "checked_by": f"{CANARY} Doe"},
    PartName("row", "statutes/pc_245"): notes(citation=None),
    PartName("finding", RULE): {**notes(), "checked_by": f"{CANARY} Roe"},
    PartName("finding", "court_soon"): notes(citation=None),
}


def load_with(root, notes=ASIDES, release=None):
    return load_pack(
        "small_pack", release or small.release(), root, notes_by_part=notes
    )


def kept() -> dict:
    return editor_note_records.read_all_notes(
        Screener.objects.get(key="small", locale=locale())
    )


def locale() -> Locale:
    return Locale.get_default()


def test_no_note_of_an_editor_is_anywhere_public(client, root, settings):
    settings.WAGTAILADMIN_BASE_URL = "http://testserver"
    page = load_with(root).screener
    assert kept() == ASIDES
    spanish, _made = Locale.objects.get_or_create(language_code="es")
    for record in (*Threshold.objects.all(), *ChartRow.objects.all()):
        record.copy_for_translation(spanish).save()
    other = page.copy_for_translation(spanish, copy_parents=True)
    other.save_revision().publish()
    quoted = {"quote": "The term …", "citation": "INA 101", "status": "verified"}
    quoted |= {"editors_note": f"{CANARY} of a quotation"}
    body = [block("screener", page.pk), block("law_quotation", quoted)]
    ArticleFactory(parent=IndexFactory(parent=root), title="Around", body=body)
    for release in Release.objects.all():
        assert CANARY not in json.dumps(release.load().data)
    assert Release.current("small").load().data == small.release() | {
        "texts": Release.current("small").load().data["texts"],
        "unreviewed_languages": ["es"],
    }
    places, chance, seen = Places(), random.Random(1), {}
    for address in addresses():
        if address.admin:
            continue
        for _time in range(8 if address.names else 1):
            url = places.fill(address, chance, wrong=0)
            if url not in seen:
                response = client.get(url)
                seen[url] = response.status_code
                assert CANARY not in told(response), url
    read = {url for url, status in seen.items() if status == 200}
    assert {"/api/v1/screeners/small/", "/screeners/small/"} <= read
    assert any("/articles/around" in url for url in read)
    assert list(ArticlePage.objects.search("term"))
    assert not list(ArticlePage.objects.search(CANARY))
    answered = client.post(
        "/api/v1/screeners/small/evaluate/",
        json.dumps({"answers": small.ASSAULT | {"days": 400}}),
        "application/json",
    )
    assert RULE in told(answered)
    assert CITED in told(answered)
    assert CANARY not in told(answered)
    visitor = Visitor(client)
    visitor.answer("lpr").answer("pc_245").send(number="400", do="next")
    visitor.answer("nothing").answer("no").send(do="result")
    assert CITED in visitor.text
    assert CANARY not in visitor.text


def told(response) -> str:
    content = b"".join(response) if response.streaming else response.content
    return content.decode("utf-8", "replace")


def test_with_and_without_notes_a_screener_has_the_identical_release(root):
    load_pack("small_pack", small.release(), root)
    plain = Release.current("small").pk
    report = load_with(root)
    notes = {PartName("notes", f"{name.kind}/{name.key}") for name in ASIDES}
    assert (set(report.made), report.updated, report.kept) == (notes, [], [])
    assert Release.current("small").pk == plain
    again = load_with(root)
    assert not (again.made or again.updated or again.kept)
    # What was stored before there were such members says the same.
    page = Screener.objects.get(key="small")
    findings = page.findings.get_prep_value()
    for raw in findings:
        for name in ("editors_note", "watch", "checked_by"):
            del raw["value"][name]
        for citation in raw["value"]["citations"]:
            del citation["value"]["editors_note"]
    page.findings = findings
    page.save_revision().publish()
    assert Release.current("small").pk == plain
    assert not {name for name in kept() if name.kind == "finding"}


def test_a_note_of_an_editor_keeps_out_no_new_rule_and_is_not_written_over(root):
    load_with(root)
    mine = Threshold.objects.get(key="af_term")
    mine.editors_note = "My own words."
    mine.save_revision()  # As a draft.
    page = Screener.objects.get(key="small").get_latest_revision_as_object()
    mine_too = page.findings[0].value
    mine_too["watch"][0]["what"] = "My own bill."
    page.save_revision().publish()

    newer = small.release()
    newer["thresholds"]["af_term"]["values"][0]["value"] = 364
    newer["findings"][0]["citations"] = [small.CITATION | {"text": "Another"}]
    newer["findings"][2]["severity"] = "high"
    notes_by_part = {name: notes("newer", None) for name in ASIDES}
    report = load_with(root, notes_by_part, newer)
    changed = {"threshold/af_term", f"finding/{RULE}"}
    assert {name.key for name in report.kept} == changed
    assert set(report.updated) == {
        PartName("threshold", "af_term"),
        PartName("finding", RULE),
        PartName("finding", "court_soon"),
        *(
            PartName("notes", f"{name.kind}/{name.key}")
            for name in ASIDES
            if f"{name.kind}/{name.key}" not in changed
        ),
    }
    now = kept()
    assert now["threshold", "af_term"]["note"] == "My own words."
    assert now["row", "statutes/pc_245"] == notes("newer", None)
    assert now["row", "statutes/pc_25400"]["checked_by"] == f"{CANARY} Doe"
    rule = now["finding", RULE]
    assert rule["watch"][0]["what"] == "My own bill."
    # The note of a citation that is gone is not.
    assert rule["note"].splitlines() == [
        f"{CANARY} note",
        f"{CITED}: {CANARY} of a citation",
    ]
    assert load_with(root, {}, newer).kept == report.kept
    assert set(kept()) == {
        PartName("threshold", "af_term"),
        PartName("finding", RULE),
    } | {PartName("row", "statutes/pc_25400")}, (
        "what the pack said is gone with it, and who checked a row stays"
    )
    load_with(root, notes_by_part, newer)
    assert kept()["row", "statutes/pc_245"] == notes("newer", None)


def test_notes_go_out_with_the_file_of_a_draft_and_come_in_with_it(editor, root):
    page = load_with(root).screener
    url = reverse("screening_block_file", args=[page.pk, "draft"])
    text = editor.get(url).content.decode()
    read = read_file(text, "small.yaml")
    assert engine.canonical(read.release()) == engine.canonical(small.release())
    assert read.notes_by_part() == ASIDES
    sha256 = Release.current("small").pk
    public = editor.get(reverse("screening_block_file", args=[page.pk, sha256]))
    assert CANARY not in public.content.decode()

    take_in = reverse("screening_block_take_in")

    def send(content: str, **more):
        file = SimpleUploadedFile("small.yaml", content.encode())
        return editor.post(take_in, {"file": file, **more})

    assert send(text).context["found"].changes == []
    # Of what a file does not speak, nothing is changed.
    plain = write_file(small.release())
    assert send(plain).context["found"].changes == []
    shown = send(text.replace(f"{CANARY} bill", "Another bill"))
    assert len(shown.context["found"].changes) == len(ASIDES)
    assert "Another bill, look again on January 15, 2027" in shown.content.decode()
    editor.post(
        take_in,
        {
            "content": shown.context["content"],
            "apply": shown.context["found"].state,
        },
    )
    draft = Screener.objects.get(pk=page.pk).get_latest_revision_as_object()
    written = editor_note_records.read_all_notes(draft, drafts=True)
    assert set(written) == set(ASIDES)
    for one in written.values():
        assert one["watch"][0]["what"] == "Another bill"
        assert one["note"] == f"{CANARY} note"


def test_a_file_makes_a_screener_with_its_notes_where_there_is_none(root):
    text = write_file(small.release(), [], ASIDES)
    read = read_file(text, "f")
    notes_by_part = {PartName(*name): one for name, one in read.notes_by_part().items()}
    write_drafts(read.release(), None, root, notes_by_part)
    draft = Screener.objects.get(key="small").get_latest_revision_as_object()
    assert editor_note_records.read_all_notes(draft, drafts=True) == ASIDES
    assert write_drafts(read.release(), None, root, notes_by_part).records == []


def test_going_back_to_a_release_keeps_the_notes(root):
    load_with(root)
    old = Release.current("small").load().data
    newer = small.release()
    newer["thresholds"]["af_term"]["values"][0]["value"] = 364
    newer["texts"]["en"]["findings"][RULE]["heading"] = "Newer"
    newer["texts"]["en"]["charts"]["statutes"]["rows"]["pc_25400"] = "Newer"
    load_with(root, ASIDES, newer)
    drafts = write_drafts(dict(old), None)
    assert len(drafts.records) == 3
    draft = Screener.objects.get(key="small").get_latest_revision_as_object()
    assert editor_note_records.read_all_notes(draft, drafts=True) == ASIDES


def test_an_editor_writes_them_and_a_reviewer_reads_what_changed(editor, root):
    page = load_with(root, {}).screener
    threshold = Threshold.objects.get(key="af_term")
    at = reverse(threshold.snippet_viewset.get_url_name("edit"), args=[threshold.pk])
    opened = editor.get(at)
    assert "Never shown to visitors." in opened.content.decode()
    data = form_of(opened)
    data.update(
        {
            "editors_note": "Two\r\nlines",
            "watch-count": "1",
            "watch-0-deleted": "",
            "watch-0-order": "0",
            "watch-0-type": "watch",
            "watch-0-id": "",
            "watch-0-value-what": "A bill",
            "watch-0-value-look_again": "2027-01-15",
            "watch-0-value-url": "",
            "citations-0-value-editors_note": "Read the heading only.",
        }
    )
    data["kind"] = "integer"
    assert editor.post(at, data).status_code == 302
    threshold.refresh_from_db()
    (change,) = draft_changes(threshold)
    assert {(field.label, field.after) for field in change.fields} == {
        ("Law watch", "A bill, look again on January 15, 2027"),
        ("Notes for editors on citations", f"{CITED}: Read the heading only."),
        ("Note for editors", "Two\nlines"),
    }
    before = Release.current("small").pk
    data["action-publish"] = "action-publish"
    assert post_and_confirm(editor, at, data).status_code == 302
    assert Release.current("small").pk == before

    at = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = form_of(editor.get(at))
    data["findings-0-value-editors_note"] = "Mine"
    assert editor.post(at, data).status_code == 302
    page = Screener.objects.get(pk=page.pk)
    assert page.get_latest_revision_as_object().findings[0].value["editors_note"]
    (change,) = draft_changes(page)
    assert [(f.label, f.before, f.after) for f in change.fields] == [
        ("Note for editors", "", "Mine")
    ]
    read = editor.get(reverse("screening_block_releases_read", args=[page.pk, "draft"]))
    assert "Read the heading only." in read.content.decode()


def test_a_citation_that_a_spreadsheet_leaves_out_leaves_its_note_with_the_row(
    editor, root
):
    load_with(root)
    chart = ChartRow.objects.get(key="pc_25400").chart
    at = reverse(chart.snippet_viewset.get_url_name("csv"), args=[chart.pk])
    content = b"".join(editor.get(at)).decode("utf-8-sig")
    assert CANARY not in content.replace(f"{CANARY} Doe", "")
    from screening_block.law.chart_import import apply_difference, compare_file

    found = compare_file(chart, content.replace(CITED, "Another").encode())
    apply_difference(found, [], None, publish=True)
    now = kept()["row", "statutes/pc_25400"]
    assert now["note"].endswith(f"{CITED}: {CANARY} of a citation")
    assert now["watch"] == notes()["watch"]
