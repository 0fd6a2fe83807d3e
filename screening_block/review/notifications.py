"""Wagtail's mails about reviews, in the language of whoever reads them.

Wagtail writes to whoever chose no language in that of the person who acted: a Spanish
editor would send Spanish to all the office. Such a mail is in the language of the site.
"""

from typing import Any

from django.conf import settings
from django.dispatch import Signal
from django.utils.translation import override
from wagtail import signals
from wagtail.admin import mail
from wagtail.models import TaskState, WorkflowState


class ForReaders:
    """Of a notifier: nobody's language but that of the site and of those who read."""

    def __call__(self, instance: Any = None, **kwargs: Any) -> Any:
        with override(settings.LANGUAGE_CODE):
            return super().__call__(instance, **kwargs)  # type: ignore[misc]


class TaskSubmitted(ForReaders, mail.GroupApprovalTaskStateSubmissionEmailNotifier):
    """A draft waits for a group."""


class ReviewSubmitted(ForReaders, mail.WorkflowStateSubmissionEmailNotifier):
    """A review begins."""


class ReviewApproved(ForReaders, mail.WorkflowStateApprovalEmailNotifier):
    """A review ends well."""


class ReviewRejected(ForReaders, mail.WorkflowStateRejectionEmailNotifier):
    """A draft comes back."""


#: In the place of Wagtail's own, by the names that it connects them with.
NOTIFIERS: list[tuple[Signal, Any, Any, str]] = [
    (
        signals.task_submitted,
        TaskState,
        TaskSubmitted(),
        "group_approval_task_submitted_email_notification",
    ),
    (
        signals.workflow_submitted,
        WorkflowState,
        ReviewSubmitted(),
        "workflow_state_submitted_email_notification",
    ),
    (
        signals.workflow_approved,
        WorkflowState,
        ReviewApproved(),
        "workflow_state_approved_email_notification",
    ),
    (
        signals.workflow_rejected,
        WorkflowState,
        ReviewRejected(),
        "workflow_state_rejected_email_notification",
    ),
]


def connect() -> None:
    for signal, sender, notifier, name in NOTIFIERS:
        signal.disconnect(sender=sender, dispatch_uid=name)
        signal.connect(notifier, sender=sender, dispatch_uid=name)
