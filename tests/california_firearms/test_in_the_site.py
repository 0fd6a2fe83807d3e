"""The law pack, loaded into the site and changed by an editor there."""

from __future__ import annotations

import datetime
import json
import re

import pytest
from django.core.management import call_command
from django.urls import reverse

from screening_block import engine
from screening_block.models import (
    ChartRow,
    Publication,
    Release,
    Screener,
    Threshold,
)
from screening_block.publishing.parts import split_release
from screening_block.publishing.rehearse import (
    rehearse_delete,
    rehearse_publish,
    rehearse_unpublish,
)
from screening_block.publishing.stored_uses import SHARED
from screening_block.publishing.uses import read_uses
from screening_block.usage.index import UsageIndex
from tests.law_pack import law_pack
from tests.screening_block.confirm import post_and_confirm
from tests.screening_block.posting import form_of
from tests.screening_block.rehearsing import done, publish, said, stored

# On PostgreSQL the law pack is written as any screener is.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
KEY = "ca-firearm-expungement"
URL = f"/api/v1/screeners/{KEY}/"

#: A threat with 320 days ordered: the aggravated-felony term decides.
ANSWERS = {
    "immigration_status": "lpr",
    "disposition": "convicted_plea",
    "offense_statute": "pc_422",
    "item": "none",
    "offense_act": "threat",
    "offense_level": "felony",
    "sentence_days_imposed": 320,
    "relief_obtained": ["none"],
}


def level(client, **wanted) -> str:
    response = client.post(
        f"{URL}evaluate/",
        json.dumps({"answers": ANSWERS, **wanted}),
        content_type="application/json",
    )
    assert response.status_code == 200, response.content
    findings = {f["key"]: f["level"] for f in response.json()["findings"]}
    return findings["agg_felony_violence_1yr"]


def test_what_the_site_publishes_is_what_the_pack_says_and_stays_so(law_rows, capsys):
    pack = law_pack().release()
    published = Release.current(KEY)
    ours = engine.load_release(pack).data
    theirs = published.load().data
    # Thresholds and charts that no rule names stay out of a release.
    assert set(theirs["thresholds"]) <= set(ours["thresholds"])
    for part in ("questions", "facts", "findings", "charts", "exclusive"):
        assert theirs[part] == ours[part], part
    for part in ("questions", "facts", "findings", "charts"):
        assert theirs["texts"]["en"][part] == ours["texts"]["en"][part], part
    call_command("load_pack", "california_firearms")
    assert "0 created, 0 updated" in capsys.readouterr().out
    assert Publication.objects.count() == 1


def test_changing_af_term_in_the_admin_changes_the_next_evaluation(
    law_rows, client, admin_client
):
    old = client.get(URL)["ETag"].strip('"')
    # After every day on which a scenario is read, or publishing would be refused.
    last = max(scenario["as_of"] for scenario in law_pack().scenarios)
    next_day = datetime.date.fromisoformat(last) + datetime.timedelta(days=1)
    day = {"as_of": str(next_day)}
    assert level(client, **day) == "not_apply"
    threshold = Threshold.objects.get(key="af_term")
    url = reverse(threshold.snippet_viewset.get_url_name("edit"), args=[threshold.pk])
    data = form_of(admin_client.get(url))
    data.update(
        {
            "values-TOTAL_FORMS": "2",
            "values-1-id": "",
            "values-1-ORDER": "2",
            "values-1-DELETE": "",
            "values-1-starts_on": str(next_day),
            "values-1-number": "300",
            "values-1-day": "",
            "action-publish": "action-publish",
        }
    )
    assert post_and_confirm(admin_client, url, data).status_code == 302
    assert level(client, **day) == "may_apply"
    assert level(client, as_of=last) == "not_apply"
    assert level(client, release=old, **day) == "not_apply"


def test_the_index_of_uses_holds_what_reading_the_whole_pack_finds(law_rows):
    release = Release.current(KEY).load().data
    known = {
        kind: set(keys)
        for kind, keys in {
            "threshold": release["thresholds"],
            "question": [each["key"] for each in release["questions"]],
            "fact": [each["key"] for each in release["facts"]],
        }.items()
    }
    (chart,) = release["charts"]
    rows = {row["key"] for row in release["charts"][chart]["rows"]}
    columns = {column["key"] for column in release["charts"][chart]["columns"]}
    naive = set()
    for name, part in split_release(release).items():
        if name.kind in ("threshold", "chart", "row"):
            continue
        for field, value in [*part["piece"].items(), *part["texts"].items()]:
            text = json.dumps(value)
            found = [
                (kind, key)
                for kind, keys in known.items()
                for key in re.findall(rf'"{kind}": "(\w+)"', text)
                if key in keys
            ]
            found += [
                ("threshold", key)
                for key in re.findall(r"\{(\w+)\}", text)
                if key in known["threshold"]
            ]
            if '"op"' in text:
                quoted = set(re.findall(r'"(\w+)"', text))
                found += [("row", f"{chart}/{key}") for key in quoted & rows]
                found += [
                    ("column", f"{chart}/{key}")
                    for key in re.findall(r'"column": "(\w+)"', text)
                    if key in columns
                ]
            if field == "chart":
                found.append(("chart", value))
            if field == "citations":
                found += [("citation", citation["text"]) for citation in value]
            naive |= {(*used, *name, field) for used in found}
    index = UsageIndex()
    indexed = {
        (*found.use.used, *found.use.at, found.use.field)
        for found in index.of(*index.names())
    }
    uses = read_uses(Screener.objects.get(key=KEY)).uses
    assert len(naive) > 400
    assert {(*use.used, *use.at, use.field) for use in uses} == naive
    assert indexed == {use for use in naive if use[0] in SHARED}
    assert len(indexed) > 100


def test_what_is_rehearsed_of_the_law_is_what_the_act_does(law_rows):
    """Of each kind of record, and of each act."""
    term = Threshold.objects.get(key="af_term")
    row = ChartRow.objects.get(key="pc_25400")
    page = Screener.objects.get(key=KEY)
    chart = row.chart
    for value in term.values.all()[:1]:
        value.number = 300
        term.values = [value]
    row.label, page.title = "Another label", "Another title"
    chart.columns = chart.columns.get_prep_value()[1:]
    for record in (term, row, page, chart):
        record.save_revision(clean=False)
    term, row, page, chart = map(stored, (term, row, page, chart))
    outcomes = []
    for drafts in ([term], [row], [page], [chart], [row, page]):
        outcomes.append(said(rehearse_publish(*drafts)))
        assert outcomes[-1] == done(lambda drafts=drafts: publish(*drafts)), drafts
    for record in (term, row, chart, page):
        outcomes.append(said(rehearse_unpublish(record)))
        assert outcomes[-1] == done(lambda r=record: stored(r).unpublish()), record
    for record in (term, row, page):
        outcomes.append(said(rehearse_delete(record)))
        assert outcomes[-1] == done(lambda r=record: stored(r).delete()), record
    refused = [isinstance(outcome, list) for outcome in outcomes]
    assert any(refused)
    assert not all(refused)
