"""The parts in which a browser gets a release: what they hold, and what they weigh."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from typing import Any

import brotli
import pytest

from screening_block import engine
from screening_block.models.releases import today
from screening_block.visitor.release_parts import write_part
from screening_block.visitor.widget_strings import (
    write_in_one_language,
    write_widget_words,
)
from tests.law_pack import law_pack

URL = "/api/v1/screeners/small/"
#: Bytes as brotli, as `compress` of Chromium's servers usually has it.
MOST_BEFORE_THE_FIRST_QUESTION = 45_000


@pytest.fixture(scope="module")
def release() -> engine.Release:
    return engine.load_release(law_pack().release())


def merge(into: Any, more: Any) -> Any:
    """As `merge` of result.js."""
    if isinstance(more, list):
        return [merge(*pair) for pair in zip(into, more, strict=True)]
    if not isinstance(more, dict):
        return more
    both = {
        name: merge(into[name], value) if name in into else value
        for name, value in more.items()
    }
    return into | both


def read(release: engine.Release, part: str, wanted: str) -> list[Any]:
    first, more = write_part(part, release, wanted, today(release))
    return [json.loads(one) for one in (first, more) if one]


@pytest.mark.once
@pytest.mark.parametrize("wanted", ["en", "es", "es-MX", "fr"])
def test_start_and_rest_are_the_release_and_its_words(
    release: engine.Release, wanted: str
) -> None:
    start, words = read(release, "start", wanted)
    [rest] = read(release, "rest", wanted)
    whole = json.loads(write_in_one_language(release, wanted))
    assert merge(start, rest["release"]) == whole
    book = json.loads(write_widget_words(release, wanted, today(release)))
    merged = merge(words, rest["words"])
    assert book.items() <= merged.items()
    assert merged["languages"] == {"en": "English", "es": "Español"}
    # Nothing of either is in both.
    assert "citations" not in json.dumps(start)
    assert not rest["words"].keys() & words.keys() - {"ui"}


@pytest.mark.once
@pytest.mark.parametrize("wanted", ["en", "es"])
def test_what_the_first_question_waits_for_is_small(
    release: engine.Release, wanted: str
) -> None:
    first, more = write_part("start", release, wanted, today(release))
    body = first + b"\n" + more.encode()
    # At the quality of a server that compresses at each request.
    packed = len(brotli.compress(body, quality=5))
    assert packed <= MOST_BEFORE_THE_FIRST_QUESTION, packed


@pytest.mark.once
def test_the_words_of_a_language_are_all_that_another_lacks(
    release: engine.Release,
) -> None:
    [words] = read(release, "words", "es")
    whole = json.loads(write_in_one_language(release, "es"))
    assert words["texts"] == whole["texts"]["es"]
    assert words["words"]["locale"] == "es"
    assert words["words"]["ui"]["beside"] == {"en": "Mostrar el texto en inglés"}
    [english] = read(release, "words", "en")
    assert english["words"]["ui"]["beside"] == {"es": "Show the text in Spanish"}


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ["", "br", "gzip"])
def test_parts_are_named_by_the_release_and_by_what_is_sent(
    client: Any, screener: Any, encoding: str
) -> None:
    accepts = {"HTTP_ACCEPT_ENCODING": encoding}
    plain = client.get(URL)
    sha256 = plain["ETag"].strip('"')
    by_hash = f"/api/v1/releases/{sha256}/"
    for address, part in ((URL, "start"), (by_hash, "rest"), (by_hash, "words")):
        asked = {"words": "en", "part": part, "as_of": "2026-11-23"}
        answer = client.get(address, asked, **accepts)
        assert answer.get("Content-Encoding", "") == encoding
        assert "Accept-Encoding" in answer["Vary"]
        body = unpack(answer)
        named, sent = re.findall("[0-9a-f]{64}", answer["ETag"])
        first = body.split(b"\n")[0]
        assert (named, sent) == (sha256, hashlib.sha256(first).hexdigest())
        again = client.get(address, asked, HTTP_IF_NONE_MATCH=answer["ETag"], **accepts)
        assert (again.status_code, again.content) == (304, b"")
        assert unpack(client.get(address, asked)) == body, "always the same bytes"
    whole = client.get(by_hash, **accepts)
    assert hashlib.sha256(unpack(whole)).hexdigest() == sha256
    assert client.get(by_hash, {"words": "en", "part": "half"}).status_code == 400
    # Without a language it is that of the rules.
    assert unpack(client.get(by_hash, {"part": "rest"})) == unpack(
        client.get(by_hash, {"part": "rest", "words": "en"})
    )


def unpack(answer: Any) -> bytes:
    ways = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}
    return ways[answer.get("Content-Encoding", "")](answer.content)
