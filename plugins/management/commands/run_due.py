"""Do what is due, once: for cron, where no worker runs."""

from typing import Any

from django.core.management.base import BaseCommand

from plugins.work.due import run_due


class Command(BaseCommand):
    help = (
        "Does what is due (publishing as planned, tidying up) and the background work "
        "that nobody does. For cron, every minute, where no worker runs."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for name in run_due():
            self.stdout.write(f"Done: {name}")
