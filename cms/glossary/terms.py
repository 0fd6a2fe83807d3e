"""The published glossary of a language, as every process has it at hand.

What is published is asked of the database once for each state of the content, in one
short query; rows are read and matchers made again only where that is not what it was.
"""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from cms.glossary.matching import Matcher
from cms.glossary.models import Term
from plugins.freshness import remember

#: What the rows are: (id, when it was written) of each that is published.
Signature = tuple[tuple[int, datetime.datetime], ...]


@dataclass
class Entry:
    """A published term with its versions in other languages, the site's own first."""

    term: Term
    others: list[Term] = field(default_factory=list)

    @cached_property
    def original(self) -> Term | None:
        """The term as courts and agencies say it: in the site's own language."""
        for other in self.others:
            if other.locale.language_code == settings.LANGUAGE_CODE:
                return other
        return None

    @cached_property
    def original_matcher(self) -> Matcher[Term]:
        original = self.original
        return Matcher((way, original) for way in original.ways) if original else EMPTY


EMPTY: Matcher[Any] = Matcher([])


@dataclass
class Glossary:
    """The published terms of a language, in the order of its letters."""

    language: str
    entries: list[Entry] = field(default_factory=list)

    @cached_property
    def matcher(self) -> Matcher[Entry | None]:
        """Finds the entries; None is a word of the site's own language beside them,
        in which no part is taken for a term of this one."""
        by_age = sorted(self.entries, key=lambda entry: entry.term.pk)
        own = ((way, entry) for entry in by_age for way in entry.term.ways)
        originals = filter(None, (entry.original for entry in by_age))
        foreign = ((way, None) for term in originals for way in term.ways)
        return Matcher(chain(own, foreign))

    @cached_property
    def address(self) -> str:
        return glossary_path(self.language)

    @cached_property
    def changed(self) -> datetime.datetime | None:
        """When one of them was published last."""
        days = [entry.term.last_published_at for entry in self.entries]
        return max(filter(None, days), default=None)


def glossary_path(language: str) -> str:
    """Return where the glossary of a language is, below the host."""
    with override(language):
        return reverse("glossary")


_kept: tuple[Signature, dict[str, Glossary]] = ((), {})


def read_glossaries() -> dict[str, Glossary]:
    """Return the glossaries that are not empty, by language code."""
    return remember(("glossaries",), _read_glossaries, by_source=True)


def _read_glossaries() -> dict[str, Glossary]:
    global _kept
    signature = tuple(Term.published().order_by("pk").values_list("pk", "changed_at"))
    if _kept[0] == signature:
        return _kept[1]
    terms = list(Term.published().order_by("pk").select_related("locale"))
    # By what was read just now, which may be newer.
    read = tuple((term.pk, term.changed_at) for term in terms)
    _kept = (read, _build(terms))
    return _kept[1]


def read_glossary(language: str) -> Glossary:
    """Return the glossary of a language, with no entries if nothing is published."""
    return read_glossaries().get(language) or Glossary(language)


def _build(terms: Iterable[Term]) -> dict[str, Glossary]:
    versions: dict[Any, list[Term]] = {}
    for term in terms:
        versions.setdefault(term.translation_key, []).append(term)
    found: dict[str, Glossary] = {}
    for own in versions.values():
        for term in own:
            code = term.locale.language_code
            others = [other for other in own if other is not term]
            others.sort(key=_own_first)
            found.setdefault(code, Glossary(code)).entries.append(Entry(term, others))
    for glossary in found.values():
        glossary.entries.sort(key=lambda entry: sort_key(entry.term.name))
    return found


def _own_first(term: Term) -> tuple[bool, str]:
    code = term.locale.language_code
    return code != settings.LANGUAGE_CODE, code


def sort_key(name: str) -> tuple[str, str]:
    """Return what names are sorted by: letters without accents, ñ after n."""
    name = name.casefold()
    marked = unicodedata.normalize("NFC", name).replace("ñ", "n\uffff")
    plain = unicodedata.normalize("NFKD", marked)
    return "".join(c for c in plain if not unicodedata.combining(c)), name


def first_letter(name: str) -> str:
    """Return the letter below which a term is listed, "#" where it begins with none."""
    first = unicodedata.normalize("NFC", name)[:1].upper()
    if first != "Ñ":
        first = unicodedata.normalize("NFKD", first)[:1]
    return first if first.isalpha() else "#"
