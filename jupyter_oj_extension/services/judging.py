"""A grader's side of a judgement: lease it, keep the lease, tell progress, record the answer, or give it back.

Who may answer is decided by the lease's token in the WHERE of one UPDATE: of two graders that hold the same id, one
gets a row and the other does not.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, cast
from uuid import uuid4

from redis import RedisError
from sqlalchemy import ColumnElement, CursorResult, Update, and_, bindparam, case, insert, or_, select, update
from sqlalchemy.orm import Session

from jupyter_oj_extension import events, views
from jupyter_oj_extension.domain.judgement import (
    JudgementOutcome,
    JudgementState,
    JudgementTask,
    RunOutcome,
    SubmissionKind,
)
from jupyter_oj_extension.domain.verdict import Verdict
from jupyter_oj_extension.services import accounts, dispatch, scoreboard, submissions
from jupyter_oj_extension.services import progress as partial
from jupyter_oj_extension.services.context import Context
from jupyter_oj_extension.store.base import Instant, now
from jupyter_oj_extension.store.submissions import JudgementRow as Judgement
from jupyter_oj_extension.store.submissions import RunRow

log = logging.getLogger(__name__)

MAX_LOST = 3
"""A judgement whose graders died this often is closed as JE: it may be what kills them."""

# What each judgement needs is built once: to build such a statement takes longer than to run it.
_ID = Judgement.id == bindparam("judgement")
_HELD = (_ID, Judgement.lease_token == bindparam("token"), Judgement.state == JudgementState.LEASED)
_AT = bindparam("at", type_=Instant())
_EXPIRED = and_(Judgement.state == JudgementState.LEASED, Judgement.lease_until < _AT, Judgement.lost < MAX_LOST - 1)
_TAKE = (
    update(Judgement)
    .where(_ID, or_(Judgement.state == JudgementState.QUEUED, _EXPIRED))
    .values(
        state=JudgementState.LEASED.value,
        attempt=Judgement.attempt + 1,
        lost=Judgement.lost + case((Judgement.state == JudgementState.LEASED, 1), else_=0),
        lease_token=bindparam("token"),
        lease_until=bindparam("until"),
        leased_at=_AT,
        grader=bindparam("by"),
    )
)
_TIMES = select(Judgement.queued_at, Judgement.leased_at).where(_ID)


def lease(ctx: Context, judgement_id: str, grader: str) -> JudgementTask | None:
    """Take a queued judgement, or one whose lease has run out. None: somebody else has it, or it is done or gone."""
    at = now()
    token = uuid4().hex
    until = at + timedelta(seconds=ctx.settings.lease_s)
    with ctx.session() as session:
        if not _updated(session, _TAKE, judgement=judgement_id, token=token, at=at, until=until, by=grader):
            return None
        row, judgement, title = _found(session, judgement_id)
    task = JudgementTask(
        judgement_id=judgement.id,
        submission_id=row.id,
        token=token,
        kind=SubmissionKind(row.kind),
        problem=row.problem_id,
        problem_version=row.problem_version,
        language=row.language,
        source=row.source,
        own_input=row.own_input,
        user=row.user_id,
        contest=row.contest_id,
        attempt=judgement.attempt,
    )
    view = views.submission(row, judgement, title, phase="compiling")
    try:
        with ctx.redis.pipeline() as pipe:
            partial.begin(pipe, judgement_id)
            events.add(pipe, events.user_stream(row.user_id), "submission", view)
            pipe.execute()
    except RedisError as error:
        log.debug("progress of %s will not be seen: %s", judgement_id, error)
    return task


def renew(ctx: Context, task: JudgementTask) -> bool:
    """Keep the lease for another `settings.lease_s`. False: it is somebody else's now, stop judging."""
    with ctx.session() as session:
        return _update_held(session, task, lease_until=now() + timedelta(seconds=ctx.settings.lease_s))


