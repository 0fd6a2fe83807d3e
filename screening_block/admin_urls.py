"""Where a record of the law is in the admin."""

from typing import Any

from django.urls import reverse


def admin_url_name(model: Any, view: str) -> str:
    return str(model.snippet_viewset.get_url_name(view))


def admin_url(model: Any, view: str, *args: int) -> str:
    return reverse(admin_url_name(model, view), args=args)
