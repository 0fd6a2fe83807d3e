"""Fill an empty site with the demo: pages, pictures, law packs and an administrator."""

import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import BaseCommand, call_command, get_commands
from django.db import transaction

import cms.demo
from cms.demo.example_people import make_example_people
from cms.demo.files import hash_files
from cms.demo.glossary_terms import make_glossary_terms
from cms.demo.help_entries import make_help_entries
from cms.demo.models import DemoPart
from cms.demo.page_maker import PageMaker
from cms.demo.search_words import make_search_words
from cms.demo.site_settings import make_site_settings

PACKS = ["california_firearms"]
PEOPLE = {"editor": "Marketing editor", "reviewer": "Legal reviewer"}
#: What says that all of it is there, made from the files as they are.
WHOLE = "everything"


class Command(BaseCommand):
    help = (
        "Creates what is missing of the demo content, and brings up to date what no "
        "editor has saved since. It can be run again at any time."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            self.admin = self.make_people()
            maker = PageMaker(self.admin)
            maker.make_homes()
        # A pack checks and publishes its screener below the home page.
        for pack in PACKS:
            if "load_pack" in get_commands():
                call_command("load_pack", pack, verbosity=options["verbosity"])
        with transaction.atomic():
            make_help_entries(self.admin)
            make_search_words()
            make_example_people(self.admin)
            for page in maker.make_pages():
                self.stdout.write(f"{page.title}: published")
            make_glossary_terms(self.admin)
            make_site_settings(self.admin)
            DemoPart.remember(WHOLE, sha256=hash_demo())

    def make_people(self) -> Any:
        """Make a superuser, and one person per role; on one's own machine only.

        Their password is kept beside the database, for `make run` to print.
        """
        if "create_roles" in get_commands():
            call_command("create_roles", verbosity=0)
        users = get_user_model()._default_manager
        existing = users.filter(is_superuser=True).order_by("pk").first()
        if existing or not settings.LOCAL:
            return existing
        password = secrets.token_urlsafe(9)
        file = Path(settings.VAR_DIR) / "admin_password"
        file.touch(mode=0o600)
        file.write_text(password + "\n", encoding="utf-8")
        for name, role in PEOPLE.items():
            user = users.create_user(name, f"{name}@example.org", password)
            user.groups.set(Group.objects.filter(name=role))
        return users.create_superuser("admin", "admin@example.org", password)


def is_whole() -> bool:
    """Tell whether the demo was made, whole, from the files as they are."""
    return DemoPart.objects.filter(name=WHOLE, sha256=hash_demo()).exists()


def hash_demo() -> str:
    """Return a SHA-256 of what makes the demo: texts, code and law packs."""
    own = Path(cms.demo.__file__).parent
    packs = [own.parents[1] / "plugins" / pack for pack in PACKS]
    return hash_files([own, *packs])
