"""What screeners use, kept in the database: written when a page is saved.

Every way of saving a page ends in its signal, and the rows are written in the same
transaction. A page that was changed behind it (by SQL, from a file of fixtures) does
not fit what is stored of it any more. It is then read anew by whoever asks, until
`migrate`, `manage.py rebuild_uses` or its next save writes it.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from uuid import UUID

import swapper
from django.db import connection, transaction
from django.db.models import Case, Q, When
from django.db.models.signals import post_migrate, post_save
from django.dispatch import Signal

from screening_block.models import Outline, Screener, StoredUse
from screening_block.models.use_rows import MAX_NAME

from .claim_data import finding_claim, screener_claim
from .content import used_names
from .parts import Part, PartName, make_part
from .uses import RevisionUses, Use, read_uses

#: Of what is stored. To be raised when other places are found, or said otherwise.
VERSION = 3
#: What screeners share and editors ask about; what a screener uses of itself is not
#: stored.
SHARED = ("threshold", "chart", "row", "column", "citation")
#: Of a column and one of its values, "chart/column=value": in how many places a rule
#: finds that value in it. The places are those of the column.
VALUE = "value"
Places = dict[PartName, list[Use]]
#: Sent in the transaction in which what a page is as last saved was stored, with `page`
#: and what was read of it: `uses` and, as `_outline` returns it, `outline`.
draft_read = Signal()


class PageState(NamedTuple):
    """What is stored about a page itself. `fits`: its stored uses are those of now."""

    pk: int
    key: str
    translation_key: UUID
    locale: int
    language: str
    title: str
    fits: bool


def connect(app: Any) -> None:
    """Store what is saved, and after each `migrate` what is not stored yet."""
    post_save.connect(_saved, sender=Screener, dispatch_uid="screening_block.uses")
    post_migrate.connect(_migrated, sender=app, dispatch_uid="screening_block.uses")


def _saved(
    instance: Screener, raw: bool, update_fields: Iterable[str] | None, **_kwargs: Any
) -> None:
    changed = {
        "alias_of",
        "has_unpublished_changes",
        "last_published_at",
        "latest_revision",
        "live",
    }
    if raw or (update_fields is not None and changed.isdisjoint(update_fields)):
        return
    store_uses(instance.pk, None if update_fields is not None else instance)


def _migrated(apps: Any, using: str, **_kwargs: Any) -> None:
    try:
        apps.get_model("screening_block", "StoredUse")
    except LookupError:
        return  # Migrated back to before they were stored.
    if using == "default":
        rebuild_uses()


def rebuild_uses(*, whole: bool = False) -> int:
    """Store the uses of each page whose stored ones do not fit, or `whole`: of all.

    Returns of how many.
    """
    pages = [page.pk for page in list_states() if whole or not page.fits]
    for pk in pages:
        store_uses(pk, whole=True)
    return len(pages)


def store_uses(pk: int, saved: Screener | None = None, *, whole: bool = False) -> None:
    """Write down what a page uses, as last saved and as public.

    `saved`: the page as it was just saved in full. Without it what is public is read
    again only where that is not known to be stored, or `whole`.
    """
    with transaction.atomic():
        _wait_for(pk)
        page = Screener.objects.select_related("latest_revision").filter(pk=pk).first()
        if page is None or page.alias_of_id:
            StoredUse.objects.filter(page=pk).delete()
            Outline.objects.filter(pk=pk).delete()
            return
        known = Outline.objects.filter(pk=pk).defer("parts").first()
        if known is not None and (whole or known.version != VERSION):
            StoredUse.objects.filter(page=pk).delete()
            known = None
        # Where there is no draft, what is saved is the page itself.
        revision = page.latest_revision if page.has_unpublished_changes else None
        state: dict[str, Any] = {
            "version": VERSION,
            "revision": revision and revision.pk,
            "saved_at": revision and revision.created_at,
            "live": page.live,
            "published_at": page.last_published_at,
        }
        own = saved or page
        same_row = not saved and known and known.published_at == page.last_published_at
        if revision:
            read = known and (known.revision, known.saved_at)
            newest = page.with_content_json(revision.content)
            stale = read != (revision.pk, revision.created_at)
        else:
            newest = own
            stale = not same_row or bool(known and known.revision)
        if stale:
            draft = read_uses(newest)
            _write(pk, "draft", collect_places(draft))
            outline = _outline(newest, draft)
            state |= {"title": draft.title, "parts": outline}
            draft_read.send(Screener, page=page, uses=draft, outline=outline)
        Outline.objects.update_or_create(pk=pk, defaults=state)
        if not page.live:
            _write(pk, "live", {})
        elif not (same_row and known and known.live):
            _write(pk, "live", collect_places(read_uses(own)))


def _wait_for(pk: int) -> None:
    """Let whoever saves the same page end first; the last one stores the newest."""
    page = swapper.load_model("wagtailcore", "Page")
    no_key = connection.features.has_select_for_no_key_update
    list(page.objects.select_for_update(no_key=no_key).filter(pk=pk).values("pk"))


def _write(pk: int, edition: str, places: Places) -> None:
    """Make `places` those of the draft or of what is public, by as few rows as may
    be."""
    wanted = {_key_of(row): row for row in _build_rows(pk, edition, places)}
    rows = StoredUse.objects.filter(page=pk)
    have = set()
    changed: dict[bool, list[int]] = {True: [], False: []}
    for *key, row, flag in rows.values_list("kind", "name", "digest", "pk", edition):
        have.add(tuple(key))
        if flag != (tuple(key) in wanted):
            changed[not flag].append(row)
    for flag, ids in changed.items():
        if ids:
            rows.filter(pk__in=ids).update(**{edition: flag})
    rows.filter(draft=False, live=False).delete()
    StoredUse.objects.bulk_create(row for key, row in wanted.items() if key not in have)


def _key_of(row: StoredUse) -> tuple[str, str, str]:
    return row.kind, row.name, row.digest


def _build_rows(pk: int, edition: str, places: Places) -> Iterator[StoredUse]:
    for name, uses in places.items():
        listed = [_as_json(use) for use in uses]
        text = json.dumps(listed, sort_keys=True)
        yield StoredUse(
            page_id=pk,
            kind=name.kind,
            name=name.key,
            count=len(uses),
            places=[] if name.kind == VALUE else listed,
            digest=hashlib.sha256(text.encode()).hexdigest(),
            **{edition: True},
        )


def read_page(pk: int) -> tuple[str, list[Any], list[StoredUse]]:
    """Return what would be stored of a page: its title, its outline and its uses."""
    page = Screener.objects.get(pk=pk)
    newest = page.get_latest_revision_as_object()
    draft = read_uses(newest)
    rows = list(_build_rows(pk, "draft", collect_places(draft)))
    known = {_key_of(row): row for row in rows}
    public = collect_places(read_uses(page)) if page.live else {}
    for row in _build_rows(pk, "live", public):
        if _key_of(row) in known:
            known[_key_of(row)].live = True
        else:
            rows.append(row)
    return draft.title, _outline(newest, draft), rows


def collect_places(version: RevisionUses) -> Places:
    """Return the places that use something shared, by what they use.

    What publishing alone knows to be used has no place.
    """
    found: Places = defaultdict(list)
    for use in version.uses:
        if use.used.kind in SHARED:
            found[cut(use.used)].append(use)
    for use in version.uses:
        if use.used.kind == "column":
            values = use.excerpt.get("values")
            for value in values if isinstance(values, list) else ():
                found[name_value(use.used.key, value)].append(use)
    for name in used_names(version.parts):
        found.setdefault(cut(name), [])
    return found


def name_value(column: str, value: Any) -> PartName:
    """Return the name of a value in a column ("chart/column"), as it is stored."""
    return cut(PartName(VALUE, f"{column}={value}"))


def cut(name: PartName) -> PartName:
    """Return a name as it is stored."""
    return PartName(name.kind, name.key[:MAX_NAME])


def _as_json(use: Use) -> list[Any]:
    whole = use.whole if isinstance(use.whole, dict | str) else None
    excerpt = None if use.excerpt is use.whole else use.excerpt
    # The key of a screener may change; the reader puts it in.
    at = "" if use.at.kind == "screener" else use.at.key
    return [use.at.kind, at, use.field, use.key, excerpt, whole, use.anchor]


def read_places(used: PartName, places: list[Any], screener: str) -> list[Use]:
    """Return the uses of a row; `screener` is the key of its page."""
    return [
        Use(
            used,
            PartName(kind, screener if kind == "screener" else at),
            field,
            key,
            whole if excerpt is None else excerpt,
            whole,
            anchor,
        )
        for kind, at, field, key, excerpt, whole, anchor in places
    ]


def _outline(page: Screener, draft: RevisionUses) -> list[list[Any]]:
    """Return `[kind, key, anchor, piece, texts]` of each part, without its rules.

    In its piece is what its claim stands on (see `claim_data`).
    """
    claims = {f"findings.{one.id}": finding_claim(one.value) for one in page.findings}
    claims[""] = screener_claim(page)
    return [
        [
            name.kind,
            "" if name.kind == "screener" else name.key,
            draft.anchors.get(name, ""),
            *_without_rules(name, part, claims.get(draft.anchors.get(name, ""))),
        ]
        for name, part in draft.parts.items()
    ]


def _without_rules(name: PartName, part: Part, claim: Any) -> tuple[Any, Any]:
    piece, texts = part["piece"], part["texts"]
    kept = {field for field in piece if name.kind == "question" and field != "ask_when"}
    words = ("heading", "label", "title", "options")
    return (
        {field: piece[field] for field in piece if field in {"key", *kept}}
        | ({"claim": claim} if claim else {}),
        {field: texts[field] for field in words if field in texts},
    )


def list_parts(
    outline: Iterable[list[Any]], screener: str
) -> Iterator[tuple[PartName, str, Part]]:
    """Yield name, anchor and part of what is in an outline; `screener`: its key."""
    for kind, key, anchor, piece, texts in outline:
        name = PartName(kind, screener if kind == "screener" else key)
        yield name, anchor, make_part(piece, texts)


def list_states() -> Iterator[PageState]:
    """Yield every page with content of its own, the oldest first."""
    names = ("version", "revision", "saved_at", "live", "published_at", "title")
    pages = Screener.objects.filter(alias_of=None).order_by("pk")
    for row in pages.values_list(
        "pk",
        "key",
        "translation_key",
        "locale_id",
        "locale__language_code",
        Case(When(has_unpublished_changes=True, then="latest_revision_id")),
        Case(When(has_unpublished_changes=True, then="latest_revision__created_at")),
        "live",
        "last_published_at",
        *(f"outline__{name}" for name in names),
    ):
        pk, key, translation_key, locale, language, *rest = row
        now, (version, *stored, title) = rest[:4], rest[4:]
        fits = version == VERSION and stored == now
        yield PageState(pk, key, translation_key, locale, language, title or "", fits)


def find_users(names: Iterable[PartName]) -> set[UUID]:
    """Return the translation keys of pages whose public content may use a name."""
    shared = [cut(name) for name in names if name.kind in SHARED]
    if not shared:
        return set()
    found = {page.translation_key for page in list_states() if not page.fits}
    rows = StoredUse.objects.filter(match_names(shared), live=True).order_by()
    return found | set(rows.values_list("page__translation_key", flat=True))


def match_names(names: Iterable[PartName]) -> Q:
    """Return the condition on rows that they are of one of these names."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for name in names:
        kinds[name.kind].append(name.key)
    wanted = Q(pk=None)
    for kind, keys in kinds.items():
        wanted |= Q(kind=kind, name__in=keys)
    return wanted
