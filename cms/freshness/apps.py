from typing import Any

from django.apps import AppConfig
from django.core.exceptions import FieldDoesNotExist
from django.db.models.signals import post_migrate, pre_migrate


class FreshnessConfig(AppConfig):
    """The app of the content version."""

    name = "cms.freshness"
    label = "freshness"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from plugins import freshness

        from . import (
            checks,  # noqa: F401 - registers them
            purge,
            sites,
        )
        from .version import clock

        pre_migrate.connect(_before_migrating, sender=self)
        post_migrate.connect(_after_migrating, sender=self)
        freshness.connect(clock)
        purge.connect()
        sites.connect()


def _before_migrating(using: str, plan: Any = None, **more: Any) -> None:
    from . import indexes, triggers

    # A column that a trigger names can be neither dropped nor renamed.
    if plan:
        triggers.remove(using)
        indexes.remove(using)


def _after_migrating(using: str, plan: Any = None, **more: Any) -> None:
    from . import indexes, triggers
    from .models import ContentVersion, TouchedRow

    apps: Any = more.get("apps")
    try:
        apps.get_model("freshness", TouchedRow.__name__)
        version = apps.get_model("freshness", ContentVersion.__name__)
        version._meta.get_field("source")
    except (LookupError, FieldDoesNotExist):
        return  # Migrated back to before there was what triggers write.
    indexes.install(using)
    triggers.install(using, moves=bool(plan))
