"""Refuse an alias of a screener in Wagtail's own form for copying pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.admin.views.pages.copy import CopyView

from screening_block.models import Screener
from screening_block.models.screener import NO_ALIAS


@hooks.register("before_copy_page")
def refuse_aliases(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Show the form again, with the reason at its field, before anything is copied.

    A section with screeners in it gets no alias either, unless its subpages are not
    copied.
    """
    if request.method != "POST" or not request.POST.get("alias"):
        return None
    below = Screener.objects.filter(path__startswith=page.path)
    if not request.POST.get("copy_subpages"):
        below = below.filter(pk=page.pk)
    if not below.exists():
        return None
    view = CopyView()
    view.setup(request, page.pk)
    view.page, view.parent_page = page, page.get_parent()
    view.next_url = ""
    form = view.get_form()
    form.is_valid()
    form.add_error("alias", NO_ALIAS)
    return view.render_to_response(view.get_context_data(form=form))
