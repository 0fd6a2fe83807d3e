"""Fill an empty site with the demo: pages, pictures, law packs and an administrator."""

import secrets
from datetime import date
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import BaseCommand, call_command, get_commands
from django.db import transaction
from wagtail.models import Locale, Page, Site

from cms.articles.models import ArticleIndexPage, ArticlePage
from cms.demo.content import StreamWriter, read_articles, read_content
from cms.demo.help_entries import make_help_entries
from cms.demo.pictures import get_or_draw_image
from cms.demo.site_settings import make_site_settings
from cms.demo.spanish import fill_spanish_home, make_spanish_home
from cms.home.models import HelpPage, HomePage, StandardPage

PACKS = ["california_firearms"]
PEOPLE = {"editor": "Marketing editor", "reviewer": "Legal reviewer"}


class Command(BaseCommand):
    help = (
        "Creates what is missing of the demo content. Pages that exist are left as "
        "they are, so it can be run again at any time."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            self.admin = self.make_people()
            self.texts = read_content("site.yaml")
            home = self.make_home()
            make_spanish_home(home)
        # A pack checks and publishes its screener below the home page.
        for pack in PACKS:
            if "load_pack" in get_commands():
                call_command("load_pack", pack, verbosity=options["verbosity"])
        with transaction.atomic():
            make_site_settings(self.admin)
            make_help_entries(self.admin)
            self.make_pages(home)
            if spanish := fill_spanish_home(home, self.admin):
                self.stdout.write(f"{spanish.title}: published")

    # -- People ----------------------------------------------------------------

    def make_people(self) -> Any:
        """Make a superuser, and one person per role; on one's own machine only.

        Their password is kept beside the database, for `make run` to print.
        """
        if "create_roles" in get_commands():
            call_command("create_roles", verbosity=0)
        users = get_user_model()._default_manager
        existing = users.filter(is_superuser=True).order_by("pk").first()
        if existing or not settings.LOCAL:
            return existing
        password = secrets.token_urlsafe(9)
        file = Path(settings.VAR_DIR) / "admin_password"
        file.touch(mode=0o600)
        file.write_text(password + "\n", encoding="utf-8")
        for name, role in PEOPLE.items():
            user = users.create_user(name, f"{name}@example.org", password)
            user.groups.set(Group.objects.filter(name=role))
        return users.create_superuser("admin", "admin@example.org", password)

    # -- Pages -----------------------------------------------------------------

    def make_home(self) -> HomePage:
        """Make the home page, in place of the page a new Wagtail database has."""
        locale = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
        existing = HomePage.objects.filter(locale=locale).first()
        if existing:
            return existing
        root = Page.get_first_root_node()
        texts = self.texts["home"]
        home = HomePage(
            title=texts["title"],
            slug="start",
            locale=locale,
            summary=texts.get("summary", ""),
        )
        root.add_child(instance=home)
        site = Site.objects.filter(is_default_site=True).first()
        if site is None:
            site = Site(hostname="localhost", is_default_site=True)
        stock_page = site.root_page if site.root_page_id else None
        site.root_page = home
        site.site_name = self.texts.get("name") or settings.WAGTAIL_SITE_NAME
        site.save()
        if stock_page and stock_page.specific_class is Page:
            stock_page.get_descendants().delete()
            stock_page.delete()
        return home

    def make_pages(self, home: HomePage) -> None:
        """Make all other pages. Every page first, then bodies: they link to one
        another."""
        home = HomePage.objects.get(pk=home.pk)
        index_texts = self.texts.get("articles", {})
        index = ArticleIndexPage.objects.child_of(home).first()
        if index is None:
            index = ArticleIndexPage(
                title=index_texts.get("title", "Articles"),
                slug="articles",
                summary=index_texts.get("summary", ""),
                show_in_menus=True,
            )
            home.add_child(instance=index)
            index.save_revision(user=self.admin).publish()
        drafts: list[tuple[Any, list[dict[str, Any]]]] = []
        # Lists show the newest first: the first text is to be the newest.
        for data in reversed(read_articles()):
            if not ArticlePage.objects.child_of(index).filter(slug=data["slug"]):
                drafts.append((self.article(index, data), data.get("body", [])))
        for slug, kind in (("help", HelpPage), ("privacy", StandardPage)):
            texts = self.texts.get(slug)
            if texts and not Page.objects.child_of(home).filter(slug=slug):
                page = kind(
                    title=texts["title"],
                    slug=slug,
                    summary=texts.get("summary", ""),
                    show_in_menus=True,
                )
                home.add_child(instance=page)
                drafts.append((page, texts.get("body", [])))
        if home.latest_revision is None:
            texts = self.texts["home"]
            action = texts.get("action") or {}
            home.action_label = action.get("label", "")
            home.action_page_id = self.linked(action.get("link", ""))
            home.own_case_id = self.linked(texts.get("own_case", ""))
            drafts.append((home, texts.get("body", [])))
        writer = StreamWriter(get_page_id, get_screener_id, get_image_id)
        for page, body in drafts:
            page.body = writer.stream(page.slug, body)
            page.save_revision(user=self.admin).publish(user=self.admin)
            self.stdout.write(f"{page.title}: published")

    def article(self, index: ArticleIndexPage, data: dict[str, Any]) -> ArticlePage:
        review = data.get("review") or {}
        article = ArticlePage(
            title=data["title"],
            slug=data["slug"],
            summary=data.get("summary", ""),
            reviewed_by=review.get("reviewed_by") or "",
            reviewed_on=_parse_date(review.get("reviewed_on")),
            next_review_due=_parse_date(review.get("next_review_due")),
            review_note=review.get("note") or "",
            hero_image=get_or_draw_image(data["slug"], f"Cover: {data['title']}"),
            # Unseen until its body is there; ids are needed before that.
            live=False,
        )
        index.add_child(instance=article)
        article.topics.add(*data.get("topics", []))
        return article

    def linked(self, link: str) -> int | None:
        kind, _, name = link.partition(":")
        return get_screener_id(name) if kind == "screener" else get_page_id(name)


def get_page_id(slug: str) -> int | None:
    """Return the id of the demo's page with this slug."""
    found = Page.objects.filter(slug=slug, locale__language_code=settings.LANGUAGE_CODE)
    return found.values_list("pk", flat=True).first()


def get_screener_id(key: str) -> int | None:
    """Return the id of the screener's page, if a pack has brought it."""
    if not apps.is_installed("screening_block"):
        return None
    model = apps.get_model("screening_block", "Screener")
    found = model.objects.filter(
        key=key, locale__language_code=settings.LANGUAGE_CODE, live=True
    )
    pk: int | None = found.values_list("pk", flat=True).first()
    return pk


def get_image_id(name: str) -> int | None:
    return get_or_draw_image(name, f"Picture: {name}").pk


def _parse_date(value: Any) -> date | None:
    if value is None or isinstance(value, date):
        return value
    return date.fromisoformat(str(value))
