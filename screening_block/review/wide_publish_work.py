"""Publish in the background what many screeners use."""

from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy

from plugins.work.job_kinds import kind
from plugins.work.running import Work
from screening_block.models.publishing import GateError
from screening_block.publishing.refusal_messages import refusal_messages
from screening_block.publishing.rehearse import find_refusals, rehearse_publish

from .impact import summarise_impact
from .impact_views import edit_url, impact_url, is_allowed
from .wide_publish import PUBLISH_WIDE


@kind(PUBLISH_WIDE, gettext_lazy("Publish what many screeners use"))
def publish_record(work: Work) -> None:
    """Rehearse a publish without a lock; then publish in one step, or say why not."""
    if work.done:
        return
    said, model = work.arguments, apps.get_model(work.arguments["model"])
    record = model._default_manager.filter(pk=said["pk"]).first()
    if record is None or record.latest_revision_id != said["revision"]:
        raise _changed()
    if not (work.user and is_allowed(work.user, "publish", record)):
        raise ValidationError(_("Whoever began this may not publish it any more."))
    changes = rehearse_publish(record)
    if errors := find_refusals(changes):
        raise _refused(work, record, errors)
    impact = summarise_impact(changes)
    if said["state"] and said["state"] != impact["state"]:
        raise _changed()
    if impact["changes_results"] and not said["state"]:
        address = f"{impact_url(record)}?confirm=1"
        work.tell(_("What changes for visitors"), address)
        work.job.message = _(
            "Your draft is saved. Nothing is published yet: please read first what "
            "changes for visitors."
        )
        return
    try:
        with work.step():
            record.get_latest_revision().publish(user=work.user)
            work.job.message = _("“%(title)s” is published.") % {"title": record}
            work.tell(record, edit_url(record))
    except GateError as error:
        raise _refused(work, record, [error]) from error


def _changed() -> ValidationError:
    text = _("Something has changed in the meantime. Please read it again.")
    return ValidationError(text)


def _refused(work: Work, record: Any, errors: list[GateError]) -> ValidationError:
    reasons = refusal_messages(errors)
    work.tell(record, edit_url(record), good=False, reasons=reasons)
    return ValidationError(_("Not published. Please fix this first:"))
