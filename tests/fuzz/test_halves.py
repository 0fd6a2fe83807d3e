"""Both halves of the engine say the same, and the fuzzer would see if they did not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from . import cases, mutants
from .browser import BrowserHalf, engine_page

pytestmark = pytest.mark.browser

#: Twenty releases that show the defects below; the command makes any number.
SEED = 20_028
RELEASES, EACH, VISITORS = 20, 25, 30


@pytest.fixture(scope="module")
def jobs() -> list[str]:
    made = [*cases.random_jobs(SEED, RELEASES, EACH), cases.pack_job(1, VISITORS)]
    return [json.dumps(job) for job in made]


@pytest.fixture(scope="module")
def half(browser: Any) -> Iterator[BrowserHalf]:
    with engine_page(browser) as page:
        yield BrowserHalf(page)
        assert page.errors == []


def test_a_browser_shows_what_the_server_shows(
    half: BrowserHalf, jobs: list[str]
) -> None:
    found = [half.run(job) for job in jobs]
    assert [d for job in found for d in job["differences"]] == []
    assert sum(job["evaluations"] for job in found) == RELEASES * EACH + VISITORS


def test_the_cases_reach_every_level_gate_and_refusal(jobs: list[str]) -> None:
    texts = [case["picture"] for job in jobs for case in json.loads(job)["cases"]]
    pictures = [json.loads(text) for text in texts]
    good = [p for p in pictures if "error" not in p]
    codes = {code for p in pictures for _path, code in p.get("error", ())}
    assert codes >= {"type", "unknown_option", "unknown_question", "range", "date"}
    assert {level for p in good for level in p["levels"].values()} == {
        "applies",
        "may_apply",
        "not_apply",
    }
    assert {p["outcome"]["complete"] for p in good} == {True, False}
    assert any(p["walk"]["dropped"] for p in good)
    assert any(day for p in good for day in p["dates"])
    severities = {f["severity"] for p in good for f in p["outcome"]["findings"]}
    assert "urgent" in severities
    assert any(f["notes"] for p in good for f in p["outcome"]["findings"])


def test_a_defect_in_either_half_is_seen(
    half: BrowserHalf, jobs: list[str], tmp_path: Any
) -> None:
    for_browser, for_python = half.put(jobs), tmp_path / "corpus"
    for_python.write_text("\n".join(jobs), "utf-8")

    def seen(mutant: mutants.Mutant) -> bool:
        if mutant.file.endswith(".js"):
            return half.differs(mutant, for_browser)
        return mutants.differs(mutant, for_python, tmp_path / "half")

    assert [one.name for one in mutants.FEW if not seen(one)] == []
    # Copies without a defect are no different, so it was the defects.
    for_python.write_text("\n".join(jobs[:8]), "utf-8")
    assert not any(seen(control) for control in mutants.CONTROLS)


def test_every_seeded_defect_still_fits_its_half() -> None:
    for mutant in mutants.MUTANTS:
        assert mutant.text() != mutant.source.read_text("utf-8"), mutant.name
