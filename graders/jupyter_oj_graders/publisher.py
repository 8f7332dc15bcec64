"""Tells progress from a thread of its own, so that no round trip to Redis stands between two tests."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable


class Publisher:
    """Calls what it is given, one after the other, in order. `flush` waits until all of it has been called.

    What is given must not raise: progress may be lost (the store gets the whole answer), a judgement may not.
    """

    def __init__(self) -> None:
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
            return self._changed.wait_for(lambda: not self._jobs and not self._busy, timeout_s)

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
