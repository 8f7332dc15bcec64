"""Who is there to judge, what waits, and whether we work at all."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from redis import RedisError
from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from jupyter_oj_extension import views
from jupyter_oj_extension.domain.judgement import JudgementState
from jupyter_oj_extension.services.context import Context
from jupyter_oj_extension.store.base import now
from jupyter_oj_extension.store.submissions import GraderRow, JudgementRow

NO_GRADER = "no grader is running: start one with `jupyter oj grader`"


@dataclass(frozen=True, slots=True)
class GraderReport:
    """A grader host about itself. `languages` maps id to version text; `reason` says why it is not `ready`, or, when
    it is, which language it is preparing.

    `report` is its self-test: ``[{"name", "ok", "detail"}]``.
    """

    id: str
    host: str
    slots: int
    languages: dict[str, str]
    ready: bool
    reason: str | None = None
    report: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class QueueStats:
    """What waits for a language's lane: how many, and how long the oldest of them."""

    language: str
    lane: str
    depth: int
    oldest_s: float


def beat(ctx: Context, report: GraderReport) -> None:
    """A grader says that it lives; to be called every `settings.heartbeat_s`."""
    values = {name: getattr(report, name) for name in ("host", "slots", "languages", "ready", "reason", "report")}
    with ctx.session() as session:
        row = session.get(GraderRow, report.id)
        if row is None:
            row = GraderRow(id=report.id, **values)
            session.add(row)
        for name, value in values.items():
            if getattr(row, name) != value:
                setattr(row, name, value)
        row.last_seen = now()


def leave(ctx: Context, grader_id: str) -> None:
    """A grader ends in good order. Rows of graders not seen for a day go with it."""
    with ctx.session() as session:
        gone = GraderRow.last_seen < now() - timedelta(days=1)
        session.execute(delete(GraderRow).where((GraderRow.id == grader_id) | gone))


def slots(ctx: Context, session: Session) -> int:
    """Slots of the graders that are alive and ready."""
    return session.scalar(select(func.coalesce(func.sum(GraderRow.slots), 0)).where(_alive(ctx), GraderRow.ready)) or 0


def ready_languages(ctx: Context) -> dict[str, str]:
    """Languages some ready grader serves, with their version."""
    with ctx.reading() as session:
        found = session.scalars(select(GraderRow).where(_alive(ctx), GraderRow.ready).order_by(GraderRow.id)).all()
    return {language: version for row in found for language, version in row.languages.items()}


def queue_stats(ctx: Context) -> list[QueueStats]:
    """Depth and age of every queue that is not empty, for the metrics."""
    at = now()
    with ctx.reading() as session:
        rows = session.execute(
            select(JudgementRow.language, JudgementRow.lane, func.count(), func.min(JudgementRow.queued_at))
            .where(JudgementRow.state == JudgementState.QUEUED)
            .group_by(JudgementRow.language, JudgementRow.lane)
        ).all()
    return [
        QueueStats(language, lane, n, max(0.0, (at - oldest).total_seconds())) for language, lane, n, oldest in rows
    ]


def health(ctx: Context) -> dict[str, Any]:
    """The answer of ``GET health``. Never raises: what is broken is what it tells.

    ``down`` without the database, ``degraded`` without Redis or a ready grader (submissions are kept and judged later).
    """
    at = now()
    redis = _redis_answers(ctx)
    graders: Sequence[GraderRow] = []
    queued = 0
    try:
        with ctx.reading() as session:
            graders = session.scalars(select(GraderRow).where(_alive(ctx))).all()
            waits = select(func.count()).where(JudgementRow.state == JudgementState.QUEUED)
            queued = session.scalar(waits) or 0
        database = True
    except SQLAlchemyError:
        database = False
    ready = [row for row in graders if row.ready]
    status = "down" if not database else "ok" if redis and ready else "degraded"
    return {
        "status": status,
        "judge": {
            "ready": bool(ready),
            "reason": None if ready else _reason(graders, database),
            "preparing": next((row.reason for row in ready if row.reason), None),
            "graders": len(ready),
            "slots": sum(row.slots for row in ready),
            "queued": queued,
        },
        "database": database,
        "redis": redis,
        "version": version(),
        "server_time": views.instant(at),
    }


def version() -> str:
    try:
        return importlib.metadata.version("jupyter_oj_extension")
    except importlib.metadata.PackageNotFoundError:
        return "0+unknown"


def _reason(graders: Sequence[GraderRow], database: bool) -> str:
    if not database:
        return "the database does not answer"
    if graders:
        return graders[0].reason or "the graders are still preparing"
    return NO_GRADER


def _redis_answers(ctx: Context) -> bool:
    try:
        return bool(ctx.redis.ping())
    except (RedisError, OSError):
        return False


def _alive(ctx: Context) -> ColumnElement[bool]:
    return GraderRow.last_seen > _fresh_since(ctx)


def _fresh_since(ctx: Context) -> datetime:
    return now() - timedelta(seconds=max(4 * ctx.settings.heartbeat_s, 5.0))
