"""Two programs in two boxes, joined by two pipes, until both have ended.

    learner's program ── from_team ──► relay, which counts ── to_jury ──► interactor
                      ◄─────────────────── to_team ──────────────────────

Who ended first decides verdicts, and a pipe tells of an end before its program is even gone. So the grader holds every
end of every pipe open beside the programs, until it *knows* that one of the two has ended: only then can the other see
an end of file or a broken pipe. Where both keep still for `STILL_S`, one may be waiting for a pipe that the other has
closed without ending: what nobody but the grader holds is let go then.

The relay counts: a program that floods its interactor meets its output limit like any other, and what it said first is
kept to be shown. It works on the core of the two programs, which spares a message the way to another core and back. In
the other direction the bytes go straight.
"""

from __future__ import annotations

import os
import select
import threading
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, replace

from jupyter_oj_graders.evaluations.interactive_rules import Party
from jupyter_oj_sandbox.api import Box, Ending, RunResult

LOOK_S = 0.05
"""How often a conversation is looked at while nobody has ended."""
STILL_S = 1.0
STILL_CPU_S = 0.01
"""Two programs that together use less than this in `STILL_S` are waiting."""
GRACE_S = 3.0
"""What an interactor may still take to write its feedback after the program has failed."""
SHOWN_BYTES = 16 << 10
"""How much of what the program said is kept."""
_PIECE = 64 << 10

Run = Callable[[int, int], RunResult]
"""Runs a program on these descriptors of stdin and stdout, which become its own."""


@dataclass(frozen=True, slots=True)
class Talker:
    """One side: its box, and how to run it there."""

    box: Box
    run: Run


@dataclass(frozen=True, slots=True)
class Conversation:
    """How both ended, and who did first. `team.stdout` is the beginning of what the program said."""

    team: RunResult
    jury: RunResult
    first: Party


@dataclass(frozen=True, slots=True)
class Terms:
    """The program may say `team_bytes`: more is OUTPUT_LIMIT. `decided` tells whether an interactor that ended first
    with this result leaves the program nothing to win: it is then stopped."""

    team_bytes: int
    decided: Callable[[RunResult], bool]


def converse(team: Talker, jury: Talker, terms: Terms) -> Conversation:
    """Run both to their ends. Raises what either run raised, after the other has ended. No descriptor and no thread is
    left."""
    return _Table(team, jury, terms).sit()


