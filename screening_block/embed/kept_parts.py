"""Parts of the script that an upgrade has replaced, for pages opened before it.

The first part names the others by their content. A page that was opened a moment before
an upgrade asks for those of its own version, from whichever process or machine answers.
So each `migrate`, which belongs to every upgrade, writes the parts that are installed
into the database; those that were replaced stay for a week at least.
"""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models.signals import post_migrate
from django.utils import timezone

from screening_block.models import ScriptPart

from . import assets

#: How long a part stays once it was replaced.
KEPT = timedelta(days=7)


def connect(app: Any) -> None:
    """Keep what is installed at the end of every `migrate` of an app."""
    post_migrate.connect(_keep_after_migrating, sender=app)


def _keep_after_migrating(apps: Any, using: str, **more: Any) -> None:
    try:
        apps.get_model("screening_block", "ScriptPart")
    except LookupError:
        return  # Migrated back to before there were parts.
    keep_parts(using)


def keep_parts(using: str = "default") -> None:
    """Write down the installed parts, and forget those that went a week ago."""
    now = timezone.now()
    installed = [name for name in assets.list_names() if assets.is_named_by_hash(name)]
    kept = ScriptPart.objects.using(using)
    with transaction.atomic(using):
        kept.filter(replaced_on__lt=now - KEPT).delete()
        kept.filter(replaced_on=None).exclude(name__in=installed).update(
            replaced_on=now
        )
        kept.filter(name__in=installed).update(replaced_on=None)
        known = set(kept.values_list("name", flat=True))
        kept.bulk_create(
            [
                ScriptPart(name=name, body=assets.read_asset(name).bodies[""])
                for name in installed
                if name not in known
            ],
            ignore_conflicts=True,
        )


def read_kept_part(name: str) -> assets.Asset:
    """Return a part that was replaced. Raises `KeyError` where it is not kept."""
    bodies = ScriptPart.objects.filter(name=name).values_list("body", flat=True)
    body = bodies.first() if assets.is_named_by_hash(name) else None
    if body is None:
        raise KeyError(name)
    return assets.compress(name, bytes(body))
