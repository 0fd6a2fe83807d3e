"""URLs to export a screener to a file and to import it."""

from django.urls import path
from wagtail import hooks

from .views import FileView, ScreenerImportView


@hooks.register("register_admin_urls")
def portable_urls() -> list:
    return [
        path(
            "screening/<int:pk>/releases/<slug:sha256>/file/",
            FileView.as_view(),
            name="screening_block_file",
        ),
        path(
            "screening/take-in/",
            ScreenerImportView.as_view(),
            name="screening_block_take_in",
        ),
    ]
