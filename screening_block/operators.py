"""The core's operators, registered as a plugin's would be.

Their meaning is the engine's (`engine.conditions`), which has them built in so that
it depends on nothing; these entries name them for editors and documentation.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from plugins.kinds import Operator, Text


class CoreOperator(Operator):
    """An operator the engine evaluates itself."""

    def evaluate(self, node: Any, ctx: Any) -> int:
        raise NotImplementedError("The engine has this operator built in.")


def _core(key: str, label: Text) -> Operator:
    return CoreOperator(key=key, label=label)


OPERATORS = [
    _core("all", _("All of these")),
    _core("any", _("Any of these")),
    _core("not", _("Not")),
    _core("at_least", _("At least so many of these")),
    _core("is", _("Is")),
    _core("in", _("Is one of")),
    _core("has_any", _("Includes any of")),
    _core("has_all", _("Includes all of")),
    _core("has_none", _("Includes none of")),
    _core("column", _("Chart column")),
    _core("compare", _("Compares")),
    _core("elapsed", _("Time between two dates")),
    _core("fact", _("Fact")),
    _core("dont_know", _("Is not sure")),
]
