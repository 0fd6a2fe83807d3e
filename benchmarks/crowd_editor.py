"""An editor of `crowd.py`: a session that edits through the admin's own forms."""

from __future__ import annotations

import html
import json
import random
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import requests
from bs4 import BeautifulSoup

#: Broken in one place each: the field, and what is posted; the answer has to name it.
BROKEN = [
    ("findings-0-value-applies_when", '{"op": "fact", "fact": "gone_WORD"}'),
    ("facts-0-value-when", '{"op": "is", "question": "gone_WORD", "value": "x"}'),
    ("findings-0-value-body", "More than {gone_WORD} can count."),
]
#: The conditions of the small screener, which each sound save puts back.
SOUND: dict[str, Any] = {}
WORD = re.compile(r"w\d+x\d+(?!\d)")
PASSWORD = "only here 1"


@dataclass
class Tally:
    """What all editors did, and what went wrong."""

    done: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    saved: list[tuple[str, str]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


class Editor:
    """One editor's session, in a thread of its own."""

    def __init__(self, site: str, name: str, tally: Tally):
        self.site, self.name, self.tally = site, name, tally
        self.pick = random.Random(name)
        self.session = requests.Session()
        self.turn = 0
        login = f"{site}/admin/login/"
        page = self.session.get(login, timeout=60)
        self.session.post(
            login,
            data=fields_of(page.text)
            | {"username": name, "password": PASSWORD, "next": "/admin/"},
            headers={"Referer": login},
            timeout=60,
        ).raise_for_status()

    def work(self, addresses: dict[str, str], until: float) -> None:
        while time.monotonic() < until:
            self.turn += 1
            what = self.pick.choices(list(addresses), [2, 1, 1])[0]
            word = f"w{self.name}x{self.turn}"
            try:
                self.edit(what, self.site + addresses[what], word)
            except (requests.RequestException, ValueError, KeyError) as error:
                self.wrong(f"{what}: {type(error).__name__} {str(error)[:200]}")

    def wrong(self, what: str) -> None:
        self.tally.wrong.append(f"{self.name}, turn {self.turn}: {what}")

    def edit(self, what: str, address: str, word: str) -> None:
        page = self.session.get(address, timeout=120)
        page.raise_for_status()
        data = form_of(page.text)
        data |= change(what, word)
        publish = self.pick.random() < 0.6
        broken = None
        if what == "screener" and publish and self.pick.random() < 0.5:
            name, value = self.pick.choice(BROKEN)
            data[name] = value.replace("WORD", word)
            broken = f"gone_{word}"
        if publish:
            data["action-publish"] = "action-publish"
        started = time.monotonic()
        answer = self.post(address, data)
        self.tally.seconds.append(time.monotonic() - started)
        self.judge(what, word, publish, broken, answer)

    def post(self, address: str, data: dict[str, str]) -> requests.Response:
        answer = self.session.post(
            address, data=data, headers={"Referer": address}, timeout=120
        )
        if answer.url.endswith("?confirm=1"):
            shown = BeautifulSoup(answer.text, "html.parser")
            button = shown.select_one("form[method=post] [name=revision]")
            if button and button.find_parent("form"):
                asked = answer.url.partition("?")[0]
                answer = self.session.post(
                    asked,
                    data=fields_of(str(button.find_parent("form"))),
                    headers={"Referer": asked},
                    timeout=120,
                )
        return answer

    def judge(
        self,
        what: str,
        word: str,
        publish: bool,
        broken: str | None,
        answer: requests.Response,
    ) -> None:
        said = messages(answer.text)
        others = set(re.findall(r"gone_(\w+)", " ".join(said))) - {word}
        if answer.status_code >= 400:
            self.wrong(f"{what}: {answer.status_code} at {answer.url}")
        elif others:
            self.wrong(f"{what}: told of {others}, by another editor: {said}")
        elif broken:
            self.tally.done["broken publish refused"] += 1
            if not any(broken in one for one in said):
                self.wrong(f"{what}: not told of {broken}, but {said}")
        elif publish:
            live = any(
                "published" in one for one in said if "not pub" not in one.lower()
            )
            self.tally.done[f"{what} published" if live else f"{what} asked again"] += 1
        else:
            self.tally.done[f"{what} saved"] += 1
        if answer.status_code < 400:
            self.tally.saved.append((what, word))


def messages(text: str) -> list[str]:
    """What the page tells the editor at its top and beside its fields."""
    page = BeautifulSoup(text, "html.parser")
    found = page.select(
        ".messages li, .error-message, .help-critical, .w-field__errors"
    )
    errors = re.findall(r"data-w-block-arguments-value=\"([^\"]*)\"", text)
    said = [one.get_text(" ", strip=True) for one in found]
    for one in errors:
        _state, error = json.loads(html.unescape(one))
        if error:
            said.append(json.dumps(error))
    return [one for one in said if one]


def fields_of(text: str) -> dict[str, str]:
    page = BeautifulSoup(text, "html.parser")
    return {
        str(one["name"]): str(one.get("value", ""))
        for one in page.select("form input[name]")
        if one.get("type") not in ("checkbox", "radio", "submit")
    }


def form_of(text: str) -> dict[str, str]:
    """What a browser would post for the editing form on a page."""
    from screening_block.models import ChartRow, Screener, Threshold
    from tests.screening_block.posting import plain_fields, stream_fields

    data = dict(plain_fields(text).items())
    page = BeautifulSoup(text, "html.parser")
    token = page.select_one("form [name=csrfmiddlewaretoken]")
    data["csrfmiddlewaretoken"] = token["value"] if token else ""
    for place in page.select("[data-w-block-arguments-value]"):
        name = str(place["id"])
        for model in (Screener, Threshold, ChartRow):
            try:
                block = model._meta.get_field(name).stream_block
            except Exception:  # noqa: BLE001
                continue
            state, _error = json.loads(str(place["data-w-block-arguments-value"]))
            data.pop(name, None)
            data |= stream_fields(name, block, state)
            break
    return {name: first(value) for name, value in data.items()}


def first(value: Any) -> str:
    if isinstance(value, list):
        return first(value[0]) if value else ""
    return "" if value is None else str(value)


def change(what: str, word: str) -> dict[str, str]:
    """A sound change with `word` in several fields, whatever the draft was."""
    if what == "threshold":
        number = 300 + sum(word.encode()) % 100
        return {"values-0-number": str(number), "label": word, "checked_by": word}
    if what == "row":
        return {"label": f"PC 25400 {word}", "checked_by": word}
    return {
        "title": f"Small {word}",
        "intro": f"Introduction {word}",
        "questions-0-value-why": f"Why {word}",
        "findings-0-value-heading": f"Finding {word}",
        "findings-0-value-body": f"More than {{af_term}} can count, {word}.",
        "findings-0-value-applies_when": json.dumps(SOUND["applies_when"]),
        "facts-0-value-when": json.dumps(SOUND["when"]),
    }
