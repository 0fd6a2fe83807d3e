"""`manage.py evaluate KEY`: one person's answers, or those of many in a spreadsheet.

`--answers FILE|-` prints what the API answers, as JSON. `--csv FILE` writes a row for
each of the file's, with the level of every finding (docs/operations.md).
"""

import csv
import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from screening_block import engine, public
from screening_block.law.csv_rows import CSVError
from screening_block.models.releases import pick_locale, today
from screening_block.public import RecalledError, recalled_sentence
from screening_block.scenarios.answer_file import AnswerFile, write_whole
from screening_block.visitor.results import build_result


class Command(BaseCommand):
    help = "Evaluates a screener on answers from a file. Nothing is kept or logged."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key", help="The screener's key.")
        source = parser.add_mutually_exclusive_group(required=True)
        source.add_argument(
            "--answers", help="A JSON file, or - for standard input; prints JSON."
        )
        source.add_argument(
            "--csv",
            help="A CSV file with a row for each person and columns named by the keys "
            "of questions.",
        )
        parser.add_argument(
            "--out", help="Of --csv: the file to write; printed if left out."
        )
        parser.add_argument(
            "--id-column",
            default="id",
            help="Of --csv: the column that goes through as it is (“id”).",
        )
        parser.add_argument("--as-of", help="YYYY-MM-DD; today if left out.")
        parser.add_argument("--release", help="The hash of an older release.")
        parser.add_argument("--locale", help="The language of the texts.")
        parser.add_argument(
            "--explain", action="store_true", help="Add the trace of every condition."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        release = self._release(options["key"], options["release"])
        as_of = options["as_of"] or today(release)
        if options["csv"]:
            self._work_out(release, as_of, options)
            return
        answers = self._answers(options["answers"])
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

    def _work_out(
        self, release: engine.Release, as_of: str, options: dict[str, Any]
    ) -> None:
        if options["explain"]:
            raise CommandError(_("--explain is for --answers alone."))
        place, out = Path(options["csv"]), options["out"]
        try:
            engine.levels(release, {}, as_of)
            # A byte order mark is not part of the first name.
            with place.open(encoding="utf-8-sig", newline="") as source:
                file = AnswerFile(source, release, options["id_column"])
                if out is None:
                    self._write(file, as_of, self.stdout._out)  # type: ignore[attr-defined]
                elif Path(out).exists() and place.samefile(out):
                    raise CommandError(_("--out would take the place of --csv."))
                else:
                    with write_whole(Path(out)) as target:
                        self._write(file, as_of, target)
        except CSVError as error:
            told = _("Row %(row)s: %(problem)s") if error.row else "%(problem)s"
            raise CommandError(told % {"row": error.row, "problem": error}) from None
        except engine.EngineError as error:
            raise CommandError(error.problems[0].message) from None
        except OSError as error:
            raise CommandError(_("Cannot do it: %s.") % error.strerror) from None
        self.stderr.write(
            _("%(rows)s rows, %(errors)s with an error.")
            % {"rows": file.rows, "errors": file.errors}
        )

    def _write(self, file: AnswerFile, as_of: str, target: Any) -> None:
        csv.writer(target, delimiter=file.delimiter).writerows(file.work_out(as_of))
