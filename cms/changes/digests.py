"""What tells whether something says the same as before."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder


def write(value: Any) -> bytes:
    """Return a value in one form, whatever the order of its keys."""
    return json.dumps(value, cls=DjangoJSONEncoder, sort_keys=True).encode()


def make_digest(value: Any) -> str:
    return digest_bytes(write(value))


def digest_bytes(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()[:32]
