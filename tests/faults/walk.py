"""Random requests over every view: fields missing, doubled and hostile.

Each is answered in a transaction that is undone, so that the walk does not end with
the first request that deletes what it walks over.
"""

from __future__ import annotations

import json
import logging
import random
import sys
import traceback
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import bs4
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import got_request_exception
from django.db import transaction
from django.http import QueryDict
from django.test import Client

from tests.screening_block.posting import stream_fields

from .addresses import Address, Places, addresses
from .content import MARKETING, SUPERUSER
from .hostile import HOSTILE, JSON, KNOWN, NAMES

ROLES: dict[str | None, tuple[int, int]] = {
    # How often in the admin, and elsewhere.
    SUPERUSER: (60, 15),
    MARKETING: (30, 15),
    None: (10, 70),
}


@dataclass
class Fault:
    """One answer of 500, and how to have it again."""

    seed: int
    request: str
    error: str
    where: str


@dataclass
class Walked:
    requests: int = 0
    posts: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    patterns: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)
    #: What code that is not ours tripped over, answered as a 400.
    misread: Counter[str] = field(default_factory=Counter)


class Walk:
    """The request of a seed is always the same, whatever others were made."""

    def __init__(self, only: str = "") -> None:
        self.addresses = [a for a in addresses() if only in a.template]
        self.clients = {name: _client(name) for name in ROLES}
        self.cookies = {name: c.cookies.output() for name, c in self.clients.items()}
        self.forms: dict[tuple[str, Any], list[QueryDict]] = {}
        self.places = Places()
        self.error = ""
        got_request_exception.connect(self._note, weak=False)
        self.misread: Counter[str] = Counter()
        self.unknown: list[str] = []
        logger = logging.getLogger("cms.faults")
        logger.addFilter(self._note_misread)

    def close(self) -> None:
        got_request_exception.disconnect(self._note)
        logging.getLogger("cms.faults").removeFilter(self._note_misread)

    def _note(self, **_kwargs: Any) -> None:
        self.error = traceback.format_exc()

    def _note_misread(self, record: logging.LogRecord) -> bool:
        if record.exc_info and (error := record.exc_info[1]):
            told = "\n        ".join(_told(_trace(error)))
            self.misread[told] += 1
            file = traceback.extract_tb(error.__traceback__)[-1].filename
            kind = type(error).__name__, file.partition("site-packages/")[2]
            if kind not in KNOWN:
                self.unknown.append(told)
        return True

    def run(self, seeds: range) -> Walked:
        """Request after request; one in five is a GET."""
        done = Walked()
        for seed in seeds:
            self.one(seed, done)
        done.misread = self.misread
        return done

    def visit(self) -> Walked:
        """Every address there is as the superuser, with nothing wrong about it."""
        done = Walked()
        for address in self.addresses:
            url = self.places.fill(address, random.Random(1), wrong=0)
            self.error = ""
            self.unknown.clear()
            status = self._ask(SUPERUSER, {"method": "GET", "path": url}).status_code
            self._count(done, 1, address, f"GET {url}", status)
        return done

    def one(self, seed: int, done: Walked) -> None:
        chance = random.Random(seed)
        address = self.addresses[seed % len(self.addresses)]
        url = self.places.fill(address, chance)
        often = [weights[not address.admin] for weights in ROLES.values()]
        role = chance.choices(list(ROLES), often)[0]
        if chance.random() < 0.2:
            query = urlencode(_fields(chance, QueryDict()), doseq=True)
            call = {"method": "GET", "path": f"{url}?{query}"}
        else:
            call = {"method": "POST", **self._post(chance, address, url, role)}
        self.error = ""
        self.unknown.clear()
        status = self._ask(role, call).status_code
        done.posts += call["method"] == "POST"
        self._count(done, seed, address, f"{role}: {call}", status)

    def _count(
        self, done: Walked, seed: int, address: Address, asked: str, status: int
    ) -> None:
        done.requests += 1
        done.statuses[status] += 1
        done.patterns.add(address.template)
        if status >= 500:
            done.faults.append(Fault(seed, asked[:600], *_told(self.error)))
        for told in self.unknown:
            done.faults.append(
                Fault(seed, asked[:600], "not known to be Wagtail's", told)
            )

    def _ask(self, role: Any, call: dict[str, Any]) -> Any:
        client = self.clients[role]
        client.cookies.load(self.cookies[role].replace("Set-Cookie: ", ""))
        with transaction.atomic():
            answer = client.generic(**call)
            if answer.streaming:
                # To its end: Django's client then closes it without the database.
                list(answer.streaming_content)
            transaction.set_rollback(True)
        if answer.cookies:
            self.clients[role] = _client(role, self.cookies[role])
        return answer

    def _post(
        self, chance: random.Random, address: Address, url: str, role: Any
    ) -> dict[str, Any]:
        kind = chance.random()
        if kind < 0.08 or (kind < 0.6 and url.startswith("/api/")):
            body = chance.choice(JSON)
            return {"path": url, "data": body, "content_type": "application/json"}
        forms = self._forms(url, role) if kind < 0.8 else []
        given = chance.choice(forms).copy() if forms else QueryDict(mutable=True)
        given = _fields(chance, given)
        if kind < 0.2:
            # As multipart, with files where some are expected.
            files = {"file": _file(chance), "files[]": _file(chance)}
            data, content_type = _multipart({**given, **files})
            return {"path": url, "data": data, "content_type": content_type}
        headers = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"} if kind > 0.9 else {}
        return {
            "path": url,
            "data": urlencode(given, doseq=True, errors="surrogatepass"),
            "content_type": "application/x-www-form-urlencoded",
            **headers,
        }

    def _forms(self, url: str, role: Any) -> list[QueryDict]:
        """The forms of a page, as a browser would send them unchanged."""
        if (url, role) not in self.forms:
            answer = self._ask(role, {"method": "GET", "path": url})
            html = "" if answer.streaming else answer.content.decode(errors="replace")
            if answer.get("Content-Type", "").startswith("application/json"):
                read = json.loads(html or "{}")
                html = str(read.get("html", "")) if isinstance(read, dict) else ""
            found = []
            if "<form" in html:
                soup = bs4.BeautifulSoup(html, "html.parser")
                found = [_filled(form) for form in soup.find_all("form", method=True)]
                _add_streams(found, answer.context)
            self.forms[url, role] = [form for form in found if form]
        return self.forms[url, role]


