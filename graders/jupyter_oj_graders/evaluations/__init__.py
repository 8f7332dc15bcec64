"""How one test of a problem is tried: one module for each type of problem.

An `Evaluation` is opened once for a submission (it holds its warm boxes) and tried on each test. It runs the learner's
program, and the checker or interactor where there is one; the verdict is made of its answer by `verdicts` alone.
"""

from __future__ import annotations

from contextlib import AbstractContextManager

from jupyter_oj_extension.domain.errors import JudgeError
from jupyter_oj_extension.domain.judgement import SourceFile
from jupyter_oj_extension.domain.problem import Problem
from jupyter_oj_graders.evaluations.base import Evaluation, Tools
from jupyter_oj_graders.evaluations.batch import Batch
from jupyter_oj_graders.evaluations.function import FunctionCall
from jupyter_oj_graders.evaluations.interactive import Interactive
from jupyter_oj_graders.evaluations.static import StaticValidation, Whole
from jupyter_oj_graders.evaluations.submit_answer import SubmitAnswer
from jupyter_oj_graders.evaluations.validated import Validated
from jupyter_oj_graders.executables import Executable

__all__ = ["Evaluation", "Tools", "Whole", "evaluation"]


def evaluation(problem: Problem, program: Executable, tools: Tools, sources: tuple[SourceFile, ...] = ()) -> Whole:
    """The evaluation of `program`, made of `sources`, on `problem`. Raises `JudgeError` for a type of problem there is
    none for."""
    static = StaticValidation(problem, sources, tools) if problem.static_tests else None
    return Whole(_running(problem, program, tools), static)


def _running(problem: Problem, program: Executable, tools: Tools) -> AbstractContextManager[Evaluation]:
    if problem.types <= {"pass-fail", "scoring", "submit-answer"} and "submit-answer" in problem.types:
        return SubmitAnswer(problem, program, tools)
    if problem.types <= {"pass-fail", "scoring", "function"} and "function" in problem.types:
        return FunctionCall(problem, program, tools)
    if unknown := problem.types - {"pass-fail", "scoring", "interactive", "multi-pass"}:
        raise JudgeError(f"problems of type {min(unknown)!r} cannot be judged")
    if "interactive" in problem.types:
        return Interactive(problem, program, tools)
    if problem.validator.kind == "custom" or "multi-pass" in problem.types:
        return Validated(problem, program, tools)
    return Batch(problem, program, tools)
