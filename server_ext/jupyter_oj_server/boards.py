"""Leaderboards for the streams: computed once a contest and audience for all who watch, at most 5 times a second."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from jupyter_oj_extension.domain.identity import Identity
from jupyter_oj_server.sse import encode

MIN_GAP_S = 0.2
WATCHED_ROWS = 200
Board = dict[str, Any]
Load = Callable[[], Awaitable[Board]]


class BoardFeed:
    """One contest as one audience sees it. `version` counts changes; clients remember the version they were sent."""

    def __init__(self) -> None:
        self.version = 0
        self.board: Board = {}
        self._rows: dict[str, Board] = {}
        self._rest: tuple[Any, ...] = ()
        self._last_step = b""
        self._loaded_at = 0.0
        self._lock = asyncio.Lock()

    async def refresh(self, load: Load, asked_at: float) -> None:
        """Load the board unless that was done after `asked_at` (one load serves all who asked before it)."""
        async with self._lock:
            if self._loaded_at > asked_at:
                return
            started = time.monotonic()
            board = await load()
            self._loaded_at = started
            rows = {row["user"]: row for row in board["rows"]}
            rest = (board["total"], board["problems"], board["state"], board["frozen"])
            changed = [row for user, row in rows.items() if self._rows.get(user) != row]
            if not changed and rest == self._rest and self.version:
                return
            self.board, self._rows, self._rest = board, rows, rest
            self.version += 1
            self._last_step = encode(_delta(board, changed))

    def since(self, version: int) -> bytes | None:
        """A `leaderboard` event's data from `version` to now: None when nothing changed."""
        if version == self.version:
            return None
        if version == self.version - 1:
            return self._last_step
        return encode(_delta(self.board, self.board["rows"]))


class BoardFeeds:
    """The feeds of this process, kept as long as it lives: one small board a contest and audience."""

    def __init__(self) -> None:
        self._feeds: dict[tuple[str, bool], BoardFeed] = {}

    def feed(self, contest: str, identity: Identity) -> BoardFeed:
        """Staff see behind the freeze, so they have a feed of their own."""
        return self._feeds.setdefault((contest, identity.is_staff), BoardFeed())


def _delta(board: Board, rows: list[Board]) -> Board:
    keys = ("contest", "seq", "total", "problems")
    return {key: board[key] for key in keys} | {"rows": rows}
