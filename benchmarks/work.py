"""Does a killed worker leave half of anything? One command, no arguments needed:

    .venv/bin/python benchmarks/work.py [--kills 40] [--pages 60] [--on KIND]

Many pages are published in the background, and the worker is killed (SIGKILL) at random
moments. After each kill every page that is live is told, with one line in its history,
and no other page is. In the end all are published. Ends with 1 if it is not so.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import os
import random
import signal
import sys
import time
from collections import Counter

from databases import KINDS, new_site, on_each

QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}


def be_a_worker() -> None:
    from django.core.management import call_command

    call_command("worker", stdout=io.StringIO())


def broken(pages: list[int]) -> list[str]:
    """What does not hold in the database as it is now."""
    from wagtail.models import Page, PageLogEntry

    from plugins.models import Job

    job = Job.objects.get()
    told = Counter(one["text"] for one in job.outcomes if one["good"])
    live = Counter(
        Page.objects.filter(pk__in=pages, live=True).values_list("title", flat=True)
    )
    logged = PageLogEntry.objects.filter(action="wagtail.publish", page_id__in=pages)
    times = Counter(logged.values_list("page__title", flat=True))
    found = [] if told == live == times else [f"{told=} {live=} {times=}"]
    return found + ([] if job.done == len(job.outcomes) else ["the count is wrong"])


def run(kills: int, number: int, seed: int) -> int:
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.core.signals import setting_changed
    from django.db import connections
    from wagtail.models import Page

    from cms.home.models import StandardPage
    from plugins.models import Job
    from plugins.work.running import start

    settings.TASKS = QUEUE
    setting_changed.send(None, setting="TASKS", value=QUEUE, enter=True)
    owner = get_user_model().objects.create_superuser("o", "o@example.org", "x")
    root = Page.objects.get(depth=1)
    pages = []
    for count in range(number):
        made = StandardPage(title=f"P{count}", slug=f"work-{count}", live=False)
        pages.append(root.add_child(instance=made).pk)
        made.save_revision()
    kind = "screening_block.publish_pages"
    job = start(kind, f"{number} pages", {"pages": pages}, owner)
    pick, faults, done = random.Random(seed), [], 0
    for kill in range(kills):
        if Job.objects.get().has_ended:
            break
        connections.close_all()
        worker = multiprocessing.get_context("fork").Process(target=be_a_worker)
        worker.start()
        time.sleep(pick.uniform(0.05, 0.5))
        os.kill(worker.pid or 0, signal.SIGKILL)
        worker.join()
        faults += [f"kill {kill}: {fault}" for fault in broken(pages)]
        done = kill + 1
        # Who dies five times in one step is given up; that is not what is tried here.
        Job.objects.update(attempts=0)
    connections.close_all()
    worker = multiprocessing.get_context("fork").Process(target=be_a_worker)
    worker.start()
    end = time.monotonic() + 120
    while not Job.objects.get().has_ended and time.monotonic() < end:
        time.sleep(0.2)
    os.kill(worker.pid or 0, signal.SIGKILL)
    worker.join()
    faults += broken(pages)
    job.refresh_from_db()
    if job.state != "done" or job.done != number:
        faults.append(f"it has not ended: {job.state}, {job.done} of {number}")
    print("\n".join([*faults, f"{done} kills, {len(faults)} faults; {job.message}"]))
    return 1 if faults else 0


def main() -> int:
    parser = argparse.ArgumentParser(description="Kill a worker.")
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--on", choices=KINDS)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    if options.on is None:
        return on_each(__file__, sys.argv[1:])
    print(options.on)
    with new_site(options.on, fill=False):
        return run(options.kills, options.pages, options.seed)


if __name__ == "__main__":
    sys.exit(main())
