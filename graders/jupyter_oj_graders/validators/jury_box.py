"""`JuryBox`: a program of the jury's in a warm box of the jury's, for those that see no test: the static validator and
the problem's own grader."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from jupyter_oj_extension.domain.problem import Problem
from jupyter_oj_graders.opened import Opened
from jupyter_oj_graders.validators import program
from jupyter_oj_sandbox.api import Box, BoxFile, Role, RunLimits, RunResult

if TYPE_CHECKING:
    from jupyter_oj_graders.evaluations.base import Tools


class JuryBox(Opened):
    """A context manager, opened once for a submission. Raises `JudgeError` or `SandboxFault`: it is all our fault."""

    def __init__(self, path: Path, what: str, problem: Problem, tools: Tools) -> None:
        """`path` is the program's file or folder; `what` names it in errors."""
        self._path, self._problem, self._tools = path, problem, tools
        self.what = what

    def _enter(self, opening: ExitStack) -> None:
        self._program = program.build_at(self._path, self.what, self._problem, self._tools)
        box = self._tools.sandbox.box(self._program.image, memory_mib=self._program.memory_mib, role=Role.JURY)
        self._box: Box = opening.enter_context(box)

    def run(
        self,
        arguments: tuple[str, ...],
        *,
        stdin: bytes = b"",
        beside: tuple[BoxFile, ...] = (),
        collect: tuple[str, ...] = (),
    ) -> RunResult:
        """One run, with the limits of a validator. `beside` are files for it, those that are seeds in its working
        folder."""
        executable, limits = self._program.executable, self._problem.limits
        self._box.load((*executable.files, *beside))
        return self._box.run(
            (*executable.argv, *arguments),
            limits=RunLimits(
                cpu_s=limits.validation_s,
                wall_s=2 * limits.validation_s + 1,
                memory_mib=self._program.memory_mib,
                output_kib=limits.validation_output_kib,
            ),
            stdin=stdin,
            env=dict(executable.env),
            collect=collect,
            collect_mib=max(1, limits.validation_output_kib >> 10),
        )
