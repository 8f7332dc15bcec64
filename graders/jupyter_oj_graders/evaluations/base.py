"""What the evaluations share: the grader's parts they work with, a test, and what trying one gives."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from typing import Any, Protocol

from jupyter_oj_extension.domain.judgement import Spoken
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.domain.problem import TestCase
from jupyter_oj_graders.checkers.result import CheckResult
from jupyter_oj_graders.executables import ExecutableCache
from jupyter_oj_graders.execute import Doubt
from jupyter_oj_graders.opened import Opened
from jupyter_oj_graders.problem_cache import ProblemCache
from jupyter_oj_sandbox.api import RunLimits, RunResult, Sandbox


@dataclass(frozen=True, slots=True)
class Tools:
    """The parts of a slot's judge. `language` and `limits` are the submission's, `languages` are all there are; `doubt`
    is what the submission has left of repetitions. `conversations`: those of hidden tests are written down, too."""

    sandbox: Sandbox
    languages: Mapping[str, Language]
    problems: ProblemCache
    executables: ExecutableCache
    language: Language
    limits: RunLimits
    doubt: Doubt = field(default_factory=Doubt)
    conversations: bool = False


@dataclass(frozen=True, slots=True)
class OwnInput:
    """The learner's own input as a test that nothing is compared with."""

    content: bytes
    name: str = "own input"
    group: str = "own"
    is_sample: bool = False


Test = TestCase | OwnInput
"""What a program is run on."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What the program did on one test and what the checker said of it; `check` is None where none was asked.

    `stdin` and `answer` are shown beside it where the learner may see the test; `answer` None: there is nothing to
    compare with. `conversation` is empty unless the test may be seen.
    """

    result: RunResult
    check: CheckResult | None
    stdin: bytes
    answer: bytes | None
    conversation: tuple[Spoken, ...] = ()


class Parts(Opened):
    """Opens what it is given, in that order."""

    def __init__(self, *parts: AbstractContextManager[Any] | None) -> None:
        """None stands for a part that is not needed."""
        self._parts = parts

    def _enter(self, opening: ExitStack) -> None:
        for part in self._parts:
            if part is not None:
                opening.enter_context(part)


class Evaluation(Protocol):
    """Tries one submission on one test after the other."""

    def try_on(self, test: Test) -> Tried:
        """Raises `SandboxFault` or `JudgeError` for what is our fault, the jury's programs included."""
