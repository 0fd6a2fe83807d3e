"""Whether a change concerns too many screeners for a request, and how it is begun."""

from typing import Any

from django.apps import apps
from django.http import HttpResponse

from plugins.models import Job
from plugins.work.running import OPEN, in_background, start
from plugins.work.views import show_job
from screening_block.models import Chart, ChartRow, Threshold
from screening_block.publishing.content import part_name
from screening_block.publishing.rehearse import count_anew
from screening_block.publishing.stored_uses import find_users

PUBLISH_WIDE = "screening_block.publish_wide"
SHOW_WIDE = "screening_block.show_wide"


def count_users(record: Any) -> int:
    """Return how many screeners use a record of the law in public."""
    return len(find_users({part_name(record)}))


def is_wide(record: Any) -> bool:
    """Whether publishing a record works out so many screeners that it is left to a
    worker."""
    if not isinstance(record, Threshold | Chart | ChartRow):
        return False
    users = count_users(record)
    return in_background(users) and in_background(count_anew(record, users))


def publish_wide(record: Any, user: Any, state: str = "") -> HttpResponse:
    """Begin to publish the newest draft. `state`: what was read of its changes; without
    it a draft that changes results is not published, but shown."""
    return show_job(_start(PUBLISH_WIDE, record, user, state=state))


def publish_approved_wide(record: Any, user: Any) -> None:
    """Begin to publish what a workflow has approved."""
    _start(PUBLISH_WIDE, record, user, approved=True)


def show_wide(record: Any, user: Any) -> HttpResponse:
    """Begin to work out what the newest draft changes for visitors."""
    return show_job(_start(SHOW_WIDE, record, user))


def find_work(record: Any, user: Any) -> Job | None:
    """Return what somebody began about a record, if it goes on."""
    its = {"arguments__model": record._meta.label, "arguments__pk": record.pk}
    kinds = PUBLISH_WIDE, SHOW_WIDE
    jobs = Job.objects.filter(**its, kind__in=kinds, state__in=OPEN)
    return jobs.filter(owner=user).first()


def find_record(arguments: dict[str, Any]) -> Any:
    """Return the record that work is about; None where it is gone, or has another draft
    by now."""
    records = apps.get_model(arguments["model"])._default_manager
    record: Any = records.filter(pk=arguments["pk"]).first()
    same = record and record.latest_revision_id == arguments["revision"]
    return record if same else None


def _start(kind: str, record: Any, user: Any, **more: Any) -> Job:
    arguments = {
        "model": record._meta.label,
        "pk": record.pk,
        "revision": record.latest_revision_id,
    }
    return start(kind, str(record), arguments | more, user)