def _client(name: str | None, cookies: str = "") -> Client:
    client = Client(raise_request_exception=False)
    if cookies:
        client.cookies.load(cookies.replace("Set-Cookie: ", ""))
    elif name:
        users: Any = get_user_model()._default_manager
        client.force_login(
            users.get(username=name), "django.contrib.auth.backends.ModelBackend"
        )
    return client


def _filled(form: Any) -> QueryDict:
    from wagtail.test.utils.form_data import _querydict_from_form

    return _querydict_from_form(form)


def _add_streams(forms: list[QueryDict], context: Any) -> None:
    """The fields of streams, which scripts make, to the form that edits them."""
    editing = context and "form" in context and context["form"]
    for name, edited in getattr(editing, "fields", {}).items():
        if hasattr(edited, "block"):
            state = edited.block.get_form_state(editing[name].value())
            for form in forms:
                if "title" in form or "label" in form:
                    form.update(stream_fields(name, edited.block, state))


def _fields(chance: random.Random, given: Any) -> dict[str, list[str]]:
    """What is sent: some fields missing, some twice, some not what they were."""
    sent = {name: list(values) for name, values in given.lists()}
    spoil = chance.choice((0.02, 0.1, 0.4))
    for name in list(sent):
        luck = chance.random()
        if luck < spoil / 2:
            del sent[name]
        elif luck < spoil:
            sent[name] = [_hostile(chance)]
        elif luck < spoil * 1.2:
            sent[name] = [*sent[name], _hostile(chance)]
    for _ in range(chance.choice((0, 0, 1, 3, 8))):
        sent[chance.choice(NAMES.split())] = [
            _hostile(chance) for _ in range(chance.choice((1, 1, 2)))
        ]
    return sent


def _hostile(chance: random.Random) -> str:
    return chance.choice(HOSTILE)


def _file(chance: random.Random) -> SimpleUploadedFile:
    name = chance.choice(("a.png", "a.csv", "a.yaml", "x" * 300, "a", "a.txt"))
    body = chance.choice(
        (b"", b"a,b\n1", b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, b"\xff", b"a: [", b"{}")
    )
    return SimpleUploadedFile(name, body)


def _multipart(data: dict[str, Any]) -> tuple[bytes, str]:
    from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

    return encode_multipart(BOUNDARY, data), MULTIPART_CONTENT


def _trace(error: BaseException | None) -> str:
    return "".join(traceback.format_exception(error))


def _told(error: str) -> tuple[str, str]:
    """The last line of a trace, and the innermost places of it."""
    lines = error.strip().splitlines() or ["(no exception)"]
    places = [line.strip() for line in lines if line.strip().startswith("File ")]
    return lines[-1][:300], "\n        ".join(places[-4:])


def report(done: Walked, out: Any = sys.stdout) -> None:
    """Each fault once, with how often, and the figures."""
    kinds: dict[str, list[Fault]] = {}
    for fault in done.faults:
        kinds.setdefault(fault.where or fault.error, []).append(fault)
    for same in sorted(kinds.values(), key=len, reverse=True):
        first = same[0]
        print(
            f"{len(same)} x {first.error}\n    seed {first.seed}: {first.request}",
            file=out,
        )
        print(f"        {first.where}", file=out)
    for same, number in done.misread.most_common():
        print(f"answered with 400, {number} x {same}", file=out)
    statuses = ", ".join(f"{n} x {code}" for code, n in sorted(done.statuses.items()))
    print(
        f"{done.requests:,} requests, {done.posts:,} posts over {len(done.patterns)}"
        f" patterns: {len(done.faults)} faults ({statuses})",
        file=out,
    )
