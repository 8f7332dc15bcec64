"""Submit a solution, run it on samples or own input, and look at what became of it. Answers are as in docs/api.md."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased, defer

from jupyter_oj_extension import events, views
from jupyter_oj_extension.domain.errors import NotFound
from jupyter_oj_extension.domain.identity import Identity
from jupyter_oj_extension.domain.judgement import JudgementState, SubmissionKind
from jupyter_oj_extension.services import dispatch, intake, progress, scoreboard
from jupyter_oj_extension.services.context import Context
from jupyter_oj_extension.store.base import now
from jupyter_oj_extension.store.problems import ProblemRow
from jupyter_oj_extension.store.submissions import JudgementRow, RunRow, SubmissionRow

Found = tuple[SubmissionRow, JudgementRow, str]
"""A submission, its valid judgement and the problem's title."""

ONE: Select[SubmissionRow, JudgementRow, str] = (
    select(SubmissionRow, JudgementRow, ProblemRow.title)
    .join(JudgementRow, JudgementRow.submission_id == SubmissionRow.id)
    .join(ProblemRow, ProblemRow.id == SubmissionRow.problem_id)
    .where(JudgementRow.id == bindparam("judgement"))
)
"""The judgement of the id `judgement` with its submission and title, whether it is the valid one or not."""


def submit(
    ctx: Context,
    identity: Identity,
    *,
    problem: str,
    language: str,
    source: str = "",
    archive: bytes | None = None,
    contest: str | None = None,
    idempotency_key: str | None = None,
    arrived: datetime | None = None,
) -> dict[str, Any]:
    """Take in a submission that counts: `source`, or a ZIP `archive` of answers. `arrived` and errors: see
    `intake.accept`."""
    ask = intake.Ask(SubmissionKind.SUBMIT, problem, language, source, contest=contest, archive=archive)
    return _accepted(ctx, identity, ask, idempotency_key, arrived)


def run(
    ctx: Context,
    identity: Identity,
    *,
    problem: str,
    language: str,
    source: str = "",
    archive: bytes | None = None,
    input: str | None = None,
    idempotency_key: str | None = None,
) -> dict[str, Any]:
    """Run on the samples, or on `input` when it is given; counts for nothing. Errors: see `intake.accept`."""
    ask = intake.Ask(SubmissionKind.RUN, problem, language, source, input=input, archive=archive)
    return _accepted(ctx, identity, ask, idempotency_key)


def _accepted(
    ctx: Context, identity: Identity, ask: intake.Ask, key: str | None, arrived: datetime | None = None
) -> dict[str, Any]:
    submission_id = intake.accept(ctx, identity, ask, key, arrived=arrived)
    view = get(ctx, identity, submission_id)
    events.publish_user(ctx.redis, identity.user, "submission", without_runs(view))
    if ask.contest is not None:
        scoreboard.publish(ctx, ask.contest, identity.user)
    return view


def get(ctx: Context, identity: Identity, id: str) -> dict[str, Any]:
    """One submission with the runs done so far. `NotFound` for everybody but its owner and staff."""
    with ctx.reading() as session:
        return with_runs(ctx, session, [_mine(session, identity, id)], staff=identity.is_staff)[0]


def source(ctx: Context, identity: Identity, id: str) -> dict[str, Any]:
    with ctx.reading() as session:
        row, _, _ = _mine(session, identity, id)
        return {"language": row.language, "source": row.source}


def page(
    ctx: Context,
    identity: Identity,
    *,
    problem: str | None = None,
    contest: str | None = None,
    verdict: str | None = None,
    language: str | None = None,
    kind: str | None = None,
    page: int = 1,
    limit: int = 50,
) -> dict[str, Any]:
    """My submissions, newest first, without runs."""
    wanted = {
        SubmissionRow.problem_id: problem,
        SubmissionRow.contest_id: contest,
        SubmissionRow.language: language,
        SubmissionRow.kind: kind,
        JudgementRow.verdict: verdict,
    }
    answer: dict[str, Any] = {"items": [], "page": page, "limit": limit, "total": 0}
    if not all(intake.is_text(value) for value in wanted.values() if value is not None):
        return answer
    where = [SubmissionRow.user_id == identity.user]
    where += [column == value for column, value in wanted.items() if value is not None]
    with ctx.reading() as session:
        answer["total"] = session.scalar(_select(*where).with_only_columns(func.count(), maintain_column_froms=True))
        rows = session.execute(
            _select(*where)
            .order_by(SubmissionRow.submitted_at.desc(), SubmissionRow.id)
            .offset((page - 1) * limit)
            .limit(limit)
            .options(defer(SubmissionRow.source), defer(SubmissionRow.own_input))
        ).all()
        answer["items"] = [
            without_runs(view) for view in with_runs(ctx, session, rows, staff=identity.is_staff, done_runs=False)
        ]
    return answer


