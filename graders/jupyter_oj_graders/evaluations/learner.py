"""The learner's program in its warm box: what every evaluation that runs one shares."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace

from jupyter_oj_extension.domain.problem import TestCase
from jupyter_oj_graders import syntax
from jupyter_oj_graders.evaluations.base import OwnInput, Test, Tools
from jupyter_oj_graders.executables import Executable
from jupyter_oj_graders.execute import execute
from jupyter_oj_graders.image_specs import image_spec
from jupyter_oj_graders.opened import Opened
from jupyter_oj_graders.verdicts import told_of_memory
from jupyter_oj_sandbox.api import Box, BoxFile, RunResult


class Learner(Opened):
    """A context manager, opened once for a submission. Raises `SandboxFault` for what is the sandbox's fault."""

    def __init__(self, program: Executable, tools: Tools) -> None:
        self._program, self._tools = program, tools
        self._beside: tuple[BoxFile, ...] = ()

    def _enter(self, opening: ExitStack) -> None:
        tools = self._tools
        box = tools.sandbox.box(image_spec(tools.language.run_image), memory_mib=tools.limits.memory_mib)
        self.box: Box = opening.enter_context(box)
        self.box.load(self._program.files)

    def stdin(self, test: Test) -> bytes:
        return test.content if isinstance(test, OwnInput) else self._tools.problems.read(test.input)

    def run(self, test: Test, stdin: bytes) -> RunResult:
        """One run to its end, repeated where its time is in doubt; the test's files lie in its working folder.
        Raises `syntax.Unreadable` when it shows that the source is none."""
        tools = self._tools
        result = execute(self.box, self._for(test), stdin, tools.limits, tools.doubt)
        if self._program.unproved:
            syntax.prove(self.box, tools.executables, tools.language, self._program, result, tools.limits.memory_mib)
            self._program = replace(self._program, unproved="")
        return result

    def talk(self, test: TestCase, stdin: int, stdout: int, *, wall_s: float) -> RunResult:
        """One run joined to descriptors, which become the box's."""
        program, limits = self._for(test), replace(self._tools.limits, wall_s=wall_s)
        result = self.box.run(program.argv, limits=limits, stdin=stdin, stdout=stdout, env=dict(program.env))
        return told_of_memory(result, program.memory_pattern)

    def _for(self, test: Test) -> Executable:
        """The program as this test calls it."""
        if isinstance(test, OwnInput):
            return self._program
        read = self._tools.problems.read
        beside = tuple(BoxFile(name, read(path), seed=True) for name, path in test.files)
        if beside != self._beside:
            self.box.load((*self._program.files, *beside))
            self._beside = beside
        return replace(self._program, argv=(*self._program.argv, *test.args)) if test.args else self._program
