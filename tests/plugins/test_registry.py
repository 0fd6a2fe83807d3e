"""One typed registry, one order, one way to look up."""

import re
from pathlib import Path

import pytest

from plugins import ArticleBlock, LawPack, Missing, Operator, registry, resolve
from plugins.kinds import KINDS
from plugins.registry import (
    Registry,
    RegistryError,
    make_block_name,
    parse_block_name,
)
from plugins.testing import registered, without_plugin

ROOT = Path(__file__).resolve().parents[2]


def operator(key):
    return Operator(key=key, label="x")


def test_a_contribution_is_found_under_its_kind_and_key():
    found = resolve("operators", "dummy_plugin.multiple")
    assert isinstance(found, Operator)
    assert registry.get_owner("operators", "dummy_plugin.multiple") == "dummy_plugin"


@pytest.mark.parametrize(
    "place",
    [("operators", "gone.within"), ("operators", "dummy_plugin"), ("nonsense", "")],
)
def test_resolve_never_raises_and_the_stand_in_is_false(place):
    missing = resolve(*place)
    assert missing == Missing(*place)
    assert not missing


def test_the_stand_in_names_the_plugin():
    assert Missing("operators", "gone.within").plugin == "gone"
    assert Missing("operators", "within").plugin == ""


def test_duplicates_name_both_owners():
    fresh = Registry()
    fresh.register("operators", "within", operator("within"), "screening", core=True)
    with pytest.raises(RegistryError, match="by screening and cms"):
        fresh.register("operators", "within", operator("within"), "cms", core=True)


def test_a_contribution_must_be_of_its_kinds_class():
    with pytest.raises(RegistryError, match=r"acme: .*must be a plugins\.Operator"):
        Registry().register("operators", "acme.x", ArticleBlock, "acme")
    with pytest.raises(RegistryError, match="not a kind"):
        Registry().register("operator", "acme.x", operator("acme.x"), "acme")


@pytest.mark.parametrize(
    "key", ["x", "other.x", "acme", "acme.", "acme.X", "acme.a__b"]
)
def test_keys_carry_their_plugins_name(key):
    with pytest.raises(RegistryError, match="acme: operators key"):
        Registry().register("operators", key, operator("x"), "acme")


def test_a_law_pack_may_bear_its_plugins_name():
    pack = LawPack(key="acme", label="A", path="pack")
    Registry().register("law_packs", "acme", pack, "acme")


def test_the_order_is_core_then_plugin_then_key():
    fresh = Registry()
    for plugin, key in [("b", "b.a"), ("a", "a.z"), ("z", "core"), ("a", "a.b")]:
        fresh.register("operators", key, operator(key), plugin, core=plugin == "z")
    assert list(fresh.all("operators")) == ["core", "a.b", "a.z", "b.a"]


def test_it_is_frozen_once_all_apps_are_ready():
    with pytest.raises(RegistryError, match="closed"):
        registry.register("operators", "late.x", operator("late.x"), "late")
    with pytest.raises(TypeError):
        registry.all("operators")["late.x"] = 1  # type: ignore[index]


def test_tests_can_add_and_remove_and_all_is_as_before():
    before = registry.registrations()
    with registered("operators", "extra.x", operator("extra.x")):
        assert resolve("operators", "extra.x")
    with without_plugin("dummy_plugin"):
        assert not resolve("operators", "dummy_plugin.multiple")
    assert registry.registrations() == before
    with pytest.raises(ValueError, match="nobody"), without_plugin("nobody"):
        pass
    test_it_is_frozen_once_all_apps_are_ready()


def test_block_names_and_keys_belong_together():
    assert make_block_name("acme.time_line") == "acme__time_line"
    assert parse_block_name("acme__time_line") == "acme.time_line"
    assert parse_block_name(make_block_name("paragraph")) == "paragraph"


def test_the_dummy_plugin_uses_every_kind():
    used = {entry.kind for entry in registry.registrations("dummy_plugin")}
    assert used == set(KINDS)


def test_nobody_reads_the_registrys_private_store():
    pattern = re.compile(r"registry\._(?!_)|registry import .*\b_[a-z]|\._registrat")
    readers = [
        str(path.relative_to(ROOT))
        for folder in ("cms", "plugins", "screening_block", "tests", "benchmarks")
        for path in (ROOT / folder).rglob("*.py")
        if path != ROOT / "plugins" / "registry.py"
        and path != Path(__file__)
        and pattern.search(path.read_text(encoding="utf-8"))
    ]
    assert readers == []
