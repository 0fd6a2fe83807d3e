"""What the engine says when it refuses or doubts something, in the reader's language.

The engine is English and knows no catalogue. Its sentences stand here once more, as
messages with a name where it puts a word: `code` and place of a problem stay, the
sentence is translated, and so is what it puts in where that is said here too. One that
is not known, such as a plugin's, is as it was.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, override

ANSWERS: tuple[Any, ...] = (
    _("Answers must be an object."),
    _("A key appears twice."),
    _("There is no such question."),
    _("This kind of question is not installed."),
    _("This is not an answer to the question."),
    _("The day must be a real date of %(first)s to %(last)s (YYYY-MM-DD)."),
    _("The answer must be yes or no."),
    _("The answer must be one option."),
    _("The question has no such option."),
    _("The answer must be a list of options."),
    _("There are more answers than options."),
    _("An option is picked twice."),
    _("One of the options excludes the others."),
    _("The answer must be a whole number of usual size."),
    _("The answer must be at least %(number)s."),
    _("The answer must be at most %(number)s."),
    _("The answer must be a date (YYYY-MM-DD)."),
    _("The answer must be a real date of %(first)s to %(last)s (YYYY-MM-DD)."),
)
JSON: tuple[Any, ...] = (
    _("NaN and Infinity are not JSON."),
    _("This is not valid JSON (see %(place)s)."),
    _("line %(line)s, column %(column)s"),
    _("an unknown place"),
    _("The text is too large."),
    _("The text is not UTF-8."),
    _("This must be JSON text."),
    _("Numbers must be whole, without a point or exponent."),
    _("This is not a JSON value."),
    _("Nested more than %(number)s levels deep."),
    _("The text holds half of a character."),
    _("The number is too large."),
    _("Every key must be text."),
    _("A key holds half of a character."),
    _("The key %(key)s appears twice."),
)
SHAPES: tuple[Any, ...] = (
    _("This must be one of %(values)s."),
    _("This must be a whole number."),
    _("This must be true or false."),
    _("This must be a list."),
    _("This must be an object."),
    _("This must be %(what)s."),
    _("This must not be empty."),
    _("This needs more entries."),
    _("No more than %(number)s entries are allowed."),
    _("This entry appears twice."),
    _("This is missing."),
    _("This field is unknown."),
    _("The number is out of range."),
    _("A key here is not of the form %(pattern)s."),
    _("A field's name here is not a key."),
    _("“%(name)s” can only be true."),
)
#: What is put into `This must be %(what)s.` and into what tells questions apart.
NAMED: tuple[Any, ...] = (
    _("text"),
    _("a key of a to z, 0 to 9 and _, at most 64"),
    _("a key of a to z, 0 to 9 and -, at most 64"),
    _("a date of the years 1900 to 2100 (YYYY-MM-DD)"),
    _("an address that begins with https://, http://, /, mailto: or tel:"),
    _("a currency code such as USD"),
    _("a value, a list of values or null"),
    _("a value or a list of values; leave a blank cell out"),
    _("a number or a date"),
    _("a code such as us-ca"),
    _("a language code such as en"),
    _("a time zone name"),
    _("an option's key, true or false"),
    _("one question, threshold, value or today"),
    _("a date"),
    _("a number"),
    _("a number or a threshold"),
    _("yes or no"),
    _("one choice"),
    _("several choices"),
    _("an amount of money"),
)
CONDITIONS: tuple[Any, ...] = (
    _("A condition must be an object."),
    _("Conditions nest at most %(number)s levels deep."),
    _("There are not that many conditions."),
    _("This operator is unknown."),
    _("“%(op)s” cannot read a question that asks for %(answers)s."),
    _("A question that asks for %(answers)s cannot be compared."),
    _("This question is answered by true or false."),
    _("This question has no chart behind it."),
    _("There is no such fact."),
    _("There is no such threshold."),
    _("No such column."),
    _("The column has no such value."),
    _("This test does not fit the column's type."),
    _("“is” takes exactly one value."),
    _("“other” means: not in this chart."),
    _("This compares two fixed values."),
    _("The two sides are not of the same type."),
    _("The two sides are not in the same unit."),
    _("The threshold is not in this unit."),
    _("A period is 0 to %(number)s units."),
    _("The plugin's own check of “%(op)s” failed."),
)
RELEASE: tuple[Any, ...] = (
    _("Only format %(format)s is known."),
    _("The release is larger than 1 MB."),
    _("Only a choice has options."),
    _("Only a number has limits."),
    _("Only a number has a unit."),
    _("Only money has a currency."),
    _("No more than %(number)s rows in all charts."),
    _("No more than %(number)s conditions."),
    _("A finding needs a condition under which it applies or may apply."),
    _("There is no such chart."),
    _("This needs either options or a chart."),
    _("Only one of several choices can exclude the others."),
    _("The largest answer is below the smallest."),
    _("Start dates must be in order, each only once."),
    _("The value is of another type."),
    _("The value does not fit the column's type."),
    _("The line before it is always shown, so this one never is."),
    _("Every result has a group of this name; its heading alone can be set."),
    _("This fact depends on itself."),
    _("There is no value today."),
    _("“date” stands for something else in texts."),
    _("This key appears twice."),
    _("A link needs it."),
    _("No such finding."),
    _("A question cannot decide whether it is asked."),
    _("There are no texts in “%(language)s”."),
    _("This text is missing."),
    _("This text belongs to nothing."),
    _("Only {n} and {questions} may stand in braces here."),
    _(
        "Only the key of a threshold may stand in braces (and {date} in a finding that "
        "depends on time passing)."
    ),
)
FLAGS: tuple[Any, ...] = (
    _("Not certain, because not all answers could be tried: %(message)s"),
    _(
        "These rules hang together too closely to be searched to the end. What is "
        "listed here may not be all: try the screener with scenarios as well."
    ),
    _("This can never be yes, whatever the answers."),
    _("This can never be no, whatever the answers."),
    _("No condition uses this fact."),
    _("This can never be yes, so the finding can never apply."),
    _(
        "Whenever “applies when” is yes, this is never no, so the finding can never "
        "apply."
    ),
    _("This can never be yes, so the finding is never shown."),
    _(
        "Whenever “may apply when” is yes, this is yes too, so the finding is never "
        "shown."
    ),
    _(
        "This never decides anything: whenever it is yes, “applies when” is yes or "
        "still open, or “unless” stands in the way."
    ),
    _(
        "This never decides anything: whenever it is yes, the finding would not apply "
        "anyway."
    ),
    _("Whenever this is yes, the finding itself is not shown."),
    _("“%(one)s” and “%(two)s” exclude each other, yet both apply to some answers."),
    _("“%(one)s” and “%(two)s” exclude each other, but that is not proven."),
    _(
        "With some answers the question is not asked, yet the finding “%(finding)s” "
        "needs it and stays at “may apply” for good."
    ),
    _(
        "This finding is on the sheet, and it can tell an answer that is left off the "
        "sheet."
    ),
    _(
        "This answer is on the sheet, and that it was asked for can tell an answer "
        "that is left off the sheet."
    ),
    _("No condition uses this question, so it is never asked."),
    _("No finding depends on this question, so it is never asked."),
    _("This can never be yes, so the question is never asked."),
    _(
        "Whenever this is yes, no finding needs the answer any more, so the question "
        "is never asked."
    ),
    _("No condition looks at this option: picking it changes nothing."),
    _(
        "This may be good news. If it is, say that it reassures: then it never stands "
        "before something graver that may apply."
    ),
    _(
        "This is urgent, and no next step says who can help or has an address or a "
        "number to call."
    ),
    _(
        "Time alone can change this, and the text does not say when. {date} stands for "
        "that day."
    ),
    _("This is what to do first. It names neither a lawyer nor legal aid."),
    _(
        "Some results may not name a lawyer or legal aid. Add a last line to what to "
        "do first that is always shown."
    ),
)
#: The gaps that hold words of the engine, not keys or numbers.
SAID = frozenset(("answers", "message", "place", "what"))
SENTENCES = (*ANSWERS, *JSON, *SHAPES, *NAMED, *CONDITIONS, *RELEASE, *FLAGS)


@cache
def _list_patterns() -> list[tuple[re.Pattern[str], Promise]]:
    """Return each sentence with what finds it, and the words in it by their names.

    Those without any come first: they are what they say, and nothing more general.
    """
    with override("en"):
        written = [(str(sentence), sentence) for sentence in SENTENCES]
    written.sort(key=lambda one: one[0].count("%("))
    return [
        (re.compile(re.sub(r"%\\\((\w+)\\\)s", r"(?P<\1>.+?)", re.escape(text))), one)
        for text, one in written
    ]


def say(message: str) -> str:
    """Return one of the engine's sentences in the active language."""
    for pattern, sentence in _list_patterns():
        if found := pattern.fullmatch(message):
            words = {
                name: say(word) if name in SAID else word
                for name, word in found.groupdict().items()
            }
            # Some have braces, none a sign of percent but before a name.
            return str(sentence) % words if words else str(sentence)
    return message
