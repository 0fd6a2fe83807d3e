"""Whatever the engine finds wrong or doubts, it is told in the reader's language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.translation import override

from screening_block import engine, engine_words
from screening_block.engine_words import NAMED, SENTENCES, say
from screening_block.publishing.gate import describe_problems
from tests.english import find_english, find_english_sentences
from tests.screening_block import small

ENGINE = Path(engine.__file__).parent
#: What is no sentence about a release, a condition or answers.
NO_WORDS = {
    # What takes no text from a person.
    "dates.py": ["is not a date", "is not a period", "is too long", "out of range"],
    "explain.py": ["trace is of another"],
    "turning.py": ["finding is of another"],
    # What reads a text that was typed: the form says it by itself.
    "types.py": ["no one length", "no such number", "neither yes nor", "no such date"],
}
#: What stands in the gaps, where the rest of the sentence depends on it.
PUT_IN = {
    "what": "a number or a date",
    "description": "several choices",
    "place": "line 3, column 4",
    "message": "“a” and “b” exclude each other",
}
#: Of that message, as it is where more is said of it.
WHOLE = ("other (None", "other, but that is not proven. (None")


def list_sentences() -> Iterator[str]:
    """Yield every text of the engine that begins with a capital and ends with a stop,
    the gaps filled in."""
    for path in sorted(ENGINE.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        said = set(_texts(tree))
        yield from sorted(
            text
            for text in said
            if not any(part in text for part in NO_WORDS.get(path.name, []))
        )


def _texts(tree: ast.AST) -> Iterator[str]:
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and isinstance(node.body[0], ast.Expr)
    }
    parts = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in ast.walk(node)
        if part is not node
    }
    raised = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and "NotImplemented" in ast.unparse(node.func)
        for part in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in docs | parts | raised:
            continue
        text = _text(node).replace(*WHOLE)
        if re.match(r"[A-Z“].* .*[.)]$", text):
            yield text


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else _fill(part)
            for part in node.values
        )
    return ""


def _fill(part: ast.AST) -> str:
    name = re.split(r"\W+", ast.unparse(part).strip("{}"))[-1]
    return PUT_IN.get(name, "19")


def test_every_sentence_of_the_engine_is_said_in_spanish() -> None:
    sentences = list(list_sentences())
    assert len(sentences) > 100
    for sentence in sentences:
        with override("en"):
            assert say(sentence) == sentence
        with override("es"):
            said = say(sentence)
        assert said != sentence
        rest = re.sub(r"[\w.]*\b(?:true|null)\b|https?://\S*", "", said)
        assert find_english(rest) == [], said
        assert re.findall(r"\d+", said) == re.findall(r"\d+", sentence)


def test_no_sentence_is_kept_that_the_engine_no_longer_says() -> None:
    source = "\n".join(path.read_text("utf-8") for path in ENGINE.rglob("*.py"))
    said = list(list_sentences())
    with override("en"):
        for pattern, sentence in engine_words._list_patterns():
            text = str(sentence)
            if sentence in NAMED or not text.endswith((".", ")")):
                parts = [part for part in re.split(r"%\(\w+\)s", text) if part]
                assert all(part in source for part in parts), text
            else:
                assert any(map(pattern.fullmatch, said)), text


def test_keys_are_left_as_they_are() -> None:
    message = (
        "“text” and “a number” exclude each other, yet both apply to some answers."
    )
    with override("es"):
        assert say(message).startswith("“text” y “a number” se excluyen")
        assert say("A plugin's own words.") == "A plugin's own words."


def test_what_keeps_a_release_from_being_published_is_told_in_spanish() -> None:
    release = small.release()
    release["findings"][0]["applies_when"] = {"op": "all", "of": []}
    release["thresholds"]["af_term"]["values"][0]["value"] = "soon"
    release["questions"][2]["max"] = -1
    release["key"] = "With blanks"
    del release["roll"]
    with pytest.raises(engine.ReleaseError) as refused:
        engine.load_release(release)
    problems = refused.value.problems
    assert len(problems) > 2
    for language, wanted in (("es", False), ("en", True)):
        with override(language):
            told = "\n".join(
                line.partition(": ")[2] for line in describe_problems(problems, release)
            )
        assert bool(find_english_sentences(told)) is wanted, told


def test_the_names_of_what_is_said_are_gaps_of_sentences() -> None:
    with override("en"):
        gaps = set(re.findall(r"%\((\w+)\)s", " ".join(map(str, SENTENCES))))
    assert gaps >= engine_words.SAID
