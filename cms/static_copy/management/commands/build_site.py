"""Write the public site as files that any static host serves."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.management import BaseCommand, CommandError
from wagtail.models import Site

from cms.static_copy.build import build_copy
from cms.static_copy.writing import CopyError


class Command(BaseCommand):
    help = (
        "Writes every public page, in all languages, with pictures, releases, the "
        "embed kit and feeds, to a folder for a static host. Running it again writes "
        "only what changed, and changes over in one step."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--server",
            default="",
            help="The address of this site's server, such as https://app.example.org: "
            "forms without script, search and opening saved files go there. Without it "
            "the copy says that it cannot.",
        )
        parser.add_argument(
            "--site", default="", help="The host name of a site; else the default one."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            copied = build_copy(
                _find_site(options["site"]),
                options["folder"],
                _read_server(options["server"]),
            )
        except CopyError as error:
            raise CommandError(str(error)) from None
        for address, by in sorted(copied.walk.broken.items()):
            self.stderr.write(
                f"{by or 'The site'} leads to {address}: nothing is there."
            )
        found = copied.written
        self.stdout.write(
            f"{found.files} files, {found.bytes / 1e6:.1f} MB: {found.changed} new or "
            f"changed, {found.gone} gone."
        )


def _find_site(host: str) -> Site:
    if not host:
        return Site.objects.get(is_default_site=True)
    site = Site.objects.filter(hostname=host).first()
    if site is None:
        known = ", ".join(Site.objects.values_list("hostname", flat=True))
        raise CommandError(f"There is no site {host}. There are: {known}.")
    return site


def _read_server(address: str) -> str:
    """Return an origin; `CommandError` for what is none."""
    if not address:
        return ""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query:
        raise CommandError(
            "--server must be an address such as https://app.example.org."
        )
    if parts.path not in ("", "/"):
        raise CommandError("--server must have no path: the site stands at its root.")
    return f"{parts.scheme}://{parts.netloc}"
