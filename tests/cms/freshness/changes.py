"""Changes of what pages show, of every kind and by every way to write them.

Each is a function of a source of randomness. What to compare with is what Django
answers then, so none has to know what it changes.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable
from random import Random
from typing import Any
from urllib.parse import unquote

from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from PIL import Image as Picture
from wagtail.contrib.redirects.models import Redirect
from wagtail.images.models import Image, Rendition
from wagtail.models import Page, PageViewRestriction, Site

from cms.articles.models import ArticleIndexPage, ArticlePage, RelatedArticle, Topic
from cms.home.models import StandardPage
from cms.identity.models import MainItem, SiteSettings
from cms.identity.people import Person
from cms.search.models import Synonyms
from screening_block.help.models import HelpEntry
from screening_block.models import Recall, Release, Screener, Threshold

Change = Callable[[Random], object]
#: Stands in the title of what not everybody may read.
PRIVATE = "Zebra-private"
#: Primary keys that half of the changes prefer: what somebody looks at meanwhile. A
#: change of anything else shows in few places.
preferred: set[int] = set()


def word(random: Random) -> str:
    return f"w{random.getrandbits(40):x}"


def pick(random: Random, rows: Any) -> Any:
    """Return one of `rows` (a queryset), or None."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    if (near := [key for key in keys if key in preferred]) and random.random() < 0.5:
        keys = near
    return rows.model._default_manager.get(pk=random.choice(keys)) if keys else None


def publish(
    random: Random, model: Any, field: str = "title", live: bool = True
) -> None:
    record = pick(random, model.objects.filter(live=live))
    if record is not None:
        record = getattr(record, "specific", record)
        setattr(record, field, f"{word(random)} title")
        record.save_revision().publish()


def publish_article(random: Random) -> None:
    publish(random, ArticlePage)


def update_article(random: Random) -> None:
    article = pick(random, ArticlePage.objects.live())
    ArticlePage.objects.filter(pk=article.pk).update(summary=word(random))


def update_in_bulk(random: Random) -> None:
    topics = list(Topic.objects.order_by("pk"))
    for topic in topics:
        topic.description = word(random)
    Topic.objects.bulk_update(topics, ["description"])


def write_sql(random: Random) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE wagtailcore_page SET search_description = %s WHERE depth > 2",
            [word(random)],
        )


def rename_topic(random: Random) -> None:
    if topic := pick(random, Topic.objects.all()):
        topic.name = word(random)
        topic.save()


def tag_article(random: Random) -> None:
    article = pick(random, ArticlePage.objects.live())
    article.topics.add(word(random))
    article.save()


def unpublish_or_back(random: Random) -> None:
    article = pick(random, ArticlePage.objects.all())
    if article.live and ArticlePage.objects.live().count() > 2:
        article.unpublish()
    else:
        article.save_revision().publish()


def expire_or_not(random: Random) -> None:
    """By the row alone, as a clock that runs out does."""
    article = pick(random, ArticlePage.objects.live())
    over = timezone.now() - dt.timedelta(seconds=1)
    new = None if article.expire_at else over
    Page.objects.filter(pk=article.pk).update(expire_at=new)


def close_or_open(random: Random) -> None:
    closed = PageViewRestriction.objects.order_by("pk").first()
    if closed is not None:
        page = closed.page
        closed.delete()
        Page.objects.filter(pk=page.pk).update(title=word(random))
        return
    article = pick(random, ArticlePage.objects.live())
    with transaction.atomic():
        Page.objects.filter(pk=article.pk).update(title=f"{PRIVATE} {word(random)}")
        PageViewRestriction.objects.create(
            page=article.page_ptr, restriction_type=PageViewRestriction.LOGIN
        )


def rename_address(random: Random) -> None:
    page = pick(random, ArticlePage.objects.live())
    page.slug = word(random)
    page.save_revision().publish()


def move(random: Random) -> None:
    article = pick(random, ArticlePage.objects.all())
    index = pick(random, ArticleIndexPage.objects.filter(locale=article.locale))
    article.move(index, random.choice(["first-child", "last-child"]))


