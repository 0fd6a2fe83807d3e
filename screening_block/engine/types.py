"""What an answer is: one object for each answer type.

An answer has four forms. Its *canonical* form is the cell the engine compares (an
option's key, a sorted tuple of keys, a bool, an integer, a date key). Its *value* is
that cell as JSON, what a visitor may save. Its *text* is what a field or a file holds
and a person may type. *Said*, it is what a person reads. `types.js` is the browser's
half; `tests/vectors/said.json` and `answers.json` hold for both.
"""

from collections.abc import Iterable
from typing import Any, Protocol

from .canonical import Json, as_integer
from .choices import ANSWER_TYPES
from .currencies import DEFAULT_CURRENCY, digits_of
from .dates import FIRST_YEAR, LAST_YEAR, date_key, date_text
from .durations import Durations, VagueUnitError, durations_of, read_duration
from .numbers import NumberError, pattern_of, read_number, style_of
from .sentences import sentences

#: How yes, no and an empty list of options are written in a field or file. The same
#: in every language, so that a file reads the same for everybody.
YES_TEXT, NO_TEXT, NONE_TEXT = "yes", "no", "none of these"
_BETWEEN = "; "


class BadAnswer(ValueError):
    """A value is no answer to a question. The message never repeats it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


class Asked(Protocol):
    """What a type reads of a question to judge an answer; `model.Question` is one."""

    @property
    def allowed(self) -> frozenset[str]: ...

    @property
    def exclusive(self) -> frozenset[str]: ...

    @property
    def minimum(self) -> int | None: ...

    @property
    def maximum(self) -> int | None: ...


class AnswerWords(Protocol):
    """What a type needs to say an answer; `wording.Wording` is one."""

    def option(self, question: str, value: Any) -> str: ...

    def list(self, items: Iterable[str]) -> str: ...

    def number(self, n: int, unit: str | None = None) -> str: ...

    def money(self, amount: int, currency: str) -> str: ...

    def date(self, text: str) -> str: ...


class AnswerType:
    """An answer type. `settings`: the fields of a question that only some types have.

    A question's or a threshold's own record, as the release has it, is what `record`
    stands for: its key, unit and currency.
    """

    key: str
    #: What a question of this type asks for, for messages.
    description: str
    #: How a form asks: `one` or `several` of listed options, a `number`, a `date`.
    input: str
    #: What a phone's keyboard offers, if nothing but its own signs are typed.
    inputmode = ""
    settings: frozenset[str] = frozenset()
    #: The operators that test one such answer by listed values.
    tests: tuple[str, ...] = ()
    #: Whether `compare` takes it, and a threshold can be of this type.
    is_compared = False
    #: The group of phrases a comparison is worded with.
    phrases = "number"
    #: Whether there are so few answers that what each does may be kept.
    is_small = False

    @property
    def has_options(self) -> bool:
        """Whether its answers are options of the question."""
        return "options" in self.settings

    # -- the canonical form and the value --------------------------------------------

    def canonical(self, question: Asked, value: Any) -> Any:
        """Return the cell of a value; raise `BadAnswer`."""
        raise NotImplementedError

    def value_of(self, cell: Any) -> Any:
        """Return a cell as JSON."""
        return cell

    def members(self, cell: Any) -> tuple[Any, ...]:
        """Return the options that an answer names."""
        return (cell,)

    def listed(self, options: tuple[str, ...]) -> list[Any]:
        """Return what a form lists to pick from, for a question with these options."""
        return list(options)

    def code_of(self, listed: Any) -> str:
        """Return what a form posts for one of the listed."""
        return str(listed)

    def holds(self, value: Any) -> bool:
        """Tell whether a JSON value has the shape of such an answer."""
        raise NotImplementedError

    # -- as people type it and read it -------------------------------------------------

    def parse_text(self, record: Json, text: str, locale: str) -> Any:
        """Return the value that a text stands for; raise `BadAnswer`.

        Only its form is read: whether the question has such an option is not known
        here. `locale` says how numbers are written.
        """
        raise NotImplementedError

    def write_text(self, record: Json, value: Any) -> str:
        """Return the text that `parse_text` reads as `value` in every language."""
        return str(value)

    def format_answer(self, w: AnswerWords, record: Json, value: Any) -> str:
        """Return a value in words."""
        raise NotImplementedError


class _YesNo(AnswerType):
    key, description, input = "yes_no", "yes or no", "one"
    tests = ("is", "in")
    is_small = True

    def listed(self, options: tuple[str, ...]) -> list[Any]:
        return [True, False]

    def code_of(self, listed: Any) -> str:
        return YES_TEXT if listed else NO_TEXT

    def canonical(self, question: Asked, value: Any) -> bool:
        if not isinstance(value, bool):
            raise BadAnswer("type", "The answer must be yes or no.")
        return value

    def holds(self, value: Any) -> bool:
        return isinstance(value, bool)

    def parse_text(self, record: Json, text: str, locale: str) -> bool:
        if text.lower() not in (YES_TEXT, NO_TEXT):
            raise BadAnswer("type", "This is neither yes nor no.")
        return text.lower() == YES_TEXT

    def write_text(self, record: Json, value: Any) -> str:
        return self.code_of(value)

    def format_answer(self, w: AnswerWords, record: Json, value: Any) -> str:
        return w.option(record["key"], value)


class _Choice(AnswerType):
    key, description, input = "choice", "one choice", "one"
    tests = ("is", "in", "column")
    settings = frozenset(("options", "chart"))
    is_small = True

    def canonical(self, question: Asked, value: Any) -> str:
        if not isinstance(value, str):
            raise BadAnswer("type", "The answer must be one option.")
        if value not in question.allowed:
            raise BadAnswer("unknown_option", "The question has no such option.")
        return str.__str__(value)

    def holds(self, value: Any) -> bool:
        return isinstance(value, str)

    def parse_text(self, record: Json, text: str, locale: str) -> str:
        return text

    def format_answer(self, w: AnswerWords, record: Json, value: Any) -> str:
        return w.option(record["key"], value)


class _Choices(AnswerType):
    key, description, input = "choices", "several choices", "several"
    tests = ("has_any", "has_all", "has_none", "column")
    settings = frozenset(("options", "chart"))

    def canonical(self, question: Asked, value: Any) -> tuple[str, ...]:
        if not isinstance(value, (list, tuple)):
            raise BadAnswer("type", "The answer must be a list of options.")
        if len(value) > len(question.allowed):
            raise BadAnswer("duplicate", "There are more answers than options.")
        picked = sorted(TYPES["choice"].canonical(question, item) for item in value)
        if len(set(picked)) != len(picked):
            raise BadAnswer("duplicate", "An option is picked twice.")
        if len(picked) > 1 and not question.exclusive.isdisjoint(picked):
            raise BadAnswer("exclusive", "One of the options excludes the others.")
        return tuple(picked)

    def value_of(self, cell: Any) -> list[str]:
        return list(cell)

    def members(self, cell: Any) -> tuple[str, ...]:
        picked: tuple[str, ...] = cell
        return picked

    def holds(self, value: Any) -> bool:
        return isinstance(value, (list, tuple))

    def parse_text(self, record: Json, text: str, locale: str) -> list[str]:
        if text.lower() == NONE_TEXT:
            return []
        return [part.strip() for part in text.split(";") if part.strip()]

    def write_text(self, record: Json, value: Any) -> str:
        return _BETWEEN.join(value) or NONE_TEXT

    def format_answer(self, w: AnswerWords, record: Json, value: Any) -> str:
        return w.list(w.option(record["key"], one) for one in value)


class Number(AnswerType):
    """The types whose answers are typed as numbers."""

    input, inputmode = "number", "numeric"
    is_compared = True

    def canonical(self, question: Asked, value: Any) -> int:
        number = as_integer(value)
        if number is None:
            raise BadAnswer("type", "The answer must be a whole number of usual size.")
        if question.minimum is not None and number < question.minimum:
            raise BadAnswer("range", f"The answer must be at least {question.minimum}.")
        if question.maximum is not None and number > question.maximum:
            raise BadAnswer("range", f"The answer must be at most {question.maximum}.")
        return number

    def holds(self, value: Any) -> bool:
        return isinstance(value, int) and not isinstance(value, bool)

    def digits(self, record: Json) -> int:
        """Return how many digits may stand behind the decimal mark."""
        return 0

    def marks(self, record: Json, locale: str) -> tuple[str, ...]:
        """Return the units or currencies that may stand beside the number."""
        return ()

    def pattern(self, record: Json, locale: str) -> str:
        """Return what may be typed, as a regular expression (see `numbers`)."""
        marks = self.marks(record, locale)
        return pattern_of(style_of(locale), self.digits(record), marks)

    def durations(self, record: Json) -> Durations:
        """Return what may be typed for a length of time (see `durations`)."""
        return Durations()

    def parse_text(self, record: Json, text: str, locale: str) -> int:
        """As for every type; the code of what is refused is `vague` where a unit that
        was typed has no one length in the question's."""
        try:
            return read_number(text, self.pattern(record, locale), self.digits(record))
        except NumberError:
            pass  # Words may say it.
        try:
            return read_duration(text, self.durations(record))
        except VagueUnitError:
            raise BadAnswer("vague", "This unit has no one length here.") from None
        except NumberError:
            raise BadAnswer("type", "This is no such number.") from None

    def write_text(self, record: Json, value: Any) -> str:
        digits = self.digits(record)
        whole, rest = divmod(abs(value), 10**digits)
        sign = "-" if value < 0 else ""
        return f"{sign}{whole}.{rest:0{digits}d}" if digits else f"{sign}{whole}"


