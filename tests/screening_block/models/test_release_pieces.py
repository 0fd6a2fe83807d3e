"""A release is stored once, and after that only what changed."""

from __future__ import annotations

import copy
import random

import pytest
from hypothesis import given, strategies as st

from screening_block import engine
from screening_block.models import Release, ReleasePiece
from screening_block.models.release_pieces import LONGEST, cut, fetch, store
from tests.law_pack import law_pack
from tests.screening_block import small


@pytest.fixture(scope="module")
def pack() -> bytes:
    return engine.load_release(law_pack().release()).canonical


@given(st.lists(st.sampled_from([b'"},', b'"],', b'",', b"a" * 900, b"\xc3\xa9"])))
def test_the_pieces_of_any_text_are_the_text(parts: list[bytes]) -> None:
    text = b"".join(parts)
    assert b"".join(cut(text)) == text


def test_pieces_are_neither_short_nor_long(pack: bytes) -> None:
    pieces = list(cut(pack))
    assert b"".join(pieces) == pack
    assert max(map(len, pieces)) < LONGEST
    assert len(pieces) < len(pack) / 2_000


@pytest.mark.django_db
def test_a_change_stores_what_changed(pack: bytes) -> None:
    """Wherever it stands: one in a hundred of what the whole weighs."""
    first = store(pack)
    assert store(pack) == first
    stored, make = ReleasePiece.objects.count(), random.Random(1)
    for number in range(10):
        changed = law_pack().release()
        finding = make.choice(changed["findings"])
        words = changed["texts"]["en"]["findings"][finding["key"]]
        words["heading"] += f" {number}"
        text = engine.load_release(copy.deepcopy(changed)).canonical
        ids = store(text)
        new = ReleasePiece.objects.count() - stored
        # The text, where it stands and where it may be named in short.
        assert 1 <= new <= 3, finding["key"]
        assert len(set(ids) - set(first)) == new
        assert fetch(ids) == text
        stored += new
    assert fetch(first) == pack
    sizes = [len(bytes(one.data)) for one in ReleasePiece.objects.order_by("pk")]
    grown = sum(sizes[len(set(first)) :]) / 10
    assert grown < sum(sizes[: len(set(first))]) / 20


@pytest.mark.django_db
def test_whoever_stores_the_same_piece_meanwhile_is_no_fault(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Somebody stores it between our look and our write."""
    text = engine.load_release(small.release()).canonical
    from screening_block.models import release_pieces

    find, looks = release_pieces._find, []

    def meanwhile(pieces, names):  # type: ignore[no-untyped-def]
        found = find(pieces, names)
        if not looks:
            looks.append(names)
            store(text)
        return found

    monkeypatch.setattr(release_pieces, "_find", meanwhile)
    assert fetch(store(text)) == text
    assert ReleasePiece.objects.count() == len(set(cut(text)))


@pytest.mark.django_db
def test_a_release_says_to_the_letter_what_was_published() -> None:
    compiled = engine.load_release(small.release())
    kept = Release.keep(compiled)
    assert kept.canonical.encode() == compiled.canonical
    assert Release.keep(compiled) == kept
    # A list of releases reads no texts.
    assert {field.name for field in Release._meta.concrete_fields} == {
        "sha256",
        "screener_key",
        "pieces",
        "created_at",
        "lengths",
    }
