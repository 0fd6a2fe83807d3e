"""The law pack, loaded into the site and changed by an editor there."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command
from django.urls import reverse

from screening_block import engine
from screening_block.models import Publication, Release, Threshold
from screening_block.packs import read_pack
from tests.screening_block.test_admin import form_of

pytestmark = pytest.mark.django_db
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


@pytest.fixture(scope="module")
def site(shared_rows):
    shared_rows(lambda: call_command("load_pack", "california_firearms", verbosity=0))


def level(client, **wanted) -> str:
    response = client.post(
        f"{URL}evaluate/",
        json.dumps({"answers": ANSWERS, **wanted}),
        content_type="application/json",
    )
    assert response.status_code == 200, response.content
    findings = {f["key"]: f["level"] for f in response.json()["findings"]}
    return findings["agg_felony_violence_1yr"]


def test_what_the_site_publishes_is_what_the_pack_says_and_stays_so(site, capsys):
    pack = read_pack("plugins/california_firearms/pack").release()
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
    assert "0 made, 0 updated" in capsys.readouterr().out
    assert Publication.objects.count() == 1


def test_changing_af_term_in_the_admin_changes_the_next_evaluation(
    site, client, admin_client
):
    old = client.get(URL)["ETag"].strip('"')
    day = {"as_of": "2026-11-24"}
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
            # The scenarios are read on the day before.
            "values-1-starts_on": "2026-11-24",
            "values-1-number": "300",
            "values-1-day": "",
            "action-publish": "action-publish",
        }
    )
    assert admin_client.post(url, data).status_code == 302
    assert level(client, **day) == "may_apply"
    assert level(client, as_of="2026-11-23") == "not_apply"
    assert level(client, release=old, **day) == "not_apply"