class _Integer(Number):
    key, description = "integer", "a number"
    settings = frozenset(("unit", "min", "max"))

    def marks(self, record: Json, locale: str) -> tuple[str, ...]:
        forms = sentences(locale)["units"].get(record.get("unit") or "", {})
        found = {form.replace("{n}", "").strip() for form in forms.values()}
        return tuple(sorted(found - {""}))

    def durations(self, record: Json) -> Durations:
        return durations_of(record.get("unit"))

    def format_answer(self, w: AnswerWords, record: Json, value: Any) -> str:
        return w.number(value, record.get("unit"))


class _Money(Number):
    key, description = "money", "an amount of money"
    inputmode = "decimal"
    settings = frozenset(("currency", "min", "max"))

    def digits(self, record: Json) -> int:
        return digits_of(currency_of(record))

    def marks(self, record: Json, locale: str) -> tuple[str, ...]:
        currency = currency_of(record)
        form = sentences(locale)["money"].get(currency, "")
        sign = form.replace("{amount}", "").strip()
        found = {currency}
        if sign:
            found |= {sign, sign.replace("$", "＄"), f"{currency[:2]}{sign}"}
        return tuple(sorted(found))

    def format_answer(self, w: AnswerWords, record: Json, value: Any) -> str:
        return w.money(value, currency_of(record))


