"""What an answer costs the server. One command, no arguments needed:

    .venv/bin/python benchmarks/serving.py [--on sqlite|postgresql] [--rounds 5]

Everything is measured side by side in one process: the WSGI application as a server
calls it, a static file that it serves itself, and Wagtail's own API (v2) with the same
fields on the same data, the demo's articles copied to 50 and to 5,000 in turns. What is
asked is checked once more after it was measured. Times are of this process's processor,
in milliseconds: the median of the rounds, whose order changes; on PostgreSQL its own
work comes on top, of which an answer from memory has one tiny statement. What is
compared is compared within each round, and the median of that is told.

A busy machine makes the processor slower. Where a limit is in milliseconds, each round
is told as if the loop of `refer` had taken `REFERENCE` in it.

Prints a table, writes it as JSON to var/benchmarks/ and ends with 1 if a ratio or a
time is a tenth worse than its limit, or a page asks the database too often.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from databases import KINDS, on_each
from outside import PostgreSQL, Redis

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "var" / "benchmarks"
FEW, MANY = 50, 5_000
FIELDS = "title,slug,url,summary,topics,image,published_at"
LIST = f"/api/v1/articles/?fields={FIELDS}"
V2 = "/v2/pages/?type=articles.ArticlePage&fields=summary,topic_names,picture"
V2 += "&locale=en&order=-first_published_at"
V2_ARTICLE = "/v2/pages/{}/?fields=summary,topic_names,picture,body"
STATIC = "/static/cms/site.css"
#: What is measured at both sizes.
GROWING = ("list first", "list again")
#: Milliseconds of `refer` on the machine that the limits below are of, while it had
#: nothing else to do.
REFERENCE = 8.7
#: At most so many milliseconds; a tenth more fails. And so many queries.
MILLISECONDS = {"page uncached": 10.0, "page uncached, same version": 10.0}
QUERIES = {"page uncached": 10, "page uncached, same version": 10}
#: At most this many times what stands beside it; a tenth more fails.
LIMITS = {
    ("page again", "static file"): 1.0,
    ("list again", "static file"): 1.0,
    ("list again", "Wagtail v2's list"): 1 / 50,
    ("list first", "Wagtail v2's list"): 1 / 5,
    ("list first", "list first, of 50"): 1.1,
    ("list again", "list again, of 50"): 1.1,
    ("article again", "static file"): 1.0,
    ("sitemap again", "static file"): 1.0,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--on", choices=KINDS)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    if given.on is None:
        return on_each(__file__, sys.argv[1:])
    with tempfile.TemporaryDirectory() as place, ExitStack() as stack:
        folder = Path(place)
        folder.chmod(0o755)
        database, cache = f"sqlite:///{folder / 'db.sqlite3'}", "locmem://"
        if given.on == "postgresql":
            server, redis = PostgreSQL(folder), Redis()
            server.create()
            stack.callback(server.stop)
            redis.start()
            stack.callback(redis.stop)
            database, cache = server.address, redis.url
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "cms.settings.base",
            "DATABASE_URL": database,
            "CACHE_URL": cache,
            "VAR_DIR": str(folder),
            "ALLOWED_HOSTS": "localhost",
            "SITE_URL": "http://localhost",
        }
        return compare(given)


def compare(given: Any) -> int:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("demo", verbosity=0, stdout=open(os.devnull, "w"))  # noqa: SIM115
    add_wagtails_api()
    grow(MANY)
    bench = Bench()
    rounds = [bench.measure(number) for number in range(given.rounds)]
    bench.verify()
    found = {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}
    wrong = 0
    for name, milliseconds in found.items():
        print(f"{given.on:<11} {name:<42} {milliseconds:>9.3f} ms")
    for (name, beside), most in LIMITS.items():
        ratio = statistics.median(one[name] / one[beside] for one in rounds)
        good = ratio <= most * 1.1
        wrong += not good
        said = "" if good else "  WRONG"
        print(f"{name} : {beside} = {ratio:.4f}, at most {most:.4f}{said}")
    for name, limit in MILLISECONDS.items():
        scaled = statistics.median(
            one[name] * REFERENCE / one["reference"] for one in rounds
        )
        good = scaled <= limit * 1.1
        wrong += not good
        said = "" if good else "  WRONG"
        print(f"{name}: {scaled:.2f} ms on a quiet machine, at most {limit}{said}")
    for name, queries in bench.count(QUERIES).items():
        good = queries <= QUERIES[name]
        wrong += not good
        said = "" if good else "  WRONG"
        print(f"{name}: {queries} queries, at most {QUERIES[name]}{said}")
    print(f"load of the machine: {os.getloadavg()[0]:.1f}")
    RESULTS.mkdir(parents=True, exist_ok=True)
    file = RESULTS / f"serving-{given.on}.json"
    file.write_text(json.dumps(found, indent=1) + "\n")
    return int(bool(wrong))


def add_wagtails_api() -> None:
    """Wagtail's API beside ours, with the fields that our list has by itself."""
    from django.conf import settings
    from django.urls import path
    from rest_framework.fields import CharField, ListField
    from wagtail.api import APIField
    from wagtail.api.v2.router import WagtailAPIRouter
    from wagtail.api.v2.views import PagesAPIViewSet
    from wagtail.images.api.fields import ImageRenditionField

    from cms import urls
    from cms.articles.models import ArticlePage

    ArticlePage.api_fields = [
        APIField("summary"),
        APIField("body"),
        APIField("topic_names", ListField(child=CharField())),
        APIField("picture", ImageRenditionField("width-800", source="hero_image")),
    ]
    router = WagtailAPIRouter("v2")
    router.register_endpoint("pages", PagesAPIViewSet)
    module: Any = ModuleType("serving_urls")
    module.urlpatterns = [path("v2/", router.urls), *urls.urlpatterns]
    for name in ("handler400", "handler404", "handler500"):
        setattr(module, name, getattr(urls, name))
    sys.modules["serving_urls"] = module
    settings.ROOT_URLCONF = "serving_urls"


