"""The law pack as a plugin: it brings files and no code of its own."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from plugins import LawPack, PluginConfig

PACK = LawPack(
    key="california_firearms",
    label=_("California firearm convictions and immigration"),
    path=Path(__file__).parent / "pack",
)


class CaliforniaFirearmsConfig(PluginConfig):
    name = "plugins.california_firearms"
    contributes = {"law_packs": ["plugins.california_firearms.apps.PACK"]}
