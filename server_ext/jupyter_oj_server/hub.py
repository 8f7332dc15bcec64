"""One Redis reader for all streams of this process: a thread blocks in XREAD, the event loop hands events out.

    reader thread --(call_soon_threadsafe)--> Hub._deliver --> Subscription (bounded) --> stream.py's writer

When Redis is away, `live` is False and subscribers look into the store themselves until it returns; then each takes a
new snapshot. A subscriber that is too slow loses its backlog and takes a new snapshot too.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections import Counter, deque
from collections.abc import Mapping

from redis import RedisError

from jupyter_oj_extension import events, valkey
from jupyter_oj_extension.events import Event
from jupyter_oj_extension.settings import Settings
from jupyter_oj_server.metrics import Metrics

log = logging.getLogger(__name__)

BLOCK_MS = 1000
RETRY_S = 0.5
BACKLOG = 1000
"""Events one subscriber may have waiting. A judgement of a hundred tests is about a hundred events."""
WAKE_LENGTH = 10


class Subscription:
    """One client's events, in order. Used on the event loop only.

    `stale` says that something was missed and a snapshot is due; `wake` is set whenever there is something to look at.
    """

    def __init__(self, cursors: Mapping[str, str]) -> None:
        self.cursors = dict(cursors)
        self.waiting: deque[Event] = deque()
        self.stale = False
        self.wake = asyncio.Event()

    def offer(self, event: Event) -> None:
        if _not_after(event.id, self.cursors.get(event.stream, "0-0")):
            return  # a reader that starts again may bring what is known already
        self.cursors[event.stream] = event.id
        if len(self.waiting) >= BACKLOG:
            self.miss()
        elif not self.stale:
            self.waiting.append(event)
        self.wake.set()

    def miss(self) -> None:
        self.waiting.clear()
        self.stale = True
        self.wake.set()

    def take(self) -> list[Event]:
        taken = list(self.waiting)
        self.waiting.clear()
        return taken


class Hub:
    """Starts its thread with the first subscriber. `subscribe`, `unsubscribe` and delivery are for the event loop."""

    def __init__(self, settings: Settings, metrics: Metrics) -> None:
        self.live = True
        self._settings = settings
        self._metrics = metrics
        self._subscriptions: set[Subscription] = set()
        self._by_stream: Counter[str] = Counter()
        self._cursors: dict[str, str] = {}
        self._lock = threading.Lock()
        self._some = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._wake_stream = ""
        self._waker = valkey.client(settings)

    # -- on the event loop

    def subscribe(self, subscription: Subscription) -> None:
        """Deliver what comes after the subscription's cursors from now on."""
        self._subscriptions.add(subscription)
        self._metrics.streams.set(len(self._subscriptions))
        unread = False
        with self._lock:
            for stream, cursor in subscription.cursors.items():
                self._by_stream[stream] += 1
                known = self._cursors.get(stream)
                # reading again from an older cursor is harmless: each subscription passes over what it has
                if known is None or not _not_after(known, cursor):
                    self._cursors[stream] = cursor
                    unread = True
            self._some.set()
        if self._thread is None and not self._stopping.is_set():
            self._loop = asyncio.get_running_loop()
            self._wake_stream = f"oj:ev:wake:{id(self):x}:{threading.get_native_id()}"
            self._thread = threading.Thread(target=self._read_forever, name="oj-events", daemon=True)
            self._thread.start()
        elif unread and self._loop is not None:
            self._loop.run_in_executor(None, self._nudge)

    def unsubscribe(self, subscription: Subscription) -> None:
        """Again changes nothing: who left in the middle of a snapshot that failed leaves once more at the end."""
        if subscription not in self._subscriptions:
            return
        self._subscriptions.remove(subscription)
        self._metrics.streams.set(len(self._subscriptions))
        with self._lock:
            for stream in subscription.cursors:
                self._by_stream[stream] -= 1
                if self._by_stream[stream] <= 0:
                    del self._by_stream[stream]
                    self._cursors.pop(stream, None)
            if not self._by_stream:
                self._some.clear()

    def stop(self) -> None:
        """End the reader and tell every subscriber to look up (they find the hub stopped and end)."""
        self._stopping.set()
        self._some.set()
        for subscription in self._subscriptions:
            subscription.wake.set()

    @property
    def stopped(self) -> bool:
        return self._stopping.is_set()

    def _deliver(self, batch: list[Event]) -> None:
        for event in batch:
            for subscription in self._subscriptions:
                if event.stream in subscription.cursors:
                    subscription.offer(event)

    def _turn(self, live: bool) -> None:
        self.live = live
        for subscription in self._subscriptions:
            if live:
                subscription.miss()
            subscription.wake.set()

    # -- in other threads

    def _nudge(self) -> None:
        """Make the reader look at the new set of streams at once (it may be blocked for a second). Best effort."""
        try:
            self._waker.xadd(self._wake_stream, {"event": "wake", "data": "{}"}, maxlen=WAKE_LENGTH)
            self._waker.expire(self._wake_stream, 3600)
        except (RedisError, OSError) as error:
            log.debug("no nudge: %s", error)

    def _read_forever(self) -> None:
        redis = valkey.client(self._settings, timeout_s=BLOCK_MS / 1000 + 1)
        wake_cursor = "0-0"
        live = True
        while not self._stopping.is_set():
            self._some.wait()
            with self._lock:
                cursors = dict(self._cursors)
            if not cursors:
                continue
            try:
                batch = events.read(redis, {**cursors, self._wake_stream: wake_cursor}, BLOCK_MS)
            except (RedisError, OSError) as error:
                if live:
                    log.warning("live events are away, streams look into the store: %s", error)
                    live = False
                    self._tell(self._turn, False)
                self._stopping.wait(RETRY_S)
                continue
            if not live:
                live = True
                wake_cursor = "0-0"
                self._tell(self._turn, True)
            for event in batch:
                if event.stream == self._wake_stream:
                    wake_cursor = event.id
            self._advance(batch, cursors)
            if found := [event for event in batch if event.stream != self._wake_stream]:
                self._tell(self._deliver, found)
        redis.close()
        self._waker.close()

    def _advance(self, batch: list[Event], read_from: Mapping[str, str]) -> None:
        newest = {event.stream: event.id for event in batch}
        with self._lock:
            for stream, cursor in newest.items():
                # unequal: somebody asked for older ones meanwhile
                if self._cursors.get(stream) == read_from.get(stream, ""):
                    self._cursors[stream] = cursor

    def _tell(self, function: object, *args: object) -> None:
        assert self._loop is not None and callable(function)  # noqa: S101 - the thread starts after the loop is known
        try:
            self._loop.call_soon_threadsafe(function, *args)
        except RuntimeError:
            log.debug("the event loop is closed")
            self._stopping.set()


def _not_after(one: str, other: str) -> bool:
    """Whether stream id `one` is not after `other`."""
    return _order(one) <= _order(other)


def _order(stream_id: str) -> tuple[int, int]:
    time, _, sequence = stream_id.partition("-")
    return int(time), int(sequence or 0)
