"""Which addresses may be answered from what was rendered, with which parameters.

An address that is not listed, a parameter that is not known here or has another form,
one that is given twice: Django answers, and nothing is kept. So whoever asks for
addresses made up at random fills no memory.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from urllib.parse import parse_qsl

#: Letters of an address or of what is asked; no page of ours has as many.
LONGEST = 300
LANGUAGE = r"[a-z]{2}(?:-[a-z]{2,8})?"
LANGUAGE_PATH = rf"/(?:{LANGUAGE}/)?"
LOCALE = {"locale": LANGUAGE}
TEXT = {"text": "html|plain|markdown"}
PART = {"limit": r"[1-9]\d?|100", "offset": r"\d{1,5}"}
FIELDS = {"fields": "[a-z_]+(?:,[a-z_]+)*"}
EXPAND = {"expand": "[a-z_]+(?:,[a-z_]+)*"}
SLUG = r"[\w-]{1,100}"
#: The address of a page, plain, and the room that there is for it.
OEMBED = {
    "url": r"https?://[\w.:/%-]{1,200}",
    **dict.fromkeys(("maxwidth", "maxheight"), r"[1-9]\d{1,3}"),
    "format": "json",
}
WORDS = {"words": LANGUAGE, "part": "[a-z]{1,10}"}

Parameters = Mapping[str, re.Pattern[str]]


def _rule(address: str, *parameters: Mapping[str, str]) -> tuple[str, Parameters]:
    known = {name: form for given in parameters for name, form in given.items()}
    return address, {name: re.compile(form) for name, form in known.items()}


def _api(name: str, *parameters: Mapping[str, str]) -> tuple[str, Parameters]:
    return _rule(rf"/api/v1/(?:{name})/?", *parameters)


#: The first that fits an address as a whole is the one; None for never.
RULES: list[tuple[re.Pattern[str], Parameters | None]] = [
    (re.compile(address), parameters)
    for address, parameters in (
        _rule(r"/(?:robots|llms|\.well-known/security)\.txt"),
        _rule(r"/sitemap\.xml"),
        _rule(rf"{LANGUAGE_PATH}site\.webmanifest"),
        _rule(r"/api/(?:schema|docs)/"),
        _api("articles", {"topic": SLUG}, LOCALE, FIELDS, PART, TEXT, EXPAND),
        _api(r"articles/[^/]+", LOCALE, FIELDS, TEXT, EXPAND),
        _api("(?:topics|terms)(?:/[^/]+)?", LOCALE),
        _api("changes", {"after": "[0-9a-f.]{1,80}"}, {"limit": PART["limit"]}),
        _api("pages", {"type": SLUG}, LOCALE, FIELDS, PART),
        _api(r"pages/.+", LOCALE, FIELDS, TEXT, EXPAND),
        _api("site", LOCALE),
        _api("help", {"subject": SLUG, "area": "[a-z-]{2,12}"}, LOCALE, FIELDS, PART),
        _api(r"help/[^/]+|screeners/[^/]+/help", LOCALE),
        _api(r"screeners(?:/[^/]+)?", WORDS),
        _api(r"releases/[0-9a-f]{64}", WORDS),
        _api(r"(?:thresholds(?:/[^/]+)?|charts/[^/]+)?"),
        # Answers and what is searched for: nobody keeps these.
        (rf"{LANGUAGE_PATH}(?:screeners|search)/.*", None),
        _rule(r"/embed/v1/oembed", OEMBED),
        # Staff, files and other sites' frames, which have rules of their own.
        (r"/(?:admin|documents|embed|static|media|api|healthz)(?:/.*)?", None),
        _rule(rf"{LANGUAGE_PATH}(?:[\w-]+/)*[\w-]+\.md"),
        # Pages.
        _rule(rf"{LANGUAGE_PATH}(?:[\w-]+/)*", {"page": r"[1-9]\d{0,2}"}),
    )
]


def may_be_kept(path: str, query: str) -> bool:
    """Tell whether the answer at an address may be kept.

    `path` and `query` are as WSGI gives them: bytes as Latin-1, the query encoded.
    """
    try:
        text = path.encode("latin-1").decode()
    except UnicodeError:
        return False
    if len(text) > LONGEST or len(query) > LONGEST:
        return False
    # The other form of the same letters is answered as well, and would be kept twice.
    if not unicodedata.is_normalized("NFC", text):
        return False
    parameters = _find_parameters(text)
    return parameters is not None and (not query or _are_known(query, parameters))


def _find_parameters(path: str) -> Parameters | None:
    for address, parameters in RULES:
        if address.fullmatch(path):
            return parameters
    return None


def _are_known(query: str, parameters: Parameters) -> bool:
    try:
        given = parse_qsl(
            query,
            keep_blank_values=True,
            strict_parsing=True,
            errors="strict",
            max_num_fields=12,
        )
    except ValueError:
        return False
    names = [name for name, _value in given]
    return len(set(names)) == len(names) and all(
        name in parameters and parameters[name].fullmatch(value)
        for name, value in given
    )
