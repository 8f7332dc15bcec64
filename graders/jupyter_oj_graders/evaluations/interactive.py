"""The interactive problem: the program talks with the jury's interactor, which is the problem's output validator.

The interactor is given the test's files and judges; the program is given nothing but the conversation. A run on the
learner's own input is no conversation: the program reads what the learner says in the interactor's place.

What both say on a sample is told to the learner. On a hidden test the interactor's words go straight into the program's
box and nowhere else: nobody writes them down, unless staff judge by hand.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from jupyter_oj_extension.domain.problem import Problem, TestCase
from jupyter_oj_graders.checkers.result import CheckResult
from jupyter_oj_graders.evaluations.base import OwnInput, Parts, Test, Tools, Tried
from jupyter_oj_graders.evaluations.conversation import Talker, Terms, converse
from jupyter_oj_graders.evaluations.interactive_rules import Decision, decide
from jupyter_oj_graders.evaluations.learner import Learner
from jupyter_oj_graders.evaluations.multi_pass import Pass, in_passes
from jupyter_oj_graders.evaluations.relay import Transcript
from jupyter_oj_graders.executables import Executable
from jupyter_oj_graders.validators import Matter, Said, Validator
from jupyter_oj_graders.validators.said import judged
from jupyter_oj_sandbox.api import Ending, RunResult

TESTLIB_LOG = "/scratch/oj-test.out"
"""Where an interactor made with testlib writes what a checker would read."""
WALL_FACTOR = 2
"""On the wall clock a program also waits for its interactor, and each message takes its way."""
_LEFT_EARLY = Said(CheckResult(ok=False, message="The program ended while the interactor was still talking to it."))


class Interactive(Parts):
    """An `Evaluation` in two warm boxes joined by pipes."""

    def __init__(self, problem: Problem, program: Executable, tools: Tools) -> None:
        self._problem, self._tools = problem, tools
        self._learner, self._interactor = Learner(program, tools), Validator(problem, tools)
        self._wall_s = WALL_FACTOR * tools.limits.wall_s
        super().__init__(self._interactor, self._learner)

    def try_on(self, test: Test) -> Tried:
        stdin = self._learner.stdin(test)
        if isinstance(test, OwnInput):
            return Tried(self._learner.run(test, stdin), None, stdin, None)
        answer = self._tools.problems.read(test.answer)
        transcript = Transcript() if test.is_sample or self._tools.conversations else None
        once = partial(self._once, test, transcript)
        result, checked = in_passes(self._problem, Matter(test, stdin, answer), once)
        return Tried(result, checked, b"", b"", transcript.spoken() if transcript is not None else ())

    def _once(self, test: TestCase, transcript: Transcript | None, matter: Matter) -> Pass:
        interactor, limits = self._interactor, self._tools.limits
        if transcript is not None:
            transcript.next_pass()
        interactor.load(matter)
        talk = converse(
            Talker(self._learner.box, partial(self._learner.talk, test, wall_s=self._wall_s)),
            Talker(interactor.box, partial(self._interact, matter)),
            Terms(limits.output_kib << 10, lambda result: judged(result, interactor.dialect) is not True),
            transcript,
        )
        match decide(talk.team, talk.jury, talk.first, interactor.dialect):
            case Decision.PROGRAM:
                return Pass(talk.team, None)
            case Decision.LEFT_EARLY:
                return Pass(talk.team, _LEFT_EARLY)
            case Decision.INTERACTOR | Decision.FAULT:  # of a fault, said() makes the error
                said = interactor.said(matter, talk.jury)
                return Pass(_unhurt(talk.team), said, talk.jury.collected)

    def _interact(self, matter: Matter, stdin: int, stdout: int) -> RunResult:
        # Whatever it waits for, the program's clocks run out first; what it then still takes is its own.
        interactor, wall_s = self._interactor, self._wall_s
        return interactor.box.run(
            interactor.argv(matter, TESTLIB_LOG),
            limits=interactor.limits(more_s=wall_s, more_wall_s=2 * wall_s),
            stdin=stdin,
            stdout=stdout,
            env=interactor.env,
            collect=interactor.collect,
            collect_mib=interactor.collect_mib,
        )


def _unhurt(team: RunResult) -> RunResult:
    """The program's result where the interactor's word counts: however it ended, nothing is held against it."""
    return replace(team, ending=Ending.EXITED, exit_code=0, signal=None)
