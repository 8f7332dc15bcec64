"""The plain problem: a program reads its input, ends, and its output is compared with the answer."""

from __future__ import annotations

from contextlib import ExitStack
from types import TracebackType
from typing import Self

from jupyter_oj_extension.domain.problem import Problem
from jupyter_oj_graders.checking import check
from jupyter_oj_graders.evaluations.base import OwnInput, Test, Tools, Tried
from jupyter_oj_graders.executables import Executable
from jupyter_oj_graders.execute import execute
from jupyter_oj_graders.image_specs import image_spec
from jupyter_oj_graders.verdicts import finished


class Batch:
    """An `Evaluation` in one warm box. The answer is read here, outside the sandbox, and stays here."""

    def __init__(self, problem: Problem, program: Executable, tools: Tools) -> None:
        self._problem, self._program, self._tools = problem, program, tools
        self._open = ExitStack()

    def __enter__(self) -> Self:
        tools = self._tools
        with ExitStack() as opening:
            box = tools.sandbox.box(image_spec(tools.language.run_image), memory_mib=tools.limits.memory_mib)
            self._box = opening.enter_context(box)
            self._box.load(self._program.files)
            self._open = opening.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.__exit__(kind, error, trace)

    def try_on(self, test: Test) -> Tried:
        stdin = test.content if isinstance(test, OwnInput) else self._tools.problems.read(test.input)
        result = execute(self._box, self._program, stdin, self._tools.limits)
        if isinstance(test, OwnInput):
            return Tried(result, None, stdin, None)
        answer = self._tools.problems.read(test.answer)
        checked = check(self._problem.validator, test, answer, result.stdout) if finished(result) else None
        return Tried(result, checked, stdin, answer)
