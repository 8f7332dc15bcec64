"""A grader's side of a judgement: lease, renew, progress, record, give back."""

from __future__ import annotations

from jupyter_oj_extension.domain.judgement import JudgementOutcome, JudgementTask, RunOutcome
from jupyter_oj_extension.services.context import Context


def lease(ctx: Context, judgement_id: str, grader: str) -> JudgementTask | None:
    raise NotImplementedError


def renew(ctx: Context, task: JudgementTask) -> bool:
    raise NotImplementedError


def progress(
    ctx: Context,
    task: JudgementTask,
    *,
    phase: str | None = None,
    tests_total: int | None = None,
    run: RunOutcome | None = None,
) -> None:
    raise NotImplementedError


def record(ctx: Context, task: JudgementTask, outcome: JudgementOutcome) -> bool:
    raise NotImplementedError


def give_back(ctx: Context, task: JudgementTask, reason: str) -> None:
    raise NotImplementedError
