"""A screener as its editors last saved it, next to the one that is published."""

from dataclasses import dataclass

from screening_block import engine
from screening_block.models import Release, Screener

from .compile import compile_screener
from .content import source_of
from .gate import ProblemsError, examine


@dataclass(frozen=True)
class Editions:
    """Both editions of a screener.

    `draft`: every change saved so far; None where it is not sound, and `problems` then
    says why. `live`: the current release; None where there is none.
    """

    screener: Screener
    draft: engine.Release | None
    live: engine.Release | None
    problems: ProblemsError | None

    @property
    def newest(self) -> engine.Release | None:
        return self.draft or self.live


def editions_of(screener: Screener) -> Editions:
    """Return both editions of a screener, given any of its translations."""
    source = source_of(screener)
    live = Release.load_current(source.key)
    latest = source.get_latest_revision_as_object()
    try:
        draft = examine(compile_screener(latest, drafts=True))
    except ProblemsError as error:
        return Editions(source, None, live, error)
    return Editions(source, draft, live, None)
