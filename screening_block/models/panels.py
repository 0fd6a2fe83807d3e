"""Panels of the screener's editor that edit no field."""

from typing import Any

from wagtail.admin.panels import Panel

from .scenarios import Scenario


class ScenariosPanel(Panel):
    """Shows how many scenarios guard the screener, with a link to them."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "screening_block/admin/scenarios/panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk) and super().is_shown()

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            scenarios = Scenario.objects.filter(screener=self.instance.translation_key)
            return {
                **super().get_context_data(parent_context),
                "page": self.instance,
                "total": scenarios.count(),
                "waiting": sum(
                    1
                    for proposed in scenarios.values_list("proposed", flat=True)
                    if proposed is not None
                ),
            }
