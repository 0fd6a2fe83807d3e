"""Addresses and answers that others rely on do not change unseen.

`make record` writes both records anew: what then shows in the difference is what
changes for others, and the commit says why.
"""

from __future__ import annotations

import json
import os
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Site

from screening_block.packs.load import load_pack
from screening_block.packs.read import read_file
from tests.cms.conftest import build_site
from tests.screening_block.conftest import load_small

from .addresses import list_addresses
from .answers import ask_all

HERE = Path(__file__).parent
ADDRESSES = HERE / "addresses.txt"
ANSWERS = HERE / "answers.json"
ANEW = bool(os.environ.get("RECORD"))


@pytest.fixture(scope="module")
def content(fill: Any) -> None:
    """A small site with two screeners."""
    fill("recorded", make_content)


def make_content() -> None:
    build_site()
    load_small()
    root = Site.objects.get(is_default_site=True).root_page
    text = (HERE.parent / "screening_block/packs/deposit.yaml").read_text("utf-8")
    load_pack("deposit", read_file(text, "deposit.yaml").release(), root)


def test_every_address_that_was_there_is_there() -> None:
    compare(ADDRESSES, list_addresses())


def test_what_was_answered_is_answered(content: None, db: None, client: Client) -> None:
    text = json.dumps(dict(ask_all(client)), indent=0, ensure_ascii=False)
    compare(ANSWERS, text.split("\n"))


def compare(record: Path, now: list[str]) -> None:
    """Show where `now` differs from the record, or make it the record."""
    if ANEW:
        record.write_text("\n".join(now) + "\n", "utf-8")
    recorded = record.read_text("utf-8").removesuffix("\n").split("\n")
    changes = "\n".join(unified_diff(recorded, now, "recorded", "now", lineterm=""))
    if changes:
        pytest.fail(f"Run `make record` if this is meant.\n{changes}", pytrace=False)
