"""System checks of the kit, under the tag ``plugins``.

Starting a server runs no checks: run ``manage.py check --tag plugins --database
default`` before it. In strict mode most of what is reported here stops the start.
"""

from typing import Any

from django.apps import apps
from django.contrib.staticfiles import finders
from django.core import checks

from .discovery import discover
from .kinds import Operator, QuestionType
from .registry import registry
from .status import get_plugin_statuses

TAG = "plugins"
Messages = list[checks.CheckMessage]


@checks.register(TAG)
def check_plugins(app_configs: Any = None, **kwargs: Any) -> Messages:
    """Report plugins that were put aside (W101) or refused (W103)."""
    messages: Messages = []
    for manifest in discover():
        if manifest.state == "refused":
            messages.append(
                checks.Warning(
                    f"The plugin {manifest.name} is left out: {manifest.problem}",
                    id="plugins.W103",
                )
            )
    for status in get_plugin_statuses():
        if status.state == "quarantined":
            messages.append(
                checks.Warning(
                    f"The plugin {status.name} was put aside. {status.problem}",
                    hint=status.traceback,
                    id="plugins.W101",
                )
            )
    return messages


@checks.register(TAG)
def check_order(app_configs: Any = None, **kwargs: Any) -> Messages:
    """Report a kit that gets ready after Wagtail has imported hooks (E002)."""
    names = [config.name for config in apps.get_app_configs()]
    wagtail = [i for i, n in enumerate(names) if n.split(".")[0] == "wagtail"]
    if wagtail and names.index("plugins") > min(wagtail):
        return [
            checks.Error(
                "The app 'plugins' must stand before 'wagtail' and 'wagtail.*' in "
                "INSTALLED_APPS, or a plugin's broken wagtail_hooks stops the site.",
                id="plugins.E002",
            )
        ]
    return []


@checks.register(TAG)
def check_client_modules(app_configs: Any = None, **kwargs: Any) -> Messages:
    """Report a browser's half that is not a static file (E006)."""
    messages: Messages = []
    for registration in registry.registrations():
        obj = registration.obj
        if registration.core or not isinstance(obj, Operator | QuestionType):
            continue
        if obj.client_module and not finders.find(obj.client_module):
            messages.append(
                checks.Error(
                    f"{registration.plugin}: the client module {obj.client_module!r} "
                    f"of {registration.key!r} is not a static file.",
                    id="plugins.E006",
                )
            )
    return messages
