"""An article as Markdown: what is known of it, its words, what they are not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from cms import markdown as md
from cms.articles.models import ArticlePage
from cms.articles.review import ReviewState
from cms.blocks.media import describe_image
from cms.identity.published import find_settings, name_site
from cms.richtext import to_html
from screening_block.public import RecalledError, release_of

ENDING = ".md"


def markdown_address(address: str) -> str:
    """Return where the page at `address` is as Markdown."""
    return address.rstrip("/") + ENDING


def write_article(article: ArticlePage, request: HttpRequest) -> str:
    """Return a public article as Markdown with front matter."""
    url = article.get_full_url(request) or ""
    settings = find_settings(request)
    disclaimer = settings.disclaimer if settings else ""
    unreviewed = article.review_state() == ReviewState.UNREVIEWED
    first, updated = article.first_published_at, article.last_published_at
    checked = article.law_checked_on
    reviewed_on = None if unreviewed else article.reviewed_on
    facts = md.front_matter(
        {
            "title": article.title,
            "url": url,
            "language": article.locale.language_code,
            "updated": timezone.localdate(updated).isoformat() if updated else "",
            "published": timezone.localdate(first).isoformat() if first else "",
            "authors": [person.name for person in article.authors],
            "publisher": name_site(request),
            "topics": [topic.name for topic in article.topics.all()],
            "translation_reviewed": {True: "yes", False: "no", None: ""}[
                article.translation_state
            ],
            "reviewed_by": "" if unreviewed else article.reviewer_name,
            "reviewed_on": reviewed_on.isoformat() if reviewed_on else "",
            "law_checked_on": checked.isoformat() if checked else "",
            "disclaimer": " ".join(disclaimer.split()),
        }
    )
    parts = [f"# {md.escape(article.title)}", md.escape(article.summary)]
    if unreviewed:
        first = _("No attorney has reviewed this page")
        second = _("Check it with a lawyer before you rely on it.")
        parts.append(f"> **{md.escape(first)}.** {md.escape(second)}")
    if article.translation_state is False:
        said = _("No legal translator has checked this page. It may have mistakes.")
        parts.append(f"> {md.escape(said)}")
    parts += BodyWriter(article, request, url).write()
    return "\n\n".join([facts, *filter(None, parts)]) + "\n"


class BodyWriter:
    """Writes the blocks of a body; one that a plugin fails at is left out, as there."""

    def __init__(self, article: ArticlePage, request: HttpRequest, url: str) -> None:
        self.article = article
        self.request = request
        self.url = url
        self.context = article.get_context(request)
        self.links = self.context["links"]
        self.writers = {
            "heading": self._heading,
            "text": self._text,
            "key_takeaways": self._key_takeaways,
            "notice": self._notice,
            "questions_and_answers": self._questions_and_answers,
            "law_quotation": self._law_quotation,
            "table": self._table,
            "call_to_action": self._call_to_action,
            "image": self._image,
            "screener": self._screener,
        }

    def write(self) -> Iterator[str]:
        for child in self.article.body:
            write = self.writers.get(child.block_type)
            # What apps and plugins contribute is written from its own HTML.
            if child.is_kept or write is None:
                html = child.try_render(self.context) or ""
                yield md.from_html(html, self.url)
            else:
                yield "\n\n".join(filter(None, write(child.value)))

    def _rich(self, value: Any) -> str:
        return md.from_html(to_html(value.source, self.links, self.url), self.url)

    def _heading(self, value: Any) -> Iterator[str]:
        yield f"## {md.escape(value['text'])}"

    def _text(self, value: Any) -> Iterator[str]:
        yield self._rich(value)

    def _key_takeaways(self, value: Any) -> Iterator[str]:
        yield f"## {_('Key points')}"
        yield "\n".join(md.item(self._rich(point)) for point in value["items"])

    def _notice(self, value: Any) -> Iterator[str]:
        title = f"**{md.escape(value['title'])}**"
        yield md.quote(f"{title}\n\n{self._rich(value['text'])}")

    def _questions_and_answers(self, value: Any) -> Iterator[str]:
        for one in value["items"]:
            yield f"### {md.escape(one['question'])}"
            yield self._rich(one["answer"])

    def _law_quotation(self, value: Any) -> Iterator[str]:
        where = md.escape(value["citation"])
        if value["url"]:
            where = md.link(where, value["url"])
        checked = (
            _("Checked against the source")
            if value["status"] == "verified"
            else _("Not yet checked against the source")
        )
        words = "\n\n".join(
            md.escape(part) for part in value["quote"].split("\n\n") if part.strip()
        )
        yield md.quote(f"{words}\n\n— {where} ({checked})")
        if value.get("translation"):
            yield md.escape(_("Unofficial translation") + ": " + value["translation"])

    def _table(self, value: Any) -> Iterator[str]:
        if value.caption:
            yield f"**{md.escape(value.caption)}**"
        heads = [md.escape(column["heading"]) for column in value.columns]
        rows = [[self._cell(cell) for cell in row] for row in value.rows]
        if heads:
            yield md.table(heads, rows)

    def _cell(self, cell: Any) -> str:
        value = cell.value
        if hasattr(value, "source"):
            return self._rich(value)
        return md.escape(str(value or ""))

    def _call_to_action(self, value: Any) -> Iterator[str]:
        block = self.article.body.stream_block.child_blocks["call_to_action"]
        address = block.leads_to(value, self.context)
        if not address:
            return
        yield f"**{md.escape(value['title'])}**"
        yield md.escape(value["text"] or "")
        yield md.link(
            md.escape(value["label"]), self.request.build_absolute_uri(address)
        )

    def _image(self, value: Any) -> Iterator[str]:
        if value["image"] is None:
            return
        alt = value["image"].contextual_alt_text or ""
        shown = describe_image(value["image"], alt, self.context)
        yield f"!{md.link(md.escape(alt), shown['url'])}"
        if value["caption"]:
            yield f"*{md.escape(value['caption'])}*"

    def _screener(self, value: Any) -> Iterator[str]:
        """A link to its questions, while anybody may answer them."""
        page = value.specific if value else None
        try:
            release = release_of(page, self.request)
        except RecalledError:
            return
        if page is None or release is None:
            return
        yield f"**{md.escape(page.title)}**"
        yield md.link(
            md.escape(_("Answer the questions")), page.get_full_url(self.request) or ""
        )
