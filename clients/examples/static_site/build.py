"""Build the articles of a legal site as plain files, from its API alone.

    PYTHONPATH=clients/python python clients/examples/static_site/build.py \
        https://law.example public/

Links between articles lead to the files; screeners are shown by their element.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import assert_never

from legal_content import LegalContent
from legal_content.shapes import Article, BodyBlock, ImageBlockValue, TableBlockValue


def build(site: LegalContent, folder: Path, locale: str = "en") -> list[Path]:
    """Write a page for each article of a language; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    name = site.site(locale=locale)["name"]
    written = []
    for found in site.every_article(locale=locale, fields=["slug"]):
        article = site.article(found["slug"], locale=locale, expand="screener")
        file = folder / f"{article['slug']}.html"
        file.write_text(write_page(article, name), encoding="utf-8")
        written.append(file)
    return written


def write_page(article: Article, name: str) -> str:
    blocks = "\n".join(filter(None, map(write_block, article["body"])))
    for link in article["links"]:
        if link["type"] == "article":
            blocks = blocks.replace(
                f'href="{escape(link["url"])}"', f'href="{link["slug"]}.html"'
            )
    title = escape(article["title"])
    return (
        f'<!doctype html>\n<html lang="{article["locale"]}">\n'
        f'<meta charset="utf-8">\n<title>{title} | {escape(name)}</title>\n'
        f"<h1>{title}</h1>\n<p>{escape(article['summary'])}</p>\n{blocks}\n</html>\n"
    )


def write_block(block: BodyBlock) -> str:
    """Write one block. mypy says which one is forgotten."""
    if block["type"] == "heading":
        return f"<h2>{escape(block['value']['text'])}</h2>"
    if block["type"] == "text":
        return block["value"]
    if block["type"] == "key_takeaways":
        return _list(block["value"]["items"])
    if block["type"] == "notice":
        title = escape(block["value"]["title"])
        return f"<aside><h3>{title}</h3>{block['value']['text']}</aside>"
    if block["type"] == "questions_and_answers":
        return "".join(
            f"<h3>{escape(one['question'])}</h3>{one['answer']}"
            for one in block["value"]["items"]
        )
    if block["type"] == "law_quotation":
        said = block["value"]
        where = escape(said["citation"])
        return f"<blockquote>{escape(said['quote'])} <cite>{where}</cite></blockquote>"
    if block["type"] == "table":
        return _table(block["value"])
    if block["type"] == "call_to_action":
        action = block["value"]
        if action["url"] is None:
            return ""
        return f'<a href="{escape(action["url"])}">{escape(action["label"])}</a>'
    if block["type"] == "image":
        return "".join(_picture(block["value"]))
    if block["type"] == "screener" or block["type"] == "screener_question":
        shown = block["value"]
        if shown is None or "embed" not in shown:
            return ""
        embed, title = shown["embed"], escape(shown["title"])
        return (
            f'<script type="module" src="{embed["script"]}"></script>'
            f'<legal-screener src="{embed["source"]}">'
            f'<a href="{embed["page"]}">{title}</a></legal-screener>'
        )
    if block["type"] == "help_entries":
        return _list([escape(one["name"]) for one in block["value"]["entries"]])
    if block["type"] == "kept":
        return ""
    assert_never(block)


def _list(items: list[str]) -> str:
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def _row(kind: str, cells: list[str]) -> str:
    return f"<tr>{''.join(f'<{kind}>{cell}</{kind}>' for cell in cells)}</tr>"


def _table(table: TableBlockValue) -> str:
    columns = table["columns"]
    rows = [_row("th", [escape(column["heading"] or "") for column in columns])]
    for row in table["rows"]:
        cells = zip(columns, row["values"], strict=True)
        # Cells of text are text; the others are HTML.
        shown = [escape(c) if column["type"] == "text" else c for column, c in cells]
        rows.append(_row("td", shown))
    return f"<table>{''.join(rows)}</table>"


def _picture(image: ImageBlockValue | None) -> Iterator[str]:
    if image is not None:
        yield f'<img src="{image["url"]}" srcset="{image["srcset"]}" '
        yield f'width="{image["width"]}" height="{image["height"]}" '
        yield f'alt="{escape(image["alt"])}" sizes="100vw">'


if __name__ == "__main__":
    for path in build(LegalContent(sys.argv[1]), Path(sys.argv[2])):
        sys.stdout.write(f"{path}\n")
