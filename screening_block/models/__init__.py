"""What editors write (Screener, Threshold, Chart) and what is published (Release)."""

from .charts import Chart, ChartRow
from .packs import PackPart
from .releases import Publication, Release
from .screener import Screener
from .thresholds import Threshold, ThresholdValue

__all__ = [
    "Chart",
    "ChartRow",
    "PackPart",
    "Publication",
    "Release",
    "Screener",
    "Threshold",
    "ThresholdValue",
]
