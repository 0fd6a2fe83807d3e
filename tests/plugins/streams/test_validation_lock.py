"""A draft saved in another thread never relaxes the validation of a publish."""

import sys
import threading
import time

import pytest
from django.core.exceptions import ValidationError
from wagtail import blocks

from plugins.streams import StableStreamBlock
from plugins.streams.fields import StableBlockField

SECONDS = 1.5
RAW = [{"type": "title", "value": "", "id": "1"}]


class Stock(blocks.StreamBlock):
    title = blocks.CharBlock()


class Stable(StableStreamBlock):
    title = blocks.CharBlock()


class StableWithOwnRule(StableStreamBlock):
    """Asks for the flag after the base class is done, as own rules do."""

    title = blocks.CharBlock(required=False)

    def clean(self, value):
        cleaned = super().clean(value)
        time.sleep(0.001)
        if not self.is_deferred_validation and not cleaned[0].value:
            raise ValidationError("needs a title")
        return cleaned


@pytest.fixture
def switch_often():
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def race(block, clean):
    """Invalid publishes accepted, rejected, and drafts rejected; 4 threads draft."""
    stop = threading.Event()
    rejected_drafts = []

    def draft():
        value = block.to_python(RAW)
        while not stop.is_set():
            try:
                block.clean_deferred(value)
            except ValidationError:
                rejected_drafts.append(1)

    threads = [threading.Thread(target=draft) for _ in range(4)]
    for thread in threads:
        thread.start()
    accepted = rejected = 0
    value = block.to_python(RAW)
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        try:
            clean(value)
            accepted += 1
        except ValidationError:
            rejected += 1
    stop.set()
    for thread in threads:
        thread.join()
    return accepted, rejected, len(rejected_drafts)


def test_the_stock_stream_accepts_invalid_publishes(switch_often):
    block = Stock()
    accepted, _rejected, _drafts = race(block, block.clean)
    assert accepted > 0


@pytest.mark.parametrize("kind", [Stable, StableWithOwnRule])
def test_ours_never_does(switch_often, kind):
    block = kind()
    field = StableBlockField(block=block)
    accepted, rejected, rejected_drafts = race(block, field.clean)
    assert (accepted, rejected_drafts) == (0, 0)
    assert rejected > 5
    with pytest.raises(ValidationError):
        block.clean(block.to_python(RAW))
