"""What the demo's pages say of the law, point by point, and what they never say again.

The points come from the law file. A point is written as a reader finds it, with "..."
where words may stand between.
"""

import re

import pytest

from tests.law_pack import law_pack

from .texts import (
    ANTIQUE,
    CITIZENSHIP,
    CONVICTION,
    DACA_TPS,
    MAIN,
    PAPERS,
    TRAVEL,
    UNINSPECTED,
    VACATUR,
    answers,
    articles,
    pages,
    passages,
    rows,
    words,
)

# Questions the main article answers under a heading of its own, and in which points.
ANSWERED = {
    "Key points": """
        does not erase the conviction
        does not protect you from deportation
        must still disclose
        no separate gun ground
        Get certified court papers and see an immigration lawyer first
    """,
    "Does expungement protect you from deportation?": """
        In most cases, no
        The conviction still counts
        renew a card ... check-in ... arrested again
        thrown out for a legal mistake may no longer count
    """,
    "What if you have a green card, or want one?": """
        more than 180 days
        sometimes without a conviction
        still open, any trip is a high risk
        no waiver of its own
    """,
    "What about naturalization? Becoming a citizen": """
        good moral character
        suspended sentence is no bar ... cannot be approved until ... 316.10(c)(1)
        An open case or an arrest may be enough
    """,
    "What are the benefits of expungement?": """
        does not change the immigration conviction
        private jobs
        Licensing boards and landlords
        evidence that you have changed
        DACA
    """,
    "What may help": """
        vacatur for a legal mistake
        antique gun argument
        DACA, where an expungement may help
        nor the drug ground
        relied on the old rule ... clerical error
    """,
    "What to take away": """
        must still disclose
        Papers and a lawyer first
        Never miss a criminal court date
    """,
}
# What else has to be said, by page.
SAID = {
    MAIN: """
        said in court or in a court paper that you did it ... may count
        29805(b) ... 273.5 ... January 1, 2019 bans guns for life
        federal ban for life, 18 USC 922(g)(9)
        922(g)(1), also for a green card holder or a citizen
        Keep it away from officers
        may decline to answer and ask for a lawyer ... refused ... held longer
        old removal order? Turn to Find legal help first
    """,
    CITIZENSHIP: """
        no bar to good moral character
        316.10(c)(1) ... suspended sentence does not keep you from
        arrested or charged, not only people who were convicted
        arrest after the oath does not settle it
        also needed a green card by then
        must still disclose
    """,
    ANTIQUE: """
        bars the ten-year relief, even for people who were never admitted
        Machine guns ... silencers ... destructive devices ... Weak or still open
        not on our list Weak or still open
        does not change state or federal gun bans
    """,
    TRAVEL: """
        speaks of an offense, not of a conviction
        Vazquez Romero v. Garland
        an officer may not honor that
    """,
    CONVICTION: """
        said or signed in court that you did it, or that the police report was true
        Matter of Mohamed
        Mental health and military diversion follow the same test
        On appeal In the Ninth Circuit it may already count
    """,
    VACATUR: """
        motion or the transcript
        a new request for a legal reason
        people who relied on the old rule
    """,
    PAPERS: """
        A lawyer, a relative, mail or the web can get
        arrested people at state courthouses
        probation office or a jail
        One case can have two convictions
        reopening that case, even years later ... do not leave
        for your lawyer only
    """,
    "help": """
        old removal order: there may be no hearing to go to
        Do not contact ICE or USCIS, and do not leave
        reopening the case, even years later
        do not skip one. See a lawyer before the next
        Removed and came back: do not contact any agency
        Never contact it if you fear to return ... asylum ... asylee or a refugee
        withholding of removal or protection from torture
        Never lie. You may decline to answer ... refused ... held longer
        an officer may not honor the request
        keep it away from officers
        some bans last for life
    """,
    "privacy": """
        for you and your lawyer. Keep it away from officers
    """,
    UNINSPECTED: """
        Think of every time you came, not only the first
        CBP One No: parole is not being let in
        later let in on a visa Yes
        that ground is not the one for you ... You can be removed because
        arrested for, charged with or convicted of theft, shoplifting, burglary
        hurting an officer, or a crime that caused death or serious injury
        bond itself is in dispute ... place ... A lawyer can ask a federal court
        bars it ... even for people who were never admitted
        weaker for machine guns, silencers, destructive devices and laws that are not
        even if you were never convicted
        8 USC 1326 ... 1231(a)(5) ... 212(a)(9)(C) ... Do not contact any agency
        no hearing to go to ... do not leave the country ... even years later
        Do not skip one. See a lawyer before the next
        new federal crime, 18 USC 922(g)(5)
        Never lie. You may decline to answer ... held longer
        Do not contact your consulate
    """,
    DACA_TPS: """
        gun misdemeanor can block DACA, whatever the sentence
        domestic violence, sexual abuse, burglary ... drugs, or drunk driving
        more than 90 days to serve
        Three or more misdemeanors
        infraction, such as a traffic ticket Does not count
        an expunged case is decided case by case
        One felony or two misdemeanors
        Two misdemeanor counts in the same case are two
        for drugs or for moral turpitude
        at most five days
        Your TPS may have ended
        not an admission
        rules of their own there
        does not count as being let in
        Courts do not agree about it
        must still disclose
    """,
}
# A pattern, and the sentence that once stood there or could in its place.
NEVER_AGAIN = {
    r"good moral character\. So (does|do|is) ": (
        "Being locked up blocks good moral character. So does probation."
    ),
    r"([Pp]robation|[Pp]arole|sentence)[^.]{0,40} (blocks|bars|is a bar to) "
    r"[^.]{0,20}moral": "Probation blocks good moral character while it lasts.",
    "matters only for people": "It also matters only for people who were admitted.",
    "(expungement|dismissal) (lifts|ends|restores|gives back) ": (
        "A dismissal restores gun rights."
    ),
    "(Go|Walk|Drive) to the (court|clerk|probation|jail)": (
        "Go to the court where the case was, or call its clerk."
    ),
    "On appeal Disputed": "On appeal Disputed: courts do not agree (needs checking)",
    "before any plea, such as": "Diversion before any plea, such as PC 1001.95",
    "No conviction, away": "No conviction, away 180 days or less",
    r"consulate may know where to turn\. (?!Never)": (
        "Your consulate may know where to turn. A free consultation is one talk."
    ),
}


