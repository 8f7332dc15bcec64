"""`Validator`: the problem's own output validator in a warm box of the jury's, opened once for a submission.

For each run the box holds the program and, beside it, what belongs to the test; the feedback folder is the run's
working folder::

    /box/…              the program
    /box/oj-test.in     the input, of this pass
    /box/oj-test.ans    the answer
    /box/oj-test.out    the team's output, only for testlib: others read it from their standard input
    /scratch/           the feedback folder, empty in the first pass
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jupyter_oj_extension.domain.problem import Problem, TestCase
from jupyter_oj_graders.checkers.result import CheckResult
from jupyter_oj_graders.opened import Opened
from jupyter_oj_graders.validators import program, said
from jupyter_oj_graders.validators.program import Dialect
from jupyter_oj_graders.validators.said import Rules, Said
from jupyter_oj_sandbox.api import Box, BoxFile, Role, RunLimits, RunResult

if TYPE_CHECKING:
    from jupyter_oj_graders.evaluations.base import Tools

INPUT, ANSWER, OUTPUT = "oj-test.in", "oj-test.ans", "oj-test.out"
FEEDBACK = "/scratch/"
"""Ends in a slash, as the format says: validators put a file's name right behind it."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One test as a validator sees it. `state` is what it left in its feedback folder in the pass before."""

    test: TestCase
    stdin: bytes
    answer: bytes
    state: dict[str, bytes] = field(default_factory=dict)


class Validator(Opened):
    """A context manager. Methods raise `JudgeError` or `SandboxFault` for what went wrong: it is all our fault."""

    def __init__(self, problem: Problem, tools: Tools) -> None:
        self._problem, self._tools = problem, tools
        self._multi_pass = "multi-pass" in problem.types

    def _enter(self, opening: ExitStack) -> None:
        self._program = program.build(self._problem, self._tools)
        self._memory_mib = self._program.memory_mib
        box = self._tools.sandbox.box(self._program.image, memory_mib=self._memory_mib, role=Role.JURY)
        self.box: Box = opening.enter_context(box)

    @property
    def dialect(self) -> Dialect:
        return self._program.dialect

    @property
    def env(self) -> dict[str, str]:
        return dict(self._program.executable.env)

    @property
    def collect(self) -> tuple[str, ...]:
        return ("*",) if self._multi_pass else said.MEANT[:-1]

    @property
    def collect_mib(self) -> int:
        return max(1, self._problem.limits.validation_output_kib >> 10)

    def check(self, matter: Matter, output: bytes) -> CheckResult:
        """Judge the output of a program that has ended."""
        return self.judge(matter, output)[0].check

    def judge(self, matter: Matter, output: bytes) -> tuple[Said, dict[str, bytes]]:
        """As `check`, with the input of the next pass where there is one, and the feedback folder as it was left."""
        testlib = self.dialect is Dialect.TESTLIB
        self.load(matter, output if testlib else None)
        result = self.box.run(
            self.argv(matter, OUTPUT),
            limits=self.limits(),
            stdin=b"" if testlib else output,
            env=self.env,
            collect=self.collect,
            collect_mib=self.collect_mib,
        )
        return self.said(matter, result), result.collected

    def load(self, matter: Matter, output: bytes | None = None) -> None:
        """Put program and test into the box."""
        beside = [BoxFile(INPUT, matter.stdin), BoxFile(ANSWER, matter.answer)]
        if output is not None:
            beside.append(BoxFile(OUTPUT, output))
        state = (BoxFile(name, content, seed=True) for name, content in matter.state.items())
        self.box.load((*self._program.executable.files, *beside, *state))

    def argv(self, matter: Matter, output: str) -> tuple[str, ...]:
        """The command line; `output` is a file's name in ``/box``, or a path, and for testlib only."""
        test = matter.test
        flags = self._problem.validator.flags if test.validator_flags is None else test.validator_flags
        given, answer = f"/box/{INPUT}", f"/box/{ANSWER}"
        if self.dialect is Dialect.TESTLIB:
            path = output if output.startswith("/") else f"/box/{output}"
            return (*self._program.executable.argv, given, path, answer, *flags)
        return (*self._program.executable.argv, given, answer, FEEDBACK, *flags)

    def limits(self, *, more_s: float = 0.0, more_wall_s: float = 0.0) -> RunLimits:
        """Limits of one run of it; `more_s` and `more_wall_s` are what an interactor spends on waiting for others."""
        limits = self._problem.limits
        return RunLimits(
            cpu_s=limits.validation_s + more_s,
            wall_s=2 * limits.validation_s + 1 + more_wall_s,
            memory_mib=self._memory_mib,
            output_kib=limits.validation_output_kib,
            scratch_mib=max(64, 2 * self.collect_mib),
        )

    def said(self, matter: Matter, result: RunResult) -> Said:
        """What a run of it means. Raises `JudgeError` when it came to no judgement."""
        rules = Rules(self.dialect, self._problem.validator.presentation, self._multi_pass)
        kind = "interactor" if "interactive" in self._problem.types else "output validator"
        return said.said(result, rules, f"the {kind} of problem {self._problem.slug}, on test {matter.test.name},")
