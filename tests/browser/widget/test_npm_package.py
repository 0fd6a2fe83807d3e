"""The npm package: packed, installed and bundled as its users do, and walked."""

from __future__ import annotations

import copy
import json
import os
import re
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from screening_block import engine

from .conftest import ROOT, Visitor, long_list

pytestmark = pytest.mark.browser
BIN = Path(sys.executable).parent
EXAMPLES = ROOT / "clients/examples/vite"
#: The screener of the examples.
KEY = "ca-firearm-expungement"
MODULES = ROOT / "node_modules"
#: As `npm pack` takes them along, and no other.
FILES = {
    *("LICENSE", "README.md", "package.json", "index.js", "react.js", "vue.js"),
    *("types/index.d.ts", "types/react.d.ts", "types/vue.d.ts"),
}
#: A page that renders on a server: what is there before any script, and without one.
ON_A_SERVER = """
import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { createSSRApp, h } from "vue";
import { renderToString as renderVue } from "vue/server-renderer";
import { load } from "legal-screener";
import * as react from "legal-screener/react";
import * as vue from "legal-screener/vue";
await load("https://law.example");
const src = "https://law.example/api/v1/screeners/KEY/";
console.log(JSON.stringify([
  renderToString(createElement(
    react.LegalScreener, { src, className: "wide", seamless: true }, "TITLE")),
  await renderVue(createSSRApp(() => h(
    vue.LegalScreener, { src, class: "wide", seamless: true }, () => "TITLE"))),
]));
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder where the package is installed, with what else is here."""
    folder = tmp_path_factory.mktemp("project")
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    pack = ["npm", "pack", "--silent", "--pack-destination", str(folder)]
    env = os.environ | {"PATH": path, "npm_config_cache": str(folder / "cache")}
    subprocess.run(pack, cwd=ROOT / "clients/npm", env=env, check=True, timeout=60)
    modules = folder / "node_modules"
    modules.mkdir()
    for each in MODULES.iterdir():
        if not each.name.startswith("."):
            (modules / each.name).symlink_to(each)
    [packed] = folder.glob("*.tgz")
    with tarfile.open(packed) as tar:
        tar.extractall(folder, filter="data")
    (folder / "package").rename(modules / "legal-screener")
    return folder


