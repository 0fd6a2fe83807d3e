"""To read a screener that is in memory asks the database nothing."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from screening_block.fields.blocks import chart_choices
from screening_block.fields.choice_block import TextChoiceBlock
from screening_block.models import Screener
from screening_block.publishing.uses import read_uses

pytestmark = pytest.mark.django_db


def test_reading_a_screener_looks_up_no_choices(screener, django_assert_num_queries):
    page = Screener.objects.get(pk=screener.pk)
    with django_assert_num_queries(0):
        assert any(use.used.kind == "chart" for use in read_uses(page).uses)


def test_what_is_posted_is_still_one_of_the_choices(screener):
    block = TextChoiceBlock(choices=chart_choices)
    assert block.clean("statutes") == "statutes"
    with pytest.raises(ValidationError):
        block.clean("nothing")
    numbered = TextChoiceBlock(choices=[("1", "One")])
    assert numbered.to_python(1) == "1"
