"""What must hold for every release and every set of answers."""

from __future__ import annotations

import os
import random
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings, strategies as st

from screening_block.engine import (
    Release,
    describe,
    evaluate,
    explain,
    levels,
    load_release,
    parse_answers,
    turning_date,
    walk,
)
from screening_block.engine.replay import Replay
from screening_block.engine.values import NOT_ASKED

from . import generate, vectors
from .reference import Reference

AS_OF = ("2026-11-23", "2024-02-29", "2015-01-01", "1999-12-31")
GATED = generate.Size(questions=8, facts=4, findings=5, atoms=6, gates=0.4)
FREE = generate.Size(questions=8, facts=4, findings=5, atoms=6)

seeds = st.integers(0, 2**32 - 1)
#: A share; `make prove` asks for many.
EXAMPLES = int(os.environ.get("EXAMPLES", "50"))
thorough = settings(
    max_examples=EXAMPLES, deadline=None, database=None, derandomize=True
)


def _case(
    seed: int, size: generate.Size = GATED, known: float = 0.55
) -> tuple[random.Random, Release, dict[str, Any], str]:
    rng = random.Random(seed)
    release = load_release(generate.release(rng, size))
    as_of = rng.choice(AS_OF)
    known = rng.choice((0.0, known, known, 0.9))
    return rng, release, generate.answers(rng, release.data, as_of, known), as_of


def _node_values(
    release: Release, answers: dict[str, Any], as_of: str
) -> dict[str, int]:
    program = release.program
    cells = parse_answers(release, answers).cells
    values = program.run(cells, program.law(as_of))
    return {
        name: values[slot]
        for name, slot in zip(program.ids, program.slots, strict=True)
    }


def _more(
    rng: random.Random, release: Release, answers: dict[str, Any], as_of: str
) -> dict[str, Any]:
    """Answers, or "I'm not sure", to some of the questions not asked yet."""
    further = generate.answers(rng, release.data, as_of, 0.5, 0.2)
    return {k: v for k, v in further.items() if k not in answers}


@thorough
@given(seeds)
def test_the_engine_agrees_with_its_definitions_written_down_again(seed: int) -> None:
    _rng, release, answers, as_of = _case(seed)
    reference = Reference(release.data, answers, as_of)
    outcome = evaluate(release, answers, as_of)
    assert levels(release, answers, as_of) == reference.levels()
    assert list(outcome.relevant) == reference.relevant()
    assert outcome.next == next(iter(reference.relevant()), None)
    assert outcome.complete == (not reference.relevant())
    for found, finding in zip(outcome.findings, release.data["findings"], strict=True):
        assert found.level == reference.levels()[found.key]
        assert [(n.id, n.value, n.by) for n in found.because] == reference.because(
            finding
        )
        assert [tuple(m) for m in found.missing] == reference.missing(finding)
        urgent = "urgent_when" in finding and reference.value(finding["urgent_when"])
        assert (found.severity == "urgent") == (urgent == 2)
        notes = finding.get("notes", ())
        shown = [n["key"] for n in notes if reference.value(n["when"]) == 2]
        assert list(found.notes) == shown


@thorough
@given(seeds)
def test_an_answer_to_a_question_not_asked_never_changes_a_yes_or_a_no(
    seed: int,
) -> None:
    rng, release, answers, as_of = _case(seed)
    before = _node_values(release, answers, as_of)
    after = _node_values(
        release, {**answers, **_more(rng, release, answers, as_of)}, as_of
    )
    for name, value in before.items():
        if value != 1:
            assert after[name] == value, name


@thorough
@given(seeds)
def test_only_missing_questions_can_change_a_level(seed: int) -> None:
    rng, release, answers, as_of = _case(seed)
    further = _more(rng, release, answers, as_of)
    for finding in evaluate(release, answers, as_of).findings:
        missing = {m.question for m in finding.missing}
        others = {k: v for k, v in further.items() if k not in missing}
        found = levels(release, {**answers, **others}, as_of)[finding.key]
        assert found == finding.level


@thorough
@given(seeds)
def test_relevant_questions_are_missing_ones_that_were_not_asked(seed: int) -> None:
    _rng, release, answers, as_of = _case(seed)
    outcome = evaluate(release, answers, as_of)
    missing = {m.question for f in outcome.findings for m in f.missing}
    assert set(outcome.relevant) <= missing - answers.keys()
    places = [release.questions[key].index for key in outcome.relevant]
    assert places == sorted(places)
    for finding in outcome.findings:
        for question, state in finding.missing:
            assert answers.get(question) is None
            assert (question in answers) == (state == "not_sure")


