"""What editors write (Screener, Threshold, Chart) and what is published (Release)."""

from .charts import Chart, ChartRow
from .packs import PackPart
from .releases import Publication, Release
from .review import LegalReviewTask
from .scenarios import Scenario
from .screener import Screener
from .thresholds import Threshold, ThresholdValue

__all__ = [
    "Chart",
    "ChartRow",
    "LegalReviewTask",
    "PackPart",
    "Publication",
    "Release",
    "Scenario",
    "Screener",
    "Threshold",
    "ThresholdValue",
]
