"""Addresses of the screener API, below /api/v1/."""

from django.urls import path, re_path

from screening_block.engine.release_names import HASH_PATTERN

from . import views
from .evaluating import EvaluateBatchView, EvaluateView
from .release_endpoints import ReleaseView, ScreenerView

urlpatterns = [
    path("screeners/", views.ScreenersView.as_view(), name="screeners"),
    path(
        "screeners/<slug:key>/",
        ScreenerView.as_view(),
        name="screener",
    ),
    path(
        "screeners/<slug:key>/evaluate/",
        EvaluateView.as_view(),
        name="screener-evaluate",
    ),
    path(
        "screeners/<slug:key>/evaluate/batch/",
        EvaluateBatchView.as_view(),
        name="screener-evaluate-batch",
    ),
    path("thresholds/", views.ThresholdsView.as_view(), name="thresholds"),
    path("thresholds/<slug:key>/", views.ThresholdView.as_view(), name="threshold"),
    path("charts/<slug:key>/", views.ChartView.as_view(), name="chart"),
    re_path(
        rf"^releases/(?P<sha256>{HASH_PATTERN})/$",
        ReleaseView.as_view(),
        name="release",
    ),
]
