"""Makes the queue follow the store again. The queue may lose everything and graders may die at any moment: what the
store says is queued is sent, and what is leased and not renewed is queued again.

Any API instance may run it, and several may at once: each change is one UPDATE with the old state in its WHERE, and an
id that is sent twice is harmless, since the lease goes to one grader.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, func, select, update

from jupyter_oj_extension.domain.judgement import JudgementState, Lane
from jupyter_oj_extension.services import dispatch, health, judging
from jupyter_oj_extension.services.context import Context
from jupyter_oj_extension.store.base import now
from jupyter_oj_extension.store.submissions import JudgementRow as Judgement

PICK_UP_S = 5.0
"""A judgement that was sent is expected to be leased, or to be seen in its queue, after this long."""
SUSPECT_S = 30.0
"""After this long even a small gap between store and queue counts as a loss."""
BATCH = 500


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What one pass did: ids sent (first time or again), and leases that had run out."""

    sent: int
    expired: int


def reconcile(ctx: Context) -> Reconciled:
    """One pass; run it about once a second. Cheap when nothing is wrong: three indexed queries."""
    expired = _expire(ctx)
    return Reconciled(sent=_send_waiting(ctx) + _resend_lost(ctx), expired=expired)


def _expire(ctx: Context) -> int:
    """Queue again what a dead grader held; close as JE what has outlived `judging.MAX_LOST` graders."""
    run_out = (Judgement.state == JudgementState.LEASED, Judgement.lease_until < now())
    with ctx.reading() as session:
        found = session.execute(
            select(Judgement.id, Judgement.lost, Judgement.grader).where(*run_out).limit(BATCH)
        ).all()
    count = 0
    for id, lost, grader in found:
        if lost + 1 >= judging.MAX_LOST:
            message = f"{lost + 1} graders died while they judged it, the last was {grader}"
            count += judging.close_with_je(ctx, id, message, *run_out)
            continue
        with ctx.session() as session:
            statement = update(Judgement).where(Judgement.id == id, *run_out)
            changed = session.execute(statement.values(lost=Judgement.lost + 1, **judging.REQUEUED))
            count += cast("CursorResult[Any]", changed).rowcount
    return count


def _send_waiting(ctx: Context) -> int:
    """Send for every user who has something waiting and room under the cap. Nothing while the broker is away."""
    active = Judgement.state.in_((JudgementState.QUEUED, JudgementState.LEASED))
    flying = func.count().filter(dispatch.in_flight)
    with ctx.reading() as session:
        users = session.scalars(
            select(Judgement.user_id)
            .where(active)
            .group_by(Judgement.user_id)
            .having(func.count().filter(dispatch.waiting) > 0, flying < ctx.settings.max_in_flight)
            .order_by(func.min(Judgement.queued_at))
            .limit(BATCH)
        ).all()
    sent = 0
    for user in users:
        went = dispatch.send_waiting(ctx, user)
        if not went:
            break  # the broker is away, or another instance was faster: the next pass sees
        sent += went
    return sent


def _resend_lost(ctx: Context) -> int:
    """Send again what was sent, is not leased, and is no longer in its queue.

    A queue shorter than what the store believes to be in it has lost messages, but for those just on their way from the
    queue to a slot.
    """
    at = now()
    sent_queued = (Judgement.state == JudgementState.QUEUED, Judgement.sent_at.is_not(None))
    with ctx.reading() as session:
        queues = session.execute(
            select(Judgement.language, Judgement.lane, func.count(), func.min(Judgement.sent_at))
            .where(*sent_queued)
            .group_by(Judgement.language, Judgement.lane)
        ).all()
        overdue = [row for row in queues if row[3] is not None and row[3] < at - timedelta(seconds=PICK_UP_S)]
        slots = health.slots(ctx, session) if overdue else 0
    resent = 0
    for language, lane, believed, oldest in overdue:
        long_ago = oldest is not None and oldest < at - timedelta(seconds=SUSPECT_S)
        length = ctx.sender.length(language, Lane(lane))
        if length is None:
            break  # the broker is away
        missing = believed - length
        if length == 0 or missing > slots or (missing > 0 and long_ago):
            with ctx.reading() as session:
                ids = session.scalars(
                    select(Judgement.id)
                    .where(
                        *sent_queued,
                        Judgement.language == language,
                        Judgement.lane == lane,
                        Judgement.sent_at < at - timedelta(seconds=PICK_UP_S),
                    )
                    .order_by(Judgement.sent_at)
                    .limit(BATCH)
                ).all()
            resent += _resend(ctx, ids, language, Lane(lane))
    return resent


def _resend(ctx: Context, ids: Sequence[str], language: str, lane: Lane) -> int:
    with ctx.session() as session:
        session.execute(
            update(Judgement)
            .where(Judgement.id.in_(ids), Judgement.state == JudgementState.QUEUED)
            .values(sent_at=now())
        )
    return dispatch.deliver(ctx, [dispatch.Claim(id, language, lane) for id in ids])
