"""Choosers of thresholds and charts in forms of the admin."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import URLPattern
from wagtail.permissions import policy_registry
from wagtail.snippets.views.chooser import SnippetChooserViewSet

ANY = ["view", "add", "change", "delete", "publish"]


class LawChooserViewSet(SnippetChooserViewSet):
    """For those with a right to the records; Wagtail's own are open to every editor."""

    def get_urlpatterns(self) -> list[URLPattern]:
        patterns = super().get_urlpatterns()
        for pattern in patterns:
            pattern.callback = self._guarded(pattern.callback)
        # Nothing is made in a chooser: the gate could not say what is wrong with it.
        return [pattern for pattern in patterns if pattern.name != "create"]

    def _guarded(self, view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            policy = policy_registry.get_by_type(self.model)
            if not policy.user_has_any_permission(request.user, ANY):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded
