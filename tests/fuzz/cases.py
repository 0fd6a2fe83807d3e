"""Random cases for both halves of the engine, with what the Python half makes of them.

A *job* is one release with many *cases* (answers and a day, each with its `picture`:
everything an evaluation shows). All of it is JSON, so that `compare.js` can run it in
a browser. Everything comes from one seed.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from screening_block import engine
from screening_block.engine.dates import date_key
from tests.reassuring import add_shown, as_json
from tests.screening_block.engine import generate

ROOT = Path(__file__).resolve().parents[2]

DAYS = (
    "2026-11-23",
    "2024-02-29",
    "2023-02-28",
    "2023-03-01",
    "2015-01-01",
    "1999-12-31",
    "2100-12-31",
    "1900-01-01",
)
SIZES = (
    generate.Size(questions=6, facts=3, findings=4, atoms=5),
    generate.Size(questions=8, facts=4, findings=5, atoms=6, gates=0.4),
    generate.Size(questions=12, facts=6, findings=6, atoms=4, gates=0.5, depth=6),
)
#: Keys that mean something to JavaScript, for keys the generator makes.
HOSTILE = {
    "q0": "__proto__",
    "q1": "constructor",
    "q2": "2020",
    "f0": "hasownproperty",
    "f1": "1",
    "x0": "__proto__",
    "o0": "constructor",
    "r0": "__proto__",
    "kind": "constructor",
    "a": "__proto__",
    "t_int": "__proto__",
    "c": "constructor",
}
LABELS = (
    "Question {q}",
    "What about {q}?",
    "Say it, {q}.",
    "List for {q}:",
    "Now {q}!",
    "\u00a0\ufeff{q} has {{t_days}}\u2003",
    "Ünïcode “{q}” 🙂 $& $1",
)
#: Answers no question, or not every question, accepts.
BAD = (
    True,
    0,
    1.5,
    -0.0,
    5.0,
    1e300,
    2**53,
    -(2**53) + 1,
    "",
    "o0",
    "other",
    "constructor",
    "2023-02-29",
    "2024-02-29\n",
    "1899-12-31",
    "2101-01-01",
    "2024-2-9",
    "٢٠٢٤-٠٢-٢٩",
    [],
    ["o0", "o0"],
    ["r0", "other"],
    [None],
    [["o0"]],
    ["o0", "o1", "o2", "o3", "o4", "o5", "r0", "r1", "r2"],
    {},
    {"length": 1},
)
BAD_DATES = (
    "1900-02-29",
    "2000-02-29",
    "2000-02-30",
    "2100-02-29",
    "2023-04-31",
    "2023-00-10",
    "2023-13-10",
    "2023-10-00",
    "1899-12-31",
    "2101-01-01",
    " 2024-02-29",
    "2024-02-29 ",
    "02024-02-29",
    "2024/02/29",
    "2024-02-29\n",
)


def release(rng: random.Random) -> dict[str, Any]:
    """A random release, richer in words, limits and keys than the generator's."""
    data = generate.release(rng, rng.choice(SIZES))
    texts = data["texts"]["en"]
    for question in data["questions"]:
        words = texts["questions"][question["key"]]
        words["label"] = rng.choice(LABELS).format(q=question["key"])
        if rng.random() < 0.2:
            same = "\u00a0\ufeffOne and the same\u2003"
            words["options"] = dict.fromkeys(words["options"], same)
        if question["type"] in ("integer", "money") and rng.random() < 0.15:
            question["min"], question["max"] = rng.choice(((0, 10), (-1, 12), (-1, 11)))
        if question["type"] == "integer" and "unit" not in question:
            # A unit must agree with what it is compared to, so only one of its own.
            unit = rng.choice((None, None, "widgets_made", "constructor"))
            if unit and not _compared(data, question["key"]):
                question["unit"] = unit
        if question["type"] == "money" and rng.random() < 0.5:
            question["currency"] = "USD"
    for key in data["thresholds"]:
        words = texts["thresholds"][key]
        words["label"] = rng.choice(("Limit {q}", "The {q}.")).format(q=key)
        # None, one, or the same twice, which is to be named once.
        data["thresholds"][key]["citations"] *= rng.choice((0, 1, 1, 2))
    for finding in data["findings"]:
        body = rng.choice(("Text.", "{t_days} or {t_money}, {t_date}; {t_years}."))
        words = texts["findings"][finding["key"]]
        words["body"] = body
        if rng.random() < 0.3:
            finding["notes"] = [{"key": "n", "when": finding_condition(finding)}]
            words["notes"] = {"n": "Note {t_int}."}
        if rng.random() < 0.3:
            finding["urgent_when"] = _twin(rng, data) or finding_condition(finding)
    if rng.random() < 0.5:
        texts["charts"]["c"]["values"] = {"kind": {"a": "Kind A"}, "tags": {"x": "X"}}
    if rng.random() < 0.5:
        data["texts"]["es"] = {
            "questions": {"q1": {"label": "¿Pregunta?"}, "q3": {"label": "  "}},
            "facts": {"f0": {"label": "Hecho."}},
        }
    _dated(rng, data)
    add_shown(data)
    if rng.random() < 0.5:
        data = _renamed(data)
    return data


def _dated(rng: random.Random, data: dict[str, Any]) -> None:
    """Adds the day it turns to texts, alone and beside others, wherever it may stand;
    and later values to the law, so that waits change while they last."""
    for threshold in data["thresholds"].values():
        if rng.random() < 0.4:
            last = threshold["values"][-1]["value"]
            value = (
                max(0, last + rng.choice((-3, -1, 1, 2)))
                if type(last) is int
                else (generate.random_date(rng))
            )
            later = {"from": rng.choice(("2027-01-15", "2029-02-28")), "value": value}
            threshold["values"].append(later)
    asked = [q["key"] for q in data["questions"] if q["type"] == "date"]
    if asked and rng.random() < 0.4:
        # A date ahead: several days in a row can be as many months before it.
        data["findings"][0]["applies_when"] = {
            "op": "elapsed",
            "from": {"today": True},
            "until": {"question": rng.choice(asked)},
            "unit": rng.choice(("months", "years")),
            "cmp": rng.choice(("le", "lt")),
            "n": {"value": rng.choice((1, 1, 2, 12))},
            "roll": rng.choice(("next_day", "last_day")),
        }
        data["findings"][0].pop("unless", None)
    for words in data["texts"]["en"]["findings"].values():
        words["body"] += rng.choice(
            (" From {date} on.", " It is so. Not before {date}!")
        )
        if rng.random() < 0.3:
            words["heading"] = rng.choice(("{date}", "Not now. From {date} on"))
        for key in words.get("notes", ()):
            words["notes"][key] += rng.choice(("", " See {date}"))
    places = {problem.path for problem in engine.check(data)}
    for key, words in data["texts"]["en"]["findings"].items():
        if any(place.startswith(f"texts/en/findings/{key}/") for place in places):
            words |= {"heading": "Heading", "body": "Text."}
            words["notes"] = dict.fromkeys(words.get("notes", ()), "Note.")


def finding_condition(finding: dict[str, Any]) -> Any:
    """One of the conditions a finding has, to use it twice."""
    names = ("unless", "may_apply_when", "applies_when")
    return next(finding[name] for name in names if name in finding)


def _twin(rng: random.Random, data: dict[str, Any]) -> Any:
    """A group of the release with one child more, the same as another: nearly equal
    groups must not be taken for one."""
    groups = [n for n in generate.nodes(data) if n["op"] == "at_least"]
    if not groups:
        return None
    group = rng.choice(groups)
    return {**group, "of": [*group["of"], rng.choice(group["of"])]}


def _compared(data: dict[str, Any], key: str) -> bool:
    sides = [n.get(side) for n in generate.nodes(data) for side in ("left", "right")]
    return {"question": key} in sides


def _renamed(data: dict[str, Any]) -> dict[str, Any]:
    """The release with keys that are also names of JavaScript's."""
    text = json.dumps(data)
    for old, new in HOSTILE.items():
        text = text.replace(f'"{old}"', f'"{new}"').replace(f"{{{old}}}", f"{{{new}}}")
    renamed: dict[str, Any] = json.loads(text)
    return renamed


def days(rng: random.Random, data: dict[str, Any]) -> str:
    """A day on which something may turn: when a threshold does, or a day next to it."""
    starts = [
        entry["from"]
        for threshold in data["thresholds"].values()
        for entry in threshold["values"]
    ]
    if not starts or rng.random() < 0.5:
        return rng.choice(DAYS)
    day = date.fromisoformat(rng.choice(starts)) + timedelta(
        days=rng.choice((-1, 0, 1))
    )
    return day.isoformat() if day.year >= 1900 else "1900-01-01"


def bad_answer(
    rng: random.Random, data: dict[str, Any], question: dict[str, Any] | None
) -> Any:
    """An answer that is likely to be refused, often only just."""
    kind = question["type"] if question else ""
    if question is None or rng.random() < 0.4:
        return rng.choice(BAD)
    if kind == "date":
        return rng.choice(BAD_DATES)
    if kind in ("integer", "money"):
        if rng.random() < 0.3:
            return rng.choice((True, False, "5", [5]))
        limits = (question.get("min", 0), question.get("max", 2**53 - 1))
        return rng.choice(limits) + rng.choice((-1, 0, 0.0, 0.5, 1))
    if kind == "yes_no":
        return rng.choice((0, 1, "true", "", [True]))
    options = [option["key"] for option in question.get("options", ())]
    if "chart" in question:
        rows = data["charts"][question["chart"]]["rows"]
        options = [row["key"] for row in rows] + ["other"]
    if kind == "choice":
        return rng.choice((options[:1], options[0].upper(), f"{options[0]} ", "other"))
    # Twice the same; the one that excludes the others with another; all.
    return rng.choice((options[:1] * 2, options[-2:], options[::-1], options * 2))


def visitors(
    rng: random.Random, data: dict[str, Any], count: int, bad: float = 0.1
) -> Iterator[tuple[Any, str]]:
    """Sets of answers, each with a day. Half of them change one answer of the last."""
    keys = [question["key"] for question in data["questions"]]
    by_key = {question["key"]: question for question in data["questions"]}
    answers: dict[str, Any] = {}
    as_of = days(rng, data)
    near = generate.boundaries(data, as_of)
    for _number in range(count):
        if rng.random() < 0.5 or not answers:
            if rng.random() < 0.3:
                as_of = days(rng, data)
                near = generate.boundaries(data, as_of)
            known = rng.choice((0.0, 0.3, 0.6, 0.9, 1.0))
            answers = generate.answers(rng, data, as_of, known, rng.choice((0.0, 0.15)))
        else:
            answers, key = dict(answers), rng.choice(keys)
            draw = rng.random()
            if draw < 0.15:
                answers.pop(key, None)
            elif draw < 0.3:
                answers[key] = None
            else:
                answers[key] = generate.answer(rng, data, by_key[key], near[key])
        given: Any = answers
        if rng.random() < bad:
            key = rng.choice([*keys, *keys, "nobody", "Näh"])
            given = {**answers, key: bad_answer(rng, data, by_key.get(key))}
        yield (
            given,
            rng.choice(("2023-02-29", "2024-1-1", ""))
            if (rng.random() < bad / 5)
            else as_of,
        )


def picture(
    release: engine.Release,
    answers: Any,
    as_of: str,
    locale: str = "en",
    words: bool = True,
) -> dict[str, Any]:
    """All that the Python half makes of a case, as JSON; `words` adds the sentences."""
    try:
        given = engine.parse_answers(release, answers)
        outcome = engine.evaluate(release, given, as_of)
    except engine.AnswerError as error:
        return {"error": sorted([p.path, p.code] for p in error.problems)}
    walk = engine.walk(release, given, as_of)
    said_of_it = outcome.as_dict()
    del said_of_it["release"]
    # The browser is given the days of findings that speak of one.
    dated = {
        key
        for key, said in release.data["texts"]["en"]["findings"].items()
        if "{date}" in json.dumps(said)
    }
    dates = [
        engine.turning_date(release, f, given, as_of) if f.key in dated else None
        for f in outcome.findings
    ]
    found = {
        "values": given.values,
        "levels": engine.levels(release, given, as_of),
        "outcome": said_of_it,
        "shown": as_json(engine.shown(release, given, outcome)),
        "walk": {
            "asked": list(walk.asked),
            "answers": walk.answers,
            "next": walk.next,
            "dropped": list(walk.dropped),
        },
        "dates": dates,
    }
    if words:
        found["explain"] = [
            engine.explain(release, given, finding, as_of, locale)
            for finding in outcome.findings
        ]
        said = [
            engine.finding_words(release, finding, given, as_of, locale)
            for finding in outcome.findings
        ]
        found["words"] = [[one.heading, one.body, *one.notes] for one in said]
    return found


def flat(value: Any) -> str:
    """JSON with sorted keys: one text for one value, as `flat` in compare.js."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def job(
    rng: random.Random,
    release: engine.Release,
    count: int,
    locale: str = "en",
    words: int = 1,
) -> dict[str, Any]:
    """A release with `count` cases and their pictures; every `words`th with words."""
    made = []
    for number, (answers, as_of) in enumerate(visitors(rng, release.data, count)):
        told = number % words == 0
        found = picture(release, answers, as_of, locale, told)
        case = {"answers": answers, "as_of": as_of, "words": told}
        made.append({**case, "picture": flat(found)})
    told_on = {case["as_of"] for case in made}
    books = {
        day: engine.word_book(release, day, locale) for day in told_on if date_key(day)
    }
    return {"release": release.data, "locale": locale, "books": books, "cases": made}


def random_jobs(
    seed: int, releases: int, each: int, words: int = 1
) -> Iterator[dict[str, Any]]:
    """Jobs over random releases; job by job the seed counts up, so one can be rerun."""
    for number in range(releases):
        rng = random.Random(seed + number)
        made = engine.load_release(release(rng))
        yield job(rng, made, each, rng.choice(("en", "es", "constructor")), words)


def pack_release() -> engine.Release:
    """The law pack that ships with the product."""
    from tests.law_pack import law_release

    return law_release()


def pack_job(seed: int, count: int, words: int = 1) -> dict[str, Any]:
    """A job over the law pack."""
    return job(random.Random(seed), pack_release(), count, words=words)
