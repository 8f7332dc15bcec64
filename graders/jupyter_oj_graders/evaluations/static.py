"""The static tests of a problem: its static validator looks at a submission's files, of which nothing is run here.

The source is hostile input to a program of the jury's. It runs in a box of the jury's that holds no test and no answer,
and the files lie in its working folder as text. A validator that runs what it is to look at gives its box away, and no
more than that.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, ExitStack
from typing import TYPE_CHECKING

from jupyter_oj_extension.domain.errors import JudgeError
from jupyter_oj_extension.domain.judgement import SourceFile
from jupyter_oj_extension.domain.problem import Problem, StaticTest
from jupyter_oj_graders.evaluations.base import Evaluation, Test, Tried
from jupyter_oj_graders.included import included
from jupyter_oj_graders.opened import Opened
from jupyter_oj_graders.sources import arrange
from jupyter_oj_graders.validators import said
from jupyter_oj_graders.validators.jury_box import JuryBox
from jupyter_oj_graders.validators.validator import FEEDBACK
from jupyter_oj_sandbox.api import BoxFile, Ending, RunResult

if TYPE_CHECKING:
    from jupyter_oj_graders.evaluations.base import Tools

NOTHING_RAN = RunResult(Ending.EXITED, 0, None, 0.0, 0.0, 0, b"", b"")


class Whole(Opened):
    """The evaluation of all of a problem's tests: static ones by `static`, the others by `running`."""

    def __init__(
        self, running: AbstractContextManager[Evaluation], static: AbstractContextManager[StaticValidation] | None
    ) -> None:
        self._parts = running, static
        self._static: StaticValidation | None = None

    def _enter(self, opening: ExitStack) -> None:
        running, static = self._parts
        if static is not None:
            self._static = opening.enter_context(static)
        self._running = opening.enter_context(running)

    def try_on(self, test: Test | StaticTest) -> Tried:
        """As `Evaluation.try_on`."""
        if not isinstance(test, StaticTest):
            return self._running.try_on(test)
        if self._static is None:
            raise JudgeError(f"{test.name} has no static validator")
        return self._static.look(test)


class StaticValidation(JuryBox):
    """Looks at the files of one submission. What the validator's own run costs is no figure of the submission's."""

    def __init__(self, problem: Problem, sources: tuple[SourceFile, ...], tools: Tools) -> None:
        if problem.static_validator is None:
            raise JudgeError(f"problem {problem.slug} has no static validator")
        what = f"the static validator of problem {problem.slug}"
        super().__init__(problem.static_validator, what, problem, tools)
        arranged = arrange(tools.language, sources, included(problem, tools.language.id))
        self._call = (tools.language.id, arranged.entry, FEEDBACK)
        # Beside the feedback: a file that is called like a part of it would speak in the validator's name.
        self._files = tuple(
            BoxFile(file.name, file.content, seed=True) for file in arranged.files if file.name not in said.MEANT
        )

    def look(self, test: StaticTest) -> Tried:
        result = self.run((*self._call, *test.args), beside=self._files, collect=said.MEANT[:-1])
        judged = said.said(result, said.Rules(), f"{self.what}, in {test.group},")
        return Tried(NOTHING_RAN, judged.check, b"", None)
