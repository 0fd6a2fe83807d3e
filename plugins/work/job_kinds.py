"""Which kinds of background work there are, each named by the app that does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .running import Work

    Function = Callable[[Work], Any]


@dataclass(frozen=True)
class Kind:
    """`label`: what it is called for people. `template`: what the page of such a job
    ends in when it is done, rendered with `job`; "" for nothing."""

    name: str
    label: Any
    do: Function
    template: str = ""


KINDS: dict[str, Kind] = {}


def kind(name: str, label: Any, template: str = "") -> Callable[[Function], Function]:
    """Register a function that does work of a kind, when its app gets ready.

    It is called with a `Work`, possibly more than once: a process may be killed at any
    moment, and another one goes on. So it writes only inside `work.step()`, begins
    where `work.done` says, and reads everything else from `work.arguments`. A
    `ValidationError` says why it cannot be done; another exception is a fault of ours.
    """

    def register(function: Function) -> Function:
        KINDS[name] = Kind(name, label, function, template)
        return function

    return register
