"""Refuse to move pages to addresses that the site itself uses."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks

from screening_block.fields.reserved_slugs import refuse_reserved_slug
from screening_block.publishing.refusal_messages import show_refusal


@hooks.register("before_move_page")
def refuse_to_move(request: HttpRequest, page: Any, to: Any) -> HttpResponse | None:
    if not (problems := _problems([page], to)):
        return None
    show_refusal(request, _("Not moved:"), problems)
    return redirect("wagtailadmin_pages:move", page.pk)


@hooks.register("before_bulk_action")
def refuse_to_move_several(
    request: HttpRequest, action_type: str, pages: list[Any], action: Any
) -> HttpResponse | None:
    if action_type != "move":
        return None
    if not (problems := _problems(pages, action.cleaned_form.cleaned_data["chooser"])):
        return None
    show_refusal(request, _("Nothing was moved:"), problems)
    return redirect(action.next_url)


def _problems(pages: list[Any], to: Any) -> list[str]:
    found = []
    for page in pages:
        try:
            refuse_reserved_slug(page.slug, to)
        except ValidationError as error:
            found.append(f"{page.get_admin_display_title()}: {error.messages[0]}")
    return found
