"""`manage.py load_pack NAME`: law pack files become thresholds, charts, a screener."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from wagtail.models import Site

from plugins import LawPack, registry, resolve
from screening_block.packs.fits import find_problems
from screening_block.packs.load import load_pack
from screening_block.packs.read import PackError, read_pack


class Command(BaseCommand):
    help = (
        "Loads a law pack. Loading it again updates what nobody edited and keeps "
        "every part that an editor changed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("pack", help="The key of a law pack.")

    def handle(self, *args: Any, **options: Any) -> None:
        key = options["pack"]
        pack = resolve("law_packs", key)
        if not isinstance(pack, LawPack):
            known = ", ".join(registry.all("law_packs")) or "–"
            raise CommandError(
                _("There is no law pack “%(key)s”. There are: %(known)s.")
                % {"key": key, "known": known}
            )
        site = Site.objects.select_related("root_page").get(is_default_site=True)
        try:
            read = read_pack(pack.path)
            release = read.release()
            if problems := find_problems(read, release):
                raise PackError(problems)
            report = load_pack(
                key,
                release,
                site.root_page.specific,
                scenarios=read.scenarios,
                notes_by_part=read.notes_by_part(),
            )
        except PackError as error:
            raise CommandError(str(error)) from None
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from None
        counts = report.counts()
        self.stdout.write(
            _("%(made)s created, %(updated)s updated, %(same)s unchanged.") % counts
        )
        for locale, missing in read.missing_texts().items():
            if missing:
                self.stdout.write(
                    _("Not in “%(locale)s” yet: %(n)s texts, such as %(path)s.")
                    % {"locale": locale, "n": len(missing), "path": missing[0]}
                )
        for name in report.kept:
            self.stdout.write(
                _("Kept the editor’s version: %(kind)s “%(key)s”.") % name._asdict()
            )
        for name in report.left_out:
            self.stdout.write(
                _("Left out, because it fails with what was changed: %(key)s")
                % name._asdict()
            )
