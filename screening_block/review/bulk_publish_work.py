"""Publish many pages in the background, each by itself."""

import logging
from typing import Any

import swapper
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField

from plugins.work.job_kinds import kind
from plugins.work.running import Work
from screening_block.models import Screener
from screening_block.publishing.refusal_messages import error_messages

PUBLISH_PAGES = "screening_block.publish_pages"
logger = logging.getLogger(__name__)


@kind(PUBLISH_PAGES, gettext_lazy("Publish several pages"))
def publish_pages(work: Work) -> None:
    """Publish the newest drafts of `pages` (ids), each in a step of its own."""
    pages: Any = swapper.load_model("wagtailcore", "Page").objects
    finder = AdminURLFinder(work.user)
    for pk in work.left(work.arguments["pages"]):
        with work.step():
            page = pages.filter(pk=pk).first()
            if page is None:
                work.tell(_("A page that is gone by now"), good=False)
                continue
            page = page.specific
            url = finder.get_edit_url(page) or ""
            reasons = _publish(page, work.user)
            title = page.get_admin_display_title()
            work.tell(title, url, good=not reasons, reasons=reasons)
    told = [outcome["good"] for outcome in work.job.outcomes]
    work.job.message = _summary(told.count(True), told.count(False))


def _summary(good: int, refused: int) -> str:
    said = ngettext(
        "%(count)d page has been published.",
        "%(count)d pages have been published.",
        good,
    ) % {"count": good}
    if not refused:
        return said
    left = ngettext(
        "%(count)d is still a draft.", "%(count)d are still drafts.", refused
    )
    return f"{said} {left % {'count': refused}}"


def _publish(page: Any, user: Any) -> list[Any]:
    """Publish a page; return why not, or nothing."""
    if not (user and user.is_active and page.permissions_for_user(user).can_publish()):
        return [_("Whoever began this may not publish it any more.")]
    try:
        publish_newest(page, user)
    except ValidationError as error:
        return list(error_messages(error))
    except IntegrityError:
        return [_("Another record has the same key or address.")]
    except DatabaseError:
        raise
    except Exception:
        logger.exception("Page %s could not be published.", page.pk)
        return [_("Something went wrong. The fault is ours.")]
    return []


def publish_newest(page: Any, user: Any) -> None:
    """Publish the newest draft of a page, or raise `ValidationError` and write
    nothing."""
    with transaction.atomic():
        check_complete(page.get_latest_revision_as_object())
        revision = page.get_latest_revision() or page.save_revision(user=user)
        revision.publish(user=user)


def check_complete(draft: Any) -> None:
    """Raise `ValidationError` if the form of a page would not publish it as it is.

    Drafts are saved with fields still empty, and a page that is published outside of
    its form is checked nowhere else.
    """
    if isinstance(draft, Screener):
        return  # The gate knows more, and says it better.
    missing: dict[str, str] = {}
    for field in draft._meta.fields:
        if not isinstance(field, StreamField):
            continue
        block: StreamBlock = field.stream_block
        try:
            block.clean(getattr(draft, field.name))
        except ValidationError:
            missing[str(field.verbose_name)] = _("Something in it is incomplete.")
    if missing:
        raise ValidationError(
            [f"{name.capitalize()}: {said}" for name, said in missing.items()]
        )
