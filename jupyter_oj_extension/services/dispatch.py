"""From the store to the queue: which of a user's waiting judgements go to the broker now.

A user has at most `settings.max_in_flight` judgements in the queue or being judged; the rest wait in the store, so that
nobody's burst stands before everybody else's next submission. Contest before practice before rejudging.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Case, Integer, and_, bindparam, case, func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from jupyter_oj_extension.domain.judgement import JudgementState, Lane
from jupyter_oj_extension.services import accounts
from jupyter_oj_extension.services.context import Context
from jupyter_oj_extension.store.base import now
from jupyter_oj_extension.store.submissions import JudgementRow as Judgement

_RANKS = {lane.value: rank for rank, lane in enumerate(Lane)}


def rank_of(lane: InstrumentedAttribute[str]) -> Case[int]:
    """A lane's place as an SQL expression: the smaller is served first."""
    return case(_RANKS, value=lane)


lane_rank = rank_of(Judgement.lane)


in_flight = or_(
    Judgement.state == JudgementState.LEASED,
    and_(Judgement.state == JudgementState.QUEUED, Judgement.sent_at.is_not(None)),
)
waiting = and_(Judgement.state == JudgementState.QUEUED, Judgement.sent_at.is_(None))
_next_in_line = (
    select(Judgement.id, Judgement.language, Judgement.lane)
    .where(Judgement.user_id == bindparam("user"), waiting)
    .order_by(lane_rank, Judgement.queued_at)
    .limit(bindparam("cap", type_=Integer()))
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A judgement marked as sent, to be given to the broker after the commit."""

    judgement_id: str
    language: str
    lane: Lane


def claim(session: Session, user: str, cap: int) -> list[Claim]:
    """Mark as sent as many of the user's waiting judgements as the cap allows. The caller holds the user's lock
    (`accounts.lock`) and calls `deliver` after its commit."""
    rows = session.execute(_next_in_line, {"user": user, "cap": cap}).all()
    if not rows:
        return []
    flying = session.scalar(select(func.count()).where(Judgement.user_id == user, in_flight)) or 0
    claims = [Claim(id, language, Lane(lane)) for id, language, lane in rows[: max(0, cap - flying)]]
    if claims:
        ids = [each.judgement_id for each in claims]
        session.execute(update(Judgement).where(Judgement.id.in_(ids), waiting).values(sent_at=now()))
    return claims


def deliver(ctx: Context, claims: Sequence[Claim]) -> int:
    """Give claimed judgements to the broker; those it does not take wait in the store again. Returns how many went."""
    refused = [each.judgement_id for each in claims if not ctx.send(each.judgement_id, each.language, each.lane)]
    if refused:
        with ctx.session() as session:
            session.execute(
                update(Judgement)
                .where(Judgement.id.in_(refused), Judgement.state == JudgementState.QUEUED)
                .values(sent_at=None)
            )
    return len(claims) - len(refused)


def send_waiting(ctx: Context, user: str) -> int:
    """Send what the user's cap allows now. Returns how many went to the broker."""
    with ctx.session() as session:
        accounts.lock(session, user)
        claims = claim(session, user, ctx.settings.max_in_flight)
    return deliver(ctx, claims)
