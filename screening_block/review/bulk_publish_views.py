"""Publish several pages at once: a broken one does not stop the others."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _, ngettext
from wagtail import hooks
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.pages.bulk_actions import PublishBulkAction

from plugins.work.running import in_background, start
from plugins.work.views import show_job
from screening_block.publishing.refusal_messages import error_messages, show_refusal

from .bulk_publish_work import PUBLISH_PAGES, publish_newest


class PublishEachAction(PublishBulkAction):
    """Wagtail's action, page by page: a refused page stays a draft, and is named."""

    def prepare_action(self, objects: list[Any], without_access: Any) -> Any:
        """Leave many pages to the background; see `bulk_publish_work`."""
        below = self.cleaned_form.cleaned_data["include_descendants"]
        pages = [page for page, _below in _drafts(objects, below, self.request.user)]
        if not in_background(len(pages)):
            return None
        for hook in hooks.get_hooks("before_bulk_action"):
            answer = hook(self.request, self.action_type, objects, self)
            if hasattr(answer, "status_code"):
                return answer
        ids = list(dict.fromkeys(page.pk for page in pages))
        said = ngettext("%(count)d page", "%(count)d pages", len(ids))
        subject = said % {"count": len(ids)}
        arguments = {"pages": ids}
        return show_job(start(PUBLISH_PAGES, subject, arguments, self.request.user))

    def get_execution_context(self) -> dict[str, Any]:
        self.refused: list[tuple[Any, ValidationError]] = []
        return {**super().get_execution_context(), "refused": self.refused}

    @classmethod
    def execute_action(
        cls,
        objects: list[Any],
        include_descendants: bool = False,
        user: Any = None,
        refused: list[tuple[Any, ValidationError]] | None = None,
        **kwargs: Any,
    ) -> tuple[int, int]:
        """Return how many pages were published: of those chosen, and of those below
        them."""
        published = [0, 0]
        for page, below in _drafts(objects, include_descendants, user):
            draft = page.get_latest_revision_as_object()
            try:
                publish_newest(page, user)
            except ValidationError as error:
                if refused is None:
                    raise
                refused.append((draft, error))
            else:
                published[below] += 1
        return published[0], published[1]

    def get_success_message(self, chosen: int, below: int) -> str | None:
        """Return Wagtail's message, or None; refusals are shown before it."""
        if self.refused:
            finder = AdminURLFinder(self.request.user)
            what = _("Not published: they are still drafts. Please fix this first:")
            show_refusal(
                self.request,
                what,
                (
                    format_html(
                        '<a href="{}">{}</a><ul>{}</ul>',
                        finder.get_edit_url(page),
                        page.get_admin_display_title(),
                        format_html_join(
                            "", "<li>{}</li>", ((r,) for r in error_messages(e))
                        ),
                    )
                    for page, e in self.refused
                ),
            )
        if not chosen and not below:
            return None
        message: str = super().get_success_message(chosen, below)
        return message


def _drafts(
    chosen: list[Any], with_descendants: bool, user: Any
) -> Iterator[tuple[Any, bool]]:
    """Yield each page to publish, and whether it lies below a chosen one."""
    for page in chosen:
        yield page.specific, False
        if not with_descendants:
            continue
        below = page.get_descendants().not_live().defer_streamfields().specific()
        for descendant in below:
            rights = descendant.permissions_for_user(user) if user else None
            if rights is None or rights.can_publish():
                yield descendant, True
