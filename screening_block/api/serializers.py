"""Shapes of the screener API; the OpenAPI document is made from these."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from screening_block.engine.choices import (
    COLUMN_TYPES,
    FINDING_GROUPS,
    LEVELS,
    SEVERITIES,
    SHORT_PARTS,
    STATUSES,
    THRESHOLD_TYPES,
    UNITS,
)
from screening_block.engine.dates import date_key
from screening_block.engine.release_names import HASH_PATTERN


class CitationSerializer(serializers.Serializer):
    text = serializers.CharField()
    url = serializers.URLField(required=False)
    status = serializers.ChoiceField(STATUSES)
    source = serializers.CharField(required=False)  # type: ignore[assignment]


class MissingSerializer(serializers.Serializer):
    question = serializers.CharField(help_text="Question key.")
    state = serializers.ChoiceField(["not_asked", "not_sure"])


class ActionSerializer(serializers.Serializer):
    key = serializers.CharField()
    type = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    url = serializers.URLField(required=False)
    subject = serializers.CharField(
        required=False, help_text="Of `help`: a subject of the directory of help."
    )


class FindingSerializer(serializers.Serializer):
    key = serializers.CharField()
    group = serializers.ChoiceField(FINDING_GROUPS)
    level = serializers.ChoiceField(LEVELS)
    severity = serializers.ChoiceField(SEVERITIES)
    heading = serializers.CharField()
    body = serializers.CharField(help_text="HTML; plain text with `?text=plain`.")
    status = serializers.ChoiceField(STATUSES)
    notes = serializers.ListField(
        child=serializers.CharField(), help_text="The sentences that end `body`."
    )
    checked_on = serializers.DateField(allow_null=True)
    checked = serializers.CharField(help_text="How far it was checked, in a sentence.")
    off_paper = serializers.ChoiceField(
        ["finding", "reasons"],
        allow_null=True,
        help_text="What must not be on paper or in a file: all of the finding, or "
        "`because` and `notes`.",
    )
    citations = CitationSerializer(many=True)
    because = serializers.ListField(
        child=serializers.CharField(), help_text="Reasons, one sentence each."
    )
    missing = MissingSerializer(many=True)
    actions = ActionSerializer(many=True)


class ShortSerializer(serializers.Serializer):
    part = serializers.ChoiceField(SHORT_PARTS)
    text = serializers.CharField()
    off_paper = serializers.BooleanField(
        help_text="Whether it must not be on paper or in a file."
    )


class ShownGroupSerializer(serializers.Serializer):
    key = serializers.CharField()
    heading = serializers.CharField()
    findings = serializers.ListField(
        child=serializers.CharField(), help_text="Finding keys, in order."
    )
    questions = serializers.ListField(
        child=serializers.CharField(),
        help_text="Question keys: until these are answered, none of the findings can "
        "be ruled out. Those that would tell of the most findings come first.",
    )


class ShownSerializer(serializers.Serializer):
    """A result in the order in which it is to be read: what is said in short, the
    findings that stand open, the groups. What does not apply is not in it."""

    short = ShortSerializer(many=True)
    open = serializers.ListField(
        child=serializers.CharField(), help_text="Finding keys, in order."
    )
    groups = ShownGroupSerializer(many=True)


class ResultSerializer(serializers.Serializer):
    detail = serializers.ChoiceField(["full"])
    screener = serializers.CharField()
    release = serializers.CharField(help_text="SHA-256 of the release.")
    as_of = serializers.DateField()
    engine = serializers.CharField(help_text="Version of the engine.")
    locale = serializers.CharField()
    translation_reviewed = serializers.BooleanField(
        allow_null=True,
        help_text="By a legal translator; null in the screener's own language.",
    )
    complete = serializers.BooleanField()
    next = serializers.CharField(
        allow_null=True, help_text="Key of the question to ask next."
    )
    shown = ShownSerializer()
    findings = FindingSerializer(many=True)


@extend_schema_field(OpenApiTypes.OBJECT)
class AnswersField(serializers.Field):
    """Answers by question key; the engine judges the values."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if not isinstance(data, dict):
            raise serializers.ValidationError(
                _("This must be an object: question keys with their answers.")
            )
        return data

    def to_representation(self, value: Any) -> Any:
        return value


