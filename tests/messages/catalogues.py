"""Catalogues of translations: what the code says, and what the Spanish lacks.

Babel reads and writes the files, so that no machine needs GNU gettext.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from babel.messages import Catalog, mofile, pofile

ROOT = Path(__file__).resolve().parents[2]
#: Where catalogues stand, and the folders whose messages are in them.
SOURCES = {
    "cms": ("cms", "templates"),
    "plugins": ("plugins",),
    "screening_block": ("screening_block",),
}
#: The language that has everything. The others have what visitors of the site read.
WHOLE = "es"
#: Functions that mark a message: is a context first, and is a plural last?
MARKS = {
    "_": (False, False),
    "gettext": (False, False),
    "gettext_lazy": (False, False),
    "gettext_noop": (False, False),
    "ngettext": (False, True),
    "ngettext_lazy": (False, True),
    "list_plural_forms": (False, True),
    "pgettext": (True, False),
    "pgettext_lazy": (True, False),
    "npgettext": (True, True),
}
TEXT = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
#: A call in what Django makes of a template.
CALL = re.compile(rf"\b(n?p?gettext)\(({TEXT}(?:, ?{TEXT}){{0,2}})")
SLOT = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


class Message(NamedTuple):
    context: str | None
    text: str
    plural: str | None = None

    @property
    def id(self) -> str | tuple[str, str]:
        return (self.text, self.plural) if self.plural else self.text


def _message(name: str, texts: list[str]) -> Message | None:
    has_context, has_plural = MARKS[name]
    if len(texts) < 1 + has_context + has_plural:
        return None
    context = texts.pop(0) if has_context else None
    return Message(context, texts[0], texts[1] if has_plural else None)


def messages_of_python(source: str) -> Iterator[Message]:
    """Messages that calls mark; a text that is not written there cannot be seen."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in MARKS:
            texts = [
                one.value
                for one in node.args
                if isinstance(one, ast.Constant) and isinstance(one.value, str)
            ]
            if found := _message(name, texts):
                yield found


def messages_of_template(source: str) -> Iterator[Message]:
    from django.utils.translation.template import templatize

    for name, texts in CALL.findall(templatize(source)):
        found = _message(name, [ast.literal_eval(t) for t in re.findall(TEXT, texts)])
        if found:
            yield found


@cache
def messages_in(package: str) -> dict[Message, str]:
    """Every message of a package's sources, and the first file that says it."""
    found: dict[Message, str] = {}
    for folder in SOURCES[package]:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix not in (".py", ".html", ".txt"):
                continue
            if path.suffix == ".txt" and "templates" not in path.parts:
                continue
            read = messages_of_python if path.suffix == ".py" else messages_of_template
            for message in read(path.read_text("utf-8")):
                found.setdefault(message, str(path.relative_to(ROOT)))
    return found


def catalogues() -> Iterator[tuple[str, str, Path]]:
    """Package, locale and .po of each catalogue."""
    for package in SOURCES:
        for path in sorted((ROOT / package / "locale").glob("*/LC_MESSAGES/django.po")):
            yield package, path.parts[-3], path


class PlainCatalogue(Catalog):
    """A catalogue whose head says what gettext needs, and no dates or names."""

    forms = ""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Language", str(self.locale_identifier)),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=UTF-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", f"{self.forms}\n"),
        ]


def read_po(path: Path) -> PlainCatalogue:
    with path.open("rb") as file:
        read = pofile.read_po(file, path.parts[-3])
    comment = read.header_comment
    plain = PlainCatalogue(path.parts[-3], header_comment=comment, fuzzy=False)
    plain.forms = read.plural_forms
    # Of Spanish, Babel knows a third form, for millions; no file here has it.
    plain._num_plurals, plain._plural_expr = read.num_plurals, read.plural_expr
    for entry in read:
        if entry.id:
            plain[entry.id] = entry
    return plain


