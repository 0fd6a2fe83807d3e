"""Does a real WordPress show screeners by its plugin? No arguments needed:

    .venv/bin/python benchmarks/hosts_wordpress.py [--record] [--keep]

Builds the plugin, sets up Debian's WordPress with MariaDB and PHP's own server in a
folder of its own, installs the plugin by the page of plugins, sets it up in its page of
settings, and writes articles as an administrator and as an author: by block, shortcode
and pasted address, in a block theme and in a classic one. A visitor then walks each to
the result at 360 and 1280 pixels, prints, saves and leaves. Nothing is asked of the
internet but for Debian's packages, where they are not there yet and root may install
them; else it is skipped. Ends with 1 if anything is not as docs/hosts.md says.

`--record` takes the pictures of docs/hosts.md and the pages of the tests anew, `--keep`
leaves it running.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import requests
from hosts import (
    KEY,
    ROOT,
    WIDTHS,
    Guest,
    Report,
    keep_page,
    our_site,
    running,
    wait_until,
)
from outside import free_port

from tests.chromium import launched

THEMES = ("twentytwentythree", "twentytwentyone")
AGAIN = ("block by author", "embed block by author", "pasted before the plugin")
PACKAGES = [
    *("wordpress", "mariadb-server", "php-cli", "php-mysql", "php-xml", "php-mbstring"),
    *(f"wordpress-theme-{theme}" for theme in THEMES),
]
WORDPRESS = Path("/usr/share/wordpress")
PASSWORD = "only-here-1-Aq"
CONFIG = """<?php
define( 'DB_NAME', 'wordpress' );
define( 'DB_USER', 'root' );
define( 'DB_PASSWORD', '' );
define( 'DB_HOST', 'localhost:{socket}' );
define( 'DB_CHARSET', 'utf8mb4' );
define( 'DB_COLLATE', '' );
define( 'WP_HTTP_BLOCK_EXTERNAL', true );
define( 'WP_ACCESSIBLE_HOSTS', '127.0.0.1,localhost' );
define( 'DISABLE_WP_CRON', true );
define( 'AUTOMATIC_UPDATER_DISABLED', true );
define( 'FS_METHOD', 'direct' );
define( 'WP_DEBUG', true );
define( 'WP_DEBUG_LOG', '{folder}/debug.log' );
define( 'WP_DEBUG_DISPLAY', false );
$table_prefix = 'wp_';
if ( ! defined( 'ABSPATH' ) ) {{
	define( 'ABSPATH', __DIR__ . '/' );
}}
require_once ABSPATH . 'wp-settings.php';
"""
#: WordPress asks no other port than the usual ones, where nothing on this machine is.
ANY_PORT = """<?php
add_filter( 'http_allowed_safe_ports', function ( $ports, $host, $url ) {
	return array( (int) wp_parse_url( $url, PHP_URL_PORT ) );
}, 10, 3 );
"""
SPANISH = """<?php
add_filter( 'locale', function () { return 'es_MX'; } );
add_filter( 'determine_locale', function () { return 'es_MX'; } );
"""
ROUTER = """<?php
$path = $_SERVER['DOCUMENT_ROOT'] . parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH );
if ( is_dir( $path ) && file_exists( rtrim( $path, '/' ) . '/index.php' ) ) {
	require rtrim( $path, '/' ) . '/index.php';
	return true;
}
if ( file_exists( $path ) ) {
	return false;
}
require $_SERVER['DOCUMENT_ROOT'] . '/index.php';
"""


def missing() -> str:
    """Why it cannot run here; "" once all packages are there."""
    if not shutil.which("dpkg-query"):
        return "this is not Debian"
    query = ["dpkg-query", "-W", "-f=${db:Status-Status} ", *PACKAGES]
    found = subprocess.run(query, capture_output=True, text=True, check=False)
    if found.stdout.split().count("installed") == len(PACKAGES):
        return ""
    if os.geteuid() != 0:
        return f"root would have to install {' '.join(PACKAGES)}"
    print("Installing WordPress, PHP and MariaDB ...")
    # Their services are not wanted: a run level of one user starts none.
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES]
    for command in (["apt-get", "update", "-qq"], install):
        done = subprocess.run(command, env=env, capture_output=True, check=False)
    if done.returncode:
        return f"packages cannot be installed: {done.stderr.decode()[-300:].strip()}"
    return ""


@contextmanager
def database(folder: Path) -> Iterator[Path]:
    """The socket of a MariaDB of its own."""
    data, socket = folder / "mysql", folder / "mysql.sock"
    # Its own user may not read a folder of root's; root stays root.
    make = ["mariadb-install-db", f"--datadir={data}", "--user=root", "--no-defaults"]
    make += ["--auth-root-authentication-method=normal", "--skip-test-db"]
    subprocess.run(make, check=True, capture_output=True)
    options = ["--no-defaults", f"--datadir={data}", f"--socket={socket}"]
    options += ["--user=root", "--skip-networking", f"--pid-file={folder}/mysql.pid"]
    options += ["--innodb-flush-log-at-trx-commit=0"]
    program = shutil.which("mariadbd") or "/usr/sbin/mariadbd"
    with (folder / "mysql.log").open("wb") as log:
        process = subprocess.Popen([program, *options], stdout=log, stderr=log)
    ask = ["mariadb", "--no-defaults", "-uroot", f"--socket={socket}", "-e"]
    make = [*ask, "CREATE DATABASE IF NOT EXISTS wordpress CHARACTER SET utf8mb4"]
    try:
        wait_until(
            lambda: not subprocess.run(make, capture_output=True).returncode, "MariaDB"
        )
        yield socket
    finally:
        process.terminate()
        process.wait(30)


class Staff:
    """Somebody who is logged in: by HTTP, as a browser sends it."""

    def __init__(self, address: str, name: str) -> None:
        self.address, self.name = address, name
        self.session = requests.Session()
        self.session.cookies.set("wordpress_test_cookie", "WP Cookie check")
        sent = {"log": name, "pwd": PASSWORD, "testcookie": "1"}
        answer = self.session.post(f"{address}/wp-login.php", sent, timeout=60)
        if "wp-admin" not in answer.url:
            raise RuntimeError(f"{name} cannot log in: {answer.text[:2000]}")
        asked = f"{address}/wp-admin/admin-ajax.php?action=rest-nonce"
        self.nonce = self.session.get(asked, timeout=60).text

    def write(self, route: str, **data: Any) -> dict[str, Any]:
        answer = self.session.post(
            f"{self.address}/index.php",
            params={"rest_route": f"/wp/v2/{route}"},
            json=data,
            headers={"X-WP-Nonce": self.nonce},
            timeout=60,
        )
        if not answer.ok:
            raise RuntimeError(answer.text)
        found: dict[str, Any] = answer.json()
        return found

    def post(self, title: str, content: str) -> str:
        """Publish an article; return its address."""
        made = self.write("posts", title=title, content=content, status="publish")
        return str(made["link"])

    def cookies(self) -> list[dict[str, str]]:
        return [
            {"name": c.name, "value": c.value or "", "url": self.address}
            for c in self.session.cookies
        ]


def install(address: str) -> Staff:
    """Set WordPress up as its first page does; return its administrator."""
    sent = {
        "weblog_title": "Partner",
        "user_name": "admin",
        "admin_password": PASSWORD,
        "admin_password2": PASSWORD,
        "pw_weak": "1",
        "admin_email": "admin@example.org",
        "blog_public": "0",
        "language": "",
    }
    step = f"{address}/wp-admin/install.php?step=2"
    answer = requests.post(step, sent, timeout=120)
    if "Success!" not in answer.text:
        raise RuntimeError(answer.text[-3000:])
    admin = Staff(address, "admin")
    for name in ("author", "editor"):
        admin.write(
            "users",
            username=name,
            email=f"{name}@example.org",
            password=PASSWORD,
            roles=[name],
        )
    return admin


def build_plugin(folder: Path) -> Path:
    build = [sys.executable, str(ROOT / "clients/wordpress/build.py"), str(folder)]
    subprocess.run(build, check=True, capture_output=True)
    [built] = folder.glob("legal-screener-*.zip")
    return built


def upload_plugin(admin: Staff, plugin: Path, report: Report) -> None:
    """Upload and activate it on the pages of plugins."""
    page = admin.session.get(
        f"{admin.address}/wp-admin/plugin-install.php?tab=upload", timeout=60
    ).text
    nonce = re.search(r'name="_wpnonce" value="(\w+)"', page)
    assert nonce, page
    done = admin.session.post(
        f"{admin.address}/wp-admin/update.php?action=upload-plugin",
        {"_wpnonce": nonce[1], "install-plugin-submit": "Install Now"},
        files={"pluginzip": (plugin.name, plugin.read_bytes(), "application/zip")},
        timeout=120,
    ).text
    link = re.search(r'href="(plugins\.php\?action=activate[^"]+)"', done)
    report.expect("the plugin", "is not installed", link)
    assert link, done
    path = link[1].replace("&amp;", "&")
    answer = admin.session.get(f"{admin.address}/wp-admin/{path}", timeout=60).text
    report.expect("the plugin", "is not activated", "Plugin activated" in answer)


def area(x: int, y: int, width: int, height: int) -> dict[str, int]:
    return {"x": x, "y": y, "width": width, "height": height}


def set_up(
    admin: Staff, browser: Any, report: Report, site: str, record: bool = False
) -> None:
    """Fill in the page of settings, and refuse what is no address."""
    guest = Guest(browser, report, 1280, record)
    guest.page.context.add_cookies(admin.cookies())
    page = guest.page
    page.goto(f"{admin.address}/wp-admin/options-general.php?page=legal-screener")
    field = page.get_by_label("Address of the site with the screeners")
    for typed, kept in (
        ("http://law.example", ""),
        (f"{site}/", site),
        ("https://law.example/../x", site),
    ):
        field.fill(typed)
        page.get_by_role("button", name="Save Changes").click()
        page.locator(".notice").first.wait_for()
        what = f"settings: {typed}"
        report.expect(what, "kept wrongly", field.input_value() == kept)
    page.get_by_role("button", name="Test connection").click()
    page.get_by_text("The site answers. It has").wait_for()
    report.expect("settings", "the test names no key", page.get_by_text(KEY).count())
    guest.picture("wordpress-settings", clip=area(160, 32, 1000, 580))
    page.set_viewport_size({"width": 360, "height": 800})
    wide = page.evaluate("document.documentElement.scrollWidth")
    report.expect("settings at 360 px", f"{wide} px wide", wide <= 360)
    guest.close()
    # Nobody else, and nobody from another page.
    author = Staff(admin.address, "author")
    asked = {"action": "legal_screener_test"}
    for staff, status in ((author, 403), (admin, 403)):
        answer = staff.session.post(
            f"{admin.address}/wp-admin/admin-post.php", asked, timeout=60
        )
        what = f"testing the connection as {staff.name} without a nonce"
        report.expect(
            what, f"answers {answer.status_code}", answer.status_code == status
        )
    page_of_settings = "/wp-admin/options-general.php?page=legal-screener"
    answer = author.session.get(f"{admin.address}{page_of_settings}", timeout=60)
    report.expect("settings", "an author may see them", answer.status_code == 403)


def edit(author: Staff, browser: Any, report: Report, record: bool = False) -> str:
    """An author adds the block in the editor and publishes; return the address."""
    guest = Guest(browser, report, 1280, record)
    guest.page.context.add_cookies(author.cookies())
    page = guest.page
    page.goto(f"{author.address}/wp-admin/post-new.php")
    # What welcomes whoever is there for the first time.
    page.get_by_role("button", name="Close dialog").click()
    page.get_by_role("textbox", name="Add title").fill("A block in the editor")
    page.keyboard.press("Enter")
    page.keyboard.type("/legal")
    page.get_by_role("option", name="Legal screener").click()
    chooser = page.get_by_label("Screener", exact=True)
    chooser.wait_for()
    options = chooser.locator("option").all_text_contents()
    report.expect("the block", f"offers {options}", len(options) > 1)
    chooser.select_option(KEY)
    page.get_by_text("Visitors see the questions here.").wait_for()
    guest.picture("wordpress-block", clip=area(0, 0, 1280, 520))
    page.get_by_role("button", name="Publish", exact=True).click()
    panel = page.locator(".editor-post-publish-panel")
    panel.get_by_role("button", name="Publish", exact=True).click()
    link = panel.get_by_role("link", name="View Post").first
    link.wait_for()
    address = str(link.get_attribute("href"))
    faults = [one for one in guest.complaints if "legal-screener" in one]
    report.expect("the editor", f"complains: {faults}", not faults)
    # As it was saved, the block opens again without a complaint of the editor.
    page.reload()
    page.get_by_text("Visitors see the questions here.").wait_for()
    report.expect("the block", "is not valid", not page.get_by_text("Attempt").count())
    guest.close()
    return address


def articles(writers: list[Staff], site: str) -> dict[str, str]:
    """Every way by every writer: the addresses of the articles."""
    block = f'<!-- wp:legal-screener/screener {{"key":"{KEY}","title":"Gun laws"}} /-->'
    page = f"{site}/{KEY}/"
    embed = (
        f'<!-- wp:embed {{"url":"{page}","type":"rich"}} -->\n'
        f'<figure class="wp-block-embed is-type-rich"><div '
        f'class="wp-block-embed__wrapper">\n{page}\n</div></figure>\n<!-- /wp:embed -->'
    )
    ways = {
        "block": block,
        "shortcode": f'[legal_screener key="{KEY}" locale="en"]',
        "embed block": embed,
        "pasted address": page,
        "pasted form": f"{site}/screeners/{KEY}/",
    }
    found = {}
    for staff in writers:
        for way, text in ways.items():
            title = f"{way} by {staff.name}"
            found[title] = staff.post(title, f"Before.\n\n{text}\n\nAfter.")
    return found


def stay_in_the_sandbox(browser: Any, report: Report, address: str) -> None:
    """Without the plugin nobody can leave by it; it says so, and hides instead."""
    guest = Guest(browser, report, 360)
    guest.page.goto(address)
    guest.root.get_by_text("This frame may not leave the page").wait_for()
    guest.root.get_by_role("button", name="Start").click()
    guest.root.get_by_role("link", name="Hide this quickly").first.click()
    guest.page.wait_for_timeout(500)
    left = guest.page.frames[-1].url
    report.expect("without the plugin", f"{left} is still shown", left == "about:blank")
    wide = guest.page.evaluate("document.documentElement.scrollWidth")
    report.expect("without the plugin", f"{wide} px wide", wide <= 360)
    guest.close()


def speaks_spanish(admin: Staff, folder: Path, report: Report) -> None:
    """A site in the Spanish of Mexico reads the one translation."""
    spanish = folder / "wp/wp-content/mu-plugins/spanish.php"
    spanish.write_text(SPANISH)
    page = f"{admin.address}/wp-admin/options-general.php?page=legal-screener"
    text = admin.session.get(page, timeout=60).text
    report.expect("in Spanish", "it is not", "Probar la conexión" in text)
    report.expect("in Spanish", "English is left", "Test connection" not in text)
    spanish.unlink()


def remove_plugin(admin: Staff, folder: Path, report: Report) -> None:
    """Deactivate and delete it; nothing of it stays."""
    plugins = f"{admin.address}/wp-admin/plugins.php"
    page = admin.session.get(plugins, timeout=60).text
    [nonce] = set(re.findall(r'name="_wpnonce" value="(\w+)"', page))
    sent = {"_wpnonce": nonce, "checked[]": "legal-screener/legal-screener.php"}
    for action, more in (
        ("deactivate-selected", {}),
        ("delete-selected", {"verify-delete": "1"}),
    ):
        sent |= {"action": action, **more}
        admin.session.post(plugins, sent, timeout=60)
    ask = ["mariadb", "--no-defaults", "-uroot", f"--socket={folder}/mysql.sock", "-N"]
    left = (
        "SELECT option_name FROM wp_options WHERE option_name LIKE '%legal%screener%'"
    )
    found = subprocess.run([*ask, "wordpress", "-e", left], capture_output=True)
    report.expect("removing it", f"left {found.stdout!r}", not found.stdout)
    files = folder / "wp/wp-content/plugins/legal-screener"
    report.expect("removing it", "its files are there", not files.exists())


def use_theme(admin: Staff, theme: str) -> None:
    page = admin.session.get(f"{admin.address}/wp-admin/themes.php", timeout=60).text
    link = re.search(
        rf"themes\.php\?action=activate&(?:amp;|#038;)?stylesheet={theme}[^\"']*", page
    )
    if link:
        path = re.sub(r"&amp;|&#038;", "&", link[0])
        admin.session.get(f"{admin.address}/wp-admin/{path}", timeout=60)


def try_all(
    site: str, address: str, folder: Path, report: Report, record: bool
) -> None:
    admin = install(address)
    page = f"{site}/{KEY}/"
    # What was pasted before the plugin came is in WordPress' sandbox, and kept so.
    port_allowed = folder / "wp/wp-content/mu-plugins/port.php"
    port_allowed.parent.mkdir()
    port_allowed.write_text(ANY_PORT)
    early = admin.post("pasted before the plugin", f"Before.\n\n{page}\n\nAfter.")
    before = requests.get(early, timeout=60).text
    report.expect(
        "without the plugin", "no sandbox", 'sandbox="allow-scripts"' in before
    )
    port_allowed.unlink()
    with launched() as browser:
        stay_in_the_sandbox(browser, report, early)
    upload_plugin(admin, build_plugin(folder), report)
    with launched() as browser:
        use_theme(admin, THEMES[0])
        set_up(admin, browser, report, site, record)
        author = Staff(address, "author")
        found = {"block in the editor by author": edit(author, browser, report, record)}
        if record:
            guest = Guest(browser, report, 1280, record)
            guest.page.goto(found["block in the editor by author"])
            guest.page.get_by_role("button", name="Start").wait_for()
            guest.picture("wordpress-article")
            guest.close()
        found |= articles([admin, author], site) | {"pasted before the plugin": early}
        for theme in THEMES:
            use_theme(admin, theme)
            for what, link in found.items():
                # The first theme shows all; others what depends on a theme.
                if theme != THEMES[0] and what not in AGAIN:
                    continue
                for width in WIDTHS:
                    Guest(browser, report, width).walk(f"{theme[6:]}: {what}", link)
    page_without = requests.get(admin.post("nothing", "No screener."), timeout=60).text
    report.expect("a page without", "loads a script", "/embed/v1/" not in page_without)
    if record:
        for name, what in (("element", "block"), ("frame", "pasted address")):
            link = found[f"{what} by author"]
            html = requests.get(link, timeout=60).text
            keep_page(f"wordpress-{name}", html, address, site)
    feed = requests.get(f"{address}/?feed=rss2", timeout=60).text
    report.expect("the feed", "has an element", "<legal-screener" not in feed)
    report.expect("the feed", "has no link", f"{site}/screeners/{KEY}/" in feed)
    speaks_spanish(admin, folder, report)
    remove_plugin(admin, folder, report)
    log = folder / "wp" / "debug.log"
    said = log.read_text("utf-8") if log.exists() else ""
    ours = [line for line in said.splitlines() if "legal-screener" in line]
    report.expect("PHP", f"complains: {ours[:5]}", not ours)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--record", action="store_true")
    parser.add_argument("--keep", action="store_true")
    given = parser.parse_args()
    if why := missing():
        print(f"SKIPPED: {why}.")
        return 0
    began, report = time.monotonic(), Report()
    with tempfile.TemporaryDirectory(prefix="legal-wordpress-") as name:
        folder, files = Path(name), Path(name) / "wp"
        shutil.copytree(WORDPRESS, files)
        (folder / "router.php").write_text(ROUTER)
        port = free_port()
        address = f"http://127.0.0.1:{port}"
        with our_site(folder) as site, database(folder) as socket:
            text = CONFIG.format(socket=socket, folder=files)
            (files / "wp-config.php").write_text(text)
            php = ["php", "-d", "upload_max_filesize=8M", "-S", f"127.0.0.1:{port}"]
            php += ["-t", str(files), str(folder / "router.php")]
            # It asks itself while it answers.
            workers = {"PHP_CLI_SERVER_WORKERS": "4"}
            log = folder / "php.log"
            with running(php, files, f"{address}/readme.html", log, **workers):
                print(f"Ready after {time.monotonic() - began:.0f} s.")
                try:
                    try_all(site, address, folder, report, given.record)
                finally:
                    if given.keep:
                        print(f"{site}/ and {address}/wp-admin/ (admin, {PASSWORD})")
                        input("Enter to stop.")
    print(f"{time.monotonic() - began:.0f} s, {len(report.wrong)} wrong")
    return 1 if report.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
