"""A spreadsheet of any kind is read or refused soon, with the row that is wrong."""

from __future__ import annotations

import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from screening_block import engine
from screening_block.law.spreadsheet import read_csv
from screening_block.models import Chart
from screening_block.scenarios.sheet import read_sheet
from tests.screening_block import small

from .test_chart_csv import COLUMNS

# Once: refused before anything is written.
pytestmark = pytest.mark.once

HOSTILE: dict[str, tuple[str, int]] = {
    # A text (with %(head)s for the sheet's own header), and the row that is named.
    "a cell of 1 MB": ("%(head)s\na,A\nb," + "x" * 950_000, 3),
    "a quoted cell of lines": ('%(head)s\na,"' + "x\n" * 400_000 + '"', 2),
    "spaces in a cell": ("%(head)s\na,A" + " " * 900_000 + "B", 2),
    "spaces between bars": ("%(head)s\na,A" + "| " * 10_000 + "," + " " * 15_000, 2),
    "a quotation mark that never closes": ('%(head)s\na,"' + "x," * 400_000, 2),
    "a million columns": ("%(head)s" + "," * 900_000 + "x", 1),
    "a million columns of a name": ("%(head)s" + ",key" * 200_000, 1),
    "a million cells": ("%(head)s\na,A" + "," * 900_000 + "x", 2),
    "300,000 rows": ("%(head)s\n" + "a\n" * 300_000, 2_002),
    "300,000 empty rows": ("%(head)s\n" + "\n" * 300_000 + "a,A", 2_002),
    "many bad rows": ("%(head)s\n" + "?,A,?,?\n" * 2_000, 2),
    "brackets in the header": ("%(head)s," + "[a]" * 6_000 + " " * 1_000, 1),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_charts_sheet_is_refused_at_its_row(name) -> None:
    text, row = HOSTILE[name]
    begun = time.process_time()
    sheet = read_csv((text % {"head": "key,label"}).encode(), COLUMNS)
    assert time.process_time() - begun < 2
    assert sheet.problems[0].row == row
    assert len(sheet.problems) < 1_300
    assert max(len(str(problem)) for problem in sheet.problems) < 600


@pytest.mark.parametrize("name", HOSTILE)
def test_a_sheet_of_scenarios_is_refused_at_its_row(name) -> None:
    release = engine.load_release(small.release())
    text, row = HOSTILE[name]
    begun = time.process_time()
    sheet = read_sheet((text % {"head": "Name,Why"}).encode(), release, [])
    assert time.process_time() - begun < 2
    assert sheet.problems, "it was read"
    if name not in ("spaces between bars", "many bad rows"):
        assert sheet.problems[0].startswith(f"Row {row}")
    assert len(sheet.problems) < 1_300
    assert max(map(len, sheet.problems)) < 600


@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
@pytest.mark.parametrize("first", ["sep={}\r\n", '"sep={}"\n', "SEP={}\n"])
def test_the_line_with_which_excel_names_its_separator_is_no_row(mark, first) -> None:
    text = first.format(mark) + f"key{mark}label{mark}{mark}\na{mark}A{mark}{mark}\n"
    for start in (b"", b"\xef\xbb\xbf"):
        sheet = read_csv(start + text.encode(), COLUMNS)
        assert sheet.problems == []
        assert sheet.rows == {"a": {"key": "a", "label": "A"}}
        assert sheet.lines == {"a": 2}, "as Excel numbers it"


def test_columns_without_a_heading_may_be_empty_and_nothing_else() -> None:
    assert read_csv(b"key,label,,\na,A,,\nb,B,,,,\n", COLUMNS).problems == []
    (problem,) = read_csv(b"key,label,,\na,A,,x\n", COLUMNS).problems
    assert (problem.row, problem.message) == (2, "There are more cells than headers.")


@pytest.mark.parametrize("name", ["a cell of 1 MB", "300,000 rows", "a million cells"])
def test_the_page_says_so(editor, screener, name) -> None:
    chart = Chart.objects.get()
    address = reverse(chart.snippet_viewset.get_url_name("import"), args=[chart.pk])
    text, row = HOSTILE[name]
    file = SimpleUploadedFile("x.csv", (text % {"head": "key,label"}).encode())
    page = editor.post(address, {"file": file})
    assert page.status_code == 200
    assert [problem.row for problem in page.context["found"].problems] == [row]
