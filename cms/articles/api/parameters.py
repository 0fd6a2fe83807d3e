"""Query parameters: declared once, checked, and anything else refused."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from plugins.text import clean_text
from screening_block.api.paging import DEFAULT_LIMIT, LIMITS, read_paging


@dataclass(frozen=True)
class Parameters:
    """What a request asks for, with defaults filled in."""

    topic: str = ""
    q: str = ""
    locale: str = settings.LANGUAGE_CODE
    fields: tuple[str, ...] = ()
    limit: int = DEFAULT_LIMIT
    offset: int = 0
    plain: bool = False


def read_parameters(
    request: Request, allowed: set[str], fields: tuple[str, ...] = ()
) -> Parameters:
    """Return the checked query parameters of `request`.

    `allowed` names the ones this endpoint takes, `fields` the values `fields=` may
    list. Raises ValidationError naming each parameter that is unknown, given twice or
    not understood.
    """
    errors: dict[str, list[str]] = {}
    values: dict[str, Any] = {}
    for name, given in request.query_params.lists():
        if name not in allowed:
            errors[name] = [_("This endpoint has no such parameter.")]
        elif len(given) > 1:
            errors[name] = [_("Give this parameter once.")]
        else:
            try:
                key, value = _read_parameter(name, given[0], fields)
                values[key] = value
            except ValueError as error:
                errors[name] = [str(error)]
    if errors:
        raise ValidationError(errors)
    return Parameters(**values)


def _read_parameter(name: str, text: str, fields: tuple[str, ...]) -> tuple[str, Any]:
    if name == "text":
        if text not in {"plain", "html"}:
            raise ValueError(_("Must be “html” or “plain”."))
        return "plain", text == "plain"
    if name == "locale":
        codes = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
        if text not in codes:
            raise ValueError(_("Must be one of: %(all)s.") % {"all": ", ".join(codes)})
        return name, text
    if name == "fields":
        wanted = tuple(dict.fromkeys(part.strip() for part in text.split(",")))
        if not set(wanted) <= set(fields):
            raise ValueError(
                _("Must be some of: %(all)s.") % {"all": ", ".join(fields)}
            )
        return name, wanted
    if name in LIMITS:
        return name, read_paging(name, text)
    if name == "topic":
        return name, clean_text(text, kind="key")
    return name, text.strip()[:100]
