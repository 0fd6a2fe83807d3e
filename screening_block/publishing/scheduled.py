"""Publish what is due: together what was planned for one moment and belongs together.

A screener and the threshold that it needs may each be refused without the other. So
what is linked by a screener's use of it is published at once, all or nothing; where
that is refused each is tried by itself, the law first, and a refused plan is told as
ever (`models/schedule.py`). What fails otherwise is logged and stops nothing else.
"""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

import swapper
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone
from wagtail.models import DraftStateMixin, Revision

from screening_block.models import Chart, ChartRow, Screener, Threshold
from screening_block.models.schedule import PLANNED, planned_together

from .content import part_name, used_names
from .from_models import screener_parts
from .publish import batch
from .stored_uses import find_users

LAW = (Threshold, Chart, ChartRow)
logger = logging.getLogger(__name__)


def publish_due() -> None:
    """Take away what has expired, and publish what is due, the earliest first."""
    for record in _expired():
        try:
            record.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        except Exception:
            logger.exception("%r has expired and could not be unpublished.", record)
    due = Revision.objects.filter(approved_go_live_at__lt=timezone.now())
    for _moment, planned in groupby(due.order_by("approved_go_live_at", "pk"), _minute):
        for linked in _linked(list(planned)):
            if len(linked) < 2 or not _publish_together(linked):
                for revision in linked:
                    _publish(revision)


def _minute(revision: Revision) -> datetime:
    return revision.approved_go_live_at.replace(second=0, microsecond=0)


def _expired() -> Iterator[Any]:
    page = swapper.load_model("wagtailcore", "Page")
    models = [m for m in apps.get_models() if issubclass(m, DraftStateMixin)]
    for model in [page, *(m for m in models if not issubclass(m, page))]:
        live: Any = model._default_manager.filter(live=True)
        yield from list(live.filter(expire_at__lt=timezone.now()).order_by("expire_at"))


def _linked(planned: list[Revision]) -> Iterator[list[Revision]]:
    """Yield the revisions that belong together, the law before its screeners."""
    groups: list[tuple[set[Any], list[Revision]]] = []
    for revision in planned:
        names, members = _names(revision), [revision]
        for group in [group for group in groups if group[0] & names]:
            groups.remove(group)
            names, members = names | group[0], group[1] + members
        groups.append((names, members))
    law = {model._meta.label for model in LAW}
    for _names_of, members in groups:
        yield sorted(
            members,
            key=lambda one: one.content_type.model_class()._meta.label not in law,
        )


def _names(revision: Revision) -> set[Any]:
    """Return what a planned record is and uses, and who uses it."""
    try:
        record = revision.as_object()
        if isinstance(record, Screener):
            return {record.translation_key, *used_names(screener_parts(record))}
        if isinstance(record, LAW):
            name = part_name(record)
            return {name, *find_users({name})}
    except Exception:
        logger.exception("A planned revision cannot be read: %s", revision.pk)
    return {("alone", revision.pk)}


def _publish_together(revisions: Iterable[Revision]) -> bool:
    """Publish all or nothing; return whether they are published."""
    ids = [revision.pk for revision in revisions]
    try:
        with planned_together(), batch():
            # Another process may have done it while this one waited for its turn.
            still = Revision.objects.filter(approved_go_live_at__isnull=False)
            for revision in still.in_bulk(ids).values():
                revision.publish(log_action=PLANNED)
    except (ValidationError, IntegrityError):
        return False
    except Exception:
        logger.exception("Planned together, and failed: revisions %s", ids)
        return False
    return True


def _publish(revision: Revision) -> None:
    still = Revision.objects.filter(approved_go_live_at__isnull=False)
    try:
        if still.filter(pk=revision.pk).exists():
            revision.publish(log_action=PLANNED)
    except Exception:
        logger.exception("Planned, and failed: revision %s", revision.pk)
