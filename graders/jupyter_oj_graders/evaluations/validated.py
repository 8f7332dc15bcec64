"""A program that reads its input and ends, judged by the problem's own output validator, in one pass or several."""

from __future__ import annotations

from jupyter_oj_extension.domain.problem import Problem
from jupyter_oj_graders.evaluations.base import OwnInput, Parts, Test, Tools, Tried
from jupyter_oj_graders.evaluations.learner import Learner
from jupyter_oj_graders.evaluations.multi_pass import Pass, in_passes
from jupyter_oj_graders.executables import Executable
from jupyter_oj_graders.validators import Matter, Validator
from jupyter_oj_graders.verdicts import finished


class Validated(Parts):
    """An `Evaluation` in two warm boxes, the learner's and the jury's. The answer is in the jury's only."""

    def __init__(self, problem: Problem, program: Executable, tools: Tools) -> None:
        self._problem, self._tools = problem, tools
        self._learner, self._validator = Learner(program, tools), Validator(problem, tools)
        super().__init__(self._validator, self._learner)

    def try_on(self, test: Test) -> Tried:
        stdin = self._learner.stdin(test)
        if isinstance(test, OwnInput):
            return Tried(self._learner.run(test, stdin), None, stdin, None)
        answer = self._tools.problems.read(test.answer)

        def once(matter: Matter) -> Pass:
            result = self._learner.run(test, matter.stdin)
            return (
                Pass(result, *self._validator.judge(matter, result.stdout)) if finished(result) else Pass(result, None)
            )

        result, checked = in_passes(self._problem, Matter(test, stdin, answer), once)
        return Tried(result, checked, stdin, answer)
