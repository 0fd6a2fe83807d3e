"""A chart as a CSV file: harmless out, whole or not at all in."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from screening_block.fields.chart_cells import latest_columns
from screening_block.law.chart_import import apply_difference, compare_file
from screening_block.law.spreadsheet import (
    escape_formula,
    read_csv,
    unescape_formula,
    write_csv,
)
from screening_block.models import Chart, ChartRow, Publication, Release
from screening_block.models.publishing import GateError

COLUMNS = [
    {
        "key": "violence",
        "label": "Violence",
        "type": "choice",
        "values": ["candidate", "no", "maybe"],
        "words": {"candidate": "may be", "no": "no", "maybe": "a | b"},
        "default": "no",
    },
    {
        "key": "also",
        "label": "Also",
        "type": "choices",
        "values": ["drug", "sale"],
        "words": {"drug": "drugs", "sale": "selling"},
        "default": ["drug"],
    },
]


def table(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def test_a_file_reads_the_same_for_editors_of_every_language() -> None:
    row = ChartRow(key="a", label="A", status="verified", cells={})
    english = write_csv(COLUMNS, [row])
    with translation.override("es"):
        assert write_csv(COLUMNS, [row]) == english
        assert read_csv(english, COLUMNS).rows["a"]["status"] == "verified"


@pytest.mark.parametrize(
    ("lines", "row", "column", "says"),
    [
        (["key,label,Nonsense", "a,A,x"], 1, "Nonsense", "no such column"),
        (["key,label,violence,Violence", "a,A,no,no"], 1, "Violence", "twice"),
        (["label", "A"], 1, "key", "missing"),
        (["key,label", "a,A", "", "b,B", "a,A"], 5, "key", "Row 2 has the same key"),
        (["key,label", ",A"], 2, "key", "The key is missing"),
        (["key,label", "PC 1,A"], 2, "key", "small letters"),
        (["key,label", "a,"], 2, "label", "The label is missing"),
        (["key,label", f"a,{'x' * 201}"], 2, "label", "200"),
        (["key,label,violence", "a,A,perhaps"], 2, "violence", "“may be”"),
        (["key,label,Violence [violence]", "a,A,?"], 2, "Violence [violence]", "“?”"),
        (["key,label,also", "a,A,drugs | guns"], 2, "also", "“guns”"),
        (["key,label,checked_on", "a,A,1/31/2026"], 2, "checked_on", "yyyy-mm-dd"),
        (["key,label,checked_on", "a,A,2026-02-30"], 2, "checked_on", "not a date"),
        (["key,label,next_review", "a,A,0026-02-03"], 2, "next_review", "1900"),
        (["key,label,status", "a,A,perhaps"], 2, "status", "Needs checking"),
        (["key,label", "a,A,B"], 2, "", "more cells than headers"),
        ([""], 1, "", "empty"),
    ],
)
def test_each_error_names_its_row_and_column(lines, row, column, says):
    (problem,) = read_csv(table(*lines), COLUMNS).problems
    assert (problem.row, problem.column) == (row, column)
    assert says in problem.message


def test_every_error_of_a_file_is_told_at_once():
    lines = ["key,label,violence", "a,,perhaps", "a,A,?"]
    problems = read_csv(table(*lines), COLUMNS).problems
    assert [p.row for p in problems] == [2, 2, 3, 3]


def test_a_file_in_another_encoding_is_refused():
    (problem,) = read_csv("key,label\na,Año".encode("latin-1"), COLUMNS).problems
    assert "UTF-8" in problem.message


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_the_separators_of_all_spreadsheets_are_read(between):
    sheet = read_csv(
        between.join(["key", "label"]).encode()
        + b"\r\na"
        + between.encode()
        + b"A\r\n",
        COLUMNS,
    )
    assert sheet.rows == {"a": {"key": "a", "label": "A"}}


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "'=1", "''+", "'tis", "x", "", "＝1"]
)
def test_no_text_is_run_as_a_formula_and_none_is_changed(text):
    written = escape_formula(text)
    assert written[:1] not in ("=", "+", "-", "@", "＝")
    assert unescape_formula(written) == text


def test_what_is_written_is_read_back_the_same():
    rows = [
        ChartRow(
            key="a",
            label='=cmd|"x"',
            cells={"violence": "candidate", "also": []},
            citations=[
                {"type": "citation", "value": {"text": t}} for t in ("One, 1", "@Two")
            ],
        ),
        ChartRow(key="b", label="Ñ", cells={"also": ["drug", "sale"]}),
        ChartRow(key="c", label="C", cells={"violence": "maybe"}, status="verified"),
    ]
    content = write_csv(COLUMNS, rows)
    assert content.startswith(b"\xef\xbb\xbf")
    for line in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in line)
    sheet = read_csv(content, COLUMNS)
    assert sheet.problems == []
    assert sheet.rows["a"]["label"] == '=cmd|"x"'
    assert sheet.rows["a"]["citations"] == ["One, 1", "@Two"]
    read_cells = {
        key: {
            c: row["cell", c]
            for c in ("violence", "also")
            if row["cell", c] is not None
        }
        for key, row in sheet.rows.items()
    }
    assert read_cells == {row.key: row.cells for row in rows}


# -- Against a chart ------------------------------------------------------------


@pytest.fixture
def chart(screener) -> Chart:
    return Chart.objects.get(key="statutes")


def test_a_files_own_download_changes_nothing(chart):
    rows = chart.rows.all()
    found = compare_file(chart, write_csv(latest_columns(chart), rows))
    assert (found.rows, found.missing, found.same) == ([], [], 2)


CHANGED = table(
    "key,label,violence,citations",
    'pc_25400,PC 25400: new words,may be,"INA 101(a)(43)(F)\nAnother"',
    "pc_1,PC 1: new,,",
)


def test_a_file_is_shown_as_what_it_would_change(chart):
    found = compare_file(chart, CHANGED)
    assert [row.record.key for row in found.changed] == ["pc_25400"]
    assert [(c.column, c.old, c.new) for c in found.changed[0].changes] == [
        ("Violence", "blank", "may be"),
        ("Label", "PC 25400: carrying", "PC 25400: new words"),
        ("Citations", "INA 101(a)(43)(F)", "INA 101(a)(43)(F)\nAnother"),
    ]
    assert [row.record.key for row in found.added] == ["pc_1"]
    assert [row.record.key for row in found.missing] == ["pc_245"]
    assert not ChartRow.objects.filter(key="pc_1").exists()


def test_it_is_applied_as_drafts_that_nobody_sees(chart):
    before = Release.current("small").pk
    apply_difference(compare_file(chart, CHANGED), [], None, publish=False)
    row = ChartRow.objects.get(key="pc_25400")
    assert row.label == "PC 25400: carrying"
    assert row.get_latest_revision_as_object().label == "PC 25400: new words"
    new = ChartRow.objects.get(key="pc_1")
    assert not new.live
    assert Release.current("small").pk == before


def test_it_is_published_in_one_step_and_the_missing_row_stays_unless_ticked(chart):
    before = Publication.objects.count()
    apply_difference(compare_file(chart, CHANGED), [], None, publish=True)
    assert Publication.objects.count() == before + 1
    rows = Release.current("small").load().data["charts"]["statutes"]["rows"]
    assert [row["key"] for row in rows] == ["pc_245", "pc_25400", "pc_1"]
    cited = rows[1]["citations"]
    assert cited[0] == {
        "text": "INA 101(a)(43)(F)",
        "status": "needs_checking",
        "source": "S3",
    }
    assert cited[1] == {"text": "Another", "status": "needs_checking"}
    found = compare_file(chart, CHANGED)
    (missing,) = found.missing
    apply_difference(found, {missing.record.pk}, None, publish=True)
    rows = Release.current("small").load().data["charts"]["statutes"]["rows"]
    assert [row["key"] for row in rows] == ["pc_25400", "pc_1"]


def test_what_the_gate_refuses_is_not_applied_at_all(chart):
    # A draft of the chart has a value that the published one has not.
    columns = chart.columns.get_prep_value()
    columns[0]["value"]["values"].append({"key": "sure", "label": "sure"})
    chart.columns = columns
    chart.save_revision()
    before = Publication.objects.count()
    found = compare_file(
        chart, table("key,label,violence", "pc_1,New,", "pc_245,X,sure")
    )
    assert found.problems == []
    with pytest.raises(GateError, match="pc_245"):
        apply_difference(found, [], None, publish=True)
    assert not ChartRow.objects.filter(key="pc_1").exists()
    assert ChartRow.objects.get(key="pc_245").label == "PC 245: assault"
    assert Publication.objects.count() == before


def url(chart, name):
    return reverse(chart.snippet_viewset.get_url_name(name), args=[chart.pk])


def upload(client, chart, content: bytes):
    file = SimpleUploadedFile("rows.csv", content, content_type="text/csv")
    return client.post(url(chart, "import"), {"file": file})


def test_the_whole_way_through_the_admin(editor, chart):
    downloaded = editor.get(url(chart, "csv"))
    assert downloaded["Content-Disposition"].endswith('.csv"')
    response = upload(editor, chart, CHANGED)
    assert "1 new, 1 changed, 0 the same, 1 not in the file" in (
        response.content.decode()
    )
    context = response.context
    data = {"content": context["content"], "base": context["found"].base}
    # Somebody else saves a row in between: shown anew, nothing applied.
    ChartRow.objects.get(key="pc_245").save_revision()
    response = editor.post(url(chart, "import"), {**data, "publish": "1"})
    assert "The chart has changed since you compared" in response.content.decode()
    assert not ChartRow.objects.filter(key="pc_1").exists()
    data["base"] = response.context["found"].base
    response = editor.post(url(chart, "import"), {**data, "publish": "1"}, follow=True)
    assert "2 rows published." in response.content.decode()
    assert ChartRow.objects.get(key="pc_1").live


def test_a_file_with_errors_lists_them_and_offers_no_way_on(editor, chart):
    text = upload(
        editor, chart, table("key,violence", "pc_245,perhaps")
    ).content.decode()
    assert "Nothing was changed: the file has 1 error." in text
    assert "perhaps" in text
    assert 'name="content"' not in text
