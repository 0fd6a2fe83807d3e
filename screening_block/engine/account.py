"""What is told of one set of answers: why each finding came out, and its texts.

An account holds what the visitor said and lives as long as the request. What the
release says by itself comes from its voice, which is kept and knows no answer.
"""

from typing import NamedTuple

from .answers import parse_answers, parse_as_of
from .evaluate import AnyAnswers, FindingOutcome
from .explain import Explainer
from .release import Release
from .turning import turning_date
from .voice import voice_of


class FindingWords(NamedTuple):
    """What a finding says: `notes` in order, `actions` by key. Actions and notes that
    have nothing left are not there."""

    heading: str
    body: str
    notes: list[str]
    actions: dict[str, str]


class Account:
    """Tells of one set of answers on one day in one language; raises `AnswerError`.

    What many findings share is said once, so make one account for all of them.
    """

    def __init__(
        self, release: Release, answers: AnyAnswers, as_of: str, locale: str = "en"
    ) -> None:
        self.release, self.as_of = release, parse_as_of(as_of)
        self.answers = parse_answers(release, answers)
        self.voice = voice_of(release, self.as_of, locale)
        self._explainer = Explainer(self.voice, release, self.answers, self.as_of)

    def explain(self, finding: FindingOutcome) -> list[str]:
        """Return the sentences for what decided a finding, in the order of its trace,
        each once.

        Facts between the finding and the answers say nothing: it would make reasons
        three times as long, and the visitor said none of it. The trace has them.
        """
        return self._explainer.explain(finding.because)

    def words(self, finding: FindingOutcome) -> FindingWords:
        """Return the texts of a finding, with everything filled in."""
        texts = self.voice.findings[finding.key]
        said = texts.filled
        if texts.names_a_day(finding.notes):
            date = turning_date(self.release, finding, self.answers, self.as_of)
            if date is not None:
                said = self.voice.fill(texts.raw, date)
        notes = [said["notes"][key] for key in finding.notes if key in said["notes"]]
        return FindingWords(said["heading"], said["body"], notes, said["actions"])


def explain(
    release: Release,
    answers: AnyAnswers,
    finding: FindingOutcome,
    as_of: str,
    locale: str = "en",
) -> list[str]:
    """Sentences for what decided one finding; see `Account.explain`."""
    return Account(release, answers, as_of, locale).explain(finding)


def finding_words(
    release: Release,
    finding: FindingOutcome,
    answers: AnyAnswers,
    as_of: str,
    locale: str = "en",
) -> FindingWords:
    """The texts of one finding for these answers; see `Account.words`."""
    return Account(release, answers, as_of, locale).words(finding)
