"""The clients of the content API: of its types, and at work on the running site."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import timedelta
from importlib import util
from pathlib import Path
from typing import Any

import pytest
from django.urls import resolve
from django.utils import timezone
from wagtail.models import Site

from cms.articles.models import ArticlePage
from cms.previews.models import DraftLink
from cms.views import build_openapi
from screening_block.help.models import HelpEntry
from screening_block.models import Release
from screening_block.packs.load import load_pack
from tests.cms.conftest import build_site
from tests.cms.factories import make_term
from tests.cms.test_api_schema import OF_ANOTHER_HISTORY
from tests.screening_block import small

pytestmark = pytest.mark.once
ROOT = Path(__file__).resolve().parents[2]
CLIENTS, NODE = ROOT / "clients", ROOT / ".venv/bin/node"
TSC = [NODE, ROOT / "node_modules/typescript/bin/tsc"]
ANSWERS = {"status": "lpr", "days": 400}


def load(path: Path) -> Any:
    spec = util.spec_from_file_location(path.stem, path)
    assert spec and spec.loader
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(*words: Any, **more: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words, cwd=ROOT, capture_output=True, text=True, check=False, **more
    )


def test_both_have_the_types_of_the_description() -> None:
    schemas = json.loads(json.dumps(build_openapi()))["components"]["schemas"]
    for path, write in load(CLIENTS / "generate.py").FILES.items():
        # `make shapes` writes them anew.
        assert path.read_text("utf-8") == write(schemas), path.name


def test_a_compiler_names_the_block_that_was_forgotten(tmp_path: Path) -> None:
    assert run(*TSC, "-p", "tsconfig.content.json").stdout == ""
    # Beside what it imports, so that the same settings hold.
    source = (CLIENTS / "examples/fetcher/wordpress.ts").read_text("utf-8")
    less = re.sub(r'    case "notice":\n.*\n', "", source)
    assert less != source
    whole = json.loads((ROOT / "tsconfig.content.json").read_text())
    (tmp_path / "less.ts").write_text(less)
    whole["extends"] = str(ROOT / "tsconfig.json")
    whole["compilerOptions"]["paths"] = {
        "legal-content": [str(CLIENTS / "typescript/index.ts")]
    }
    whole["include"] = ["less.ts"]
    (tmp_path / "tsconfig.json").write_text(json.dumps(whole))
    said = run(*TSC, "-p", tmp_path / "tsconfig.json").stdout
    assert "NoticeBlock" in said and "never" in said


def test_mypy_finds_nothing_to_say(tmp_path: Path) -> None:
    build = CLIENTS / "examples/static_site/build.py"
    mirror = CLIENTS / "examples/mirror/mirror.py"
    source = build.read_text("utf-8")
    less = source.replace('    if block["type"] == "kept":\n        return ""\n', "")
    assert less != source
    (tmp_path / "less.py").write_text(less)
    mypy = [sys.executable, "-m", "mypy", "--strict", "--config-file="]
    mypy += ["--cache-dir", str(ROOT / "var/mypy_clients")]
    env = {**os.environ, "MYPYPATH": str(CLIENTS / "python")}
    said = run(*mypy, build, mirror, tmp_path / "less.py", env=env).stdout
    assert "less.py" in said and "KeptBlock" in said
    assert said.count("error:") == 1


def make_content() -> None:
    build_site()
    root = Site.objects.get(is_default_site=True).root_page
    page = load_pack("small_pack", small.release(), root).screener
    short = ArticlePage.objects.get(slug="short")
    short.body = [{"type": "screener", "value": page.pk}]
    short.save_revision().publish()
    HelpEntry.objects.create(
        key="hotline",
        name="Hotline",
        subjects=["immigration"],
        source="https://example.org/",
        checked_on=timezone.localdate(),
        live=True,
    )
    make_term("bail")


@pytest.fixture(scope="module")
def content(fill: Any) -> None:
    fill("clients", make_content)


@pytest.fixture
def site(content: None, db: None, live_server: Any, settings: Any) -> str:
    """The address of the running site."""
    settings.ALLOWED_HOSTS = ["*"]
    # As the address in links.
    host, port = live_server.url.removeprefix("http://").split(":")
    Site.objects.update(hostname=host, port=port)
    Site.clear_site_root_paths_cache()
    return str(live_server.url)


def make_link() -> str:
    """The token of a link to a draft."""
    page = ArticlePage.objects.get(slug="short")
    ends = timezone.now() + timedelta(days=1)
    return DraftLink.objects.create(page=page, ends_at=ends).token


def list_paths() -> set[str]:
    """The pattern of every endpoint that is read."""
    found = build_openapi()["paths"].items()
    return {path for path, methods in found if "get" in methods}


def find_pattern(path: str) -> str:
    """The path of the description that an address belongs to."""
    route = "/" + resolve(path).route.replace("^", "").replace("$", "")
    route = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"{\1}", route)
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route)


def test_the_python_client_reads_every_endpoint(site: str, monkeypatch: Any) -> None:
    monkeypatch.syspath_prepend(str(CLIENTS / "python"))
    from legal_content import LegalContent, ProblemError

    asked: list[str] = []

    class Noting(LegalContent):
        def _open(self, address: str, *more: Any) -> Any:
            asked.append(address.removeprefix(site).partition("?")[0])
            return super()._open(address, *more)

    client = Noting(site)
    assert client.index()["articles"].endswith("/api/v1/articles/")
    slugs = [one["slug"] for one in client.every_article(limit=1, fields=["slug"])]
    assert sorted(slugs) == ["full", "short"]
    article = client.article("short", expand="screener")
    assert article["body"][0]["type"] == "screener"
    assert client.topics()["count"] == 2
    assert client.topic("firearms")["slug"] == "firearms"
    assert client.terms()["results"][0] == client.term("bail")
    path = client.pages(type="standard")["results"][0]["path"]
    assert client.page(path)["slug"] == path
    assert client.site()["home"]
    assert client.preview(make_link())["draft"] is True
    assert client.help()["count"] == 1
    assert client.help_entry("hotline")["key"] == "hotline"
    (screener,) = client.screeners()
    release = client.screener(screener["key"])
    assert (
        release
        == client.release(screener["release"])
        == client.release(Release.objects.get().sha256)
    )
    assert len(client.screener_help("small")["entries"]) == 1
    for threshold in client.thresholds():
        assert client.threshold(threshold["key"]) == threshold
    assert client.chart("statutes")["rows"]
    parts = list(client.follow())
    assert [part.anew for part in parts] == [True] and parts[-1].complete
    told = parts[0].results
    (changed,) = [
        one for one in told if one["type"] == "article" and one["slug"] == "short"
    ]
    assert client.read(changed) == client.article("short")
    assert [part.results for part in client.follow(parts[-1].cursor)] == [[]]
    assert client.evaluate("small", ANSWERS)["screener"] == "small"
    assert {find_pattern(path) for path in asked} >= list_paths()
    # The second time it is told that nothing changed, and has it all the same.
    assert client.article("short", expand="screener") == article
    with pytest.raises(ProblemError) as refused:
        client.articles(limit=0)
    assert refused.value.problem["errors"][0]["path"] == "limit"


def test_a_static_site_is_built_from_the_api_alone(
    site: str, monkeypatch: Any, tmp_path: Path
) -> None:
    monkeypatch.syspath_prepend(str(CLIENTS / "python"))
    from legal_content import LegalContent

    build = load(CLIENTS / "examples/static_site/build.py").build
    built = build(LegalContent(site), tmp_path)
    files = {path.name: path.read_text() for path in built}
    assert set(files) == {"full.html", "short.html"}
    shown = f'<legal-screener src="{site}/api/v1/screeners/small/"'
    assert shown in files["short.html"]
    assert 'href="short.html"' in files["full.html"]
    assert "srcset=" in files["full.html"] and "<cite>INA" in files["full.html"]


def test_a_folder_is_kept_as_the_site_is(
    site: str, monkeypatch: Any, tmp_path: Path
) -> None:
    monkeypatch.syspath_prepend(str(CLIENTS / "python"))
    from legal_content import LegalContent

    mirror, client = load(CLIENTS / "examples/mirror/mirror.py"), LegalContent(site)
    folder, other = tmp_path / "kept", tmp_path / "anew"

    def compare() -> set[str]:
        for file in other.rglob("*"):
            if file.is_file():
                file.unlink()
        mirror.update(client, folder)
        mirror.update(client, other)
        held = [
            {
                str(file.relative_to(one)): file.read_text()
                for file in one.rglob("*.json")
            }
            for one in (folder, other)
        ]
        assert held[0] == held[1]
        return set(map(str, held[0]))

    files = compare()
    page = f"pages/{ArticlePage.objects.get(slug='short').pk}.json"
    assert {page, "screeners/small.json", "sites/en.json"} <= files
    ArticlePage.objects.filter(slug="short").update(summary="Anew.")
    assert mirror.update(client, folder) > 0
    assert json.loads((folder / page).read_text())["summary"] == "Anew."
    assert mirror.update(client, folder) == 0
    ArticlePage.objects.get(slug="short").unpublish()
    assert page not in compare()
    # The cursor cannot be followed any more, and something went meanwhile.
    (folder / "cursor.txt").write_text(OF_ANOTHER_HISTORY)
    ArticlePage.objects.get(slug="full").delete()
    assert len(compare()) < len(files) - 1


SCRIPT = """
import { LegalContent, ProblemError } from "./index.js";
import { makePosts } from "./wordpress.js";
import { renderToStaticMarkup } from "react-dom/server";
import ArticlePage, { listSlugs } from "./page.js";

