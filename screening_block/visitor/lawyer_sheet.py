"""The sheet for a lawyer: one page of facts, dates, what is open and what to ask.

The page without script prints it in place of the result; the browser's `sheet.js` makes
the same one, which may go on with the reasons. What could harm whoever carries it is
left off.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from screening_block import engine
from screening_block.choices import RESULT_SECTIONS
from screening_block.engine.wording import Wording

from .markup import to_text
from .shown_words import build_shown, list_plural_forms, say_count

#: Of so many open questions at most, the sheet says where the answers are found.
FEW = 3


def describe_sheet() -> dict[str, Any]:
    """Return the words of the sheet; `{n}` is a slot."""
    return {
        "sheet": _("Sheet for a lawyer"),
        "keep": _("Keep this away from officers: it is for you and your lawyer."),
        "told": _("What I answered"),
        "dates": _("Dates, in order"),
        "not_sure": _("What I am not sure about"),
        "fits": _("What fits my answers"),
        "perhaps_me": _("Does this apply to me, and what would settle it?"),
        "usable": _("Can I use this?"),
        "left_open": list_plural_forms(
            "And 1 more that my answers leave open.",
            "And {n} more that my answers leave open.",
        ),
        "next_steps": str(RESULT_SECTIONS["next"]),
        "questions": _("Questions to ask"),
        "ask": [
            _("Is there a date that I must not miss?"),
            _(
                "What should I not do for now: travel, renew a card, file a form, talk "
                "to an officer?"
            ),
        ],
        "papers": _("Papers to bring"),
        "bring": [
            _(
                "Every paper from the criminal court: charges, plea, sentence, minute "
                "orders, and any later order."
            ),
            _("Immigration papers: cards, visas, notices and letters, also old ones."),
        ],
    }


def build_sheet(
    release: engine.Release,
    outcome: dict[str, Any],
    w: Wording,
    answers: Mapping[str, Any],
) -> dict[str, Any]:
    """Build the sheet: `short` lines, `facts` and `dates` as pairs of texts, `lists`.

    `answers` are those of the questions that were asked, in their order.
    """
    words = describe_sheet()
    marked = engine.marked_questions(release)
    kept = {key: value for key, value in answers.items() if key not in marked}
    said = [key for key, value in kept.items() if value is not None]
    dates = [key for key in said if release.questions[key].base == "date"]
    facts = [key for key in said if key not in dates]
    facts.sort(key=engine.weightiest_questions(release).index)
    shown, findings = _show_on_paper(release, outcome, w, answers)
    missing = {m["question"] for one in findings.values() for m in one["missing"]}
    unsure = [key for key, value in kept.items() if value is None]
    rest = missing - marked - {*unsure}
    unsure += [key for key in release.questions if key in rest]
    wheres = [w.text("questions", key, "where") for key in unsure]
    papers = [*words["bring"]]
    if len(unsure) <= FEW:
        papers += [to_text(where) for where in wheres if where]
    lists = [
        (words["not_sure"], [w.question(key) for key in unsure]),
        *_list_findings(shown, findings, words),
        (words["questions"], words["ask"]),
        (words["papers"], papers),
    ]
    return {
        "title": words["sheet"],
        "short": [line["text"] for line in shown["short"] if not line["off_paper"]],
        "told": words["told"],
        "facts": [(w.question(key), w.answer(key, kept[key])) for key in facts],
        "dated": words["dates"],
        "dates": [
            (w.answer(key, kept[key]), w.question(key))
            for key in sorted(dates, key=lambda key: str(kept[key]))
        ],
        "lists": [{"title": title, "items": items} for title, items in lists if items],
    }


def _show_on_paper(
    release: engine.Release,
    outcome: dict[str, Any],
    w: Wording,
    answers: Mapping[str, Any],
) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """The order of the result as if what stays off paper did not exist, or its absence
    would tell of it; and the findings that are left."""
    given = engine.parse_answers(release, dict(answers))
    whole = engine.evaluate(release, given, outcome["as_of"])
    told = [one for one in outcome["findings"] if one["off_paper"] != "finding"]
    keys = {one["key"] for one in told}
    left = tuple(one for one in whole.findings if one.key in keys)
    shown = build_shown(release, given, whole._replace(findings=left), told, w)
    return shown, {one["key"]: one for one in told if one["level"] != "not_apply"}


def _list_findings(
    shown: dict[str, Any], findings: Mapping[str, dict[str, Any]], words: dict[str, Any]
) -> Iterable[tuple[str, list[str]]]:
    """The headings of what is shown, by what there is to ask about it; what hangs on
    questions that are open is only counted."""
    keys = list(shown["open"])
    left = 0
    for group in shown["groups"]:
        if group["key"] == "unanswered":
            left = len(group["findings"])
        else:
            keys += group["findings"]
    told = [findings[key] for key in keys]

    def headings(*groups: str, level: str = "") -> list[str]:
        return [
            one["heading"]
            for one in told
            if one["group"] in groups and level in ("", one["level"])
        ]

    perhaps = headings("case", "risk", level="may_apply")
    if left:
        perhaps.append(say_count(words["left_open"], left))
    yield words["fits"], headings("case", "risk", level="applies")
    yield words["perhaps_me"], perhaps
    yield words["usable"], headings("help")
    yield words["next_steps"], headings("next")