def node(project: Path, *arguments: str) -> str:
    done = subprocess.run(
        [str(BIN / "node"), *arguments],
        cwd=project,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def bundled(project: Path, site: str, example: str) -> str:
    """What a bundler makes of an example, for screeners of a site."""
    out = project / "bundle.js"
    # From a copy beside the installed package, as in a project of its users.
    copied = project / example
    text = (EXAMPLES / example).read_text("utf-8")
    text = text.replace("https://law.example", site).replace(KEY, "small")
    copied.write_text(text)
    node(
        project,
        str(MODULES / "esbuild/bin/esbuild"),
        *(str(copied), "--bundle", "--format=esm", "--jsx=automatic", "--minify"),
        *(f"--outfile={out}", "--log-level=error"),
        "--define:process.env.NODE_ENV='production'",
    )
    return out.read_text("utf-8")


def query(route: Any) -> str:
    """What an address asks for."""
    return str(route.request.url).partition("?")[2]


@pytest.fixture
def partner(visitor: Visitor) -> Visitor:
    """A tab of another site; the release is in English and Spanish."""
    data = copy.deepcopy(long_list())
    data["texts"]["es"] = {"questions": {"status": {"label": "Su situación hoy"}}}
    visitor.host.releases["small"] = engine.load_release(data)
    visitor.page.route(
        re.compile("/screeners/small/.words="),
        lambda r: r.continue_(url=f"{visitor.host.url}/release/small?{query(r)}"),
    )
    return visitor


def test_it_holds_what_it_needs_and_no_copy_of_the_element(project: Path) -> None:
    package = project / "node_modules/legal-screener"
    found = {str(p.relative_to(package)) for p in package.rglob("*") if p.is_file()}
    assert found == FILES
    assert sum((package / name).stat().st_size for name in FILES) < 30_000
    assert (package / "LICENSE").read_text() == (ROOT / "LICENSE").read_text()
    about = json.loads((package / "package.json").read_text())
    assert "dependencies" not in about
    version = f'version = "{about["version"]}"'
    assert version in (ROOT / "pyproject.toml").read_text()


def test_it_renders_on_a_server_with_what_stands_inside(project: Path) -> None:
    (project / "server.mjs").write_text(ON_A_SERVER)
    for html in json.loads(node(project, "server.mjs")):
        tag, _, inside = html.partition(">")
        assert tag.startswith("<legal-screener ")
        assert 'src="https://law.example/api/v1/screeners/KEY/"' in tag
        assert " seamless" in tag
        assert 'class="wide"' in tag
        assert "min-height:640px" in tag
        assert "TITLE" in inside and inside.endswith("</legal-screener>")
    source = (project / "node_modules/legal-screener/react.js").read_text()
    assert source.startswith('"use client";'), "a component of the App Router of Next"


@pytest.mark.parametrize("example", ["react.tsx", "vue.ts"])
def test_a_component_shows_what_comes_late_and_changes(
    project: Path, partner: Visitor, example: str
) -> None:
    page, host, screener = partner.page, partner.host, partner.screener
    script = {"Content-Type": "text/javascript; charset=utf-8"}
    host.pages["/bundle.js"] = (bundled(project, host.url, example), script)
    away = "https://www.weather.gov/"
    page.route(away, lambda route: route.fulfill(body="Weather"))
    body = '<div id="root"></div><script type="module" src="/bundle.js"></script>'
    partner.open(body, path="/page")
    expect(screener).to_have_class("wide")
    expect(screener).to_have_css("min-height", "640px")
    assert page.locator("script").count() == 1, "nothing is loaded without an address"
    for _again in range(2):
        # What stands inside is the framework's: it comes, changes and goes with it.
        page.get_by_role("button", name="Which one").click()
        screener.get_by_role("button", name="Start").wait_for()
        link = screener.locator("a[href$='/screeners/small/']")
        assert link.count() == 1
        page.get_by_role("button", name="None").click()
        expect(link).to_have_count(0)
        expect(screener.get_by_role("button", name="Start")).to_have_count(0)
    page.get_by_role("button", name="Which one").click()
    partner.start()
    assert page.locator("script").count() == 2
    screener.get_by_label("Green card").check()
    # The page's own, not that of the screener.
    page.get_by_role("button", name="Español").first.click()
    screener.get_by_role("heading", name="Su situación hoy").wait_for()
    expect(partner.find("#o-lpr")).to_be_checked()
    expect(page.locator("output")).to_have_text("started small")
    partner.find("#o-citizen").check()
    partner.press("Continuar").press("Ver el resultado")
    expect(page.locator("output")).to_have_text("started small finished small")
    page.get_by_role("button", name="Leave").click()
    page.wait_for_url(away)


def test_the_loader_says_what_failed_and_tries_again(
    project: Path, partner: Visitor
) -> None:
    page, host = partner.page, partner.host
    source = (project / "node_modules/legal-screener/index.js").read_text()
    host.pages["/index.js"] = (source, {"Content-Type": "text/javascript"})
    partner.open("<p id=place>", path="/page")
    page.route("**/embed/v1/screener.js", lambda route: route.abort())
    ask = f"""async () => {{
      const {{ load }} = await import("/index.js");
      try {{ await Promise.all([load("{host.url}"), load("{host.url}/")]); }}
      catch (error) {{ return error.message; }}
      return [...document.scripts].map((one) => one.src);
    }}"""
    address = f"{host.url}/embed/v1/screener.js"
    assert page.evaluate(ask).endswith(address)
    # The browser itself reports what did not load.
    partner.complaints.clear()
    page.unroute("**/embed/v1/screener.js")
    assert page.evaluate(ask) == [address]
    assert page.evaluate(ask) == [address]
    inside = f'<legal-screener src="{host.url}/api/v1/screeners/small/">'
    page.evaluate("html => { place.innerHTML = html }", inside)
    partner.screener.get_by_role("button", name="Start").wait_for()
