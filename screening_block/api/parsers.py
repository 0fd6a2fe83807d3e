"""JSON as the engine reads it: duplicate keys, huge numbers and the like refused."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser

from plugins.text import is_storable
from screening_block import engine

#: A hundred sets of answers to the longest screener need less.
MAX_BODY_BYTES = 1_000_000


class BodyTooLarge(APIException):
    """More than anybody has to send; a length that was told is refused before."""

    status_code: int = 413


class StrictJSONParser(BaseParser):
    """Never quotes what it read: the body holds answers."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: Any = None, context: Any = None) -> Any:
        body = stream.read(MAX_BODY_BYTES + 1)
        if len(body) > MAX_BODY_BYTES:
            raise BodyTooLarge(_("The body is too large: at most 1 MB."))
        try:
            read = engine.parse_json(body)
        except engine.EngineError:
            raise ParseError(_("The body is not valid JSON.")) from None
        if not is_storable(read):
            raise ParseError(_("The body holds a character that is no text."))
        return read
