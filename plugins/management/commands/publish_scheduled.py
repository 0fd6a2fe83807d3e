"""Wagtail's command; where an app knows more of what is due, it is asked."""

from typing import Any

from wagtail.management.commands import publish_scheduled

from plugins.work.due import PUBLISH, TABLE


class Command(publish_scheduled.Command):
    help = "Publishes what has a go-live date, and takes away what has expired."

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dryrun"] or PUBLISH not in TABLE:
            super().handle(*args, **options)
        else:
            TABLE[PUBLISH].do()
