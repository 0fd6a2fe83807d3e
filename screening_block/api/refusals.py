"""What the engine says of answers, in the language of whoever sent them.

The engine is English and knows no catalogue. Its sentences stand here once more, as
messages with a name where it puts a number: `code`, place and type of a problem stay,
the sentence is translated. One that is not known, such as a plugin's, is as it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy as _, override
from rest_framework.request import Empty, Request

SENTENCES: tuple[Any, ...] = (
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


@cache
def _list_patterns() -> list[tuple[re.Pattern[str], Promise]]:
    """Return each sentence with what finds it, and the numbers in it by their names."""
    with override("en"):
        written = [(str(sentence), sentence) for sentence in SENTENCES]
    return [
        (re.compile(re.sub(r"%\\\((\w+)\\\)s", r"(?P<\1>.+?)", re.escape(text))), one)
        for text, one in written
    ]


def translate_refusal(message: str) -> str:
    """Return one of the engine's sentences about answers in the active language."""
    for pattern, sentence in _list_patterns():
        if found := pattern.fullmatch(message):
            return str(sentence) % found.groupdict()
    return message


def find_language(request: Request) -> str:
    """Return the language that a request asks to be answered in: `words` or `locale` of
    the address, `locale` of a body that was read; that which is active for any other.
    """
    body = getattr(request, "_full_data", Empty)
    sent = body.get("locale") if isinstance(body, dict) else ""
    for wanted in (*map(request.query_params.get, ("words", "locale")), sent):
        tag = wanted.lower() if isinstance(wanted, str) else ""
        for one in (tag, tag.partition("-")[0]):
            if one in dict(settings.LANGUAGES):
                return one
    return get_language() or settings.LANGUAGE_CODE


def speaks_language_of_body(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let a method of a view say what is wrong in the language that its body names."""

    @wraps(view)
    def answer(self: Any, request: Request, *args: Any, **kwargs: Any) -> Any:
        # A body that cannot be read is refused here, and names no language.
        request.data  # noqa: B018
        with override(find_language(request)):
            return view(self, request, *args, **kwargs)

    return answer
