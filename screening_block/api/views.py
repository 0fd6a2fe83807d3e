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


class ThresholdsView(TaggedView):
    """Every published threshold with all its dated values."""

    @extend_schema(responses=ThresholdSerializer(many=True))
    def get(self, request: Request) -> Response:
        refuse_unknown(request)
        thresholds = Threshold.objects.filter(live=True, locale=Locale.get_default())
        listed = [
            {"key": threshold.key, **part["texts"], **part["piece"]}
            for threshold in thresholds.order_by("key").prefetch_related("values")
            for part in [threshold_part(threshold)]
        ]
        return Response(listed, headers={"Cache-Control": FRESH_A_MINUTE})


class ChartView(TaggedView):
    """A published chart with its published rows."""

    @extend_schema(responses=ChartSerializer)
    def get(self, request: Request, key: str) -> Response:
        refuse_unknown(request)
        charts = Chart.objects.filter(live=True, locale=Locale.get_default())
        chart = charts.filter(key=key).first()
        if chart is None:
            raise Http404
        rows = chart.rows.filter(live=True).order_by("sort_order", "pk")
        body = {
            "key": chart.key,
            "label": chart.label,
            "columns": [
                {name: c[name] for name in ("key", "label", "type", "default")}
                | {"values": c["words"]}
                for c in columns_of(chart)
            ],
            "rows": [
                {**part["texts"], **part["piece"]} for part in map(row_part, rows)
            ],
        }
        return Response(body, headers={"Cache-Control": FRESH_A_MINUTE})
