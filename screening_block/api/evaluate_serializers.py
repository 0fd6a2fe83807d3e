"""Shapes of what evaluation answers, by how much is said."""

from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer
from rest_framework import serializers

from screening_block.engine.choices import FINDING_GROUPS, LEVELS, SEVERITIES

from .serializers import (
    AnswersField,
    EvaluateSerializer,
    FindingSerializer,
    MissingSerializer,
    ResultSerializer,
    refuse_unknown_fields,
)

#: Sets of answers in a batch.
MOST_ITEMS = 100


class LevelSerializer(serializers.Serializer):
    key = serializers.CharField()
    level = serializers.ChoiceField(LEVELS)
    severity = serializers.ChoiceField(SEVERITIES)


class LevelsResultSerializer(serializers.Serializer):
    """Levels and what to ask next, without a sentence."""

    detail = serializers.ChoiceField(["levels"])
    screener = serializers.CharField()
    release = serializers.CharField(help_text="SHA-256 of the release.")
    as_of = serializers.DateField()
    engine = serializers.CharField(help_text="Version of the engine.")
    complete = serializers.BooleanField()
    next = serializers.CharField(
        allow_null=True, help_text="Key of the question to ask next."
    )
    findings = LevelSerializer(many=True)


class ReasonedSerializer(serializers.Serializer):
    key = serializers.CharField()
    group = serializers.ChoiceField(FINDING_GROUPS)
    level = serializers.ChoiceField(LEVELS)
    severity = serializers.ChoiceField(SEVERITIES)
    heading = serializers.CharField()
    because = serializers.ListField(
        child=serializers.CharField(), help_text="Reasons, one sentence each."
    )
    missing = MissingSerializer(many=True)


class ReasonsResultSerializer(LevelsResultSerializer):
    """Levels with what decided each and what is missing."""

    detail = serializers.ChoiceField(["reasons"])
    locale = serializers.CharField()
    translation_reviewed = serializers.BooleanField(
        allow_null=True,
        help_text="By a legal translator; null in the screener's own language.",
    )
    findings = ReasonedSerializer(many=True)  # type: ignore[assignment]


class TraceNodeSerializer(serializers.Serializer):
    id = serializers.CharField(help_text="The condition's place in the release.")
    op = serializers.CharField()
    value = serializers.ChoiceField([0, 1, 2], help_text="0 no, 1 unknown, 2 yes.")
    by = serializers.ListField(
        child=serializers.CharField(), help_text="The conditions that decided it."
    )


class TracedSerializer(FindingSerializer):
    trace = TraceNodeSerializer(
        many=True, help_text="What decided the level, a condition before its parts."
    )


class TraceResultSerializer(ResultSerializer):
    """The full answer, with the value of every condition that decided it."""

    detail = serializers.ChoiceField(["trace"])
    findings = TracedSerializer(many=True)


RESULTS: dict[str, Any] = {
    "levels": LevelsResultSerializer,
    "reasons": ReasonsResultSerializer,
    "full": ResultSerializer,
    "trace": TraceResultSerializer,
}
RESULT = PolymorphicProxySerializer(
    component_name="EvaluationResult",
    serializers=RESULTS,
    resource_type_field_name="detail",
)


class ItemSerializer(serializers.Serializer):
    answers = AnswersField(help_text="As for one set of answers.")

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            refuse_unknown_fields(data, self.fields)
        return super().to_internal_value(data)


class EvaluateBatchSerializer(EvaluateSerializer):
    answers = None  # type: ignore[assignment]
    items = serializers.ListField(
        child=ItemSerializer(), min_length=1, max_length=MOST_ITEMS
    )


class PlaceSerializer(serializers.Serializer):
    path = serializers.CharField(help_text="A question key.")
    code = serializers.CharField()
    message = serializers.CharField(help_text="Never holds an answer.")


class ItemProblemSerializer(serializers.Serializer):
    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    errors = PlaceSerializer(many=True)  # type: ignore[assignment]


class ItemResultSerializer(serializers.Serializer):
    """Either a result or a problem."""

    index = serializers.IntegerField(help_text="Of the item that was sent, from 0.")
    result = PolymorphicProxySerializer(
        component_name="EvaluationResult",
        serializers=RESULTS,
        resource_type_field_name="detail",
        allow_null=True,
    )
    problem = ItemProblemSerializer(allow_null=True)


class BatchResultSerializer(serializers.Serializer):
    screener = serializers.CharField()
    release = serializers.CharField(help_text="SHA-256 of the release.")
    as_of = serializers.DateField()
    items = ItemResultSerializer(many=True)
