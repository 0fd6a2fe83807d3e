"""Publish at a planned time: through the same gate, and tell people of a refusal.

Nobody watches when a plan comes due. What the gate refuses then stays a draft; the plan
is cancelled, the history of the record says why, those concerned get a mail and the
admin's home page shows it until it is published after all.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.mail import send_mail
from wagtail.admin.utils import get_admin_base_url
from wagtail.log_actions import log, registry
from wagtail.models import Revision

from .publishing import one_at_a_time

PLANNED = "wagtail.publish.scheduled"
REFUSED = "screening_block.publish.refused"
SHOWN_FOR = timedelta(days=60)

logger = logging.getLogger(__name__)


def publish_planned_or_now(
    record: Any, revision: Revision, publish: Callable[[], Any], log_action: Any
) -> None:
    """Run `publish`; where a plan is refused, cancel it and tell people.

    `log_action` is Wagtail's name of the action: only its scheduler passes `PLANNED`.
    """
    if log_action != PLANNED:
        publish()
        return
    try:
        with one_at_a_time():
            publish()
    except ValidationError as error:
        _cancel_plan(record, revision, list(error.messages))
    except IntegrityError:
        # Something else has its key or its address by now.
        reason = _("Another record has the same key or address.")
        _cancel_plan(record, revision, [reason])


def _cancel_plan(record: Any, revision: Revision, reasons: list[str]) -> None:
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
    log(
        instance=record,
        action=REFUSED,
        user=revision.user,
        revision=revision,
        data={"reasons": reasons[:20]},
    )
    logger.error("%s was not published as planned: %s", record, "; ".join(reasons))
    place = AdminURLFinder().get_edit_url(record) or ""
    message = "\n\n".join(
        [
            _("“%(title)s” was scheduled to be published now, but was not.")
            % {"title": record},
            _(
                "It is still a draft. Please fix this first, then publish or schedule "
                "it:"
            ),
            "\n".join(f"- {reason}" for reason in reasons),
            f"{get_admin_base_url() or ''}{place}",
        ]
    )
    subject = _("Not published as scheduled: %(title)s") % {"title": record}
    # One failing mail server must not stop the other plans that are due.
    try:
        send_mail(subject, message, _recipients(revision))
    except OSError:
        logger.exception("The mail about it could not be sent.")


def _recipients(revision: Revision) -> list[str]:
    """Return the addresses of the draft's author and of the superusers."""
    users = get_user_model()._default_manager.filter(is_active=True)
    addresses = list(users.filter(is_superuser=True).values_list("email", flat=True))
    if revision.user and revision.user.is_active:
        addresses.insert(0, revision.user.email)
    return list(dict.fromkeys(filter(None, addresses)))


def refused_plans(user: Any) -> list[dict[str, Any]]:
    """Return the refused plans that are not resolved yet, of what `user` may edit.

    `{"record", "url", "at" (datetime), "reasons" (texts)}`, the newest first.
    """
    entries = [
        entry
        for model in registry.get_log_entry_models()
        for entry in model.objects.filter(
            action=REFUSED, timestamp__gte=timezone.now() - SHOWN_FOR
        ).select_related("content_type")
    ]
    finder = AdminURLFinder(user)
    found: dict[Any, dict[str, Any]] = {}
    for entry in sorted(entries, key=lambda entry: entry.timestamp, reverse=True):
        model = entry.content_type.model_class()
        record = model.objects.filter(pk=entry.object_id).first() if model else None
        url = finder.get_edit_url(record) if record else None
        if url and not _is_resolved(record, entry):
            plan = {"record": record, "url": url, "at": entry.timestamp}
            reasons = entry.data.get("reasons", [])
            found.setdefault(record, {**plan, "reasons": reasons})
    return list(found.values())


def _is_resolved(record: Any, entry: Any) -> bool:
    """Whether it was published, or planned again, after it had been refused."""
    published = record.last_published_at
    if published and published > entry.timestamp:
        return True
    revisions = Revision.objects.for_instance(record)
    return bool(revisions.filter(approved_go_live_at__isnull=False).exists())
