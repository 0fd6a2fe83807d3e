"""What no rule reads is told anew in all releases, as if each had been made anew."""

from __future__ import annotations

import copy
import datetime as dt
import random
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given, settings, strategies as st
from wagtail.models import Locale, Site

from screening_block import engine
from screening_block.engine import canonical
from screening_block.models import (
    Chart,
    ChartRow,
    Publication,
    Recall,
    Release,
    Scenario,
    Screener,
    Threshold,
    ThresholdValue,
)
from screening_block.models.release_pieces import cut, recut, store
from screening_block.packs.load import load_pack
from screening_block.publishing import assess
from screening_block.publishing.json_places import JsonPlaces, splice
from screening_block.publishing.publish import batch
from screening_block.publishing.rehearse import rehearse_publish
from screening_block.publishing.retelling import TextChange
from tests.law_pack import law_pack
from tests.screening_block import small
from tests.screening_block.rehearsing import (
    Outcome,
    current,
    done,
    publish,
    said,
    undone,
)
from tests.screening_block.scenarios.test_scenarios import case

pytestmark = pytest.mark.django_db
LABEL = small.RELEASE["texts"]["en"]["charts"]["statutes"]["rows"]["pc_245"]
USERS = ("small", "second", "third")


def make_sharers() -> None:
    """Three screeners that share the law; two and some of the law in Spanish too."""
    root = Site.objects.get(is_default_site=True).root_page
    spanish, _made = Locale.objects.get_or_create(language_code="es")
    for number, key in enumerate(USERS):
        page = load_pack(f"{key}_pack", small.release() | {"key": key}, root).screener
        if number < 2:
            translation = page.copy_for_translation(spanish, copy_parents=True)
            translation.save_revision().publish()
    chart = Chart.objects.get().copy_for_translation(spanish)
    chart.label = "Leyes"
    chart.save()
    chart.save_revision().publish()
    row = ChartRow.objects.get(key="pc_245").copy_for_translation(spanish)
    row.label, row.chart = "Agresión", chart
    row.save()
    row.save_revision().publish()
    Scenario.objects.create(
        screener=page.translation_key, name="A day short", case=case()
    )


@pytest.fixture(scope="module")
def filled(fill) -> None:
    fill("sharers", make_sharers)


@pytest.fixture
def sharers(filled, db) -> None:
    pass


def change_at_random(record: Any, make: random.Random) -> None:
    """Change what no rule reads: one or two fields of a record."""
    day = dt.date(2027, 1, 1) + dt.timedelta(make.randrange(900))
    words = make.choice(["Sección", "A label", 'It says "so"', "Line\nbreak", "☃ \\ /"])
    sourced = hasattr(record, "citations")
    kept = list(record.citations.get_prep_value()) if sourced else []
    value = {"text": words, "url": "", "status": "verified", "source": "S1"}
    cited = {"type": "citation", "value": value}
    fields = {
        "label": f"{words} {make.randrange(99)}",
        "note": make.choice(["", words]),
        "citations": make.choice([kept[1:], [*kept, cited]]),
        "status": make.choice(["verified", "needs_checking"]),
        "checked_by": make.choice(["", "A. Lawyer"]),
        "checked_on": make.choice([None, day]),
        "next_review": make.choice([None, day]),
        "editors_note": words,
    }
    own = [name for name in fields if hasattr(record, name)]
    for name in make.sample(own, min(len(own), make.choice([1, 1, 2]))):
        setattr(record, name, fields[name])


def draft_at_random(make: random.Random) -> Any:
    everything = [
        *Threshold.objects.all(),
        *Chart.objects.all(),
        *ChartRow.objects.all(),
    ]
    record = make.choice(everything)
    record.has_source = hasattr(record, "citations")
    change_at_random(record, make)
    record.save_revision()
    return type(record).objects.get(pk=record.pk)


def check_releases() -> None:
    """What is current is stored under its name, in the pieces that it is cut into."""
    for key in USERS:
        release = Release.current(key)
        assert release is not None
        text = release.canonical.encode()
        assert engine.load_release(text).sha256 == release.sha256
        assert release.pieces == store(text)
        assert (
            release.lengths == Release.objects.filter(screener_key=key).last().lengths
        )


def go_the_long_road(monkeypatch: Any, records: list[Any]) -> Outcome:
    """The outcome where every release is made anew."""
    with monkeypatch.context() as patch:
        patch.setattr(assess, "find_text_changes", lambda *args: [])
        return done(lambda: publish(*records))


def test_random_edits_of_texts_give_the_releases_of_the_long_road(sharers, monkeypatch):
    """Of some edits, alone or by threes, in either language."""
    make = random.Random(7)
    told: dict[bool, int] = {True: 0, False: 0}
    for _number in range(10):
        records = [draft_at_random(make) for _n in range(make.choice([1, 1, 3]))]
        records = list({(type(one), one.pk): one for one in records}.values())
        changes = rehearse_publish(*records)
        short = any(isinstance(one, TextChange) for one in changes)
        told[short] += 1
        foretold = said(changes)
        assert go_the_long_road(monkeypatch, records) == foretold
        with batch():
            publish(*records)
        assert current() == foretold
        check_releases()
    # The others move the earliest next review.
    assert told[True] > told[False]


