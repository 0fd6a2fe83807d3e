"""What the docs point at is there."""

import re

import pytest

from tests.docs.sources import PACKAGES, ROOT

FOLDERS = (
    *PACKAGES,
    "clients",
    "tests",
    "benchmarks",
    "docs",
    "templates",
    "requirements",
)
PAGES = {
    str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
    for path in [*sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("docs/**/*.md"))]
}
LINKS = [
    (page, target)
    for page, text in PAGES.items()
    for target in re.findall(
        r"\]\(([^)\s]+)\)", re.sub(r"```.*?```", "", text, flags=re.S)
    )
    if not re.match(r"https?:|mailto:|…", target) and "…" not in target
]
# Paths such as `screening_block/engine/` and `tests/text/ways.py`, outside of samples.
PATHS = sorted(
    {
        (page, path)
        for page, text in PAGES.items()
        if page != "CHANGELOG.md"  # names what is gone
        for path in re.findall(
            rf"`((?:{'|'.join(FOLDERS)})/[\w./-]*)`",
            re.sub(r"```.*?```", "", text, flags=re.S),
        )
    }
)


def anchors(text: str) -> set[str]:
    """The names by which a page's headings can be linked to."""
    headings = re.findall(r"^#+ (.+)$", text, re.M)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


@pytest.mark.parametrize(("guide", "target"), LINKS)
def test_every_link_leads_somewhere(guide, target):
    name, _hash, anchor = target.partition("#")
    path = (ROOT / guide).parent / name if name else ROOT / guide
    assert path.exists()
    if anchor:
        assert anchor in anchors(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("guide", "path"), PATHS)
def test_every_path_that_is_named_exists(guide, path):
    path = path.replace("LOCALE", "es")
    places = [ROOT, *ROOT.glob("*/templates")]
    assert any((place / path).exists() for place in places), f"{guide} names {path}"


def test_there_are_links_and_paths():
    assert len(LINKS) >= 8
    assert len(PATHS) >= 15


def test_every_file_that_the_architecture_names_exists():
    """There a path stands below the package, and scripts below its static files."""
    text = PAGES["docs/architecture.md"]
    package = ROOT / "screening_block"
    static = package / "static" / "screening_block"
    folders = [ROOT, package, package / "static", static]
    paths = set(re.findall(r"`([a-z_]+/[\w./]*)`", text))
    assert len(paths) > 60

    def is_there(path):
        inside = path.removeprefix("static/")
        return any((at / name).exists() for at in folders for name in (path, inside))

    assert {path for path in paths if not is_there(path)} == set()


def test_every_stop_of_both_ways_is_a_file() -> None:
    """`widget/visit.js`, `law/panels.py`: below the folder that the section names."""
    page = PAGES["docs/architecture.md"]
    ways = page.partition("## The way of an answer")[2].partition("## Where a")[0]
    places = [ROOT / "screening_block", ROOT / "screening_block/static/screening_block"]
    stops = re.findall(r"`([\w]+/[\w/.]*)`", ways)
    assert len(stops) > 25
    for stop in stops:
        assert any((place / stop).exists() for place in [ROOT, *places]), stop
