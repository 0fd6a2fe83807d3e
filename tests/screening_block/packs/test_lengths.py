"""A file's texts fit the editor's fields, or are refused with their line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from screening_block.fields import blocks
from screening_block.models import Chart, ChartRow, Scenario, Screener, Threshold
from screening_block.packs import lengths, read as packs
from screening_block.packs.read import PackError, read_file
from screening_block.packs.write import write_file
from tests.screening_block import small

SCENARIO = {"name": "A", "why": "B", "as_of": None, "answers": {}, "expect": {}}


def of_block(block: Any, name: str) -> int:
    return int(block.base_blocks[name].field.max_length)


def of_model(model: Any, name: str) -> int:
    return int(model._meta.get_field(name).max_length)


def test_the_limits_of_a_file_are_those_of_the_editors_fields() -> None:
    shapes, texts = packs._SHAPES, lengths.TEXTS
    screener = shapes["screener"].max_lengths
    for name in ("title", "jurisdiction", "time_zone"):
        assert screener[name] == of_model(Screener, name)
    assert of_model(Screener, "reviewer") == lengths.REVIEWER
    assert texts["title"] == of_model(Screener, "title")
    column = of_block(blocks.ColumnBlock, "label")
    word = of_block(blocks.ColumnValueBlock, "label")
    charts = texts["charts"]["*"]
    for found, wanted in (
        (shapes["thresholds"].max_lengths["label"], of_model(Threshold, "label")),
        (texts["thresholds"]["*"]["label"], of_model(Threshold, "label")),
        (
            shapes["thresholds"].max_lengths["checked_by"],
            of_model(Threshold, "checked_by"),
        ),
        (shapes["charts"].max_lengths["label"], of_model(Chart, "label")),
        (charts["label"], of_model(Chart, "label")),
        (shapes["charts"].lists["columns"].max_lengths["label"], column),
        (charts["columns"]["*"], column),
        (lengths.WORD, word),
        (charts["values"]["*"]["*"], word),
        (
            shapes["charts"].lists["rows"].max_lengths["label"],
            of_model(ChartRow, "label"),
        ),
        (charts["rows"]["*"], of_model(ChartRow, "label")),
        (shapes["scenarios"].max_lengths["name"], of_model(Scenario, "name")),
    ):
        assert found == wanted
    citation = shapes["thresholds"].lists["citations"].max_lengths
    assert citation["text"] == of_block(blocks.CitationBlock, "text")
    assert citation["source"] == of_block(blocks.CitationBlock, "source")
    for section, block, name in (
        ("questions", blocks.QuestionBlock, "label"),
        ("facts", blocks.FactBlock, "label"),
        ("findings", blocks.FindingBlock, "heading"),
    ):
        assert shapes[section].max_lengths[name] == of_block(block, name)
        assert texts[section]["*"][name] == of_block(block, name)
    heading = of_block(blocks.QuestionBlock, "section")
    assert shapes["questions"].max_lengths["section"] == heading
    assert texts["sections"]["*"] == heading
    option, action = (
        of_block(b, "label") for b in (blocks.OptionBlock, blocks.ActionBlock)
    )
    assert shapes["questions"].lists["options"].max_lengths["label"] == option
    assert texts["questions"]["*"]["options"]["*"] == option
    assert shapes["findings"].lists["actions"].max_lengths["label"] == action
    assert texts["findings"]["*"]["actions"]["*"] == action


def written() -> str:
    release = small.with_sections()
    release["review"]["reviewer"] = "A lawyer"
    release["thresholds"]["af_term"]["checked_by"] = "B"
    release["texts"]["es"] = {"title": "Un cuestionario"}
    return write_file(release, [SCENARIO])


PLACES = {
    "title: Small screener": 255,
    "jurisdiction: us-ca": 40,
    "reviewer: A lawyer": 160,
    "checked_by: B": 120,
    "label: Days for an aggravated felony": 200,
    "text: INA 101(a)(43)(F)": 250,
    "source: S3": 80,
    "label: Statutes": 200,
    "label: Violence": 120,
    "candidate: may be": 120,
    "label: 'PC 245: assault'": 200,
    "section: Your status in the U.S.": 120,
    "label: Your status today": 250,
    "label: Green card": 250,
    "label: You are not a citizen": 250,
    "heading: Do not miss court": 250,
    "label: Ask a lawyer about the sentence.": 250,
    "name: A": 160,
    "title: Un cuestionario": 255,
}


@pytest.mark.parametrize("place", PLACES)
def test_a_text_too_long_for_its_field_is_refused_with_its_line(place: str) -> None:
    text = written()
    name = place.partition(":")[0]
    assert place in text
    line = text[: text.index(place)].count("\n") + 1
    fits = text.replace(place, f"{name}: {'x' * PLACES[place]}", 1)
    read_file(fits, "a.yaml")
    for bad, says in (
        ("x" * (PLACES[place] + 1), f"Longer than {PLACES[place]} characters"),
        ('"a\\u202eb"', "U+202E"),
        ('"a\\u2066b"', "U+2066"),
        ('"a\\0b"', "U+0000"),
    ):
        with pytest.raises(PackError) as refused:
            read_file(text.replace(place, f"{name}: {bad}", 1), "a.yaml")
        (problem,) = refused.value.problems
        assert problem.startswith(f"a.yaml:{line}: "), problem
        assert says in problem


@pytest.mark.parametrize("mark", ["\\u202E", "\\u2066", "\\u200B", "\\u00AD"])
def test_a_link_with_something_hidden_in_it_is_refused(mark: str) -> None:
    place = "source: S3"
    link = f'url: "https://example.org/a{mark}b"'
    with pytest.raises(PackError, match=mark.replace("\\u", r"U\+")):
        read_file(written().replace(place, link, 1), "a.yaml")
    sound = read_file(
        written().replace(place, "url: http://example.org/a", 1), "a.yaml"
    )
    assert "http://example.org/a" in str(sound.release())


@pytest.mark.django_db
def test_a_long_title_is_refused_where_the_file_is_checked(admin_client: Any) -> None:
    text = written().replace("Small screener", "x" * 300)
    file = SimpleUploadedFile("long.yaml", text.encode())
    response = admin_client.post(reverse("screening_block_take_in"), {"file": file})
    assert response.status_code == 422
    (problem,) = response.context["found"].problems
    assert "Longer than 255 characters (it has 300)" in problem
    assert problem.startswith("long.yaml:")
    assert not Screener.objects.filter(key="small").exists()


def test_a_law_pack_in_a_folder_has_the_same_limits(tmp_path: Path) -> None:
    whole = {"key": "a", "intro": "b", "jurisdiction": "us", "time_zone": "UTC"}
    lines = [f"{name}: {text}" for name, text in (whole | {"roll": "last_day"}).items()]
    (tmp_path / "screener.yaml").write_text("\n".join([f"title: {'x' * 256}", *lines]))
    with pytest.raises(PackError, match=r"screener.yaml:1: Longer than 255"):
        packs.read_pack(tmp_path)
