"""How far a judgement has come: kept in Redis while it runs, so that a page that connects late shows the tests done so
far. It may be lost at any time; the store gets the whole answer at the end."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from redis import Redis, RedisError

from jupyter_oj_extension import events

log = logging.getLogger(__name__)

TTL_S = 3600


@dataclass(frozen=True, slots=True)
class Progress:
    """`runs` are JSON views in judging order."""

    phase: str | None = None
    tests_total: int | None = None
    runs: list[dict[str, Any]] = field(default_factory=list)


def _key(judgement_id: str) -> str:
    return f"oj:progress:{judgement_id}"


def begin(pipe: Redis, judgement_id: str) -> None:
    """Forget an earlier attempt's runs; the new one begins by compiling. The commands go into a caller's pipeline."""
    pipe.delete(_key(judgement_id))
    pipe.hset(_key(judgement_id), "phase", "compiling")
    pipe.expire(_key(judgement_id), TTL_S)


def advance(
    redis: Redis,
    judgement_id: str,
    *,
    phase: str | None,
    tests_total: int | None,
    runs: Sequence[dict[str, Any]],
    stream: str,
    submission_id: str,
) -> None:
    """Note what is new and publish a `run` event for each of `runs` (views for learners), in one round trip when
    `tests_total` comes with them. Raises `RedisError`."""
    fields: dict[Any, Any] = {}
    if phase is not None:
        fields["phase"] = phase
    if tests_total is not None:
        fields["tests_total"] = tests_total
    for run in runs:
        fields[f"run:{run['index']}"] = json.dumps(run)
    if not fields:
        return
    if runs and tests_total is None:
        known = redis.hget(_key(judgement_id), "tests_total")
        tests_total = int(str(known)) if known else None
    with redis.pipeline(transaction=False) as pipe:
        pipe.hset(_key(judgement_id), mapping=fields)
        pipe.expire(_key(judgement_id), TTL_S)
        told = [{"submission": submission_id, "tests_total": tests_total, "run": run} for run in runs]
        events.add(pipe, stream, "run", *told)
        pipe.execute()


def read(redis: Redis, judgement_id: str) -> Progress:
    """The progress of a judgement that is being judged; an empty one when Redis has none or is away."""
    try:
        kept: dict[Any, Any] = redis.hgetall(_key(judgement_id))
    except RedisError as error:
        log.debug("progress of %s is not known: %s", judgement_id, error)
        return Progress()
    runs = [json.loads(text) for key, text in kept.items() if key.startswith("run:")]
    total = kept.get("tests_total")
    return Progress(
        phase=kept.get("phase"),
        tests_total=int(total) if total else None,
        runs=sorted(runs, key=lambda run: run["index"]),
    )


def forget(pipe: Redis, judgement_id: str) -> None:
    """The judgement is done: the store has it all. The command goes into a caller's pipeline."""
    pipe.delete(_key(judgement_id))
