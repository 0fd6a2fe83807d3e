"""What was worked out once about rules is not worked out again, by any process."""

from __future__ import annotations

import copy
import datetime as dt
import json
import random
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction
from django.urls import reverse

from screening_block import engine
from screening_block.models import ChartRow, Publication, Remembered, Threshold
from screening_block.models.releases import today
from screening_block.packs.load import load_pack
from screening_block.publishing import (
    release_flags,
    remembered,
    scenario_runs,
    visit_lengths,
)
from screening_block.publishing.meaning import hash_meaning
from screening_block.publishing.release_flags import MAX_STEPS, find_flags
from screening_block.publishing.remembered import ResultCache, write_down
from screening_block.review import impact
from screening_block.review.impact_views import impact_url
from tests.screening_block import small
from tests.screening_block.scenarios.test_scenarios import add, term_from

pytestmark = pytest.mark.django_db
CACHES = (
    (release_flags, "_flags_by_meaning"),
    (scenario_runs, "_passed"),
    (visit_lengths, "_measured"),
    (impact, "_comparisons"),
    (impact, "_moved"),
)


def forget_here() -> None:
    """As another process would begin; the database stays."""
    write_down()
    for module, name in CACHES:
        getattr(module, name).results.clear()
    release_flags._memories.results.clear()


@pytest.fixture
def worked_out(monkeypatch) -> Iterator[list[str]]:
    """What is worked out, by name, from an empty memory on."""
    monkeypatch.setattr(remembered, "_waiting", {})
    Remembered.objects.all().delete()
    forget_here()
    found: list[str] = []

    def counted(module: Any, name: str, work: Any) -> None:
        def count(*args: Any, **kwargs: Any) -> Any:
            found.append(name)
            return work(*args, **kwargs)

        monkeypatch.setattr(module, name, count)

    for name in ("flags", "compare", "walk"):
        counted(engine, name, getattr(engine, name))
    counted(scenario_runs, "run_case", scenario_runs.run_case)
    counted(impact, "run_case", impact.run_case)
    yield found
    forget_here()


def renamed(data: dict[str, Any]) -> dict[str, Any]:
    """The same rules under another key, with another key of the threshold, other
    texts and other citations."""
    text = json.dumps(data).replace("af_term", "own_term")
    found = json.loads(text.replace("A long sentence", "Something else"))
    found["key"] = "other"
    found["thresholds"]["own_term"]["checked_by"] = "Somebody"
    for finding in found["findings"]:
        finding["citations"] = [{"text": "Another law", "status": "verified"}]
    return found


def test_another_process_works_nothing_out_again(screener, editor, worked_out):
    add(screener)
    record = term_from(300)
    record.save_revision()
    page = editor.get(impact_url(record))
    assert {"flags", "compare", "run_case"} <= set(worked_out)
    shown = page.content
    forget_here()
    worked_out.clear()
    again = editor.get(impact_url(record))
    # The one that fails is run again, for its message.
    assert set(worked_out) <= {"run_case"}
    assert len(worked_out) <= 2
    assert again.context["impact"]["state"] == page.context["impact"]["state"]
    assert strip(again.content) == strip(shown)


def strip(content: bytes) -> str:
    """A page without what is another one in each request."""
    return re.sub(r"[\w-]{30,}", "", content.decode())


def test_a_new_label_is_compiled_and_nothing_is_searched_or_run(
    screener, editor, worked_out
):
    add(screener)
    ChartRow.objects.get(key="pc_25400").save_revision().publish()
    row = ChartRow.objects.get(key="pc_245")
    row.label = "New words"
    row.citations = []
    row.save_revision()
    forget_here()
    worked_out.clear()
    page = editor.get(impact_url(row))
    read = page.context["impact"]["state"], page.context["revision"]
    sent = dict(zip(("state", "revision"), read, strict=True))
    before = Publication.objects.count()
    assert editor.post(impact_url(row), sent).status_code == 302
    assert Publication.objects.count() == before + 1
    assert not worked_out


def test_equal_rules_are_searched_once_for_all_screeners(screener, root, worked_out):
    data = renamed(small.release())
    load_pack("other_pack", data, root)
    load_pack("third_pack", small.release() | {"key": "third"}, root)
    worked_out.clear()
    before = Publication.objects.count()
    row = ChartRow.objects.get(key="pc_25400")
    row.cells = {"violence": "no"}
    row.save_revision().publish()
    assert Publication.objects.count() == before + 3
    assert worked_out.count("flags") == 1


