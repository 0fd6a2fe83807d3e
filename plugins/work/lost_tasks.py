"""Tasks of the queue itself, such as Wagtail's, whose worker was killed."""

from datetime import timedelta

from django.apps import apps
from django.utils import timezone

#: No task of Wagtail's takes so long; a job of ours that does is not done twice.
BROKEN_OFF = timedelta(minutes=10)
KEPT = timedelta(days=14)


def requeue_lost_tasks() -> None:
    """Queue what was begun long ago and never ended; delete what ended long ago.

    Wagtail's own tasks (search, references, files) bear being done twice.
    """
    if not apps.is_installed("django_tasks_db"):
        return
    from django_tasks_db.models import DBTaskResult

    now = timezone.now()
    lost = DBTaskResult.objects.running().filter(started_at__lt=now - BROKEN_OFF)
    lost.update(status="READY")
    DBTaskResult.objects.finished().filter(finished_at__lt=now - KEPT).delete()
