"""The kinds of contribution: what each must have and what it promises.

Attributes are class attributes of a subclass or keyword arguments of an instance;
``contributes`` may name either. Every contribution has a ``key`` and a ``label``.
"""

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.module_loading import import_string

Text = str | Promise


class Contribution:
    """Base class of all kinds. Keyword arguments set attributes that it declares."""

    key: str = ""
    label: Text = ""
    _required: ClassVar[tuple[str, ...]] = ("key",)

    def __init__(self, **attributes: Any) -> None:
        for name, value in attributes.items():
            if name.startswith("_") or not hasattr(type(self), name):
                raise TypeError(f"{type(self).__name__} has no attribute {name!r}")
            setattr(self, name, value)
        for name in self._required:
            value = getattr(self, name)
            # A lazy text must not be read yet: this may run before apps are ready.
            if not isinstance(value, Promise) and not value:
                raise TypeError(f"{type(self).__name__} needs {name!r}")

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.key}>"


class BlockContribution(Contribution):
    """A contribution that editors work with as a StreamField block.

    ``block`` makes a new Wagtail block: a block class, another callable, or the
    dotted path of one. ``group`` is its heading in the block chooser.
    """

    block: Any = None
    group: Text = ""
    contexts: Sequence[str] = ()  # the streams that take it; empty means all

    def make_block(self) -> Any:
        """Make a new block instance."""
        # Static, so that a function on the class is not taken for a method.
        factory: Any = inspect.getattr_static(self, "block")
        if isinstance(factory, staticmethod):
            factory = factory.__func__
        if isinstance(factory, str):
            factory = import_string(factory)
        return factory()

    def is_for(self, context: str) -> bool:
        """Tell whether a stream that calls itself ``context`` takes this block."""
        return not self.contexts or not context or context in self.contexts


class ArticleBlock(BlockContribution):
    """A block for articles. Stored under ``make_block_name(key)``; see the registry."""

    _required = ("key", "block")


class QuestionType(BlockContribution):
    """A type of question: its editing block, and how the engine takes its answers.

    ``compares_as`` is the core type whose values its answers are once made canonical
    (choice, choices, yes_no, integer, money or date), so that the core's conditions
    work on them. An instance is a ``screening_block.engine`` question type.
    """

    compares_as: str = ""
    client_module: str = ""  # static path of the ES module of the browser's half

    def canonicalise(self, value: Any, question: Mapping[str, Any]) -> Any:
        """Return the answer as a value of the core type.

        Raises ValueError for a bad answer; the message never repeats the answer.
        """
        return value


class Operator(Contribution):
    """A condition of a plugin's own, in Python; ``client_module`` is its other half.

    ``evaluate`` is pure: no clock, network or database, and what it cannot decide is
    unknown, never no. Both halves are held to the cases in the file ``vectors``. An
    instance is a ``screening_block.engine`` operator.
    """

    # The fields of a node beside ``op``: name to anything (a name ending in "?" is
    # optional), or a JSON Schema with ``properties`` and ``required``.
    arg_schema: Mapping[str, Any] = {}
    client_module: str = ""  # static path of the ES module with the same ``evaluate``
    vectors: str | Path = ""  # JSON file; see ``plugins.testing``

    def check(self, node: Mapping[str, Any], ctx: Any) -> Iterable[Any]:
        """Report what is wrong with a node: messages, or (field, code, message)."""
        return ()

    def evaluate(self, node: Mapping[str, Any], ctx: Any) -> int:
        """Return 0 (no), 1 (unknown) or 2 (yes)."""
        raise NotImplementedError


class ResultAction(Contribution):
    """Something a visitor can do about a finding. No result page shows it yet."""

    arg_schema: Mapping[str, Any] = {}  # what the editor fills in; as in Operator

    def present(self, action: Mapping[str, Any], locale: str) -> dict[str, str]:
        """Return what to show: {"label", "url"?}. Pure: depends on nothing else."""
        raise NotImplementedError


class LawPack(Contribution):
    """A folder of YAML files: questions, thresholds, charts, findings, scenarios."""

    path: str | Path = ""
    _required = ("key", "path", "label")


class ApiRoutes(Contribution):
    """URLs below ``/api/v1/x/<prefix>/``.

    ``urlpatterns`` is a list, a callable that returns one, or the dotted path of
    either, imported when the URLs are first needed.
    """

    prefix: str = ""
    urlpatterns: str | Sequence[Any] | Callable[[], Iterable[Any]] = ()
    _required = ("key", "prefix", "urlpatterns")

    def load_patterns(self) -> list[Any]:
        """Return the URL patterns, imported if need be."""
        patterns: Any = self.urlpatterns
        if isinstance(patterns, str):
            patterns = import_string(patterns)
        return list(patterns() if callable(patterns) else patterns)


# Each kind with the class its contributions must be instances of.
KINDS: dict[str, type[Contribution]] = {
    "question_types": QuestionType,
    "operators": Operator,
    "result_actions": ResultAction,
    "article_blocks": ArticleBlock,
    "law_packs": LawPack,
    "api_routes": ApiRoutes,
}
