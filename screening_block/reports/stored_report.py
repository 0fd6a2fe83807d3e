"""What the reports share that list stored rows: found, filtered and paged in SQL."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import get_language, gettext, override

from screening_block.models import ReportRow

from .claim import LATER, SOON
from .law_report import LawReport
from .stored_rows import list_rows

#: Rows that are read at once where all are.
CHUNK = 500


class StoredRows:
    """Rows as a paginator or a spreadsheet reads them; each is `make` of a stored one.

    Nothing is read before it is asked for, and never all together.
    """

    def __init__(
        self, rows: QuerySet[ReportRow], make: Callable[[ReportRow], Any]
    ) -> None:
        self.rows, self.make = rows, make
        # A spreadsheet is written when the request, and with it its language, is over.
        self.language = get_language()

    def count(self) -> int:
        return self.rows.count()

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list[Any]:
        return [self.make(row) for row in self.rows[part]]

    def __iter__(self) -> Iterator[Any]:
        for row in self.rows.iterator(chunk_size=CHUNK):
            with override(self.language):
                made = self.make(row)
            yield made


class StoredReport(LawReport):
    """A report on the stored rows of one kind.

    A subclass gives `report`, the kind of rows, and `make`s of each what its columns
    show; `ordered` are the fields of rows by what columns sort by, `narrow` is what its
    filters mean, and `say` finds rows by words that are not in them.
    """

    report = ""
    ordered: dict[str, str] = {}
    #: Fields whose order is that of their words.
    texts = ("title", "within")
    #: Fields that have something in every row, so that an index gives their order.
    filled: tuple[str, ...] = ()

    def make(self, row: ReportRow) -> Any:
        raise NotImplementedError

    def narrow(
        self, rows: QuerySet[ReportRow], given: dict[str, Any]
    ) -> QuerySet[ReportRow]:
        return rows.filter(kind__in=given["kind"]) if given.get("kind") else rows

    def say(self, word: str) -> Q:
        return Q(said__contains=word) | Q(within__icontains=word)

    def kinds(self) -> list[tuple[str, str]]:
        return [(kind, gettext(kind)) for kind in self.values("kind")]

    def values(self, field: str) -> list[str]:
        """Return what stands in a field of any row."""
        rows = ReportRow.objects.filter(report=self.report).exclude(**{field: ""})
        return list(rows.order_by(field).values_list(field, flat=True).distinct())

    def get_filtered_queryset(self) -> Any:
        given: dict[str, Any] = {}
        if self.filters and self.filters.is_valid():
            given = self.filters.form.cleaned_data
        rows = self.narrow(list_rows(self.report), given)
        for word in self.search_query.lower().split():
            kinds = [one for one, said in self.kinds() if word in said.lower()]
            rows = rows.filter(self.say(word) | Q(kind__in=kinds))
        return StoredRows(self._in_order(rows), self.make)

    def _in_order(self, rows: QuerySet[ReportRow]) -> QuerySet[ReportRow]:
        """Sort by the column asked for; what has nothing in it comes last."""
        column = self.ordering.lstrip("-") if self.ordering else ""
        if column not in self.ordered:
            return rows.order_by("pk")
        name = self.ordered[column]
        value = self._order_of(name)
        wanted = value.desc() if self.ordering.startswith("-") else value.asc()
        if name in self.filled:
            return rows.order_by(wanted, "pk")
        blank = Q(**{name: ""} if name in self.texts else {f"{name}__isnull": True})
        last = Case(When(blank, then=1), default=0, output_field=IntegerField())
        return rows.order_by(last, wanted, "pk")

    def _order_of(self, name: str) -> Any:
        if name in self.texts:
            return Lower(name)
        if name == "kind":
            return rank_words(name, self.kinds())
        return F(name)


def rank_words(field: str, said: list[tuple[str, str]]) -> Case:
    """Return the order of a field by the words that its values are shown as."""
    ranked = sorted(said, key=lambda one: one[1].lower())
    whens = [When(**{field: one}, then=Value(n)) for n, (one, _) in enumerate(ranked)]
    return Case(*whens, default=Value(len(whens)), output_field=IntegerField())


def match_period(when: str, *, min_days: int = 0) -> Q:
    """Return the condition on the day of rows that `find_period` gives `when`; "":
    before `min_days` ahead."""
    today = timezone.localdate()

    def after(days: int) -> dt.date:
        return today + dt.timedelta(days)

    if when == "never":
        return Q(day=None)
    if when == "soon":
        return Q(day__gte=after(min_days), day__lte=after(SOON))
    if when == "later":
        return Q(day__gt=after(SOON), day__lte=after(LATER))
    return Q(day__gt=after(LATER)) if when == "far" else Q(day__lt=after(min_days))
