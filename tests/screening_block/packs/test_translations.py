"""A pack in two languages: read, written as pages, and then an editor's."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Locale

from plugins import LawPack
from screening_block.management.commands import load_pack as command
from screening_block.models import ChartRow, Publication, Release, Screener, Threshold
from screening_block.packs.fits import find_problems
from screening_block.packs.load import load_pack
from screening_block.packs.read import Pack, PackError, read_file, read_pack
from screening_block.packs.write import write_file
from tests.screening_block.packs import test_pack_reader as small

HEAD = """
title: Un paquete pequeño
intro: Pregunta una cosa.
"""
QUESTIONS = """
questions:
  told:
    label: ¿Le avisaron?
    why: Importa.
    options: {yes: "Sí", no: "No"}
  law:
    label: ¿Qué ley?
    why: También importa.
"""
LAW = """
charts:
  laws: {label: Leyes, columns: {gun: Sobre un arma}, rows: {pc_1: Artículo 1}}
thresholds:
  start: {label: El primer día, note: Nada cuenta antes.}
"""
FINDINGS = """
facts: {informed: {label: Le avisaron}}
findings:
  gun_case:
    heading: Un caso de arma
    body: Puede contar desde {start}.
    notes: {told_so: Le avisaron.}
    actions: {ask: Pregunte a un abogado}
"""
SPANISH = {
    "screener.yaml": HEAD,
    "questions.yaml": QUESTIONS,
    "law.yaml": LAW,
    "findings.yaml": FINDINGS,
}


@pytest.fixture
def write(tmp_path: Path) -> Any:
    """Write the small pack with its Spanish; of that, some files replaced."""

    def write(**changes: str) -> Path:
        named = {f"{name}.yaml": text for name, text in changes.items()}
        spanish = {f"translations/es/{n}": t for n, t in (SPANISH | named).items()}
        for name, text in (small.FILES | spanish).items():
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text.removeprefix("\n"), "utf-8")
        return tmp_path

    return write


def problems(path: Path) -> list[str]:
    with pytest.raises(PackError) as caught:
        read_pack(path)
    return caught.value.problems


# ------------------------------------------------------------------------ Reading


def test_the_files_of_a_language_become_its_texts(write: Any) -> None:
    pack = read_pack(write())
    texts = pack.release()["texts"]
    assert set(texts) == {"en", "es"}
    assert texts["es"]["title"] == "Un paquete pequeño"
    assert texts["es"]["questions"]["told"]["options"] == {"yes": "Sí", "no": "No"}
    assert texts["es"]["charts"]["laws"]["rows"] == {"pc_1": "Artículo 1"}
    assert texts["es"]["findings"]["gun_case"]["notes"] == {"told_so": "Le avisaron."}
    assert pack.missing_texts() == {"es": []}
    plain = read_pack(write())
    plain.translations.clear()
    assert plain.release() == pack.release() | {"texts": {"en": texts["en"]}}


def test_what_is_missing_is_named_and_stays_in_the_packs_own_language(
    write: Any,
) -> None:
    pack = read_pack(write(law="charts: {laws: {label: Leyes}}", findings="# none yet"))
    missing = pack.missing_texts()["es"]
    assert "charts/laws/rows/pc_1" in missing
    assert "findings/gun_case/heading" in missing
    assert "charts/laws/label" not in missing
    es = pack.release()["texts"]["es"]
    assert es["charts"]["laws"]["rows"] == {"pc_1": "PC 1"}
    assert es["findings"]["gun_case"]["heading"] == "A gun case"


KEPT = "foreign_words: |-\n  plea\n  green card\n"


def test_a_language_has_words_of_its_own_that_it_leaves_as_they_are(write: Any) -> None:
    pack = read_pack(write(screener=HEAD + KEPT))
    release = pack.release()
    assert release["texts"]["es"]["foreign_words"] == "plea\ngreen card"
    assert "foreign_words" not in release["texts"]["en"]
    assert pack.missing_texts() == {"es": []}
    written = read_file(write_file(release), "file.yaml")
    assert written.release() == release
    file = small.FILES["screener.yaml"] + KEPT
    (pack.path / "screener.yaml").write_text(file.removeprefix("\n"), "utf-8")
    assert any("foreign_words" in one for one in problems(pack.path))


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "questions",
            "questions:\n  told: {}\n  teld: {label: ¿Qué?}",
            "questions.yaml:3: the pack has no text 'questions/teld'",
        ),
        (
            "questions",
            "questions:\n  told:\n    options:\n      maybe: Quizás",
            "questions.yaml:4: the pack has no text 'questions/told/options/maybe'",
        ),
        ("law", "thresholds:\n  start: El día", "law.yaml:2: expected texts"),
        ("screener", "title: {es: Uno}", "screener.yaml:1: 'title' must be text"),
        ("screener", "- title", "screener.yaml:1: expected texts"),
        ("screener", f"title: {'a' * 256}", "screener.yaml:1: "),
        ("de/more", "title: Eins", "translations/es/de/more.yaml:1: expected"),
    ],
)
def test_a_text_that_has_no_place_is_refused_with_its_line(
    write: Any, name: str, text: str, said: str
) -> None:
    found = problems(write(**{name: text}))
    assert any(said in one for one in found), found
    assert all(one.startswith("translations/es/") for one in found)


def test_the_same_text_twice_names_both_places(write: Any) -> None:
    (found,) = problems(write(law=LAW + "title: Otro"))
    assert found == (
        "translations/es/screener.yaml:1: "
        "this text is given in translations/es/law.yaml:5 already"
    )


def test_a_pack_is_not_translated_into_its_own_language(write: Any) -> None:
    folder = write()
    (folder / "translations/es").rename(folder / "translations/en")
    assert "the pack itself is in 'en'" in problems(folder)[0]


@pytest.mark.django_db
def test_what_the_engine_finds_in_a_translation_has_its_line(write: Any) -> None:
    folder = write(findings=FINDINGS.replace("{start}", "{started}"))
    pack = read_pack(folder)
    (found,) = find_problems(pack, pack.release())
    assert found.startswith("translations/es/findings.yaml:5: ")


# ------------------------------------------------------------------------ Loading


@pytest.fixture
def spanish(root: Any) -> Locale:
    """The site's Spanish, with a home page."""
    locale = Locale.objects.create(language_code="es")
    root.specific.copy_for_translation(locale).save_revision().publish()
    return locale


