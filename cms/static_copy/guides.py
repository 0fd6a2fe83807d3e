"""What the widget fetches of a screener, as files.

A server answers `?words=es&part=start`; a file cannot know what is asked for. So the
copy has the whole release at the screener's address, byte for byte, and beside it a
file for each language: the line that a server gives as the part `words`, with the
addresses in it those of files. The browser's half is `widget/copied.js` in
`static/screening_block/`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse

from cms.static_copy.asking import Answer, Asker
from screening_block import public
from screening_block.models import Release


def list_guides(asker: Asker) -> Iterator[str]:
    """List the addresses of the screeners and releases that anybody may read here, and
    of those that were recalled, which answer why."""
    request = asker.request()
    keys = {one.screener_key for one in public.publications(request)}
    for key in sorted(keys):
        yield reverse("screener", args=[key])
    for sha256 in Release.objects.order_by("pk").values_list("pk", flat=True):
        try:
            if public.release(sha256, request) is None:
                continue
        except public.RecalledError:
            pass
        yield reverse("release", args=[sha256])


def write_words(asker: Asker) -> Iterator[tuple[str, Answer]]:
    """Write, for each screener and language, its words and whom it names for help.

    Each with its address: `…/words/es.json` and `…/help/es.json` below the screener's.
    """
    for one in public.publications(asker.request()):
        key = one.screener_key
        folder = reverse("screener", args=[key])
        release = one.release
        for locale in release.load().data["texts"] if release else ():
            query = urlencode({"words": locale, "part": "words"})
            answer = asker.ask(f"{folder}?{query}")
            if answer.status != 200:
                continue
            line = json.loads(answer.body)
            book = line["words"]
            book["parts_url"] = f"{folder}words/*.json"
            if "help_url" in book:
                yield f"{folder}help/{locale}.json", asker.ask(book["help_url"])
                book["help_url"] = f"{folder}help/{locale}.json"
            body = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
            kind = {"content-type": "application/json"}
            yield f"{folder}words/{locale}.json", Answer(200, body.encode(), kind)
