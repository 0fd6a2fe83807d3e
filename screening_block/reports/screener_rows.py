"""What a screener and the law it uses have in the reports, as last saved."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from screening_block.admin_urls import admin_url
from screening_block.models import Chart, ChartRow, Screener, Threshold
from screening_block.publishing.claim_data import list_sources, list_watches
from screening_block.publishing.from_models import READERS
from screening_block.publishing.parts import Part, PartName
from screening_block.publishing.uses import RevisionUses
from screening_block.review.part_words import part_title
from screening_block.usage.reader import FIELDS, KINDS, get_edit_url

from .claim import Claim, find_mark, read_day, read_sources, read_watch
from .graded_text import GradedText, is_english

LAW: dict[Any, str] = {Threshold: "threshold", Chart: "chart", ChartRow: "row"}


def list_screener_claims(
    pk: int, parts: Iterable[tuple[PartName, str, Part]]
) -> Iterator[Claim]:
    """Yield the claims of a page; `parts`: name, anchor and part as in its outline."""
    parts = list(parts)
    own = next(part for name, _anchor, part in parts if name.kind == "screener")
    title, claim = own["texts"].get("title", ""), own["piece"]["claim"]
    yield Claim(
        kind=KINDS["screener"],
        title=title,
        within="",
        url=get_edit_url(pk, "next_review_due"),
        due=read_day(claim["due"]),
        checked_on=read_day(claim["on"]),
        checked_by=claim["by"],
        mark="verified" if claim["by"] else "nobody",
        mark_text="" if claim["by"] else _("No attorney has reviewed it"),
    )
    for name, anchor, part in parts:
        if name.kind != "finding":
            continue
        claim, on = part["piece"]["claim"], read_day(part["piece"]["claim"]["on"])
        yield Claim(
            kind=KINDS["finding"],
            title=part["texts"].get("heading", ""),
            within=title,
            url=get_edit_url(pk, f"{anchor}.status"),
            due=read_day(claim["due"]),
            checked_on=on,
            checked_by=claim["by"],
            mark=find_mark(claim["status"], on, claim["by"]),
            sources=read_sources(claim["sources"]),
            watch=read_watch(claim["watch"]),
            watch_url=get_edit_url(pk, f"{anchor}.watch"),
        )


def list_screener_texts(page: Screener, uses: RevisionUses) -> Iterator[GradedText]:
    """Yield the own texts of a page."""
    if not is_english(page.locale.language_code):
        return
    for name, part in uses.parts.items():
        anchor = uses.anchors.get(name, "")
        for field, text in _list_leaves(part["texts"]):
            url = get_edit_url(page.pk, f"{anchor}.{field}" if anchor else field)
            where = FIELDS.get(field, field)
            title = part_title(name, part)
            yield GradedText(KINDS[name.kind], title, where, uses.title, text, url)


def list_law_claims(record: Threshold | ChartRow) -> Iterator[Claim]:
    """Yield what a threshold or a row claims."""
    url = admin_url(type(record), "edit", record.pk)
    yield Claim(
        kind=KINDS[LAW[type(record)]],
        title=record.label,
        within=record.chart.label if isinstance(record, ChartRow) else "",
        url=url,
        due=record.next_review,
        checked_on=record.checked_on,
        checked_by=record.checked_by,
        mark=find_mark(record.status, record.checked_on, record.checked_by),
        sources=read_sources(list_sources(_raw_values(record.citations))),
        watch=read_watch(list_watches(_raw_values(record.watch))),
        watch_url=f"{url}#panel-source-section",
    )


def list_law_texts(record: Threshold | Chart | ChartRow) -> Iterator[GradedText]:
    """Yield the texts that visitors read of a threshold, a chart or a row."""
    if not is_english(record.locale.language_code):
        return
    kind = LAW[type(record)]
    part = READERS[kind](record)
    title = part_title(PartName(kind, record.key), part)
    url = admin_url(type(record), "edit", record.pk)
    for field, text in _list_leaves(part["texts"]):
        where = FIELDS.get(field, field)
        yield GradedText(KINDS[kind], title, where, "", text, url)


def _list_leaves(texts: Any, field: str = "") -> Iterator[tuple[str, str]]:
    """Yield each text with the field it stands in."""
    for key, value in texts.items():
        if isinstance(value, str):
            yield field or key, value
        else:
            yield from _list_leaves(value, field or key)


def _raw_values(stream: Any) -> Iterator[dict[str, Any]]:
    """Yield what is stored of each block, which is not parsed for it."""
    fields = ("text", "source", "status", "what", "look_again", "url")
    for raw in stream.raw_data:
        yield {name: raw["value"].get(name) for name in fields}
