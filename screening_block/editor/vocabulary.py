"""What a condition can name while its page is being written.

The law (thresholds and charts) comes from the database as last saved; questions and
facts come from the page in the browser, unsaved edits included. Together they are a
draft in the shape of a release, enough to describe a condition in words and to check
it.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Count, Max, Q
from wagtail.models import Locale

from screening_block.engine.choices import COMPARATORS
from screening_block.engine.grammar import KEY_PATTERN
from screening_block.engine.types import DENIED_BY_ANOTHER, TYPES, AnswerType
from screening_block.engine_extensions import get_engine_extensions
from screening_block.models import Chart, ChartRow, Threshold
from screening_block.publishing.content import Content
from screening_block.publishing.parts import assemble_release

KEY = re.compile(KEY_PATTERN, re.ASCII).fullmatch
#: As many as a release may have, so that nobody makes the server count for ever.
MAX_RECORDS = 1_000


class KnownLaw(NamedTuple):
    """Every threshold and chart of a locale, with `thresholds`, `charts` and `texts` as
    in a release. `stamp` changes when any of it does."""

    stamp: str
    thresholds: dict[str, Any]
    charts: dict[str, Any]
    texts: dict[str, Any]


def load_law(locale: Locale, *, drafts: bool) -> KnownLaw:
    """Return the law as last saved (`drafts`) or as published; cached by its stamp."""
    marks = [str(locale.pk), str(drafts)]
    for model in (Threshold, Chart, ChartRow):
        newest = model.objects.filter(locale=locale).aggregate(
            all=Count("pk"),
            live=Count("pk", filter=Q(live=True)),
            draft=Max("latest_revision_id"),
            public=Max("live_revision_id"),
            last=Max("last_published_at"),
        )
        marks += [str(mark) for mark in newest.values()]
    return _load_law("/".join(marks), locale, drafts)


@lru_cache(maxsize=8)
def _load_law(stamp: str, locale: Locale, drafts: bool) -> KnownLaw:
    keys = [
        set(model.objects.filter(locale=locale).values_list("key", flat=True))
        for model in (Threshold, Chart)
    ]
    parts = Content(drafts=drafts).shared_parts(keys[0], keys[1], locale)
    whole = assemble_release(parts, locale.language_code, {})
    return KnownLaw(
        stamp,
        whole["thresholds"],
        whole["charts"],
        whole["texts"][locale.language_code],
    )


def build_draft(context: Any, law: KnownLaw, locale: str) -> dict[str, Any]:
    """Return the draft of a page in the browser, with the law.

    `context`: `{"questions": [{"key", "type", "label", "options": [{"key", "label"}],
    "chart", "unit", "currency"}], "facts": [{"key", "label"}]}`. What is not of that
    shape is left out: it is somebody's unfinished work.
    """
    questions, texts = [], {}
    for record in _records(context, "questions"):
        question: dict[str, Any] = {"key": record["key"], "type": record["type"]}
        for name in ("chart", "unit", "currency"):
            if record[name]:
                question[name] = record[name]
        options = list(_records(record, "options"))
        if options and "chart" not in question:
            question["options"] = [{"key": option["key"]} for option in options]
        questions.append(question)
        texts[record["key"]] = {
            "label": record["label"],
            "options": {option["key"]: option["label"] for option in options},
        }
    facts = list(_records(context, "facts"))
    return {
        "locale": locale,
        "questions": questions,
        "facts": [{"key": fact["key"]} for fact in facts],
        "thresholds": law.thresholds,
        "charts": law.charts,
        "texts": {
            locale: {
                "questions": texts,
                "facts": {fact["key"]: {"label": fact["label"]} for fact in facts},
                "thresholds": law.texts["thresholds"],
                "charts": law.texts["charts"],
            }
        },
    }


def _records(holder: Any, name: str) -> Iterator[dict[str, Any]]:
    """Yield the records of a list that have a valid key of their own.

    Fields are texts, lists stay as they are.
    """
    seen: set[str] = set()
    entries = holder.get(name) if isinstance(holder, dict) else None
    for entry in entries[:MAX_RECORDS] if isinstance(entries, list) else ():
        if not isinstance(entry, dict):
            continue
        key = entry.get("key")
        if not isinstance(key, str) or not KEY(key) or key in seen:
            continue
        seen.add(key)
        texts = {
            field: value if isinstance(value := entry.get(field), str) else ""
            for field in ("type", "label", "chart", "unit", "currency")
        }
        yield {**texts, "key": key, "options": entry.get("options")}


def answer_types() -> dict[str, dict[str, Any]]:
    """What the condition editor goes by, by the type of a question.

    `base` is the core type it compares as, `tests` what can be asked of an answer
    ("!": denied), `input` and `inputmode` how a value is entered, `settings` the
    question's fields that count in a comparison, `listed` the answers that are the same
    for every question.
    """
    plugins = get_engine_extensions()["question_types"]
    bases = {key: key for key in TYPES}
    bases |= {key: found.compares_as for key, found in plugins.items()}
    return {
        key: {
            "base": base,
            "tests": _tests(TYPES[base]),
            "input": TYPES[base].input,
            "inputmode": TYPES[base].inputmode,
            "settings": sorted(TYPES[base].settings),
            "listed": TYPES[base].listed(()),
        }
        for key, base in bases.items()
        if base in TYPES
    }


def _tests(answers: AnswerType) -> list[str]:
    """The tests an editor is offered for a type, in the order they are listed."""
    found: list[str] = list(COMPARATORS) if answers.is_compared else []
    for test in answers.tests:
        if test in DENIED_BY_ANOTHER:
            found.append(test)
        elif test != "in" or answers.has_options:
            # To be one of yes and no says nothing.
            found += [test, f"!{test}"]
    return [*found, "dont_know", "!dont_know"]
