"""Streams of events: read on, resume, know what is gone, and never fail a caller."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis

from jupyter_oj_extension import events, valkey
from jupyter_oj_extension.settings import Settings


@pytest.fixture
def redis(valkey_settings: Settings, redis_url: str) -> Iterator[Redis]:
    with valkey.client(valkey_settings) as client:
        yield client


def test_reads_on_from_each_cursor(redis: Redis) -> None:
    ada, week = events.user_stream("ada"), events.contest_stream("week-1")
    assert events.tail(redis, ada) == "0-0"
    events.publish_user(redis, "ada", "submission", {"id": "1", "title": "Füße"})
    cursor = events.tail(redis, ada)
    events.publish_user(redis, "ada", "run", {"n": 1})
    events.publish_contest(redis, "week-1", "leaderboard", {"seq": 1})
    got = events.read(redis, {ada: cursor, week: "0-0"}, 0)
    assert [(event.stream, event.event, event.data) for event in got] == [
        (ada, "run", {"n": 1}),
        (week, "leaderboard", {"seq": 1}),
    ]
    assert events.read(redis, {ada: got[0].id}, 0) == events.read(redis, {}, 1000) == []
    assert events.read(redis, {ada: "0-0"}, 0)[0].data == {"id": "1", "title": "Füße"}
    assert redis.ttl(ada) > 0


def test_a_blocked_reader_wakes(valkey_settings: Settings, redis: Redis) -> None:
    cursors = {events.user_stream("ada"): "0-0"}
    got: list[events.Event] = []
    with valkey.client(valkey_settings, timeout_s=None) as blocking:
        reader = threading.Thread(target=lambda: got.extend(events.read(blocking, cursors, 30_000)))
        reader.start()
        events.publish_user(redis, "ada", "run", {"n": 1})
        reader.join(30)
    assert [event.data for event in got] == [{"n": 1}]


def test_since_tells_what_was_missed_or_that_it_is_gone(redis: Redis) -> None:
    stream = events.user_stream("ada")
    assert events.since(redis, stream, "0-1") is None
    for n in range(3):
        events.publish_user(redis, "ada", "run", {"n": n})
    ids = [event.id for event in events.read(redis, {stream: "0-0"}, 0)]
    assert [event.data["n"] for event in events.since(redis, stream, ids[0]) or []] == [1, 2]
    assert events.since(redis, stream, ids[2]) == []
    redis.xtrim(stream, maxlen=1, approximate=False)
    assert events.since(redis, stream, ids[0]) is None
    assert events.since(redis, stream, "9999999999999-0") is None


def test_streams_are_capped(redis: Redis) -> None:
    for n in range(events.STREAM_LENGTH + 500):
        events.publish_user(redis, "ada", "run", {"n": n})
    assert redis.xlen(events.user_stream("ada")) <= events.STREAM_LENGTH + 200


def test_publishing_never_fails_the_caller(tmp_path: Path) -> None:
    with valkey.client(Settings(state_dir=tmp_path)) as dead:
        assert not events.publish_user(dead, "ada", "run", {})
        assert not events.publish_contest(dead, "week-1", "leaderboard", {})
