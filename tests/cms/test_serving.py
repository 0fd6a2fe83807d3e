"""What the operations guide says of the server and the proxy, tried out."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
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


@pytest.fixture
def proxied(running, tmp_path):
    """The port of nginx with the documented lines, without TLS, before the server."""
    nginx = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
    if nginx is None:
        pytest.skip("nginx is not on this machine")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    lines = documented_nginx()
    lines = re.sub(r"server unix:\S+;", f"server unix:{running[1]};", lines)
    lines = lines.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
    lines = re.sub(r"ssl_certificate.*\n", "\n", lines)
    lines = lines.replace("$scheme", "https")
    own = "".join(
        f"{name}_temp_path {tmp_path}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;\n" if os.geteuid() == 0 else ""
    (tmp_path / "nginx.conf").write_text(
        f"{user}daemon off;\npid {tmp_path}/pid;\nerror_log {tmp_path}/error.log;\n"
        f"events {{}}\nhttp {{\n{own}{lines}}}\n"
    )
    process = subprocess.Popen(
        [nginx, "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")],
        stderr=subprocess.PIPE,
    )
    try:
        for _attempt in range(100):
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                assert process.poll() is None, process.stderr.read()
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait()


@pytest.mark.slow
def test_slow_clients_hold_no_worker_behind_the_documented_proxy(proxied):
    # The check for forged forms reads what was posted before any view is asked.
    begun = (
        b"POST /admin/login/ HTTP/1.1\r\nHost: law.example.org\r\n"
        b"Origin: https://law.example.org\r\n"
        b"Cookie: __Host-staff_csrf=" + b"x" * 32 + b"\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n"
        b"Content-Length: 1000\r\n\r\na"
    )
    slow = []
    try:
        for _client in range(30):
            connection = socket.create_connection(("127.0.0.1", proxied))
            connection.sendall(begun)
            slow.append(connection)
        asked = http.client.HTTPConnection("127.0.0.1", proxied, timeout=10)
        asked.request("GET", "/healthz", headers={"Host": "law.example.org"})
        assert asked.getresponse().status == 200
        # What is too large is refused before it is sent.
        asked = http.client.HTTPConnection("127.0.0.1", proxied, timeout=10)
        asked.putrequest("POST", "/admin/images/add/")
        asked.putheader("Content-Length", str(30 * 1024 * 1024))
        asked.endheaders()
        assert asked.getresponse().status == 413
    finally:
        for connection in slow:
            connection.close()
