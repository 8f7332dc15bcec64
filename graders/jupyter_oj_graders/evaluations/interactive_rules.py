"""Who decides a conversation between a learner's program and an interactor. Pure; ``tests/judging`` has its table.

After Kattis's problemtools and DOMjudge, in this order:

1. An interactor that came to no judgement (a crash, another exit code, a limit) is the jury's fault, *unless* the
   program had failed before it: what a bad end of the other side does to an interactor is not held against it. Only
   when the program ran out of wall-clock time and the interactor then did not end either, it is the interactor that
   kept it waiting. An interactor that dies of a broken pipe after the program ended well was talking to nobody: the
   program left too early, which is wrong.
2. An interactor that rejects before the program ends has decided, whatever the program does after it.
3. A program that failed (crash, exit code, limit) has decided, also when the interactor accepted before that.
4. Otherwise the interactor's word counts.
"""

from __future__ import annotations

from enum import StrEnum

from jupyter_oj_graders.validators.program import Dialect
from jupyter_oj_graders.validators.said import judged
from jupyter_oj_graders.verdicts import finished
from jupyter_oj_sandbox.api import Ending, RunResult


class Party(StrEnum):
    TEAM = "team"
    JURY = "jury"


class Decision(StrEnum):
    """What the verdict is made of: how the program ended, the interactor's word (its exit code and feedback), or the
    interactor's silence, which is wrong or our fault."""

    PROGRAM = "program"
    INTERACTOR = "interactor"
    LEFT_EARLY = "left-early"
    FAULT = "fault"


_LIMITS = (Ending.CPU_LIMIT, Ending.WALL_LIMIT)


def decide(team: RunResult, jury: RunResult, first: Party, dialect: Dialect = Dialect.KATTIS) -> Decision:
    """`first`: who ended before the other could notice an end. What we stopped ourselves never is first."""
    accepts, well = judged(jury, dialect), finished(team)
    if accepts is None:
        if first is Party.JURY:
            return Decision.FAULT
        if well:
            return Decision.LEFT_EARLY if _broken_pipe(jury) else Decision.FAULT
        kept_waiting = team.ending is Ending.WALL_LIMIT and jury.ending in _LIMITS
        return Decision.FAULT if kept_waiting else Decision.PROGRAM
    if not accepts and first is Party.JURY:
        return Decision.INTERACTOR
    return Decision.INTERACTOR if well else Decision.PROGRAM


def _broken_pipe(jury: RunResult) -> bool:
    """Whether it died of SIGPIPE, or of what runtimes that pass over it make of a pipe that nobody reads."""
    failed = jury.ending is Ending.EXITED and jury.exit_code != 0
    return jury.signal == "SIGPIPE" or (failed and any(words in jury.stderr for words in (b"Broken pipe", b"EPIPE")))
