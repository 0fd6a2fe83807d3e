"""Legal review: the workflow task that stands between a draft and the public."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import AbstractGroupApprovalTask


class LegalReviewTask(AbstractGroupApprovalTask):
    """A group reads what changes, in plain words, and approves or asks for changes.

    Whoever edited last cannot approve, superusers included: two people have read
    what the public sees.
    """

    class Meta:
        verbose_name = gettext_lazy("legal review")
        verbose_name_plural = gettext_lazy("legal reviews")

    @classmethod
    def get_description(cls) -> str:
        return _(
            "Members of these groups read what changes and approve it. "
            "Whoever edited last cannot approve."
        )

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        if not super().get_actions(obj, user):
            return []
        actions = [("reject", _("Ask for changes"), True)]
        if not edited_last(obj, user):
            actions.append(("approve", _("Read the changes and approve"), True))
        return actions

    def get_template_for_action(self, action: str) -> str:
        # "Ask for changes" needs the same reading, so that the comment can say where.
        return "screening_block/admin/review_modal.html"

    def on_action(
        self, task_state: Any, user: Any, action_name: str, **kwargs: Any
    ) -> None:
        """Approve or ask for changes; what the gate refuses goes back to the editor.

        The law may have changed since the draft was sent, so that what was whole then
        cannot be published now. The comment says why, and nothing else happens.
        """
        from screening_block.authoring.gate import GateError
        from screening_block.authoring.publish import one_at_a_time

        record = task_state.revision.as_object()
        if action_name == "approve" and edited_last(record, user):
            raise PermissionDenied(_("Whoever edited last cannot approve."))
        try:
            with one_at_a_time():
                super().on_action(task_state, user, action_name, **kwargs)
        except GateError as error:
            task_state.refresh_from_db()
            reasons = "\n".join([_("This cannot be published yet:"), *error.messages])
            super().on_action(task_state, user, "reject", comment=reasons)


def edited_last(record: Any, user: Any) -> bool:
    """Whether `user` saved the newest draft of `record`."""
    revision = record.get_latest_revision()
    return bool(revision and revision.user_id == user.pk)
