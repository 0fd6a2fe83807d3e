"""Results drawn at random, to hold the law of their order against."""

import json
import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

from screening_block import engine
from tests import reassuring
from tests.fuzz import cases
from tests.law_pack import law_pack
from tests.screening_block.engine import generate

EACH = 50
SIZES = (
    generate.Size(questions=6, facts=3, findings=6, atoms=4),
    generate.Size(questions=8, facts=4, findings=12, atoms=4),
)


def random_results(rng: random.Random, count: int) -> Iterator[tuple[Any, Any, str]]:
    """Releases with answers and a day."""
    while count > 0:
        data = reassuring.random_release(rng, rng.choice(SIZES))
        release = engine.load_release(data)
        for answers, as_of in cases.visitors(rng, data, min(EACH, count), bad=0):
            yield release, answers, as_of
        count -= EACH


def pack_results(rng: random.Random, count: int) -> Iterator[tuple[Any, Any, str]]:
    """The scenarios of the law pack, with some answers lost or not sure."""
    release = cases.pack_release()
    scenarios = law_pack().scenarios
    for number in range(count):
        one = scenarios[number % len(scenarios)]
        keep = rng.choice((1.0, 0.9, 0.6, 0.2))
        answers = {
            key: value if rng.random() < keep else None
            for key, value in one["answers"].items()
            if rng.random() < max(keep, 0.8)
        }
        yield release, answers, one["as_of"]


def check(results: Iterator[tuple[Any, Any, str]], seen: Counter[str]) -> int:
    """Read the law off results; how many break it."""
    broken = 0
    for release, answers, as_of in results:
        outcome = engine.evaluate(release, answers, as_of)
        shown = engine.shown(release, answers, outcome)
        told = reassuring.read(release, outcome, shown)
        wrong = reassuring.breaks(told)
        if wrong and not broken:
            print("broken:", wrong, json.dumps(answers), as_of)
        broken += bool(wrong)
        seen["results"] += 1
        # How often there was something to get wrong, and whether that is seen: the
        # same result the other way round.
        seen["at stake"] += bool(reassuring.breaks(told[::-1]))
        seen["reassuring"] += any(one.reassures for one in told)
    return broken
