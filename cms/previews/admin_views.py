"""Where editors make links to a draft, and withdraw them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.log_actions import log
from wagtail.models import Page

from cms.previews.models import DraftLink
from cms.previews.views import write_address

URL_NAME = "draft_links"
MADE = "cms.previews.make"
WITHDRAWN = "cms.previews.withdraw"
DAYS = (1, 7, 30)


def links_url(page: Page) -> str:
    return reverse(URL_NAME, args=[page.pk])


class DraftLinkForm(forms.Form):
    days = forms.TypedChoiceField(
        label=gettext_lazy("Ends after"), coerce=int, initial=7
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["days"]
        field.choices = [
            (days, ngettext("%(days)d day", "%(days)d days", days) % {"days": days})
            for days in DAYS
        ]


class DraftLinksView(WagtailAdminTemplateMixin, FormView):
    """List the links to the draft of a page, make one, withdraw one."""

    page_title = gettext_lazy("Links to the draft")
    template_name = "previews/links.html"
    form_class = DraftLinkForm
    header_icon = "link-external"

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        self.page = get_object_or_404(Page, pk=kwargs["pk"]).specific
        # Whoever may not read a draft may show it to nobody.
        if not self.page.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "withdraw" in request.POST:
            return self._withdraw(request.POST["withdraw"])
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer

    def form_valid(self, form: DraftLinkForm) -> HttpResponse:
        days = form.cleaned_data["days"]
        link = DraftLink.objects.create(
            page=self.page,
            made_by_id=self.request.user.pk,
            ends_at=timezone.now() + dt.timedelta(days=days),
        )
        log(
            instance=self.page, action=MADE, user=self.request.user, data={"days": days}
        )
        messages.success(self.request, _("The link is made. Copy it below."))
        return redirect(f"{links_url(self.page)}#link-{link.pk.hex}")

    def _withdraw(self, named: str) -> HttpResponse:
        mine = [one for one in self.page.draft_links.in_force() if one.pk.hex == named]
        for link in mine:
            link.withdraw()
            log(instance=self.page, action=WITHDRAWN, user=self.request.user)
            messages.success(self.request, _("The link leads nowhere any more."))
        return redirect(links_url(self.page))

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return [
            *super().breadcrumbs_items,
            {"url": edit, "label": self.page.get_admin_display_title()},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        links = self.page.draft_links.in_force().select_related("made_by")
        shown = [
            {
                "link": link,
                "address": write_address(self.request, link),
                "json": self.request.build_absolute_uri(
                    reverse("api-preview", args=[link.token])
                ),
            }
            for link in links
        ]
        return super().get_context_data(**kwargs, shown=shown, page=self.page)
