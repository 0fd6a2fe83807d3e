"""What else a page's answer is made of: the other records that it names.

Of what it names every version in every language counts, public or not, because the
answer shows the one of its own language as soon as anybody may read it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import Page, ReferenceIndex, TranslatableMixin

from cms.changes.candidates import ALL_HELP, ANYTHING, name_piece, split
from cms.pages import BodyPage
from cms.richtext import find_page_ids
from screening_block.help.entries_block import HelpEntriesBlock

#: Whose rows are no part of any answer, or part of all.
LEFT_OUT = frozenset(["auth", "contenttypes", "wagtailcore"])
#: Where blocks come from that read nothing but what they name.
OURS = ("cms.", "screening_block.", "plugins.streams.", "wagtail.")

References = set[tuple[type[Model], str]]


def find_needs(shown: dict[int, tuple[Any, Iterable[int]]]) -> dict[int, set[str]]:
    """Return what each of these pages (its specific instance, by id) needs; of articles
    the ids of the related ones are given too."""
    named = {
        pk: _list_references(page) | {(Page, str(other)) for other in related}
        for pk, (page, related) in shown.items()
    }
    versions = _Versions(set().union(*named.values()) if named else set())
    return {
        pk: {
            *list_kinds(shown[pk][0]),
            *(
                name_piece(base, version)
                for base, key in references
                for version in versions.list(base, key)
            ),
        }
        for pk, references in named.items()
    }


def list_kinds(page: Any) -> set[str]:
    """Return which lists a page may show whole: of help, or, where a plugin's block is
    in its body, anything."""
    found = set()
    for block in page.body if isinstance(page, BodyPage) else ():
        if isinstance(block.block, HelpEntriesBlock):
            found.add(ALL_HELP)
        elif not type(block.block).__module__.startswith(OURS):
            found.add(ANYTHING)
    return found


def name_address(locale: str, slug: str) -> str:
    """Return the piece that all articles of one address have: one is read there."""
    return f"address:{locale}/{slug}"


def _list_references(page: Any) -> References:
    found: References = {(Page, str(page.pk))}
    # What Wagtail's own index of references is made from.
    for kind, key, _model, _content in ReferenceIndex._extract_references_from_object(
        page
    ):
        model: Any = ContentType.objects.get_for_id(kind).model_class()
        if model is Page or (model and model._meta.app_label not in LEFT_OUT):
            found.add((model, key))
    if isinstance(page, BodyPage):
        found |= {(Page, str(pk)) for pk in find_page_ids(page.body.raw_data)}
    return found


class _Versions:
    """The ids of records and of what they are in other languages."""

    def __init__(self, references: References) -> None:
        self._keys: dict[tuple[type[Model], str], Any] = {}
        self._ids: dict[Any, list[str]] = defaultdict(list)
        wanted = defaultdict(list)
        for base, key in references:
            if issubclass(base, TranslatableMixin):
                wanted[base].append(key)
        for base, keys in wanted.items():
            self._read(base, keys)

    def _read(self, base: Any, keys: list[str]) -> None:
        rows = base._default_manager
        for some in split(keys):
            own = dict(rows.filter(pk__in=some).values_list("pk", "translation_key"))
            self._keys |= {(base, str(pk)): key for pk, key in own.items()}
            new = {key for key in own.values() if (base, key) not in self._ids}
            others = rows.filter(translation_key__in=new)
            for pk, key in others.values_list("pk", "translation_key"):
                self._ids[base, key].append(str(pk))

    def list(self, base: type[Model], key: str) -> list[str]:
        group = self._ids.get((base, self._keys.get((base, key))), [])
        return list(dict.fromkeys([key, *group]))
