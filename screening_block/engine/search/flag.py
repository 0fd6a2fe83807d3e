"""What a check found."""

from typing import Any, Literal, NamedTuple

Severity = Literal["error", "warning"]


class Flag(NamedTuple):
    """One thing an editor should look at. Its first three fields are a `Problem`'s.

    `severity`: an error contradicts what the release itself says (two findings that
    exclude each other both apply; a finding that never applies; a question that is
    never asked); a warning deserves a look. `keys`: what it concerns. `answers`:
    answers a visitor could give that show it, or None where the point is that there
    are none. `proven`: whether that is certain, or the search only found none within
    its budget.
    """

    path: str
    code: str
    message: str
    severity: Severity
    keys: tuple[str, ...] = ()
    answers: dict[str, Any] | None = None
    proven: bool = True
