"""A chart's working table: found, changed in place, marked, by who may."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from screening_block.law.rows import working_rows
from screening_block.models import Chart, ChartRow, Publication, Release

pytestmark = pytest.mark.django_db


@pytest.fixture
def chart(screener) -> Chart:
    return Chart.objects.get(key="statutes")


@pytest.fixture
def writer(client, django_user_model):
    """Somebody who may change rows and publish none."""
    group = Group.objects.create(name="Writers")
    group.permissions.set(
        Permission.objects.filter(
            codename__in=["access_admin", "change_chartrow", "view_chartrow"]
        )
    )
    user = django_user_model.objects.create_user("writer", "w@example.org", "x")
    user.groups.add(group)
    client.force_login(user)
    return client


def url(chart, name, *args) -> str:
    return reverse(chart.snippet_viewset.get_url_name(name), args=[chart.pk, *args])


def set_cell(client, chart, row, column, *values, version=None, publish=False):
    row.refresh_from_db()
    return client.post(
        url(chart, "cell", row.pk),
        {
            "column": column,
            "value": values,
            "version": row.latest_revision_id if version is None else version,
            "publish": "1" if publish else "",
        },
    )


def cell_now(key: str, column: str):
    """The published cell, and the cell as last saved."""
    row = ChartRow.objects.get(key=key)
    latest = row.get_latest_revision_as_object()
    return row.cells.get(column), latest.cells.get(column)


def test_rows_are_found_by_words_status_and_cells(editor, chart):
    for query, found in (
        ("", ["pc_245", "pc_25400"]),
        ("q=assault", ["pc_245"]),
        ("q=25400", ["pc_25400"]),
        ("q=INA+101", ["pc_25400"]),
        ("q=assault+carrying", []),
        ("status=verified", ["pc_25400"]),
        ("in-violence=candidate", ["pc_245"]),
        ("in-violence=__blank", ["pc_25400"]),
        ("in-violence=__blank&in-violence=candidate", ["pc_245", "pc_25400"]),
        ("blank=any", ["pc_245", "pc_25400"]),
        ("blank=none", []),
        ("state=draft", []),
    ):
        response = editor.get(f"{url(chart, 'rows')}?{query}")
        listed = [row.record.key for row in response.context["object_list"]]
        assert listed == found, query
    results = editor.get(f"{url(chart, 'rows_results')}?q=assault").content.decode()
    assert "PC 245: assault" in results
    assert "PC 25400" not in results


def test_the_table_shows_labels_and_what_a_blank_cell_means(editor, chart):
    text = editor.get(url(chart, "rows")).content.decode()
    assert "may be" in text
    assert '<span class="ls-blank">no</span>' in text
    assert '<span class="ls-blank">none of these</span>' in text
    assert ">candidate<" not in text


def test_a_cell_is_saved_as_a_draft_and_publishes_nothing(editor, chart):
    row = ChartRow.objects.get(key="pc_25400")
    before = Release.current("small").pk
    answer = set_cell(editor, chart, row, "violence", "candidate")
    assert answer.status_code == 200
    assert answer.json()["message"] == "Saved as a draft."
    assert cell_now("pc_25400", "violence") == (None, "candidate")
    assert Release.current("small").pk == before
    assert working_rows(chart)[1].state == "changed"


def test_a_cell_published_at_once_is_in_the_next_release(editor, chart):
    row = ChartRow.objects.get(key="pc_25400")
    answer = set_cell(editor, chart, row, "also", "drug", publish=True)
    assert answer.json()["picked"] == ["drug"]
    assert cell_now("pc_25400", "also") == (["drug"], ["drug"])
    rows = Release.current("small").load().data["charts"]["statutes"]["rows"]
    assert rows[1]["cells"] == {"also": ["drug"]}
    set_cell(editor, chart, row, "also", publish=True)
    assert cell_now("pc_25400", "also") == (None, None)


def test_nobody_writes_over_a_change_that_was_not_seen(editor, chart):
    row = ChartRow.objects.get(key="pc_245")
    seen = row.latest_revision_id
    assert set_cell(editor, chart, row, "also", "drug").status_code == 200
    answer = set_cell(editor, chart, row, "violence", "no", version=seen)
    assert answer.status_code == 409
    assert cell_now("pc_245", "violence") == ("candidate", "candidate")
    assert answer.json()["picked"] == ["candidate"]
    again = answer.json()["version"]
    assert (
        set_cell(editor, chart, row, "violence", "no", version=again).status_code == 200
    )
    assert cell_now("pc_245", "also") == (None, ["drug"])


@pytest.mark.once  # refused before anything is written
@pytest.mark.parametrize(
    ("column", "values", "status"),
    [
        ("violence", ["forged"], 400),
        ("violence", ["candidate", "no"], 400),
        ("violence", ["-"], 400),
        ("nobody", ["no"], 400),
    ],
)
def test_a_value_that_is_not_in_the_column_is_refused(
    editor, chart, column, values, status
):
    row = ChartRow.objects.get(key="pc_245")
    assert set_cell(editor, chart, row, column, *values).status_code == status
    assert cell_now("pc_245", "violence") == ("candidate", "candidate")


def test_rights_decide_between_draft_and_publishing(writer, chart):
    row = ChartRow.objects.get(key="pc_25400")
    page = writer.get(url(chart, "rows")).content.decode()
    assert "is published at once" not in page
    answer = set_cell(writer, chart, row, "violence", "candidate", publish=True)
    assert answer.status_code == 403
    assert cell_now("pc_25400", "violence") == (None, None)
    assert set_cell(writer, chart, row, "violence", "candidate").status_code == 200
    act = url(chart, "rows_act")
    data = {"row": [row.pk], "checked_on": "2026-11-01", "checked_by": "A. Reader"}
    denied = writer.post(act, {**data, "publish": "1"})
    assert denied.status_code in (302, 403)
    assert (
        ChartRow.objects.get(key="pc_25400").get_latest_revision_as_object().checked_by
        == ""
    )
    writer.post(act, {**data, "publish_drafts": "1"})
    assert cell_now("pc_25400", "violence") == (None, "candidate")
    writer.post(act, data)
    assert (
        ChartRow.objects.get(key="pc_25400").get_latest_revision_as_object().checked_by
        == "A. Reader"
    )


def test_a_reader_of_the_chart_changes_nothing(client, chart, django_user_model):
    user = django_user_model.objects.create_user("reader", "r@example.org", "x")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    row = ChartRow.objects.get(key="pc_245")
    assert set_cell(client, chart, row, "violence", "no").status_code in (302, 403)
    assert client.get(url(chart, "rows")).status_code in (302, 403)
    assert client.get(url(chart, "csv")).status_code in (302, 403)
    assert cell_now("pc_245", "violence") == ("candidate", "candidate")


def test_a_locked_row_stays_as_it_is(editor, chart, django_user_model):
    other = django_user_model.objects.create_superuser("other", "o@example.org", "x")
    ChartRow.objects.filter(key="pc_245").update(locked=True, locked_by=other)
    row = ChartRow.objects.get(key="pc_245")
    assert set_cell(editor, chart, row, "violence", "no").status_code == 423
    assert cell_now("pc_245", "violence") == ("candidate", "candidate")


def test_rows_are_marked_as_checked_in_one_go_and_published_once(editor, chart):
    before = Publication.objects.count()
    answer = editor.post(
        url(chart, "rows_act"),
        {
            "row": list(chart.rows.values_list("pk", flat=True)),
            "checked_on": "2026-11-01",
            "checked_by": "A. Reader",
            "next_review": "2027-05-01",
            "publish": "1",
        },
        follow=True,
    )
    assert "2 rows marked as checked and published." in answer.content.decode()
    for row in chart.rows.all():
        assert (row.status, row.checked_by) == ("verified", "A. Reader")
        assert row.checked_on == dt.date(2026, 11, 1)
    assert Publication.objects.count() == before + 1
    release = Release.current("small").load().data
    assert release["charts"]["statutes"]["rows"][0]["checked_on"] == "2026-11-01"
    # The widget tells visitors when the earliest review of a part is past.
    assert release["review"]["next_due"] == "2027-05-01"


def test_drafts_that_would_break_a_screener_are_all_kept_as_drafts(editor, chart):
    rows = list(chart.rows.order_by("sort_order"))
    set_cell(editor, chart, rows[0], "also", "drug")
    broken = rows[1].get_latest_revision_as_object()
    broken.cells = {"violence": "nobody"}
    broken.save_revision()
    answer = editor.post(
        url(chart, "rows_act"),
        {"row": [row.pk for row in rows], "publish_drafts": "1"},
        follow=True,
    )
    text = answer.content.decode()
    assert "Nothing was changed" in text
    assert "pc_25400" in text
    assert cell_now("pc_245", "also") == (None, ["drug"])


@pytest.mark.once  # refused before anything is written
@pytest.mark.parametrize("sent", ["²", "½", "-1", "1.5", "9" * 30, "9" * 5_000, ""])
def test_what_is_no_number_in_an_address_is_nothing_and_no_fault(editor, chart, sent):
    row = chart.rows.first()
    assert set_cell(editor, chart, row, "violence", "no", version=sent).status_code in (
        400,
        409,
    )
    assert editor.post(url(chart, "rows_act"), {"row": sent}).status_code == 302
    assert (
        editor.post(url(chart, "import"), {"content": "x", "remove": sent}).status_code
        < 500
    )
    add = reverse(ChartRow.snippet_viewset.get_url_name("add"))
    assert editor.get(add, {"chart": sent}).status_code == 200


def test_a_new_row_begins_with_the_columns_of_its_chart(editor, chart):
    add = reverse(ChartRow.snippet_viewset.get_url_name("add"))
    text = editor.get(f"{add}?chart={chart.pk}").content.decode()
    assert 'name="cells-violence"' in text
    assert "Blank: no" in text
