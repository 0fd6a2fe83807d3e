"""Helpers for the tests of a plugin. Public: what they promise stays.

Contexts (:func:`without_plugin`, :func:`registered`) change what is registered for a
while; :func:`stored_stream`, :func:`save_draft` and :func:`publish_in_editor` take
content through the database and the real edit view; :class:`OperatorConformance`
holds both halves of an operator to its vectors.
"""

from .conformance import OperatorConformance, VectorContext
from .content import (
    form_data,
    publish_in_editor,
    registered,
    save_draft,
    stored_stream,
    without_plugin,
)

__all__ = [
    "OperatorConformance",
    "VectorContext",
    "form_data",
    "publish_in_editor",
    "registered",
    "save_draft",
    "stored_stream",
    "without_plugin",
]
