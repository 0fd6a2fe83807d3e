"""The words of a finding, and what is left of them where no day can be shown.

Where there is no day on which a finding turns, the sentence with `{date}` is left out,
whole: a text with a hole, or with "a later date", would promise something. Sentences
are told apart by their marks; where that is not sure (after "U.S." or "p. ej.") two
count as one, so that never half a sentence stays.
"""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from .canonical import Json
from .grammar import DATE_NAME
from .wording import Wording

#: Where the day stands in a text.
HOLE = f"{{{DATE_NAME}}}"
#: What is one piece whatever marks are in it: links and bold words of the small markup,
#: what stands in brackets or quotation marks.
_WHOLE = re.compile(
    r"\[[^\[\]]+\]\([^\s()]+\)|\*\*[^*]+\*\*|\([^()]*\)|“[^”]*”|«[^»]*»"
)
#: The end of a sentence: its marks, what closes after them, and the space behind; in
#: Chinese and Japanese there is none.
_END = re.compile(r"[.!?…؟۔।]+[\"'”’»)\]*]*\s+|[。！？][」』”）]*\s*")
#: Words before a dot that ends no sentence.
_SHORT = re.compile(
    r"(mrs?|ms|dra?|sra?|srta|lic|uds?|st|jr|cal|vs|cf|app?rox)", re.IGNORECASE
)


def undated(w: Wording) -> dict[str, dict[str, Any]]:
    """For each finding that speaks of `{date}` all of its texts without, not filled in.
    Nothing is left of a text that is ""."""
    said = {f["key"]: raw_texts(w, f) for f in w.data["findings"]}
    dated = {key: texts for key, texts in said.items() if _is_dated(texts)}
    return {key: cut_texts(texts, key) for key, texts in dated.items()}


def without_date(text: str) -> str:
    """A text in the small markup without its sentences that hold `{date}`."""
    if HOLE not in text:
        return text
    chunks = []
    announced: list[str] | None = None
    for chunk in re.split(r"\n\s*\n", text):
        lines: list[str] = []
        chunks.append(lines)
        for is_list, group in groupby(_parts(chunk), lambda part: part[:2] == "- "):
            kept = [line for line in map(_without_date, group) if line]
            lines += kept
            if not is_list:
                announced = lines if kept else None
            elif not kept and announced:
                # What announced the list announces nothing now.
                announced[-1:] = _without_announcement(announced[-1])
    return "\n\n".join("\n".join(lines) for lines in chunks if lines)


def _without_date(part: str) -> str:
    bullet = "- " if part.startswith("- ") else ""
    kept = [s for s in _sentences(part[len(bullet) :]) if HOLE not in s]
    return bullet + "".join(kept).strip() if kept else ""


def raw_texts(w: Wording, finding: Json) -> dict[str, Any]:
    """The texts of a finding with their placeholders; notes and actions by key."""
    place = ("findings", finding["key"])
    return {
        "heading": w.raw(*place, "heading"),
        "body": w.raw(*place, "body"),
        **{
            part: {
                one["key"]: w.raw(*place, part, one["key"])
                for one in finding.get(part, ())
            }
            for part in ("notes", "actions")
        },
    }


def _is_dated(texts: Json) -> bool:
    found = [texts["heading"], texts["body"]]
    found += [*texts["notes"].values(), *texts["actions"].values()]
    return any(HOLE in text for text in found)


def cut_texts(texts: Json, key: str) -> dict[str, Any]:
    """The same without the sentences that would name a day; `key` is the finding's."""
    heading, body = without_date(texts["heading"]), without_date(texts["body"])
    if not heading:
        # A result has a heading: the first sentence of its text, or its bare name.
        first, *rest = [*_sentences(body)] or [key.replace("_", " ")]
        heading, body = first.removeprefix("- ").strip(), "".join(rest).strip()
    return {
        "heading": heading,
        "body": body,
        **{
            part: {name: without_date(text) for name, text in texts[part].items()}
            for part in ("notes", "actions")
        },
    }


def _parts(chunk: str) -> Iterator[str]:
    """The items of a list and, between them, lines that are one running text."""
    running: list[str] = []
    for line in (line.strip() for line in chunk.splitlines()):
        if line.startswith("- "):
            if running:
                yield "\n".join(running)
            running = []
            yield line
        elif line:
            running.append(line)
    if running:
        yield "\n".join(running)


def _sentences(text: str) -> Iterator[str]:
    """The sentences of a running text, each with the space behind it."""
    whole = [match.span() for match in _WHOLE.finditer(text)]
    start = 0
    for match in _END.finditer(text):
        end = match.end()
        inside = any(first < end < last for first, last in whole)
        if inside or not _ends(text[start : match.start()], match[0], text[end:]):
            continue
        yield text[start:end]
        start = end
    if start < len(text):
        yield text[start:]


def _ends(before: str, mark: str, after: str) -> bool:
    """Whether a mark ends the sentence before it."""
    following = after.lstrip("\"'“‘«([*¿¡")[:1]
    if following.islower():
        return False
    if not mark.startswith(".") or mark.startswith(".."):
        return True
    word = re.split(r"[\s(\[“\"']", before)[-1]
    if "." in word or len(word) < 2 or _SHORT.fullmatch(word):
        return False
    # "sec. 5", "art. 3", "Dec. 470"
    return not (following.isdecimal() and len(word) < 5 and word.isalpha())


def _without_announcement(part: str) -> list[str]:
    if not part.endswith((":", "：")):
        return [part]
    kept = "".join([*_sentences(part)][:-1]).strip()
    return [kept] if kept else []
