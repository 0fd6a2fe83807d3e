"""Both halves of the engine say the same, and the fuzzer would see if they did not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from . import cases, mutants
from .browser import engine_page

pytestmark = pytest.mark.browser

RELEASES, EACH, VISITORS = 50, 25, 30
RUN = """
async ([half, stop]) => {
  const get = async (name) => (await fetch(name)).json();
  globalThis.jobs ??= await get("/jobs.json");
  globalThis.sentences ??= await get("/sentences.json");
  const { compare } = await import("/fuzz/compare.js");
  const engine = {
    ...(await import(`${half}/engine.js`)),
    ...(await import(`${half}/explain.js`)),
  };
  const found = [];
  for (const job of jobs) {
    found.push(compare({ engine, sentences }, job));
    if (stop && found.at(-1).differences.length) break;
  }
  return found;
}
"""


@pytest.fixture(scope="module")
def jobs() -> list[str]:
    made = [*cases.random_jobs(20_000, RELEASES, EACH), cases.pack_job(1, VISITORS)]
    return [json.dumps(job) for job in made]


def _files(jobs: list[str]) -> dict[str, str]:
    sentences = cases.SENTENCES.read_text("utf-8")
    return {"/jobs.json": f"[{','.join(jobs)}]", "/sentences.json": sentences}


def test_a_browser_shows_what_the_server_shows(browser: Any, jobs: list[str]) -> None:
    with engine_page(browser, _files(jobs)) as page:
        found = page.evaluate(RUN, ["/engine", False])
        assert page.errors == []
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
    browser: Any, jobs: list[str], tmp_path: Any
) -> None:
    files = _files(jobs)
    for number, mutant in enumerate(mutants.FEW):
        if mutant.file.endswith(".js"):
            half = mutants.JS_HALF
            for file in half.glob("*.js"):
                files[f"/m{number}/{file.name}"] = file.read_text("utf-8")
            files[f"/m{number}/{mutant.file}"] = mutant.text()
    corpus = tmp_path / "corpus"
    corpus.write_text("\n".join(jobs[:8]), "utf-8")
    assert not mutants.caught(mutants.CONTROLS[-1], corpus, tmp_path / "half")
    corpus.write_text("\n".join(jobs), "utf-8")
    missed = []
    with engine_page(browser, files) as page:
        for number, mutant in enumerate(mutants.FEW):
            if mutant.file.endswith(".js"):
                found = page.evaluate(RUN, [f"/m{number}", True])
                seen = any(job["differences"] for job in found)
            else:
                seen = mutants.caught(mutant, corpus, tmp_path / "half")
            if not seen:
                missed.append(mutant.name)
    assert missed == []


def test_every_seeded_defect_still_fits_its_half() -> None:
    for mutant in mutants.MUTANTS:
        assert mutant.text() != mutant.source.read_text("utf-8"), mutant.name
