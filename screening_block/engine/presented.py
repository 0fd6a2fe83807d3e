"""How findings are presented: what is said in short, what stands open, what unfolds.

Decided here alone, for the page without script and (`presented.js`) for the browser.
What does not apply is not shown. `tests/vectors/presented.json` holds for both halves.

A result is read from its top: what is said in short, findings that stand open, groups
of findings. The law of that order: **no sentence that reassures (a line, a finding, a
note) stands before a graver finding that may apply.** People who see good news stop
reading, and what they were not sure of is what they miss.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from .answers import parse_answers
from .choices import FOLDED_GROUPS, LEVELS, SEVERITIES, SHORT_PARTS
from .evaluate import AnyAnswers, FindingOutcome, Outcome
from .model import lines_of
from .release import Release
from .values import YES

#: The groups whose findings need not be folded.
_OPEN = ("case", "risk")

#: Findings that stand open, where an editor set no number.
OPEN_MOST = 5
#: An editor's groups, where none are set.
_GROUPS = ({"key": "next", "of": ("next",)},)
_URGENT, _UNANSWERED, _MORE, _HELP = FOLDED_GROUPS


class ShortLine(NamedTuple):
    """One sentence in short. It is an editor's line (`key`); or the heading (`risk`) or
    the first action (`action`) of a `finding`; or, without either, what is always true:
    ask a lawyer."""

    part: str
    key: str | None
    finding: str | None


class ShownGroup(NamedTuple):
    """Findings that unfold. With `questions` they cannot be ruled out before one of
    these is answered; those that would tell of the most findings stand first."""

    key: str
    findings: tuple[str, ...]
    questions: tuple[str, ...]


class Shown(NamedTuple):
    """A result in the order in which it is read. Findings and questions are keys."""

    short: tuple[ShortLine, ...]
    open: tuple[str, ...]
    groups: tuple[ShownGroup, ...]


def shown(release: Release, answers: AnyAnswers, outcome: Outcome) -> Shown:
    """Put an outcome of these answers in the order in which it is to be read.

    The gravest first, then the surest, then as the screener has them.
    """
    found = [f for f in outcome.findings if f.level != "not_apply"]
    found.sort(key=lambda f: (-_weight(f), LEVELS.index(f.level)))
    calm = {f.key for f in found if reassures(release, f)}
    opened = _opened(release, found, calm)
    return Shown(
        tuple(_lines(release, answers, outcome, found, calm)),
        tuple(f.key for f in opened),
        tuple(_groups(release, outcome, [f for f in found if f not in opened], calm)),
    )


def reassures(release: Release, finding: FindingOutcome) -> bool:
    """Tell whether a finding reassures: by itself, or by a note that is now shown."""
    record = release.findings[finding.key]
    notes = [n for n in record.get("notes", ()) if n["key"] in finding.notes]
    return any(one.get("reassures") for one in (record, *notes))


def _weight(finding: FindingOutcome) -> int:
    return SEVERITIES.index(finding.severity)


def _opened(
    release: Release, ranked: Sequence[FindingOutcome], calm: set[str]
) -> list[FindingOutcome]:
    """The findings that stand open: what is urgent, and then, while there is room, what
    fits or hangs on no answer that is missing."""
    most = release.data.get("shown", {}).get("open_most", OPEN_MOST)
    opened: list[FindingOutcome] = []
    perhaps = 0
    for finding in ranked:
        sure = finding.level == "applies"
        if finding.severity == "urgent":
            perhaps += not sure
            if sure or perhaps <= most:
                opened.append(finding)
            continue
        if (
            len(opened) < most
            and (sure or not finding.missing)
            and release.findings[finding.key]["group"] in _OPEN
            and (finding.key not in calm or not _hides(finding, ranked, opened))
        ):
            opened.append(finding)
    return opened


def _hides(
    finding: FindingOutcome,
    ranked: Sequence[FindingOutcome],
    opened: Sequence[FindingOutcome],
) -> bool:
    """Tell whether something graver than a finding may apply and is not open."""
    return any(
        other.level == "may_apply"
        and _weight(other) > _weight(finding)
        and other not in opened
        for other in ranked
    )


def _groups(
    release: Release,
    outcome: Outcome,
    rest: Sequence[FindingOutcome],
    calm: set[str],
) -> Iterable[ShownGroup]:
    """The groups that have findings. What reassures comes last, with what may help and
    the gravest first, so that nothing graver follows it."""
    own = release.data.get("shown", {}).get("groups", _GROUPS)

    def place(finding: FindingOutcome) -> str:
        group = release.findings[finding.key]["group"]
        if finding.severity == "urgent":
            return _URGENT
        if finding.key in calm or group == "help":
            return _HELP
        # A next step waits for no answer.
        if finding.level == "may_apply" and finding.missing and group != "next":
            return _UNANSWERED
        return next((one["key"] for one in own if group in one["of"]), _MORE)

    order = (_URGENT, _UNANSWERED, _MORE, *(one["key"] for one in own), _HELP)
    for key in order:
        members = [f for f in rest if place(f) == key]
        if members:
            questions = _ranked_questions(release, outcome, members)
            yield ShownGroup(
                key,
                tuple(f.key for f in members),
                questions if key == _UNANSWERED else (),
            )


def _ranked_questions(
    release: Release, outcome: Outcome, findings: Iterable[FindingOutcome]
) -> tuple[str, ...]:
    """The questions that findings hang on: first those that can be answered now, then
    those that would tell of the most findings, then as the screener has them."""
    missing = [one for finding in findings for one in finding.missing]
    count = Counter(one.question for one in missing)
    now = {one.question for one in missing if one.state == "not_sure"}
    now.update(outcome.relevant)
    asked = [key for key in release.questions if key in count]
    return tuple(sorted(asked, key=lambda key: (key not in now, -count[key])))


def _lines(
    release: Release,
    answers: AnyAnswers,
    outcome: Outcome,
    ranked: Sequence[FindingOutcome],
    calm: set[str],
) -> Iterable[ShortLine]:
    """The lines in short: of each part the first that is true, or what stands for
    it."""
    program = release.program
    cells = parse_answers(release, answers).cells
    values = program.run(cells, program.law(outcome.as_of))
    grave = any(f.level == "may_apply" and _weight(f) for f in ranked)

    def is_true(part: str, line: Mapping[str, Any]) -> bool:
        if grave and line.get("reassures"):
            return False
        node = program.roots.get(f"short/{part}/{line['key']}", -1)
        return node < 0 or values[program.slots[node]] == YES

    chosen = {
        part: line["key"]
        for part, line in reversed([*lines_of(release.data)])
        if is_true(part, line)
    }

    def gravest(*groups: str) -> str | None:
        keys = (f.key for f in ranked if f.key not in calm)
        return next((k for k in keys if release.findings[k]["group"] in groups), None)

    # What stands for a part without a line.
    risk = gravest(*_OPEN)
    stands = {"risk": risk, "action": gravest(*_OPEN, "next")}
    for part in SHORT_PARTS:
        if part in chosen:
            yield ShortLine(part, chosen[part], None)
        elif part == "action" or (part == "risk" and risk):
            yield ShortLine(part, None, stands[part])
