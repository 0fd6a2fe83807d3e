"""What `manage.py check --deploy --database default` says of a server's settings."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, Warning, register
from django.db import DatabaseError, connections
from django.http.request import validate_host
from wagtail.models import Site


@register(Tags.security, deploy=True)
def check_addresses(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Check that the names of the site agree."""
    found: list[CheckMessage] = []
    if "*" in settings.ALLOWED_HOSTS:
        found.append(
            Warning(
                "ALLOWED_HOSTS is *: whoever asks chooses the host name that pages "
                "and mails are written with.",
                hint="Name the hosts.",
                id="cms.W001",
            )
        )
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or ""
    if not validate_host(host, settings.ALLOWED_HOSTS):
        found.append(
            Warning(
                f"SITE_URL leads to {host}, which ALLOWED_HOSTS does not name: links "
                "in mails would be refused.",
                id="cms.W002",
            )
        )
    return found


@register(Tags.caches, deploy=True)
def check_cache(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Check that workers share a cache: one is fine with its own, more are not."""
    if "locmem" not in settings.CACHES["default"]["BACKEND"]:
        return []
    return [
        Info(
            "CACHE_URL is locmem://: each worker has a cache of its own, so API "
            "limits are as many times higher as there are workers, and a change of "
            "the site's address reaches the others late.",
            hint="Use redis://... with more than one worker.",
            id="cms.I001",
        )
    ]


@register(Tags.files, deploy=True)
def check_folders(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Check that whoever runs the check can write uploads."""
    folder = Path(settings.MEDIA_ROOT).absolute()
    while not folder.exists():
        folder = folder.parent
    if folder.is_dir() and os.access(folder, os.W_OK | os.X_OK):
        return []
    return [
        Error(
            f"Uploads cannot be written: {folder} does not let this user.",
            hint="Run the check as the user that runs the server, or set MEDIA_ROOT.",
            id="cms.E001",
        )
    ]


@register(Tags.database, deploy=True)
def check_database(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Check that the database answers, and that its site is not a new database's."""
    if "default" not in (databases or ()):
        return []
    try:
        site = Site.objects.filter(is_default_site=True).first()
    except DatabaseError as error:
        connections["default"].close()
        return [
            Error(
                f"The database does not answer as it should: {str(error).strip()}",
                hint="Look at DATABASE_URL, then run `manage.py migrate`.",
                id="cms.E002",
            )
        ]
    if site and validate_host(site.hostname, settings.ALLOWED_HOSTS):
        return []
    name = site.hostname if site else "none"
    return [
        Warning(
            f"The default site's host name is {name}, which ALLOWED_HOSTS does not "
            "name: links that search engines and other sites get lead there.",
            hint="In the admin: Settings, Sites.",
            id="cms.W003",
        )
    ]