def grow(number: int) -> None:
    """Copy the demo's English articles, with topics, until there are as many."""
    from django.db import connection, transaction
    from django.db.models import Max
    from django.utils import timezone
    from wagtail.models import Page

    from cms.articles.models import ArticleIndexPage, ArticlePage, ArticleTopic

    index = ArticleIndexPage.objects.get(locale__language_code="en")
    originals = list(ArticlePage.objects.child_of(index).exclude(slug__startswith="c-"))
    topics = {page.pk: list(page.topics.all()) for page in originals}
    there, now = index.get_children().count(), timezone.now()
    path = index.get_last_child().path
    key = Page.objects.aggregate(newest=Max("pk"))["newest"]
    pages, articles, tagged = [], [], []
    for place in range(there, number):
        page = originals[place % len(originals)]
        path = Page(path=path, depth=len(path) // Page.steplen)._inc_path()
        key += 1
        changed = {
            "id": key,
            "path": path,
            "slug": f"c-{place}",
            "url_path": f"{index.url_path}c-{place}/",
            "title": f"{page.title} {place}",
            "translation_key": uuid4(),
            "first_published_at": now - timedelta(minutes=place),
            "latest_revision_id": None,
            "live_revision_id": None,
            "page_ptr_id": key,
        }
        pages.append(_row(Page, page, changed))
        articles.append(_row(ArticlePage, page, changed))
        tagged += [
            ArticleTopic(tag=topic, content_object_id=key) for topic in topics[page.pk]
        ]
    with transaction.atomic(), connection.cursor() as cursor:
        for model, rows in ((Page, pages), (ArticlePage, articles)):
            fields = model._meta.local_concrete_fields
            names = ", ".join(f'"{field.column}"' for field in fields)
            places = ", ".join(["%s"] * len(fields))
            table = model._meta.db_table
            cursor.executemany(
                f'INSERT INTO "{table}" ({names}) VALUES ({places})',
                rows,
            )
        ArticleTopic.objects.bulk_create(tagged)
        ArticleIndexPage.objects.filter(pk=index.pk).update(numchild=number)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('wagtailcore_page', 'id'), %s)",
                [key],
            )


