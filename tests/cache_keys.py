"""Cache keys that belong to one test alone.

Tests that run side by side share one Redis, and that Redis may hold more than ours:
so no test empties the cache, each one just begins with keys nobody else has.
"""

import uuid

_namespace = uuid.uuid4().hex


def start_afresh() -> None:
    """From here on the cache is as good as empty, for all threads."""
    global _namespace
    _namespace = uuid.uuid4().hex


def prefix() -> str:
    """What every key of the test that runs begins with."""
    return f"test-{_namespace}:"


def make_key(key: str, key_prefix: str, version: int) -> str:
    """`KEY_FUNCTION` of the cache."""
    return f"{prefix()}{key_prefix}:{version}:{key}"
