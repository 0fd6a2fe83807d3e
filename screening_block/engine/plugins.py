"""What a plugin gives the engine: operators and question types.

Both are looked up by their key (`<plugin>.<name>`) in the mappings handed to
`load_release`. A missing or failing operator is *unknown*, never no: the law is not
guessed. Everything here must be pure: no clock, no network, no stored state.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, runtime_checkable

from .canonical import Json


class KnownQuestion(Protocol):
    """What an operator may know of a question; `model.Question` is one.

    `base` is the core type its values compare on, None where that is not known;
    `allowed` are the keys an answer may have.
    """

    @property
    def type(self) -> str: ...

    @property
    def base(self) -> str | None: ...

    @property
    def allowed(self) -> frozenset[str]: ...

    @property
    def unit(self) -> str | None: ...

    @property
    def currency(self) -> str | None: ...

    @property
    def data(self) -> Json: ...


class KnownThreshold(Protocol):
    """What an operator may know of a threshold; `model.Threshold` is one."""

    @property
    def type(self) -> str: ...

    @property
    def unit(self) -> str | None: ...

    @property
    def data(self) -> Json: ...


class CheckContext(Protocol):
    """What `Operator.check` may look at."""

    @property
    def questions(self) -> Mapping[str, KnownQuestion]: ...

    @property
    def thresholds(self) -> Mapping[str, KnownThreshold]: ...


class EvaluationContext(Protocol):
    """What `Operator.evaluate` may look at."""

    @property
    def as_of(self) -> str:
        """The day the answers are read on, `YYYY-MM-DD`."""

    def answer(self, question: str) -> Any:
        """The canonical answer, or None for both kinds of unknown.

        Only of questions the node names; any other is a KeyError.
        """

    def threshold(self, key: str) -> int | str | None:
        """The threshold's value on `as_of`, None before its first date."""


@runtime_checkable
class Operator(Protocol):
    """A plugin's operator.

    `arg_schema` names the fields of its nodes beside `op`: a mapping from a field's
    name to anything (a name ending in `?` is optional), or a JSON Schema with
    `properties` and `required`. Questions are named in fields called `question` or
    `questions`, or as operands `{"question": key}` in any field.
    """

    arg_schema: Json

    def check(self, node: Json, ctx: CheckContext) -> Iterable[Any]:
        """What is wrong with a node: messages, or (field, code, message)."""

    def evaluate(self, node: Json, ctx: EvaluationContext) -> int:
        """0 no, 1 unknown, 2 yes. Answering one more question must never change a 0
        or a 2."""


@runtime_checkable
class QuestionType(Protocol):
    """A plugin's question type.

    `compares_as` is the core type whose values it has and on which it compares
    (`choice`, `choices`, `yes_no`, `integer`, `money`, `date`).
    """

    compares_as: str

    def canonicalise(self, value: Any, question: Json) -> Any:
        """The answer as a value of the core type; raises ValueError if it is bad."""


def fields_of(operator: Operator) -> tuple[frozenset[str], frozenset[str]]:
    """The required and all field names of an operator's nodes, without `op`."""
    schema = operator.arg_schema
    properties = schema.get("properties")
    if isinstance(properties, Mapping):
        return frozenset(schema.get("required", ())), frozenset(properties)
    names = [str(name) for name in schema]
    required = frozenset(name for name in names if not name.endswith("?"))
    return required, frozenset(name.removesuffix("?") for name in names)


def questions_in(value: Any) -> list[str]:
    """The question keys a plugin's node names, in order of appearance."""
    found: dict[str, None] = {}

    def look(item: Any) -> None:
        if isinstance(item, dict):
            for name, inner in item.items():
                keys = [inner] if name == "question" else []
                if name == "questions" and isinstance(inner, list):
                    keys = inner
                found.update((key, None) for key in keys if isinstance(key, str))
                look(inner)
        elif isinstance(item, list):
            for inner in item:
                look(inner)

    look(value)
    return list(found)