def po_bytes(catalogue: Catalog) -> bytes:
    file = BytesIO()
    pofile.write_po(file, catalogue, width=0, ignore_obsolete=True, no_location=True)
    return file.getvalue().rstrip() + b"\n"


def mo_bytes(catalogue: Catalog) -> bytes:
    whole = PlainCatalogue(str(catalogue.locale), fuzzy=False)
    whole.forms, whole._num_plurals = catalogue.plural_forms, catalogue.num_plurals
    for entry in catalogue:
        # Half a translation would be shown; without one, the English is.
        if entry.id and all(_texts(entry.string)):
            whole[entry.id] = entry
    file = BytesIO()
    mofile.write_mo(file, whole)
    return file.getvalue()


def said_by_others(message: Message) -> bool:
    """Whether Django, Wagtail or another app has it in the language that is whole."""
    from django.utils.translation import trans_real

    key = f"{message.context}\4{message.text}" if message.context else message.text
    said = trans_real.translation(WHOLE)._catalog
    return (key, 0) in said if message.plural else key in said


def without_translation(package: str, catalogue: Catalog) -> list[Message]:
    """What the package says and the language that is whole does not."""

    def has(message: Message) -> bool:
        entry = catalogue.get(message.text, message.context)
        if entry is None:
            return said_by_others(message)
        return all(_texts(entry.string)) and bool(message.plural) == isinstance(
            entry.id, tuple | list
        )

    return [one for one in messages_in(package) if not has(one)]


def unsaid(catalogue: Catalog) -> list[str]:
    """Entries that nothing in the product says any more."""
    said = {
        (one.context, one.text) for package in SOURCES for one in messages_in(package)
    }
    gone = []
    for entry in catalogue:
        text = _texts(entry.id)[0]
        if text and (entry.context, text) not in said:
            gone.append(text)
    return gone


def _texts(found: str | Sequence[str] | None) -> Sequence[str]:
    return [found or ""] if isinstance(found, str | None) else found


def _slots(found: str | Sequence[str] | None) -> set[str]:
    """The gaps that values are put into."""
    return set(SLOT.findall(" ".join(_texts(found))))


def problems() -> Iterator[str]:
    """What is missing or out of date; empty if the catalogues are current."""
    for package, locale, path in catalogues():
        name, catalogue = path.relative_to(ROOT), read_po(path)
        if locale == WHOLE:
            sources = messages_in(package)
            for one in without_translation(package, catalogue):
                yield f"{name}: no translation of {one.text!r} ({sources[one]})"
        for text in unsaid(catalogue):
            yield f"{name}: nothing says {text!r}"
        for entry in catalogue:
            if locale != WHOLE and not all(_texts(entry.string)):
                yield f"{name}: no translation of {entry.id!r}"
            for error in entry.check(catalogue):
                yield f"{name}: {entry.id!r}: {error}"
            # A form for the number one need not repeat the number.
            if more := _slots(entry.string) - _slots(entry.id):
                yield f"{name}: {entry.id!r} has no {', '.join(sorted(more))}"
        if path.with_suffix(".mo").read_bytes() != mo_bytes(catalogue):
            yield f"{path.with_suffix('.mo').relative_to(ROOT)} is not what .po says"


def write() -> None:
    """Bring the files in line with the code, as far as that needs no translator.

    In Spanish, messages that nobody translates are added, without a translation; in
    every language, those that the code no longer says go; then .po becomes .mo.
    """
    for package, locale, path in catalogues():
        catalogue = read_po(path)
        for text in unsaid(catalogue):
            for entry in [e for e in catalogue if text == _texts(e.id)[0]]:
                catalogue.delete(text, entry.context)
        if locale == WHOLE:
            for one in without_translation(package, catalogue):
                if catalogue.get(one.text, one.context) is None:
                    catalogue.add(one.id, context=one.context)
        path.write_bytes(po_bytes(catalogue))
        path.with_suffix(".mo").write_bytes(mo_bytes(catalogue))
