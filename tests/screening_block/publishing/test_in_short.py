"""What a result says in short is an editor's: it goes every way that findings go."""

import copy
from typing import Any

from wagtail.models import Locale

from screening_block import engine
from screening_block.editor.places import Places
from screening_block.editor.problems import check_screener
from screening_block.models import Release, Screener
from screening_block.packs.load import load_pack
from screening_block.packs.read import read_file
from screening_block.packs.write import write_file
from screening_block.publishing.compile import compile_screener
from screening_block.publishing.parts import PartName
from screening_block.publishing.restore import write_drafts
from screening_block.publishing.uses import read_uses
from screening_block.review.changes import compare_releases
from screening_block.usage.index import UsageIndex
from tests.screening_block import small


def publish() -> Any:
    for page in Screener.objects.order_by("pk"):
        page.get_latest_revision().publish(skip_permission_checks=True)
    return Release.current("small").load().data


def test_a_pack_with_lines_makes_the_same_release(root: Any) -> None:
    load_pack("small_pack", small.with_short(), root)
    made = Release.current("small").load().data
    assert engine.canonical(made) == engine.canonical(small.with_short())


def test_a_release_with_lines_is_restored_in_two_languages(root: Any) -> None:
    Locale.objects.get_or_create(language_code="es")
    load_pack("small_pack", small.release(), root)
    release = small.with_short()
    spanish = release["texts"]["es"] = copy.deepcopy(release["texts"]["en"])
    spanish["short"]["ask_first"] = "Pregunte a un abogado."
    spanish["shown"]["steps"] = "Sigue: {n}"
    write_drafts(read_file(write_file(release), "f").release(), None, root)
    # Nobody here has checked the translation yet.
    made = release | {"unreviewed_languages": ["es"]}
    assert engine.canonical(publish()) == engine.canonical(made)
    assert write_drafts(release, None, root).records == []


def test_a_line_that_changed_is_named_in_the_comparison() -> None:
    old, new = small.with_short(), small.with_short()
    del new["short"]["action"][0]["when"]
    new["short"]["action"].pop()
    new["texts"]["en"]["short"].pop("ask_first")
    new["shown"]["open_most"] = 4
    found = compare_releases(old, new)
    assert {(one.name.kind, one.state) for one in found} == {
        ("screener", "changed"),
        ("short_action", "changed"),
        ("short_action", "removed"),
    }
    changed = next(one for one in found if one.name.key == "card")
    assert [(one.label, one.after) for one in changed.fields] == [
        ("Show when", "Always")
    ]


def test_a_mistake_in_a_line_leads_to_its_field(root: Any) -> None:
    load_pack("small_pack", small.with_short(), root)
    screener = Screener.objects.get(key="small")
    line = screener.short_action[0]
    line.value["when"] = {"op": "fact", "fact": "nobody"}
    problems = [one for one in check_screener(screener).problems if one.place.anchor]
    [wrong] = [one for one in problems if one.severity == "error"]
    assert wrong.place.anchor == f"short_action.{line.id}.when"
    places = Places(screener, compile_screener(screener))
    assert places.of("texts/en/short/card").anchor == f"short_action.{line.id}.text"
    assert places.of("shown/groups/steps").anchor == "result_groups"
    assert places.of("short/card").anchor.startswith("short_action.")


def test_what_a_line_uses_is_in_the_index(root: Any) -> None:
    load_pack("small_pack", small.with_short(), root)
    used = UsageIndex().of(PartName("threshold", "af_term"))
    assert PartName("short_action", "card") in {one.use.at for one in used}
    uses = read_uses(Screener.objects.get(key="small")).uses
    asked = [one.at for one in uses if one.used == PartName("question", "status")]
    assert PartName("short_meaning", "citizen") in asked
