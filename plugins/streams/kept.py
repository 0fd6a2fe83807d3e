"""Content that a stream keeps without knowing it.

A block whose type no installed code knows, or whose code fails to read it, is held
as the JSON it was stored as. In a form it is a signed token, so that what comes back is
what was sent: for the same field of the same object, and nothing an editor wrote.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _, gettext_lazy, pgettext
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import Adapter, register
from wagtail.blocks import Block

from plugins.discovery import discover
from plugins.registry import parse_block_name, registry

CARRIER = "_kept"  # the block type, or struct child, that stands for kept content
SALT = "plugins.kept"

Reason = Literal["unknown", "failed", "refused"]

# The object and field whose form is being made, e.g. "articles.articlepage:12:body".
_owner: ContextVar[str] = ContextVar("plugins_kept_owner", default="")


@contextmanager
def sign_for(owner: str | None) -> Iterator[None]:
    """Sign tokens for ``owner`` within; None leaves the outer owner in place."""
    if owner is None:
        yield
        return
    token = _owner.set(owner)
    try:
        yield
    finally:
        _owner.reset(token)


@dataclass(frozen=True, eq=False)
class KeptContent:
    """Content kept as it was stored.

    ``data`` is a stored block (``type``, ``value``, ``id``) or the unknown keys of a
    struct. ``token`` is set on content from a form until the object it was posted to
    has been compared with the one it was signed for. ``error`` says why posted content
    is refused; it then has no data.
    """

    data: dict[str, Any]
    reason: Reason = "unknown"
    token: str = ""
    owner: str = ""
    error: str = ""

    @property
    def type(self) -> str:
        return str(self.data.get("type", ""))

    @property
    def id(self) -> str | None:
        return self.data.get("id")

    def verify(self, owner: str) -> KeptContent:
        """Return this content if it was signed for ``owner``, else refuse it."""
        if not self.token or self.error:
            return self
        if self.owner != owner:
            return refuse(self.token)
        return replace(self, token="", owner="")

    def __eq__(self, other: object) -> bool:
        # The token is not part of the content.
        if not isinstance(other, KeptContent):
            return NotImplemented
        return (self.data, self.error) == (other.data, other.error)


def refuse(token: str, message: str = "") -> KeptContent:
    """Return what stands for posted content that is not what was sent out."""
    return KeptContent(
        {},
        "refused",
        token=token,
        error=message
        or _(
            "This kept part is not the one this page was opened with. Reload the "
            "page, or remove this part."
        ),
    )


def sign(kept: KeptContent) -> str:
    """Return the token a form carries for ``kept``, signed for the form's owner."""
    if kept.token:
        return kept.token
    return signing.dumps(
        {"owner": _owner.get(), "data": kept.data},
        salt=SALT,
        serializer=_Serializer,
        compress=True,
    )


def unsign(token: str) -> KeptContent:
    """Return the content that a posted token carries, or a refused one."""
    try:
        payload = signing.loads(token, salt=SALT, serializer=_Serializer)
    except signing.BadSignature:
        return refuse(token)
    return KeptContent(payload["data"], token=token, owner=payload["owner"])


class _Serializer:
    def dumps(self, obj: Any) -> bytes:
        return json.dumps(obj, cls=DjangoJSONEncoder).encode()

    def loads(self, data: bytes) -> Any:
        return json.loads(data)


@cache
def _read_plugin_labels() -> dict[str, str]:
    return {m.name: f"{m.label} ({m.name})" for m in discover() if m.label}


def get_card(kept: KeptContent) -> dict[str, Any]:
    """Return what the editor's form shows for one kept block."""
    if kept.error:
        return {"token": kept.token, "title": "", "text": kept.error, "raw": ""}
    plugin, _dot, name = parse_block_name(kept.type).rpartition(".")
    title = name.replace("_", " ")
    if kept.reason == "failed":
        text = _("“%(block)s” could not be read: its plugin reports an error.")
    elif registry.registrations(plugin):
        text = _("“%(block)s” is a kind of part that %(plugin)s no longer has.")
    elif plugin:
        text = _("“%(block)s” needs the plugin %(plugin)s, which is not active here.")
    else:
        text = _("“%(block)s” is a kind of part that this site does not know.")
    text = text % {"block": title, "plugin": _read_plugin_labels().get(plugin, plugin)}
    text += " " + _(
        "Its content is kept, and visitors do not see it. Ask your administrator to "
        "activate it, or delete this part if it is no longer needed."
    )
    return {
        "token": sign(kept),
        "title": title,
        "text": text,
        "raw": json.dumps(kept.data.get("value"), indent=2, ensure_ascii=False),
    }


def get_keys_card(kept: KeptContent | None) -> dict[str, Any] | None:
    """Return what the form shows for unknown keys of a struct; None without any."""
    if kept is None:
        return None
    if kept.error:
        return {"token": kept.token, "title": "", "text": kept.error, "raw": ""}
    text = _(
        "Part of this block is of a kind that this site does not know: %(names)s. It "
        "is kept, and visitors do not see it. To remove it, delete this block."
    ) % {"names": ", ".join(kept.data)}
    return {
        "token": sign(kept),
        "title": "",
        "text": text,
        "raw": json.dumps(kept.data, indent=2, ensure_ascii=False),
    }


class KeptBlock(Block):
    """The block that stands for kept content. Its value is a :class:`Kept`.

    It is not an ordinary child of any stream: nobody can insert it, it is not listed
    among the child blocks, and it renders nothing.
    """

    def clean(self, value: KeptContent) -> KeptContent:
        if value.error:
            raise ValidationError(value.error, code="refused")
        return value

    def get_default(self) -> None:
        return None

    def get_prep_value(self, value: KeptContent) -> dict[str, Any]:
        return value.data

    def get_form_state(self, value: KeptContent) -> dict[str, Any]:
        return get_card(value)

    def get_api_representation(self, value: KeptContent, context: Any = None) -> None:
        return None

    def render(self, value: KeptContent, context: Any = None) -> str:
        return ""

    def render_basic(self, value: KeptContent, context: Any = None) -> str:
        return ""

    class Meta:
        icon = "warning"
        label = gettext_lazy("Kept part")


class KeptBlockAdapter(Adapter):
    js_constructor = "plugins.KeptBlock"

    def js_args(self, block: KeptBlock) -> list[Any]:
        return [
            block.name,
            {
                "label": block.label,
                "icon": block.meta.icon,
                "strings": {"raw": pgettext("kept part", "Show what is stored")},
            },
        ]

    @property
    def media(self) -> forms.Media:
        return forms.Media(
            js=[
                versioned_static("wagtailadmin/js/telepath/blocks.js"),
                "plugins/streams.js",
            ]
        )


register(KeptBlockAdapter(), KeptBlock)

KEPT_BLOCK = KeptBlock()
KEPT_BLOCK.set_name(CARRIER)
