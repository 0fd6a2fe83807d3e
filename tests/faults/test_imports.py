"""Every judge there is of a file is asked before anything of it is written."""

from __future__ import annotations

import random
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import Locale, Page, Revision

from plugins import LawPack
from screening_block.management.commands import load_pack
from screening_block.models import Scenario, Screener
from screening_block.packs.strict_yaml import read_yaml
from screening_block.packs.views import examine_file
from screening_block.packs.write import write_file
from screening_block.publishing.restore import write_drafts
from tests.cms.factories import StandardPageFactory
from tests.screening_block import small

pytestmark = pytest.mark.django_db

DEPOSIT = (Path(__file__).parents[1] / "screening_block/packs/deposit.yaml").read_text(
    "utf-8"
)


def upload(editor, text: str, **more):
    data = {"content": text, "name": "file.yaml", **more}
    return editor.post(reverse("screening_block_take_in"), data)


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


LONG = "x" * 300
TRANSLATED = (
    "translations:\n  es:\n    title: %s\n    questions: {paid: {label: ¿Pagó?}}\n"
)
BROKEN = {
    "an unknown time zone": (
        changed(DEPOSIT, "America/Los_Angeles", "Mars/Phobos"),
        "file.yaml:7: ",
        "no such time zone",
    ),
    "a zone of another machine": (
        changed(DEPOSIT, "America/Los_Angeles", "Etc/GMT+5"),
        "file.yaml:7: ",
        "no such time zone",
    ),
    "a zone in small letters": (
        changed(DEPOSIT, "America/Los_Angeles", "america/los_angeles"),
        "file.yaml:7: ",
        "no such time zone",
    ),
    "a path for a zone": (
        changed(DEPOSIT, "America/Los_Angeles", "../../etc/passwd"),
        "file.yaml:7: ",
        "",
    ),
    "a long title": (
        changed(DEPOSIT, "Deposit back?", LONG),
        "file.yaml:4: ",
        "255",
    ),
    "a long title in another language": (
        DEPOSIT + TRANSLATED % LONG,
        "file.yaml:37: ",
        "255",
    ),
    "a long jurisdiction": (
        changed(DEPOSIT, "us-ca", "u" * 50),
        "file.yaml:6: ",
        "40",
    ),
    "a long name of the reviewer": (
        changed(DEPOSIT, "reviewer: null", f"reviewer: {LONG}"),
        "file.yaml:10: ",
        "160",
    ),
    "a day that is none": (
        changed(DEPOSIT, "next_due: null", "next_due: 2026-02-30"),
        "file.yaml:10: ",
        "date",
    ),
    "a day out of range": (
        changed(DEPOSIT, "reviewed_on: null", "reviewed_on: 0001-01-01"),
        "file.yaml:10: ",
        "date",
    ),
    "a key that is too long": (
        changed(DEPOSIT, "key: late", f"key: {'k' * 65}"),
        "file.yaml:27: ",
        "64",
    ),
    "a key in capitals": (
        changed(DEPOSIT, "- key: small", "- key: Small"),
        "file.yaml:19: ",
        "a to z",
    ),
    "a key with a hyphen": (
        changed(DEPOSIT, "{key: rent,", "{key: the-rent,"),
        "file.yaml:14: ",
        "a to z",
    ),
    "a screener's key in capitals": (
        changed(DEPOSIT, "key: deposit", "key: Deposit"),
        "file.yaml:3: ",
        "a to z",
    ),
    "a screener's key that the site answers": (
        changed(DEPOSIT, "key: deposit", "key: oembed"),
        "file.yaml:3: ",
        "itself uses",
    ),
    "a name in braces that there is not": (
        changed(DEPOSIT, "A small deposit.", "A small {deposit}."),
        "file.yaml:23: ",
        "braces",
    ),
}
THRESHOLD = (
    "thresholds:\n  - key: most\n    type: %s\n    label: %s\n"
    "    status: needs_checking\n    citations: []\n    checked_by: %s\n"
    "    values: [{from: 2020-01-01, value: %s}]"
)
BROKEN |= {
    "half a year in whole numbers": (
        changed(
            DEPOSIT, "thresholds: []", THRESHOLD % ("integer", "Most", "null", "1.5")
        ),
        "file.yaml:18: ",
        "a whole number",
    ),
    "half a cent": (
        changed(
            DEPOSIT, "thresholds: []", THRESHOLD % ("money", "Most", "null", "'2.5'")
        ),
        "file.yaml:18: ",
        "a whole number of cents",
    ),
    "a long name of who checked": (
        changed(DEPOSIT, "thresholds: []", THRESHOLD % ("integer", "Most", LONG, "1")),
        "file.yaml:17: ",
        "120",
    ),
    "a long label of a threshold": (
        changed(DEPOSIT, "thresholds: []", THRESHOLD % ("integer", LONG, "null", "1")),
        "file.yaml:14: ",
        "200",
    ),
}


