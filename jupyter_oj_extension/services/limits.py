"""How much one user, and all together, may ask: a token bucket a user in Redis (the store counts when Redis is away),
and an upper bound on what waits."""

from __future__ import annotations

from datetime import timedelta

from redis import RedisError
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jupyter_oj_extension.domain.errors import RateLimited, Unavailable
from jupyter_oj_extension.domain.judgement import JudgementState
from jupyter_oj_extension.services.context import Context
from jupyter_oj_extension.store.base import now
from jupyter_oj_extension.store.submissions import JudgementRow, SubmissionRow

OVERLOAD_RETRY_S = 10.0

# KEYS: the bucket; ARGV: capacity, tokens a second. Answers the seconds to wait ("0": a token was taken).
_TAKE = """
local capacity, rate = tonumber(ARGV[1]), tonumber(ARGV[2])
local clock = redis.call('TIME')
local now = clock[1] + clock[2] / 1000000
local kept = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local tokens = tonumber(kept[1]) or capacity
tokens = math.min(capacity, tokens + math.max(0, now - (tonumber(kept[2]) or now)) * rate)
local wait = 0
if tokens < 1 then wait = (1 - tokens) / rate else tokens = tokens - 1 end
redis.call('HSET', KEYS[1], 'tokens', tostring(tokens), 'at', string.format('%.6f', now))
redis.call('EXPIRE', KEYS[1], math.ceil(capacity / rate) + 1)
return tostring(wait)
"""


def check_rate(ctx: Context, user: str) -> None:
    """Take one token of the user's bucket (`settings.submissions_per_minute`, all at once or spread). Raises
    `RateLimited`."""
    per_minute = ctx.settings.submissions_per_minute
    try:
        wait_s = float(str(ctx.redis.eval(_TAKE, 1, f"oj:rate:{user}", str(per_minute), str(per_minute / 60))))
    except RedisError:
        with ctx.reading() as session:
            wait_s = _wait_by_store(session, user, per_minute)
    if wait_s > 0:
        raise RateLimited(
            f"at most {per_minute} submissions and runs a minute: wait a moment, then submit again",
            retry_after_s=wait_s,
        )


def _wait_by_store(session: Session, user: str, per_minute: int) -> float:
    at = now()
    recent = list(
        session.scalars(
            select(SubmissionRow.submitted_at)
            .where(SubmissionRow.user_id == user, SubmissionRow.submitted_at > at - timedelta(minutes=1))
            .order_by(SubmissionRow.submitted_at.desc())
            .limit(per_minute)
        )
    )
    if len(recent) < per_minute:
        return 0.0
    return max(1.0, (recent[-1] + timedelta(minutes=1) - at).total_seconds())


def check_load(ctx: Context, session: Session) -> None:
    """Raises `Unavailable` when more than `settings.max_queue` judgements wait already."""
    some = select(JudgementRow.id).where(JudgementRow.state == JudgementState.QUEUED).limit(ctx.settings.max_queue)
    if (session.scalar(select(func.count()).select_from(some.subquery())) or 0) >= ctx.settings.max_queue:
        raise Unavailable("the judge has too much to do: submit again in a moment", retry_after_s=OVERLOAD_RETRY_S)
