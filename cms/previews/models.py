"""Which links to drafts there are, so that each can be withdrawn."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

SALT = "cms.previews"
#: Longer than any token of ours.
MOST_CHARACTERS = 200


class LinkError(Exception):
    """A token is none, or what it named has ended; nobody is told which."""


class OpenLinks(models.QuerySet["DraftLink"]):
    def in_force(self) -> OpenLinks:
        return self.filter(ends_at__gt=timezone.now(), withdrawn_at=None)


class DraftLink(models.Model):
    """A link to the draft of one page. Rows stay, as a record of who showed what."""

    #: Nobody sees a page differently because there is a link to its draft.
    shows_on_pages = False

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey(
        Page, on_delete=models.CASCADE, related_name="draft_links", editable=False
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    made_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField(_("ends"))
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = OpenLinks.as_manager()

    class Meta:
        verbose_name = _("link to a draft")
        verbose_name_plural = _("links to drafts")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.page_id}, {self.ends_at:%Y-%m-%d}"

    @property
    def token(self) -> str:
        """What stands in the address: the row, signed by this site."""
        return signing.Signer(salt=SALT).sign(self.pk.hex)

    def withdraw(self) -> None:
        self.withdrawn_at = timezone.now()
        self.save(update_fields=["withdrawn_at"])


def read_token(token: str) -> DraftLink:
    """Return the link that a token names. Raises `LinkError`."""
    try:
        if len(token) > MOST_CHARACTERS:
            raise LinkError
        pk = uuid.UUID(signing.Signer(salt=SALT).unsign(token))
        return DraftLink.objects.in_force().select_related("page").get(pk=pk)
    except (signing.BadSignature, ValueError, DraftLink.DoesNotExist):
        raise LinkError from None


def read_draft(link: DraftLink) -> Any:
    """Return the page of a link as it is drafted now."""
    return link.page.specific.get_latest_revision_as_object()
