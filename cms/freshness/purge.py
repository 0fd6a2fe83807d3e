"""Tells a shared cache in front, where there is one, which addresses changed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string
from wagtail.models import Page

from plugins.signals import published, withdrawn


def connect() -> None:
    """Connect to the signals; called once, when the app is ready."""
    for signal in (published, withdrawn):
        signal.connect(purge, dispatch_uid="freshness.purge")


def purge(instance: Any, addresses: list[str], **_more: Any) -> None:
    """Call what `PAGES_PURGE` names with the addresses of a page and of what lists it.

    What it raises is logged, as of every receiver.
    """
    if not settings.PAGES_PURGE or not addresses or not isinstance(instance, Page):
        return
    found = list(addresses)
    # A page that was deleted is still below those it was below.
    above = Page.objects.filter(
        path__in=[instance.path[:end] for end in range(4, len(instance.path), 4)]
    )
    found += filter(None, (page.get_full_url() for page in above.order_by("-path")))
    site = instance.get_site()
    if site is not None:
        found.append(f"{site.root_url}{reverse('sitemap')}")
    import_string(settings.PAGES_PURGE)(list(dict.fromkeys(found)))
