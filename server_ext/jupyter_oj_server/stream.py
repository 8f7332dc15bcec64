"""`GET stream`: a snapshot, then what changes, for as long as the client listens.

The handler's coroutine is the only writer. It sleeps on its subscription and wakes for events, for a leaderboard that
is due, for a contest's change of state, for the heartbeat, and each second while Redis is away to look into the store.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from datetime import datetime
from typing import Any

from redis import RedisError
from tornado.iostream import StreamClosedError

from jupyter_oj_extension import events
from jupyter_oj_extension.domain.errors import RateLimited
from jupyter_oj_extension.domain.identity import Identity
from jupyter_oj_extension.events import Event
from jupyter_oj_extension.services import contests as contests_service
from jupyter_oj_extension.services import scoreboard, submissions
from jupyter_oj_extension.services.context import Context
from jupyter_oj_server.api import Api
from jupyter_oj_server.base import OJHandler
from jupyter_oj_server.boards import MIN_GAP_S, WATCHED_ROWS
from jupyter_oj_server.clock import timestamp
from jupyter_oj_server.hub import Subscription
from jupyter_oj_server.operations import Answer, Permission, operation
from jupyter_oj_server.requests import StreamQuery
from jupyter_oj_server.sse import HEARTBEAT, cursors_of, encode, event_id, frame

HEARTBEAT_S = 15.0
POLL_S = 1.0
FLUSH_TIMEOUT_S = 60.0
STREAMS_PER_USER = 20

_open_streams: Counter[str] = Counter()


class StreamHandler(OJHandler):
    """Server-sent events of the caller's submissions and of the contests they name."""

    feed: Feed | None = None

    @operation(
        Permission.LEARNER,
        "Server-sent events: a snapshot, then changes",
        {200: Answer("Events as docs/api.md describes them", content_type="text/event-stream")},
        query=StreamQuery,
        headers={"Last-Event-ID": {"type": "string", "maxLength": 4000}},
        errors=(404,),
    )
    async def get(self) -> None:
        user = self.identity.user
        if _open_streams[user] >= STREAMS_PER_USER:
            raise RateLimited(f"{STREAMS_PER_USER} streams of yours are open already; close one", retry_after_s=5)
        _open_streams[user] += 1
        feed = Feed(self, list(dict.fromkeys(self.query(StreamQuery).contest)))
        self.feed = feed
        try:
            await feed.open(self.request.headers.get("Last-Event-ID"))
            await feed.run()
        except StreamClosedError:
            self.log.debug("a stream of %s was closed by its client", user)
        finally:
            self.api.hub.unsubscribe(feed.subscription)
            _open_streams[user] -= 1

    def on_connection_close(self) -> None:
        super().on_connection_close()
        if self.feed is not None:
            self.feed.end()


