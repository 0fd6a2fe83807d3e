"""What editors write (Screener, Threshold, Chart) and what is published (Release)."""

from .charts import Chart, ChartRow
from .identity import KeyTakenError, ScreenerKey
from .packs import PackPart
from .release_pieces import ReleasePiece
from .releases import Publication, Recall, Release
from .remembered_results import Remembered
from .report_rows import ReportRow
from .review import LegalReviewTask
from .scenarios import Scenario
from .screener import Screener
from .script_parts import ScriptPart
from .thresholds import Threshold, ThresholdValue
from .use_rows import Outline, StoredUse
