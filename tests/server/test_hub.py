"""The fan-out by itself: bounded backlogs, cursors, and frames."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from jupyter_oj_extension.events import Event
from jupyter_oj_server.boards import BoardFeed
from jupyter_oj_server.demo.client import SSEParser
from jupyter_oj_server.hub import BACKLOG, Subscription
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
