"""Live events in Redis streams, one a user and one a contest. They may be lost: the store is the truth, and a client
that missed some takes a snapshot. Publishing never raises when Redis is away."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from redis import Redis, RedisError

log = logging.getLogger(__name__)

STREAM_LENGTH = 2000
STREAM_TTL_S = 24 * 3600
_as_json = json.JSONEncoder(separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Event:
    """`id` is the stream's (``1700000000000-0``), which grows with time; `event` and `data` as in docs/api.md."""

    stream: str
    id: str
    event: str
    data: dict[str, Any]


def user_stream(user: str) -> str:
    return f"oj:ev:user:{user}"


def contest_stream(contest: str) -> str:
    return f"oj:ev:contest:{contest}"


def publish_user(redis: Redis, user: str, event: str, data: Mapping[str, Any]) -> bool:
    """Tell everybody who streams as `user`. False: Redis is away and nobody was told."""
    return _publish(redis, user_stream(user), event, data)


def publish_contest(redis: Redis, contest: str, event: str, data: Mapping[str, Any]) -> bool:
    return _publish(redis, contest_stream(contest), event, data)


def _publish(redis: Redis, stream: str, event: str, data: Mapping[str, Any]) -> bool:
    try:
        with redis.pipeline(transaction=False) as pipe:
            add(pipe, stream, event, data)
            pipe.execute()
    except RedisError as error:
        log.debug("event %s for %s is not published: %s", event, stream, error)
        return False
    return True


def add(pipe: Redis, stream: str, event: str, *told: Mapping[str, Any]) -> None:
    """Put the commands that publish an event for each of `told` into a caller's pipeline."""
    for data in told:
        fields: dict[Any, Any] = {"event": event, "data": _as_json(data)}
        pipe.xadd(stream, fields, maxlen=STREAM_LENGTH, approximate=True)
    if told:
        pipe.expire(stream, STREAM_TTL_S)


def tail(redis: Redis, stream: str) -> str:
    """The id of the stream's newest event, to start reading after it; ``0-0`` when it is empty. Raises `RedisError`."""
    newest = redis.xrevrange(stream, count=1)
    return str(newest[0][0]) if newest else "0-0"


def read(redis: Redis, cursors: Mapping[str, str], block_ms: int) -> list[Event]:
    """Events after each stream's cursor, waiting up to `block_ms` for one (0: not at all). Raises `RedisError`.

    `redis` needs a client whose timeout is longer than `block_ms`: ``valkey.client(settings, timeout_s=None)``.
    """
    if not cursors:
        return []
    answer: Any = redis.xread(dict[Any, Any](cursors), count=500, block=block_ms or None)
    return [_event(stream, entry_id, fields) for stream, entries in answer or [] for entry_id, fields in entries]


def since(redis: Redis, stream: str, after: str) -> list[Event] | None:
    """All events after the id `after`; None when some are gone already (take a snapshot). Raises `RedisError`.

    An id this stream never had (Redis lost its data, or `after` is older than the stream) counts as gone.
    """
    kept = redis.xrange(stream, min=after)
    if not kept or str(kept[0][0]) != after:
        return None
    return [_event(stream, entry_id, fields) for entry_id, fields in kept[1:]]


def _event(stream: str, entry_id: Any, fields: Any) -> Event:
    return Event(stream=stream, id=str(entry_id), event=fields["event"], data=json.loads(fields["data"]))
