"""The docs name each setting, hook, check, address and command, and no other."""

import re
from functools import cache

from django.conf import global_settings
from django.core.management import get_commands
from django.urls import get_resolver, resolve
from django.urls.resolvers import URLPattern, URLResolver

from plugins import kinds
from plugins.registry import KINDS
from tests.docs.sources import (
    DOCS,
    PACKAGES,
    PAGES,
    ROOT,
    check_ids,
    environment_variables,
    hooks_called,
    settings_read,
    source,
)

# Of Django, Wagtail and other packages; their own docs tell of them.
OTHERS = re.compile(r"WAGTAIL|AXES_|DATA_UPLOAD_|REST_FRAMEWORK|CSRF_|SECURE_")
# What the site's settings set for themselves, and no site is to change.
INNER = {"ADMIN_CONTENT_SECURITY_POLICY", "ADMIN_PATHS", "LOCAL"}
# Where visitors and programs come; the rest is Wagtail's own or the admin's.
PUBLIC = (
    "api/",
    "embed/",
    "screeners/",
    "open/",
    "healthz",
    "sitemap.xml",
    "robots.txt",
)


# Found by the tests, not for them: every worker collects all tests, and one runs these.


@cache
def own_settings() -> set[str]:
    return {
        name
        for package in PACKAGES
        for name in settings_read(package)
        if not hasattr(global_settings, name) and not OTHERS.match(name)
    } - INNER


def addresses() -> set[str]:
    """Each public address as the docs write it: `/api/v1/articles/{slug}/`."""

    def walk(resolver: URLResolver, before: str) -> list[str]:
        found = []
        for pattern in resolver.url_patterns:
            route = before + str(pattern.pattern).lstrip("^")
            if isinstance(pattern, URLResolver):
                found += walk(pattern, route)
            elif isinstance(pattern, URLPattern):
                found.append(route)
        return found

    found = set()
    for route in walk(get_resolver(), ""):
        if route.startswith(PUBLIC) and "dummy-plugin" not in route:
            route = re.sub(
                r"\(\?P<(\w+)>(?:\[[^]]*\]|\(.*?\)|[^()])*\)", r"{\1}", route
            )
            route = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route)
            found.add("/" + route.rstrip("$").replace("\\", ""))
    return found


def named(word: str, text: str = DOCS) -> bool:
    """Is `word` in `text` as code: between backticks or in a block of it?"""
    code = re.findall(r"```.*?```|`[^`\n]+`", text, re.S)
    return any(re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", c) for c in code)


def test_every_environment_variable_is_documented():
    variables = environment_variables()
    assert variables
    pages = PAGES["operations.md"] + PAGES["plugins.md"]
    assert {name for name in variables if not named(name, pages)} == set()


def test_every_documented_variable_is_read():
    table = PAGES["operations.md"].partition("| Variable |")[2].partition("\n\n")[0]
    cells = [row.split("|")[1] for row in table.splitlines()[2:]]
    documented = set(re.findall(r"`([A-Z_]+)`", " ".join(cells)))
    assert len(documented) >= 20
    assert documented <= environment_variables() | {
        "PLUGINS_ENABLED",
        "PLUGINS_DISABLED",
    }


def test_every_setting_of_the_product_is_documented():
    assert own_settings()
    assert {name for name in own_settings() if not named(name)} == set()


def test_every_setting_that_another_site_may_need_is_in_the_embedding_guide():
    own = settings_read("screening_block") & own_settings()
    assert own
    assert all(named(name, PAGES["embedding.md"]) for name in own)


def test_every_hook_that_the_product_calls_is_documented():
    assert all(hooks_called())
    # Others are Wagtail's.
    ours = {name for name in hooks_called() if name.startswith("screening_block_")}
    assert ours
    assert {name for name in ours if not named(name, PAGES["developers.md"])} == set()


def test_every_documented_hook_is_called():
    documented = set(re.findall(r"\| `(screening_block_\w+)`", PAGES["developers.md"]))
    assert documented
    assert documented <= hooks_called()


def test_every_check_is_documented_and_no_other():
    ids = check_ids(source())
    assert {"cms.E001", "plugins.E002", "screening_block.W1"} <= ids
    assert check_ids(DOCS) == ids


def test_every_difference_that_a_check_reports_is_documented_and_no_other():
    codes = set(re.findall(r'\bLogDifference\(\s*"(\w+)"', source()))
    assert len(codes) == 5
    assert set(re.findall(r"screening_block\.W1_(\w+)", DOCS)) == codes


def test_every_management_command_is_documented():
    commands = {
        name
        for name, app in get_commands().items()
        if str(app).partition(".")[0] in PACKAGES
    }
    assert commands
    assert {name for name in commands if f"manage.py {name}" not in DOCS} == set()


def test_every_documented_command_exists():
    documented = set(re.findall(r"manage\.py ([a-z]\w+)", DOCS))
    assert documented <= set(get_commands())


def test_every_documented_make_target_exists():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.M))
    code = " ".join(re.findall(r"```.*?```|`[^`\n]+`", DOCS, re.S))
    assert set(re.findall(r"\bmake ([a-z]+)", code)) <= targets


def test_every_public_address_is_documented():
    assert addresses()
    assert {address for address in addresses() if not named(address)} == set()


def test_every_documented_address_of_the_api_answers():
    documented = set(re.findall(r"`(?:GET |POST )?(/(?:api|embed)/[^`\s?]*)`", DOCS))
    assert len(documented) >= 10
    values = {"sha256": "0" * 64, "name": "screener.js"}
    for address in documented - {"/api/v1/x/<prefix>/"}:  # of a plugin
        path = re.sub(r"\{(\w+)\}", lambda m: values.get(m[1], "key"), address)
        path = path.replace("HASH", "0" * 64).replace("KEY", "key")
        # Wagtail's own view takes every address that nothing else answers at.
        assert resolve(path).url_name != "wagtail_serve", address


def test_every_documented_kind_of_plugin_exists():
    documented = re.findall(r"^### `(\w+)`: `(\w+)`$", PAGES["plugins.md"], re.M)
    assert {kind: getattr(kinds, name) for kind, name in documented} == KINDS
