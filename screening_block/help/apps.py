"""The directory of help as an app."""

from django.utils.translation import gettext_lazy as _

from plugins import PluginConfig


class ScreeningHelpConfig(PluginConfig):
    name = "screening_block.help"
    label = "screening_help"
    verbose_name = _("Help that exists")
    default_auto_field = "django.db.models.BigAutoField"
    core = True
    contributes = {
        "article_blocks": ["screening_block.help.entries_block.HELP_ENTRIES"]
    }
