"""Legal review: the workflow task that stands between a draft and the public."""

import json
from contextlib import suppress
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.forms import TaskStateCommentForm
from wagtail.models import AbstractGroupApprovalTask

from .publishing import GateError, one_at_a_time

#: What a revision holds beside what was written.
BOOKKEEPING = {
    "latest_revision",
    "latest_revision_created_at",
    "live",
    "live_revision",
    "has_unpublished_changes",
    "first_published_at",
    "last_published_at",
    "draft_title",
    "locked",
    "locked_at",
    "locked_by",
    "wagtail_admin_comments",
}


class AskForChangesForm(TaskStateCommentForm):
    """Requires a comment: a draft does not go back without a reason."""

    comment = forms.CharField(
        label=gettext_lazy("What should change?"),
        widget=forms.Textarea({"rows": 3}),
    )


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
        return [
            ("reject", _("Ask for changes"), True),
            # For whoever edited last, it says why they cannot.
            ("approve", _("Read the changes, approve"), True),
        ]

    def get_form_for_action(self, action: str) -> Any:
        if action == "reject":
            return AskForChangesForm
        return super().get_form_for_action(action)

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
    """Whether `user` wrote what the newest draft of `record` says.

    Approving in the editor saves its form once more, as the reviewer's revision. A
    revision that says the same as the one before it is no edit.
    """
    author = after = None
    for revision in record.revisions.order_by("-created_at", "-pk").iterator(8):
        if after is not None and not _is_same(revision, after):
            break
        after, author = revision, revision.user_id
    return author is not None and author == user.pk


def _is_same(one: Any, other: Any) -> bool:
    if _written_content(one.content) == _written_content(other.content):
        return True
    # As the models of today write it, defaults filled in.
    objects = one.as_object(), other.as_object()
    first, second = (_written_content(each.serializable_data()) for each in objects)
    return first == second


def _written_content(content: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _parse_stream(value)
        for name, value in content.items()
        if name not in BOOKKEEPING
    }


def _parse_stream(value: Any) -> Any:
    # Streams are JSON texts, in which the order of a block's fields says nothing.
    if isinstance(value, str) and value[:1] in "[{":
        with suppress(ValueError):
            return json.loads(value)
    return value
