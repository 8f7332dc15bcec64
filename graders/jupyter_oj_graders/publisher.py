"""Tells progress from a thread of its own, so that no round trip to Redis stands between two tests."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")

PACE_S = 0.05
"""A learner sees progress this often: what comes in between can be told together."""


class Publisher:
    """Calls what it is given, one after the other, in order: the first at once, the next ones no sooner than `pace_s`
    after it, so that whoever gives them can put several into one. `flush` waits for nothing but the calls themselves.

    What is given must not raise: progress may be lost (the store gets the whole answer), a judgement may not.
    """

    def __init__(self, pace_s: float = PACE_S) -> None:
        self._pace_s = pace_s
        self._hurried = False
        self._jobs: deque[Callable[[], None]] = deque()
        self._changed = threading.Condition()
        self._busy = False
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="publisher", daemon=True)
        self._thread.start()

    def put(self, job: Callable[[], None]) -> None:
        with self._changed:
            self._jobs.append(job)
            self._changed.notify_all()

    def flush(self, timeout_s: float = 5.0) -> bool:
        """False when it took too long (Redis answers slowly): the rest follows, late."""
        with self._changed:
            self._hurried = True
            self._changed.notify_all()
            try:
                return self._changed.wait_for(lambda: not self._jobs and not self._busy, timeout_s)
            finally:
                self._hurried = False

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._thread.join(5.0)

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._jobs or self._closed)
                if not self._jobs:
                    return
                job = self._jobs.popleft()
                self._busy = True
            try:
                job()
            finally:
                with self._changed:
                    self._busy = False
                    self._changed.notify_all()
                    self._changed.wait_for(lambda: self._hurried or self._closed, self._pace_s)


class Gathering(Generic[T]):
    """Things of one kind that are told by one call, as many as there are when the publisher comes to it."""

    def __init__(self, publisher: Publisher, tell: Callable[[list[T]], None]) -> None:
        self._publisher, self._tell = publisher, tell
        self._things: list[T] = []
        self._lock = threading.Lock()

    def put(self, thing: T) -> None:
        with self._lock:
            self._things.append(thing)
            if len(self._things) == 1:
                self._publisher.put(self._tell_all)

    def _tell_all(self) -> None:
        with self._lock:
            things, self._things = self._things, []
        self._tell(things)