@pytest.mark.once  # refused before anything is written
@pytest.mark.parametrize("what", BROKEN)
def test_it_is_refused_at_the_check_with_its_line(editor, root, what):
    text, at, said = BROKEN[what]
    Locale.objects.get_or_create(language_code="es")
    before = Revision.objects.count(), Page.objects.count()
    for more in ({}, {"apply": "x"}):
        answer = upload(editor, text, **more)
        assert answer.status_code == 422
        problems = answer.context["found"].problems
        assert any(p.startswith(at) and said in p for p in problems), problems
        assert all(p.startswith("file.yaml:") for p in problems), problems
        assert all(len(p) < 600 for p in problems)
    assert (Revision.objects.count(), Page.objects.count()) == before


def test_no_problem_names_a_folder_or_no_place(editor, root):
    """Of each kind of place the line is found, texts and keys included."""
    text = write_file(small.release())
    for old, new, on in (
        ("label: Violence", "label: '{nobody}'", "label: '{nobody}'"),
        ("candidate: may be", "candidate: '{nobody}'", "candidate: '{nobody}'"),
        ("label: 'PC 245: assault'", "label: '{nobody}'", "label: '{nobody}'"),
        ("label: Green card", "label: '{nobody}'", "label: '{nobody}'"),
        ("text: You have a court date.", "text: '{nobody}'", "text: '{nobody}'"),
        ("label: Ask a lawyer about the sentence.", "label: '{x}'", "label: '{x}'"),
    ):
        if old not in text:
            continue
        broken = text.replace(old, new, 1)
        found = examine_file(broken, "f.yaml").problems
        number = next(n for n, line in enumerate(broken.splitlines(), 1) if on in line)
        assert any(p.startswith(f"f.yaml:{number}: ") for p in found), (old, found)


def write(editor, text: str):
    shown = upload(editor, text)
    assert shown.status_code == 200, shown.context["found"].problems
    return upload(editor, text, apply=shown.context["found"].state)


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Kolkata"])
def test_every_zone_that_is_accepted_can_be_published(editor, root, zone):
    answer = write(editor, changed(DEPOSIT, "America/Los_Angeles", zone))
    assert answer.status_code == 302
    page = Screener.objects.get(key="deposit")
    assert page.get_latest_revision_as_object().time_zone == zone
    page.get_latest_revision().publish()
    assert Screener.objects.get(key="deposit").live


@pytest.mark.parametrize("key", ["help", "admin", "es", "media"])
def test_an_address_that_is_taken_gets_a_number(editor, root, key):
    if key == "help":
        StandardPageFactory(parent=root, title="Help", slug="help")
    answer = write(editor, changed(DEPOSIT, "key: deposit", f"key: {key}"))
    assert answer.status_code == 302
    page = Screener.objects.get(key=key)
    assert page.slug == f"{key}-2"


