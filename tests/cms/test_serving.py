"""What the operations guide says of the server and the proxy, tried out."""

import os
import re
import signal
import sys
import time

import pytest
from django.conf import settings

from tests.serving import (
    ask,
    documented_command,
    documented_nginx,
    production,
    server,
    workers,
)


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """The documented server: its process and its socket. Only /healthz is there."""
    folder = tmp_path_factory.mktemp("site")
    path = folder / "site.sock"
    with server(
        documented_command(path), production(folder), path, folder / "log"
    ) as process:
        yield process, path


def health(path):
    status, _headers, body = ask(path, "/healthz")
    return status, b'"ok"' in body


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_the_documented_server_replaces_a_worker_that_dies(running):
    process, path = running
    before = set(workers(process))
    assert len(before) >= 2
    for victim in before:
        os.kill(victim, signal.SIGKILL)
    # None is left to answer: the next ones do, and the server itself is the same.
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            assert health(path) == (200, True)
            break
        except OSError:
            time.sleep(0.1)
    assert process.poll() is None
    after = set(workers(process))
    assert after
    assert not after & before


@pytest.mark.slow
def test_the_documented_server_answers_one_request_per_connection(running):
    _process, path = running
    status, headers, _body = ask(path, "/healthz", headers={"Connection": "keep-alive"})
    assert status == 200
    assert headers["Connection"] == "close"
    assert os.stat(path).st_mode & 0o777 == 0o660


def test_the_start_command_holds_what_the_guide_says_of_it():
    command = documented_command("site.sock")
    assert "--respawn-failed-workers" in command
    assert command[command.index("--blocking-threads") + 1] == "1"
    assert command[command.index("--backpressure") + 1] == "1"
    assert "--no-http1-keep-alive" in command
    assert command[command.index("--interface") + 1] == "wsgi"


def test_the_lines_for_nginx_let_every_upload_through_and_hold_what_is_promised():
    lines = documented_nginx()
    largest = re.search(r"client_max_body_size (\d+)m;", lines)
    uploads = (
        settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE,
        settings.WAGTAILDOCS_MAX_UPLOAD_SIZE,
    )
    assert int(largest[1]) * 1024 * 1024 > max(uploads)
    for needed in (
        "proxy_request_buffering on;",
        "proxy_buffering on;",
        "proxy_set_header X-Forwarded-For $remote_addr;",
        "proxy_set_header X-Forwarded-Proto $scheme;",
        "proxy_set_header Host $host;",
        "proxy_set_header Connection close;",
        "access_log off;",
    ):
        assert needed in lines
    command = documented_command("/elsewhere")
    assert "/elsewhere" in command
    socket_in_lines = re.search(r"server unix:(\S+);", lines)[1]
    guide = (settings.BASE_DIR / "docs" / "operations.md").read_text("utf-8")
    assert f"--uds {socket_in_lines} " in guide
    assert f"rm -f {socket_in_lines}\n" in guide
