"""What is wrong with plugins, and what depends on one, can be read off."""

import io
import json

import pytest
from django.core import checks
from django.core.management import CommandError, call_command
from django.test import override_settings
from wagtail import blocks

from plugins import Operator
from plugins.base import Quarantined, quarantine
from plugins.streams import StableStreamBlock, StableStructBlock, StreamField
from plugins.testing import registered, without_plugin
from tests.kitapp.models import KitPage
from tests.plugins.bodies import GONE, INNER, KNOWN, section

NOTICE = {
    "type": "dummy_plugin__notice",
    "value": {"text": "x", "urgent": False},
    "id": "d",
}


def run(*args):
    out = io.StringIO()
    call_command("plugins", *args, stdout=out)
    return out.getvalue()


def ids(databases=None):
    found = checks.run_checks(tags=["plugins"], databases=databases)
    return [m.id for m in found]


def test_a_sound_site_has_no_messages():
    assert ids() == []


@pytest.mark.django_db
def test_content_of_a_missing_plugin_is_counted_live_and_in_drafts(make_page):
    page = make_page([GONE, section([{**GONE, "id": "n"}], lost=1)])
    page.body = [*page.body.raw_data, KNOWN]
    page.save_revision()
    make_page([KNOWN, section([INNER])], slug="sound")
    found = checks.run_checks(tags=["plugins"], databases=["default"])
    start = "kitapp.KitPage.body holds content of the unknown type"
    assert [(m.id, m.msg) for m in found] == [
        ("plugins.W102", f"{start} {name!r} (1 draft, 1 live).")
        for name in ("gone__chart", "key:lost")
    ]
    assert ids() == []  # only where a database is named


@pytest.mark.django_db
def test_usage_lists_each_object_that_depends_on_a_plugin(make_page):
    make_page([KNOWN, NOTICE])
    draft = make_page([KNOWN], slug="two")
    draft.body = [*draft.body.raw_data, NOTICE]
    draft.save_revision()
    listed = run("usage", "dummy_plugin")
    assert "live   kitapp.KitPage" in listed
    assert "draft  kitapp.KitPage" in listed
    assert listed.endswith("1 live, 1 drafts\n")
    assert run("usage", "dummy_plugin__notice") == listed
    with without_plugin("dummy_plugin"):
        assert run("usage", "dummy_plugin") == listed
    assert run("usage", "dummy_plugin__other").endswith("0 live, 0 drafts\n")


@pytest.mark.django_db
def test_usage_finds_operators_inside_stored_conditions(make_page):
    condition = {"op": "all", "of": [{"op": "acme.within", "question": "q"}]}
    make_page([{"type": "rule", "value": {"when": condition}, "id": "r"}])
    assert "acme.within" in run("usage", "acme")
    assert "1 live" in run("usage", "acme.within")


def test_list_and_show():
    rows = {row["name"]: row for row in json.loads(run("list", "--json"))}
    assert rows["dummy_plugin"]["state"] == "enabled"
    assert ["operators", "dummy_plugin.multiple"] in rows["dummy_plugin"]["contributes"]
    assert "dummy_plugin             1.2.0      enabled" in run("list")
    assert "dummy_plugin.multiple" in run("show", "dummy_plugin")
    with pytest.raises(CommandError, match="no plugin 'nobody'"):
        run("show", "nobody")


@pytest.fixture
def put_aside():
    quarantine["dummy_plugin"] = Quarantined(
        "dummy_plugin", "models", "Traceback ...\nRuntimeError: broken on purpose"
    )
    yield
    del quarantine["dummy_plugin"]


@pytest.mark.django_db
def test_a_quarantined_plugin_shows_with_its_traceback(put_aside):
    assert ids() == ["plugins.W101"]
    assert "quarantined" in run("list")
    assert "Traceback" in run("show", "dummy_plugin")
    with pytest.raises(CommandError):
        run("check")


@pytest.mark.django_db
def test_check_passes_on_a_sound_site():
    assert "No problems" in run("check")


@pytest.mark.parametrize(
    ("apps", "expected"),
    [(["wagtail", "plugins"], True), (["plugins", "wagtail"], False)],
)
def test_the_kit_must_come_before_wagtail(monkeypatch, apps, expected):
    from django.apps import apps as registry_of_apps

    configs = [registry_of_apps.get_app_config(a.replace("wagtail", "wagtailcore"))
               for a in apps]  # fmt: skip
    monkeypatch.setattr(registry_of_apps, "get_app_configs", lambda: configs)
    assert ("plugins.E002" in ids()) is expected


def test_a_client_module_must_be_a_static_file():
    lost = Operator(key="acme.x", client_module="acme/lost.js")
    with registered("operators", "acme.x", lost):
        assert ids() == ["plugins.E006"]


def test_a_plugin_that_is_refused_is_reported(tmp_path, monkeypatch):
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "plugin.toml").write_text("name = 1")
    monkeypatch.setattr("plugins.discovery.PLUGINS_FOLDER", tmp_path)
    assert ids() == ["plugins.W103"]
    with override_settings(PLUGINS_DISABLED=["acme"]):
        assert ids() == []


def check_of(block):
    return [m.id for m in StreamField(block).check() if m.id.startswith("plugins.")]


def test_blocks_that_would_lose_content_are_named():
    class Stock(blocks.StructBlock):
        pass

    class Lists(StableStructBlock):
        items = blocks.ListBlock(Stock())

    class OwnAdapter(StableStreamBlock):
        pass

    assert check_of([("a", blocks.CharBlock()), ("b", Lists())]) == ["plugins.W104"]
    assert check_of([("a", blocks.StreamBlock([]))]) == ["plugins.W104"]
    assert not [m for m in KitPage._meta.get_field("body").check() if m.is_serious()]

    from wagtail.admin.telepath import register
    from wagtail.blocks.stream_block import StreamBlockAdapter

    register(StreamBlockAdapter(), OwnAdapter)
    assert check_of(OwnAdapter([("a", blocks.CharBlock())])) == ["plugins.E005"]


def test_a_contributed_block_may_not_shadow_a_declared_one():
    class Body(StableStreamBlock):
        dummy_plugin__notice = blocks.CharBlock()

        class Meta:
            contributions = ("article_blocks", "kit")

    assert "plugins.E003" in check_of(Body)
