"""What plugins give the engine: question types and operators."""

from typing import Any

from plugins import registry


def get_engine_extensions() -> dict[str, Any]:
    """Return keyword arguments for `engine.load_release` and `engine.check`.

    The engine has the core's own built in; these are what plugins add.
    """
    return {
        kind: {key: obj for key, obj in registry.all(kind).items() if "." in key}
        for kind in ("operators", "question_types")
    }
