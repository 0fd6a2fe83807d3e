"""Keep the log, languages, keys and scenarios in step when a page goes.

What anybody may read follows from the page's state alone (`screening_block.public`), so
nothing here is needed to hide anything. It uses the signals that Wagtail and Django
send in every way a page can go: some of them never call a method of `Screener`.
"""

import logging
from typing import Any

from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext as _
from wagtail.models import Locale, PageViewRestriction
from wagtail.signals import page_unpublished, post_page_move

from screening_block.models import Scenario, Screener, ScreenerKey
from screening_block.models.publishing import GateError, one_at_a_time

from .content import pick_source, source_of
from .publish import publish, withdraw

logger = logging.getLogger(__name__)


def connect() -> None:
    """Connect the signals; called once, when the app is ready."""
    name = "screening_block.withdrawals"
    page_unpublished.connect(_unpublished, dispatch_uid=name)
    post_page_move.connect(_moved, dispatch_uid=name)
    post_delete.connect(_deleted, sender=Screener, dispatch_uid=name)
    post_save.connect(_restricted, sender=PageViewRestriction, dispatch_uid=name)
    post_delete.connect(_unrestricted, sender=PageViewRestriction, dispatch_uid=name)


def _unpublished(instance: Any, **_kwargs: Any) -> None:
    if isinstance(instance, Screener):
        follow_page(instance)


def _moved(instance: Any, **_kwargs: Any) -> None:
    _follow_below(instance)


def _restricted(instance: PageViewRestriction, raw: bool = False, **_kw: Any) -> None:
    if not raw:
        _follow_below(instance.page)


def _unrestricted(instance: PageViewRestriction, origin: Any, **_kw: Any) -> None:
    # With a page its restriction goes as well, and then there is nothing to open.
    if getattr(origin, "model", type(origin)) is PageViewRestriction:
        _follow_below(instance.page)


def _follow_below(page: Any) -> None:
    """Update the log for every screener that is a page or lies below it."""
    for screener in Screener.objects.filter(path__startswith=page.path).order_by("pk"):
        follow_page(screener)


def follow_page(page: Screener) -> None:
    """Update the log after a page of a screener changed its state.

    If the page that gives the structure is not live, the screener is withdrawn. If a
    translation is not, a release without its texts takes over. Never raises: a page
    that somebody removed stays removed.
    """
    source = source_of(page)
    with one_at_a_time():
        if not source.live:
            withdraw(source)
        elif source.pk != page.pk:
            _republish(source, page)


def _republish(source: Screener, page: Screener) -> None:
    """Publish a screener again because its page in one language changed."""
    if not source.live:
        return
    language = page.locale.language_code
    try:
        publish(source, cause=_("the page in “%s”") % language)
    except GateError as error:
        reasons = "; ".join(error.messages)
        logger.error("%s: %s cannot be followed: %s", source.key, language, reasons)


def _deleted(instance: Screener, **_kwargs: Any) -> None:
    with one_at_a_time():
        left = list(Screener.objects.filter(translation_key=instance.translation_key))
        before = sorted([*left, instance], key=lambda page: page.pk)
        if not left:
            withdraw(instance)
            ScreenerKey.objects.filter(screener=instance.translation_key).delete()
            Scenario.objects.filter(screener=instance.translation_key).delete()
        elif pick_source(before, Locale.get_default().pk) is instance:
            withdraw(instance)
        else:
            _republish(source_of(left[0]), instance)
