"""A pack that is refused leaves an empty site empty."""

from __future__ import annotations

import pytest

from screening_block.models import Publication, Scenario, Screener, Threshold
from screening_block.models.publishing import GateError
from screening_block.packs.load import load_pack
from tests.screening_block import small
from tests.screening_block.scenarios.test_scenarios import case, reload

pytestmark = pytest.mark.django_db


def test_a_pack_with_a_mistake_changes_nothing(root):
    broken = small.release()
    broken["findings"][0]["applies_when"]["of"][0]["fact"] = "nobody"
    with pytest.raises(GateError):
        load_pack("small_pack", broken, root)
    assert not Screener.objects.exists()
    assert not Threshold.objects.exists()
    assert not Publication.objects.exists()


def test_a_pack_whose_scenario_fails_changes_nothing(root):
    wrong = [{"name": "Wrong", "why": "No.", **case(365)}]
    with pytest.raises(GateError, match="Wrong"):
        reload(root, wrong)
    assert not Screener.objects.exists()
    assert not Scenario.objects.exists()