def label_row(text: str = "Another label") -> ChartRow:
    row = ChartRow.objects.get(key="pc_245", locale=Locale.get_default())
    row.label = text
    row.save_revision()
    return ChartRow.objects.get(pk=row.pk)


@pytest.fixture
def list_told(sharers, monkeypatch) -> Callable[..., set[str]]:
    """The screeners that are told anew; the outcome is that of the long road."""

    def tell(*records: Any) -> set[str]:
        changes = rehearse_publish(*records)
        foretold = done(lambda: publish(*records))
        assert said(changes) == foretold == go_the_long_road(monkeypatch, [*records])
        return {one.screener.key for one in changes if isinstance(one, TextChange)}

    return tell


def test_a_label_is_told_anew_and_its_cause_is_in_the_log(list_told):
    row = label_row()
    assert list_told(row) == set(USERS)
    before = Publication.objects.count()
    publish(row)
    log = Publication.objects.order_by("pk")[before:]
    assert {one.screener_key for one in log} == set(USERS)
    assert {one.cause for one in log} == {"chart row “pc_245”"}


def test_what_a_rule_may_read_is_made_anew(list_told):
    assert list_told(label_row("Needs {af_term} days")) == set()
    assert list_told(label_row("A brace }")) == set()
    row = label_row()
    row.cells = {"also": ["drug"], **row.cells}
    row.save_revision()
    assert list_told(row) == set()
    threshold = Threshold.objects.get()
    threshold.label = "Words and a number"
    threshold.values.add(ThresholdValue(starts_on=dt.date(2030, 1, 1), number=365))
    threshold.save_revision()
    assert list_told(threshold) == set()


def test_a_release_that_is_not_as_expected_is_made_anew(list_told):
    """A language whose time is over, a release that was recalled, a case that
    waits for the next publish."""
    row = label_row()
    spanish = Screener.objects.get(key="small", locale__language_code="es")
    with undone():
        ended = timezone.now() - dt.timedelta(minutes=1)
        Screener.objects.filter(pk=spanish.pk).update(expire_at=ended)
        assert list_told(row) == {"second", "third"}
    with undone():
        new = {one.screener.key: one.new_hash for one in rehearse_publish(row)}
        publish(row)
        back = label_row(
            small.RELEASE["texts"]["en"]["charts"]["statutes"]["rows"]["pc_245"]
        )
        publish(back)
        Recall.objects.create(release_id=new["third"], reason="It is wrong.")
        (refused,) = said(rehearse_publish(label_row()))
        assert "recalled" in refused
    with undone():
        page = Screener.objects.get(key="third")
        Scenario.objects.create(
            screener=page.translation_key, name="New", case=None, proposed=case()
        )
        assert list_told(row) == {"small", "second"}


def test_a_change_after_another_in_one_act_counts(list_told):
    """In one batch the same row is saved twice, and another record for its rules."""
    with undone():
        with batch():
            publish(label_row("First"))
            publish(label_row("Second"))
        for key in USERS:
            texts = Release.load_current(key).data["texts"]["en"]
            assert texts["charts"]["statutes"]["rows"]["pc_245"] == "Second"
        check_releases()
    with undone():
        threshold = Threshold.objects.get()
        threshold.values.add(ThresholdValue(starts_on=dt.date(2030, 1, 1), number=365))
        threshold.save_revision()
        records = [label_row("First"), threshold]
        assert list_told(*records) == set()


@settings(max_examples=12, deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_text_is_cut_anew_as_if_from_the_start(make: random.Random):
    data = law_pack().release()
    text = canonical(data)
    places = JsonPlaces(text.decode())
    new = copy.deepcopy(data)
    changes = []
    texts = data["texts"]["en"]["findings"]
    for key in make.sample(sorted(texts), make.choice([1, 2, 5])):
        said = "x" * make.choice([0, 1, 60, 5_000]) + "é" * make.randrange(3)
        new["texts"]["en"]["findings"][key]["body"] = said
        path = ("texts", "en", "findings", key, "body")
        changes.append(places.replace(path, texts[key]["body"], said))
    changes.sort()
    changed = splice(text, changes)
    assert changed == canonical(new)
    old = list(cut(text))
    found = list(recut(old, changed, changes))
    assert [old[p] if isinstance(p, int) else p for p in found] == list(cut(changed))
    assert sum(isinstance(one, int) for one in found) > len(old) / 2


def test_a_place_is_found_by_names_and_keys():
    data = {"a": [], "b": {}, "l": [{"key": "x", "v": 1}, 5, {"key": "y", "v": "ü"}]}
    places = JsonPlaces(canonical(data).decode())
    assert places.value(("l", "y", "v")) == "ü"
    assert places.members(()) == ["a", "b", "l"]
    assert places.members(("b",)) == []
    for path in (("a", "x"), ("b", "x"), ("l", "z"), ("l", "x", "v", "w"), ("c",)):
        with pytest.raises(KeyError):
            places.find(path)
    with pytest.raises(KeyError):
        places.replace(("l", "y", "v"), "u", "v")
    one = places.replace(("l", "y", "v"), "ü", "ö")
    data["l"][2]["v"] = "ö"
    assert splice(places.text.encode(), [one]) == canonical(data)
