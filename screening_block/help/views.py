"""The directory of help for other systems, and for the widget."""

import hashlib
import json
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from screening_block import public
from screening_block.api.answering import (
    FRESH_A_MINUTE,
    build_tagged_response,
    refuse_unknown,
)
from screening_block.api.errors import RequestProblems
from screening_block.api.paging import (
    DEFAULT_LIMIT,
    LOCALE,
    PAGING,
    build_links,
    read_paging,
)

from .directory import describe_entry, list_entries
from .entry_file import build_file, find_directory, write_file
from .entry_serializers import (
    HelpEntrySerializer,
    HelpListSerializer,
    ScreenerHelpSerializer,
)
from .fields import AREA
from .subjects import get_subjects

FIELDS = tuple(HelpEntrySerializer().fields)
SUBJECT = OpenApiParameter(
    "subject",
    {"type": "string", "enum": list(get_subjects())},
    description="Only what helps with this.",
)


class HelpQuery:
    """The query parameters of a request, checked; `RequestProblems` names the rest."""

    def __init__(self, request: Request, known: tuple[str, ...]) -> None:
        refuse_unknown(request, known)
        self.given = request.query_params
        self.problems: list[dict[str, str]] = []
        self.locale = self._pick("locale", settings.LANGUAGE_CODE, self._list_codes())
        self.subject = self._pick("subject", "", list(get_subjects()))
        self.area = self.given.get("area", "")
        if "area" in self.given and not AREA.fullmatch(self.area):
            self.refuse("area", _("Must be a code such as us or us-ca."))
        wanted = self.given.get("fields", ",".join(FIELDS))
        self.fields = [name.strip() for name in wanted.split(",")]
        if not set(self.fields) <= set(FIELDS):
            all_fields = {"all": ", ".join(FIELDS)}
            self.refuse("fields", _("Must be some of: %(all)s.") % all_fields)
        self.limit = self._count("limit", DEFAULT_LIMIT)
        self.offset = self._count("offset", 0)
        if self.problems:
            raise RequestProblems(_("The request is not right."), self.problems)

    def refuse(self, name: str, message: str) -> None:
        self.problems.append({"path": name, "code": "invalid", "message": message})

    def _list_codes(self) -> list[str]:
        languages = getattr(settings, "WAGTAIL_CONTENT_LANGUAGES", settings.LANGUAGES)
        return [code for code, _label in languages]

    def _pick(self, name: str, default: str, known: list[str]) -> str:
        given = self.given.get(name, default)
        if name in self.given and given not in known:
            listed = {"all": ", ".join(known)}
            self.refuse(name, _("Must be one of: %(all)s.") % listed)
        return given

    def _count(self, name: str, default: int) -> int:
        try:
            return read_paging(name, self.given.get(name, str(default)))
        except ValueError as error:
            self.refuse(name, str(error))
            return default


def answer(request: Request, body: bytes) -> HttpResponse:
    """Answer with JSON that caches may keep for a minute, or that nothing changed."""
    tag = hashlib.sha256(body).hexdigest()
    return build_tagged_response(request, body, "application/json", tag, FRESH_A_MINUTE)


class HelpView(APIView):
    """The help entries that were checked within a year, in their order."""

    @extend_schema(
        responses=HelpListSerializer,
        parameters=[
            LOCALE,
            SUBJECT,
            OpenApiParameter(
                "area",
                {"type": "string", "pattern": f"^(?:{AREA.pattern})$"},
                description="`us-ca`: what helps there, that of the country included.",
            ),
            OpenApiParameter(
                "fields",
                {
                    "type": "array",
                    "items": {"type": "string", "enum": list(FIELDS)},
                    "minItems": 1,
                },
                description="Separated by commas. What is not named is left out of the "
                "answer.",
                style="form",
                explode=False,
            ),
            *PAGING,
        ],
    )
    def get(self, request: Request) -> HttpResponse:
        known = ("locale", "subject", "area", "fields", "limit", "offset")
        asked = HelpQuery(request, known)
        subjects = [asked.subject] if asked.subject else []
        found = list_entries(subjects=subjects, area=asked.area)
        page = found[asked.offset : asked.offset + asked.limit]
        body = {
            "count": len(found),
            **build_links(request, asked.limit, asked.offset, len(found)),
            "results": [_pick_fields(entry, asked) for entry in page],
        }
        return answer(request, json.dumps(body, cls=DjangoJSONEncoder).encode())


def _pick_fields(entry: Any, asked: HelpQuery) -> dict[str, Any]:
    described = describe_entry(entry, asked.locale)
    return {name: described[name] for name in FIELDS if name in asked.fields}


class HelpEntryView(APIView):
    """One of these entries."""

    @extend_schema(
        operation_id="help_entry_retrieve",
        responses=HelpEntrySerializer,
        parameters=[LOCALE],
    )
    def get(self, request: Request, key: str) -> HttpResponse:
        asked = HelpQuery(request, ("locale",))
        for entry in list_entries():
            if entry.key == key:
                body = json.dumps(_pick_fields(entry, asked), cls=DjangoJSONEncoder)
                return answer(request, body.encode())
        raise Http404


class ScreenerHelpView(APIView):
    """Help for those who use a screener: in its jurisdiction, for its subjects."""

    @extend_schema(responses=ScreenerHelpSerializer, parameters=[LOCALE])
    def get(self, request: Request, key: str) -> HttpResponse:
        asked = HelpQuery(request, ("locale",))
        current = public.current(key, request)
        if current is None:
            raise Http404
        directory = find_directory(request, asked.locale)
        file = build_file(current.load(), asked.locale, directory)
        return answer(request, write_file(file))