def copy_and_delete(random: Random) -> None:
    extra = ArticlePage.objects.filter(slug__startswith="copy-").first()
    if extra is not None:
        extra.delete()
        return
    article = pick(random, ArticlePage.objects.live())
    slug = f"copy-{word(random)}"
    article.copy(update_attrs={"slug": slug, "title": slug}, keep_live=True)


def publish_scheduled(random: Random) -> None:
    article = pick(random, ArticlePage.objects.live())
    revision = article.save_revision(
        approved_go_live_at=timezone.now() - dt.timedelta(seconds=1)
    )
    assert revision
    call_command("publish_scheduled")


def change_person(random: Random) -> None:
    publish(random, Person, "name")


def change_settings(random: Random) -> None:
    publish(random, SiteSettings, "name")


def change_menu(random: Random) -> None:
    if item := pick(random, MainItem.objects.all()):
        MainItem.objects.filter(pk=item.pk).update(label=word(random))
    Page.objects.filter(depth__gt=2).update(show_in_menus=random.random() < 0.5)


def change_site(random: Random) -> None:
    Site.objects.update(site_name=word(random))


def change_image(random: Random) -> None:
    if image := pick(random, Image.objects.all()):
        image.title = word(random)
        image.description = word(random)
        image.focal_point_x = random.randint(1, 40)
        image.save()


def replace_picture(random: Random) -> None:
    """Another file, as the admin's form puts it in, which throws the sizes away."""
    if image := pick(random, Image.objects.all()):
        file = io.BytesIO()
        colour = (random.randrange(256), 9, 9)
        Picture.new("RGB", (1200, 800), colour).save(file, "PNG")
        file.seek(0)
        image.file = ImageFile(file, f"{word(random)}.png")
        image.save()
        for size in image.renditions.all():
            size.delete()


def give_image(random: Random) -> None:
    article = pick(random, ArticlePage.objects.live())
    image = pick(random, Image.objects.all())
    ArticlePage.objects.filter(pk=article.pk).update(hero_image=image)


def lose_sizes(random: Random) -> None:
    Rendition.objects.all().delete()


def change_help(random: Random) -> None:
    if entry := pick(random, HelpEntry.objects.all()):
        entry.name = word(random)
        entry.save()


def age_help(random: Random) -> None:
    day = timezone.localdate() - dt.timedelta(days=random.choice([3, 100, 200, 400]))
    HelpEntry.objects.update(checked_on=day)


def relate(random: Random) -> None:
    one, other = (pick(random, ArticlePage.objects.live()) for _place in range(2))
    RelatedArticle.objects.create(article=one, to=other, sort_order=0)


def order_pages(random: Random) -> None:
    Page.objects.filter(depth__gt=2).update(
        first_published_at=F("first_published_at")
        + dt.timedelta(hours=random.randint(1, 9))
    )


def add_redirect(random: Random) -> None:
    Redirect.add_redirect(f"/{word(random)}/", redirect_to="/articles/")


def change_synonyms(random: Random) -> None:
    words = f"{word(random)}\n{word(random)}"
    Synonyms.objects.create(language="en", words=words)


def add_page(random: Random) -> None:
    home = Site.objects.get(is_default_site=True).root_page
    page = StandardPage(title=word(random), slug=word(random), show_in_menus=True)
    home.add_child(instance=page).save_revision().publish()


def delete_page(random: Random) -> None:
    if page := pick(random, StandardPage.objects.filter(slug__startswith="w")):
        page.delete()


def save_draft(random: Random) -> None:
    article = pick(random, ArticlePage.objects.live())
    article.title = f"{PRIVATE} draft"
    article.save_revision()
    article = ArticlePage.objects.get(pk=article.pk)
    # The next publish is of what is live, not of this.
    article.save_revision()


def change_threshold(random: Random) -> None:
    publish(random, Threshold, "label")


def change_screener(random: Random) -> None:
    publish(random, Screener)


def recall_or_not(random: Random) -> None:
    if Recall.objects.exists():
        Recall.objects.all().delete()
    elif release := Release.objects.order_by("-created_at").first():
        Recall.objects.create(release=release, reason=word(random))