class _Table:
    def __init__(self, team: Talker, jury: Talker, terms: Terms) -> None:
        self._talkers = {Party.TEAM: team, Party.JURY: jury}
        self._terms = terms
        self._from_team, self._team_stdout = os.pipe()
        self._jury_stdin, self._to_jury = os.pipe()
        self._team_stdin, self._jury_stdout = os.pipe()
        self._held = _Held(os.dup(self._team_stdin), os.dup(self._jury_stdout))
        self._let_go, self._relayed = threading.Event(), threading.Event()
        self._left, self._said = terms.team_bytes, bytearray()

    def sit(self) -> Conversation:
        with ThreadPoolExecutor(3, thread_name_prefix="oj-talk") as threads:
            relay = threads.submit(self._relay)
            runs: dict[Party, Future[tuple[float, RunResult]]] = {}
            try:
                for party, ends in (
                    (Party.JURY, (self._jury_stdin, self._jury_stdout)),
                    (Party.TEAM, (self._team_stdin, self._team_stdout)),
                ):
                    runs[party] = threads.submit(self._timed, party, ends)
                first = self._attend(runs)
            finally:
                self._release()
            relay.result()
        team, jury = runs[Party.TEAM].result()[1], runs[Party.JURY].result()[1]
        if self._left < 0 and team.ending is Ending.STOPPED and first is Party.TEAM:
            team = replace(team, ending=Ending.OUTPUT_LIMIT)
        return Conversation(replace(team, stdout=bytes(self._said)), jury, first)

    def _timed(self, party: Party, ends: tuple[int, int]) -> tuple[float, RunResult]:
        result = self._talkers[party].run(*ends)
        return time.monotonic(), result

    def _attend(self, runs: dict[Party, Future[tuple[float, RunResult]]]) -> Party:
        """Until both have ended. Who was first: of two that ended between two looks, who ended earlier."""
        first: Party | None = None
        used_s, first_at = self._used_s(), 0.0
        since = time.monotonic()
        waiting = set(runs.values())
        while waiting:
            done, waiting = wait(waiting, LOOK_S, FIRST_COMPLETED)
            now = time.monotonic()
            if first is None and done:
                first = min((p for p in runs if runs[p] in done), key=lambda party: _ended_at(runs[party]))
                first_at = now
                self._release()
            if first is not None:
                if waiting and self._is_over(first, runs[first], now - first_at):
                    self._talkers[Party.TEAM if first is Party.JURY else Party.JURY].box.stop()
            elif now - since >= STILL_S:
                before, used_s = used_s, self._used_s()
                since = now
                if used_s - before < STILL_CPU_S:
                    self._held.let_go_of_the_abandoned()
                    if self._relayed.is_set():
                        self._let_go.set()
        return first or Party.JURY

    def _is_over(self, first: Party, run: Future[tuple[float, RunResult]], since_s: float) -> bool:
        """Whether the other one need not go on."""
        if run.exception() is not None:
            return True
        result = run.result()[1]
        if first is Party.JURY:
            return self._terms.decided(result)
        well = result.ending is Ending.EXITED and result.exit_code == 0
        return not well and result.ending is not Ending.WALL_LIMIT and since_s > GRACE_S

    def _used_s(self) -> float:
        return sum(talker.box.used_cpu_s() for talker in self._talkers.values())

    def _release(self) -> None:
        """From now on each side sees the other's end."""
        self._held.let_go()
        self._let_go.set()

    def _relay(self) -> None:
        """Move what the program says to the interactor until one of them hears or says no more; then hold the ends."""
        if (core := self._talkers[Party.TEAM].box.core) is not None:
            os.sched_setaffinity(0, {core})  # of this thread
        with suppress(BrokenPipeError):
            while self._left >= 0 and (piece := os.read(self._from_team, _PIECE)):
                self._said += piece[: SHOWN_BYTES - len(self._said)]
                self._left -= len(piece)
                os.write(self._to_jury, piece)
        self._relayed.set()
        if self._left < 0:
            self._talkers[Party.TEAM].box.stop()
        self._let_go.wait()
        os.close(self._from_team)
        os.close(self._to_jury)


def _ended_at(run: Future[tuple[float, RunResult]]) -> float:
    return run.result()[0] if run.exception() is None else 0.0


class _Held:
    """Both ends of the pipe from the interactor to the program, held beside them."""

    def __init__(self, reading: int, writing: int) -> None:
        self._reading: int | None = reading
        self._writing: int | None = writing

    def let_go(self) -> None:
        for end in (self._reading, self._writing):
            if end is not None:
                os.close(end)
        self._reading = self._writing = None

    def let_go_of_the_abandoned(self) -> None:
        """Let go of an end that no program has open any more. To see that, ours is closed; if it was not the last, it
        is opened again by way of the other, which the kernel allows for pipes."""
        if self._reading is not None and self._writing is not None:
            os.close(self._writing)
            self._writing = None if _tells(self._reading, select.POLLHUP) else _reopen(self._reading, os.O_WRONLY)
        if self._reading is not None and self._writing is not None:
            os.close(self._reading)
            self._reading = None if _tells(self._writing, select.POLLERR) else _reopen(self._writing, os.O_RDONLY)


def _tells(end: int, what: int) -> bool:
    poll = select.poll()
    poll.register(end, 0)
    return any(events & what for _, events in poll.poll(0))


def _reopen(end: int, how: int) -> int | None:
    with suppress(OSError):
        return os.open(f"/proc/self/fd/{end}", how | os.O_NONBLOCK | os.O_CLOEXEC)
    return None