def edits(dice: random.Random) -> tuple[dict[str, Any], bool]:
    """A changed release, and whether it means the same as before."""
    data = copy.deepcopy(small.release())
    kind = dice.randrange(8)
    finding = dice.choice(data["findings"])
    if kind == 0:
        return renamed(data), True
    if kind == 1:
        data["texts"]["en"]["title"] = f"Title {dice.random()}"
        finding["status"], finding["checked_on"] = "verified", "2026-01-02"
        return data, True
    if kind == 2:
        data["thresholds"]["af_term"]["values"][0]["value"] = dice.randint(1, 364)
    elif kind == 3:
        finding["applies_when"] = {"op": "not", "of": [finding["applies_when"]]}
    elif kind == 4:
        finding["severity"] = "low" if finding["severity"] != "low" else "high"
        finding["applies_when"] = {"op": "all", "of": [finding["applies_when"]]}
    elif kind == 5:
        data["charts"]["statutes"]["rows"][1]["cells"] = {"violence": "candidate"}
    elif kind == 6:
        keys = [one["key"] for one in data["findings"]]
        data["exclusive"] = [dice.sample(keys, 2)]
    else:
        data["facts"][0]["when"]["of"][0]["value"] = "lpr"
    return data, False


def compare_with_a_fresh_search(seeds: range) -> int:
    """Whether what is remembered is what a fresh search finds; how many were tried."""
    plain = engine.load_release(small.release())
    tried = 0
    for seed in seeds:
        data, same = edits(random.Random(seed))
        try:
            release = engine.load_release(data)
        except engine.ReleaseError:
            continue
        tried += 1
        assert (hash_meaning(release) == hash_meaning(plain)) == same, seed
        day = today(release)
        fresh = (
            *engine.flags(release, day, budget=MAX_STEPS),
            *engine.result_flags(release),
        )
        for _turn in range(2):
            release_flags._memories.results.clear()
            assert json.dumps(find_flags(release)) == json.dumps(fresh), seed
            forget_here()
    return tried


def test_what_is_remembered_is_what_a_fresh_search_finds():
    assert compare_with_a_fresh_search(range(24)) >= 16


def test_what_is_old_or_too_much_is_forgotten(monkeypatch):
    forget_here()
    Remembered.objects.all().delete()
    old = dt.datetime.now(dt.UTC).date() - remembered.KEPT - dt.timedelta(days=1)
    Remembered.objects.create(digest="old", value="1", size=1, made_on=old)
    cache: ResultCache[str] = ResultCache(2, "test")
    assert cache.get("a", lambda: "x" * 60) == "x" * 60
    write_down()
    kept = Remembered.objects.get()
    assert kept.value == json.dumps("x" * 60)
    monkeypatch.setattr(remembered, "MOST_KEPT", 100)
    cache.get("b", lambda: "y" * 60)
    write_down()
    assert Remembered.objects.get().value == json.dumps("y" * 60)
    monkeypatch.setattr(remembered, "LARGEST", 10)
    cache.get("c", lambda: "z" * 60)
    write_down()
    assert Remembered.objects.count() == 1


def test_a_plan_that_is_undone_leaves_what_it_learnt_to_the_next(worked_out):
    cache: ResultCache[int] = ResultCache(2, "test")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        cache.get("a", lambda: 5)
        raise ZeroDivisionError
    cache.results.clear()
    assert cache.get("a", lambda: 6) == 5


@pytest.mark.django_db(transaction=True)
def test_whoever_reads_waits_for_nobody_who_writes(screener, editor, worked_out):
    """A page is answered while another process holds what it would write down."""
    record = term_from(300)
    record.save_revision()
    writing, read = Event(), Event()

    def write() -> None:
        try:
            with transaction.atomic():
                Threshold.objects.filter(pk=record.pk).update(note="x")
                digests = list(remembered._waiting)
                day = dt.datetime.now(dt.UTC).date()
                Remembered.objects.bulk_create(
                    Remembered(digest=one, value="1", size=1, made_on=day)
                    for one in digests
                )
                writing.set()
                assert read.wait(60)
        finally:
            connection.close()

    remembered._waiting["theirs"] = "1"
    with ThreadPoolExecutor(1) as pool:
        theirs = pool.submit(write)
        assert writing.wait(60)
        try:
            begin = dt.datetime.now(dt.UTC)
            assert editor.get(impact_url(record)).status_code == 200
            took = dt.datetime.now(dt.UTC) - begin
        finally:
            read.set()
        theirs.result(timeout=60)
    assert took < dt.timedelta(seconds=15)
    assert list(Remembered.objects.values_list("digest", flat=True)) == ["theirs"]
    # Nothing is lost to this process, and the database serves others again.
    assert editor.get(reverse("wagtailadmin_home")).status_code == 200
