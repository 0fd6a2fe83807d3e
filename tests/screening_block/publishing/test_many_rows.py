"""One act is one publication a screener that uses it, and reads each of these once.

Where no rule reads what changes, it reads one of them.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail.models import Site

from screening_block.law.chart_import import apply_difference, compare_file
from screening_block.law.rows import mark_checked, publish_drafts, save_row
from screening_block.models import (
    Chart,
    ChartRow,
    Publication,
    Screener,
    Threshold,
    ThresholdValue,
)
from screening_block.models.publishing import GateError
from screening_block.packs.load import load_pack
from screening_block.publishing import content, from_models
from screening_block.publishing.publish import batch
from tests.screening_block import small

pytestmark = pytest.mark.django_db
MANY = 225
#: In the tests that need not be so many.
ROWS = 40
#: Of the screeners that are live already, those that use the chart of the rows.
USERS = 3
OTHERS = 6
#: What is read of the users where only texts change: the release that is the oldest.
ONE = {"user-0": 1}


def release(key: str, rows: int) -> dict[str, Any]:
    """A release with many rows in its chart."""
    data = small.release() | {"key": key}
    chart = data["charts"]["statutes"]
    pattern = chart["rows"][1]
    texts = data["texts"]["en"]["charts"]["statutes"]["rows"]
    for number in range(rows - len(chart["rows"])):
        name = f"pc_{number:03}"
        chart["rows"].append({**pattern, "key": name})
        texts[name] = f"PC {number}"
    return data


def apart(key: str) -> dict[str, Any]:
    """A release with nothing but a threshold of its own."""
    data = small.release() | {"key": key}
    term = f"{key.replace('-', '_')}_term"
    for place in (data, data["texts"]["en"]):
        place["charts"] = {}
        place["thresholds"] = {term: place["thresholds"]["af_term"]}
    data["questions"] = [q for q in data["questions"] if q["key"] != "statute"]
    del data["texts"]["en"]["questions"]["statute"]
    all_of = data["findings"][0]["applies_when"]["of"]
    data["findings"][0]["applies_when"]["of"] = [all_of[0], all_of[2]]
    all_of[2]["right"] = {"threshold": term}
    texts = data["texts"]["en"]
    texts["intro"] = texts["intro"].replace("af_term", term)
    body = texts["findings"]["agg_felony_violence_1yr"]
    body["body"] = body["body"].replace("af_term", term)
    return data


def site() -> Any:
    return Site.objects.get(is_default_site=True).root_page


def make_nine() -> None:
    """Nine live screeners; the chart they share has two rows yet."""
    for number in range(USERS):
        load_pack(f"user-{number}", release(f"user-{number}", rows=2), site())
    for number in range(OTHERS):
        load_pack(f"other-{number}", apart(f"other-{number}"), site())


def make_rows() -> None:
    """More rows in their chart."""
    load_pack("user-0", release("user-0", ROWS), site())


@pytest.fixture(scope="module")
def filled(fill) -> None:
    fill("nine", make_nine)


@pytest.fixture(scope="module")
def filled_up(filled, fill) -> None:
    fill("nine with rows", make_rows)


@pytest.fixture
def nine(filled, db) -> None:
    assert Screener.objects.live().count() == USERS + OTHERS


@pytest.fixture
def full(filled_up, nine) -> Chart:
    """Their chart with more rows."""
    return Chart.objects.get()


@contextmanager
def counted(monkeypatch) -> Iterator[tuple[Counter, Counter]]:
    """How often each screener is read, and published, by its key."""
    read: Counter = Counter()
    published: Counter = Counter()
    parse = from_models.screener_parts

    def parts(screener: Screener) -> Any:
        read[screener.key] += 1
        return parse(screener)

    before = Publication.objects.count()
    with monkeypatch.context() as patch:
        for module in (content, from_models):
            patch.setattr(module, "screener_parts", parts)
        yield read, published
    new = Publication.objects.order_by("pk")[before:]
    published.update(new.values_list("screener_key", flat=True))


def users(*more: str) -> dict[str, int]:
    return dict.fromkeys([*(f"user-{n}" for n in range(USERS)), *more], 1)


@pytest.mark.once  # what is counted; each act below writes on every database
def test_loading_many_rows_reads_and_publishes_each_user_once(nine, monkeypatch):
    with counted(monkeypatch) as (read, published):
        load_pack("new", release("new", MANY), site())
    assert read == published == users("new")


def test_loading_what_is_there_already_publishes_nothing(full, monkeypatch):
    with counted(monkeypatch) as (read, published):
        load_pack("user-0", release("user-0", ROWS), site())
    # To find what the pack would change.
    assert read == {"user-0": 1}
    assert not published


def test_a_row_alone_reads_each_user_once(full, monkeypatch):
    row = ChartRow.objects.get(key="pc_010")
    row.cells = {"also": ["drug"]}
    revision = row.save_revision()
    with counted(monkeypatch) as (read, published):
        revision.publish()
    assert read == published == users()


def test_a_label_alone_reads_one_user_once(full, monkeypatch):
    row = ChartRow.objects.get(key="pc_010")
    row.label = "Another label"
    revision = row.save_revision()
    with counted(monkeypatch) as (read, published):
        revision.publish()
    assert read == ONE
    assert published == users()


def test_a_spreadsheet_of_many_rows_is_one_publication_a_screener(full, monkeypatch):
    lines = [f"{key},New {key}" for key in full.rows.values_list("key", flat=True)]
    found = compare_file(full, "\n".join(["key,label", *lines, "fresh,Fresh"]).encode())
    assert not found.problems
    assert len(found.rows) == ROWS + 1
    with counted(monkeypatch) as (read, published):
        apply_difference(found, [], None, publish=True)
    assert read == published == users()


def test_a_spreadsheet_that_leaves_rows_out_is_one_publication_a_screener(
    full, monkeypatch
):
    found = compare_file(full, b"key\npc_245\npc_25400")
    gone = [row.record.pk for row in found.missing]
    assert len(gone) == ROWS - 2
    with counted(monkeypatch) as (read, published):
        apply_difference(found, gone, None, publish=True)
    assert read == published == users()
    assert full.rows.count() == 2


def test_marking_many_rows_as_checked_is_one_publication_a_screener(full, monkeypatch):
    with counted(monkeypatch) as (read, published):
        done = mark_checked(
            full.rows.all(),
            get_user_model().objects.create_superuser("m", "m@example.org", "x"),
            checked_on=dt.date(2026, 11, 1),
            checked_by="A. Lawyer",
            next_review=None,
            publish=True,
        )
    assert done == ROWS
    assert read == ONE
    assert published == users()


def test_publishing_many_drafts_is_one_publication_a_screener(full, monkeypatch):
    for row in full.rows.all():
        row.label = f"New {row.key}"
        save_row(row, None, publish=False)
    with counted(monkeypatch) as (read, published):
        assert publish_drafts(full.rows.all(), None) == ROWS
    assert read == ONE
    assert published == users()


def test_deleting_many_rows_in_the_admin_is_one_publication_a_screener(
    full, editor, monkeypatch
):
    rows = full.rows.exclude(key__in=["pc_245", "pc_25400"])
    ids = "&".join(f"id={pk}" for pk in rows.values_list("pk", flat=True)[:20])
    url = reverse("wagtail_bulk_action", args=["screening_block", "chartrow", "delete"])
    with counted(monkeypatch) as (read, published):
        answer = editor.post(f"{url}?{ids}")
    assert answer.status_code == 302
    assert full.rows.count() == ROWS - 20
    # Once before, to see whether it may be, and once when it is done.
    assert set(read.values()) == {2}
    assert published == users()


def test_rows_deleted_by_code_are_gone_from_the_releases(full, monkeypatch):
    with counted(monkeypatch) as (read, published):
        full.rows.filter(key__startswith="pc_01").delete()
    assert read == published == users()
    with counted(monkeypatch) as (read, published):
        ChartRow.objects.filter(key="pc_000").first().delete()
    assert read == published == users()


def test_what_screeners_need_is_not_deleted_together_either(full, editor):
    term = Threshold.objects.get(key="af_term")
    spare = Threshold.objects.create(key="spare", label="Spare", live=False)
    url = reverse(
        "wagtail_bulk_action", args=["screening_block", "threshold", "delete"]
    )
    editor.post(f"{url}?id={term.pk}&id={spare.pk}")
    assert Threshold.objects.filter(pk__in=[term.pk, spare.pk]).count() == 2
    with pytest.raises(GateError):
        Threshold.objects.filter(pk__in=[term.pk, spare.pk]).delete()


def test_a_chart_value_that_every_row_lacks_is_refused_in_one_message(full):
    wrong = [row.get_latest_revision_as_object() for row in full.rows.all()]
    with pytest.raises(GateError) as refused, batch():
        for row in wrong:
            row.cells = {"violence": "perhaps"}
            save_row(row, None, publish=True)
    (message,) = refused.value.messages
    assert "rows/pc_245/cells/violence (“perhaps”); " in message
    assert message.endswith("; 32 more places: The column has no such value.")
    assert message.count("no such value") == 1


def test_one_act_inside_another_is_part_of_it(full, monkeypatch):
    term = Threshold.objects.get(key="af_term")
    with counted(monkeypatch) as (read, published), batch():
        full.rows.filter(key="pc_001").delete()
        term.label = "Days"
        term.save_revision().publish()
        full.rows.filter(key="pc_002").delete()
    assert read == published == users()


def test_law_that_nobody_uses_publishes_nobody(full, monkeypatch):
    spare = Threshold.objects.create(key="spare", label="Spare", live=False)
    spare.values.add(ThresholdValue(starts_on=dt.date(2020, 1, 1), number=1))
    revision = spare.save_revision()
    with counted(monkeypatch) as (read, published):
        revision.publish()
    assert not read
    assert not published
