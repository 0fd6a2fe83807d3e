"""What is to be done again and again, and when each is due next.

A worker looks every few seconds, and `manage.py run_due` when cron calls it; however
many look, each time is had by one of them.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from .lost_tasks import requeue_lost_tasks
from .records import DueTime
from .running import forget, take_up

#: The name under which an app publishes what is planned.
PUBLISH = "publish as planned"
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Due:
    name: str
    every: timedelta
    do: Callable[[], Any]


TABLE: dict[str, Due] = {}


def due(name: str, every: timedelta, do: Callable[[], Any]) -> None:
    """Have something done about every so often, when its app gets ready.

    It must bear being broken off, being called again, and two calls side by side.
    """
    TABLE[name] = Due(name, every, do)


def run_due() -> list[str]:
    """Do what is due; return its names. A failure is logged and stops nothing else."""
    done = [entry.name for entry in TABLE.values() if _take(entry) and _do(entry)]
    take_up()
    return done


def _take(entry: Due) -> bool:
    """Whether it is due, and this process is the one that has it."""
    now = timezone.now()
    with transaction.atomic():
        known = DueTime.objects.filter(pk=entry.name)
        if not known.filter(next_at__gt=now).exists():
            fields = {"next_at": now + entry.every}
            if known.filter(next_at__lte=now).update(**fields):
                return True
            return DueTime.objects.get_or_create(pk=entry.name, defaults=fields)[1]
    return False


def _do(entry: Due) -> bool:
    try:
        entry.do()
    except Exception:
        logger.exception("What was due failed: %s", entry.name)
        return False
    return True


due("forget ended work", timedelta(days=1), forget)
due("queue lost tasks again", timedelta(minutes=5), requeue_lost_tasks)
