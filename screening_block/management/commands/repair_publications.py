"""`manage.py repair_publications`: make the publication log say what the pages say."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from screening_block.publishing.repairs import repair_differences


class Command(BaseCommand):
    help = (
        "Puts right what `manage.py check --database default` finds between the "
        "publication log and the pages, and says what it did."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = 0
        for difference, what in repair_differences():
            done += 1
            self.stdout.write(f"{difference.key}: {difference.message} -> {what}")
        if not done:
            self.stdout.write(_("The publication log and the pages agree."))
