"""What is chosen to run again on other databases is there."""

import re

import pytest

from tests.services import CHOSEN, chosen_places
from tests.serving import ROOT


@pytest.mark.parametrize("place", chosen_places())
def test_what_is_chosen_is_there(place: str) -> None:
    path, _colons, name = place.partition("::")
    found = ROOT / path
    assert found.exists()
    if name:
        function = name.partition("[")[0]
        assert re.search(rf"^def {function}\(", found.read_text("utf-8"), re.MULTILINE)


def test_what_is_chosen_stands_once_and_in_order() -> None:
    places = chosen_places()
    assert places == sorted(set(places), key=str.lower)
    assert CHOSEN