def progress(
    ctx: Context,
    task: JudgementTask,
    *,
    phase: str | None = None,
    tests_total: int | None = None,
    runs: Sequence[RunOutcome] = (),
) -> None:
    """Tell the learner how far it is: a new `phase` (``compiling``, ``judging``), the number of tests, ended runs.

    One round trip to Redis for runs when `tests_total` comes with them. Never raises when Redis is away; writes
    nothing to the store. ``compiling`` was told by `lease` already.
    """
    try:
        partial.advance(
            ctx.redis,
            task.judgement_id,
            phase=phase,
            tests_total=tests_total,
            runs=[views.run(views.run_values(run, own_input=task.own_input is not None)) for run in runs],
            stream=events.user_stream(task.user),
            submission_id=task.submission_id,
        )
        if phase is not None and phase != "compiling":
            with ctx.reading() as session:
                row, judgement, title = _found(session, task.judgement_id)
            if judgement.lease_token == task.token and judgement.state == JudgementState.LEASED:
                view = views.submission(row, judgement, title, phase=phase, tests_total=tests_total)
                events.publish_user(ctx.redis, task.user, "submission", view)
    except RedisError as error:
        log.debug("progress of %s is not seen: %s", task.judgement_id, error)


def record(ctx: Context, task: JudgementTask, outcome: JudgementOutcome) -> bool:
    """Store the whole answer: judgement, runs, contest cell, and the user's next judgements for the queue, in one
    transaction; then tell everybody.

    True: it is stored, now or by an earlier call with the same token. False: the lease was lost, the answer is refused.
    """
    at = now()
    with ctx.session() as session:
        accounts.lock(session, task.user)
        times = session.execute(_TIMES, {"judgement": task.judgement_id}).one_or_none()
        if times is None or not _update_held(session, task, **_answer(*times, outcome, at)):
            return _recorded(session, task)
        own_input = task.own_input is not None
        runs = [views.run_values(run, own_input=own_input) for run in outcome.runs]
        if runs:
            session.execute(insert(RunRow), [{"judgement_id": task.judgement_id, **run} for run in runs])
        done, claims = _settle(ctx, session, task.judgement_id)
    _after(ctx, done, claims)
    return True


def give_back(ctx: Context, task: JudgementTask, reason: str) -> None:
    """The judge failed, not the program: queue it again, and after `settings.judge_attempts` of these close it as JE.

    It is sent again by the reconciler within a second or so, not at once: what failed may need a moment to recover.
    """
    log.warning("judgement %s (%s, attempt %d) given back: %s", task.judgement_id, task.language, task.attempt, reason)
    with ctx.session() as session:
        accounts.lock(session, task.user)
        before = session.scalar(select(Judgement.faults).where(*_HELD), _holding(task))
        if before is None:
            return  # the lease was lost: it is queued, or being judged elsewhere, already
        faults = before + 1
        again = faults < ctx.settings.judge_attempts
        _update_held(session, task, faults=faults, **(REQUEUED if again else {}))
    if not again:
        close_with_je(ctx, task.judgement_id, f"{faults} attempts failed; the last: {reason}", *_HELD, **_holding(task))


REQUEUED: dict[str, Any] = {
    "state": JudgementState.QUEUED.value,
    "sent_at": None,
    "lease_token": None,
    "lease_until": None,
}
"""The columns of a judgement that waits in the store again."""


def close_with_je(ctx: Context, judgement_id: str, message: str, *where: ColumnElement[bool], **given: str) -> bool:
    """Record JE with the cause for staff, if the judgement is still as `where` says. `given`: the values of what that
    leaves open."""
    at = now()
    with ctx.session() as session:
        judgement = session.get(Judgement, judgement_id)
        if judgement is None:
            return False
        accounts.lock(session, judgement.user_id)
        outcome = JudgementOutcome(verdict=Verdict.JE, runs=(), tests_total=0, message=message)
        # Without its token: a grader that comes late with an answer must not take this JE for its own record.
        values = _answer(judgement.queued_at, judgement.leased_at, outcome, at)
        values |= {"tests_total": None, "lease_token": None}
        statement = update(Judgement).where(Judgement.id == judgement_id, *where).values(values)
        if not _updated(session, statement, **given):
            return False
        done, claims = _settle(ctx, session, judgement_id)
    log.error("judgement %s closed as JE: %s", judgement_id, message)
    _after(ctx, done, claims)
    return True


