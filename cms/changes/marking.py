"""From what was changed to what must be read anew: marked in the database, at once.

All is done in one short transaction that holds the history. Marks are counted: whoever
reads a thing says afterwards at which mark, and one that was marked again meanwhile
stays unsure.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from wagtail.models import Page, Site

from cms.articles.models import ArticlePage
from cms.changes.beside import list_naming, stamp_articles
from cms.changes.candidates import (
    ALL_HELP,
    PARTS,
    Candidates,
    find_candidates,
    split,
)
from cms.changes.models import FollowedSite, History, Need, Part, Thing
from cms.changes.needs import name_address
from cms.changes.readings import ask_site
from cms.freshness.touched import EVERYTHING, Touched, take_touched, was_touched
from cms.freshness.triggers import find_missing
from cms.freshness.version import clock, find_end
from screening_block.public import public_pages

ARTICLE, PAGE = "article", "page"


def mark_changes(site: Site) -> None:
    """Mark what was changed since anybody asked; all of a site that is asked first."""
    now = timezone.now()
    # Where no trigger tells of changes, anything may have been changed.
    blind = clock.read() is None and bool(find_missing())
    if not blind and not _is_due(site, now):
        return
    with transaction.atomic():
        history = History.hold()
        touched = take_touched() | _list_expired(history.clock, now)
        if blind:
            touched.add(Touched(EVERYTHING, EVERYTHING))
        if not FollowedSite.objects.filter(pk=site.pk).exists():
            FollowedSite.objects.create(site=site)
            touched.add(Touched(EVERYTHING, EVERYTHING))
        _mark(find_candidates(touched), history.ends_at <= now)
        _mark_things(Thing.objects.filter(until__lte=now))
        history.clock = now
        history.ends_at = datetime.fromtimestamp(find_end(now.timestamp()), UTC)
        history.save()


def _is_due(site: Site, now: datetime) -> bool:
    return (
        was_touched()
        or not FollowedSite.objects.filter(pk=site.pk).exists()
        or History.objects.filter(ends_at__lte=now).exists()
        or Thing.objects.filter(until__lte=now).exists()
    )


def _list_expired(since: datetime, now: datetime) -> set[Touched]:
    """Return the rows whose time was over meanwhile, though nobody wrote them."""
    found = set()
    for model in apps.get_models():
        names = {one.name for one in model._meta.local_fields}
        if "expire_at" in names and model._meta.managed:
            rows = model._base_manager.filter(expire_at__gt=since, expire_at__lte=now)
            table = model._meta.db_table
            found |= {
                Touched(table, str(pk)) for pk in rows.values_list("pk", flat=True)
            }
    return found


def _mark(found: Candidates, by_clock: bool) -> None:
    for followed in FollowedSite.objects.select_related("site"):
        site, roots = followed.site, describe_roots(followed.site)
        everything = found.everything or roots != followed.roots
        if roots != followed.roots:
            followed.roots = roots
            followed.save()
        # Days pass in all lists of small things, which are few.
        parts = PARTS if everything or by_clock else found.parts
        for name in parts:
            Part.objects.get_or_create(site=site, name=name)
        Part.objects.filter(site=site, name__in=parts).update(
            unsure=True, marks=F("marks") + 1
        )
        things = Thing.objects.filter(site=site, kind__in=(ARTICLE, PAGE))
        if everything:
            _add_pages(site, public_pages(Page.objects.all(), ask_site(site)))
            articles = things.filter(kind=ARTICLE)
            _stamp(site, [int(pk) for pk in articles.values_list("name", flat=True)])
            _mark_things(things)
            continue
        for some in split(found.pages):
            _add_pages(site, Page.objects.filter(pk__in=some, live=True))
        _mark_pages(things, found)
        moved = _stamp(site, found.pages)
        for some in split(list_naming(things.filter(kind=ARTICLE), moved)):
            _mark_things(things.filter(name__in=some))
        if by_clock:
            _mark_needing(things, [ALL_HELP])


def _mark_pages(things: Any, found: Candidates) -> None:
    pieces = set(found.pieces)
    for some in split(found.pages):
        named = things.filter(name__in=map(str, some))
        pieces |= {
            name_address(*one)
            for one in (
                *named.filter(kind=ARTICLE).values_list("locale", "slug"),
                *ArticlePage.objects.filter(pk__in=some).values_list(
                    "locale__language_code", "slug"
                ),
            )
        }
        _mark_things(named)
    _mark_needing(things, pieces)


def _mark_needing(things: Any, pieces: Iterable[str]) -> None:
    for some in split(pieces):
        needing = Need.objects.filter(piece__in=some).values("thing")
        _mark_things(things.filter(pk__in=needing))


def _mark_things(things: Any) -> None:
    things.update(unsure=True, marks=F("marks") + 1)


def _stamp(site: Site, pks: Iterable[int]) -> list[int]:
    """Note what decides after which articles each of these is named; return the ids of
    those that others may name anew."""
    request, moved = ask_site(site), []
    for some in split(pks):
        public = public_pages(ArticlePage.objects.filter(pk__in=some), request)
        stamps = stamp_articles(public.values_list("pk", flat=True))
        things = Thing.objects.filter(
            site=site, kind=ARTICLE, name__in=map(str, some)
        ).only("name", "stamp")
        changed = []
        for thing in things:
            stamp = stamps.get(int(thing.name), "")
            if stamp != thing.stamp:
                thing.stamp = stamp
                changed.append(thing)
        Thing.objects.bulk_update(changed, ["stamp"], batch_size=200)
        moved += [int(thing.name) for thing in changed if thing.stamp]
    return moved


def _add_pages(site: Site, pages: Any) -> None:
    """Note pages that were not known, to be read."""
    articles = ContentType.objects.get_for_model(ArticlePage).pk
    kinds = dict(pages.values_list("pk", "content_type"))
    for some in split(kinds):
        known = Thing.objects.filter(
            site=site, kind__in=(ARTICLE, PAGE), name__in=map(str, some)
        )
        new = {str(pk): pk for pk in some}
        for name in known.values_list("name", flat=True):
            new.pop(name)
        Thing.objects.bulk_create(
            Thing(site=site, kind=ARTICLE if kinds[pk] == articles else PAGE, name=name)
            for name, pk in sorted(new.items())
        )


def describe_roots(site: Site) -> str:
    """Return where the site begins in each of its languages."""
    keys = Page.objects.filter(pk=site.root_page_id).values("translation_key")
    roots = Page.objects.filter(translation_key__in=keys).order_by("pk")
    return " ".join(
        f"{pk}:{path}:{url}"
        for pk, path, url in roots.values_list("pk", "path", "url_path")
    )
