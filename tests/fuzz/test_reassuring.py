"""No sentence that reassures stands before a graver finding that may apply."""

import random
from collections import Counter

from tests import reassuring
from tests.fuzz.cases import pack_release
from tests.law_pack import law_pack
from tests.results_drawn import check, pack_results, random_results


def test_in_every_scenario_of_the_law_pack() -> None:
    release = pack_release()
    for one in law_pack().scenarios:
        reassuring.check(release, one["answers"], one["as_of"])


def test_in_results_of_random_releases_and_of_people_who_are_not_sure() -> None:
    seen: Counter[str] = Counter()
    assert check(random_results(random.Random(7), 1_500), seen) == 0
    assert check(pack_results(random.Random(7), 300), seen) == 0
    assert seen["at stake"] > 500


def test_a_break_is_seen() -> None:
    good = reassuring.Told("good", "info", True, False)
    worse = reassuring.Told("worse", "caution", False, True)
    sure = reassuring.Told("sure", "urgent", False, False)
    assert reassuring.breaks([good, sure, worse]) == [("good", "worse")]
    assert reassuring.breaks([worse, good, sure]) == []
