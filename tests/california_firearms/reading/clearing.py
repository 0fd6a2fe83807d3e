"""Section (f) of the law file: the family of PC 1203.4, and R56, which waits for it.

The 1203.4 family needs a conviction in California's own sense, or an outcome that is
not sure: not a program or dropped charges, though these may count for immigration.
Federal convictions are outside the rule set but for R12 and R14: no path fits them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from .case import Case, rule
from .gates import CONVICTED, PROGRAMS
from .logic import NO, UNKNOWN, YES, every, known, negate, ruled, some
from .thresholds import (
    AUTO_FELONY_SINCE,
    AUTO_FELONY_YEARS,
    AUTO_NO_PROBATION_YEARS,
    AUTO_SINCE,
    REALIGNMENT,
    W_1203_4A_YEARS,
    W_1203_41_PRISON_YEARS,
    W_1203_41_SPLIT_YEARS,
    W_1203_41_STRAIGHT_YEARS,
    W_1203_42_YEARS,
)


def infraction(case: Case) -> int:
    """A level that is known leaves no doubt where the outcome is not sure."""
    level = case.is_("offense_level", "infraction")
    outcome = case.is_("disposition", "infraction")
    return some(level, outcome) if level or outcome == YES else NO


def federal(case: Case) -> int:
    """A federal law in the chart, or federal prison."""
    return some(
        known(case.column("firearm", "federal") == YES),
        known(case.is_("sentence_type", "federal_prison") == YES),
    )


def counts(case: Case) -> int:
    """A conviction under a law of California, in the sense of either law."""
    return every(case.not_ruled_out, negate(federal(case)))


def judged(case: Case) -> int:
    """A conviction in the sense of California alone."""
    return every(counts(case), negate(case.is_("disposition", *PROGRAMS[1:])))


def convicted(case: Case) -> int:
    """Of a crime, in the sense of California alone."""
    return every(judged(case), negate(case.is_("disposition", "infraction")))


def still_to_clear(case: Case) -> int:
    """Nothing of the 1203.4 family, and no vacatur, has been granted."""
    return negate(some(case.expunged, case.vacated))


def final(case: Case) -> int:
    """A judgment was entered, and no appeal is open."""
    return every(
        known(case.conviction != UNKNOWN or infraction(case) == YES),
        negate(case.is_("disposition", "on_appeal", PROGRAMS[0])),
    )


class Timed(NamedTuple):
    """A path that time opens. `surely`: it fits but for time and another case; `may`:
    so it may; `free`: neither time nor another case stands in the way; `waits`: one of
    them does, where that is not simply the opposite."""

    surely: int
    may: int
    free: int
    waiting: int | None = None

    @property
    def waits(self) -> int:
        return negate(self.free) if self.waiting is None else self.waiting


def free(case: Case) -> int:
    """No other case, and no supervision now."""
    return every(
        case.is_("open_cases", False),
        negate(case.is_("probation_status", "on_now")),
    )


def t1203_4(case: Case) -> Timed:
    """Certain sex crimes and Vehicle Code cases are left out: not sure where there is a
    duty to register, or where the law is not in the chart. Where no judgment was
    entered the written conditions are not certain."""
    fits = every(
        convicted(case),
        still_to_clear(case),
        negate(infraction(case)),
        case.is_("sentence_type", "probation"),
    )
    ended = case.is_("probation_status", "completed", "ended_early", "on_now")
    return Timed(
        every(
            fits,
            ended,
            negate(case.unlisted),
            final(case),
            negate(case.also("dui")),
            negate(case.is_("must_register_290", True)),
        ),
        every(fits, some(ended, case.is_("probation_status", "violated_but_ended"))),
        free(case),
    )


def t1203_4a(case: Case) -> Timed:
    """Another conviction leaves "law-abiding" open, and so the judge's discretion. Some
    Vehicle Code infractions are left out: not sure where the law is not listed."""
    ticket = every(case.is_("disposition", "infraction", *CONVICTED), infraction(case))
    fits = every(
        some(ticket, convicted(case)),
        still_to_clear(case),
        negate(federal(case)),
        case.is_("sentence_type", "jail_or_fine_no_probation"),
    )
    level = some(infraction(case), case.is_("offense_level", "misdemeanor"))
    return Timed(
        every(
            fits,
            level,
            final(case),
            case.is_("other_convictions", "none"),
            negate(every(infraction(case), some(case.unlisted, case.also("dui")))),
        ),
        every(fits, some(level, case.is_("offense_level", "felony_reduced"))),
        every(
            case.waited("judgment_date", W_1203_4A_YEARS),
            case.number("sentence_completed_date", lambda day: day <= case.today),
            free(case),
        ),
    )


def t1203_41(case: Case) -> Timed:
    kinds = {
        "county_jail_1170h_split": W_1203_41_SPLIT_YEARS,
        "county_jail_1170h_straight": W_1203_41_STRAIGHT_YEARS,
        "state_prison": W_1203_41_PRISON_YEARS,
    }
    registered = every(
        case.is_("sentence_type", "state_prison"), case.is_("must_register_290", True)
    )
    over = {
        kind: case.waited("sentence_completed_date", years)
        for kind, years in kinds.items()
    }
    waited = (every(case.is_("sentence_type", kind), over[kind]) for kind in kinds)
    waits = (
        every(case.is_("sentence_type", kind), negate(over[kind])) for kind in kinds
    )
    return Timed(
        NO,
        every(
            convicted(case),
            still_to_clear(case),
            case.is_("offense_level", "felony"),
            case.is_("sentence_type", *kinds),
            negate(registered),
        ),
        every(some(*waited), free(case)),
        some(*waits, negate(free(case))),
    )


def t1203_42(case: Case) -> Timed:
    return Timed(
        NO,
        every(
            convicted(case),
            still_to_clear(case),
            case.is_("offense_level", "felony"),
            case.is_("sentence_type", "state_prison"),
            case.number("judgment_date", lambda day: day < REALIGNMENT),
            negate(case.column("term", "state_prison")),
        ),
        every(case.waited("sentence_completed_date", W_1203_42_YEARS), free(case)),
    )


def t1203_425(case: Case) -> Timed:
    """Probation that was violated was perhaps never revoked. Infractions, not named,
    count as the lesser thing; a reduced felony as a misdemeanor."""
    ticket = infraction(case)
    crime = every(
        negate(ticket),
        negate(case.is_("must_register_290", True)),
        negate(case.is_("serious_or_violent_felony", True)),
    )
    probation = every(
        crime,
        case.is_("sentence_type", "probation"),
        negate(case.is_("probation_status", "never_granted")),
    )
    jail = every(
        some(
            ticket,
            every(crime, case.is_("offense_level", "misdemeanor", "felony_reduced")),
        ),
        case.is_("sentence_type", "jail_or_fine_no_probation"),
    )
    felony = every(
        crime,
        case.is_("offense_level", "felony"),
        case.number("plea_date", lambda day: day >= AUTO_FELONY_SINCE),
    )
    return Timed(
        NO,
        every(
            some(case.is_("disposition", "infraction"), convicted(case)),
            still_to_clear(case),
            negate(federal(case)),
            case.number("plea_date", lambda day: day >= AUTO_SINCE),
            some(probation, jail, felony),
        ),
        every(
            some(
                probation,
                every(
                    jail,
                    case.waited("judgment_date", AUTO_NO_PROBATION_YEARS, more=False),
                ),
                every(
                    felony,
                    case.waited(
                        "sentence_completed_date", AUTO_FELONY_YEARS, more=False
                    ),
                ),
            ),
            free(case),
        ),
    )


TIMED = {
    "path_1203_4": t1203_4,
    "path_1203_4a": t1203_4a,
    "path_1203_41": t1203_41,
    "path_1203_42": t1203_42,
    "path_1203_425": t1203_425,
}


def _now(timed: Callable[[Case], Timed]) -> Callable[[Case], int]:
    def level(case: Case) -> int:
        path = timed(case)
        return ruled(
            applies=every(path.surely, path.free), may=every(path.may, path.free)
        )

    return level


for _key, _timed in TIMED.items():
    rule(_key)(_now(_timed))


@rule("path_not_yet")
def r56(case: Case) -> int:
    """As sure as it is that a path is closed only by time or by another case. Of paths
    one asks for ("you may be able to ask later"), so not of 1203.425."""
    asked = (timed(case) for key, timed in TIMED.items() if key != "path_1203_425")
    waits = some(*(every(p.may, p.waits) for p in asked))
    appeal = case.is_("disposition", "on_appeal")
    return ruled(applies=every(waits, negate(appeal)), may=waits)
