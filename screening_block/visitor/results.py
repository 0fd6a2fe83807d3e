"""An outcome in words: what the API answers and the result page shows."""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from screening_block import engine
from screening_block.engine.wording import Wording

from .markup import to_text
from .shown_words import build_shown


def build_result(
    release: engine.Release, answers: dict[str, Any] | str, as_of: str, locale: str
) -> dict[str, Any]:
    """Build the evaluation in the shape of the API. Raises `engine.AnswerError`."""
    given = engine.parse_answers(release, answers)
    outcome = engine.evaluate(release, given, as_of)
    findings = [
        _build_finding(release, given, found, as_of, locale)
        for found in outcome.findings
    ]
    return {
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
        "shown": build_shown(
            release, given, outcome, findings, Wording(release, locale, as_of)
        ),
        "findings": findings,
    }


def _build_finding(
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
        "notes": words.notes,
        "status": finding["status"],
        "checked_on": finding.get("checked_on"),
        "checked": describe_checked(release, finding, locale),
        "off_paper": find_off_paper(release, found.key),
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
