"""Submissions judged with no store and no queue."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from jupyter_oj_extension.domain.judgement import JudgementOutcome, JudgementTask, SourceFile, SubmissionKind
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.domain.problem import Problem
from jupyter_oj_graders.executables import ExecutableCache
from jupyter_oj_graders.judge import Judge, Judging, Manner, Progress
from jupyter_oj_graders.problem_cache import ProblemCache
from jupyter_oj_graders.quiet import Quiet
from jupyter_oj_sandbox.api import Sandbox

TASK = JudgementTask(
    judgement_id="j",
    submission_id="s",
    token="t",
    kind=SubmissionKind.SUBMIT,
    problem="problem",
    problem_version="v1",
    language="python3",
    source="",
    own_input=None,
    user="ada",
    contest=None,
    attempt=1,
)
"""Of which a test replaces what it is about."""


def judge_of(
    problem: Problem,
    sandbox: Sandbox,
    languages: Mapping[str, Language],
    executables: ExecutableCache,
    quiet: Quiet | None = None,
) -> Judge:
    """A judge that knows one problem, whatever a task calls it."""
    return Judge(
        sandbox=sandbox,
        languages=languages,
        problems=ProblemCache(lambda slug, version: problem),
        executables=executables,
        quiet=quiet,
    )


def driven(judging: Judging, steps: list[Progress] | None = None) -> JudgementOutcome:
    """`judging` driven to its end; what it tells on the way is added to `steps`."""
    while True:
        try:
            step = next(judging)
        except StopIteration as stop:
            outcome: JudgementOutcome = stop.value
            return outcome
        if steps is not None:
            steps.append(step)


def judged(
    problem: Problem,
    language: str,
    source: str,
    sandbox: Sandbox,
    languages: Mapping[str, Language],
    *,
    executables: ExecutableCache | None = None,
    kind: SubmissionKind = SubmissionKind.SUBMIT,
    own_input: str | None = None,
    manner: Manner | None = None,
    files: tuple[SourceFile, ...] = (),
) -> JudgementOutcome:
    """One submission. Raises `JudgeError` for what is our fault or the jury's."""
    task = replace(TASK, kind=kind, language=language, source=source, own_input=own_input, files=files)
    with tempfile.TemporaryDirectory() as folder:
        judge = judge_of(problem, sandbox, languages, executables or ExecutableCache(Path(folder)))
        return driven(judge.judge(task, manner or Manner()))
