"""A site that has one of everything an address can be about."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import Collection, Locale, Page, PageViewRestriction, Site

from cms.articles.models import ArticlePage
from screening_block.models import Screener, Threshold
from screening_block.packs.load import load_pack
from screening_block.roles import EDITOR, make_roles
from tests.screening_block import small

SUPERUSER, MARKETING = "walk_superuser", "walk_editor"


def make_content(*, demo: bool) -> None:
    """The demo, or a small site, and beside it what neither of them has."""
    if demo:
        call_command("demo", stdout=StringIO(), verbosity=0)
    else:
        from tests.cms.conftest import build_site

        build_site()
        make_roles()
    root = Site.objects.get(is_default_site=True).root_page
    load_pack("small_pack", small.release(), root)
    users: Any = get_user_model()._default_manager
    users.create_superuser(SUPERUSER, "s@example.org", "x")
    users.create_user(MARKETING, "m@example.org", "x").groups.set(
        Group.objects.filter(name=EDITOR)
    )
    _translate(root)
    _files()
    _work(users.get(username=SUPERUSER))


def _translate(root: Page) -> None:
    spanish, _made = Locale.objects.get_or_create(language_code="es")
    if not root.has_translation(spanish):  # the demo has brought one
        root.specific.copy_for_translation(spanish)
    screener = Screener.objects.get(key="small")
    screener.copy_for_translation(spanish, copy_parents=True)
    threshold = Threshold.objects.get(key="af_term", locale=Locale.get_default())
    if not threshold.has_translation(spanish):
        threshold.copy_for_translation(spanish).save()


def _files() -> None:
    shelf = Collection.get_first_root_node().add_child(name="Shelf")
    document: Any = get_document_model()(title="Form", collection=shelf)
    document.file.save("form.txt", ContentFile(b"A form."))
    Redirect.objects.create(old_path="/old", redirect_link="https://example.org/")


def _work(person: Any) -> None:
    """A review under way, a plan, a private page and an alias."""
    article, other = ArticlePage.objects.order_by("pk")[:2]
    article.save_revision(user=person)
    if workflow := article.get_workflow():
        workflow.start(article, person)
    other.go_live_at = timezone.now() + dt.timedelta(days=9)
    other.save_revision(user=person).publish(user=person)
    private = article.copy(update_attrs={"slug": "private", "title": "Private"})
    PageViewRestriction.objects.create(
        page=private, restriction_type=PageViewRestriction.PASSWORD, password="x"
    )
    article.create_alias(update_slug="alias")
