"""Tells plugins what was published, withdrawn and recalled, once it is committed.

For every page and record of a site, whatever app it is of: Wagtail has one signal for
each way, and some are sent before the transaction ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import Signal
from wagtail import signals as wagtail
from wagtail.models import Page, PageViewRestriction

from plugins import signals
from screening_block.models import Recall


def connect() -> None:
    """Connect to what tells it; called once, when the app is ready."""
    name = "screening_block.announcements"
    for signal, receiver in (
        (wagtail.page_published, _page_published),
        (wagtail.published, _record_published),
        (wagtail.page_unpublished, _page_unpublished),
        (wagtail.unpublished, _record_unpublished),
        (wagtail.page_slug_changed, _renamed),
        (wagtail.post_page_move, _moved),
        (post_delete, _deleted),
    ):
        signal.connect(receiver, dispatch_uid=name)
    post_save.connect(_closed, sender=PageViewRestriction, dispatch_uid=name)
    post_delete.connect(_opened, sender=PageViewRestriction, dispatch_uid=name)
    post_save.connect(_recalled, sender=Recall, dispatch_uid=name)


def _tell(signal: Signal, instance: Any, *addresses: str | None) -> None:
    """Send a signal about a page or a record once the transaction is committed."""
    known = list(dict.fromkeys(address for address in addresses if address))
    send = partial(
        signal.send_robust, type(instance), instance=instance, addresses=known
    )
    transaction.on_commit(send, robust=True)


def _page_published(instance: Any, **_more: Any) -> None:
    page = instance.specific
    _tell(signals.published, page, page.get_full_url())


def _record_published(instance: Any, **_more: Any) -> None:
    if not isinstance(instance, Page):
        _tell(signals.published, instance)


def _page_unpublished(instance: Any, **_more: Any) -> None:
    page = instance.specific
    _tell(signals.withdrawn, page, page.get_full_url())


def _record_unpublished(instance: Any, **_more: Any) -> None:
    if not isinstance(instance, Page):
        _tell(signals.withdrawn, instance)


def _deleted(sender: type, instance: Any, **_more: Any) -> None:
    # Of a page Django also deletes, and names, the row that all kinds have.
    if sender is not Page and getattr(instance, "live", False):
        page = isinstance(instance, Page)
        address = instance.get_full_url() if page else None
        _tell(signals.withdrawn, instance, address)


def _renamed(instance: Any, instance_before: Any, **_more: Any) -> None:
    _tell_of_moved(instance, instance_before.url_path, instance.url_path)


def _moved(
    instance: Any, url_path_before: str, url_path_after: str, **_more: Any
) -> None:
    if url_path_before != url_path_after:
        _tell_of_moved(instance, url_path_before, url_path_after)


def _tell_of_moved(instance: Any, before: str, after: str) -> None:
    def tell() -> None:
        for page in _live_below(instance):
            address = page.get_full_url() or ""
            rest = page.url_path.removeprefix(after)
            # What of the path is in addresses: all but the page that is a site's root.
            shown = _common_end(after, address.removesuffix(rest))
            root = after.removesuffix(shown)
            former = address.removesuffix(shown + rest) + before.removeprefix(root)
            _tell(signals.published, page, address, former + rest)

    transaction.on_commit(tell, robust=True)


def _common_end(path: str, address: str) -> str:
    """Return the longest end of `path`, from a slash on, that an address ends with."""
    places = (place for place, letter in enumerate(path) if letter == "/")
    return next((path[p:] for p in places if address.endswith(path[p:])), "")


def _closed(instance: PageViewRestriction, raw: bool = False, **_more: Any) -> None:
    if not raw:
        _tell_below(signals.withdrawn, instance.page)


def _opened(instance: PageViewRestriction, origin: Any, **_more: Any) -> None:
    if getattr(origin, "model", type(origin)) is PageViewRestriction:
        _tell_below(signals.published, instance.page)


def _tell_below(signal: Signal, above: Any) -> None:
    def tell() -> None:
        for page in _live_below(above):
            _tell(signal, page, page.get_full_url())

    transaction.on_commit(tell, robust=True)


def _live_below(page: Any) -> Iterator[Any]:
    """Yield the pages that are live at a page and below it, as they are now."""
    below = Page.objects.filter(path__startswith=_path_now(page)).live()
    yield from below.order_by("path").specific()


def _path_now(page: Any) -> str:
    found: str = Page.objects.values_list("path", flat=True).get(pk=page.pk)
    return found


def _recalled(instance: Recall, created: bool, raw: bool = False, **_more: Any) -> None:
    if raw or not created:
        return
    send = partial(
        signals.recalled.send_robust,
        Recall,
        key=instance.release.screener_key,
        release=instance.release_id,
        reason=instance.reason,
        successor=instance.successor_id,
    )
    transaction.on_commit(send, robust=True)
