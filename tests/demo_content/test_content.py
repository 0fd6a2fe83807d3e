"""The demo's texts: no promises, nothing the law file corrects, every link leads on."""

import re
from collections.abc import Iterator
from statistics import median
from typing import Any

import pytest
from django.utils.text import slugify
from wagtail.models import Page

from cms.blocks.body import BodyBlock
from cms.demo.stream_writer import StreamWriter
from screening_block.reports.reading import compute_grade

from .texts import (
    DACA_TPS,
    MAIN,
    SCREENER,
    UNINSPECTED,
    articles,
    pages,
    passages,
    site,
    strings,
    words,
)

FORBIDDEN = [
    r"\byou (will|are going to|would) be deported",
    r"\byou are safe",
    r"\byou(’re|'re| are)? qualif(y|ied)",
    r"\b(do not|don[’']t) (need|have) to (disclose|tell|report|list)",
    r"\b(erases|erased|removes|removed|clears|cleared) the conviction",
    r"\b(guaranteed|we guarantee)\b",
    r"\byou (cannot|can[’']t|won[’']t|will never|will not) be (deported|removed|held)",
]
# Words that no page says, whatever stands before them.
NEVER = [
    r"\bsafe(ly)?\b",
    r"\billegals?\b",
    r"\baliens?\b",
    r"\bcommentary\b",
    r"\b(to be|not yet) checked\b",
    r"\bread as of\b",
]
# Each point of the list "what the article must get right", by number.
CORRECTIONS: dict[int, list[str]] = {
    1: ["two separate ways in", "either one is enough", "punishment does not matter"],
    2: ["No gun ground of inadmissibility", "not turn on inadmissibility as such"],
    3: ["too broad", "strong defense in the Ninth Circuit", "honest word is “may”"],
    4: ["destructive device", "Knives, clubs"],
    5: ["no minimum sentence. Even a case that seems minor may", "mismatch"],
    6: [
        "gives no protection",
        r"vacatur for a legal mistake",
        r"1203\.43",
        "before July 14, 2011",
        "DACA,? where an expungement may help",
    ],
    7: [
        "charged in any other case",
        "crimes are left out",
        "discretion: the judge may",
        r"1203\.4a.*1203\.41.*1203\.42.*1203\.425",
    ],
    8: ["Since 2022 to 2024", "clears many records by itself"],
    9: ["do not give back gun rights", "29800", "29805", r"922\(g\)\(5\)"],
    10: ["hide the case from police", "Federal immigration agencies"],
    11: ["private jobs only", "never for immigration forms"],
    12: [
        "matters for a violent crime.*petty offense",
        "does not matter for the gun ground or for gun aggravated felonies",
    ],
    13: ["does not, by itself, make a returning resident", "more than 180 days"],
    14: [
        "last five years, or three",
        "180 days or more",
        "probation",
        "aggravated felony may block citizenship for good",
        "filing can start a case",
    ],
    15: ["only in the steps where they have discretion", "fixed bars"],
    16: ["an aggravated felony bars it", "matches the federal words bars the ten-year"],
    17: ["not a stepping stone", "not required", "real link is custody"],
    18: ["legal or constitutional error", "should state the reason", "Azrag"],
    19: ["hardship", "measured by what would happen to certain relatives"],
    20: ["Thomas and Thompson", r"8 CFR 1003\.55"],
    21: ["no waiver of its own", r"212\(h\) is for certain grounds"],
    22: [r"212\(a\)\(6\)\(C\)\(i\)"],
    23: ["See an immigration lawyer first", "certified copies"],
    24: ["not by California law", "elements of the state statute"],
}
# What the law file marks as unread: a passage that says it must say so.
UNREAD = [
    r"922\(g\)\(5\)",
    r"212\(a\)\(6\)\(C\)",
    r"INA 212\(h\)",
    r"922\(g\)\(1\)",
    r"8 USC 1326",
    r"212\(a\)\(9\)\(C\)",
    r"244\(c\)",
    r"Yajure Hurtado",
    r"protection from torture may",
    r"advance parole is",
    r"First requests",
    r"arrest after the oath",
    r"theft or burglary with",
    r"old California drug program",
    r"1203\.43\b",
    r"1003\.55",
    r"PC 1016\.5",
    r"\bHabeas\b",
    r"Pereida",
    r"November 29, 1990",
    r"365 days",
    r"one year or more \(",
    r"tried in adult court",
    r"Convictions after a trial may",
    r"parent was or became",
    r"after a transfer",
    r"unloaded antiques",
    r"time spent here without status",
    r"sealed it",
]


@pytest.mark.parametrize("slug", pages())
def test_no_page_promises_or_predicts(slug: str) -> None:
    data = articles().get(slug) or site()[slug]
    text = " ".join(passages(data))
    for phrase in FORBIDDEN:
        for hit in re.finditer(phrase, text, re.IGNORECASE):
            before = text[max(0, hit.start() - 30) : hit.start()]
            assert re.search(r"\b(not|no|usually)\b", before), hit[0]
    for word in NEVER:
        assert not re.search(word, text, re.IGNORECASE), word


@pytest.mark.parametrize("point", CORRECTIONS)
def test_the_main_article_carries_each_correction(point: int) -> None:
    text = words(MAIN)
    for statement in CORRECTIONS[point]:
        assert re.search(statement, text), f"({point}) {statement}"


