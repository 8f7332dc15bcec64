"""Two programs in two boxes, joined by two pipes, until both have ended.

    learner's program ── from_team ──► relay, which counts ── to_jury ──► interactor
                      ◄─────────────────── to_team ──────────────────────

Who ended first decides verdicts, and a pipe tells of an end before its program is even gone. So the grader holds every
end of every pipe open beside the programs, until it *knows* that one of the two has ended: only then can the other see
an end of file or a broken pipe. What an interactor says to a program that has ended well or badly, the grader hears in
its place (`LISTENS_BYTES`): whether a program reads the last word is no matter of who is faster. Where both keep still
for `STILL_S`, one may be waiting for a pipe that the other has closed without ending: what nobody but the grader holds
is let go then.

The relay counts: a program that floods its interactor meets its output limit like any other, and what it said first is
kept to be shown. In the other direction the bytes go straight, unless the conversation is to be shown: then a second
relay listens there.
"""

from __future__ import annotations

import os
import select
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, replace

from jupyter_oj_extension.domain.judgement import Speaker
from jupyter_oj_graders.evaluations.interactive_rules import Party
from jupyter_oj_graders.evaluations.relay import SHOWN_BYTES, Relay, Transcript
from jupyter_oj_sandbox.api import Box, Ending, RunResult

LOOK_S = 0.05
"""How often a conversation is looked at while nobody has ended."""
STILL_S = 1.0
STILL_CPU_S = 0.01
"""Two programs that together use less than this in `STILL_S` are waiting."""
LISTENS_BYTES = 8 << 20
"""What an interactor may say to a program that has ended. Who says more does not listen, and gets a broken pipe."""
LISTENS_S = 0.002
"""How often the grader listens while there is something to hear."""
GRACE_S = 3.0
"""What an interactor may still take to write its feedback after the program has failed."""

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


def converse(team: Talker, jury: Talker, terms: Terms, transcript: Transcript | None = None) -> Conversation:
    """Run both to their ends; what they say goes into `transcript`. Raises what either run raised, after the other has
    ended. No descriptor and no thread is left."""
    return _Table(team, jury, terms, transcript).sit()


class _Table:
    def __init__(self, team: Talker, jury: Talker, terms: Terms, transcript: Transcript | None) -> None:
        self._talkers = {Party.TEAM: team, Party.JURY: jury}
        self._terms, self._transcript = terms, transcript
        self._left, self._said = terms.team_bytes, bytearray()
        from_team, self._team_stdout = os.pipe()
        self._jury_stdin, to_jury = os.pipe()
        self._team_stdin, to_team = os.pipe()
        self._relays = [Relay(from_team, to_jury, self._heard_team)]
        if transcript is None:
            self._jury_stdout = to_team
            self._held = _Held(os.dup(self._team_stdin), os.dup(to_team))
        else:
            from_jury, self._jury_stdout = os.pipe()
            self._held = _Held(os.dup(self._team_stdin), os.dup(to_team))
            self._relays.append(Relay(from_jury, to_team, self._heard_jury))

    def sit(self) -> Conversation:
        with ThreadPoolExecutor(4, thread_name_prefix="oj-talk") as threads:
            core = self._talkers[Party.TEAM].box.core
            relaying = [threads.submit(relay.run, core) for relay in self._relays]
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
            for relayed in relaying:
                relayed.result()
        team, jury = runs[Party.TEAM].result()[1], runs[Party.JURY].result()[1]
        # It may have ended by itself while its last words were still to be counted.
        if self._left < 0 and first is Party.TEAM and team.ending in (Ending.STOPPED, Ending.EXITED, Ending.SIGNALLED):
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
        look_s = LOOK_S
        while waiting:
            done, waiting = wait(waiting, look_s, FIRST_COMPLETED)
            now = time.monotonic()
            if first is None and done:
                first = min((p for p in runs if runs[p] in done), key=lambda party: _ended_at(runs[party]))
                first_at = now
                self._release(listening=first is Party.TEAM)
            if first is not None:
                look_s = LISTENS_S if first is Party.TEAM and self._held.listen() else LOOK_S
                if waiting and self._is_over(first, runs[first], now - first_at):
                    self._talkers[Party.TEAM if first is Party.JURY else Party.JURY].box.stop()
            elif now - since >= STILL_S:
                before, used_s = used_s, self._used_s()
                since = now
                if used_s - before < STILL_CPU_S:
                    self._held.let_go_of_the_abandoned()
                    for relay in self._relays:
                        if relay.done:
                            relay.let_go()
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

    def _release(self, *, listening: bool = False) -> None:
        """From now on each side sees the other's end; with `listening` the interactor only that nobody answers."""
        if not listening:
            self._held.let_go()
        for relay in self._relays:
            relay.let_go()

    def _heard_team(self, piece: bytes) -> bool:
        self._said += piece[: SHOWN_BYTES - len(self._said)]
        self._left -= len(piece)
        if self._transcript is not None:
            self._transcript.heard(Speaker.PROGRAM, piece)
        if self._left < 0:
            self._talkers[Party.TEAM].box.stop()
        return self._left >= 0

    def _heard_jury(self, piece: bytes) -> bool:
        if self._transcript is not None:
            self._transcript.heard(Speaker.INTERACTOR, piece)
        return True


def _ended_at(run: Future[tuple[float, RunResult]]) -> float:
    return run.result()[0] if run.exception() is None else 0.0


class _Held:
    """Both ends of the pipe from the interactor to the program, held beside them."""

    def __init__(self, reading: int, writing: int) -> None:
        self._reading: int | None = reading
        self._writing: int | None = writing
        self._listens = LISTENS_BYTES

    def let_go(self) -> None:
        for end in (self._reading, self._writing):
            if end is not None:
                os.close(end)
        self._reading = self._writing = None

    def listen(self) -> bool:
        """Take what the interactor has said to a program that has ended, and answer whether it was anything; let go
        when it was too much."""
        before = self._listens
        with suppress(BlockingIOError):
            while self._reading is not None:
                os.set_blocking(self._reading, False)
                piece = os.read(self._reading, 1 << 16)
                if not piece:
                    break
                self._listens -= len(piece)
                if self._listens < 0:
                    self.let_go()
        return self._listens < before

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
