"""`manage.py create_roles`: the three roles and the legal review."""

from typing import Any

from django.core.management import BaseCommand

from screening_block.roles import ROLES, make_roles


class Command(BaseCommand):
    help = (
        "Creates the groups " + ", ".join(ROLES) + " with exactly the rights their "
        "names promise, and the legal review that a draft passes before it is public. "
        "Running it again puts these groups back in order; other groups stay."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        changed = make_roles()
        if options["verbosity"]:
            made = ", ".join(changed) if changed else "nothing, all was in order"
            self.stdout.write(f"Made or put in order: {made}.")