#: Those that take a second each are made seldom.
SLOW: tuple[Change, ...] = (change_threshold, change_screener)
QUICK: tuple[Change, ...] = (
    *(publish_article, update_article, update_in_bulk, write_sql, rename_topic),
    *(tag_article, unpublish_or_back, expire_or_not, close_or_open, close_or_open),
    *(rename_address, move, copy_and_delete, publish_scheduled, change_person),
    *(change_settings, change_menu, change_site, change_image, replace_picture),
    *(give_image, lose_sizes, change_help, age_help, relate, order_pages),
    *(add_redirect, change_synonyms, add_page, delete_page, save_draft),
    recall_or_not,
)


#: What the name of a picture's size ends with if another size of that name is there.
#: Processes that make one at the same moment make a file each, and each is right.
TAKEN = re.compile(rb"_[A-Za-z0-9]{7}(?=\.)")
MEDIA = re.compile(rb"/media/([^\s\"'?&<>]+)")


def find_lost(body: bytes) -> list[str]:
    """Return the files that a body names and that are not there."""
    names = {unquote(found.decode()) for found in MEDIA.findall(body)}
    return sorted(name for name in names if not default_storage.exists(name))


def comparable(body: bytes) -> bytes:
    """Return a body without what may differ: the time of now, which a feed without
    entries says, and which of two equal files shows a picture."""
    body = TAKEN.sub(b"", body)
    if b"<feed" in body and b"<entry>" not in body:
        return re.sub(rb"<updated>.*?</updated>", b"", body)
    return body


API_TOPICS = "/api/v1/topics/"
#: What hangs on many pages or on none.
SHARED = (
    *("/", "/articles/", "/robots.txt", "/sitemap.xml"),
    *("/llms.txt", "/site.webmanifest"),
    *("/api/v1/articles/", "/api/v1/articles/?limit=3&locale=es", API_TOPICS),
    *("/api/v1/screeners/", "/api/v1/thresholds/", "/api/v1/help/"),
    *("/api/v1/site/", "/api/v1/pages/", "/api/v1/terms/"),
)


def list_addresses() -> list[str]:
    """Return what can be asked for at this moment, and what could be before."""
    site = Site.objects.get(is_default_site=True)
    pages = Page.objects.filter(depth__gt=1).specific()
    found = {*SHARED, *_list_of_records()}
    return sorted(found.union(*(_list_of(page, site) for page in pages)))


def pick_address(random: Random) -> tuple[str, Page | None]:
    """Return one of them, and the page that it is of: one that is shared, of a record
    or of a page, so that each sort has its turn."""
    sort = random.randrange(6)
    if sort < 2:
        return random.choice(SHARED), None
    if sort == 2:
        return random.choice(_list_of_records()), None
    site = Site.objects.get(is_default_site=True)
    while True:
        page = pick(random, Page.objects.filter(depth__gt=1)).specific
        if found := _list_of(page, site):
            return random.choice(found), page


def _list_of_records() -> list[str]:
    topics = Topic.objects.order_by("pk").values_list("slug", flat=True)
    found = [f"{place}{slug}/" for slug in topics for place in ("/topics/", API_TOPICS)]
    thresholds = Threshold.objects.order_by("key").values_list("key", flat=True)
    found += [f"/api/v1/thresholds/{key}/" for key in thresholds]
    helps = HelpEntry.objects.order_by("pk").values_list("key", flat=True)
    return [*found, *(f"/api/v1/help/{key}/" for key in helps)]


def _list_of(page: Page, site: Site) -> list[str]:
    """Return the addresses that show a page first of all."""
    address = (page.get_url(current_site=site) or "").partition("//")[2]
    path = f"/{address.partition('/')[2]}" if address else page.get_url() or ""
    if not path:
        return []
    found = [path]
    if isinstance(page, ArticlePage):
        found += [f"{path[:-1]}.md", f"/api/v1/articles/{page.slug}/"]
    else:
        found.append(f"/api/v1/pages{path}")
    if isinstance(page, ArticleIndexPage):
        found.append(f"{path}feed/")
    if isinstance(page, Screener):
        found.append(f"/api/v1/screeners/{page.key}/?words=en")
    return found
