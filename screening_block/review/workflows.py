"""What happens after a review. Wagtail's models import this: it imports none first."""

from typing import Any


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Publish what a workflow has approved: `WAGTAIL_FINISH_WORKFLOW_ACTION`.

    The approval is the right to publish. Wagtail's own action asks for the right to
    publish anything as well, and with that a reviewer could publish unreviewed work.
    """
    from .wide_publish import is_wide, publish_approved_wide

    record = workflow_state.content_object
    if is_wide(record):
        publish_approved_wide(record, user)
        return
    revision = record.get_latest_revision()
    revision.publish(user=user, skip_permission_checks=True)
