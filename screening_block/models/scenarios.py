"""Scenarios: invented cases with the results their author expects."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Scenario(models.Model):
    """A named case of a screener. Its answers are invented, never a visitor's.

    A **case** is a dict::

        {"answers": {question key: answer},  # as the engine takes them; null: not sure
         "as_of": "2026-11-23" or None,      # None: the day it is checked
         "expect": {finding key: level},     # only what the author cares about
         "next": question key or None}       # optional; None: nothing is left to ask

    `case` is what every publish must keep. `proposed` goes with a change that is still
    a draft: it takes the place of `case` with the first publish that makes it true, so
    that until then neither the draft nor the live screener is held up by the other.
    """

    #: The translation key of the screener: the same for all its languages.
    screener = models.UUIDField(_("screener"), db_index=True)
    name = models.CharField(_("name"), max_length=160)
    note = models.TextField(
        _("why"), blank=True, help_text=_("What this case shows, and by which law.")
    )
    case = models.JSONField(null=True, blank=True)
    proposed = models.JSONField(null=True, blank=True)
    pack = models.CharField(
        _("law pack"),
        max_length=64,
        blank=True,
        help_text=_("Empty: written by an editor."),
    )
    sort_order = models.IntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("scenario")
        verbose_name_plural = _("scenarios")
        ordering = ["sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["screener", "name"], name="screening_block_one_scenario_name"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def newest(self) -> dict[str, Any]:
        """The case as last written, which may still be proposed."""
        return self.proposed or self.case or {"answers": {}, "expect": {}}