def missing(points: str, text: str) -> list[str]:
    """Those of `points` (one a line) that `text` does not make."""
    return [
        point
        for point in map(str.strip, points.strip().splitlines())
        if not re.search(re.escape(point).replace(r"\ \.\.\.\ ", ".* ?"), text)
    ]


@pytest.mark.parametrize("heading", ANSWERED)
def test_the_main_article_answers_under_a_heading_of_its_own(heading: str) -> None:
    assert missing(ANSWERED[heading], answers(MAIN)[heading]) == []


@pytest.mark.parametrize("slug", SAID)
def test_each_page_says_what_the_law_file_asks_of_it(slug: str) -> None:
    assert missing(SAID[slug], words(slug)) == []


@pytest.mark.parametrize("pattern", NEVER_AGAIN)
def test_what_was_wrong_does_not_come_back(pattern: str) -> None:
    assert re.search(pattern, NEVER_AGAIN[pattern])
    for slug in pages():
        assert not re.search(pattern, words(slug)), slug


def test_no_ending_is_called_harmless_without_asking_for_a_plea() -> None:
    """A program with a plea counts although the charges were dropped at its end."""
    endings = rows(CONVICTION, "How the case ended")
    for ending, answer in endings.items():
        if re.search("dropped|iversion|program", ending) and answer == "Usually no":
            assert "no plea and no admission" in ending
    assert endings["Still open"].startswith("Not decided yet")
    plea = "Plea or admission, then a program or classes, then dismissed"
    assert endings[plea].startswith("Usually yes")


def test_a_trip_is_calm_only_where_there_is_no_case() -> None:
    trips = rows(TRAVEL, "Trips")
    calm = [trip for trip, answer in trips.items() if "not raised" in answer]
    assert calm == ["No case at all, or found not guilty, away 180 days or less"]
    [opened] = [answer for trip, answer in trips.items() if "still open" in trip]
    assert opened.startswith("High risk")
    assert any("program that ended in dismissal" in trip for trip in trips)
    assert any("dropped" in trip and "risky" in trips[trip] for trip in trips)


def test_the_antique_table_agrees_with_the_chart() -> None:
    """The screener and the article sort the same laws the same way."""
    chart = law_pack().release()["charts"]["statutes"]["rows"]
    kinds = {"General": "general", "Own": "other", "Machine": "other", "Ass": "special"}
    table = rows(ANTIQUE, "The kind of law")
    for start, kind in kinds.items():
        [laws] = [laws for laws in table if laws.startswith(start)]
        for law in re.findall(r"\b\d{3,5}(?:\(\w\))*", laws):
            name = "pc_" + re.sub(r"\W+", "_", law).strip("_")
            found = {
                row["key"]: row["cells"]["firearm"]
                for row in chart
                if re.match(f"{name}(_|$)", row["key"])
            }
            assert set(found.values()) == {kind}, (name, found)


@pytest.mark.parametrize("slug", pages())
def test_no_step_leads_into_danger(slug: str) -> None:
    """What sends a person somewhere names the way that does not."""
    for passage in passages(pages()[slug]):
        if "consulate" in passage:
            assert re.search("fear|afraid", passage), passage
        if "arrested people at" in passage:
            assert "lawyer" in passage, passage
        if "may decline" in passage:
            assert re.search("Never lie|no lie", passage), passage
            assert re.search("longer|refus", passage), passage
        # Some bans have a term, and some have none: never one without the other.
        if re.search(r"ban.*ten years", passage):
            assert "for life" in passage, passage
    text = words(slug)
    # Who reads that officers wait at courthouses is told not to stay away for that.
    if "arrested people at" in text and slug != VACATUR:
        assert re.search("[Nn]ever miss", text)
        assert "video" in text


def test_a_page_with_marks_says_what_they_mean() -> None:
    meaning = "Points marked “needs checking” have not been read in a source by us"
    for slug in articles():
        if re.search(r"needs? checking", words(slug).replace(meaning, "")):
            assert meaning in words(slug), slug
