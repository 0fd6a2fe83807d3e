"""What the reports on the law list, written down when a record is saved.

Rows here are worked out from the records and can be made again at any time (see
`screening_block/reports/stored_rows.py`); nobody edits them.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportRow(models.Model):
    """One row of a report: a claim, an entry of a law watch, or a text.

    `model` and `record` say whose it is. Words that are translated when they are shown
    (`kind`, `mark_text`, `where`) are stored untranslated, `url` without what the
    address of the admin begins with. `record_key`: of records of which only one
    language counts, what all have in common.
    """

    #: Pages are rendered from releases.
    shows_on_pages = False

    report = models.CharField(max_length=10)
    model = models.CharField(max_length=100)
    record = models.BigIntegerField()
    record_key = models.UUIDField(null=True)
    locale = models.IntegerField(null=True)
    version = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=100)
    title = models.TextField()
    within = models.TextField()
    url = models.TextField()
    #: The day of the next review, or to look again.
    day = models.DateField(null=True)
    checked_on = models.DateField(null=True)
    checked_by = models.TextField()
    mark = models.CharField(max_length=20)
    mark_text = models.TextField()
    #: Whether a citation needs checking.
    unchecked = models.BooleanField(default=False)
    where = models.TextField()
    grade = models.FloatField(null=True)
    words = models.PositiveIntegerField(null=True)
    #: What is only shown.
    more = models.JSONField()
    #: What is searched, in small letters.
    said = models.TextField()
    #: Of all of it, so that a save writes only what it changes.
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("row of a report")
        verbose_name_plural = _("rows of reports")
        indexes = [
            models.Index(fields=["model", "record"], name="screening_block_row_record"),
            models.Index(fields=["record_key"], name="screening_block_row_key"),
            models.Index(fields=["report", "day"], name="screening_block_row_day"),
            models.Index(fields=["report", "grade"], name="screening_block_row_grade"),
            models.Index(fields=["report", "kind"], name="screening_block_row_kind"),
            # Counting reads it alone.
            models.Index(
                fields=["report", "words", "locale", "record_key"],
                name="screening_block_row_words",
            ),
        ]

    def __str__(self) -> str:
        return self.title
