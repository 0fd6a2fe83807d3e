"""Work out in the background what many screeners use: to show it, to publish it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.translation import gettext as _, gettext_lazy

from plugins.work.job_kinds import kind
from plugins.work.running import Work
from screening_block.models.publishing import GateError
from screening_block.publishing.refusal_messages import refusal_messages
from screening_block.publishing.rehearse import find_refusals, rehearse_publish

from .impact import summarise_impact
from .impact_views import edit_url, impact_url, is_allowed
from .wide_publish import PUBLISH_WIDE, SHOW_WIDE, find_record

RESULT = "screening_block/admin/impact_form.html"


@kind(SHOW_WIDE, gettext_lazy("What changes for visitors"), template=RESULT)
def show_changes(work: Work) -> None:
    """Show what publishing changes, with a button that publishes just that."""
    record = _find(work, "change")
    _show(work, record, summarise_impact(rehearse_publish(record)))


@kind(PUBLISH_WIDE, gettext_lazy("Publish what many screeners use"), template=RESULT)
def publish_record(work: Work) -> None:
    """Rehearse a publish without a lock; then publish in one step, or say why not."""
    if work.done:
        return
    said, approved = work.arguments, work.arguments.get("approved", False)
    record = _find(work, "" if approved else "publish")
    changes = rehearse_publish(record)
    if errors := find_refusals(changes):
        raise _refused(work, record, errors)
    if not approved:
        impact = summarise_impact(changes)
        if said["state"] and said["state"] != impact["state"]:
            raise _changed()
        if impact["changes_results"] and not said["state"]:
            work.job.message = _(
                "Your draft is saved. Nothing is published yet: please read first what "
                "changes for visitors."
            )
            _show(work, record, impact)
            return
    try:
        with work.step():
            revision = record.get_latest_revision()
            revision.publish(user=work.user, skip_permission_checks=approved)
            work.job.message = _("“%(title)s” is published.") % {"title": record}
            work.tell(record, edit_url(record))
    except GateError as error:
        raise _refused(work, record, [error]) from error


def _find(work: Work, right: str) -> Any:
    """Return the record, if whoever began this still has the right to it."""
    if (record := find_record(work.arguments)) is None:
        raise _changed()
    if right and not (work.user and is_allowed(work.user, right, record)):
        raise ValidationError(_("Whoever began this may not do it any more."))
    return record


def _show(work: Work, record: Any, impact: dict[str, Any]) -> None:
    draft = record.has_unpublished_changes or not record.live
    may_publish = draft and is_allowed(work.user, "publish", record)
    work.tell(record, edit_url(record))
    work.job.document = render_to_string(
        "screening_block/admin/impact_read.html",
        {
            "impact": impact,
            "revision": work.arguments["revision"],
            "publish_url": impact_url(record) if may_publish else "",
        },
    )


def _changed() -> ValidationError:
    text = _("Something has changed in the meantime. Please read it again.")
    return ValidationError(text)


def _refused(work: Work, record: Any, errors: list[GateError]) -> ValidationError:
    reasons = refusal_messages(errors)
    work.tell(record, edit_url(record), good=False, reasons=reasons)
    return ValidationError(_("Not published. Please fix this first:"))
