"""Whether a publish concerns too many screeners for a request, and how it is begun."""

from typing import Any

from django.http import HttpResponse

from plugins.work.running import in_background, start
from plugins.work.views import show_job
from screening_block.models import Chart, ChartRow, Threshold
from screening_block.publishing.content import part_name
from screening_block.publishing.stored_uses import find_users

PUBLISH_WIDE = "screening_block.publish_wide"


def is_wide(record: Any) -> bool:
    """Whether so many screeners use a record that a worker is to publish it."""
    shared = isinstance(record, Threshold | Chart | ChartRow)
    return shared and in_background(len(find_users({part_name(record)})))


def publish_wide(record: Any, user: Any, state: str = "") -> HttpResponse:
    """Begin to publish the newest draft. `state`: what was read of its changes; without
    it a draft that changes results is not published, but shown."""
    arguments = {
        "model": record._meta.label,
        "pk": record.pk,
        "revision": record.latest_revision_id,
        "state": state,
    }
    return show_job(start(PUBLISH_WIDE, str(record), arguments, user))
