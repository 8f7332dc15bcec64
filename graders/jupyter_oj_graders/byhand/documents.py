"""A judgement as JSON: what crosses between the slots and the command, and what ``--json`` prints."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import asdict
from typing import Any

from jupyter_oj_extension.domain.judgement import JudgementOutcome, RunOutcome
from jupyter_oj_extension.domain.problem import JurySubmission, Problem
from jupyter_oj_extension.packages import unmet
from jupyter_oj_graders.judge import Judging, Ran

Document = dict[str, Any]


def followed(
    problem: Problem, language: str, judging: Judging, jury: JurySubmission | None = None
) -> Generator[Document, None, Document]:
    """`judging` with its steps and its outcome as documents: `run` for a test that is judged, and `phase` before.

    Of a `jury` submission the outcome has ``unmet`` too: a line for each thing that it must get and did not."""
    try:
        while True:
            try:
                step = next(judging)
            except StopIteration as done:
                document = outcome(problem, language, done.value)
                if jury is not None:
                    document["unmet"] = list(unmet(jury, done.value, problem.best_score))
                return document
            if isinstance(step, Ran):
                yield {"run": run(step.run), "tests": step.tests_total}
            else:
                yield {"phase": step.phase, "tests": step.tests_total}
    finally:
        judging.close()


def outcome(problem: Problem, language: str, judged: JudgementOutcome) -> Document:
    """Times in seconds, memory in KiB, the maximum over the runs; `score` None where the problem has no scores."""
    return {
        "problem": problem.slug,
        "language": language,
        "verdict": judged.verdict.value,
        "score": judged.score,
        "max_score": judged.max_score,
        "time_s": judged.cpu_s,
        "memory_kib": judged.memory_kib,
        "time_limit_s": problem.limits.cpu_s,
        "tests_total": judged.tests_total,
        "failing": judged.failing,
        "compiler_output": judged.compiler_output,
        "message": judged.message,
        "compile_s": judged.compile_s,
        "run_s": judged.run_s,
        "groups": [asdict(group) for group in judged.groups],
        "runs": [run(each) for each in judged.runs],
    }


def run(judged: RunOutcome) -> Document:
    return asdict(judged)
