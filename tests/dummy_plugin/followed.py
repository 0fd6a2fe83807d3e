"""Follows what is published: a list of acts, where a real one would tell a search
engine or a shared cache."""

from typing import Any

from django.dispatch import receiver

from plugins.signals import published, recalled, withdrawn

acts: list[tuple[str, str, list[str]]] = []


@receiver([published, withdrawn])
def note(sender: type, instance: Any, addresses: list[str], **more: Any) -> None:
    act = "came" if more["signal"] is published else "went"
    acts.append((act, str(instance), addresses))


@receiver(recalled)
def note_recall(sender: type, key: str, release: str, reason: str, **more: Any) -> None:
    acts.append(("recalled", f"{key}: {reason}", [release]))