def load(pack: Pack, root: Any) -> Any:
    return load_pack("small_pack", pack.release(), root, scenarios=pack.scenarios)


@pytest.mark.django_db
def test_a_load_publishes_the_screener_in_both_languages(
    write: Any, root: Any, spanish: Locale, client: Any
) -> None:
    pack = read_pack(write())
    load(pack, root)
    release = Release.current("small-pack").load().data
    said = pack.release()["texts"]["es"]
    for part in ("title", "intro", "questions", "facts", "findings", "thresholds"):
        assert release["texts"]["es"][part] == said[part], part
    assert release["texts"]["es"]["charts"]["laws"]["rows"] == {"pc_1": "Artículo 1"}
    assert Publication.objects.count() == 1
    page = Screener.objects.get(locale=spanish)
    assert page.live
    answer = client.get(page.url)
    assert page.url.startswith("/es/")
    assert '<html lang="es"' in answer.content.decode()
    assert "¿Le avisaron?" in answer.content.decode()
    assert "Were you told?" not in answer.content.decode()


@pytest.mark.django_db
def test_the_words_that_a_language_leaves_are_loaded_and_then_an_editors(
    write: Any, root: Any, spanish: Locale
) -> None:
    pack = read_pack(write(screener=HEAD + KEPT))
    load(pack, root)
    page = Screener.objects.get(locale=spanish)
    assert page.foreign_words == "plea\ngreen card"
    assert load(pack, root).counts()["updated"] == 0
    page.foreign_words = "plea"
    page.save_revision().publish()
    report = load(read_pack(write(screener=HEAD + KEPT + "  bond\n")), root)
    assert {tuple(name) for name in report.kept} == {("es/screener", "small-pack")}
    texts = Release.current("small-pack").load().data["texts"]
    assert texts["es"]["foreign_words"] == "plea"
    assert "foreign_words" not in texts["en"]


@pytest.mark.django_db
def test_a_browser_gets_a_release_in_one_language(
    write: Any, root: Any, spanish: Locale, client: Any
) -> None:
    load(read_pack(write()), root)
    whole = Release.current("small-pack").load()
    for code, title in (("es", "Un paquete pequeño"), ("fr", "A small pack")):
        answer = client.get("/api/v1/screeners/small-pack/", {"words": code})
        line, words = answer.content.split(b"\n")
        release, sent = re.findall("[0-9a-f]{64}", answer["ETag"])
        assert hashlib.sha256(line).hexdigest() == sent
        assert release == whole.sha256 == json.loads(words)["release"]
        (texts,) = json.loads(line)["texts"].values()
        assert texts["title"] == title
        assert json.loads(line) | {"texts": 0} == whole.data | {"texts": 0}
    plain = client.get("/api/v1/screeners/small-pack/")
    assert plain.content == whole.canonical
    assert plain["ETag"] == f'"{whole.sha256}"'


