"""The screener as an app; it registers its own parts the way a plugin does."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from plugins import PluginConfig


class ScreeningBlockConfig(PluginConfig):
    name = "screening_block"
    verbose_name = _("Screeners")
    default_auto_field = "django.db.models.BigAutoField"
    core = True
    contributes = {
        "question_types": ["screening_block.question_types.QUESTION_TYPES"],
        "article_blocks": ["screening_block.visitor.block.BLOCKS"],
    }

    def ready(self) -> None:
        from plugins.work.due import PUBLISH, due

        from . import checks  # noqa: F401 - registers them
        from .embed import kept_parts
        from .publishing import (
            announcements,
            publish,
            remembered,
            scheduled,
            stored_uses,
            withdrawals,
        )
        from .reports import stored_rows
        from .review import (  # noqa: F401 - two register their work
            bulk_publish_work,
            notifications,
            wide_publish_work,
        )
        from .visitor.logs import install_filter

        install_filter()
        stored_rows.connect(self)
        stored_uses.connect(self)
        publish.connect()
        withdrawals.connect()
        announcements.connect()
        remembered.connect()
        kept_parts.connect(self)
        notifications.connect()
        due(PUBLISH, timedelta(seconds=45), scheduled.publish_due)
