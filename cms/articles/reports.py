"""What articles add to the reports on the law: their reviews and their texts."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.blocks import ListBlock, StructBlock, StructValue
from wagtail.rich_text import RichText, get_text_for_indexing

from cms.articles.models import ArticlePage
from cms.identity.people import Person
from screening_block.reports.claim import Claim, ClaimSource
from screening_block.reports.graded_text import GradedText, is_english
from screening_block.reports.law_report import Link
from screening_block.reports.stored_rows import ReportSource

ARTICLE = _("Article")
#: What is not the publisher's own wording: words of the law, and addresses.
NOT_OURS = (
    *("quote", "citation", "url", "tone", "status", "editors_note"),
    "language",
)


def list_drafts() -> Iterator[ArticlePage]:
    """Return every article as last saved."""
    for article in ArticlePage.objects.select_related("locale").order_by("pk"):
        yield article.get_latest_revision_as_object()


def get_edit_url(article: ArticlePage, path: str) -> str:
    """Return the URL of an article's editor, at a field of it."""
    edit = reverse("wagtailadmin_pages:edit", args=[article.pk])
    return f"{edit}#:w:contentpath={path}"


def list_claims(article: ArticlePage) -> Iterator[Claim]:
    reviewed = article.reviewer_name and article.reviewed_on
    yield Claim(
        kind=ARTICLE,
        title=article.title,
        within="",
        url=get_edit_url(article, "reviewed_by"),
        due=article.next_review_due,
        checked_on=article.reviewed_on,
        checked_by=article.reviewer_name,
        mark="verified" if reviewed else "nobody",
        mark_text="" if reviewed else _("No attorney has reviewed it"),
        sources=tuple(
            ClaimSource(
                child.value["citation"], "", child.value["status"] == "verified"
            )
            for child in article.body
            if child.block_type == "law_quotation"
        ),
    )


@hooks.register("screening_block_citations")
def list_citations() -> Iterator[tuple[str, Link]]:
    for article in list_drafts():
        for child in article.body:
            if child.block_type == "law_quotation":
                words = _("Article “%(title)s”") % {"title": article.title}
                yield (
                    child.value["citation"],
                    Link(words, get_edit_url(article, f"body.{child.id}")),
                )


def list_texts(article: ArticlePage) -> Iterator[GradedText]:
    if not is_english(article.locale.language_code):
        return
    if article.summary:
        yield _make_text(article, _("Summary"), article.summary, "summary")
    for child in article.body:
        text = " ".join(_list_sentences(child.block, child.value))
        if text:
            path = f"body.{child.id}"
            yield _make_text(article, child.block.label, text, path)


@hooks.register("screening_block_report_sources")
def list_report_sources() -> list[ReportSource]:
    return [
        ReportSource(
            ArticlePage,
            list_claims,
            list_texts,
            follows={Person: _list_reviewed},
        )
    ]


def _list_reviewed(person: Person) -> Any:
    """Return the articles that may name a person as who reviewed them."""
    drafts = Q(has_unpublished_changes=True)
    return ArticlePage.objects.filter(Q(reviewer=person.pk) | drafts)


def _make_text(article: ArticlePage, where: Any, text: str, path: str) -> GradedText:
    return GradedText(
        ARTICLE, article.title, where, "", text, get_edit_url(article, path)
    )


def _list_sentences(block: Any, value: Any) -> Iterator[str]:
    """Yield the texts of a block as sentences: a heading or list item is one too."""
    for text in _list_words(block, value):
        if text := text.strip():
            yield text if text[-1] in ".!?:;" else f"{text}."


def _list_words(block: Any, value: Any) -> Iterator[str]:
    """Yield the plain texts in a block's value; other kinds of values have none."""
    if isinstance(value, RichText):
        yield from get_text_for_indexing(value.source).splitlines()
    elif isinstance(value, str):
        yield value
    elif isinstance(block, StructBlock) and isinstance(value, StructValue):
        # Not a picture: its block has fields, its value is the picture itself.
        for name, child in block.child_blocks.items():
            if name not in NOT_OURS:
                yield from _list_words(child, value.get(name))
    elif isinstance(block, ListBlock):
        for item in value:
            yield from _list_words(block.child_block, item)