@pytest.mark.parametrize("slug", [*articles(), "help"])
def test_every_page_says_that_no_attorney_has_reviewed_it(slug: str) -> None:
    """An article by its review fields, which stand at its head; its text does not say
    it again."""
    assert ("No attorney has reviewed" in words(slug)) == (slug not in articles())
    if slug in articles():
        assert articles()[slug]["review"] == {
            "reviewed_by": None,
            "reviewed_on": None,
            "next_review_due": "2027-02-28",
            "note": "No attorney has reviewed this page.",
        }
    assert "no attorney has reviewed it" in " ".join(
        site()["settings"]["disclaimer"].split()
    )


@pytest.mark.parametrize("slug", articles())
def test_what_nobody_has_read_is_marked(slug: str) -> None:
    for passage in passages(articles()[slug]["body"]):
        for mark in UNREAD:
            if re.search(mark, passage):
                assert re.search(r"needs? checking", passage), passage
    for block in articles()[slug]["body"]:
        if block["type"] == "law_quotation":
            assert block["value"]["status"] in {"verified", "needs_checking"}


def test_every_internal_link_leads_to_a_page() -> None:
    known = {f"article:{slug}" for slug in articles()}
    known |= {f"page:{slug}" for slug in pages()} | {f"screener:{SCREENER}"}
    linked = set()
    for text in strings([list(articles().values()), site()]):
        linked |= set(re.findall(r"\b(?:article|page|screener):[a-z0-9-]+", text))
        for href in re.findall(r'href="([^"]*)"', text):
            assert re.match(r"https://|(article|page):", href), href
    assert linked <= known
    # The main article leads to all the others.
    main = str(list(strings(articles()[MAIN])))
    assert all(f"article:{slug}" in main for slug in articles() if slug != MAIN)


@pytest.mark.parametrize("slug", [MAIN, UNINSPECTED, DACA_TPS])
def test_the_screener_stands_after_the_introduction(slug: str) -> None:
    kinds = [block["type"] for block in articles()[slug]["body"]]
    assert kinds.count("screener") == 1
    assert 2 < kinds.index("screener") < 8
    block = articles()[slug]["body"][kinds.index("screener")]
    assert block["value"] == {"screener": SCREENER}


@pytest.mark.parametrize("slug", [*articles(), "help"])
def test_no_page_is_a_dead_end(slug: str) -> None:
    """The last thing on a page is one thing to do, and it leads to another page."""
    actions = [b["value"] for b in pages()[slug] if b["type"] == "call_to_action"]
    assert pages()[slug][-1]["type"] == "call_to_action"
    for action in actions:
        assert action["title"] and action["label"]
        kind, _, target = action["link"].partition(":")
        assert kind in {"article", "page", "screener"} and target != slug


def test_every_article_is_linked_from_two_others() -> None:
    """A reader of one guide finds the next without going through the list."""
    for slug in articles():
        linking = {
            other
            for other in articles()
            if other != slug and f"article:{slug}" in str(articles()[other])
        }
        assert len(linking) >= 2, (slug, linking)


def test_titles_are_unlike_and_make_the_address() -> None:
    titles = [data["title"] for data in articles().values()]
    assert len({title.casefold() for title in titles}) == len(titles)
    for slug, data in articles().items():
        # A point in a statute's number becomes a dash, so that it can be read.
        assert slugify(data["title"].replace(".", "-")) == slug
    # The list and the home page begin with the main guide.
    assert next(iter(articles())) == MAIN


def test_articles_have_the_length_they_promise() -> None:
    for slug in articles():
        count = len(words(slug).split())
        low, high = (1600, 2700) if slug == MAIN else (400, 1300)
        assert low <= count <= high, (slug, count)
        assert len(articles()[slug]["summary"]) <= 160
        assert articles()[slug]["topics"]


@pytest.mark.parametrize("slug", pages())
def test_every_page_reads_at_school_level(slug: str) -> None:
    """Eighth grade as a whole, and no passage far above it."""
    assert compute_grade(words(slug)) < 8.5
    grades = {text: compute_grade(text) for text in passages(pages()[slug])}
    assert median(grades.values()) < 7
    # In few words one long word weighs too much: cells and headings are left out.
    hard = {t: round(g, 1) for t, g in grades.items() if g > 10 and len(t.split()) > 16}
    assert hard == {}


def test_a_comma_cuts_no_text_off() -> None:
    """In `{text: One, two}` YAML takes "two" for a key without a value."""

    def mappings(value: Any) -> Iterator[dict[str, Any]]:
        if isinstance(value, dict):
            yield value
            value = list(value.values())
        if isinstance(value, list):
            for child in value:
                yield from mappings(child)

    for slug in pages():
        for mapping in mappings(pages()[slug]):
            assert None not in mapping.values(), (slug, mapping)


@pytest.mark.once  # the same statements as elsewhere, with other words
@pytest.mark.django_db
@pytest.mark.parametrize("slug", pages())
def test_the_editor_accepts_every_body(slug: str) -> None:
    """Known block types only, and values that the blocks themselves find valid."""
    block = BodyBlock()
    root = Page.get_first_root_node().pk  # any page will do to link to
    writer = StreamWriter(lambda _: root, lambda _: root, lambda _: None)
    body = [item for item in pages()[slug] if item["type"] not in {"screener"}]
    for item in pages()[slug]:
        assert item["type"] in {*block.child_blocks, "screener"}
        assert set(item) == {"type", "value"}
    for item in writer.stream(slug, body):
        child = block.child_blocks[item["type"]]
        child.clean(child.to_python(item["value"]))
        if item["type"] == "text":
            # Else merely opening the page in the admin would count as a change.
            assert writer.rich_text(item["value"]) == item["value"]
