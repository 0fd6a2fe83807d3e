"""Everything `make run` does once the packages are there, in one process."""

import os
import socket
import sys
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from wagtail.models import Site

from cms.demo.management.commands.demo import is_whole

HOST = "127.0.0.1"


class Command(BaseCommand):
    help = (
        "Serves the site on this machine: brings the database up to date, loads the "
        "demo content that is not there yet, and prints the addresses."
    )
    # The database may not be there yet.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.LOCAL:
            raise CommandError("`serve` is for one's own machine; see the operations.")
        port = find_free_port(os.environ.get("PORT") or "8000")
        if has_pending_migrations():
            self.stdout.write("Preparing the database ...")
            call_command("migrate", verbosity=0)
            # A version may index pages by more than the one before.
            call_command("update_index", verbosity=0)
        # New texts too, for a site that was made before they were there.
        if not is_whole():
            self.stdout.write("Loading the demo content ...")
            call_command("demo", verbosity=0, stdout=StringIO())
        point_site_at(port)
        self.print_addresses(f"http://{HOST}:{port}")
        os.environ["SITE_URL"] = f"http://{HOST}:{port}"
        run_server(port)

    def print_addresses(self, address: str) -> None:
        lines = [
            f"  Site   {address}/",
            f"  Admin  {address}/admin/   {describe_login()}",
            f"  API    {address}/api/v1/articles/   reference: {address}/api/docs/",
            "  Stop with Ctrl+C.",
        ]
        self.stdout.write("\n" + "\n".join(lines) + "\n")
        self.stdout.flush()


def find_free_port(text: str) -> int:
    """Return `text` as a port number, if nothing listens there."""
    try:
        port = int(text)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((HOST, port))
    except (ValueError, OverflowError) as error:
        raise CommandError(f"{text!r} is no port number.") from error
    except OSError as error:
        raise CommandError(
            f"Port {text} cannot be used ({error.strerror}). "
            "Try another one: PORT=8001 make run"
        ) from error
    return port


def has_pending_migrations() -> bool:
    """Tell whether the database is behind the code."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def point_site_at(port: int) -> None:
    """Make absolute links lead here, unless the site has a real host name."""
    site = Site.objects.filter(
        is_default_site=True, hostname__in=["localhost", HOST]
    ).first()
    if site and (site.hostname, site.port) != (HOST, port):
        site.hostname, site.port = HOST, port
        site.save()


def describe_login() -> str:
    """Say how to log in: with the password of the demo, while it is still the one."""
    file = Path(settings.VAR_DIR) / "admin_password"
    user = get_user_model()._default_manager.filter(username="admin").first()
    if user and file.exists():
        password = file.read_text(encoding="utf-8").strip()
        if user.check_password(password):
            return f"log in as admin, editor or reviewer, password {password}"
    return "log in as you set it up"


def run_server(port: int) -> None:
    """Replace this process by the server."""
    connection.close()
    try:
        import granian  # noqa: F401
    except ImportError:
        command = [sys.executable, "manage.py", "runserver", "--noreload"]
        os.execv(sys.executable, [*command, f"{HOST}:{port}"])  # noqa: S606
    os.execv(  # noqa: S606
        sys.executable,
        [
            sys.executable,
            "-m",
            "granian",
            "--interface=wsgi",
            f"--host={HOST}",
            f"--port={port}",
            "--workers=1",
            # One request at a time per process; see "Threads" in the operations.
            "--blocking-threads=1",
            "--no-ws",
            "--log-level=warning",
            "cms.wsgi:application",
        ],
    )
