"""The content version as the database holds it, and which rows moved it."""

from django.db import models


class ContentVersion(models.Model):
    """The sum of `moved` over all rows is the content version: it only ever grows.

    Triggers move it, within the transaction of the change. Slot 0 is the base; each
    source has rows of its own. SQLite, which has one writer, needs one. PostgreSQL
    moves any that no open transaction holds, and adds one where all are held: so no
    writer waits for another, and the sum that a reader sees counts exactly the changes
    that the reader sees.
    While the base has a negative slot there are no triggers and no version.

    `source` says what was changed: a table, of pages with their kind, as in
    `wagtailcore_page:12`, the id of a content type; "" for anything.
    """

    slot = models.BigAutoField(primary_key=True)
    moved = models.BigIntegerField()
    source = models.CharField(max_length=80, default="")

    class Meta:
        db_table = "freshness_version"
        default_permissions = ()
        indexes = [models.Index(fields=["source"], name="freshness_version_source")]

    def __str__(self) -> str:
        return f"{self.slot}: {self.moved}"


class TouchedRow(models.Model):
    """A row that moved the content version since `take_touched` was last asked.

    `owner` is its primary key; of a child that of its parent; `*` for the whole table.
    """

    shows_on_pages = False

    source = models.CharField(max_length=63)
    owner = models.CharField(max_length=200)

    class Meta:
        db_table = "freshness_touched"
        default_permissions = ()
        indexes = [
            models.Index(fields=["source", "owner"], name="freshness_touched_row")
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.owner}"
