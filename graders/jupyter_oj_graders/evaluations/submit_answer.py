"""The problem whose answers are submitted (Kattis: ``submit-answer``): no program is run, the text is checked.

Which part of a submission answers a test:

- files named like tests: ``01.out`` (or ``.ans``, ``.txt``, or no ending) for ``secret/01``, with its folders where
  they are needed to tell it from another (``group1/01.out``);
- one text with sections: what stands below the line ``=== 01 ===``;
- one text without sections, and not named like a test: all of it, whatever the test.

A test that nothing answers is answered wrongly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from jupyter_oj_extension.domain.judgement import SourceFile
from jupyter_oj_extension.domain.problem import Problem
from jupyter_oj_graders.checkers.result import CheckResult
from jupyter_oj_graders.checking import check
from jupyter_oj_graders.evaluations.base import Opened, OwnInput, Test, Tools, Tried
from jupyter_oj_graders.executables import Executable
from jupyter_oj_graders.validators import Matter, Validator
from jupyter_oj_sandbox.api import BoxFile, Ending, RunResult

ENDINGS = ("", ".out", ".ans", ".txt")
HEADER = re.compile(rb"^===[ \t]*(\S+)[ \t]*===[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
NO_ANSWER = "There is no answer to this test in the submission."


def as_submitted(sources: tuple[SourceFile, ...]) -> Executable:
    """The submission's files as what stands for a program: it is built of nothing and never run."""
    return Executable(files=tuple(BoxFile(source.name, source.content) for source in sources), argv=())


def answers(files: tuple[BoxFile, ...], tests: Iterable[str]) -> dict[str, bytes] | bytes:
    """The submission's answers by name without ending; or the one text that answers every one of `tests`."""
    by_name = {_stem(file.name): file.content for file in files}
    if len(files) > 1:
        return by_name
    text = files[0].content
    head, *parts = HEADER.split(text)
    if parts:
        names = (name.decode("utf-8", "replace") for name in parts[::2])
        return {_stem(name): body for name, body in zip(names, parts[1::2], strict=True)}
    return by_name if any(answer_to(test, by_name) is not None for test in tests) else head


def answer_to(name: str, given: dict[str, bytes] | bytes) -> bytes | None:
    """The answer to the test `name` (``secret/group1/01``): by its whole name, or any end of it, the longest first."""
    if isinstance(given, bytes):
        return given
    parts = name.split("/")
    for first in range(len(parts)):
        found = given.get("/".join(parts[first:]))
        if found is not None:
            return found
    return None


def _stem(name: str) -> str:
    ending = PurePosixPath(name).suffix
    return name.removesuffix(ending) if ending in ENDINGS else name


class SubmitAnswer(Opened):
    """An `Evaluation` that runs nothing of the learner's: `program` holds the submitted files as they are."""

    def __init__(self, problem: Problem, program: Executable, tools: Tools) -> None:
        self._problem, self._tools = problem, tools
        self._given = answers(program.files, (case.name for case in problem.cases))
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
