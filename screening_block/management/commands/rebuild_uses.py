"""`manage.py rebuild_uses`: write down again what screeners use of the law."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from screening_block.publishing.stored_uses import rebuild_uses


class Command(BaseCommand):
    help = (
        "Reads every screener and stores what it uses of the law. Needed only after "
        "pages were changed behind the site, such as by SQL; `migrate` does it for "
        "those of which that is known."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = rebuild_uses(whole=True)
        self.stdout.write(
            ngettext("%(n)d page was read.", "%(n)d pages were read.", done)
            % {"n": done}
        )
