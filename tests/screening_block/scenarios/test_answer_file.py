"""Many people's answers in a file of the operator's, by `manage.py evaluate --csv`."""

from __future__ import annotations

import csv
import io
import json
import stat
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests import canary
from tests.screening_block import small

pytestmark = pytest.mark.django_db
API = "/api/v1/screeners/small/evaluate/batch/?detail=levels"
DAY = "2026-11-23"
KEYS = ("status", "statute", "days", "plans", "trip_start", "court_date_set")
PEOPLE: list[dict[str, Any]] = [
    small.ASSAULT,
    {},
    {"status": "lpr", "days": None, "plans": []},
    {"status": "none", "plans": ["travel", "naturalization"], "days": 4242},
]


def run(place: Path, *more: str) -> str:
    out, told = io.StringIO(), io.StringIO()
    asked = ("evaluate", "small", "--csv", str(place), *more)
    call_command(*asked, stdout=out, stderr=told)
    return out.getvalue()


def write(place: Path, rows: list[list[str]], mark: str = ",", text: str = "") -> Path:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=mark).writerows(rows)
    place.write_bytes((text + out.getvalue()).encode("utf-8-sig"))
    return place


def cell(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(value) or "none of these"
    return {True: "yes", False: "no", None: "not sure"}.get(value, str(value))


def people(mark: str = ",") -> list[list[str]]:
    heads = ["id", *(f"{key} | in words" for key in KEYS)]
    rows = [
        [f"case {n}", *(cell(one[key]) if key in one else "" for key in KEYS)]
        for n, one in enumerate(PEOPLE)
    ]
    return [heads, *rows]


def read(text: str, mark: str = ",") -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=mark)]


@pytest.mark.parametrize("mark", [",", ";"])
def test_each_row_comes_to_what_the_api_answers(client, screener, tmp_path, mark):
    place = write(tmp_path / "people.csv", people(mark), mark)
    target = tmp_path / "levels.csv"
    run(place, "--as-of", DAY, "--out", str(target))
    rows = read(target.read_text("utf-8"), mark)
    sent = {"items": [{"answers": one} for one in PEOPLE], "as_of": DAY}
    answered = client.post(API, json.dumps(sent), "application/json").json()["items"]
    for number, (row, item) in enumerate(zip(rows, answered, strict=True)):
        result = item["result"]
        assert row.pop("id") == f"case {number}"
        assert row.pop("row") == str(number + 2)
        assert row.pop("error") == ""
        assert row.pop("next") == (result["next"] or "")
        assert row.pop("complete") == ("yes" if result["complete"] else "no")
        assert row == {found["key"]: found["level"] for found in result["findings"]}


def test_a_file_as_excel_saves_it_and_one_without_ids_are_read(screener, tmp_path):
    rows = [row[1:] for row in people()]
    place = write(tmp_path / "people.csv", rows, ";", "sep=;\r\n")
    # Nobody answered anything in the third row: it is blank.
    assert [row["row"] for row in read(run(place), ";")] == ["2", "4", "5"]


def test_a_rows_error_names_its_column_and_spares_the_others(screener, tmp_path):
    bad = ["x", "lpr", "", f"{canary_text()} or so", "", "2077-99-01", "maybe"]
    unknown = ["y", canary_text(), "", "", "", "", ""]
    long = ["z", "", "", "", "", "", "", "more"]
    place = write(tmp_path / "people.csv", [*people()[:2], bad, unknown, long])
    out = run(place)
    good, first, second, third = read(out)
    assert good["error"] == ""
    for name in ("days: ", "trip_start: ", "court_date_set: "):
        assert name in first["error"]
    assert second["error"].startswith("status: ")
    assert third["error"]
    for row in (first, second, third):
        assert row["travel_risk"] == row["complete"] == row["next"] == ""
    assert canary_text() not in out
    assert "2077" not in out


def canary_text() -> str:
    return "4242424242"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([["id", "status", "shoes"]], "shoes"),
        ([["status", "id", "status"]], "status"),
        ([["id"], ["x"]], "question"),
        ([[]], "question"),
    ],
)
def test_columns_that_are_not_understood_are_named(screener, tmp_path, rows, told):
    place = write(tmp_path / "people.csv", rows)
    target = tmp_path / "levels.csv"
    with pytest.raises(CommandError, match=f"Row 1.*{told}"):
        run(place, "--out", str(target))
    assert [one.name for one in tmp_path.iterdir()] == ["people.csv"]


def test_another_column_may_go_through_and_no_cell_is_a_formula(screener, tmp_path):
    evil = "=HYPERLINK(1)"
    place = write(
        tmp_path / "p.csv", [["status", "file no"], ["lpr", evil], ["", "-7"]]
    )
    out = run(place, "--id-column", "file no")
    assert [row["file no"] for row in read(out)] == [f"'{evil}", "'-7"]


def test_a_result_is_whole_and_for_its_owner_or_not_there(screener, tmp_path):
    place = write(tmp_path / "people.csv", people())
    target = tmp_path / "levels.csv"
    run(place, "--out", str(target))
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    before = target.read_bytes()
    place.write_bytes(place.read_bytes() + b'broken,"mar"ks\r\n')
    with pytest.raises(CommandError, match="Row 6"):
        run(place, "--out", str(target))
    place.write_bytes(write(place, people()).read_bytes() + b"\xff\xfe,x\r\n")
    with pytest.raises(CommandError, match="UTF-8"):
        run(place, "--out", str(target))
    write(place, people())
    assert target.read_bytes() == before
    assert len([*tmp_path.iterdir()]) == 2
    with pytest.raises(CommandError, match="take the place"):
        run(place, "--out", str(place))
    for wrong in ("nowhere/levels.csv", "people.csv/levels.csv"):
        with pytest.raises(CommandError):
            run(place, "--out", str(tmp_path / wrong))
    with pytest.raises(CommandError, match="day"):
        run(place, "--as-of", "2026-02-30")


def test_nothing_of_a_file_is_logged_or_stored(screener, tmp_path, capfd):
    rows = people()
    rows[1][3] = canary_text()
    place = write(tmp_path / "people.csv", rows)
    before = canary.database()
    with canary.listening() as heard:
        run(place, "--out", str(tmp_path / "levels.csv"))
    assert any("SELECT" in line for line in heard)
    assert canary.database() == before
    words = [canary_text(), "case 0", "pc_245"]
    assert canary.left(words, *heard, *capfd.readouterr(), canary.cached()) == []
