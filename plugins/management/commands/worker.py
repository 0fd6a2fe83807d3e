"""Do background work and what is due, until told to stop."""

import os
import signal
import socket
from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections
from django.utils.crypto import get_random_string

from plugins.work.due import run_due
from plugins.work.running import is_immediate, stopping

#: Seconds between two looks: for a task, and at what is due.
NAP, ROUND = 0.5, 5


class Command(BaseCommand):
    help = (
        "Does background work and what is due (publishing as planned, tidying up). "
        "Several may run. May be killed at any time: nothing is left half done."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="Do what is there, then end."
        )

    def handle(self, *args: Any, once: bool = False, **options: Any) -> None:
        name = f"{socket.gethostname()[:30]}-{os.getpid()}-{get_random_string(6)}"
        if not once:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: stopping.set())
        if is_immediate():
            text = (
                "Without WORKER=1 requests do their work themselves: only what is due."
            )
            self.stderr.write(text)
        self.stdout.write(f"Worker {name} looks for work.")
        self.stdout.flush()
        looked = -ROUND * 1.0
        while not stopping.is_set():
            close_old_connections()
            try:
                if monotonic() - looked >= ROUND:
                    looked = monotonic()
                    run_due()
                if do_one_task(name):
                    continue
            except OperationalError as error:
                # The database is away or busy; what was begun is taken up again.
                self.stderr.write(f"The database did not answer: {error}")
                looked = monotonic()
            if once:
                return
            stopping.wait(NAP)


def do_one_task(name: str) -> bool:
    """Do the next task of the queue; return whether there was one."""
    if is_immediate():
        return False
    from django_tasks_db.management.commands.db_worker import Worker
    from django_tasks_db.models import DBTaskResult

    if not DBTaskResult.objects.ready().exists():
        return False
    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,
        worker_id=name,
        excluded_queue_names=[],
    ).run()
    return True