class EvaluateSerializer(serializers.Serializer):
    answers = AnswersField(
        help_text="Question key to answer. `null` is “I’m not sure”; leave out what "
        "was not asked."
    )
    as_of = serializers.CharField(
        required=False,
        trim_whitespace=False,
        help_text="`YYYY-MM-DD`; today in the release's time zone.",
    )
    locale = serializers.RegexField(r"\A[A-Za-z0-9_-]{1,35}\Z", required=False)
    release = serializers.RegexField(
        rf"\A{HASH_PATTERN}\Z", required=False, help_text="An older release, by hash."
    )

    def validate_as_of(self, value: str) -> str:
        if date_key(value) is None:
            raise serializers.ValidationError(
                _("This must be a date like 2026-11-23, from 1900 to 2100.")
            )
        return value

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        refuse_unknown_fields(self.initial_data, self.fields)
        return attrs


def read_evaluation(data: Any) -> dict[str, Any]:
    """Return what `EvaluateSerializer` makes of `data`, which it refuses as that does.

    What is plainly right, as nearly everything is, is taken as it is: a serializer
    copies all of its fields for each request, which takes as long as evaluating.
    """
    known = (
        isinstance(data, dict)
        and "answers" in data
        and data.keys() <= _EVALUATION.keys()
    )
    if known and all(_EVALUATION[name](data[name]) for name in data):
        plain: dict[str, Any] = data
        return plain
    asked = EvaluateSerializer(data=data)
    asked.is_valid(raise_exception=True)
    found: dict[str, Any] = asked.validated_data
    return found


def _matches(pattern: str) -> Callable[[Any], bool]:
    """Return whether a value is a text that a pattern matches whole."""
    match = re.compile(pattern).fullmatch
    return lambda value: isinstance(value, str) and match(value) is not None


_EVALUATION: dict[str, Callable[[Any], bool]] = {
    "answers": lambda value: isinstance(value, dict),
    "as_of": lambda value: date_key(value) is not None,
    "locale": _matches(r"[A-Za-z0-9-]{1,20}"),
    "release": _matches(HASH_PATTERN),
}


def refuse_unknown_fields(sent: Iterable[str], known: Iterable[str]) -> None:
    """Refuse fields that are not known: they are a mistake worth naming."""
    unknown = set(sent) - set(known)
    if unknown:
        raise serializers.ValidationError(
            {name: _("This field is not known here.") for name in sorted(unknown)}
        )


class DatedValueSerializer(serializers.Serializer):
    """`from` is the first day on which `value` (a number or a date) counts."""

    value = serializers.JSONField(help_text="A number in `unit`, or a date.")

    def get_fields(self) -> dict[str, serializers.Field]:
        # `from` is a keyword of Python, so it cannot be declared as an attribute.
        return {"from": serializers.DateField(), **super().get_fields()}


class CheckedSerializer(serializers.Serializer):
    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    citations = CitationSerializer(many=True)
    status = serializers.ChoiceField(STATUSES)
    checked_on = serializers.DateField(allow_null=True)


class ThresholdSerializer(CheckedSerializer):
    type = serializers.ChoiceField(THRESHOLD_TYPES)
    unit = serializers.ChoiceField(UNITS, allow_null=True)
    values = DatedValueSerializer(many=True)
    note = serializers.CharField(required=False)
    checked_by = serializers.CharField(allow_null=True)


class ChartRowSerializer(CheckedSerializer):
    cells = serializers.DictField(help_text="Column key to value; blank is left out.")


class ChartColumnSerializer(serializers.Serializer):
    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    type = serializers.ChoiceField(COLUMN_TYPES)
    values = serializers.DictField(help_text="Value key to its label.")
    default = serializers.JSONField(  # type: ignore[assignment]
        allow_null=True, help_text="What a blank cell means; null is unknown."
    )


class ChartSerializer(serializers.Serializer):
    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    columns = ChartColumnSerializer(many=True)
    rows = ChartRowSerializer(many=True)


class ScreenerSummarySerializer(serializers.Serializer):
    key = serializers.CharField()
    title = serializers.CharField()
    jurisdiction = serializers.CharField()
    locales = serializers.ListField(child=serializers.CharField())
    release = serializers.CharField()
    published_at = serializers.DateTimeField()
    url = serializers.URLField(help_text="The release, as JSON.")
    page = serializers.URLField(help_text="The questions as a page.")
    review = serializers.DictField()