@thorough
@given(seeds)
def test_asking_only_what_is_next_comes_to_the_same_as_asking_everything(
    seed: int,
) -> None:
    rng = random.Random(seed)
    release = load_release(generate.release(rng, FREE))
    everything = generate.answers(rng, release.data, AS_OF[0], 0.8, 0.2)
    assert len(everything) == len(release.questions)
    given_answers: dict[str, Any] = {}
    while (upcoming := evaluate(release, given_answers, AS_OF[0]).next) is not None:
        given_answers[upcoming] = everything[upcoming]
    found = levels(release, given_answers, AS_OF[0])
    assert found == levels(release, everything, AS_OF[0])
    replay = walk(release, everything, AS_OF[0])
    assert list(replay.asked) == list(given_answers)
    assert replay.next is None
    assert replay.answers == parse_answers(release, given_answers).values


@thorough
@given(seeds)
def test_a_replay_of_a_replay_changes_nothing(seed: int) -> None:
    _rng, release, answers, as_of = _case(seed)
    first = walk(release, answers, as_of)
    again = walk(release, first.answers, as_of)
    assert again == first._replace(dropped=())
    assert set(first.answers) | set(first.dropped) == set(answers)
    assert evaluate(release, first.answers, as_of).next == first.next
    assert (first.next is None) or first.next not in answers


@thorough
@given(seeds)
def test_a_replay_holds_after_each_answer_what_a_run_from_the_start_gives(
    seed: int,
) -> None:
    rng, release, answers, as_of = _case(seed)
    program, given_answers = release.program, parse_answers(release, answers)
    law = program.law(as_of)
    so_far = parse_answers(release, {})
    replay = Replay(program, so_far.cells, so_far.open, law)
    for index in rng.sample(range(len(so_far.cells)), len(so_far.cells)):
        if given_answers.cells[index] is not NOT_ASKED:
            replay.answer(index, given_answers.cells[index])
        values = program.run(so_far.cells, law)
        assert replay.values == values
        assert replay.open_at == program.open_questions(values, so_far.open)


@thorough
@given(seeds)
def test_the_trace_is_sound_on_its_own(seed: int) -> None:
    _rng, release, answers, as_of = _case(seed)
    values = _node_values(release, answers, as_of)
    for finding in evaluate(release, answers, as_of).findings:
        ids = [node.id for node in finding.because]
        assert len(set(ids)) == len(ids) > 0
        for node in finding.because:
            assert node.value == values[node.id]
            assert set(node.by) <= set(ids)
            for child in node.by:
                wanted = 2 - node.value if node.op == "not" else node.value
                assert values[child] == wanted
            if node.op in ("all", "any", "not", "at_least", "fact"):
                assert node.by


@thorough
@given(seeds)
def test_kleene_identities(seed: int) -> None:
    rng = random.Random(seed)
    data = generate.release(rng, FREE)
    maker = generate._Generator(rng, FREE)
    maker.__dict__.update(
        {name: data[name] for name in ("questions", "facts", "charts", "thresholds")}
    )
    maker.by_type = {}
    for question in data["questions"]:
        maker.by_type.setdefault(question["type"], []).append(question)
    a, b, c = (maker.condition(2, 2) for _ in range(3))

    def negated(node: Any) -> dict[str, Any]:
        return {"op": "not", "of": [node]}

    def group(op: str, *of: Any, **fields: Any) -> dict[str, Any]:
        return {"op": op, "of": list(of), **fields}

    same = [
        (a, negated(negated(a))),
        (a, group("all", a)),
        (a, group("any", a, a)),
        (group("all", a, b), group("all", b, a)),
        (group("any", a, b, c), group("any", a, group("any", b, c))),
        (negated(group("all", a, b)), group("any", negated(a), negated(b))),
        (negated(group("any", a, b)), group("all", negated(a), negated(b))),
        (group("at_least", a, b, c, n=1), group("any", a, b, c)),
        (group("at_least", a, b, c, n=3), group("all", a, b, c)),
        (
            group("at_least", a, b, c, n=2),
            group("any", group("all", a, b), group("all", a, c), group("all", b, c)),
        ),
        (
            negated(group("at_least", a, b, c, n=2)),
            group("at_least", negated(a), negated(b), negated(c), n=2),
        ),
        (a, group("all", a, group("any", a, b))),
    ]
    blank = data["findings"][0]
    for name in ("applies_when", "may_apply_when", "unless", "urgent_when", "notes"):
        blank.pop(name, None)
    data["findings"] = [
        {**blank, "key": f"p{place}_{side}", "applies_when": node}
        for place, pair in enumerate(same)
        for side, node in enumerate(pair)
    ]
    data["texts"] = {"en": generate.texts(data)}
    release = load_release(data)
    for _ in range(4):
        answers = generate.answers(rng, data, AS_OF[0])
        found = levels(release, answers, AS_OF[0])
        for place in range(len(same)):
            assert found[f"p{place}_0"] == found[f"p{place}_1"], same[place]


@thorough
@given(seeds)
def test_identical_content_is_an_identical_release(seed: int) -> None:
    rng, release, _answers, _as_of = _case(seed)

    def shuffled(value: Any) -> Any:
        if isinstance(value, dict):
            keys = list(value)
            rng.shuffle(keys)
            return {key: shuffled(value[key]) for key in keys}
        return [shuffled(v) for v in value] if isinstance(value, list) else value

    again = load_release(shuffled(release.data))
    assert again.canonical == release.canonical
    assert load_release(release.canonical).sha256 == release.sha256


