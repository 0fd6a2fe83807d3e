"""Which questions conditions read, through facts too."""

from functools import lru_cache

from .model import LEVEL_CONDITIONS
from .release import Release


def questions_read(release: Release, *roots: str) -> int:
    """The questions that some conditions read, as bits of their `index`.

    `roots` are places as in the program, such as `questions/days/ask_when`; where there
    is no condition nothing is read.
    """
    program = release.program
    ahead = [program.roots[root] for root in roots if root in program.roots]
    seen = set(ahead)
    bits = 0
    while ahead:
        number = ahead.pop()
        for node in range(number, program.ends[number]):
            bits |= program.masks[program.slots[node]]
            link = program.links[node]
            if link >= 0 and link not in seen:
                seen.add(link)
                ahead.append(link)
    return bits


@lru_cache(maxsize=256)
def weightiest_questions(release: Release) -> tuple[str, ...]:
    """All questions: first those on whose answer the most findings hang, as how a case
    ended, then as the screener has them."""
    read = [
        questions_read(
            release, *(f"findings/{key}/{name}" for name in LEVEL_CONDITIONS)
        )
        for key in release.findings
    ]

    def weight(key: str) -> int:
        bit = 1 << release.questions[key].index
        return sum(bool(bits & bit) for bits in read)

    return tuple(sorted(release.questions, key=lambda key: -weight(key)))
