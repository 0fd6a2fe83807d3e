"""Every address the site answers, made from its URL resolver and the rows there are."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.admin.utils import quote
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern
from django.utils.regex_helper import normalize
from wagtail.models import Page

from screening_block.models import Chart, ChartRow, Release, Scenario, Screener

#: What an address may say instead of a row that is there.
WRONG_NUMBERS = (0, 999_999, 2**31, 2**63, 10**30)
WRONG_WORDS = ("nothing", "no-such", "x" * 300, "a\x00b", "é", "0", "-1", "None")


@dataclass(frozen=True)
class Address:
    """One pattern of the resolver: `template` has a `%(name)s` for each of `names`."""

    template: str
    names: tuple[str, ...]
    numbers: frozenset[str]
    view: str

    @property
    def admin(self) -> bool:
        return self.template.startswith("/admin/")


def addresses() -> list[Address]:
    """One for every pattern, in the order of the resolver."""
    found = {address.template: address for address in _walk(get_resolver(), "/", ())}
    return list(found.values())


def _walk(
    resolver: URLResolver,
    before: str,
    names: tuple[str, ...],
    numbers: Any = frozenset(),
) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        pattern: Any = entry.pattern
        if isinstance(pattern, LocalePrefixPattern):
            for prefix in ("", "es/"):
                yield from _walk(entry, before + prefix, names, numbers)
            continue
        whole = {
            name
            for name, converter in pattern.converters.items()
            if type(converter).__name__ == "IntConverter"
        }
        template, own = normalize(pattern.regex.pattern)[-1]
        template = before + template
        there = (*names, *own)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, template, there, numbers | whole)
        elif isinstance(entry, URLPattern):
            yield Address(template, there, frozenset(numbers | whole), entry.lookup_str)


class Places:
    """What stands in an address: a row that is there mostly, or one that is not."""

    def __init__(self) -> None:
        #: Ids by the name of a model, such as "wagtailcore.site".
        self.ids: dict[str, list[Any]] = {
            model._meta.label_lower: ids
            for model in apps.get_models()
            if (ids := list(model._default_manager.values_list("pk", flat=True)[:40]))
        }
        self.urls = [url for page in Page.objects.live() if (url := page.url)]
        self.words: dict[str, list[str]] = {
            "key": [
                *Screener.objects.values_list("key", flat=True),
                *Chart.objects.values_list("key", flat=True),
            ],
            "sha256": [*Release.objects.values_list("sha256", flat=True), "draft"],
            "kind": ["screener", "threshold", "chart", "row"],
            "app_label": ["screening_block", "articles", "home", "wagtailcore"],
            "model_name": ["screener", "chart", "articlepage", "page", "image"],
            "content_type_app_name": ["articles", "screening_block", "home"],
            "content_type_model_name": ["articlepage", "screener", "standardpage"],
            "action": ["publish", "unpublish", "delete", "move", "add_tags"],
            "slug": [*Page.objects.values_list("slug", flat=True)],
            "action_name": ["approve", "reject", "cancel", "copy", "publish", "delete"],
            "filter_spec": ["width-100", "max-100x100", "fill-0x0"],
            "token": ["abc-123"],
            "uidb64": ["MQ"],
        }

    def fill(self, address: Address, chance: random.Random, wrong: float = 0.12) -> str:
        """The address with something in each place, as seldom as `wrong` no row's."""
        values = {
            name: self._value(address, name, chance, chance.random() < wrong)
            for name in address.names
        }
        return str(address.template % values).replace("\x00", "%00")

    def _value(
        self, address: Address, name: str, chance: random.Random, wrong: bool
    ) -> Any:
        if name in address.numbers:
            if wrong:
                return chance.choice(WRONG_NUMBERS)
            return chance.choice(self._ids(address, name) or WRONG_NUMBERS)
        if wrong:
            return chance.choice(WRONG_WORDS)
        if known := self.words.get(name):
            return chance.choice(known)
        if name == "path" or name.startswith("_"):
            return chance.choice(self.urls).strip("/") + "/"
        ids = self._ids(address, name)
        return quote(chance.choice(ids)) if ids else "x"

    def _ids(self, address: Address, name: str) -> list[Any]:
        """Ids of what the address is about, guessed by its words."""
        template = address.template
        if "/snippets/" in template:
            app, model = template.split("/snippets/")[1].split("/")[:2]
            if found := self.ids.get(f"{app}.{model}"):
                return found
        if name == "row_pk":
            return self.ids.get(ChartRow._meta.label_lower, [])
        if "scenario" in template and name == "pk":
            return self.ids.get(Scenario._meta.label_lower, [])
        if name == "screener_pk" or "/screening/" in template:
            return self.ids.get(Screener._meta.label_lower, [])
        for words, label in GUESSES:
            if (words in template or words in name) and label in self.ids:
                return self.ids[label]
        return self.ids["wagtailcore.page"]


GUESSES = (
    ("revision", "wagtailcore.revision"),
    ("task_state", "wagtailcore.taskstate"),
    ("workflow", "wagtailcore.workflow"),
    ("task", "wagtailcore.task"),
    ("site", "wagtailcore.site"),
    ("locale", "wagtailcore.locale"),
    ("collection", "wagtailcore.collection"),
    ("redirect", "wagtailredirects.redirect"),
    ("image", "wagtailimages.image"),
    ("document", "wagtaildocs.document"),
    ("user", "auth.user"),
    ("group", "auth.group"),
    ("topic", "articles.topic"),
)
