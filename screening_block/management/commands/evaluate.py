"""`manage.py evaluate KEY --answers FILE|-`: what the API answers, as JSON."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from screening_block import engine, public
from screening_block.models.releases import pick_locale, today
from screening_block.public import RecalledError, recalled_sentence
from screening_block.visitor.results import build_result


class Command(BaseCommand):
    help = "Evaluates a screener on answers from a JSON file and prints JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key", help="The screener's key.")
        parser.add_argument(
            "--answers", required=True, help="A JSON file, or - for standard input."
        )
        parser.add_argument("--as-of", help="YYYY-MM-DD; today if left out.")
        parser.add_argument("--release", help="The hash of an older release.")
        parser.add_argument("--locale", help="The language of the texts.")
        parser.add_argument(
            "--explain", action="store_true", help="Add the trace of every condition."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        release = self._release(options["key"], options["release"])
        answers = self._answers(options["answers"])
        as_of = options["as_of"] or today(release)
        locale = pick_locale(release, options["locale"])
        detail = "trace" if options["explain"] else "full"
        try:
            outcome = build_result(release, answers, as_of, locale, detail)
        except engine.EngineError as error:
            told = "\n".join(
                f"{p.path}: {p.message}".removeprefix(": ") for p in error.problems
            )
            raise CommandError(told) from None
        for finding in outcome["findings"]:
            del finding["text"], finding["html"]
        self.stdout.write(json.dumps(outcome, indent=2, ensure_ascii=False))

    def _release(self, key: str, sha256: str | None) -> engine.Release:
        """What the API would use, of any site. Raises `CommandError`."""
        try:
            row = public.release(sha256, key=key) if sha256 else public.current(key)
        except RecalledError as error:
            raise CommandError(recalled_sentence(error.recall)) from None
        if row is not None:
            return row.load()
        if sha256:
            raise CommandError(_("This screener has no release with that hash."))
        listed = [p.screener_key for p in public.publications()]
        raise CommandError(
            _("There is no published screener “%(key)s”. Published: %(public)s.")
            % {"key": key, "public": ", ".join(listed) or "–"}
        )

    def _answers(self, place: str) -> str:
        try:
            return sys.stdin.read() if place == "-" else Path(place).read_text()
        except (OSError, UnicodeDecodeError) as error:
            told = getattr(error, "strerror", "") or _("it is not text")
            raise CommandError(_("Cannot read the answers: %s.") % told) from None
