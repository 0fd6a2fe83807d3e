"""What the widget says by itself, in the visitor's language.

The one request for a release brings it along. Words that the form without script says
too are the same messages, so each is translated once.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from screening_block import engine
from screening_block.choices import SHOWN_LEVELS
from screening_block.engine.types import Number
from screening_block.engine.wording import Wording
from screening_block.models.releases import pick_locale, texts_in
from screening_block.visitor.file_strings import build_file_strings, find_opener
from screening_block.visitor.forms import (
    describe_limits,
    describe_wanted,
    get_inputmode,
    get_number_hint,
    get_number_label,
)
from screening_block.visitor.law_words import describe_law
from screening_block.visitor.lawyer_sheet import describe_sheet
from screening_block.visitor.other_languages import describe_beside, name_languages
from screening_block.visitor.pages import describe_more, describe_parts
from screening_block.visitor.results import describe_unchecked, describe_unsourced
from screening_block.visitor.shown_words import (
    describe_groups,
    describe_lawyer,
    describe_perhaps,
    list_plural_forms,
)
from screening_block.visitor.stages import describe_time
from screening_block.visitor.totals import build_progress_strings, list_ranges
from screening_block.visitor.who_helps import build_help_strings, find_help_file

#: Languages that are written from right to left.
FROM_THE_RIGHT = frozenset(["ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"])


def write_widget_words(
    release: engine.Release, wanted: str, as_of: str, lengths: Any = None
) -> str:
    """Write everything the widget says about a release on one day, as JSON.

    `engine.word_book` with `ui`, the widget's own strings, and `dir`, the direction of
    its letters. `wanted` is a language tag; where the release has no texts in it, all
    is in the release's own locale: one language in one screener. `lengths`: those of
    the release, of which the widget gets what can tell a total.
    """
    locale = pick_words_locale(release, wanted)
    return _write_words(release, locale, as_of, json.dumps(list_ranges(lengths)))


def write_in_one_language(release: engine.Release, wanted: str) -> bytes:
    """Write a release with the texts of one language, chosen as for its words.

    What that language lacks is in the release's own. A release in one language is what
    it is: its canonical bytes.
    """
    return write_one_language(release, pick_words_locale(release, wanted))


def pick_words_locale(release: engine.Release, wanted: str) -> str:
    """Return the language of a release for whoever wants one (a language tag)."""
    bare = wanted.partition("-")[0]
    return pick_locale(release, wanted if wanted in release.data["texts"] else bare)


@lru_cache(maxsize=16)
def write_one_language(release: engine.Release, locale: str) -> bytes:
    """Write a release with the texts of one of its languages."""
    if len(release.data["texts"]) == 1:
        return release.canonical
    return engine.canonical(
        {**release.data, "texts": {locale: texts_in(release, locale)}}
    )


def describe_languages(release: engine.Release) -> dict[str, Any]:
    """Return what leads to the words of the other languages."""
    return {
        "release": release.sha256,
        # Where the other parts are.
        "parts_url": reverse("release", args=[release.sha256]),
        "languages": name_languages(release),
    }


@lru_cache(maxsize=64)
def _write_words(release: engine.Release, locale: str, as_of: str, ranges: str) -> str:
    languages = release.data["texts"]
    with translation.override(locale):
        book = engine.word_book(release, as_of, locale)
        help_file = find_help_file(release, locale)
        return json.dumps(
            {
                **book,
                # For the widget's own strings: a release's have no form for none.
                "plural": {"0": "zero", **book["plural"]},
                "dir": "rtl" if locale.partition("-")[0] in FROM_THE_RIGHT else "ltr",
                "open_url": find_opener(),
                "lengths": json.loads(ranges),
                # What is sent of the release then has another hash.
                **(describe_languages(release) if len(languages) > 1 else {}),
                **({"help_url": help_file} if help_file else {}),
                "ui": build_widget_strings(release, Wording(release, locale, as_of)),
            },
            ensure_ascii=False,
        )


def build_widget_strings(release: engine.Release, w: Wording) -> dict[str, Any]:
    """Return the widget's own strings, in the language that is active.

    Slots are in braces; `{"zero", "one", "other"}` is a string with forms for numbers.
    """
    law = describe_law(release, w)
    strings = {
        **_build_question_strings(),
        **_build_answer_strings(),
        **_build_result_strings(),
        **_build_sheet_strings(),
        "translation": law["translation"],
        "reviewed": law["reviewed"],
        "overdue": law["overdue"],
        "as_of": law["law"]
        + " "
        + _("Links open in a new tab, so your answers stay here."),
        "as_of_whole": law["law_whole"],
        "takes": describe_time(release),
        "beside": describe_beside(release, w.locale),
        "file": build_file_strings(),
        **build_help_strings(),
    }
    names = ("keep", "lead", "translation", "reviewed", "overdue", "as_of_whole")
    return {
        **strings,
        # What a sheet as text begins with, below its title.
        "head": "\n".join(strings[name] for name in names if strings[name]),
        "unchecked": describe_unchecked(release),
        # What stays off paper: see `engine.withheld`.
        "withheld": list(engine.withheld(release)),
        # The order of answers on the sheet.
        "weightiest": engine.weightiest_questions(release),
        "numbers": {
            question.key: {
                "label": get_number_label(question),
                "range": describe_limits(question),
                "wrong": get_number_hint(question),
                "digits": question.answers.digits(question.data),
                "pattern": question.answers.pattern(question.data, w.locale),
                "mode": get_inputmode(question),
                "span": question.answers.durations(question.data)._asdict(),
            }
            for question in release.questions.values()
            if isinstance(question.answers, Number)
        },
    }


def _build_question_strings() -> dict[str, Any]:
    return {
        "start": _("Start"),
        "time": _("How long it takes"),
        "at_hand": _("What to have at hand"),
        "promise": _(
            "Your answers stay in this page on your device. They are not sent to us, "
            "and they are gone when you close the page, unless you save them to a file."
        )
        + " "
        + _("To leave in a hurry, press “Leave this site quickly”."),
        # Said where there may be such a key.
        "keys": " " + _("Or press the Escape key three times."),
        "exit": _("Leave this site quickly"),
        "progress": build_progress_strings(),
        "next": _("Continue"),
        "unsure": _("I’m not sure"),
        "skip": _("Skip this question"),
        "why": _("Why we ask"),
        "where": _("Where to find this"),
        "back": _("Back"),
        "all": _("Choose all that fit."),
        "find": _("Search the list"),
        "found": _("Matches: {n}"),
        "month": _("Month"),
        "day": _("Day"),
        "year": _("Year"),
        "dropped": _(
            "Because of that change, these answers no longer matter. We removed them:"
        ),
        "urgent": _("Before you go on: this is urgent"),
        "moment": _("One moment …"),
        "no_language": _(
            "This language could not be loaded. Check your connection and try again."
        ),
        "unreachable": _(
            "The rest of the questions could not be loaded. Check your connection, "
            "then press “Continue” once more."
        ),
    }


def _build_answer_strings() -> dict[str, Any]:
    return {
        "problem": _("There is a problem"),
        "error": _("Error:"),
        "wrong": {
            **describe_wanted(),
            "no_type": _(
                "This question cannot be answered here right now. Choose “I’m not "
                "sure” to go on."
            ),
        },
        "so_far": list_plural_forms("Your answer", "Your {n} answers"),
        "yours": _("Your answers"),
        "change": _("Change"),
        "clear": _("Clear my answers and start again"),
        "clear_ask": _(
            "Do you want to clear all your answers? They cannot be brought back."
        ),
        "clear_yes": _("Yes, clear them"),
        "clear_no": _("No, keep them"),
        "cleared": _("Your answers are cleared."),
    }


def _build_result_strings() -> dict[str, Any]:
    return {
        "check": _("Check your answers"),
        "check_lead": _("Change what is not right. Then go on to the result."),
        "show_result": _("Show the result"),
        "result": _("What your answers may mean"),
        "lead": _(
            "This is information, not legal advice, and it is not a decision about "
            "you. It shows what to ask an immigration lawyer."
        ),
        "nothing": _(
            "Nothing in this screener fits your answers. That does not mean that there "
            "is no risk: ask a lawyer."
        ),
        "result_groups": describe_groups(),
        "lawyer": describe_lawyer(),
        "perhaps": describe_perhaps(),
        "short": _("In short"),
        "short_parts": describe_parts(),
        "most": _("What matters most"),
        "more": describe_more(),
        "more_about": _("More about this"),
        "ask_first": _("Answers that would tell you more"),
        "could_be": _("What it could be"),
        "nowhere": _("Ask a lawyer or the court clerk."),
        "level": {key: str(label) for key, label in SHOWN_LEVELS.items()},
        "reasons": _("Why, and which law"),
        "open": _("What would change this?"),
        "answer": _("Answer now"),
        "law": _("The law:"),
        "starred": _("* needs checking: not compared with its source yet"),
        "checked": _("Law last checked on %(when)s.") % {"when": "{date}"},
        "unsourced": describe_unsourced(),
        "off": _(
            "This is left off the sheet and every printout on purpose. Tell a lawyer "
            "about it in person."
        ),
    }


def _build_sheet_strings() -> dict[str, Any]:
    return {
        **describe_sheet(),
        "make_sheet": _("Print or save a sheet for a lawyer"),
        "private": _(
            "It is made here and not sent to anyone. A file or a printout stays where "
            "you put it: do not leave it on a shared device."
        ),
        "print": _("Print, or save as PDF"),
        "share": _("Share"),
        "as_text": _("Save as text"),
        "with_reasons": _("Add the reasons and the law (more pages)"),
        "why_all": _("Why: what counted"),
        "law_all": _(
            "What each point rests on (numbers: the list above; * needs checking)"
        ),
        "to_result": _("Back to the results"),
    }
