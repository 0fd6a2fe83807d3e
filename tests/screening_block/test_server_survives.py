"""The running server, as it is deployed, outlives whatever is uploaded to it."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
import requests
from django.conf import settings
from django.db import connection
from django.urls import reverse

from tests.cms.images import pictures
from tests.screening_block.packs import hostile

from .law.test_hostile_sheets import HOSTILE

FILES = [
    "sequences",
    "mappings",
    "pairs",
    "dashes",
    "indented keys",
    "keys of keys",
    "not",
    "300,000 keys",
    "tag directives",
    "5,000 digits",
    "accents",
]


def address_of_database() -> str:
    """The database of the tests, for another process."""
    found: dict[str, Any] = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    login = quote(str(found["USER"]))
    if found["PASSWORD"]:
        login += f":{quote(str(found['PASSWORD']))}"
    port = f":{found['PORT']}" if found["PORT"] else ""
    return f"postgres://{login}@{found['HOST']}{port}/{found['NAME']}"


@pytest.fixture
def server(transactional_db, tmp_path) -> Iterator[tuple[str, subprocess.Popen]]:
    """Its address, and the process. A worker that dies is not replaced here."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cms.settings.base",
        "SECRET_KEY": settings.SECRET_KEY,
        "DATABASE_URL": address_of_database(),
        "CACHE_URL": "locmem://",
        "VAR_DIR": str(tmp_path),
    }
    line = (
        "--interface wsgi --no-ws --workers 2 --blocking-threads 1 --log-level warning"
    )
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "granian", *line.split()),
                *("--host", "127.0.0.1", "--port", str(port), "cms.wsgi:application"),
            ],
            env=env,
            stdout=log,
            stderr=log,
        )
        site = f"http://127.0.0.1:{port}"
        try:
            limit = time.monotonic() + 90
            while not answers(site):
                assert process.poll() is None, (tmp_path / "log").read_text()
                assert time.monotonic() < limit, "it does not start"
                time.sleep(0.3)
            yield site, process
        finally:
            process.terminate()
            process.wait(30)


def answers(site: str) -> bool:
    try:
        return requests.get(f"{site}/healthz", timeout=20).status_code == 200
    except requests.ConnectionError:
        return False


class Staff:
    """Somebody with a browser, who is logged in."""

    def __init__(self, site: str, client: Any) -> None:
        self.site = site
        self.session = requests.Session()
        name = settings.SESSION_COOKIE_NAME
        self.session.cookies.set(name, client.cookies[name].value)

    def upload(self, path: str, field: str, name: str, data: bytes, **more: str) -> Any:
        form = self.session.get(f"{self.site}{path}", timeout=60).text
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)
        assert token
        return self.session.post(
            f"{self.site}{path}",
            {"csrfmiddlewaretoken": token[1], **more},
            files={field: (name, data)},
            headers={"Origin": self.site, "Referer": f"{self.site}{path}"},
            timeout=120,
            allow_redirects=False,
        )


@pytest.mark.slow
def test_no_upload_ends_the_server_or_holds_it(server, editor, small_pack) -> None:
    site, process = server
    staff = Staff(site, editor)
    over = threading.Event()
    slow, failed = [], []

    def others() -> None:
        while not over.wait(0.2):
            begun = time.monotonic()
            if not answers(site):
                failed.append(time.monotonic())
            slow.append(time.monotonic() - begun)

    visitor = threading.Thread(target=others)
    visitor.start()
    try:
        take_in = reverse("screening_block_take_in")
        for name in FILES:
            text, said = hostile.REFUSED[name]
            for _again in range(2):
                page = staff.upload(take_in, "file", "f", text.encode())
                assert page.status_code == 422, name
                assert said in page.text, name
        for name, (text, _row) in HOSTILE.items():
            sheet = reverse("screening_scenarios:import", args=[small_pack])
            data = (text % {"head": "Name,Why"}).encode()
            page = staff.upload(sheet, "file", "a.csv", data)
            assert page.status_code == 422, name
            assert "Row" in page.text, name
        for name in ("a bomb of a PNG", "a truncated PNG", "a header and zeros"):
            page = staff.upload(
                reverse("wagtailimages:add"),
                "file",
                *pictures.BAD[name],
                title="x",
                collection="1",
            )
            assert page.status_code == 200, name
            assert "error-message" in page.text, name
        large = requests.post(
            f"{site}/api/v1/screeners/small/evaluate/",
            b" " * 2_000_000,
            headers={"Content-Type": "application/json"},
            timeout=60,
        )
        assert large.status_code == 413
    finally:
        over.set()
        visitor.join()
    assert process.poll() is None
    assert len(slow) > 5
    assert not failed
    assert answers(site)
