"""What the reports list, kept in the database: written when a record is saved.

Which records have rows, and what these are, apps say by the hook
`screening_block_report_sources`: a function without arguments that gives
`ReportSource`s.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import swapper
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.signals import post_delete, post_migrate, post_save
from django.urls import reverse
from django.utils.translation import override
from wagtail import hooks
from wagtail.models import Locale

from screening_block.models import ReportRow, Screener
from screening_block.publishing.content import as_last_saved
from screening_block.publishing.stored_uses import draft_read, list_parts, rebuild_uses
from screening_block.publishing.uses import RevisionUses

from .claim import Claim
from .graded_text import GradedText
from .screener_rows import list_screener_claims, list_screener_texts

#: Of what is stored. To be raised when other rows are made of a record.
VERSION = 1
CLAIM, WATCH, TEXT = "claim", "watch", "text"


@dataclass(frozen=True)
class ReportSource:
    """A model whose records have rows in the reports.

    `claims` and `texts` are functions of a record as last saved. `one_language`: of
    several languages of a record only one counts, the site's own or else the oldest.
    `follows`: by another model, a function of one of its records that gives those
    records of this model whose rows hang on it.
    """

    model: Any
    claims: Callable[[Any], Iterable[Claim]] = lambda record: ()
    texts: Callable[[Any], Iterable[GradedText]] = lambda record: ()
    one_language: bool = False
    follows: Mapping[Any, Callable[[Any], Iterable[Any]]] = field(default_factory=dict)


@cache
def list_sources() -> list[ReportSource]:
    """Return the sources of all apps; screeners are stored with their uses."""
    found = hooks.get_hooks("screening_block_report_sources")
    return [source for more in found for source in more()]


def connect(app: Any) -> None:
    """Store rows of what is saved, and after `migrate` of what has none yet."""
    name = "screening_block.report_rows"
    draft_read.connect(_read, dispatch_uid=name)
    post_save.connect(_saved, dispatch_uid=name)
    post_delete.connect(_deleted, dispatch_uid=name)
    post_migrate.connect(_migrated, sender=app, dispatch_uid=name)


def _read(page: Screener, uses: Any, outline: Any, **_kwargs: Any) -> None:
    rows = build_page_rows(page, uses, outline)
    write_rows(Screener, page.pk, rows, page.translation_key, page.locale_id)


def build_page_rows(page: Screener, uses: RevisionUses, outline: Any) -> list[Any]:
    """Return what is stored of a screener; `outline` as it is stored with its uses."""
    parts = list(list_parts(outline, page.key))
    # Untranslated: what is shown is translated then.
    with override(None):
        return [
            *_claim_rows(list_screener_claims(page.pk, parts)),
            *_text_rows(list_screener_texts(page, uses)),
        ]


def _saved(sender: Any, instance: Any, raw: bool = False, **_kwargs: Any) -> None:
    if raw:
        return
    for source in list_sources():
        if sender is source.model:
            store_record(source, instance.pk)
        elif sender in source.follows:
            for record in source.follows[sender](instance):
                store_record(source, record.pk)


def _deleted(sender: Any, instance: Any, **_kwargs: Any) -> None:
    if sender is Screener or any(sender is one.model for one in list_sources()):
        _rows_of(sender, instance.pk).delete()


def _migrated(apps: Any, using: str, **_kwargs: Any) -> None:
    try:
        apps.get_model("screening_block", "ReportRow")
    except LookupError:
        return  # Migrated back to before they were stored.
    if using == "default":
        rebuild_rows()


def rebuild_rows(*, whole: bool = False) -> int:
    """Store the rows of each record that has none, or `whole`: of all.

    Returns of how many, screeners not counted: these are stored with their uses.
    """
    ReportRow.objects.exclude(version=VERSION).delete()
    done = 0
    for source in list_sources():
        there = ReportRow.objects.filter(model=source.model._meta.label_lower)
        records = source.model._default_manager.order_by("pk")
        if not whole:
            records = records.exclude(pk__in=there.values("record"))
        for pk in list(records.values_list("pk", flat=True)):
            store_record(source, pk)
            done += 1
    stored = ReportRow.objects.filter(model=Screener._meta.label_lower)
    pages = Screener.objects.filter(alias_of=None)
    if pages.exclude(pk__in=stored.values("record")).exists():
        rebuild_uses(whole=True)
    return done


def store_record(source: ReportSource, pk: Any) -> None:
    """Write down the rows of a record as last saved."""
    manager = source.model._default_manager
    record = manager.filter(pk=pk).first()
    if record is None:
        return
    page = isinstance(record, swapper.load_model("wagtailcore", "Page"))
    # An alias says what its source says.
    alias = page and record.alias_of_id
    rows = [] if alias else build_rows(source, as_last_saved(record))
    key = record.translation_key if source.one_language else None
    write_rows(source.model, pk, rows, key, getattr(record, "locale_id", None))


def build_rows(source: ReportSource, draft: Any) -> list[ReportRow]:
    """Return what is stored of a record as last saved."""
    # Untranslated: what is shown is translated then.
    with override(None):
        return [*_claim_rows(source.claims(draft)), *_text_rows(source.texts(draft))]


def write_rows(
    model: Any, pk: int, rows: list[ReportRow], key: Any, locale: int | None
) -> None:
    """Make `rows` those of a record, by as few changes as may be."""
    wanted: dict[str, ReportRow] = {}
    for number, row in enumerate(rows):
        row.model, row.record, row.version = model._meta.label_lower, pk, VERSION
        row.record_key, row.locale = key, locale
        said = json.dumps(_values(row), sort_keys=True, default=str)
        digest = hashlib.sha256(said.encode()).hexdigest()
        # Two that say the same are two.
        row.digest = digest if digest not in wanted else f"{number:x}-{digest}"[:64]
        wanted[row.digest] = row
    with transaction.atomic():
        there = _rows_of(model, pk)
        have = dict(there.values_list("pk", "digest"))
        if gone := [one for one, digest in have.items() if digest not in wanted]:
            ReportRow.objects.filter(pk__in=gone).delete()
        known = set(have.values())
        new = [row for digest, row in wanted.items() if digest not in known]
        ReportRow.objects.bulk_create(new)


def _values(row: ReportRow) -> dict[str, Any]:
    fields = (field.attname for field in row._meta.concrete_fields)
    return {name: getattr(row, name) for name in fields if name not in ("id", "digest")}


def _rows_of(model: Any, pk: int) -> QuerySet[ReportRow]:
    return ReportRow.objects.filter(model=model._meta.label_lower, record=pk)


def list_rows(report: str) -> QuerySet[ReportRow]:
    """Return the rows of a report; of several languages of a record, those of the one
    that counts."""
    main = Locale.get_default().pk
    others = ReportRow.objects.filter(report=report, record_key=OuterRef("record_key"))
    better = Exists(others.filter(Q(locale=main) | Q(record__lt=OuterRef("record"))))
    rows = ReportRow.objects.filter(report=report)
    return rows.filter(Q(record_key=None) | Q(locale=main) | ~better)


def _claim_rows(claims: Iterable[Claim]) -> Iterator[ReportRow]:
    for claim in claims:
        sources = [[one.citation, one.where, one.verified] for one in claim.sources]
        watch: list[Any] = [
            [one.what, _day(one.look_again), one.url] for one in claim.watch
        ]
        own: dict[str, Any] = {
            "kind": str(claim.kind),
            "within": claim.within,
            "checked_by": claim.checked_by,
        }
        words = [*(text for one in sources for text in one[:2]), *map(str, claim.watch)]
        yield ReportRow(
            report=CLAIM,
            title=claim.title,
            url=cut_url(claim.url),
            day=claim.due,
            checked_on=claim.checked_on,
            mark=claim.mark,
            mark_text=str(claim.mark_text),
            unchecked=bool(claim.unchecked),
            more={"sources": sources, "watch": watch, "url": cut_url(claim.watch_url)},
            said=_small(
                claim.title, claim.due, claim.checked_on, claim.checked_by, *words
            ),
            **own,
        )
        for what, day, url in watch:
            yield ReportRow(
                report=WATCH,
                title=what,
                url=cut_url(claim.watch_url or claim.url),
                day=day,
                more={"rule": claim.title, "url": url},
                said=_small(what, claim.title, day, url),
                **own,
            )


def _text_rows(texts: Iterable[GradedText]) -> Iterator[ReportRow]:
    for text in texts:
        yield ReportRow(
            report=TEXT,
            kind=str(text.kind),
            title=text.title,
            where=str(text.where),
            within=text.within,
            url=cut_url(text.url),
            grade=text.grade,
            words=text.words,
            more={"text": text.text},
            said=_small(text.title, text.text),
        )


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _small(*said: Any) -> str:
    return "\n".join(str(one) for one in said if one).lower()


def cut_url(url: str) -> str:
    """Return a URL without what the address of the admin begins with."""
    return url.removeprefix(reverse("wagtailadmin_home"))


def make_url(stored: str) -> str:
    return f"{reverse('wagtailadmin_home')}{stored}"
