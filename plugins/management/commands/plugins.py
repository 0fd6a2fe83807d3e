"""List plugins and what they add, and find the content that depends on one."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core import checks
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from plugins.status import PluginStatus, get_plugin_statuses
from plugins.streams.usage import find_uses


class Command(BaseCommand):
    help = "List and inspect plugins, and find the content that depends on one."
    # This command is needed most on a site with a broken plugin.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="command", required=True)
        listing = commands.add_parser("list", help="All plugins and their state")
        listing.add_argument("--json", action="store_true", help="As JSON")
        show = commands.add_parser("show", help="One plugin in full")
        show.add_argument("name")
        usage = commands.add_parser(
            "usage", help="Content that uses a plugin, block type or operator"
        )
        usage.add_argument("name", help="e.g. acme, acme__chart or acme.within")
        usage.add_argument("--database", default="default")
        commands.add_parser("check", help="All checks of plugins and their content")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"do_{options['command']}")(**options)

    def do_list(self, **options: Any) -> None:
        statuses = get_plugin_statuses()
        if options["json"]:
            self.stdout.write(json.dumps([asdict(s) for s in statuses], indent=2))
            return
        for status in statuses:
            self.stdout.write(
                f"{status.name:<24} {status.version or '-':<10} {status.state:<12} "
                f"{len(status.contributes)} contributions  {status.problem}".rstrip()
            )

    def do_show(self, **options: Any) -> None:
        status = self._find(options["name"])
        lines = [
            f"{status.label} ({status.name})",
            f"  version  {status.version or '-'}",
            f"  api      {status.api or '-'}",
            f"  from     {status.source}",
            f"  state    {status.state}",
        ]
        lines += [f"  problem  {status.problem}"] if status.problem else []
        lines += [f"  {kind:<15} {key}" for kind, key in status.contributes]
        lines += [status.traceback] if status.traceback else []
        self.stdout.write("\n".join(lines))

    def do_usage(self, **options: Any) -> None:
        counts = {"live": 0, "draft": 0}
        for use in find_uses(options["name"], options["database"]):
            counts[use.place] += 1
            names = ", ".join(use.names)
            self.stdout.write(
                f"{use.place:<6} {use.model} {use.pk} {use.field}: {names}  {use.title}"
            )
        self.stdout.write(f"{counts['live']} live, {counts['draft']} drafts")

    def do_check(self, **options: Any) -> None:
        messages = checks.run_checks(tags=["plugins"], databases=list(connections))
        for message in messages:
            self.stdout.write(str(message))
        broken = {"plugins.W101", "plugins.W103"}
        if any(m.is_serious() or m.id in broken for m in messages):
            raise CommandError("There are problems with plugins.")
        self.stdout.write("No problems with plugins.")

    def _find(self, name: str) -> PluginStatus:
        for status in get_plugin_statuses():
            if status.name == name:
                return status
        raise CommandError(f"There is no plugin {name!r}.")
