"""An outcome in words: what the API answers and the result page shows."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from screening_block import engine

from .markup import to_text


def today(release: engine.Release) -> str:
    """The date in the release's time zone, `YYYY-MM-DD`."""
    return dt.datetime.now(ZoneInfo(release.data["time_zone"])).date().isoformat()


def pick_locale(release: engine.Release, wanted: str | None) -> str:
    """`wanted` if the release has texts in it, else the release's own locale."""
    texts = release.data["texts"]
    return wanted if wanted and wanted in texts else release.locale


@lru_cache(maxsize=256)
def texts_in(release: engine.Release, locale: str) -> dict[str, Any]:
    """All texts in `locale`; what is missing there is in the release's own locale."""
    texts = release.data["texts"]
    return _over(texts[release.locale], texts.get(locale, {}))


def _over(base: Any, better: Any) -> Any:
    if isinstance(base, dict):
        return {key: _over(words, better.get(key, {})) for key, words in base.items()}
    return better if isinstance(better, str) and better.strip() else base


def result(
    release: engine.Release, answers: dict[str, Any] | str, as_of: str, locale: str
) -> dict[str, Any]:
    """The evaluation in the shape of the API. Raises `engine.AnswerError`."""
    given = engine.parse_answers(release, answers)
    outcome = engine.evaluate(release, given, as_of)
    return {
        "screener": release.key,
        "release": release.sha256,
        "as_of": as_of,
        "engine": engine.ENGINE_VERSION,
        "locale": locale,
        "complete": outcome.complete,
        "next": outcome.next,
        "findings": [
            _finding(release, given, found, as_of, locale) for found in outcome.findings
        ],
    }


def _finding(
    release: engine.Release,
    answers: Any,
    found: engine.FindingOutcome,
    as_of: str,
    locale: str,
) -> dict[str, Any]:
    finding = release.findings[found.key]
    words = engine.finding_words(release, found, answers, as_of, locale)
    body = "\n\n".join(text for text in [words.body, *words.notes] if text)
    return {
        "key": found.key,
        "group": finding["group"],
        "level": found.level,
        "severity": found.severity,
        "heading": words.heading,
        "body": body,
        "text": to_text(body),
        "status": finding["status"],
        "checked_on": finding.get("checked_on"),
        "citations": finding.get("citations", []),
        "because": engine.explain(release, answers, found, as_of, locale),
        "missing": [
            {"question": missing.question, "state": missing.state}
            for missing in found.missing
        ],
        "actions": [
            {**action, "label": words.actions[action["key"]]}
            for action in finding.get("actions", [])
            if action["key"] in words.actions
        ],
    }