class _Date(AnswerType):
    key, description, input = "date", "a date", "date"
    is_compared = True
    phrases = "date"

    def canonical(self, question: Asked, value: Any) -> int:
        if not isinstance(value, str):
            raise BadAnswer("type", "The answer must be a date (YYYY-MM-DD).")
        key = date_key(value)
        if key is None:
            raise BadAnswer(
                "date",
                f"The answer must be a real date of {FIRST_YEAR} to {LAST_YEAR}"
                " (YYYY-MM-DD).",
            )
        return key

    def value_of(self, cell: Any) -> str:
        return date_text(cell)

    def holds(self, value: Any) -> bool:
        return date_key(value) is not None

    def parse_text(self, record: Json, text: str, locale: str) -> str:
        if date_key(text) is None:
            raise BadAnswer("date", "There is no such date.")
        return text

    def format_answer(self, w: AnswerWords, record: Json, value: Any) -> str:
        return w.date(value)


#: Every type by its key, in the order of the list.
TYPES: dict[str, AnswerType] = {
    one.key: one
    for one in sorted(
        (_Choice(), _Choices(), _YesNo(), _Integer(), _Money(), _Date()),
        key=lambda one: ANSWER_TYPES.index(one.key),
    )
}
#: Tests that have another one to deny them: includes none, includes any.
DENIED_BY_ANOTHER = frozenset(("has_any", "has_all", "has_none"))
#: The operators that test one answer by listed values.
TESTS = frozenset(test for one in TYPES.values() for test in one.tests)


def currency_of(record: Json) -> str:
    """Return the currency of a question or threshold of money."""
    return record.get("currency") or DEFAULT_CURRENCY


def type_holding(value: Any) -> AnswerType:
    """Return the type whose shape a value has, where its question's is not known."""
    order = ("date", "yes_no", "choices", "integer")
    return next((TYPES[k] for k in order if TYPES[k].holds(value)), TYPES["choice"])


def literal_types(value: int | str) -> frozenset[str]:
    """Return the types that a fixed value of a comparison can be of."""
    compared = {key: one for key, one in TYPES.items() if one.is_compared}
    return frozenset(key for key, one in compared.items() if one.holds(value))