async function main() {
const [address, answers, token] = process.argv.slice(2);
const asked = [];
const site = new LegalContent(address, (url, how) => {
  asked.push(new URL(url).pathname);
  return fetch(url, how);
});
await site.index();
await site.topics();
await site.site();
await site.topic("firearms");
await site.terms();
await site.term("bail");
const thresholds = await site.thresholds();
await site.threshold(thresholds[0].key);
await site.helpEntry("hotline");
await site.chart("statutes");
const told = [];
let cursor;
for await (const part of site.follow()) {
  for (const change of part.results) told.push([change.type, await site.read(change)]);
  cursor = part.cursor;
}
const more = [];
for await (const part of site.follow(cursor)) more.push(part.anew, part.results.length);
const anew = [];
const old = "OLD";
for await (const part of site.follow(old)) anew.push(part.anew, part.complete);
const [screener] = await site.screeners();
await site.screener(screener.key);
await site.release(screener.release);
await site.screenerHelp(screener.key);
await site.help();
await site.preview(token);
const pages = await site.pages();
await site.page(pages.results[0].id);
const result = await site.evaluate("small", JSON.parse(answers));
const again = [await site.article("full"), await site.article("full")];
let refused;
try {
  await site.articles({ limit: 0 });
} catch (error) {
  refused = error instanceof ProblemError && error.problem.errors[0].path;
}
const page = async (slug) => renderToStaticMarkup(await ArticlePage({ slug, site }));
console.log(JSON.stringify({
  asked, refused, screener: result.screener, slugs: await listSlugs(site),
  same: JSON.stringify(again[0]) === JSON.stringify(again[1]),
  posts: await makePosts(site), full: await page("full"), short: await page("short"),
  none: await ArticlePage({ slug: "none", site }),
  told: told.length, more, anew,
}));
}
main();
"""


def test_the_typescript_client_reads_every_endpoint(site: str, tmp_path: Path) -> None:
    (tmp_path / "entry.js").write_text(
        SCRIPT.replace('"OLD"', json.dumps(OF_ANOTHER_HISTORY))
        .replace("./index.js", str(CLIENTS / "typescript/index.ts"))
        .replace("./wordpress.js", str(CLIENTS / "examples/fetcher/wordpress.ts"))
        .replace("./page.js", str(CLIENTS / "examples/fetcher/page.tsx"))
    )
    bundled = run(
        NODE,
        ROOT / "node_modules/esbuild/bin/esbuild",
        tmp_path / "entry.js",
        "--bundle",
        "--platform=node",
        "--format=cjs",
        "--jsx=automatic",
        f"--alias:legal-content={CLIENTS / 'typescript/index.ts'}",
        f"--outfile={tmp_path / 'all.js'}",
        env={**os.environ, "NODE_PATH": str(ROOT / "node_modules")},
    )
    assert bundled.returncode == 0, bundled.stderr
    done = run(NODE, tmp_path / "all.js", site, json.dumps(ANSWERS), make_link())
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert {find_pattern(path) for path in said["asked"]} >= list_paths()
    assert (said["screener"], said["refused"], said["same"]) == ("small", "limit", True)
    assert [one["slug"] for one in said["slugs"]] == ["full", "short"]
    assert said["none"] is None
    assert said["told"] > 20
    assert (said["more"], said["anew"]) == ([False, 0], [True, True])
    assert f'<legal-screener src="{site}/api/v1/screeners/small/"' in said["short"]
    assert 'href="/guides/short"' in said["full"] and "srcSet=" in said["full"]
    posts = {post["slug"]: post["content"] for post in said["posts"]}
    assert posts["short"] == (
        '<!-- wp:shortcode -->\n[legal_screener key="small"]\n<!-- /wp:shortcode -->'
    )
    heading = '<!-- wp:heading -->\n<h2 class="wp-block-heading">What counts'
    assert heading in posts["full"]
