"""The stored uses are those of the pages, whichever way these are written."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, Revision

from screening_block import engine
from screening_block.law import panels
from screening_block.models import (
    Chart,
    ChartRow,
    Outline,
    ReportRow,
    Screener,
    StoredUse,
    Threshold,
)
from screening_block.packs.load import load_pack
from screening_block.publishing.assess import concerned_screeners
from screening_block.publishing.compile import compile_screener
from screening_block.publishing.content import Content
from screening_block.publishing.parts import PartName, split_release
from screening_block.publishing.stored_uses import (
    SHARED,
    VALUE,
    find_users,
    list_states,
    read_page,
    rebuild_uses,
)
from screening_block.publishing.uses import read_uses
from screening_block.reports.stored_rows import (
    build_page_rows,
    build_rows,
    list_sources,
    rebuild_rows,
)
from screening_block.usage.index import UsageIndex
from screening_block.usage.reader import UsageReader, get_edit_url
from tests.screening_block import small

from .test_rehearsal import make_world

pytestmark = pytest.mark.django_db
AF_TERM = PartName("threshold", "af_term")
LAW = (Threshold, Chart, ChartRow)
NOBODY = PartName("threshold", "nobody")
STATUTES = PartName("chart", "statutes")


@pytest.fixture(scope="module")
def two_rows(fill) -> None:
    fill("two that share the law", make_world)


@pytest.fixture
def two(two_rows, db) -> None:
    """Two screeners that share the law, one of them in Spanish too."""


def sources() -> list[Screener]:
    pages: dict[Any, Screener] = {}
    default = Locale.get_default().pk
    for page in Screener.objects.filter(alias_of=None).order_by("pk"):
        known = pages.get(page.translation_key)
        if known is None or page.locale_id == default != known.locale_id:
            pages[page.translation_key] = page
    return list(pages.values())


def plain(value: Any) -> str:
    """A condition as text, whatever the order of its keys."""
    return json.dumps(value, sort_keys=True)


def scan() -> set[tuple]:
    """Every use, from a reading of all pages."""
    found = set()
    for page in sources():
        draft = read_uses(page.get_latest_revision_as_object()).uses
        public = read_uses(page).uses if page.live else ()
        now, saved = {use.place for use in public}, {use.place for use in draft}
        located = [(u, "both" if u.place in now else "draft") for u in draft]
        located += [(u, "public") for u in public if u.place not in saved]
        for use, state in located:
            if use.used.kind in SHARED:
                found.add((page.pk, *use.place, use.anchor, plain(use.excerpt), state))
    return found


def told() -> set[tuple]:
    index = UsageIndex()
    return {
        (page, *use.place, use.anchor, plain(use.excerpt), state)
        for page, use, state in index.of(*index.names())
    }


def scan_values() -> dict[tuple, int]:
    """In how many places each value of a column is tested, from a reading."""
    counts: dict[tuple, int] = {}
    for page in sources():
        versions = [
            page.get_latest_revision_as_object(),
            *([page] if page.live else ()),
        ]
        for edition in versions:
            own: dict[tuple, int] = defaultdict(int)
            for use in read_uses(edition).uses:
                if use.used.kind == "column":
                    for value in use.excerpt["values"]:
                        own[page.pk, f"{use.used.key}={value}"] += 1
            for name, count in own.items():
                counts[name] = max(count, counts.get(name, 0))
    return counts


def told_values() -> dict[tuple, int]:
    index = UsageIndex()
    names = set(StoredUse.objects.filter(kind=VALUE).values_list("name", flat=True))
    return {
        (page, name): count
        for name in names
        for page, count in index.spread(PartName(VALUE, name)).items()
    }


REPORTED = ("report", "kind", "title", "within", "url", "day", "mark", "mark_text")
REPORTED += ("checked_on", "checked_by", "unchecked", "where", "grade", "words", "said")


def plain_row(owner: Any, row: ReportRow) -> tuple:
    values = [str(getattr(row, name)) for name in REPORTED]
    return (owner._meta.label_lower, owner.pk, *values, plain(row.more))


def report_rows() -> list[tuple]:
    """What the reports are told of screeners and the law."""
    models = {model._meta.label_lower: model for model in (Screener, *LAW)}
    rows = ReportRow.objects.filter(model__in=models)
    return sorted(plain_row(models[row.model](pk=row.record), row) for row in rows)


def scan_report_rows() -> list[tuple]:
    """The same, from a reading of all of them."""
    found = []
    for source in list_sources():
        if source.model in LAW:
            for record in source.model.objects.all():
                rows = build_rows(source, record.get_latest_revision_as_object())
                found += [plain_row(record, row) for row in rows]
    for page in Screener.objects.filter(alias_of=None):
        draft = page.get_latest_revision_as_object()
        outline = read_page(page.pk)[1]
        rows = build_page_rows(page, read_uses(draft), outline)
        found += [plain_row(page, row) for row in rows]
    return sorted(found)


def ungraded() -> set[str]:
    """What visitors would read of English drafts and is not graded."""
    missing = set()
    for page in Screener.objects.filter(alias_of=None):
        if page.locale.language_code == "en":
            draft = page.get_latest_revision_as_object()
            parts = split_release(compile_screener(draft, drafts=True))
            missing |= {one for part in parts.values() for one in leaves(part["texts"])}
    graded = ReportRow.objects.filter(report="text").values_list("more", flat=True)
    return missing - {more["text"] for more in graded}


def leaves(texts: Any) -> list[str]:
    if isinstance(texts, str):
        return [texts]
    return [one for inner in texts.values() for one in leaves(inner)]


def stored() -> list[tuple]:
    fields = ("page", "kind", "name", "digest", "count", "draft", "live")
    rows = sorted(StoredUse.objects.values_list(*fields))
    outlines = Outline.objects.order_by("pk").values_list(
        "pk", "title", "live", "parts"
    )
    return [*rows, *((*row, plain(parts)) for *row, parts in outlines)]


def edit(page: Screener, dice: random.Random, *, sound: bool = False) -> None:
    """Change what a page uses, in memory; mostly to what the gate refuses."""
    findings = page.findings.get_prep_value()
    value = dice.choice(findings)["value"]
    rule = dice.choice(["applies_when", "may_apply_when", "unless"])
    of = [
        {"op": "fact", "fact": "noncitizen"},
        {
            "op": "in",
            "question": "statute",
            "values": [dice.choice(["pc_245", "pc_1"])],
        },
        {
            "op": "compare",
            "left": {"question": "days"},
            "cmp": "ge",
            "right": {"threshold": dice.choice(["af_term", "nobody"])},
        },
        {
            "op": "column",
            "question": "statute",
            "column": "violence",
            "values": dice.choice([["candidate"], ["no"], ["candidate", "no"]]),
        },
    ]
    if sound:
        of[2]["right"] = {"threshold": "af_term"}
        rule, of = "may_apply_when", [of[0], of[2]]
    value[rule] = {"op": "all", "of": dice.sample(of, dice.randint(1, len(of)))}
    said = ["It is {af_term}.", "It is so.", "It is so." if sound else "{another}"]
    value["body"] = dice.choice(said)
    # The third has no text yet.
    for citation in value["citations"]:
        citation["value"]["text"] = dice.choice(["Law 1", "Law 2", "Law 3" * sound])
    dice.shuffle(findings)
    page.findings = findings
    page.intro = dice.choice(["{af_term}", "No number.", "{nothing}" * (not sound)])
    page.title = f"Title {dice.randint(1, 99)}"


def edited(page: Screener, dice: random.Random, *, sound: bool = False) -> Screener:
    page = page.get_latest_revision_as_object()
    edit(page, dice, sound=sound)
    return page


def ways(dice: random.Random) -> dict[str, Callable[[], Any]]:
    """Every way in which pages are written."""
    pages = list(Screener.objects.filter(alias_of=None))
    page = dice.choice(pages)
    parent = page.get_parent()

    def overwrite() -> None:
        draft = edited(page, dice)
        latest = draft.get_latest_revision()
        draft.save_revision(clean=False, overwrite_revision=latest)

    def revert() -> None:
        old = dice.choice(list(page.revisions.all())).as_object()
        old.save_revision(clean=False, previous_revision=page.get_latest_revision())

    def schedule() -> None:
        draft = edited(page, dice, sound=dice.random() < 0.5)
        draft.go_live_at = timezone.now() + timezone.timedelta(seconds=1)
        draft.save_revision(clean=False).publish()
        past = timezone.now() - timezone.timedelta(days=1)
        Revision.objects.exclude(approved_go_live_at=None).update(
            approved_go_live_at=past
        )
        call_command("publish_scheduled", stdout=StringIO())

    def publish() -> None:
        live = Screener.objects.get(pk=page.pk)
        edit(live, dice, sound=True)
        live.save_revision(clean=False).publish()

    def save_whole() -> None:
        edit(page, dice, sound=True)
        page.save()

    def copy() -> None:
        slug = f"copy-{dice.randint(1, 10_000)}"
        page.copy(update_attrs={"slug": slug}, keep_live=dice.random() < 0.5)

    def load() -> None:
        key = f"pack-{dice.randint(1, 3)}"
        load_pack(key, small.release() | {"key": key}, parent)

    def delete() -> None:
        if len(pages) > 3:
            Page.objects.get(pk=page.pk).delete()

    law = dice.choice([one for model in LAW for one in model.objects.all()])

    def edit_law(*, publish: bool) -> None:
        law.label = f"Label {dice.randint(1, 99)}"
        if not isinstance(law, Chart):
            law.checked_by = dice.choice(["", "A. Doe"])
            law.next_review = dice.choice([None, timezone.localdate()])
        revision = law.save_revision()
        if publish:
            revision.publish()

    return {
        "draft of the law": lambda: edit_law(publish=False),
        "publish of the law": lambda: edit_law(publish=True),
        "draft": lambda: edited(page, dice).save_revision(clean=False),
        "overwrite": overwrite,
        "revert": revert,
        "schedule": schedule,
        "publish": publish,
        "save_whole": save_whole,
        "unpublish": page.unpublish,
        "copy": copy,
        "load": load,
        "delete": delete,
        "move": lambda: page.move(parent, pos="last-child"),
    }


def test_whatever_is_done_to_pages_the_stored_uses_are_those_of_a_reading(two):
    dice = random.Random(7)
    done: set[str] = set()
    for turn in range(39):
        possible = ways(dice)
        name = [*possible][turn % len(possible)]
        try:
            with transaction.atomic():
                possible[name]()
            done.add(name)
        except ValidationError:
            pass  # The gate refuses it, and nothing of it stays.
        assert told() == scan(), (turn, name)
        assert told_values() == scan_values(), (turn, name)
        assert report_rows() == scan_report_rows(), (turn, name)
        assert [s.pk for s in list_states() if not s.fits] == [], (turn, name)
    # Chance may have the gate refuse one of them each time.
    assert len(set(possible) - done) <= 2, set(possible) - done
    kept = stored()
    assert rebuild_uses(whole=True) == len({row[0] for row in kept})
    assert stored() == kept
    assert not ungraded()
    reported = report_rows()
    ReportRow.objects.all().delete()
    rebuild_rows()
    assert report_rows() == reported


def test_no_user_of_a_record_is_missed_by_a_publish(two):
    dice = random.Random(5)
    for _turn in range(12):
        page = dice.choice(list(Screener.objects.filter(alias_of=None)))
        edit(page, dice)
        # As it stands, sound or not, without the gate.
        Screener.objects.filter(pk=page.pk).update(findings=page.findings)
        rebuild_uses(whole=True)
        content = Content()
        for name in (
            AF_TERM,
            PartName("threshold", "nobody"),
            PartName("chart", "statutes"),
        ):
            users = [p.pk for p in content.live_sources() if name in content.names(p)]
            assert [p.pk for p, _n in concerned_screeners(Content(), [name])] == users


def test_a_page_that_was_changed_behind_the_store_is_read_itself_until_it_is_stored(
    two,
):
    page = sources()[1]
    before = UsageIndex().count("threshold")["af_term"]
    Outline.objects.filter(pk=page.pk).delete()
    StoredUse.objects.filter(page=page.pk).delete()
    assert told() == scan()
    assert UsageIndex().count("threshold")["af_term"] == before
    assert page.translation_key in find_users([AF_TERM])
    assert not StoredUse.objects.filter(page=page.pk).exists()
    out = StringIO()
    call_command("check", "--database", "default", stdout=out, stderr=out)
    assert "uses of 1 screener page" in out.getvalue()
    call_command("rebuild_uses", stdout=StringIO())
    assert StoredUse.objects.filter(page=page.pk, live=True).exists()
    assert told() == scan()
    Page.objects.filter(pk=page.pk).update(live=False)
    assert told() == scan()
    call_command("migrate", verbosity=0)
    assert all(state.fits for state in list_states())
    assert page.translation_key not in find_users([AF_TERM])


def test_a_save_writes_only_what_it_changes(two):
    page = sources()[0]
    rows = StoredUse.objects.filter(page=page.pk)
    before = dict(rows.values_list("pk", "digest"))
    draft = page.get_latest_revision_as_object()
    draft.intro = "No number."
    draft.save_revision()
    added = set(rows.values_list("pk", flat=True)) - set(before)
    assert [row.name for row in rows.filter(pk__in=added)] == ["af_term"]
    assert rows.filter(name="af_term").count() == 2
    draft.get_latest_revision().publish()
    assert rows.filter(name="af_term").count() == 1
    assert rows.filter(pk__in=before).count() == len(before) - 1


def test_a_condition_is_said_as_the_whole_screener_would_say_it(two, django_user_model):
    term = Threshold.objects.get(key="af_term", locale=Locale.get_default())
    term.label = "The newest label"
    term.save_revision()
    editor = django_user_model.objects.create_superuser("e", "e@example.org", "x")
    reader = UsageReader(editor)
    uses = reader.index.of(*reader.index.names())
    reader.used_by(uses)
    said = set()
    for page, use, _state in uses:
        if isinstance(use.whole, dict):
            draft = Screener.objects.get(pk=page).get_latest_revision_as_object()
            release = compile_screener(draft, drafts=True)
            today = timezone.localdate().isoformat()
            whole = engine.describe(use.whole, release, release["locale"], today)
            assert reader.sentences.describe(page, use.whole) == whole
            said.add(whole)
    assert any("The newest label" in one for one in said)


@pytest.mark.parametrize("most", ["SHOWN_WHOLE", "SHOWN_PLACES"])
def test_a_record_of_many_shows_some_of_them_whole_and_all_by_name(
    two, client, django_user_model, monkeypatch, most
):
    monkeypatch.setattr(panels, most, 1)
    client.force_login(django_user_model.objects.create_superuser("e", "e@x.org", "x"))
    records = [
        Threshold.objects.get(key="af_term", locale=Locale.get_default()),
        ChartRow.objects.get(key="pc_245", locale=Locale.get_default()),
    ]
    for record in records:
        url = reverse(record.snippet_viewset.get_url_name("edit"), args=[record.pk])
        shown = client.get(url).content.decode()
        first, second = sources()
        assert "1 more screener" in shown
        whole, _summary, more = shown.partition("1 more screener")
        assert f"{get_edit_url(first.pk)}#" in whole
        assert f"{get_edit_url(second.pk)}#" not in shown
        assert f'href="{get_edit_url(second.pk)}"' in more