HOSTILE: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    2**70,
    "",
    " ",
    LONG,
    "A",
    "x" * 70_000,
    "2026-02-30",
    "0000-00-00",
    "1.5",
    [],
    {},
    [[]],
    [None],
    {"a": {}},
    "\u202e",
    "{x}",
    "UTC",
    "no",
)


def mutated(seed: int) -> str:
    """A sound file with one to three values of it replaced, dropped or doubled."""
    chance = random.Random(seed)
    source = chance.choice((DEPOSIT, write_file(small.release())))
    data = read_yaml(source, "f").value
    for _ in range(chance.choice((1, 1, 2, 3))):
        at: Any = data
        while True:
            keys = list(at) if isinstance(at, dict) else list(range(len(at)))
            key = chance.choice(keys)
            inner = at[key]
            if not isinstance(inner, (dict, list)) or not inner:
                break
            if chance.random() < 0.12:
                break
            at = inner
        act = chance.random()
        if act < 0.15:
            del at[key]
        elif act < 0.25 and isinstance(at, list):
            at.append(inner)
        else:
            at[key] = chance.choice(HOSTILE)
        if not data:
            break
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


def test_what_passes_the_check_can_be_written_and_nothing_else_is_a_fault(editor, root):
    accepted = 0
    for seed in range(160):
        text = mutated(seed)
        found = examine_file(text, "f.yaml")
        if found.problems:
            assert all(p.startswith("f.yaml:") for p in found.problems), found.problems
            continue
        accepted += 1
        assert write(editor, text).status_code == 302, text
    assert accepted > 5, "some changes are none to be refused"


# -- The command -------------------------------------------------------------------


def run(monkeypatch, folder: Path) -> str:
    pack = LawPack(key="trial", label="Trial", path=folder)
    monkeypatch.setattr(load_pack, "resolve", lambda kind, key: pack)
    out = StringIO()
    call_command("load_pack", "trial", stdout=out)
    return out.getvalue()


def folder_of(tmp_path: Path, text: str) -> Path:
    data = read_yaml(text, "f").value
    for section, value in data.items():
        if section not in ("format", "charts"):
            file = tmp_path / f"{section}.yaml"
            if section in ("findings", "scenarios"):
                (tmp_path / section).mkdir(exist_ok=True)
                file = tmp_path / section / "all.yaml"
            file.write_text(
                yaml.safe_dump(value, allow_unicode=True, sort_keys=False)
                if value
                else "",
                "utf-8",
            )
    return tmp_path


@pytest.mark.once  # refused before anything is written
@pytest.mark.parametrize(
    "what",
    [
        "an unknown time zone",
        "a long title",
        "a long name of the reviewer",
        "a key that is too long",
        "a key in capitals",
        "a key with a hyphen",
        "a screener's key that the site answers",
        "half a year in whole numbers",
        "a name in braces that there is not",
    ],
)
def test_the_command_says_the_same_with_file_and_line(
    root, tmp_path, monkeypatch, what
):
    text, _at, said = BROKEN[what]
    with pytest.raises(CommandError) as refused:
        run(monkeypatch, folder_of(tmp_path, text))
    lines = str(refused.value).splitlines()
    assert any(said in line for line in lines), lines
    assert all(".yaml:" in line.split(" ")[0] for line in lines), lines
    assert not Screener.objects.exists()


def test_the_command_takes_utc(root, tmp_path, monkeypatch):
    text = changed(DEPOSIT, "America/Los_Angeles", "UTC")
    assert "created" in run(monkeypatch, folder_of(tmp_path, text))
    assert Screener.objects.get(key="deposit").live
    assert not Scenario.objects.exists()


def test_texts_of_a_language_the_site_lacks_are_not_judged(editor, root):
    Locale.objects.filter(language_code="es").delete()
    found = examine_file(DEPOSIT + TRANSLATED % "Un título", "f.yaml")
    assert found.problems == []
    assert write_drafts(found.data, None, root).left_out == ["es"]
