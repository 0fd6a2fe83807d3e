"""Publish at a planned time: through the same gate, and tell people of a refusal.

Nobody watches when a plan comes due. What the gate refuses then stays a draft; the plan
is cancelled, the history of the record says why, those concerned get a mail and the
admin's home page shows it until it is published after all.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import get_language, gettext as _, override
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.mail import send_mail
from wagtail.admin.utils import get_admin_base_url
from wagtail.log_actions import log, registry
from wagtail.models import Revision

from .publishing import one_at_a_time
from .staff_language import language_of, languages_of_staff

PLANNED = "wagtail.publish.scheduled"
REFUSED = "screening_block.publish.refused"
SHOWN_FOR = timedelta(days=60)

#: Whether a refusal is the business of whoever publishes several plans at once.
_together: ContextVar[bool] = ContextVar("together", default=False)
logger = logging.getLogger(__name__)


@contextmanager
def planned_together() -> Iterator[None]:
    """Let a refused plan raise, and stay a plan."""
    token = _together.set(True)
    try:
        yield
    finally:
        _together.reset(token)


def publish_planned_or_now(
    record: Any, revision: Revision, publish: Callable[[], Any], log_action: Any
) -> None:
    """Run `publish`; where a plan is refused, cancel it and tell people.

    `log_action` is Wagtail's name of the action: only its scheduler passes `PLANNED`.
    """
    if log_action != PLANNED or _together.get():
        publish()
        return
    reasons = {}
    for language in languages_of_staff():
        # A refusal is a text; to be told in another language it is refused once more.
        with override(language):
            refused = _refusal(publish)
        if refused is None:
            return
        reasons[language] = refused
    _cancel_plan(record, revision, reasons)


def _refusal(publish: Callable[[], Any]) -> list[str] | None:
    """Run `publish`; return why it is refused, None where it is not."""
    try:
        with one_at_a_time():
            publish()
    except ValidationError as error:
        return [str(message) for message in error.messages][:20]
    except IntegrityError:
        # Something else has its key or its address by now.
        return [_("Another record has the same key or address.")]
    return None


def _cancel_plan(
    record: Any, revision: Revision, reasons: dict[str, list[str]]
) -> None:
    """Take a plan back, and tell those concerned, each in a language of `reasons`."""
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
    log(
        instance=record,
        action=REFUSED,
        user=revision.user,
        revision=revision,
        data={"reasons": reasons},
    )
    why = "; ".join(reasons[settings.LANGUAGE_CODE])
    logger.error("%s was not published as planned: %s", record, why)
    for language, addresses in _recipients(revision).items():
        with override(language):
            subject, message = _words(record, _in_this_language(reasons))
        # One failing mail server must not stop the other plans that are due.
        try:
            send_mail(subject, message, addresses)
        except OSError:
            logger.exception("The mail about it could not be sent.")


def _words(record: Any, reasons: list[str]) -> tuple[str, str]:
    """Return the subject and the text of the mail, in the language that is active."""
    place = AdminURLFinder().get_edit_url(record) or ""
    message = [
        _("“%(title)s” was scheduled to be published now, but was not.")
        % {"title": record},
        _("It is still a draft. Please fix this first, then publish or schedule it:"),
        "\n".join(f"- {reason}" for reason in reasons),
        f"{get_admin_base_url() or ''}{place}",
    ]
    subject = _("Not published as scheduled: %(title)s") % {"title": record}
    return subject, "\n\n".join(message)


def _recipients(revision: Revision) -> dict[str, list[str]]:
    """Return the addresses of the draft's author and of the superusers, by
    language."""
    users = get_user_model()._default_manager.filter(is_active=True)
    people = list(users.filter(is_superuser=True))
    if revision.user and revision.user.is_active:
        people.insert(0, revision.user)
    found: dict[str, dict[str, None]] = {}
    for person in people:
        if person.email:
            found.setdefault(language_of(person), {})[person.email] = None
    return {language: list(addresses) for language, addresses in found.items()}


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
            reasons = _in_this_language(entry.data.get("reasons", []))
            found.setdefault(record, {**plan, "reasons": reasons})
    return list(found.values())


def _in_this_language(reasons: dict[str, list[str]] | list[str]) -> list[str]:
    """Return the reasons as whoever asks reads them; at first they were kept in one
    language."""
    if isinstance(reasons, list):
        return reasons
    return reasons.get(get_language() or "") or reasons[settings.LANGUAGE_CODE]


def _is_resolved(record: Any, entry: Any) -> bool:
    """Whether it was published, or planned again, after it had been refused."""
    published = record.last_published_at
    if published and published > entry.timestamp:
        return True
    revisions = Revision.objects.for_instance(record)
    return bool(revisions.filter(approved_go_live_at__isnull=False).exists())
