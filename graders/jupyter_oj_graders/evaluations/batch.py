"""The plain problem: a program reads its input, ends, and its output is compared with the answer."""

from __future__ import annotations

from jupyter_oj_extension.domain.problem import Problem
from jupyter_oj_graders.checking import check
from jupyter_oj_graders.evaluations.base import OwnInput, Parts, Test, Tools, Tried
from jupyter_oj_graders.evaluations.learner import Learner
from jupyter_oj_graders.executables import Executable
from jupyter_oj_graders.verdicts import finished


class Batch(Parts):
    """An `Evaluation` in one warm box. The answer is read here, outside the sandbox, and stays here."""

    def __init__(self, problem: Problem, program: Executable, tools: Tools) -> None:
        self._problem, self._tools = problem, tools
        self._learner = Learner(program, tools)
        super().__init__(self._learner)

    def try_on(self, test: Test) -> Tried:
        stdin = self._learner.stdin(test)
        result = self._learner.run(test, stdin)
        if isinstance(test, OwnInput):
            return Tried(result, None, stdin, None)
        answer = self._tools.problems.read(test.answer)
        checked = check(self._problem.validator, test, answer, result.stdout) if finished(result) else None
        return Tried(result, checked, stdin, answer)
