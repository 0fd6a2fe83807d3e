"""One set of answers, and what the law file derives from it (section (d), amended).

A fact is yes, no or unknown. A question that was not asked because its gate is closed
is no in every test; one that is open or not sure is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from .answered import Answered
from .gates import ADMITTED_STATUSES, CONVICTED, NEVER_PLEADED, PROGRAMS
from .logic import (
    NO,
    NOT,
    UNKNOWN,
    YES,
    every,
    known,
    negate,
    ruled,
    some,
)
from .thresholds import CA_MISD_364

CITIZENS = ("citizen_born", "citizen_naturalized")
GUN_ITEMS = ("regular_gun", "assault_weapon", "short_shotgun", "machine_gun")
NO_GUN_ITEMS = ("knife", "bb_or_replica", "none")
EXPUNGED = ("pc1203_4", "pc1203_4a", "pc1203_41", "pc1203_42", "pc1203_425")
LEGAL_REASONS = ("legal_mistake", "immigration_advice_error", "new_innocence_evidence")
RULES: dict[str, Callable[[Case], int]] = {}


def rule(key: str) -> Callable[[Callable[[Case], int]], Callable[[Case], int]]:
    """Enter a function as the rule of the finding `key`."""

    def enter(function: Callable[[Case], int]) -> Callable[[Case], int]:
        RULES[key] = function
        return function

    return enter


class Case(Answered):
    """A set of answers, with its facts and the levels of its findings."""

    def __init__(self, answers: Mapping[str, Any], today: date) -> None:
        super().__init__(answers, today)
        self._levels: dict[str, int] = {}

    def level(self, key: str) -> int:
        """What the rule of a finding says: 0 not_apply, 1 may_apply, 2 applies."""
        if key not in self._levels:
            self._levels[key] = RULES[key](self)
        return self._levels[key]

    def raised(self, *keys: str) -> int:
        """Whether one of these findings is at least may_apply: yes or no."""
        return known(any(self.level(key) != NOT for key in keys))

    def highest(self, *keys: str) -> int:
        return max(self.level(key) for key in keys)

    # -- Facts --------------------------------------------------------------------

    @cached_property
    def noncitizen(self) -> int:
        return negate(self.is_("immigration_status", *CITIZENS))

    @cached_property
    def admitted(self) -> int:
        if YES in (
            self.is_("entry_manner", "let_in"),
            self.is_("admitted_later", True),
            self.is_("immigration_status", *ADMITTED_STATUSES),
        ):
            return YES
        never = every(
            self.is_("entry_manner", "unchecked", "paroled"),
            self.is_("admitted_later", False),
            self.is_(
                "immigration_status",
                *("none", "daca", "tps", "asylum_pending", "asylee"),
                *("withholding_cat", "parole", "pending_green_card", "sij"),
            ),
        )
        return NO if never == YES else UNKNOWN

    @cached_property
    def penalty(self) -> int:
        """A real penalty: anything but nothing and a fine suspended for good."""
        picked = self._value("punishment_ordered")
        if picked is None:
            return self.open("punishment_ordered")
        return known(bool({*picked} - {"nothing", "fine_suspended_unconditionally"}))

    @cached_property
    def conviction(self) -> int:
        """Where judgment was withheld: no without a plea, which the second limb needs;
        unknown where nothing was ordered, as the program itself is a restraint."""
        if self.is_("disposition", *CONVICTED) == YES:
            infraction = self.is_("offense_level", "infraction")
            return YES if infraction == NO else UNKNOWN
        if self.is_("disposition", *NEVER_PLEADED) == YES:
            return NO
        if self.is_("disposition", *PROGRAMS) != YES:
            return UNKNOWN
        plea = self.is_("plea_or_admission", True)
        deferred = self.is_("program_kind", "pc1000_deferred_entry")
        if self.is_("disposition", PROGRAMS[0]) == YES:
            deferred = NO
        if some(plea, deferred) == NO:
            return NO
        dropped = every(
            self.is_("disposition", "charges_dropped"),
            self.has("punishment_ordered", "nothing"),
            some(plea, negate(deferred)),
        )
        if dropped == YES:
            return NO
        return YES if every(plea, self.penalty) == YES else UNKNOWN

    @property
    def clearable(self) -> int:
        """The outcome is not one after which there was nothing to clear. Whoever is not
        sure of it has not ruled that out."""
        nothing = ("arrest_no_charges", "not_guilty", "open")
        return known(self.is_("disposition", *nothing) != YES)

    @property
    def not_ruled_out(self) -> int:
        """The law file's "CONV other than no": yes where known answers leave the
        conviction open, unknown where answers are missing that may rule it out."""
        if self.conviction == NO:
            return NO
        never = self.is_("disposition", *NEVER_PLEADED)
        plea = self.is_("plea_or_admission", True)
        pure = every(
            self.is_("disposition", *PROGRAMS[1:]),
            negate(plea),
            UNKNOWN
            if plea == UNKNOWN
            else negate(self.is_("program_kind", "pc1000_deferred_entry")),
        )
        unpunished = every(
            self.is_("disposition", "charges_dropped"),
            self.has("punishment_ordered", "nothing"),
            plea,
        )
        withheld = every(self.is_("disposition", PROGRAMS[0]), negate(plea))
        return negate(some(never, pure, unpunished, withheld))

    @cached_property
    def live(self) -> int:
        """A conviction, or none ruled out. On appeal, after an infraction, and after a
        verdict whose level is not sure, none can be ruled out. Where a plea-first
        program or the outcome leaves it open: unknown, so nothing is certain."""
        if self.is_("disposition", *CONVICTED, "infraction", "on_appeal") == YES:
            return YES
        return self.conviction

    @cached_property
    def pleaded(self) -> int:
        """A plea of guilty or no contest, or an admission."""
        if self.is_("disposition", "convicted_plea", PROGRAMS[0]) == YES:
            return YES
        if self.is_("disposition", "convicted_trial", *NEVER_PLEADED) == YES:
            return NO
        if self.is_("disposition", *PROGRAMS) == YES:
            return self.is_("plea_or_admission", True)
        return UNKNOWN

    @cached_property
    def opened(self) -> int:
        """A vacatur whose own reason counts: not of PC 1203.43, which gives one."""
        return self.has("relief_obtained", "pc1473_7", "other_vacatur")

    @cached_property
    def vacated(self) -> int:
        return some(self.opened, self.has("relief_obtained", "pc1203_43"))

    def opened_for(self, *reasons: str) -> int:
        return every(self.opened, self.is_("relief_reason", *reasons))

    @cached_property
    def erased(self) -> int:
        unclear = every(self.opened_for("none_stated", "automatic"), UNKNOWN)
        return some(
            self.has("relief_obtained", "pc1203_43"),
            self.opened_for(*LEGAL_REASONS),
            unclear,
        )

    @cached_property
    def expunged(self) -> int:
        """The relief of good behaviour, PC 1203.4 and its family."""
        return self.has("relief_obtained", *EXPUNGED)

    @cached_property
    def rehabilitative(self) -> int:
        return some(
            self.expunged,
            self.has("relief_obtained", "dismissed_after_program"),
            self.opened_for("good_behavior", "only_to_help_immigration"),
        )

    @cached_property
    def pardon(self) -> int:
        return self.has("relief_obtained", "pardon_governor", "pardon_president")

    @cached_property
    def max_one_year(self) -> int:
        """Reduced felonies are unknown."""
        if self.is_("offense_level", "felony_reduced") == YES:
            return UNKNOWN
        early = self.number("plea_date", lambda day: day < CA_MISD_364)
        return some(
            self.is_("offense_level", "felony"),
            every(self.is_("offense_level", "misdemeanor"), early),
        )

    @cached_property
    def not_gun(self) -> int:
        return every(self.column("firearm", "none"), self.is_("item", *NO_GUN_ITEMS))

    @cached_property
    def gun(self) -> int:
        """A gun in the law; where the law is not sure or not listed, in what the
        visitor says the thing was. Ammunition and enhancements are unknown, and so is
        a gun in a case under a law that asks for none."""
        if self.column("firearm", "general", "special", "other", "federal") == YES:
            return YES
        if self.unlisted and self.is_("item", *GUN_ITEMS) == YES:
            return YES
        return NO if self.not_gun == YES else UNKNOWN

    @cached_property
    def gun_case(self) -> int:
        """As `gun`; a law that is not sure does not hide an item that counts as one:
        ammunition or an enhancement too."""
        item = self.is_("item", *GUN_ITEMS, "ammunition_only", "enhancement")
        return some(
            self.gun,
            known(self.column("firearm", "ammunition") == YES),
            every(known(self.unlisted != NO), item),
        )

    @cached_property
    def drug(self) -> int:
        return some(
            self.also("drug"),
            self.is_("offense_act", "drug_possession"),
            self.is_("drug_charge", True),
        )

    @cached_property
    def cimt(self) -> int:
        return self.column("cimt", "likely", "uncertain")

    @cached_property
    def lpr(self) -> int:
        return self.is_("immigration_status", "lpr")

    @cached_property
    def tps(self) -> int:
        return some(
            self.is_("immigration_status", "tps"), self.has("plans", "tps_renewal")
        )

    @cached_property
    def hurt_protected(self) -> int:
        """Somebody protected, and an act of violence (DACA's list; R49 adds shots)."""
        return every(
            self.is_("victim_protected", True),
            self.is_("offense_act", "assault", "threat", "brandishing"),
        )

    def ground(self, applies: int = NO, may: int = NO) -> int:
        """A ground on a conviction: `applies` only where one is certain, and where no
        order may have erased it."""
        sure = every(applies, self.noncitizen, self.live, negate(self.erased))
        return ruled(
            applies=sure,
            may=every(self.noncitizen, self.live, some(applies, may)),
        )
