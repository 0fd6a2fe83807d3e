"""What we say in Spanish for Wagtail, it still says, and still not in Spanish."""

from __future__ import annotations

from cms import wagtail_words
from tests.messages.wagtail_catalogues import untranslated


def test_what_we_translate_for_wagtail_it_lacks() -> None:
    ours = wagtail_words.MAILS
    assert len(ours) > 10
    assert [text for text in ours if text not in untranslated()] == []
