"""Take content through what an editor does to it, with and without a plugin."""

import html
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any

from django.db import models
from django.db.models.functions import Cast
from django.test import Client
from django.urls import reverse
from wagtail.blocks import StreamBlock
from wagtail.models import Page

from plugins.lazy import LazyStreamBlock
from plugins.lazy.states import make_fields
from plugins.registry import registry
from plugins.streams.blocks import UNOPENED


@contextmanager
def without_plugin(name: str) -> Iterator[None]:
    """As if the plugin were not installed: nothing of it is registered within.

    Raises ValueError if it contributes nothing anyway, for such a test proves nothing.
    """
    if not registry.registrations(name):
        raise ValueError(f"no plugin {name!r} has contributed anything")
    with registry.restore_afterwards():
        registry.discard(name)
        yield


@contextmanager
def registered(
    kind: str, key: str, obj: object, plugin: str | None = None
) -> Iterator[object]:
    """``obj`` is registered within, for the plugin its key names."""
    with registry.restore_afterwards():
        registry.register(kind, key, obj, plugin or key.partition(".")[0])
        yield obj


def stored_stream(obj: models.Model, field: str = "body") -> Any:
    """The JSON that stands in the database row, untouched by any block."""
    rows = type(obj)._base_manager.annotate(stored_json=Cast(field, models.JSONField()))
    return rows.values_list("stored_json", flat=True).get(pk=obj.pk)


def save_draft(client: Client, page: Page, **changes: str) -> Any:
    """Open a page in the editor and save it as a draft; see publish_in_editor."""
    return _post(client, page, changes)


def publish_in_editor(client: Client, page: Page, **changes: str) -> Any:
    """Open a page in the editor (GET), change fields, publish (POST).

    ``client`` is logged in to the admin. ``changes`` are form fields by name; a name
    may hold dashes when given as ``**{"body-0-value": "..."}``. Returns the response:
    a redirect if the page was published, else the form with its errors.
    """
    return _post(client, page, {**changes, "action-publish": "1"})


def _post(client: Client, page: Page, changes: dict[str, str]) -> Any:
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    opened = client.get(address)
    if opened.status_code != 200:
        raise AssertionError(f"the editor answered {opened.status_code}")
    data = form_data(opened)
    return client.post(address, {**data, **changes})


def form_data(response: Any) -> dict[str, Any]:
    """What a browser would post from the admin form in ``response``, unchanged.

    Streams are read from the state the page hands to the browser, not from the
    database: what the form does not carry is not in here.
    """
    form = response.context["form"]
    text = response.content.decode()
    data: dict[str, Any] = dict(_FormInputs.of(text))
    for name, field in form.fields.items():
        block = getattr(field, "block", None)
        if block is not None:
            data |= _make_stream_data(block, _stream_state(text, name), name)
    return data


def _stream_state(text: str, name: str) -> Any:
    found = re.search(
        rf'<div id="{re.escape(name)}"[^>]*data-w-block-arguments-value="([^"]*)"', text
    )
    if not found:
        raise AssertionError(f"the form has no stream {name!r}")
    return json.loads(html.unescape(found[1]))[0]


def _make_stream_data(block: StreamBlock, state: Any, prefix: str) -> dict[str, Any]:
    """Fields of a field's stream whose blocks nobody has opened."""
    fields = dict(make_fields(block, state, prefix))
    for i, item in enumerate(state or []):
        child = block.child_blocks[item["type"]]
        if not isinstance(block, LazyStreamBlock) or not block.is_built_later(child):
            continue
        place = f"{prefix}-{i}-value"
        built = [n for n in fields if n == place or n.startswith(f"{place}-")]
        for name in built:
            del fields[name]
        fields[f"{place}-{UNOPENED}"] = json.dumps(item["value"])
    return fields


class _FormInputs(HTMLParser):
    """The plain fields of the edit form."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._textarea: str | None = None
        self._select: str | None = None

    @classmethod
    def of(cls, text: str) -> list[tuple[str, str]]:
        parser = cls()
        parser.feed(text)
        return parser.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "input" and name:
            kind = given.get("type", "text")
            ticked = kind not in ("checkbox", "radio") or "checked" in given
            if ticked and kind not in ("submit", "button", "file"):
                self.found.append((name, given.get("value", "")))
        elif tag == "textarea" and name:
            self._textarea = name
            self.found.append((name, ""))
        elif tag == "select" and name:
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self.found.append((self._select, given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._textarea = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._textarea is not None:
            name, text = self.found[-1]
            self.found[-1] = name, text + data.removeprefix("\n")
