"""`manage.py rebuild_uses`: write down again what screeners use of the law."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from screening_block.publishing.stored_uses import rebuild_uses
from screening_block.reports.stored_rows import rebuild_rows


class Command(BaseCommand):
    help = (
        "Reads every screener and stores what it uses of the law, and of every record "
        "what the reports list. Needed only after records were changed behind the "
        "site, such as by SQL; `migrate` does it for those of which that is known."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = rebuild_uses(whole=True) + rebuild_rows(whole=True)
        self.stdout.write(
            ngettext("%(n)d record was read.", "%(n)d records were read.", done)
            % {"n": done}
        )