@pytest.mark.django_db
def test_loading_again_writes_nothing(
    write: Any, root: Any, spanish: Locale, django_assert_max_num_queries: Any
) -> None:
    pack = read_pack(write())
    load(pack, root)
    revisions = Screener.objects.get(locale=spanish).revisions.count()
    with django_assert_max_num_queries(80):
        report = load(pack, root)
    assert report.counts() == {"made": 0, "updated": 0, "kept": 0, "same": report.same}
    assert Screener.objects.get(locale=spanish).revisions.count() == revisions
    assert Publication.objects.count() == 1


@pytest.mark.django_db
def test_an_editors_words_stay_and_the_others_are_brought_up_to_date(
    write: Any, root: Any, spanish: Locale
) -> None:
    load(read_pack(write()), root)
    row = ChartRow.objects.get(locale=spanish)
    row.label = "Artículo uno"
    row.save_revision().publish()
    page = Screener.objects.get(locale=spanish)
    raw = list(page.questions.get_prep_value())
    raw[0]["value"]["label"] = "¿Alguien le avisó?"
    page.questions = raw
    page.save_revision().publish()
    newer = {
        "law": LAW.replace("Artículo 1", "Sección 1").replace("El primer", "Un primer"),
        "questions": QUESTIONS.replace("¿Le avisaron?", "¿Le dijeron?").replace(
            "¿Qué ley?", "¿Cuál ley?"
        ),
    }
    report = load(read_pack(write(**newer)), root)
    assert {tuple(name) for name in report.kept} == {
        ("es/row", "laws/pc_1"),
        ("es/question", "told"),
    }
    texts = Release.current("small-pack").load().data["texts"]["es"]
    assert texts["questions"]["told"]["label"] == "¿Alguien le avisó?"
    assert texts["questions"]["law"]["label"] == "¿Cuál ley?"
    assert texts["charts"]["laws"]["rows"]["pc_1"] == "Artículo uno"
    assert texts["thresholds"]["start"]["label"] == "Un primer día"


@pytest.mark.django_db
def test_what_an_editor_deleted_in_spanish_stays_deleted(
    write: Any, root: Any, spanish: Locale
) -> None:
    load(read_pack(write()), root)
    ChartRow.objects.get(locale=spanish).delete()
    Threshold.objects.get(locale=spanish).delete()
    report = load(read_pack(write(law=LAW.replace("Artículo 1", "Artículo uno"))), root)
    assert [tuple(name) for name in report.kept] == [("es/row", "laws/pc_1")]
    assert not ChartRow.objects.filter(locale=spanish).exists()
    texts = Release.current("small-pack").load().data["texts"]["es"]
    assert texts["charts"]["laws"]["rows"] == {"pc_1": "PC 1"}


@pytest.mark.django_db
def test_a_site_without_the_language_gets_the_pack_as_before(
    write: Any, root: Any
) -> None:
    load(read_pack(write()), root)
    assert set(Release.current("small-pack").load().data["texts"]) == {"en"}
    assert Screener.objects.get().locale.language_code == "en"
    locale = Locale.objects.create(language_code="es")
    # The language comes later: the next load brings the texts.
    load(read_pack(write()), root)
    assert Screener.objects.get(locale=locale).live
    assert set(Release.current("small-pack").load().data["texts"]) == {"en", "es"}


@pytest.mark.django_db
def test_the_command_says_how_many_texts_are_missing(
    write: Any, root: Any, monkeypatch: Any, capsys: Any
) -> None:
    folder = write(findings="# none yet")
    pack = LawPack(key="small", label="Small", path=folder)
    monkeypatch.setattr(command, "resolve", lambda kind, key: pack)
    call_command("load_pack", "small")
    assert "Not in “es” yet: 5 texts, such as facts/informed" in capsys.readouterr().out
    write(findings="findings: {gone: {heading: Uno}}")
    with pytest.raises(CommandError, match=r"translations/es/findings\.yaml:1: "):
        call_command("load_pack", "small")
