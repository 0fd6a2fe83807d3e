"""The host names by which the site is known: answers for others are not kept."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError

from plugins.freshness import keep_not, remember
from screening_block.sites import list_sites


def find_hosts(port: str) -> frozenset[str]:
    """Return the hosts as `Host` has them, with the ports that go with each.

    Those that ALLOWED_HOSTS names whole, those of Wagtail's sites and that of SITE_URL.
    A wildcard stands for names without number.
    """
    key = ("hosts", *settings.ALLOWED_HOSTS, settings.WAGTAILADMIN_BASE_URL)
    names = remember(key, _list_hosts, by_source=True)
    return frozenset([*names, *(f"{name}:{port}" for name in names if port)])


def _list_hosts() -> list[str]:
    named = [host for host in settings.ALLOWED_HOSTS if not host.startswith((".", "*"))]
    own = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    found = [*named, own.hostname or "", own.netloc]
    try:
        for site in list_sites():
            found += [site.hostname, f"{site.hostname}:{site.port}"]
    except DatabaseError:
        keep_not()
    return [host for host in found if host]
