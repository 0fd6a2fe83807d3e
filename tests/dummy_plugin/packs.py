from pathlib import Path

from plugins import LawPack

PACK = LawPack(
    key="dummy_plugin",
    label="Dummy pack",
    path=Path(__file__).parent / "pack",
)
