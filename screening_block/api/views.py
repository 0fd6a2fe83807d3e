"""Endpoints of screeners and the law."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.models import Locale

from screening_block import public
from screening_block.fields.chart_cells import columns_of
from screening_block.models import Chart, Publication, Threshold
from screening_block.models.releases import load
from screening_block.publishing.from_models import row_part, threshold_part

from .answering import FRESH_A_MINUTE, refuse_unknown
from .serializers import (
    ChartSerializer,
    ScreenerSummarySerializer,
    ThresholdSerializer,
)
from .tagged import TaggedView


class ScreenersView(TaggedView):
    """Every public screener with its current release."""

    @extend_schema(responses=ScreenerSummarySerializer(many=True))
    def get(self, request: Request) -> Response:
        refuse_unknown(request)
        return Response(
            [
                ScreenerSummarySerializer(
                    summarise_publication(publication, request)
                ).data
                for publication in public.publications(request)
            ],
            headers={"Cache-Control": FRESH_A_MINUTE},
        )


def summarise_publication(publication: Publication, request: Request) -> dict[str, Any]:
    release = load(publication.release_id or "")
    key = publication.screener_key
    page = reverse("screening_block:form", args=[key])
    url = reverse("screener", args=[key])
    return {
        "key": key,
        "title": release.text(release.locale, "title"),
        "jurisdiction": release.data["jurisdiction"],
        "locales": sorted(release.data["texts"]),
        "release": release.sha256,
        "published_at": publication.published_at,
        "url": request.build_absolute_uri(url),
        "page": request.build_absolute_uri(page),
        "review": release.data["review"],
    }


def list_thresholds(key: str | None = None) -> list[dict[str, Any]]:
    """Return the published thresholds, or the one with this key."""
    thresholds = Threshold.objects.filter(live=True, locale=Locale.get_default())
    if key is not None:
        thresholds = thresholds.filter(key=key)
    return [
        {"key": threshold.key, **part["texts"], **part["piece"]}
        for threshold in thresholds.order_by("key").prefetch_related("values")
        for part in [threshold_part(threshold)]
    ]


class ThresholdsView(TaggedView):
    """Every published threshold with all its dated values."""

    @extend_schema(responses=ThresholdSerializer(many=True))
    def get(self, request: Request) -> Response:
        refuse_unknown(request)
        return Response(list_thresholds(), headers={"Cache-Control": FRESH_A_MINUTE})


class ThresholdView(TaggedView):
    """One of them."""

    @extend_schema(responses=ThresholdSerializer)
    def get(self, request: Request, key: str) -> Response:
        refuse_unknown(request)
        for threshold in list_thresholds(key):
            return Response(threshold, headers={"Cache-Control": FRESH_A_MINUTE})
        raise Http404


def list_charts() -> Any:
    """Return the published charts."""
    return Chart.objects.filter(live=True, locale=Locale.get_default())


def describe_chart(chart: Chart) -> dict[str, Any]:
    """Return a chart with its published rows."""
    rows = chart.rows.filter(live=True).order_by("sort_order", "pk")
    return {
        "key": chart.key,
        "label": chart.label,
        "columns": [
            {name: c[name] for name in ("key", "label", "type", "default")}
            | {"values": c["words"]}
            for c in columns_of(chart)
        ],
        "rows": [{**part["texts"], **part["piece"]} for part in map(row_part, rows)],
    }


class ChartView(TaggedView):
    """A published chart with its published rows."""

    @extend_schema(responses=ChartSerializer)
    def get(self, request: Request, key: str) -> Response:
        refuse_unknown(request)
        chart = list_charts().filter(key=key).first()
        if chart is None:
            raise Http404
        return Response(
            describe_chart(chart), headers={"Cache-Control": FRESH_A_MINUTE}
        )
