"""The demo's words that mean the same to a search; then they are the editors' own."""

from typing import Any

import yaml

from cms.demo.files import CONTENT
from cms.search.models import Synonyms


def make_search_words() -> int:
    """Make the groups of a site that has none; return how many."""
    if Synonyms.objects.exists():
        return 0
    groups_by_language: dict[str, list[list[Any]]] = yaml.safe_load(
        (CONTENT / "search_words.yaml").read_text(encoding="utf-8")
    )
    made = [
        Synonyms(language=language, words="\n".join(map(str, ways)))
        for language, groups in groups_by_language.items()
        for ways in groups
    ]
    for group in made:
        group.full_clean()
        group.save()
    return len(made)
