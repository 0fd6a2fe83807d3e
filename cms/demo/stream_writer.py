"""Turn the short forms of the demo's content files into stored stream data.

Rich text is a list of HTML paragraphs in which links may lead to
`article:<name>` or `page:<name>`; what a block needs beyond words (ids of pages, of
list items) is filled in here.
"""

import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any

from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from cms.blocks.base import FULL_FEATURES

SITE_LINK = re.compile(r'<a href="(?:article|page):([a-z0-9-]+)(#[^"]*)?">')
BLOCK_TAG = re.compile(r"<(p|ul|ol|h3)\b")
NAMESPACE = uuid.UUID("6f1c3a52-4a5d-4c2e-9f0b-5f4f2f6d2b11")

PageId = Callable[[str], int | None]


class StreamWriter:
    """Makes stored stream data from the short forms of the content files.

    `page_id` gives the id of the page with a name, `screener_id` that of the screener
    page with a key, `image_id` that of a picture by name; None where there is none.
    """

    def __init__(self, page_id: PageId, screener_id: PageId, image_id: PageId) -> None:
        self.page_id = page_id
        self.screener_id = screener_id
        self.image_id = image_id
        self._converter = ContentstateConverter(features=FULL_FEATURES)

    def stream(self, owner: str, body: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the stored form of `body`; an owner's ids stay the same."""
        return list(self._blocks(owner, body))

    def _blocks(
        self, owner: str, body: list[dict[str, Any]]
    ) -> Iterator[dict[str, Any]]:
        for number, item in enumerate(body):
            kind = item["type"]
            block_id = f"{owner}/{number}"
            make = getattr(self, f"_{kind}", None)
            value = (
                make(item["value"], block_id) if make else self._plain(item["value"])
            )
            if value is not None:
                yield {"type": kind, "value": value, "id": _make_id(block_id)}

    def _plain(self, value: Any) -> Any:
        return value

    def rich_text(self, value: str | list[str]) -> str:
        """Return paragraphs as the editor would store them.

        Taken through the editor's own converter, so that opening the page in the
        admin changes nothing.
        """
        parts = [value] if isinstance(value, str) else value
        html = "".join(
            part if BLOCK_TAG.match(part) else f"<p>{part}</p>"
            for part in (str(part).strip() for part in parts)
        )
        html = SITE_LINK.sub(self._link, html)
        return self._converter.to_database_format(
            self._converter.from_database_format(html)
        )

    def _link(self, match: re.Match[str]) -> str:
        page_id = self.page_id(match[1])
        if page_id is None:
            raise ValueError(f"A link leads to {match[1]!r}, which is no page")
        return f'<a linktype="page" id="{page_id}">'

    def _heading(self, value: Any, block_id: str) -> dict[str, Any]:
        return {"text": value if isinstance(value, str) else value["text"]}

    def _text(self, value: Any, block_id: str) -> str:
        return self.rich_text(value)

    def _notice(self, value: dict[str, Any], block_id: str) -> dict[str, Any]:
        return {**value, "text": self.rich_text(value["text"])}

    def _key_takeaways(self, value: dict[str, Any], block_id: str) -> dict[str, Any]:
        return {"items": _make_items(block_id, map(self.rich_text, value["items"]))}

    def _questions_and_answers(
        self, value: dict[str, Any], block_id: str
    ) -> dict[str, Any]:
        pairs = (
            {"question": item["question"], "answer": self.rich_text(item["answer"])}
            for item in value["items"]
        )
        return {"items": _make_items(block_id, pairs)}

    def _law_quotation(self, value: dict[str, Any], block_id: str) -> dict[str, Any]:
        return {"url": "", "status": "needs_checking", "editors_note": "", **value}

    def _table(self, value: dict[str, Any], block_id: str) -> dict[str, Any]:
        rich = [
            any("<" in str(row[column]) for row in value["rows"])
            for column in range(len(value["header"]))
        ]
        return {
            "caption": value.get("caption", ""),
            "columns": [
                {"type": "rich_text" if is_rich else "text", "heading": heading}
                for heading, is_rich in zip(value["header"], rich, strict=True)
            ],
            "rows": [
                {
                    "values": [
                        self.rich_text(str(cell)) if is_rich else str(cell)
                        for cell, is_rich in zip(row, rich, strict=True)
                    ]
                }
                for row in value["rows"]
            ],
        }

    def _call_to_action(self, value: dict[str, Any], block_id: str) -> dict[str, Any]:
        link = value.get("link", "")
        kind, _, name = link.partition(":")
        page = None
        if kind in {"article", "page"}:
            page = self.page_id(name)
        elif kind == "screener":
            page = self.screener_id(name)
        elif not link.startswith("https://"):
            raise ValueError(f"{link!r} leads nowhere")
        return {
            "title": value["title"],
            "text": value.get("text", ""),
            "label": value["label"],
            "page": page,
            "url": "" if page or kind != "https" else link,
        }

    def _image(self, value: dict[str, Any], block_id: str) -> dict[str, Any] | None:
        name = value.get("image") or value.get("name") or block_id
        alt = value.get("alt", "")
        return {
            "image": {
                "image": self.image_id(str(name)),
                "decorative": not alt,
                "alt_text": alt,
            },
            "caption": value.get("caption", ""),
        }

    def _screener(self, value: Any, block_id: str) -> int | None:
        return self.screener_id(value if isinstance(value, str) else value["screener"])

    _screener_question = _screener


def _make_id(name: str) -> str:
    return str(uuid.uuid5(NAMESPACE, name))


def _make_items(block_id: str, values: Any) -> list[dict[str, Any]]:
    return [
        {"type": "item", "value": value, "id": _make_id(f"{block_id}/{number}")}
        for number, value in enumerate(values)
    ]
