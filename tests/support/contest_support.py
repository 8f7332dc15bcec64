"""A contest to play with: judged submissions straight into the store, at any contest time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from store_support import add_problem

from jupyter_oj_extension.domain.contest import Contest
from jupyter_oj_extension.services import accounts, contests, scoreboard
from jupyter_oj_extension.services.context import Context
from jupyter_oj_extension.store.base import now
from jupyter_oj_extension.store.contests import ContestRow
from jupyter_oj_extension.store.submissions import JudgementRow, SubmissionRow

PROBLEMS = ("apples", "bricks", "coins")


def make_contest(
    ctx: Context, id: str = "cup", *, began_s: float = 7200, length_s: float = 18_000, freeze_s: float | None = None
) -> Contest:
    """A contest with three problems that began `began_s` seconds ago (negative: that is to come)."""
    start = now() - timedelta(seconds=began_s)
    for slug in PROBLEMS:
        with ctx.reading() as session:
            known = session.get(contests.ProblemRow, slug)
        if known is None:
            add_problem(ctx, slug)
    return contests.create(
        ctx,
        id=id,
        name=id.title(),
        start=start,
        end=start + timedelta(seconds=length_s),
        freeze=None if freeze_s is None else start + timedelta(seconds=freeze_s),
        problems=PROBLEMS,
    )


def play(
    ctx: Context,
    user: str,
    problem: str,
    at_s: float,
    verdict: str | None,
    *,
    contest: str = "cup",
    publish: bool = True,
) -> str:
    """One submission `at_s` seconds into the contest, judged (or pending: None). Answers the submission's id."""
    accounts.ensure_user(ctx, user, user.title())
    with ctx.session() as session:
        start = session.get_one(ContestRow, contest).start
        at = start + timedelta(seconds=at_s)
        submission = SubmissionRow(
            user_id=user, problem_id=problem, problem_version="v1", contest_id=contest, language="python3",
            kind="submit", source="", body_hash="", submitted_at=at,
        )  # fmt: skip
        session.add(submission)
        session.flush()
        session.add(_judgement(submission, verdict, at))
        session.flush()
        scoreboard.update_cell(session, contest_id=contest, user_id=user, problem_id=problem)
        made = submission.id
    if publish:
        scoreboard.publish(ctx, contest, user)
    return made


def _judgement(submission: SubmissionRow, verdict: str | None, at: datetime) -> JudgementRow:
    return JudgementRow(
        submission_id=submission.id,
        user_id=submission.user_id,
        language="python3",
        lane="contest",
        state="queued" if verdict is None else "done",
        verdict=verdict,
        judged_at=None if verdict is None else at,
    )


def rejudge(ctx: Context, submission_id: str, verdict: str) -> None:
    """The valid judgement now says `verdict`."""
    with ctx.session() as session:
        submission = session.get_one(SubmissionRow, submission_id)
        row = session.query(JudgementRow).filter_by(submission_id=submission_id, valid=True).one()
        row.state, row.verdict = "done", verdict
        session.flush()
        contest = submission.contest_id
        assert contest is not None
        scoreboard.update_cell(
            session, contest_id=contest, user_id=submission.user_id, problem_id=submission.problem_id
        )
    scoreboard.publish(ctx, contest, submission.user_id)


def brief(rows: Sequence[dict]) -> list[tuple[int, str, int, int]]:
    return [(row["rank"], row["user"], row["solved"], row["penalty_min"]) for row in rows]