def _answer(queued_at: datetime, leased_at: datetime | None, outcome: JudgementOutcome, at: datetime) -> dict[str, Any]:
    failing = next((run.index for run in outcome.runs if run.verdict is not Verdict.AC), None)
    queued_s = (leased_at - queued_at).total_seconds() if leased_at else None
    return {
        "state": JudgementState.DONE.value,
        "verdict": outcome.verdict.value,
        "score": outcome.score,
        "max_score": outcome.max_score,
        "groups": [views.group_values(group) for group in outcome.groups] or None,
        "tests_total": outcome.tests_total,
        "tests_done": len(outcome.runs),
        "failing": outcome.failing or failing,
        "cpu_s": outcome.cpu_s,
        "memory_kib": outcome.memory_kib,
        "compiler_output": views.clean(outcome.compiler_output, 4 * views.TEXT_CHARACTERS),
        "message": views.clean(outcome.message),
        "judged_at": at,
        "lease_until": None,
        "queued_s": queued_s,
        "compile_s": outcome.compile_s,
        "run_s": outcome.run_s,
        "total_s": (at - queued_at).total_seconds(),
    }


def _settle(ctx: Context, session: Session, judgement_id: str) -> tuple[submissions.Found, list[dispatch.Claim]]:
    """The judgement as it is now that it is done, and what follows from that in its own transaction: the contest's
    cell, the user's next in line."""
    session.flush()
    done = _found(session, judgement_id)
    row = done[0]
    if row.contest_id is not None and row.kind == SubmissionKind.SUBMIT:
        scoreboard.update_cell(session, contest_id=row.contest_id, user_id=row.user_id, problem_id=row.problem_id)
    return done, dispatch.claim(session, row.user_id, ctx.settings.max_in_flight)


def _after(ctx: Context, done: submissions.Found, claims: list[dispatch.Claim]) -> None:
    """After the commit: send, and tell the learner and the contest."""
    row, judgement, title = done
    dispatch.deliver(ctx, claims)
    try:
        with ctx.redis.pipeline(transaction=False) as pipe:
            partial.forget(pipe, judgement.id)
            events.add(pipe, events.user_stream(row.user_id), "submission", views.submission(row, judgement, title))
            pipe.execute()
    except RedisError as error:
        log.debug("the end of %s is not told: %s", judgement.id, error)
    if row.contest_id is not None:
        scoreboard.publish(ctx, row.contest_id, row.user_id)


def _holding(task: JudgementTask) -> dict[str, str]:
    """What `_HELD` leaves open."""
    return {"judgement": task.judgement_id, "token": task.token}


@cache
def _setting(*columns: str) -> Update:
    """The UPDATE that sets these columns of a judgement whose lease is held."""
    return update(Judgement).where(*_HELD).values({column: bindparam(f"new_{column}") for column in columns})


def _update_held(session: Session, task: JudgementTask, **values: Any) -> bool:
    """Set columns of the judgement, if the task's lease is still held."""
    new = {f"new_{column}": value for column, value in values.items()}
    return _updated(session, _setting(*values), **_holding(task), **new)


def _recorded(session: Session, task: JudgementTask) -> bool:
    done = select(Judgement.id).where(
        Judgement.id == task.judgement_id,
        Judgement.lease_token == task.token,
        Judgement.state == JudgementState.DONE,
    )
    return session.scalar(done) is not None


def _found(session: Session, judgement_id: str) -> submissions.Found:
    """As the store has it: an UPDATE may have gone past what the session knows."""
    return session.execute(
        submissions.ONE, {"judgement": judgement_id}, execution_options={"populate_existing": True}
    ).one()


def _updated(session: Session, statement: Update, **given: Any) -> bool:
    """Whether the UPDATE found its judgement; `given` are the values of what it leaves open."""
    done = session.execute(statement, given, execution_options={"synchronize_session": False})
    return cast("CursorResult[Any]", done).rowcount == 1
