"""The problem whose answers are submitted (Kattis: ``submit-answer``): no program is run, the text is checked.

Which part of a submission answers a test says `jupyter_oj_extension.domain.answers`. A test that nothing answers is
answered wrongly.
"""

from __future__ import annotations

from jupyter_oj_extension.domain.answers import answer_to, answers
from jupyter_oj_extension.domain.judgement import SourceFile
from jupyter_oj_extension.domain.problem import Problem
from jupyter_oj_graders.checkers.result import CheckResult
from jupyter_oj_graders.checking import check
from jupyter_oj_graders.evaluations.base import OwnInput, Parts, Test, Tools, Tried
from jupyter_oj_graders.executables import Executable
from jupyter_oj_graders.validators import Matter, Validator
from jupyter_oj_sandbox.api import BoxFile, Ending, RunResult

NO_ANSWER = "There is no answer to this test in the submission."


def as_submitted(sources: tuple[SourceFile, ...]) -> Executable:
    """The submission's files as what stands for a program: it is built of nothing and never run."""
    return Executable(files=tuple(BoxFile(source.name, source.content) for source in sources), argv=())


class SubmitAnswer(Parts):
    """An `Evaluation` that runs nothing of the learner's: `program` holds the submitted files as they are."""

    def __init__(self, problem: Problem, program: Executable, tools: Tools) -> None:
        self._problem, self._tools = problem, tools
        self._given = answers(
            {file.name: file.content for file in program.files}, (case.name for case in problem.cases)
        )
        self._validator = Validator(problem, tools) if problem.validator.kind == "custom" else None
        super().__init__(self._validator)

    def try_on(self, test: Test) -> Tried:
        if isinstance(test, OwnInput):
            whole = self._given if isinstance(self._given, bytes) else b""
            return Tried(_nothing_ran(whole), None, test.content, None)
        stdin, wanted = self._tools.problems.read(test.input), self._tools.problems.read(test.answer)
        output = answer_to(test.name, self._given)
        if output is None:
            return Tried(_nothing_ran(b""), CheckResult(False, message=NO_ANSWER), stdin, wanted)
        if self._validator is not None:
            checked = self._validator.check(Matter(test, stdin, wanted), output)
        else:
            checked = check(self._problem.validator, test, wanted, output)
        return Tried(_nothing_ran(output), checked, stdin, wanted)


def _nothing_ran(output: bytes) -> RunResult:
    return RunResult(
        ending=Ending.EXITED,
        exit_code=0,
        signal=None,
        cpu_s=0.0,
        wall_s=0.0,
        memory_kib=0,
        stdout=output,
        stderr=b"",
    )