def snapshot(ctx: Context, identity: Identity, *, done_within_s: float = 600, limit: int = 50) -> list[dict[str, Any]]:
    """My submissions not yet done, and those done lately, newest first, with runs: what a stream begins with."""
    lately = now() - timedelta(seconds=done_within_s)
    with ctx.reading() as session:
        rows = session.execute(
            _select(
                SubmissionRow.user_id == identity.user,
                or_(JudgementRow.state != JudgementState.DONE, JudgementRow.judged_at > lately),
            )
            .order_by(SubmissionRow.submitted_at.desc(), SubmissionRow.id)
            .limit(limit)
            .options(defer(SubmissionRow.source), defer(SubmissionRow.own_input))
        ).all()
        return with_runs(ctx, session, rows, staff=identity.is_staff)


def without_runs(view: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in view.items() if key != "runs"}


def with_runs(
    ctx: Context, session: Session, rows: Sequence[Found], *, staff: bool, done_runs: bool = True
) -> list[dict[str, Any]]:
    """Views with runs: from the store of those done, from Redis of those being judged. `done_runs` False spares the
    former for lists."""
    done = [judgement.id for _, judgement, _ in rows if judgement.state == JudgementState.DONE]
    stored: dict[str, list[dict[str, Any]]] = {}
    if done and done_runs:
        for each in session.scalars(select(RunRow).where(RunRow.judgement_id.in_(done)).order_by(RunRow.index)):
            stored.setdefault(each.judgement_id, []).append(views.run(views.run_row_values(each), staff=staff))
    positions = _positions(session, rows)
    answer = []
    for row, judgement, title in rows:
        sofar = progress.Progress(runs=stored.get(judgement.id, []))
        if judgement.state == JudgementState.LEASED:
            sofar = progress.read(ctx.redis, judgement.id)
        answer.append(
            views.submission(
                row,
                judgement,
                title,
                staff=staff,
                position=positions.get(judgement.id),
                phase=sofar.phase,
                tests_total=sofar.tests_total,
                tests_done=len(sofar.runs),
                runs=sofar.runs,
            )
        )
    return answer


def _mine(session: Session, identity: Identity, id: str) -> Found:
    found = session.execute(_select(SubmissionRow.id == id)).first() if intake.is_text(id) else None
    if found is None or not (found[0].user_id == identity.user or identity.is_staff):
        raise NotFound("there is no such submission, or it is not yours")
    return found


def _select(*where: ColumnElement[bool]) -> Select[SubmissionRow, JudgementRow, str]:
    return (
        select(SubmissionRow, JudgementRow, ProblemRow.title)
        .join(JudgementRow, and_(JudgementRow.submission_id == SubmissionRow.id, JudgementRow.valid))
        .join(ProblemRow, ProblemRow.id == SubmissionRow.problem_id)
        .where(*where)
    )


def _positions(session: Session, rows: Sequence[Found]) -> dict[str, int]:
    """By judgement, the place in its language's queue, from 1, of those that wait."""
    waiting = [judgement.id for _, judgement, _ in rows if judgement.state == JudgementState.QUEUED]
    if not waiting:
        return {}
    other = aliased(JudgementRow)
    rank, others_rank = dispatch.rank_of(JudgementRow.lane), dispatch.rank_of(other.lane)
    before = or_(others_rank < rank, and_(others_rank == rank, other.queued_at < JudgementRow.queued_at))
    ahead = select(func.count()).where(
        other.state == JudgementState.QUEUED, other.language == JudgementRow.language, before
    )
    query = select(JudgementRow.id, ahead.correlate(JudgementRow).scalar_subquery()).where(JudgementRow.id.in_(waiting))
    return {id: 1 + count for id, count in session.execute(query)}
