from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _

from .base import PluginConfig
from .registry import registry


class PluginKitConfig(AppConfig):
    """The app of the kit. It must stand before ``wagtail.*`` in INSTALLED_APPS.

    Wagtail imports every ``wagtail_hooks`` while it gets ready, and the kit must have
    tried those of plugins by then.
    """

    name = "plugins"
    verbose_name = _("Plugins")
    default_auto_field = "django.db.models.BigAutoField"
    default = True

    def ready(self) -> None:
        from . import checks  # noqa: F401 - importing them registers them
        from .streams import checks as stream_checks  # noqa: F401
        from .text.fields import install_text_gate

        install_text_gate()
        configs = [c for c in apps.get_app_configs() if isinstance(c, PluginConfig)]
        for config in sorted(configs, key=lambda c: (not c.core, c.label)):
            config.load_hooks()
            config.register_contributions()
        registry.freeze()
