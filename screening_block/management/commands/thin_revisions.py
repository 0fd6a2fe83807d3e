"""`manage.py thin_revisions`: of a history of years keep what is worth its room."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import ngettext

from screening_block.publishing.old_revisions import (
    delete_revisions,
    list_old_revisions,
)


class Command(BaseCommand):
    help = (
        "Deletes old revisions of pages and of the law. Of each record stay the "
        "newest, one a month of two years, one a year before, and what is live, "
        "drafted, scheduled or was reviewed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--keep",
            type=int,
            help="how many of the newest stay of each record "
            "(by default SCREENING_REVISIONS_KEPT, which is 20)",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="only say how many would go"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        kept = options["keep"]
        if kept is not None and kept < 1:
            raise CommandError("--keep: at least 1 has to stay of each record.")
        old = list_old_revisions(kept)
        if options["dry_run"]:
            said = ngettext(
                "%(count)d revision would go.",
                "%(count)d revisions would go.",
                len(old),
            )
            self.stdout.write(said % {"count": len(old)})
            return
        done = delete_revisions(old)
        said = ngettext(
            "%(count)d revision deleted.", "%(count)d revisions deleted.", done
        )
        self.stdout.write(said % {"count": done})
