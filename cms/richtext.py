"""Rich text on its way out: links resolved in bulk, absolute for others, or as text.

Wagtail resolves the links of one rich text value at a time, two queries or more each,
and links to pages that are no longer public. Here one `PageLinks` serves a page.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from html import escape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from django.http import HttpRequest
from wagtail.models import Locale, Page
from wagtail.rich_text import features
from wagtail.rich_text.rewriters import LinkRewriter, extract_attrs

from screening_block.public import only_public, remember_each_here

LINK_TAG = re.compile(r"<a\b[^>]*>")
#: What the editor marks its paragraphs with.
EDITORS_MARK = re.compile(r'\sdata-block-key="[^"]*"')
LOCAL_ADDRESS = re.compile(r'(<[^>]*?\s(?:href|src)=")((?:/(?!/)|#)[^"]*)(")')


class PageLinks:
    """Addresses of the pages that `stream_data` links to; at most two queries.

    `stream_data` is the raw form of a stream (lists, dicts, strings). A page that is
    not live, not public or gone has no address; one that is translated into the
    language asked for is replaced by its translation, as Wagtail does.
    """

    def __init__(
        self,
        stream_data: Iterable[Any],
        request: HttpRequest | None = None,
        locale: Locale | None = None,
    ) -> None:
        self._data = stream_data
        self._request = request
        self._locale = locale

    @cached_property
    def addresses(self) -> dict[str, str]:
        return {pk: address for pk, (_page, address) in self.shown.items()}

    @cached_property
    def shown(self) -> dict[str, tuple[Page, str]]:
        """What is linked to, by the id that is stored: the page and its address."""
        ids = sorted(set(find_page_ids(self._data)))
        if not ids:
            return {}
        if self._request is None:
            found = self._find(ids)
        else:
            locale = self._locale.pk if self._locale else None
            found = remember_each_here(
                self._request, ("links to", locale), ids, self._find
            )
        return {str(pk): shown for pk, shown in found.items()}

    def _find(self, ids: list[int]) -> dict[int, tuple[Page, str]]:
        pages = self._public(Page.objects.filter(pk__in=ids))
        locale = self._locale
        foreign = [p for p in pages if locale and p.locale_id != locale.pk]
        translated: dict[Any, Page] = {}
        if foreign:
            translated = {
                page.translation_key: page
                for page in self._public(
                    Page.objects.filter(
                        locale=locale,
                        translation_key__in=[p.translation_key for p in foreign],
                    )
                )
            }
        found: dict[int, tuple[Page, str]] = {}
        for page in pages:
            shown = page
            if locale and page.locale_id != locale.pk:
                shown = translated.get(page.translation_key, page)
            address = shown.get_url(self._request)
            if address:
                found[page.pk] = shown, address
        return found

    def _public(self, pages: Any) -> list[Page]:
        pages = pages.order_by().select_related("locale")
        return only_public(pages, self._request, anywhere=True)

    def opening_tags(self, attrs_list: list[dict[str, str]]) -> list[str]:
        """Return the `<a>` tags to put in place of stored ones; without address if
        unknown."""
        return [self._opening_tag(attrs.get("id", "")) for attrs in attrs_list]

    def _opening_tag(self, page_id: str) -> str:
        address = self.addresses.get(page_id)
        return f'<a href="{escape(address)}">' if address else "<a>"

    @cached_property
    def rewriter(self) -> LinkRewriter:
        rules = {
            name: handler.expand_db_attributes_many
            for name, handler in features.get_link_types().items()
        }
        rules["page"] = self.opening_tags
        return LinkRewriter(bulk_rules=rules, reference_extractors={})


def find_page_ids(node: Any) -> Iterator[int]:
    """Yield ids of pages linked from rich text anywhere in raw stream data."""
    if isinstance(node, str):
        if 'linktype="page"' in node:
            for tag in LINK_TAG.findall(node):
                attrs = extract_attrs(tag)
                if attrs.get("linktype") == "page" and attrs.get("id", "").isdecimal():
                    yield int(attrs["id"])
    elif isinstance(node, dict):
        for value in node.values():
            yield from find_page_ids(value)
    elif isinstance(node, (list, tuple)) or hasattr(node, "__len__"):
        for value in node:
            yield from find_page_ids(value)


def to_html(source: str, links: PageLinks, base: str | None = None) -> str:
    """Return stored rich text as clean HTML; with `base`, every address is absolute."""
    html = EDITORS_MARK.sub("", links.rewriter(source))
    if base:
        html = LOCAL_ADDRESS.sub(
            lambda match: match[1] + escape(urljoin(base, match[2])) + match[3], html
        )
    return html


class _TextWriter(HTMLParser):
    BLOCKS = frozenset({"p", "h2", "h3", "h4", "ul", "ol", "blockquote", "hr"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.hrefs: list[str] = []
        self.numbers: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.hrefs.append(dict(attrs).get("href") or "")
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "li":
            count = self.numbers.pop() if self.numbers else -1
            self.numbers.append(count + 1 if count >= 0 else -1)
            self.parts.append(f"\n{count + 1}. " if count >= 0 else "\n- ")
        elif tag in self.BLOCKS:
            self.parts.append("\n\n")
            if tag in {"ul", "ol"}:
                self.numbers.append(0 if tag == "ol" else -1)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.hrefs:
            href = self.hrefs.pop()
            if href:
                self.parts.append(f" ({href})")
        elif tag in self.BLOCKS:
            self.parts.append("\n\n")
            if tag in {"ul", "ol"} and self.numbers:
                self.numbers.pop()

    def handle_data(self, data: str) -> None:
        self.parts.append(re.sub(r"\s+", " ", data))


def to_text(html: str) -> str:
    """Return HTML as plain text: blank lines between paragraphs, links in brackets."""
    writer = _TextWriter()
    writer.feed(html)
    writer.close()
    text = "".join(writer.parts)
    text = re.sub(r"[ \t]*\n[ \t]*", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()
