"""The words of a result's order: what is said in short, and the headings of groups."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _, ngettext

from screening_block import engine
from screening_block.choices import RESULT_SECTIONS, SHOWN_LEVELS
from screening_block.engine.wording import Wording


def list_plural_forms(one: str, other: str) -> dict[str, str]:
    """Return the forms of a string for numbers, translated."""
    return {"one": ngettext(one, other, 1), "other": ngettext(one, other, 2)}


def say_count(forms: Mapping[str, str], n: int) -> str:
    """Return the form for a number, with the number in its slot `{n}`."""
    form = forms["one"] if n == 1 and "one" in forms else forms["other"]
    return form.replace("{n}", str(n))


def describe_groups() -> dict[str, dict[str, str]]:
    """Return the headings of the groups that an editor gave none, with forms for the
    number of findings. The slots are those of an editor's headings."""
    return {
        "urgent": list_plural_forms(
            "1 more that may be urgent", "{n} more that may be urgent"
        ),
        "unanswered": list_plural_forms(
            "1 more that we cannot rule out until these questions are answered",
            "{n} more that we cannot rule out until these questions are answered",
        ),
        "more": {"other": _("What else may matter")},
        "next": {"other": str(RESULT_SECTIONS["next"])},
        "help": {"other": str(RESULT_SECTIONS["help"])},
    }


def describe_lawyer() -> str:
    """Return what to do first where nothing else says it."""
    return _("Talk with a lawyer or a legal aid group about this result.")


def describe_perhaps() -> str:
    """Return how the heading of a finding is said that may apply; `{heading}`."""
    return str(SHOWN_LEVELS["may_apply"]) + ": {heading}"


def build_shown(
    release: engine.Release,
    answers: engine.Answers,
    outcome: engine.Outcome,
    findings: list[dict[str, Any]],
    w: Wording,
) -> dict[str, Any]:
    """Return the order of a result in the shape of the API; `findings` are those of the
    answer, with their words."""
    shown = engine.shown(release, answers, outcome)
    by_key = {finding["key"]: finding for finding in findings}
    parts = engine.withheld_parts(release)
    return {
        "short": [
            {
                "part": line.part,
                "text": _say_line(line, by_key, w),
                "off_paper": by_key[line.finding]["off_paper"] == "finding"
                if line.finding
                else line.part in parts,
            }
            for line in shown.short
        ],
        "open": list(shown.open),
        "groups": [
            {
                "key": group.key,
                "heading": _say_heading(group, w),
                "findings": list(group.findings),
                "questions": list(group.questions),
            }
            for group in shown.groups
        ],
    }


def _say_line(
    line: engine.ShortLine, findings: Mapping[str, dict[str, Any]], w: Wording
) -> str:
    if line.key is not None:
        return w.text("short", line.key)
    finding = findings[line.finding] if line.finding else {}
    if line.part == "action":
        labels = [action["label"] for action in finding.get("actions", ())]
        return labels[0] if labels else describe_lawyer()
    heading = str(finding["heading"])
    if finding["level"] == "may_apply":
        return describe_perhaps().replace("{heading}", heading)
    return heading


def _say_heading(group: engine.ShownGroup, w: Wording) -> str:
    n = len(group.findings)
    own = w.text("shown", group.key)
    forms = {"other": own} if own else describe_groups()[group.key]
    return say_count(forms, n).replace("{questions}", str(len(group.questions)))