def _row(model: Any, page: Any, changed: dict[str, Any]) -> list[Any]:
    """Return what the database holds of a page in a table, with what is another's."""
    from django.db import connection

    return [
        field.get_db_prep_save(
            changed[field.attname]
            if field.attname in changed
            else field.pre_save(page, False)
            if field.name == "body"
            else getattr(page, field.attname),
            connection,
        )
        for field in model._meta.local_concrete_fields
    ]


def shrink(number: int) -> None:
    """Take copies away until there are as many articles, as `grow` begins."""
    from django.db import connection, transaction

    from cms.articles.models import ArticleIndexPage, ArticlePage

    index = ArticleIndexPage.objects.get(locale__language_code="en")
    extra = list(
        ArticlePage.objects.child_of(index)
        .order_by("path")
        .values_list("pk", flat=True)[number:]
    )
    with transaction.atomic(), connection.cursor() as cursor:
        for table, column in (
            ("articles_articletopic", "content_object_id"),
            ("articles_articlepage", "page_ptr_id"),
            ("wagtailcore_page", "id"),
        ):
            cursor.executemany(
                f"DELETE FROM {table} WHERE {column} = %s",
                [(pk,) for pk in extra],
            )
        ArticleIndexPage.objects.filter(pk=index.pk).update(numchild=number)


def refer() -> float:
    """Return the milliseconds of a loop that does what answers are made by."""
    words = [f"word {number}" for number in range(400)]
    start = time.process_time()
    for _time in range(60):
        found: dict[str, str] = {}
        for word in words:
            found[word.upper()] = word.replace("o", "0") + f"{len(found):x}"
        "".join(sorted(found.values())).encode()
    return 1_000 * (time.process_time() - start)


Act = Callable[[], None]


