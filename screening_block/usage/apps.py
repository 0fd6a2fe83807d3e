"""The admin's pages that ask before something goes, in the place of Wagtail's own.

An app of its own, because its templates have to be found before those of
`wagtail.admin`, and the models of `screening_block` can only be loaded after `wagtail`.
"""

from django.apps import AppConfig


class ScreeningUsageConfig(AppConfig):
    name = "screening_block.usage"
    label = "screening_block_usage"
