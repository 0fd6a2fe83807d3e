"""Forms of pages that refuse addresses which the site itself uses."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms.pages import CopyForm, WagtailAdminPageForm

from .reserved_slugs import refuse_reserved_slug


class ReservedSlugPageForm(WagtailAdminPageForm):
    """Reports it at the slug, also for a page that has no place in the tree yet."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.parent_page and (slug := cleaned.get("slug")):
            try:
                refuse_reserved_slug(slug, self.parent_page)
            except ValidationError as error:
                self.add_error("slug", error)
        return cleaned


class ReservedSlugCopyForm(CopyForm):
    """Reports at the slug what the site uses below the new parent."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        parent = cleaned.get("new_parent_page") or self.page.get_parent()
        if slug := cleaned.get("new_slug"):
            try:
                refuse_reserved_slug(slug, parent)
            except ValidationError as error:
                self.add_error("new_slug", error)
        return cleaned
