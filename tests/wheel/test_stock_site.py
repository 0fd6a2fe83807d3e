"""A site that does what docs/embedding.md says has screeners that work."""

from __future__ import annotations

import ast
import json
import re
import socket
import subprocess
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from .conftest import ROOT, Run, environment

GUIDE = (ROOT / "docs/embedding.md").read_text("utf-8")
SITE = "mysite"  # as the guide calls it
#: Several commands of Django in one process, which spares the start of each; and the
#: screener on the home page.
COMMANDS = """
import json, sys, django
from django.core.management import call_command
django.setup()
for command in json.loads(sys.argv[1]):
    call_command(*command)
from home.models import HomePage
from screening_block.models import Screener
home = HomePage.objects.get()
home.body = [("screener", Screener.objects.get())]
home.save_revision().publish()
"""
#: A file that the project reads if it is there. What is lost with the power is no loss.
QUICK = """
from .base import DATABASES
DATABASES["default"]["OPTIONS"] = {"init_command": "PRAGMA synchronous=OFF"}
"""

#: A site that shows the screeners of another: its settings name no app of ours.
PARTNER = """
import json, sys, django
from django.conf import settings
settings.configure(INSTALLED_APPS=["wagtail.embeds"])
django.setup()
from wagtail.embeds.embeds import get_finder_for_embed
from wagtail.embeds.finders import get_finders
for finders in json.loads(sys.argv[1]):
    settings.WAGTAILEMBEDS_FINDERS = finders
    get_finders.cache_clear()
    print(json.dumps(get_finder_for_embed(sys.argv[2]), default=str))
"""

pytestmark = pytest.mark.slow


def sample(first_line: str) -> str:
    """The sample of the guide that begins with a comment of this file."""
    [found] = re.findall(
        rf"```\w+\n(?:#|<!--) {re.escape(first_line)}.*?\n(.*?)```", GUIDE, re.DOTALL
    )
    return found


def commands() -> list[list[str]]:
    """What the guide calls `manage.py` with, in its order."""
    lines = re.findall(r"^python manage\.py (.+)$", GUIDE, re.MULTILINE)
    return [line.split() for line in lines]


@pytest.fixture(scope="module")
def project(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `wagtail start` makes, changed and set up as the guide says.

    Its page with a block gets a migration; beyond that it needs none of its own.
    """
    folder = tmp_path_factory.mktemp("stock")
    started = run(folder, "-m", "wagtail.bin.wagtail", "start", SITE, str(folder))
    assert started.returncode == 0, started.stderr
    for name in ("settings/base.py", "urls.py"):
        with (folder / SITE / name).open("a") as file:
            file.write("\n" + sample(f"mysite/{name}"))
    (folder / SITE / "settings/local.py").write_text(QUICK)
    for path in ("home/models.py", "home/templates/home/home_page.html"):
        (folder / path).write_text(sample(path))
    of_its_own = ["makemigrations", "home", "-v0"]
    proof = ["makemigrations", "--check", "--dry-run"]
    done = run(folder, "-c", COMMANDS, json.dumps([of_its_own, *commands(), proof]))
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def port(python: Path, project: Path) -> Iterator[int]:
    """Where the site is served while the tests of this file run."""
    port = free_port()
    env = environment(SITE)
    serve = [str(python), "manage.py", "runserver", "--noreload", f"localhost:{port}"]
    with (project / "server.log").open("w") as log:
        server = subprocess.Popen(serve, cwd=project, env=env, stdout=log, stderr=log)
        try:
            for _ in range(600):
                try:
                    HTTPConnection("localhost", port).connect()
                    break
                except OSError:
                    assert server.poll() is None, (project / "server.log").read_text()
                    time.sleep(0.1)
            yield port
        finally:
            server.terminate()
            server.wait()


def get(port: int, path: str) -> tuple[HTTPResponse, str]:
    connection = HTTPConnection("localhost", port, timeout=60)
    connection.request("GET", path)
    response = connection.getresponse()
    return response, response.read().decode()


def test_a_published_screener_shows_on_its_page(port: int) -> None:
    response, page = get(port, "/ca-firearm-expungement/")
    assert response.status == 200
    assert '<legal-screener src="/api/v1/screeners/ca-firearm-expungement/"' in page
    assert "What is your immigration status today?" in page
    assert response.headers["Set-Cookie"] is None


def test_files_that_visitors_saved_can_be_opened(port: int) -> None:
    response, page = get(port, "/open/")
    assert response.status == 200
    assert '<legal-screener handover src="/api/v1/releases/"' in page


def test_a_page_of_the_site_shows_it_by_the_block(port: int) -> None:
    page = get(port, "/")[1]
    assert '<section class="ls ls--embedded"' in page
    assert "What is your immigration status today?" in page
    assert "/static/screening_block/screener.css" in page


def test_every_file_that_the_page_names_is_served(port: int) -> None:
    page = get(port, "/ca-firearm-expungement/")[1]
    files = re.findall(
        r'(?:<script[^>]* src|<link rel="stylesheet" href)="(.+?)"', page
    )
    assert len(files) == 2
    source = re.search(r'<legal-screener src="(.+?)"', page)
    assert source
    for path in [*files, "/embed/v1/screener.css", source[1] + "?words=es"]:
        response, text = get(port, path)
        assert response.status == 200, path
        assert len(text) > 1000


def test_the_form_without_script_and_the_frame_answer(port: int) -> None:
    for path in (
        "/screeners/ca-firearm-expungement/",
        "/embed/v1/ca-firearm-expungement/",
    ):
        response, page = get(port, path)
        assert response.status == 200, path
        assert "What is your immigration status today?" in page


def test_the_api_works_out_what_answers_mean(port: int) -> None:
    connection = HTTPConnection("localhost", port, timeout=60)
    connection.request(
        "POST",
        "/api/v1/screeners/ca-firearm-expungement/evaluate/",
        json.dumps({"answers": {"immigration_status": "lpr"}}),
        {"Content-Type": "application/json"},
    )
    response = connection.getresponse()
    told = json.loads(response.read())
    assert response.status == 200
    assert told["findings"] and not told["complete"]
    assert response.headers["Cache-Control"] == "no-store"


def test_a_site_without_it_shows_a_screener_by_its_embeds(
    run: Run, port: int, tmp_path: Path
) -> None:
    guide = (ROOT / "docs/hosts.md").read_text("utf-8")
    site = f"http://localhost:{port}"
    guide = guide.replace("law\\.example", "law.example")
    guide = guide.replace("https://law.example", site)
    [ours] = re.findall(r"WAGTAILEMBEDS_FINDERS = (\[.*?\n\])", guide, re.DOTALL)
    [provider] = re.findall(r"\n(\{\n.*?\n\})\n", guide, re.DOTALL)
    finders = [ast.literal_eval(ours), [ast.literal_eval(provider)]]
    address = f"{site}/ca-firearm-expungement/"
    done = run(tmp_path, "-c", PARTNER, json.dumps(finders), address)
    assert done.returncode == 0, done.stderr
    by_ours, by_provider = map(json.loads, done.stdout.splitlines())
    for found in (by_ours, by_provider):
        assert found["title"] and found["provider_name"]
        assert f'<iframe src="{site}/embed/v1/ca-firearm-expungement/' in found["html"]
    assert f'src="{site}/embed/v1/frame.js"' in by_ours["html"]


def test_the_admin_opens(port: int) -> None:
    assert get(port, "/admin/login/")[0].status == 200
