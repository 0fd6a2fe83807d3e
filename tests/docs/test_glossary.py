"""The glossary's words are the product's own."""

import re

import pytest

from tests.docs.sources import PAGES, ROOT, source

ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in PAGES["glossary.md"].splitlines()
    if re.match(r"\| [a-z]", line) and not line.startswith("| word")
]
SPANISH = "\n".join(
    path.read_text(encoding="utf-8")
    for path in (
        *sorted(ROOT.glob("screening_block/locale/es/LC_MESSAGES/*.po")),
        ROOT / "screening_block" / "engine" / "sentences.es.json",
    )
).lower()


def test_the_glossary_is_short():
    assert 20 <= len(ROWS) <= 30


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_name_in_the_glossary_is_in_the_code(row):
    names = re.findall(r"`(\w+)`", row[2])
    assert names
    assert all(re.search(rf"\b{name}\b", source()) for name in names)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_spanish_word_in_the_glossary_is_on_screen(row):
    assert len(row) == 3 or row[3].strip(" |").lower() in SPANISH
