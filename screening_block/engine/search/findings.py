"""Checks of findings: can they apply, do they exclude each other, do parts matter?"""

from collections.abc import Iterator

from ..canonical import Json
from ..model import LEVEL_CONDITIONS
from ..values import NO, UNKNOWN, YES
from .examiner import Examiner, Verdict
from .flag import Flag
from .narrow import Goal, no, yes


def finding_flags(ex: Examiner) -> Iterator[Flag]:
    for key, finding in ex.release.findings.items():
        yield from _finding(ex, key, finding)
    yield from _exclusive(ex)


def _either(ex: Examiner, *ways: tuple[Goal, ...]) -> Verdict:
    """Whether one of several sets of goals can be met."""
    proven = True
    for goals in ways:
        verdict = ex.can(*goals)
        if verdict.answers is not None:
            return verdict
        proven = proven and verdict.proven
    return Verdict(None, proven)


def _unproven(message: str) -> str:
    return f"Not certain, because not all answers could be tried: {message}"


def _none(path: str, code: str, message: str, key: str, verdict: Verdict) -> Flag:
    """A flag that there are no answers of some kind; a warning where not certain."""
    return Flag(
        path,
        code,
        message if verdict.proven else _unproven(message),
        "error" if verdict.proven else "warning",
        (key,),
        None,
        verdict.proven,
    )


def _finding(ex: Examiner, key: str, finding: Json) -> Iterator[Flag]:
    place = f"findings/{key}"
    a, m, u = (ex.slot(f"{place}/{name}") for name in LEVEL_CONDITIONS)
    not_blocked = Goal(u, NO, UNKNOWN)
    shown = ((yes(a), not_blocked), (yes(m), not_blocked))
    if "applies_when" in finding:
        verdict = ex.can(yes(a), no(u))
        if verdict.answers is None:
            alone = ex.can(yes(a))
            if alone.answers is None:
                message = "This can never be yes, so the finding can never apply."
                path = f"{place}/applies_when"
            else:
                message = (
                    "Whenever “applies when” is yes, this is never no,"
                    " so the finding can never apply."
                )
                path = f"{place}/unless"
            yield _none(path, "never_applies", message, key, verdict)
    else:
        verdict = _either(ex, *shown)
        if verdict.answers is None:
            alone = ex.can(yes(m))
            if alone.answers is None:
                message = "This can never be yes, so the finding is never shown."
                path = f"{place}/may_apply_when"
            else:
                message = (
                    "Whenever “may apply when” is yes, this is yes too,"
                    " so the finding is never shown."
                )
                path = f"{place}/unless"
            yield _none(path, "never_shown", message, key, verdict)
    if verdict.answers is None:
        return
    if "applies_when" in finding and "may_apply_when" in finding:
        idle = ex.can(Goal(a, NO, NO), yes(m), not_blocked)
        if idle.never and ex.can(yes(m)).answers is not None:
            yield Flag(
                f"{place}/may_apply_when",
                "overlap",
                "This never decides anything: whenever it is yes, “applies when” is"
                " yes or still open, or “unless” stands in the way.",
                "warning",
                (key,),
            )
    if "unless" in finding:
        idle = _either(ex, (yes(u), yes(a)), (yes(u), yes(m)))
        if idle.never and ex.can(yes(u)).answers is not None:
            yield Flag(
                f"{place}/unless",
                "idle_unless",
                "This never decides anything: whenever it is yes, the finding would"
                " not apply anyway.",
                "warning",
                (key,),
            )
    for note in finding.get("notes", ()):
        path = f"{place}/notes/{note['key']}"
        when = yes(ex.slot(path))
        if ex.can(when).answers is None:
            continue
        if _either(ex, *((when, *goals) for goals in shown)).never:
            yield Flag(
                path,
                "note_never_shown",
                "Whenever this is yes, the finding itself is not shown.",
                "warning",
                (key,),
            )


def _exclusive(ex: Examiner) -> Iterator[Flag]:
    for index, (one, two) in enumerate(ex.release.data.get("exclusive", ())):
        goals = []
        for key in (one, two):
            goals.append(Goal(ex.slot(f"findings/{key}/applies_when"), YES, YES))
            goals.append(no(ex.slot(f"findings/{key}/unless")))
        verdict = ex.can(*goals)
        message = f"“{one}” and “{two}” exclude each other"
        if verdict.answers is not None:
            yield Flag(
                f"exclusive/{index}",
                "both_apply",
                f"{message}, yet both apply to some answers.",
                "error",
                (one, two),
                verdict.answers,
            )
        elif not verdict.proven:
            yield Flag(
                f"exclusive/{index}",
                "both_apply",
                f"{message}, but that is not proven.",
                "warning",
                (one, two),
                None,
                False,
            )
