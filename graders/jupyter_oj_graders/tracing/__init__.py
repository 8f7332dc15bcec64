"""Where in the source a C, C++ or Rust program failed: it is built and run once more, so that it tells.

Their runtimes know no lines (Rust's none of an overflown stack). So when the first run of a submission fails by a
signal or an uncaught exception, and nobody knows the line, the program is built by the language's `trace_argv`, with
line numbers and with ``oj_where.c`` beside it, and run on the same test in the same way. Of that run nothing but the
line is taken, and only if it ends as the first did. (ADR 0165.)
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from jupyter_oj_extension.domain.errors import OJError
from jupyter_oj_extension.domain.judgement import RunOutcome, SourceFile
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.domain.problem import Problem
from jupyter_oj_extension.domain.verdict import Verdict
from jupyter_oj_graders import compiling, feedback
from jupyter_oj_graders.evaluations import Tools, evaluation
from jupyter_oj_graders.evaluations.base import Test
from jupyter_oj_graders.functions import Harnessed
from jupyter_oj_graders.included import included
from jupyter_oj_sandbox.api import RunResult, SandboxFault

log = logging.getLogger(__name__)

WATCHER = "oj_where.c"
TELLING = ("SIGSEGV", "SIGBUS", "SIGFPE", "SIGILL", "SIGABRT")
"""Signals that come from what the program does at a line."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A run that may be asked for its line."""

    outcome: RunOutcome
    result: RunResult
    test: Test


class Tracer:
    """Finds the line for one submission, once: what it costs, a build and a run, no submission can ask for twice."""

    def __init__(self, problem: Problem, tools: Tools, sources: tuple[SourceFile, ...], built_of: Harnessed) -> None:
        """`sources` are the learner's, `built_of` is what the program is built of."""
        self._problem, self._tools, self._sources, self._built_of = problem, tools, sources, built_of
        self._failed: Failed | None = None

    def saw(self, outcome: RunOutcome, result: RunResult, test: Test) -> None:
        """Of the runs of a submission, the first that failed at a line nobody knows is kept in mind."""
        ended = result.exit_code is None  # not by itself, as a `main` in Rust that returns an error
        told = ended and (result.signal in TELLING or outcome.error_type is not None)
        failed = outcome.verdict in (Verdict.RTE, Verdict.MLE) and told
        if self._failed is None and failed and outcome.error_line is None:
            self._failed = Failed(outcome, result, test)

    def located(self) -> RunOutcome | None:
        """The outcome of that run with the line where it failed; None if there is no such run or no line is found. For
        when the submission's own boxes are closed: their containers are used again."""
        trace_argv = self._tools.language.trace_argv
        if self._failed is None or trace_argv is None:
            return None
        try:
            again = self._again(trace_argv, self._failed.test)
        except (SandboxFault, OJError, OSError) as fault:
            # The verdict stands without the line: it must not become a fault of ours for want of it.
            log.warning("cannot tell the line of a %s program: %s", self._tools.language.id, fault)
            return None
        outcome, result = self._failed.outcome, self._failed.result
        if again is None or again.signal != result.signal:
            return None
        line = feedback.failure(outcome, again, self._tools.language, self._sources).error_line
        return None if line is None else feedback.with_line(outcome, result, line)

    def _again(self, trace_argv: tuple[str, ...], test: Test) -> RunResult | None:
        """The same run of the program that tells; None if it cannot be built."""
        tools, problem = self._tools, self._problem
        language = replace(tools.language, compile_argv=trace_argv)
        program = compiling.build(
            tools.sandbox,
            tools.executables,
            language,
            self._built_of.files,
            problem.limits,
            beside=(*included(problem, language.id), _watcher(language)),
            entry=self._built_of.entry,
        )
        if isinstance(program, compiling.CompileError):
            return None
        with evaluation(problem, program, tools, self._sources) as trying:
            return trying.try_on(test).result


def _watcher(language: Language) -> SourceFile:
    """``oj_where.c``, as one of the language's sources unless the command names it itself."""
    named = any(WATCHER in word for word in language.compile_argv or ())
    return SourceFile(WATCHER if named else f"oj_where{language.extensions[0]}", _watcher_source())


@cache
def _watcher_source() -> bytes:
    return (Path(__file__).parent / WATCHER).read_bytes()