def _of_time(rng: random.Random) -> dict[str, Any]:
    """A release whose findings hang on time: waits of a few years from and until dates,
    days that the law names, law that changes, and some answers between."""
    maker = generate._Generator(rng, generate.Size(questions=8))
    for threshold in maker.thresholds.values():
        if rng.random() < 0.5:
            value = rng.randrange(0, 8)
            days = ("2027-01-15", "2029-02-28", "2031-12-01")
            later = {"from": rng.choice(days), "value": value}
            if threshold["type"] == "date":
                later["value"] = rng.choice(days)
            threshold["values"].append(later)

    def condition(depth: int = 3) -> dict[str, Any]:
        draw = rng.random()
        if depth and draw < 0.5:
            op = rng.choice(("all", "any", "not", "at_least"))
            count = 1 if op == "not" else rng.randint(2, 3)
            group = {"op": op, "of": [condition(depth - 1) for _ in range(count)]}
            return {**group, "n": 2} if op == "at_least" else group
        node: dict[str, Any] | None = None
        while node is None:
            node = maker._elapsed() if draw < 0.85 else maker._compare()
        if "value" in node.get("n", {}):
            node["n"]["value"] %= {"days": 400, "months": 30, "years": 5}[node["unit"]]
        if draw > 0.95:
            return {"op": "is", "question": "q2", "value": rng.random() < 0.5}
        return node

    data = maker.release()
    data["facts"] = [{"key": "f", "when": condition()}]
    for finding in data["findings"]:
        for name in ("applies_when", "may_apply_when", "unless", "urgent_when"):
            finding.pop(name, None)
        finding.pop("notes", None)
        name = rng.choice(("applies_when", "applies_when", "may_apply_when"))
        fact = {"op": "fact", "fact": "f"}
        finding[name] = rng.choice((condition(), {"op": "any", "of": [fact]}))
        if rng.random() < 0.3:
            finding["unless"] = condition(1)
        if rng.random() < 0.3:
            finding["may_apply_when"] = condition(1)
    for question in data["questions"]:
        question.pop("ask_when", None)
    data["texts"] = {"en": generate.texts(data)}
    return data


def test_the_day_it_turns_is_the_one_that_a_look_at_every_day_finds() -> None:
    shown = 0
    for seed in range(EXAMPLES // 4):
        rng = random.Random(seed)
        data = _of_time(rng)
        release = load_release(data)
        as_of = rng.choice(("2026-11-23", "2028-02-29"))
        answers = generate.answers(rng, data, as_of, 0.9, 0.05)
        for key in answers:
            if data["questions"][int(key[1:])]["type"] == "date":
                day = date(2021, 1, 1) + timedelta(days=rng.randrange(3_500))
                odd = ("2024-02-29", "2027-03-01", "2023-08-31", "2028-12-30")
                answers[key] = rng.choice((day.isoformat(), rng.choice(odd)))
        outcome = evaluate(release, answers, as_of)
        for finding, found in zip(data["findings"], outcome.findings, strict=True):
            reference = Reference(data, answers, as_of)
            day = reference.turning(finding, date(2043, 1, 1))
            expected = day and day.isoformat()
            assert turning_date(release, found, answers, as_of) == expected, seed
            shown += day is not None
    assert shown > EXAMPLES // 6


@thorough
@given(seeds)
def test_every_node_and_every_reason_has_words(seed: int) -> None:
    _rng, release, answers, as_of = _case(seed)
    for node in generate.nodes(release.data):
        sentence = describe(node, release, "en", as_of)
        assert sentence
        assert "…" not in sentence
        assert "{" not in sentence
    for finding in evaluate(release, answers, as_of).findings:
        sentences = explain(release, answers, finding, as_of, "en")
        assert sentences
        assert len(set(sentences)) == len(sentences)
        for sentence in sentences:
            assert sentence.endswith((".", "?"))
            assert "{" not in sentence


def test_conditions_that_share_their_parts_keep_their_own_count() -> None:
    a, b = ({"op": "is", "question": q, "value": True} for q in "ab")

    def at_least(n: int, *of: Any) -> dict[str, Any]:
        return {"op": "at_least", "n": n, "of": list(of)}

    whens = [at_least(2, a, b), at_least(2, a, a, b), at_least(2, b, b, a)]
    whens += [at_least(1, b, a), {"op": "all", "of": [b, a]}]
    part = {
        "questions": [{"key": q, "type": "yes_no"} for q in "ab"],
        "findings": [
            {"key": f"x{n}", "applies_when": when} for n, when in enumerate(whens)
        ],
    }
    release = load_release(vectors.complete(part))
    found = levels(release, {"a": True, "b": False}, AS_OF[0])
    assert [level == "applies" for level in found.values()] == [
        *(False, True, False),
        *(True, False),
    ]
