"""Token buckets in memory: how often an address may call, how often a user may submit."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable


class TokenBuckets:
    """One bucket a key. A full bucket holds `per_minute` tokens and refills at that rate.

    Keeps at most `keys` buckets, forgetting the longest unused one: forgetting only ever forgives. Not thread-safe: it
    belongs to the event loop.
    """

    def __init__(self, per_minute: float, *, keys: int = 10_000, clock: Callable[[], float] = time.monotonic) -> None:
        self._size = float(per_minute)
        self._per_s = per_minute / 60
        self._keys = keys
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> float | None:
        """Take one token: None when there was one, else the seconds until there is one."""
        now = self._clock()
        tokens, then = self._buckets.pop(key, (self._size, now))
        tokens = min(self._size, tokens + (now - then) * self._per_s)
        allowed = tokens >= 1
        self._buckets[key] = (tokens - 1 if allowed else tokens, now)
        if len(self._buckets) > self._keys:
            self._buckets.popitem(last=False)
        return None if allowed else (1 - tokens) / self._per_s
