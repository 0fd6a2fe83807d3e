"""The values of a program while one answer comes in after the other.

An answer reaches few conditions. Only those are worked out again, so a questionnaire
is replayed in a fraction of the time that a run from the start for each answer takes.
"""

from bisect import insort
from typing import Any

from .atoms import Law
from .program import Program
from .values import UNKNOWN


class Replay:
    """`values` is what `Program.run` gives for `cells`, and `open_at` what
    `Program.open_questions` does: after each change as well."""

    def __init__(
        self, program: Program, cells: list[Any], unanswered: int, law: Law
    ) -> None:
        self.program, self.cells, self.law = program, cells, law
        self.unanswered = unanswered
        self.values = program.run(cells, law)
        self.open_at = program.open_questions(self.values, unanswered)

    def answer(self, index: int, cell: Any) -> None:
        """Take the answer to a question, by its index; `None` is “not sure”."""
        program, open_at = self.program, self.open_at
        self.cells[index] = cell
        if cell is not None:
            self.unanswered &= ~(1 << index)
        waiting: set[int] = set()
        for slot, value in program.atoms_about(index, self.cells, self.law):
            mask = program.masks[slot] & self.unanswered if value == UNKNOWN else 0
            if self._changed(slot, value, mask):
                waiting.update(program.users[slot])
        # Each group after those that are in it; what it changes comes later still.
        due = sorted(waiting)
        for slot in due:
            combine, pick, kids = program.groups[slot - program.first_group]
            value, mask = combine(pick(self.values)), 0
            if value == UNKNOWN:
                for kid in kids:
                    mask |= open_at[kid]
            if self._changed(slot, value, mask):
                for user in program.users[slot]:
                    if user not in waiting:
                        waiting.add(user)
                        insort(due, user)

    def _changed(self, slot: int, value: int, mask: int) -> bool:
        """Put them in their place; whether anything else was there."""
        if self.values[slot] == value and self.open_at[slot] == mask:
            return False
        self.values[slot], self.open_at[slot] = value, mask
        return True
