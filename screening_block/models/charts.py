"""Reference charts: one row per item of the law, one column per consequence."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import TranslatableMixin
from wagtail.search import index

from plugins.streams import StableStreamBlock, StreamField
from screening_block.fields.blocks import ColumnBlock
from screening_block.fields.chart_cells import ChartRowForm

from .fields import KeyField, LawRecord, SourceMixin


class ColumnsBlock(StableStreamBlock):
    column = ColumnBlock()

    class Meta:
        collapsed = True


class Chart(LawRecord):
    """A table that rules test by column; its rows are records of their own."""

    key = KeyField()
    label = models.CharField(_("label"), max_length=200)
    columns = StreamField(ColumnsBlock, verbose_name=_("columns"), blank=True)

    search_fields = [
        index.SearchField("label"),
        index.AutocompleteField("label"),
        index.FilterField("key"),
        index.FilterField("locale_id"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("chart")
        verbose_name_plural = _("charts")
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "locale"], name="screening_block_one_chart_key"
            )
        ]

    def __str__(self) -> str:
        return self.label


class ChartRow(LawRecord, SourceMixin):
    """One row: `cells` maps a column key to a value key (or a list of them).

    A column that is not in `cells` is blank and takes the column's default.
    """

    chart = models.ForeignKey(
        Chart, verbose_name=_("chart"), on_delete=models.PROTECT, related_name="rows"
    )
    key = KeyField()
    label = models.CharField(
        _("label"), max_length=200, help_text=_("What visitors read.")
    )
    cells = models.JSONField(_("cells"), default=dict, blank=True)
    sort_order = models.IntegerField(default=0)

    base_form_class = ChartRowForm
    search_fields = [
        index.SearchField("label"),
        index.AutocompleteField("label"),
        index.AutocompleteField("key"),
        index.FilterField("chart_id"),
        index.FilterField("sort_order"),
        index.FilterField("key"),
        index.FilterField("status"),
        index.FilterField("locale_id"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("chart row")
        verbose_name_plural = _("chart rows")
        ordering = ["chart_id", "sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["chart", "key", "locale"], name="screening_block_one_row_key"
            )
        ]

    def __str__(self) -> str:
        return self.label

    def set_cell(self, column: str, value: Any) -> None:
        """Give a column another value; with None it is blank."""
        cells = {key: cell for key, cell in self.cells.items() if key != column}
        self.cells = cells if value is None else {**cells, column: value}
