"""Where no day can be shown, the sentence that would name it is not there at all."""

from __future__ import annotations

from typing import Any

import pytest

from screening_block.engine import (
    evaluate,
    finding_words,
    load_release,
    turning_date,
    word_book,
)
from screening_block.engine.undated import without_date

from . import vectors

D = "{date}"
CUT = {
    "between two": (f"One. You can ask on {D}, not before. Two.", "One. Two."),
    "at the end": (f"One thing. From {D} on", "One thing."),
    "all there is": (f"You can ask on {D}.", ""),
    "a question and a shout": (f"When? On {D}! Ask a lawyer.", "When? Ask a lawyer."),
    "none": ("Wait. It is U.S. law.", "Wait. It is U.S. law."),
    "a paragraph": (f"One.\n\nNot before {D}.\n\nTwo.", "One.\n\nTwo."),
    "running over a line": (f"One. You can\nask on {D}.\nTwo.", "One. Two."),
    "an item of a list": (f"Bring:\n- papers\n- a date: {D}", "Bring:\n- papers"),
    "a list and what announces it": (f"One. Mark this:\n- {D}\n\nTwo.", "One.\n\nTwo."),
    "a list after a paragraph": (
        f"One. Days:\n\n- {D}\n- or {D}\n\nTwo.",
        "One.\n\nTwo.",
    ),
    "after an abbreviation": (f"Fine. Under U.S. Law ask on {D}. Two.", "Fine. Two."),
    "a section": (f"Fine. Under sec. 1203 ask on {D}. Two.", "Fine. Two."),
    "a title": (f"Fine. Ask Mr. Ito on {D}. Two.", "Fine. Two."),
    "an article, in Spanish": (
        f"Bien. Según el art. 5, p. ej. ante la Sra. Paz, desde el {D}. ¿Y ahora?",
        "Bien. ¿Y ahora?",
    ),
    "a decimal": (f"Fine. Pay $2.50 by {D}. Two.", "Fine. Two."),
    "three dots in a sentence": (f"Fine. Wait… and ask on {D}. Two.", "Fine. Two."),
    "bold": (f"One. **Wait. Not before {D}.** Two.", "One. Two."),
    "brackets": (f"One. Ask (see below. It helps) on {D}. Two.", "One. Two."),
    "quotation marks": (f"One. They say: “No. Not before {D}.” Two.", "One. Two."),
    "a link": (f"One. [Go. Now](https://a.org/b?c.d) on {D}. Two.", "One. Two."),
    "Chinese": (f"请等待。{D}之前不能申请。请咨询律师。", "请等待。请咨询律师。"),
    "Arabic": (f"انتظر. ليس قبل {D}؟ اسأل محامياً.", "انتظر. اسأل محامياً."),
    "Hindi": (f"रुकिए। {D} से पहले नहीं। वकील से पूछें।", "रुकिए। वकील से पूछें।"),
}


@pytest.mark.parametrize("case", CUT)
def test_the_sentence_that_would_name_the_day_goes_whole(case: str) -> None:
    text, left = CUT[case]
    assert without_date(text).replace("\n", " ") == left.replace("\n", " ")
    assert without_date(left) == left


WAIT: dict[str, Any] = {
    "op": "elapsed",
    "from": {"question": "own"},
    "until": {"today": True},
    "unit": "years",
    "cmp": "ge",
    "n": {"value": 3},
}
EN = {
    "heading": "Not yet. From {date} on",
    "body": "It is early. Ask on {date}, not before.\n\nBring papers.",
    "notes": {"a": "Not before {date}.", "b": "Ask. Mark {date}."},
    "actions": {"c": "Mark {date}", "d": "Ask a lawyer. Before {date}"},
}
ES = {
    "heading": "Desde el {date}",
    "body": "Es pronto. Pida el {date}. Traiga papeles.",
    "notes": {"a": "No antes del {date}.", "b": "Pregunte. Anote el {date}."},
    "actions": {"c": "Anote el {date}", "d": "Pregunte."},
}


def _release() -> Any:
    always = {"op": "not", "of": [{"op": "dont_know", "question": "own"}]}
    finding = {
        "key": "x",
        "applies_when": WAIT,
        "notes": [{"key": "a", "when": always}, {"key": "b", "when": always}],
        "actions": [{"key": key, "type": "step"} for key in "cd"],
    }
    data = vectors.complete(
        {"questions": [{"key": "own", "type": "date"}], "findings": [finding]}
    )
    data["texts"]["en"]["findings"]["x"] = EN
    data["texts"]["es"] = {"findings": {"x": ES}}
    return load_release(data)


def _words(own: str, locale: str) -> Any:
    release, answers = _release(), {"own": own}
    [found] = evaluate(release, answers, vectors.AS_OF).findings
    return finding_words(release, found, answers, vectors.AS_OF, locale)


def test_a_day_that_is_known_stands_in_every_text() -> None:
    words = _words("2024-06-01", "en")
    texts = [words.heading, words.body, *words.notes, *words.actions.values()]
    assert len(texts) == 6
    assert all("June 1, 2027" in text for text in texts)


def test_without_a_day_no_text_has_a_hole() -> None:
    assert _words("2000-01-01", "en") == (
        "Not yet.",
        "It is early.\n\nBring papers.",
        ["Ask."],
        {"d": "Ask a lawyer."},
    )
    # A result has a heading: here what its text begins with.
    assert _words("2000-01-01", "es") == (
        "Es pronto.",
        "Traiga papeles.",
        ["Pregunte."],
        {"d": "Pregunte."},
    )


@pytest.mark.parametrize("locale", ["en", "es", "fr"])
def test_the_browser_is_given_the_same_words_without_a_day(locale: str) -> None:
    release = _release()
    book = word_book(release, vectors.AS_OF, locale)
    left = book["undated"]["findings"]["x"]
    words = _words("2000-01-01", locale)
    assert (left["heading"], left["body"]) == words[:2]
    assert [text for text in left["notes"].values() if text] == words.notes
    assert {k: text for k, text in left["actions"].items() if text} == words.actions


def test_only_a_shown_text_asks_for_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    release = _release()
    asked: list[str] = []

    def counted(*args: Any) -> str | None:
        asked.append(args[1].key)
        return turning_date(*args)

    monkeypatch.setattr("screening_block.engine.account.turning_date", counted)
    plain = {"heading": "Plain", "body": "Plain.", "actions": {"c": "C", "d": "D"}}
    release.data["texts"]["en"]["findings"]["x"] = {**EN, **plain}
    for own, times in (("2024-06-01", 1), (None, 0)):
        asked.clear()
        [found] = evaluate(release, {"own": own}, vectors.AS_OF).findings
        finding_words(release, found, {"own": own}, vectors.AS_OF)
        assert len(asked) == times