class Feed:
    """What one client is sent. Used by one coroutine; `end` may be called from anywhere on the event loop."""

    def __init__(self, handler: StreamHandler, contests: list[str]) -> None:
        self.subscription = Subscription({})
        self._handler = handler
        self._api: Api = handler.api
        self._identity: Identity = handler.identity
        self._streams = [events.user_stream(self._identity.user), *map(events.contest_stream, contests)]
        self._contests = {events.contest_stream(contest): contest for contest in contests}
        self._sent: dict[str, str] = {}
        self._seen: dict[str, tuple[Any, ...]] = {}
        self._knows_all = False
        """Whether `_seen` has all that is not done: not when a stream was resumed, before the first look."""
        self._snapshot_ms = 0
        self._board_versions = dict.fromkeys(contests, 0)
        self._board_asked: dict[str, float] = {}
        self._board_sent_at = dict.fromkeys(contests, 0.0)
        self._next_state: dict[str, float] = {}
        self._written_at = time.monotonic()
        self._polled_at = 0.0
        self._ended = False

    def end(self) -> None:
        self._ended = True
        self.subscription.wake.set()

    async def open(self, last_event_id: str | None) -> None:
        """Refuse unknown contests, then answer with the headers and with what was missed or a snapshot."""
        for contest in self._contests.values():
            self._schedule(contest, await self._api.call(contests_service.get, self._identity, contest))
        handler = self._handler
        handler.set_header("Content-Type", "text/event-stream; charset=utf-8")
        handler.set_header("Cache-Control", "no-store")
        handler.set_header("X-Accel-Buffering", "no")
        cursors = cursors_of(last_event_id, self._streams) if last_event_id else None
        missed = await self._api.call(_missed, cursors) if cursors is not None else None
        if cursors is None or missed is None:
            await self._snapshot("new")
            return
        self._subscribe(cursors)
        for event in missed:
            self.subscription.offer(event)
        for contest in self._contests.values():
            self._board_asked[contest] = time.monotonic()
        self._write(HEARTBEAT)

    async def run(self) -> None:
        hub = self._api.hub
        while not self._ended and not hub.stopped:
            self.subscription.wake.clear()
            if self.subscription.stale and hub.live:
                await self._snapshot("missed")
            for event in self.subscription.take():
                self._pass_on(event)
            if not hub.live and time.monotonic() - self._polled_at >= POLL_S:
                await self._poll()
            await self._boards()
            await self._states()
            if time.monotonic() - self._written_at >= HEARTBEAT_S:
                await self._look_after_the_lost()
                self._write(HEARTBEAT)
            await self._flush()
            if not self._ended and not hub.stopped:
                await self._sleep()

    # -- snapshot and deltas

    async def _snapshot(self, reason: str) -> None:
        """Cursors first, then the store: what happens between the two is sent again rather than lost."""
        self._api.hub.unsubscribe(self.subscription)
        cursors = await self._api.call(_tails, self._streams)
        mine = await self._api.call(submissions.snapshot, self._identity)
        boards = {contest: await self._first_page(contest) for contest in self._contests.values()}
        self._snapshot_ms = int(time.time() * 1000)
        self._seen = {one["id"]: _mark(one) for one in mine}
        self._knows_all = True
        self._subscribe(cursors)
        self._api.metrics.snapshots.labels(reason).inc()
        self._event("snapshot", encode({"submissions": mine, "leaderboards": boards, "server_time": timestamp()}))

    async def _first_page(self, contest: str) -> dict[str, Any]:
        feed = self._api.boards.feed(contest, self._identity)
        await feed.refresh(lambda: self._load_board(contest), time.monotonic())
        self._board_versions[contest] = feed.version
        return await self._api.call(scoreboard.leaderboard, self._identity, contest, page=1, limit=50)

    def _subscribe(self, cursors: dict[str, str]) -> None:
        self.subscription = Subscription(cursors)
        self._sent = dict(cursors)
        self._api.hub.subscribe(self.subscription)
        if self._ended:
            self.subscription.wake.set()

    def _pass_on(self, event: Event) -> None:
        self._sent[event.stream] = event.id
        contest = self._contests.get(event.stream)
        if contest is not None:
            if event.event == "contest":
                self._next_state[contest] = 0.0
            else:
                self._board_asked.setdefault(contest, time.monotonic())
            return
        if event.event == "submission":
            known = self._seen.get(event.data["id"])
            overtaken = int(event.id.partition("-")[0]) <= self._snapshot_ms
            if overtaken and known is not None and known[0] == "done" and event.data["state"] != "done":
                return  # the snapshot was ahead of it
            self._seen[event.data["id"]] = _mark(event.data)
        self._event(event.event, encode(event.data))

    async def _poll(self) -> None:
        """Redis is away: verdicts come from the store, a second late at most."""
        mine = await self._api.call(submissions.snapshot, self._identity)
        self._polled_at = time.monotonic()
        for one in mine:
            if self._seen.get(one["id"]) != _mark(one):
                self._tell(one)
        for contest in self._contests.values():
            self._board_asked.setdefault(contest, time.monotonic())

    async def _look_after_the_lost(self) -> None:
        """Nothing was heard for a while. Where a verdict is still due, the event may never come: whoever stored it was
        killed before telling of it, or could not reach Redis."""
        if self._knows_all and all(mark[0] == "done" for mark in self._seen.values()):
            return
        for one in await self._api.call(submissions.snapshot, self._identity):
            known = self._seen.get(one["id"])
            if one["state"] == "done" and (known is None or known[0] != "done"):
                self._tell(one)
        self._knows_all = True

    def _tell(self, submission: dict[str, Any]) -> None:
        """A submission out of the store, with all of its runs."""
        self._seen[submission["id"]] = _mark(submission)
        runs = submission.pop("runs")
        self._event("submission", encode(submission))
        for run in runs:
            data = {"submission": submission["id"], "tests_total": submission["tests_total"], "run": run}
            self._event("run", encode(data))

    async def _boards(self) -> None:
        for contest, asked_at in list(self._board_asked.items()):
            if time.monotonic() - self._board_sent_at[contest] < MIN_GAP_S:
                continue
            del self._board_asked[contest]
            feed = self._api.boards.feed(contest, self._identity)
            await feed.refresh(lambda contest=contest: self._load_board(contest), asked_at)  # type: ignore[misc]
            data = feed.since(self._board_versions[contest])
            self._board_versions[contest] = feed.version
            self._board_sent_at[contest] = time.monotonic()
            if data is not None:
                self._event("leaderboard", data)

    async def _load_board(self, contest: str) -> dict[str, Any]:
        return await self._api.call(scoreboard.leaderboard, self._identity, contest, page=1, limit=WATCHED_ROWS)

    async def _states(self) -> None:
        for contest, due in list(self._next_state.items()):
            if time.time() >= due:
                view = await self._api.call(contests_service.get, self._identity, contest)
                self._schedule(contest, view)
                del view["problems"]
                self._event("contest", encode(view))
                self._board_asked.setdefault(contest, time.monotonic())

    def _schedule(self, contest: str, view: dict[str, Any]) -> None:
        """Remember when the contest's state changes next (by the clock; a host's change comes as an event)."""
        times = [datetime.fromisoformat(view[key]).timestamp() for key in ("start", "freeze", "end") if view[key]]
        self._next_state.pop(contest, None)
        if later := [at for at in times if at > time.time()]:
            self._next_state[contest] = min(later)

    # -- writing

    def _event(self, event: str, data: bytes) -> None:
        self._write(frame(event, data, event_id(self._sent) if self._api.hub.live else None))

    def _write(self, chunk: bytes) -> None:
        self._handler.write(chunk)
        self._written_at = time.monotonic()

    async def _flush(self) -> None:
        try:
            await asyncio.wait_for(asyncio.ensure_future(self._handler.flush()), FLUSH_TIMEOUT_S)
        except TimeoutError:
            self._handler.log.warning("a stream of %s takes nothing any more, closing it", self._identity.user)
            raise StreamClosedError() from None

    async def _sleep(self) -> None:
        now = time.monotonic()
        until = self._written_at + HEARTBEAT_S
        for contest in self._board_asked:
            until = min(until, self._board_sent_at[contest] + MIN_GAP_S)
        for due in self._next_state.values():
            until = min(until, now + due - time.time())
        if not self._api.hub.live:
            until = min(until, self._polled_at + POLL_S)
        try:
            await asyncio.wait_for(self.subscription.wake.wait(), max(0.005, until - now))
        except TimeoutError:
            return


def _tails(ctx: Context, streams: list[str]) -> dict[str, str]:
    """Where each stream ends now. Without Redis: this moment, which is where it will go on."""
    try:
        return {stream: events.tail(ctx.redis, stream) for stream in streams}
    except (RedisError, OSError):
        return dict.fromkeys(streams, f"{int(time.time() * 1000)}-0")


def _missed(ctx: Context, cursors: dict[str, str]) -> list[Event] | None:
    """Everything after the cursors, in order; None when some of it is gone or Redis is away."""
    missed: list[Event] = []
    try:
        for stream, cursor in cursors.items():
            if cursor == "0-0" and not ctx.redis.exists(stream):
                continue  # nothing ever happened there
            found = events.since(ctx.redis, stream, cursor)
            if found is None:
                return None
            missed += found
    except (RedisError, OSError):
        return None
    return missed


def _mark(submission: dict[str, Any]) -> tuple[Any, ...]:
    keys = ("state", "phase", "verdict", "judged_at", "tests_done")
    return tuple(submission.get(key) for key in keys)
