"""The closed lists of a release, each once and in its order.

What they are called on screen is said once too, in `screening_block.choices`.
"""

from typing import Literal, get_args

#: What a question can ask for; each has its object in `types`. To add one, also:
#: docs/architecture.md, "Where a change is made".
ANSWER_TYPES = ("choice", "choices", "yes_no", "integer", "money", "date")
#: What a cell of a chart holds. To add one, also: docs/architecture.md, as above.
COLUMN_TYPES = ("choice", "choices")
#: What a threshold is.
THRESHOLD_TYPES = ("integer", "money", "date")
COMPARATORS = ("lt", "le", "eq", "ge", "gt")
#: What a number counts. To add one, also: docs/architecture.md, as above.
UNITS = ("days", "months", "years")
#: What becomes of a day that a shifted month does not have.
ROLLS = ("last_day", "next_day")
Level = Literal["applies", "may_apply", "not_apply"]
#: The surest first.
LEVELS: tuple[Level, ...] = get_args(Level)
#: The mildest first.
SEVERITIES = ("info", "caution", "high", "urgent")
#: Where a finding stands in a result.
FINDING_GROUPS = ("case", "risk", "help", "next")
#: What a result says in short, in this order.
SHORT_PARTS = ("meaning", "risk", "action")
#: The groups of a result in which findings unfold, in this order; an editor's own stand
#: between `more` and `help`.
FOLDED_GROUPS = ("urgent", "unanswered", "more", "help")
#: How far a claim about the law was checked.
STATUSES = ("verified", "needs_checking")
ACTION_TYPES = ("step", "link", "help")
#: Texts that each language has for itself: what another says does not stand for them.
#: `foreign_words` are the words of the release's own language that the texts of another
#: leave as they are, one or a phrase a line.
OF_ONE_LANGUAGE = ("foreign_words",)
