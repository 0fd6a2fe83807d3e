"""What a rehearsal says is what the act then does, and it writes and locks nothing."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Locale, PageViewRestriction, Site

from screening_block.models import (
    Chart,
    ChartRow,
    Recall,
    Release,
    Scenario,
    Screener,
    Threshold,
    ThresholdValue,
)
from screening_block.packs.load import load_pack
from screening_block.publishing.rehearse import (
    rehearse_delete,
    rehearse_publish,
    rehearse_unpublish,
)
from tests.screening_block import small
from tests.screening_block.rehearsing import (
    current,
    done,
    publish,
    said,
    stored,
    undone,
)
from tests.screening_block.scenarios.test_scenarios import TERM, case

pytestmark = pytest.mark.django_db


def make_world() -> None:
    """Two screeners that share the law, one of them and its law in Spanish too, and
    law that nobody uses."""
    root = Site.objects.get(is_default_site=True).root_page
    page = load_pack("small_pack", small.release(), root).screener
    load_pack("other_pack", small.release() | {"key": "other"}, root)
    spanish, _made = Locale.objects.get_or_create(language_code="es")
    translation = page.copy_for_translation(spanish, copy_parents=True)
    translation.title = "Un cuestionario"
    translation.save_revision().publish()
    records = [Threshold.objects.get(), Chart.objects.get(), *ChartRow.objects.all()]
    charts = {}
    for record in records:
        copy = record.copy_for_translation(spanish)
        copy.label = f"{record.label} (es)"
        if isinstance(copy, ChartRow):
            copy.chart = charts[record.chart_id]
        copy.save()
        if isinstance(copy, Chart):
            charts[record.pk] = copy
        copy.save_revision().publish()
    spare = Chart.objects.create(key="spare", label="Spare", live=False)
    spare.columns = Chart.objects.get(key="statutes", locale=page.locale).columns
    spare.save_revision().publish()
    unused = Threshold.objects.create(key="unused", label="Unused", live=False)
    unused.values.add(ThresholdValue(starts_on=dt.date(2020, 1, 1), number=5))
    unused.save_revision().publish()
    Scenario.objects.create(
        screener=page.translation_key, name="A day short", case=case()
    )
    Scenario.objects.create(screener=page.translation_key, name="New", proposed=case(5))
    Scenario.objects.create(
        screener=page.translation_key,
        name="A year, until it is longer",
        case=case(365, "applies"),
        proposed=case(365),
    )


@pytest.fixture(scope="module")
def filled(fill) -> None:
    fill("world", make_world)


@pytest.fixture
def world(filled, db) -> None:
    pass


def screener(key: str = "small", language: str = "en") -> Screener:
    return Screener.objects.get(key=key, locale__language_code=language)


def threshold(key: str = "af_term", language: str = "en") -> Threshold:
    return Threshold.objects.get(key=key, locale__language_code=language)


def chart(key: str = "statutes", language: str = "en") -> Chart:
    return Chart.objects.get(key=key, locale__language_code=language)


def row(key: str = "pc_245", language: str = "en") -> ChartRow:
    return ChartRow.objects.get(key=key, locale__language_code=language)


def with_value(record: Threshold, number: int) -> Threshold:
    record.values.add(ThresholdValue(starts_on=dt.date(2026, 11, 1), number=number))
    return record


def without_finding(page: Screener, key: str) -> Screener:
    blocks = page.findings.get_prep_value()
    page.findings = [block for block in blocks if block["value"]["key"] != key]
    return page


def naming(page: Screener, key: str) -> Screener:
    """A rule that names another threshold."""
    blocks = list(page.findings.get_prep_value())
    blocks[0]["value"]["applies_when"]["of"][2]["right"] = {"threshold": key}
    page.findings = blocks
    return page


def changed(record: Any, **fields: Any) -> Any:
    for name, value in fields.items():
        setattr(record, name, value)
    return record


def saved(drafts: list[Any]) -> list[Any]:
    """The stored records, after each draft was saved."""
    for draft in drafts:
        draft.save_revision(clean=False)
    return [stored(draft) for draft in drafts]


def offline(record: Any) -> Any:
    """The same record after it went off line, as a draft."""
    record.unpublish()
    return stored(record)


DRAFTS: dict[str, Callable[[], list[Any]]] = {
    "threshold": lambda: [with_value(threshold(), 366)],
    "threshold, a scenario breaks": lambda: [with_value(threshold(), 300)],
    "threshold, of another kind": lambda: [changed(threshold(), kind="date")],
    "threshold, its words": lambda: [changed(threshold(), label="Otherwise")],
    "threshold, its next review": lambda: [
        changed(threshold(), next_review=dt.date(2027, 1, 1))
    ],
    "threshold in Spanish": lambda: [changed(threshold(language="es"), label="Días")],
    "threshold that nobody uses": lambda: [with_value(threshold("unused"), 7)],
    "chart": lambda: [changed(chart(), label="Laws")],
    "chart without a column": lambda: [
        changed(chart(), columns=chart().columns.get_prep_value()[1:])
    ],
    "chart in Spanish": lambda: [changed(chart(language="es"), label="Leyes")],
    "row": lambda: [changed(row("pc_25400"), cells={"also": ["drug"]})],
    "row, a finding never applies": lambda: [changed(row(), cells={})],
    "row, a value nobody knows": lambda: [changed(row(), cells={"violence": "maybe"})],
    "row, its place": lambda: [changed(row(), sort_order=99)],
    "row in Spanish": lambda: [changed(row(language="es"), label="Otra")],
    "row that moves away": lambda: [changed(row("pc_25400"), chart=chart("spare"))],
    "row that a rule needs moves away": lambda: [changed(row(), chart=chart("spare"))],
    "screener": lambda: [changed(screener(), title="New words")],
    "screener, a scenario breaks": lambda: [without_finding(screener(), TERM)],
    "screener, a rule names nothing": lambda: [naming(screener(), "gone")],
    "screener, another threshold": lambda: [naming(screener(), "unused")],
    "screener with a wrong field": lambda: [changed(screener(), jurisdiction="x" * 60)],
    "translation": lambda: [changed(screener(language="es"), title="Otro título")],
    "the other screener": lambda: [without_finding(screener("other"), TERM)],
    "several": lambda: [
        with_value(threshold(), 366),
        changed(row(), label="Assault"),
        changed(screener("other"), title="New words"),
    ],
    "several that mend each other": lambda: [
        naming(screener(), "unused"),
        with_value(threshold("unused"), 365),
    ],
    "several, one of them wrong": lambda: [
        changed(screener("other"), title="New words"),
        changed(row(), cells={"violence": "maybe"}),
    ],
}


@pytest.mark.parametrize("name", DRAFTS)
def test_a_rehearsed_publish_says_what_the_publish_does(world, name):
    records = saved(DRAFTS[name]())
    before = current()
    foretold = said(rehearse_publish(*records))
    assert current() == before
    assert foretold == done(lambda: publish(*records))


def test_the_names_of_the_cases_are_true(world):
    """That some of them are refused, and others do change a release."""
    outcomes = {}
    for name, make in DRAFTS.items():
        with undone():
            outcome = said(rehearse_publish(*saved(make())))
            same = "same" if outcome == current() else "changed"
        outcomes[name] = "refused" if isinstance(outcome, list) else same
    refused = {name for name, outcome in outcomes.items() if outcome == "refused"}
    same = {name for name, outcome in outcomes.items() if outcome == "same"}
    assert refused == {
        "threshold, a scenario breaks",
        "threshold, of another kind",
        "chart without a column",
        "row, a value nobody knows",
        "row that a rule needs moves away",
        "row, a finding never applies",
        "screener, a scenario breaks",
        "screener, a rule names nothing",
        "screener, another threshold",
        "screener with a wrong field",
        "several, one of them wrong",
    }
    assert same == {"threshold that nobody uses"}


TAKEN: dict[str, Callable[[], list[Any]]] = {
    "threshold": lambda: [threshold()],
    "threshold in Spanish": lambda: [threshold(language="es")],
    "threshold that nobody uses": lambda: [threshold("unused")],
    "row": lambda: [row()],
    "row in Spanish": lambda: [row(language="es")],
    "all rows": lambda: [row(), row("pc_25400")],
    "chart that nobody uses": lambda: [chart("spare")],
    "screener": lambda: [screener()],
    "translation": lambda: [screener(language="es")],
    "the other screener": lambda: [screener("other")],
    "both pages": lambda: [screener(), screener(language="es")],
    "a threshold with those who use it": lambda: [
        screener("other"),
        screener(language="es"),
        screener(),
        threshold(),
    ],
}


@pytest.mark.parametrize("name", [*TAKEN, "chart"])
def test_a_rehearsed_unpublish_says_what_it_does(world, name):
    records = [chart()] if name == "chart" else TAKEN[name]()
    foretold = said(rehearse_unpublish(*records))

    def act() -> None:
        for record in records:
            stored(record).unpublish()

    assert foretold == done(act)


@pytest.mark.parametrize("name", TAKEN)
def test_a_rehearsed_deletion_says_what_it_does(world, name):
    records = TAKEN[name]()
    foretold = said(rehearse_delete(*records))

    def act() -> None:
        for record in records:
            stored(record).delete()

    assert foretold == done(act)


def test_a_rehearsed_plan_says_what_its_hour_does(world):
    record = with_value(threshold(), 366)
    record.go_live_at = dt.datetime(2099, 1, 1, tzinfo=dt.UTC)
    plan = record.save_revision()
    plan.publish()
    planned = said(rehearse_publish(stored(record)))
    assert planned != current()
    plan.refresh_from_db()
    content = plan.content | {"go_live_at": "2020-01-01T00:00:00Z"}
    type(plan).objects.filter(pk=plan.pk).update(
        content=content, approved_go_live_at="2020-01-01T00:00:00Z"
    )
    assert planned == done(lambda: call_command("publish_scheduled"))


def test_what_a_field_cannot_hold_is_named_and_no_fault(world, editor):
    (page,) = saved([changed(screener(), jurisdiction="x" * 60)])
    (refused,) = said(rehearse_publish(page))
    assert refused.startswith("Jurisdiction: ")
    assert [refused] == done(lambda: publish(page))
    url = reverse("screening_block_impact", args=["screener", page.pk])
    shown = editor.get(url)
    assert refused in shown.content.decode()
    read = {
        "state": shown.context["impact"]["state"],
        "revision": shown.context["revision"],
    }
    told = editor.post(url, read, follow=True)
    assert told.status_code == 200
    assert refused in told.content.decode()
    assert Release.current("small").pk == current()["small"]


def test_a_rehearsal_knows_what_was_recalled(world):
    Recall.objects.create(release=Release.current("small"), reason="It was wrong.")
    (page,) = saved([screener()])
    (refused,) = said(rehearse_publish(page))
    assert "It was wrong." in refused
    assert [refused] == done(lambda: publish(page))
    (law,) = saved([with_value(threshold(), 366)])
    assert said(rehearse_publish(law)) == done(lambda: publish(law))
    # What changes nothing is no matter of the law's.
    (same,) = saved([changed(threshold("unused"), note="Words that no release has.")])
    assert said(rehearse_publish(same)) == done(lambda: publish(same)) == current()


def test_a_page_behind_a_password_is_no_translation_in_a_rehearsal_either(world):
    page = screener(language="es")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    (law,) = saved([with_value(threshold(), 366)])
    (change, _other) = rehearse_publish(law)
    assert "es" not in change.new.data["texts"]
    assert said(rehearse_publish(law)) == done(lambda: publish(law))


def test_a_plan_that_cannot_go_live_holds_up_no_other(world):
    drafts = [
        changed(screener(), jurisdiction="x" * 60),
        with_value(threshold(), 366),
    ]
    for draft in drafts:
        draft.go_live_at = dt.datetime(2099, 1, 1, tzinfo=dt.UTC)
        plan = draft.save_revision(clean=False)
        plan.publish()
        content = plan.content | {"go_live_at": "2020-01-01T00:00:00Z"}
        type(plan).objects.filter(pk=plan.pk).update(
            content=content, approved_go_live_at="2020-01-01T00:00:00Z"
        )
    foretold = said(rehearse_publish(stored(drafts[1])))
    assert foretold != current()
    call_command("publish_scheduled")
    assert foretold == current()


def test_a_rehearsal_changes_no_object_of_the_caller(world):
    record = offline(threshold("unused"))
    Threshold.objects.filter(pk=record.pk).update(has_unpublished_changes=False)
    record = stored(record)
    rehearse_publish(record)
    assert not record.live
    live = threshold()
    rehearse_unpublish(live)
    assert live.live


#: As many on every database; the others are of chance alone.
EVERYWHERE = 4


@pytest.mark.parametrize(
    "seed",
    [
        pytest.param(seed, marks=pytest.mark.once if seed >= EVERYWHERE else ())
        for seed in range(12)
    ],
)
def test_a_rehearsal_of_anything_says_what_it_does(world, seed):
    """Random drafts, some of them off line, in random company."""
    dice = random.Random(seed)
    edits: list[Callable[[], Any]] = [
        lambda: with_value(threshold(), dice.choice([0, 300, 365, 366, 400])),
        lambda: with_value(threshold("unused"), dice.choice([0, 365])),
        lambda: changed(threshold(), unit=dice.choice(["days", "months", ""])),
        lambda: changed(
            row(dice.choice(["pc_245", "pc_25400"])),
            cells=dice.choice([{}, {"also": ["drug"]}, {"violence": "no"}, {"x": 1}]),
            sort_order=dice.randrange(5),
        ),
        lambda: changed(row("pc_25400"), chart=chart("spare")),
        lambda: changed(row(language="es"), label=f"Fila {dice.random()}"),
        lambda: changed(chart(), label=f"Laws {dice.random()}"),
        lambda: naming(screener(), dice.choice(["unused", "gone", "af_term"])),
        lambda: without_finding(screener("other"), dice.choice([TERM, "court_soon"])),
        lambda: changed(screener(language="es"), title=f"Título {dice.random()}"),
    ]
    for _turn in range(6):
        chosen = dice.sample(edits, dice.choice([1, 1, 2, 3]))
        drafts = [saved([edit()])[0] for edit in chosen]
        records = list({(type(d), d.pk): stored(d) for d in drafts}.values())
        act, foretell = dice.choice(
            [
                (lambda r: publish(r), rehearse_publish),
                (lambda r: publish(r), rehearse_publish),
                (lambda r: stored(r).unpublish(), rehearse_unpublish),
                (lambda r: stored(r).delete(), rehearse_delete),
            ]
        )
        if foretell is rehearse_delete:
            records = [one for one in records if not isinstance(one, Chart)]
        foretold = said(foretell(*records))

        def whole(act=act, records=records) -> None:
            for record in records:
                act(record)

        assert foretold == done(whole), (seed, foretell, records)
