"""Checks of what stays off paper: can the sheet tell it all the same?"""

from collections.abc import Iterator

from ..model import LEVEL_CONDITIONS
from ..off_paper import reads_marked
from ..release import Release
from .flag import Flag


def paper_flags(release: Release) -> Iterator[Flag]:
    """What stands on the sheet and turns on an answer that does not."""
    for key, finding in release.findings.items():
        place = f"findings/{key}"
        names = (*LEVEL_CONDITIONS, "urgent_when")
        if not finding.get("off_paper") and reads_marked(
            release, *(f"{place}/{name}" for name in names)
        ):
            yield Flag(
                place,
                "off_paper",
                "This finding is on the sheet, and it can tell an answer that is left "
                "off the sheet.",
                "warning",
                (key,),
            )
    for key, question in release.questions.items():
        place = f"questions/{key}/ask_when"
        if not question.data.get("off_paper") and reads_marked(release, place):
            yield Flag(
                place,
                "off_paper",
                "This answer is on the sheet, and that it was asked for can tell an "
                "answer that is left off the sheet.",
                "warning",
                (key,),
            )