class Bench:
    """What is measured, by name: how often in a round, the act, and what comes before
    each time."""

    def __init__(self) -> None:
        from django.core.handlers.wsgi import WSGIHandler

        from cms.articles.models import ArticlePage, Topic
        from cms.freshness.kept import Shelf
        from cms.freshness.layer import KeepingHandler

        plain, kept = WSGIHandler(), KeepingHandler()
        self.plain, self.kept = plain, kept
        articles = ArticlePage.objects.live().filter(locale__language_code="en")
        own = articles.exclude(slug__startswith="c-")
        page = next(one for one in own if not any(_holds_more(one)))
        address = self.address = page.url.removeprefix("http://localhost")
        article = f"/api/v1/articles/{page.slug}/"
        with_questions = next((one for one in own if any(_holds_more(one))), page)
        last = articles.filter(slug__startswith="c-").latest("path")
        topic = Topic.objects.first()
        copies = articles.filter(title__startswith=page.title).exclude(pk=last.pk)
        others = cycle(
            one.url.removeprefix("http://localhost")
            for one in copies.order_by("path")[:200]
        )

        def get(application: Any, at: str) -> Act:
            return lambda: check(application, at)

        def get_another() -> None:
            """Another article with the same words, as nobody asked for it yet."""
            check(kept, next(others))

        def empty() -> None:
            kept.shelf = Shelf(kept.shelf.most)

        def touch() -> None:
            Topic.objects.filter(pk=topic.pk).update(description=str(time.time()))

        def publish() -> None:
            """What moves the version when an editor publishes an article."""
            ArticlePage.objects.filter(pk=last.pk).update(
                title=f"Changed {time.time()}", summary=str(time.time())
            )

        self.work: dict[str, tuple[int, Act, Act | None]] = {
            "static file": (200, get(kept, STATIC), None),
            "page again": (400, get(kept, address), None),
            "list again": (400, get(kept, LIST), None),
            "article again": (400, get(kept, article), None),
            "sitemap again": (100, get(kept, "/sitemap.xml"), None),
            "page, nothing kept": (10, get(plain, address), None),
            "page with questions, nothing kept": (
                10,
                get(plain, with_questions.url.removeprefix("http://localhost")),
                None,
            ),
            "page uncached": (5, get_another, publish),
            "page uncached, same version": (10, get_another, empty),
            "list first": (5, get(kept, LIST), touch),
            "article first": (5, get(kept, article), touch),
            "list of pages first": (5, get(kept, "/api/v1/pages/"), touch),
            "list of screeners first": (5, get(kept, "/api/v1/screeners/"), touch),
            "list, nothing kept": (10, get(plain, LIST), None),
            "Wagtail v2's list": (10, get(plain, V2), None),
            "Wagtail v2's article": (10, get(plain, V2_ARTICLE.format(page.pk)), None),
            "sitemap, nothing kept": (2, get(plain, "/sitemap.xml"), None),
            "llms.txt, nothing kept": (2, get(plain, "/llms.txt"), None),
        }

    def measure(self, number: int) -> dict[str, float]:
        """Return what each answer costs in one round, by name, in milliseconds of the
        processor."""
        found: dict[str, float] = {}
        for size in (FEW, MANY) if number % 2 else (MANY, FEW):
            shrink(size)
            grow(size)
            if size == FEW:
                few = {name: self.spend(name) for name in GROWING}
                found |= {f"{name}, of {FEW}": ms for name, ms in few.items()}
                continue
            before = refer()
            names = list(self.work) if number % 2 else list(self.work)[::-1]
            found |= {name: self.spend(name) for name in names}
            found["reference"] = statistics.mean([before, refer()])
        return {name: found[name] for name in sorted(found)}

    def spend(self, name: str) -> float:
        repeat, act, before = self.work[name]
        spent = 0.0
        act()
        gc.collect()
        act()
        for _time in range(repeat):
            if before:
                before()
            start = time.process_time()
            act()
            spent += time.process_time() - start
        return 1_000 * spent / repeat

    def count(self, names: Iterable[str]) -> dict[str, int]:
        """Return how often each asks the database."""
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        found = {}
        for name in names:
            _repeat, act, before = self.work[name]
            act()
            if before:
                before()
            with CaptureQueriesContext(connection) as asked:
                act()
            found[name] = len(asked)
        return found

    def verify(self) -> None:
        """See that what was measured is what is asked for."""
        shrink(MANY)
        grow(MANY)
        verify(self.kept, self.plain, self.address)


def check(application: Any, at: str) -> None:
    from tests.cms.freshness.asking import ask

    given = ask(application, at, host="localhost", accept_encoding="br")
    assert given.status == 200, at


def _holds_more(page: Any) -> list[bool]:
    return [block.block_type in ("screener", "help_entries") for block in page.body]


def verify(kept: Any, plain: Any, address: str) -> None:
    """See that what was measured is what is asked for."""
    from tests.cms.freshness.asking import ask

    for at in (address, LIST, "/sitemap.xml"):
        held, right = (ask(one, at, host="localhost") for one in (kept, plain))
        assert held.body == right.body, at
        assert len(held.body) > 2_000, at
    ours = json.loads(ask(kept, LIST, host="localhost").body)
    theirs = json.loads(ask(plain, V2, host="localhost").body)
    assert len(ours["results"]) == len(theirs["items"]) == 20
    assert ours["count"] == theirs["meta"]["total_count"], (ours["count"], theirs)
    slugs = [one["slug"] for one in ours["results"]]
    assert slugs == [one["meta"]["slug"] for one in theirs["items"]]


if __name__ == "__main__":
    sys.exit(main())
