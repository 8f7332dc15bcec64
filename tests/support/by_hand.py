"""One submission judged in the real sandbox, with no store and no queue."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from jupyter_oj_extension.domain.judgement import JudgementOutcome, JudgementTask, SourceFile, SubmissionKind
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.domain.problem import Problem
from jupyter_oj_graders.executables import ExecutableCache
from jupyter_oj_graders.judge import Judge, Manner
from jupyter_oj_graders.problem_cache import ProblemCache
from jupyter_oj_sandbox.api import Sandbox


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
    """Raises `JudgeError` for what is our fault or the jury's."""
    with tempfile.TemporaryDirectory() as folder:
        judge = Judge(
            sandbox=sandbox,
            languages=languages,
            problems=ProblemCache(lambda slug, version: problem),
            executables=executables or ExecutableCache(Path(folder)),
        )
        task = JudgementTask(
            judgement_id="j",
            submission_id="s",
            token="t",
            kind=kind,
            problem=problem.slug,
            problem_version=problem.version,
            language=language,
            source=source,
            own_input=own_input,
            user="ada",
            contest=None,
            attempt=1,
            files=files,
        )
        steps = judge.judge(task, manner or Manner())
        while True:
            try:
                next(steps)
            except StopIteration as stop:
                outcome: JudgementOutcome = stop.value
                return outcome
