"""An outcome in words: what the API answers and the result page shows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from django.utils import translation
from django.utils.translation import gettext as _

from screening_block import engine
from screening_block.engine.voice import KEPT, Voice
from screening_block.engine.wording import Wording

from .foreign_words import mark_foreign
from .markup import to_html, to_text
from .shown_words import build_shown

#: How much is said, from the least; each but the first is all of one before it.
DETAILS = ("levels", "reasons", "full", "trace")


def build_result(
    release: engine.Release,
    answers: Mapping[str, Any] | engine.Answers | str,
    as_of: str,
    locale: str,
    detail: str = "full",
) -> dict[str, Any]:
    """Build the evaluation in the shape of the API. Raises `engine.AnswerError`.

    `detail` is one of `DETAILS`: `levels` without a word, `reasons` with headings and
    what decided each finding, `full` with all that is shown of it, `trace` with the
    value of every condition that decided it.

    A finding in full has its `body` as markup, and as `html` and `text` too.
    """
    given = engine.parse_answers(release, answers)
    if detail == "levels":
        return _build_levels(release, given, as_of)
    account = engine.Account(release, given, as_of, locale)
    heard = None if detail == "trace" else account.voice.heard
    outcome = engine.evaluate(release, given, as_of, heard)
    head = {
        "detail": detail,
        "screener": release.key,
        "release": release.sha256,
        "as_of": as_of,
        "engine": engine.ENGINE_VERSION,
        "locale": locale,
        "translation_reviewed": None
        if locale == release.locale
        else locale not in release.data.get("unreviewed_languages", ()),
        "complete": outcome.complete,
        "next": outcome.next,
    }
    if detail == "reasons":
        return {**head, "findings": _build_reasons(account, outcome)}
    missing = _list_missing(outcome)
    findings = [
        _build_finding(account, found, missing[found.missing], locale)
        for found in outcome.findings
    ]
    if detail == "trace":
        for finding, found in zip(findings, outcome.findings, strict=True):
            finding["trace"] = [
                {**node._asdict(), "by": list(node.by)} for node in found.because
            ]
    shown = build_shown(release, given, outcome, findings, account.voice)
    return {**head, "shown": shown, "findings": findings}


def _build_levels(
    release: engine.Release, given: engine.Answers, as_of: str
) -> dict[str, Any]:
    found = engine.standing(release, given, as_of)
    return {
        "detail": "levels",
        "screener": release.key,
        "release": release.sha256,
        "as_of": as_of,
        "engine": engine.ENGINE_VERSION,
        "complete": found.complete,
        "next": found.next,
        "findings": [
            {"key": key, "level": level, "severity": severity}
            for key, level, severity in found.findings
        ],
    }


def _list_missing(outcome: engine.Outcome) -> dict[Any, list[dict[str, str]]]:
    """Return what is missing, by itself: many findings lack the same."""
    return {
        missing: [{"question": key, "state": state} for key, state in missing]
        for missing in {found.missing for found in outcome.findings}
    }


def _build_reasons(
    account: engine.Account, outcome: engine.Outcome
) -> list[dict[str, Any]]:
    missing, findings = _list_missing(outcome), account.release.findings
    return [
        {
            "key": found.key,
            "group": findings[found.key]["group"],
            "level": found.level,
            "severity": found.severity,
            "heading": account.words(found).heading,
            "because": account.explain(found),
            "missing": missing[found.missing],
        }
        for found in outcome.findings
    ]


def _build_finding(
    account: engine.Account,
    found: engine.FindingOutcome,
    missing: list[dict[str, str]],
    locale: str,
) -> dict[str, Any]:
    release = account.release
    finding = release.findings[found.key]
    words = account.words(found)
    own = _write_bodies(account.voice, release)[found.key]
    if words.notes or words.body is not own.markup:
        said = "\n\n".join(filter(None, [words.body, *words.notes]))
        own = _Body.of(said, release, locale)
    return {
        "key": found.key,
        "group": finding["group"],
        "level": found.level,
        "severity": found.severity,
        "heading": words.heading,
        "body": own.markup,
        "html": own.html,
        "text": own.text,
        "notes": words.notes,
        "status": finding["status"],
        "checked_on": finding.get("checked_on"),
        "checked": _list_checked(release, locale)[found.key],
        "off_paper": find_off_paper(release, found.key),
        "citations": finding.get("citations", []),
        "because": account.explain(found),
        "missing": missing,
        "actions": [
            {**action, "label": words.actions[action["key"]]}
            for action in finding.get("actions", [])
            if action["key"] in words.actions
        ],
    }


class _Body(NamedTuple):
    """A text in the small markup, and what comes of it."""

    markup: str
    html: str
    text: str

    @classmethod
    def of(cls, markup: str, release: engine.Release, locale: str) -> _Body:
        html = mark_foreign(to_html(markup), release, locale)
        return cls(markup, html, to_text(markup))


@lru_cache(maxsize=KEPT)
def _write_bodies(voice: Voice, release: engine.Release) -> dict[str, _Body]:
    """Return what findings say where neither a note nor a day is shown: as with the
    rest of a voice, without any answer."""
    return {
        key: _Body.of(texts.filled["body"], release, voice.locale)
        for key, texts in voice.findings.items()
    }


def find_off_paper(release: engine.Release, finding: str) -> str | None:
    """Return what of a finding stays off paper: the `finding`, its `reasons` (with the
    notes) or nothing."""
    if release.findings[finding].get("off_paper"):
        return "finding"
    return "reasons" if finding in engine.unexplained_findings(release) else None


NEEDS_CHECKING = "needs_checking"


def describe_unsourced() -> str:
    """Return the sentence, said once, on a rule or citation that needs checking."""
    return _("We have not checked this point in a source yet.")


def describe_unchecked(release: engine.Release) -> str:
    """Return the sentence on a finding without a day on which its law was checked."""
    if release.data["review"].get("reviewer"):
        return _("We have no date on which this was last checked.")
    return _("No lawyer has checked this yet.")


@lru_cache(maxsize=KEPT)
def _list_checked(release: engine.Release, locale: str) -> dict[str, str]:
    """Return how far each finding was checked, which hangs on no answer."""
    return {
        key: describe_checked(release, finding, locale)
        for key, finding in release.findings.items()
    }


def describe_checked(
    release: engine.Release, finding: dict[str, Any], locale: str
) -> str:
    """Return the sentence on how far a finding was checked, in `locale`."""
    with translation.override(locale):
        day = finding.get("checked_on")
        when = {"when": Wording(release, locale).date(day)} if day else None
        claims = [finding, *finding.get("citations", ())]
        sentences = [
            describe_unsourced()
            if any(claim["status"] == NEEDS_CHECKING for claim in claims)
            else "",
            _("Law last checked on %(when)s.") % when
            if when
            else describe_unchecked(release),
        ]
    return " ".join(filter(None, sentences))
