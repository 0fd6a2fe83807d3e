"""The one gate for text: what comes in is put in order here, or refused with a reason.

Every way in passes it: fields of forms and blocks (`plugins.text.fields`), files,
addresses and the API. What it lets through, every database, feed and document can hold
and every reader can see. There are five kinds of text:

``key``     an identifier, slug or address: refused for anything that is not seen
``name``    one line: a title, a label, a topic
``prose``   lines of text, or rich text
``data``    JSON or a file in a field, which whoever reads it checks further
``secret``  a password: never changed

Silently: the composed normal form (NFC); line breaks of any system, and the vertical
tabs and form feeds that slides are pasted with, become a line feed, or a space in a
name; marks that are never seen and mean nothing go. Refused: other control characters,
halves of characters, and what turns the direction of text around its reader. Prose may
hold the direction marks that Arabic and Hebrew need, and names the joiners of Persian
and Hindi, between letters that join.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from typing import Any, Literal
from unicodedata import combining

from django.utils.translation import gettext as _

Kind = Literal["key", "name", "prose", "data", "secret"]

#: Characters of a text whose field has no limit of its own.
MAX_LENGTHS: dict[Kind, int] = {"key": 2_000, "name": 1_000, "prose": 100_000}

# Halves of characters, which no encoding has, and the one that PostgreSQL has not.
_UNSTORABLE = "\x00\ud800-\udfff"
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\t\n]+")
# Control characters, code points that are none, and formats that nobody may use.
_NEVER = (
    f"{_UNSTORABLE}\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u206a-\u206f\ufdd0-\ufdef"
    "\ufff9-\ufffb\U000e0000-\U000e001f"
    + "".join(
        f"{chr(p + 0xFFFE)}{chr(p + 0xFFFF)}" for p in range(0, 0x110000, 0x10000)
    )
)
_OVERRIDES = "\u202d\u202e"
_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# What Unicode calls default ignorable: it is there and nothing is seen of it.
_IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
# Letters that spell a flag (Wales) after a black one; elsewhere a hidden message.
_TAGS = re.compile("(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0020-\U000e007f]+")

_BAD: dict[Kind, re.Pattern[str]] = {
    "key": re.compile(f"[{_NEVER}{_IGNORABLE}\t\n\r\u2028\u2029]"),
    "name": re.compile(f"[{_NEVER}{_DIRECTION}]"),
    "prose": re.compile(f"[{_NEVER}{_OVERRIDES}]"),
    "data": re.compile(f"[{_UNSTORABLE}]"),
    "secret": re.compile(f"[{_UNSTORABLE}]"),
}
# What is never seen and means nothing: soft hyphens and spaces of no width in a name.
_DROPPED: dict[Kind, re.Pattern[str]] = {
    "name": re.compile("[\u00ad\u034f\u180e\u200b\u2060-\u2064\ufeff]"),
    "prose": re.compile("\ufeff"),
}
# A joiner has a meaning between letters of a script that joins, or parts of an emoji.
_JOINERS = re.compile(
    "(?<![\u0590-\U0010ffff])[\u200c\u200d]|[\u200c\u200d](?![\u0590-\U0010ffff])"
)
_IGNORED = re.compile(
    f"[{_IGNORABLE}\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufff9-\ufffb]"
)
_DIRECTION_MARKS = re.compile(f"[{_DIRECTION}]")
_MARKUP = re.compile("([<=>])")
# Unicode allows 30 marks upon a letter where text is read in pieces; nobody writes so
# many. Normal forms put them in order by a way that is quadratic in their number.
_MARKS = "".join(char for char in map(chr, range(0x300, 0x20000)) if combining(char))
_HEAP_OF_MARKS = re.compile(f"[{_MARKS}]{{31}}")
_HALF = re.compile("[\ud800-\udfff]")


class TextError(ValueError):
    """The text is refused; tells its writer which character, and where."""


def clean_text(text: str, *, kind: Kind, max_length: int | None = None) -> str:
    """Return `text` put in order. Raises `TextError`, and never anything else.

    `max_length` counts characters of the result (0: no limit); without it,
    `MAX_LENGTHS` holds. Idempotent.
    """
    if kind not in ("data", "secret"):
        text = text.strip() if kind == "key" else _BREAKS.sub("\n", text)
        if kind == "name":
            text = _SPACES.sub(" ", text)
        if not text.isascii():
            text = _composed(text, kind)
    found = _BAD[kind].search(text) or (
        _TAGS.search(text) if kind in ("name", "prose") else None
    )
    if found:
        raise TextError(_refusal_message(text, found.start()))
    maximum = MAX_LENGTHS.get(kind, 0) if max_length is None else max_length
    if maximum and len(text) > maximum:
        raise TextError(
            _("Longer than %(most)s characters (it has %(has)s).")
            % {"most": maximum, "has": len(text)}
        )
    if kind == "name" and not text.isascii() and not fold(text):
        return ""
    return text


def _composed(text: str, kind: Kind) -> str:
    """Return the normal form, without what is dropped."""
    # Dropped first: what stands between a letter and its accent keeps them apart.
    if kind in _DROPPED:
        text = _DROPPED[kind].sub("", text)
    if kind == "name":
        text = _JOINERS.sub("", text)
    if found := _HEAP_OF_MARKS.search(text):
        raise TextError(_refusal_message(text, found.end() - 1))
    # A stroke that follows the end of a tag would take it away: `>` and U+0338 are `≯`.
    parts = _MARKUP.split(text) if kind == "prose" else [text]
    return "".join(unicodedata.normalize("NFC", part) for part in parts)


def _refusal_message(text: str, place: int) -> str:
    character = f"U+{ord(text[place]):04X}"
    before = _IGNORED.sub("", _HALF.sub("", text[max(0, place - 20) : place])).strip()
    if before:
        message = _(
            "There is a character here that is invisible or cannot be stored "
            "(%(character)s, after “%(before)s”). Delete it, or type that part "
            "again."
        )
    else:
        message = _(
            "There is a character here that is invisible or cannot be stored "
            "(%(character)s, at the beginning). Delete it, or type that part again."
        )
    return message % {"character": character, "before": before}


def fold(text: str) -> str:
    """Return what makes two names one, whatever their case, width and normal form.

    Characters that are not seen do not count. This is Unicode's own way
    (NFKC_Casefold), with runs of white space as one space.
    """
    text = unicodedata.normalize("NFD", text)
    # A step may bring forth what the others take: three are enough for all characters.
    for _step in range(3):
        text = _IGNORED.sub("", unicodedata.normalize("NFKC", text)).casefold()
    return " ".join(unicodedata.normalize("NFKC", text).split())


def identity(name: str, max_length: int = 255) -> str:
    """Return `fold(name)` for a database column, hashed where it would be too long."""
    folded = fold(name)
    if len(folded) <= max_length:
        return folded
    digest = hashlib.sha256(folded.encode()).hexdigest()
    return f"{folded[: max_length - len(digest)]}{digest}"


def clean_query(text: str, max_length: int = 200) -> str:
    """Return a search query in the usual width, without what is not seen."""
    text = unicodedata.normalize("NFKC", strip_unreadable(text[:max_length]))
    return clean_text(_DIRECTION_MARKS.sub("", text), kind="name", max_length=0)


def strip_unreadable(text: str) -> str:
    """Remove what no feed can hold. For what was stored before there was a gate."""
    text = _BAD["prose"].sub("", _BREAKS.sub("\n", text))
    return _HEAP_OF_MARKS.sub("", _TAGS.sub("", text))


def is_storable(value: Any) -> bool:
    """Tell whether a database can hold all text in a JSON value, keys too."""
    bad = _BAD["data"].search
    return not any(bad(text) for text in _iter_texts(value))


def _iter_texts(value: Any) -> Iterator[str]:
    todo = [value]
    while todo:
        one = todo.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            todo += [*one.keys(), *one.values()]
        elif isinstance(one, list | tuple):
            todo += one
