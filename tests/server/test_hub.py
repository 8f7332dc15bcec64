"""The fan-out by itself: bounded backlogs, cursors, and frames."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from typing import Any

import pytest

from jupyter_oj_extension import valkey
from jupyter_oj_extension.events import Event, publish_user, user_stream
from jupyter_oj_extension.settings import Settings
from jupyter_oj_server import hub as hub_module
from jupyter_oj_server.boards import BoardFeed
from jupyter_oj_server.demo.client import SSEParser
from jupyter_oj_server.hub import BACKLOG, Hub, Subscription
from jupyter_oj_server.metrics import Metrics
from jupyter_oj_server.ratelimit import TokenBuckets
from jupyter_oj_server.sse import cursors_of, encode, event_id, frame


@pytest.fixture(autouse=True)
def loop() -> Iterator[None]:
    with asyncio.Runner() as runner:
        runner.get_loop()
        yield


def _event(number: int) -> Event:
    return Event(stream="s", id=f"{number}-0", event="run", data={"n": number})


def test_a_subscription_takes_each_event_once_and_in_order() -> None:
    subscription = Subscription({"s": "5-0"})
    for number in (4, 5, 6, 6, 7):
        subscription.offer(_event(number))
    assert [event.id for event in subscription.take()] == ["6-0", "7-0"]
    assert subscription.take() == []


def test_a_slow_client_loses_its_backlog_and_takes_a_snapshot() -> None:
    subscription = Subscription({"s": "0-0"})
    for number in range(1, BACKLOG + 50):
        subscription.offer(_event(number))
    assert subscription.stale
    assert len(subscription.waiting) == 0
    assert subscription.wake.is_set()


def test_frames_are_read_as_they_were_written() -> None:
    heard: list[tuple[str, dict[str, Any]]] = []
    parser = SSEParser(lambda event, data: heard.append((event, data)))
    stream = frame("run", encode({"text": "a\nb\r\n ü"}), "x=1-0") + b": still here\n\n" + frame("end", b"{}")
    for at in range(0, len(stream), 7):
        parser.feed(stream[at : at + 7])
    assert heard == [("run", {"text": "a\nb\r\n ü"}), ("end", {})]
    assert parser.last_id == "x=1-0"


def test_event_ids_say_where_each_stream_is() -> None:
    cursors = {"oj:ev:user:a&b=c": "17-3", "oj:ev:contest:é": "0-0"}
    assert cursors_of(event_id(cursors), list(cursors)) == cursors
    assert cursors_of(event_id(cursors), ["oj:ev:user:a&b=c"]) is None
    assert cursors_of("oj=1;2", ["oj"]) is None


def test_a_bucket_empties_and_fills() -> None:
    time = [0.0]
    buckets = TokenBuckets(60, keys=2, clock=lambda: time[0])
    assert all(buckets.take("a") is None for _ in range(60))
    assert buckets.take("a") == pytest.approx(1.0)
    assert buckets.take("b") is None
    time[0] += 1.5
    assert buckets.take("a") is None
    assert buckets.take("a") == pytest.approx(0.5)
    buckets.take("c")
    buckets.take("d")  # more keys than are kept: the oldest is forgotten
    assert all(buckets.take("b") is None for _ in range(60))


def _board(**solved: int) -> dict[str, Any]:
    rows = [{"user": user, "solved": count} for user, count in solved.items()]
    return {"contest": "c", "seq": sum(solved.values()), "rows": rows, "total": len(rows), "problems": [],
            "state": "running", "frozen": False}  # fmt: skip


def test_a_board_is_loaded_once_and_tells_only_what_changed() -> None:
    async def play() -> None:
        feed = BoardFeed()
        loads = 0

        async def load() -> dict[str, Any]:
            nonlocal loads
            loads += 1
            return _board(ada=loads, bob=1)

        await feed.refresh(load, 0.0)
        first = feed.version
        await asyncio.gather(*(feed.refresh(load, 0.0) for _ in range(50)))
        assert loads == 1
        assert feed.since(first) is None
        import time

        await feed.refresh(load, time.monotonic())
        delta = feed.since(first)
        assert delta is not None and b"ada" in delta and b"bob" not in delta
        behind = feed.since(0)
        assert behind is not None and b"bob" in behind

    asyncio.run(play())


def _heard(subscription: Subscription) -> list[dict[str, Any]]:
    return [event.data for event in subscription.take()]


async def _woken(subscription: Subscription, within_s: float) -> bool:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(subscription.wake.wait(), within_s)
    return subscription.wake.is_set()


def test_a_new_stream_is_read_at_once_though_the_reader_waits_on_others(
    valkey_settings: Settings, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_module, "BLOCK_MS", 60_000)

    async def play() -> None:
        hub = Hub(valkey_settings, Metrics())
        first, second = Subscription({user_stream("ada"): "0-0"}), Subscription({user_stream("bob"): "0-0"})
        with valkey.client(valkey_settings) as redis:
            hub.subscribe(first)
            publish_user(redis, "ada", "run", {"n": 1})
            assert await _woken(first, 30)
            await asyncio.sleep(0.2)  # the reader waits for more of ada's
            hub.subscribe(second)
            publish_user(redis, "bob", "run", {"n": 2})
            assert await _woken(second, 20)
            assert _heard(second) == [{"n": 2}]
            hub.stop()
            publish_user(redis, "bob", "run", {"n": 3})  # so that the reader sees that it is over

    asyncio.run(play())


def test_who_leaves_twice_takes_nobody_elses_stream_along(valkey_settings: Settings, redis_url: str) -> None:
    async def play() -> None:
        hub = Hub(valkey_settings, Metrics())
        left, stays = Subscription({user_stream("ada"): "0-0"}), Subscription({user_stream("ada"): "0-0"})
        hub.subscribe(left)
        hub.subscribe(stays)
        hub.unsubscribe(left)
        hub.unsubscribe(left)  # a snapshot that fails between leaving and joining again, then the end of the stream
        with valkey.client(valkey_settings) as redis:
            publish_user(redis, "ada", "run", {"n": 1})
        assert await _woken(stays, 20)
        hub.stop()

    asyncio.run(play())
