"""Requests that schemathesis makes of the API's own description, right and wrong.

Every answer passes all of its checks: that the status, the form and the headers are as
described, that what the description allows is taken and what it does not is refused.
"""

from __future__ import annotations

import contextlib
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import hypothesis
import hypothesis.errors
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup

from screening_block.models import Release

#: What a right request may be answered. A set of answers may be right in its form and
#: nothing that these questions take (422), and a release may be recalled (410).
TAKEN = ["2xx", "304", "404", "410", "422", "429"]
CONFIG = {
    "checks": {"positive_data_acceptance": {"expected-statuses": TAKEN}},
    # No text holds it, anywhere: a schema cannot say so of everything that is sent.
    "generation": {"allow-x00": False},
}


@dataclass
class Asked:
    requests: int = 0
    operations: set[str] = field(default_factory=set)
    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def ask(requests: int, seed: int) -> Asked:
    """At least so many requests, of every operation; a seed makes the same again."""
    with _one_connection():
        schema = schemathesis.openapi.from_wsgi(
            "/api/schema/",
            get_wsgi_application(),
            config=SchemathesisConfig.from_dict(CONFIG),
        )
        operations = [found.ok() for found in schema.get_all_operations()]
        there = {
            "key": list(Release.objects.values_list("screener_key", flat=True)),
            "sha256": list(Release.objects.values_list("sha256", flat=True)),
        }
        return _rounds(operations, requests, seed, there)


@contextlib.contextmanager
def _one_connection() -> Iterator[None]:
    """As Django's own client does: a request does not close what undoes it."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


def _rounds(
    operations: list[Any], requests: int, seed: int, there: dict[str, list[str]]
) -> Asked:
    done = Asked()
    plan = [
        (operation, mode)
        for operation in operations
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    ]
    each = -(-requests // len(plan))
    # Some operations have few requests to make, or none that is wrong: more of others.
    for again in range(20):
        for operation, mode in plan:
            if again and done.requests >= requests:
                return done
            _ask(operation, mode, each, seed + 1_000 * again, there, done)
    return done


def _ask(
    operation: Any,
    mode: GenerationMode,
    each: int,
    seed: int,
    there: dict[str, list[str]],
    done: Asked,
) -> None:
    chance = random.Random(f"{seed} {operation.label} {mode}")

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=each,
        database=None,
        deadline=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(operation.as_strategy(generation_mode=mode))
    def one(case: Any) -> None:
        for name in case.path_parameters or {}:
            # An address that leads somewhere, mostly.
            if name in there and chance.random() < 0.8:
                case.path_parameters[name] = chance.choice(there[name])
        with transaction.atomic():
            # What makes the requests reads no other encoding.
            answer = case.call(headers={"Accept-Encoding": "identity"})
            transaction.set_rollback(True)
        done.requests += 1
        done.statuses[answer.status_code] += 1
        done.operations.add(operation.label)
        try:
            case.validate_response(answer)
        except FailureGroup as failed:
            said = "; ".join(f"{one.title}: {one.message}" for one in failed.exceptions)
            asked = f"{answer.text[:300]}\n{case.as_curl_command()}"
            done.faults.append(
                f"{answer.status_code} {operation.label}: {said}\n{asked}"
            )

    # Nothing can be wrong about some.
    with contextlib.suppress(hypothesis.errors.Unsatisfiable):
        one()
