"""How hard each text that visitors read is to read."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _, gettext_lazy

from screening_block.models import ReportRow

from .graded_text import GradedText
from .law_report import (
    RowTitle,
    SortedColumn,
    build_choice_filter,
    build_multiple_filter,
)
from .stored_report import StoredReport, rank_words
from .stored_rows import TEXT, make_url

LEVELS = {
    "9": gettext_lazy("Harder than grade 9"),
    "7": gettext_lazy("Harder than grade 7"),
    "0": gettext_lazy("Grade 7 or easier"),
}
LENGTHS = {
    "1": gettext_lazy("Any"),
    "8": gettext_lazy("8 words or more"),
    "20": gettext_lazy("20 words or more"),
}
#: Of fewer words the grade says little, so that they are left out unless asked for.
MIN_WORDS = 8


class ReadingGrade(StoredReport):
    slug = "reading_grade"
    page_title = gettext_lazy("Reading grade")
    header_icon = "glasses"
    intro = gettext_lazy(
        "The school grade at which each English text reads (Flesch-Kincaid). Aim for 7 "
        "or less. Texts of fewer than 8 words are left out unless you filter by length."
    )
    default_ordering = "-grade"
    columns = [
        RowTitle(gettext_lazy("In")),
        SortedColumn("where", gettext_lazy("Text")),
        SortedColumn("grade", gettext_lazy("Grade")),
        SortedColumn("words", gettext_lazy("Words")),
        SortedColumn("text", gettext_lazy("What it says"), sort_key=None),
        SortedColumn("kind", gettext_lazy("Kind")),
    ]
    exported = {
        "kind": {"kind": gettext_lazy("Kind"), "within": gettext_lazy("Part of")}
    }

    report = TEXT
    filled = ("grade", "words")
    ordered = {
        "title": "title",
        "where": "where",
        "grade": "grade",
        "words": "words",
        "kind": "kind",
    }

    def make(self, row: ReportRow) -> GradedText:
        where = _(row.where) if row.where else ""
        text, url = row.more["text"], make_url(row.url)
        found = GradedText(_(row.kind), row.title, where, row.within, text, url)
        # As they were counted when it was saved.
        found.__dict__.update(grade=row.grade, words=row.words)
        return found

    def filter_fields(self) -> dict[str, Any]:
        return {
            "grade": build_choice_filter(_("Grade"), list(LEVELS.items())),
            "length": build_choice_filter(_("Length"), list(LENGTHS.items())),
            "kind": build_multiple_filter(_("Kind"), self.kinds()),
        }

    def narrow(
        self, rows: QuerySet[ReportRow], given: dict[str, Any]
    ) -> QuerySet[ReportRow]:
        if level := given.get("grade"):
            easy = level == "0"
            rows = rows.filter(Q(grade__lte=7) if easy else Q(grade__gt=int(level)))
        least = int(given.get("length") or MIN_WORDS)
        return super().narrow(rows.filter(words__gte=least), given)

    def say(self, word: str) -> Q:
        places = [one for one, said in self._places() if word in said.lower()]
        return super().say(word) | Q(where__in=places)

    def _places(self) -> list[tuple[str, str]]:
        return [(where, _(where)) for where in self.values("where")]

    def _order_of(self, name: str) -> Any:
        if name == "where":
            return rank_words(name, self._places())
        return super()._order_of(name)
