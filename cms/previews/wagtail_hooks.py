"""Links to drafts in the admin."""

from collections.abc import Iterator
from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from cms.previews import admin_views


@hooks.register("register_admin_urls")
def links_urls() -> list[Any]:
    view = admin_views.DraftLinksView.as_view()
    return [path("pages/<int:pk>/draft-links/", view, name=admin_views.URL_NAME)]


@hooks.register("register_page_header_buttons")
def links_button(
    page: Any, user: Any, view_name: str, next_url: Any = None
) -> Iterator[Button]:
    if page.permissions_for_user(user).can_edit() and page.depth > 1:
        address = admin_views.links_url(page)
        yield Button(_("Share the draft"), address, icon_name="link", priority=60)


@hooks.register("register_log_actions")
def links_actions(actions: Any) -> None:
    label, message = _("Make a link to the draft"), _("Link to the draft made")
    actions.register_action(admin_views.MADE, label, message)
    label, message = _("Withdraw a link to the draft"), _("Link to the draft withdrawn")
    actions.register_action(admin_views.WITHDRAWN, label, message)
