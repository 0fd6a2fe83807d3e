"""What must not be on paper: answers that could harm whoever carries them.

A question may be marked `off_paper`; then its answer is for the screen alone. So are
the reasons and the notes of every finding that reads it, whatever was answered: that
they are missing must tell nothing. A finding may be marked too; then all of it is for
the screen alone. Evaluation asks nothing of either mark.
"""

from collections.abc import Iterable
from functools import lru_cache

from .model import LEVEL_CONDITIONS, lines_of
from .reads import questions_read
from .release import Release


@lru_cache(maxsize=256)
def marked_questions(release: Release) -> frozenset[str]:
    """The questions whose answers stay off paper."""
    questions = release.questions.values()
    return frozenset(q.key for q in questions if q.data.get("off_paper"))


def marked_findings(release: Release) -> frozenset[str]:
    """The findings that stay off paper as a whole."""
    return frozenset(k for k, f in release.findings.items() if f.get("off_paper"))


@lru_cache(maxsize=256)
def unexplained_findings(release: Release) -> frozenset[str]:
    """The findings whose reasons and notes stay off paper. Every result asks for them,
    so they are worked out once for a release."""
    return frozenset(
        key
        for key, finding in release.findings.items()
        if reads_marked(
            release,
            *(f"findings/{key}/{name}" for name in LEVEL_CONDITIONS),
            *(f"findings/{key}/notes/{n['key']}" for n in finding.get("notes", ())),
        )
    )


def reads_marked(release: Release, *roots: str) -> bool:
    """Whether one of some conditions reads a marked question, through facts too.

    `roots` are places as in the program, such as `questions/days/ask_when`; where there
    is no condition nothing is read.
    """
    questions = release.questions
    marked = sum(1 << questions[key].index for key in marked_questions(release))
    return bool(marked and marked & questions_read(release, *roots))


@lru_cache(maxsize=256)
def withheld_parts(release: Release) -> frozenset[str]:
    """The parts in short that stay off paper: one of their lines reads a marked
    question, so that each of them tells something of the answer."""
    return frozenset(
        part
        for part, line in lines_of(release.data)
        if reads_marked(release, f"short/{part}/{line['key']}")
    )


def withheld(release: Release) -> Iterable[str]:
    """All that stays off paper: a question's key, a finding's place, and that of a
    finding's reasons and notes, `findings/<key>/because`, or of a part in short,
    `short/<part>`."""
    yield from sorted(marked_questions(release))
    yield from (f"findings/{key}" for key in sorted(marked_findings(release)))
    apart = sorted(unexplained_findings(release))
    yield from (f"findings/{key}/because" for key in apart)
    yield from (f"short/{part}" for part in sorted(withheld_parts(release)))
