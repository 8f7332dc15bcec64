"""The scoreboard: SQL is the truth (cells), Redis the projection that pages are read from.

A change takes the contest's next sequence number in its own transaction, and the contest's row is locked from then on:
so changes of one contest happen one after another, and number N being visible means that all before it are.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from redis import RedisError
from sqlalchemy import and_, case, func, select, update
from sqlalchemy.orm import Session

from jupyter_oj_extension import events, views
from jupyter_oj_extension import leaderboard as board
from jupyter_oj_extension.domain.errors import Forbidden, InvalidRequest, NotFound
from jupyter_oj_extension.domain.identity import Identity
from jupyter_oj_extension.domain.scoreboard import Attempt, Cell, cell, pack, standing
from jupyter_oj_extension.services import scoreboard_rows as rows
from jupyter_oj_extension.services.context import Context
from jupyter_oj_extension.store.base import now
from jupyter_oj_extension.store.contests import CellRow, ContestantRow, ContestProblemRow, ContestRow
from jupyter_oj_extension.store.submissions import COUNTED_VERDICT, JudgementRow, SubmissionRow
from jupyter_oj_extension.store.upsert import insert_missing

log = logging.getLogger(__name__)

CATCH_UP_ROWS = 2000
"""More rows than this behind, and the projection is rebuilt beside, while pages are answered from SQL."""


def enter(session: Session, contest_id: str, user_id: str) -> None:
    """Make `user_id` (who exists) a contestant. `publish` after the commit."""
    seq = _next_seq(session, contest_id)
    insert_missing(session, ContestantRow, {"contest_id": contest_id, "user_id": user_id, "seq": seq})


def _next_seq(session: Session, contest_id: str) -> int:
    bump = update(ContestRow).where(ContestRow.id == contest_id)
    bump = bump.values(seq=ContestRow.seq + 1, changed_at=now()).execution_options(synchronize_session=False)
    seq: int | None = session.scalar(bump.returning(ContestRow.seq))
    if seq is None:
        raise NotFound(f"there is no contest {contest_id[:64]!r}")
    return seq


def update_cell(session: Session, *, contest_id: str, user_id: str, problem_id: str) -> None:
    """Recompute one contestant's cell from the valid judgements, and what follows from it: the standing, the problem's
    sums. Registers who is not yet a contestant. To be called in the transaction that changed a submission or judgement
    (which must be flushed); `publish` after its commit. A problem that was taken out of the contest changes nothing.
    """
    seq = _next_seq(session, contest_id)
    column = session.get(ContestProblemRow, (contest_id, problem_id), populate_existing=True)
    if column is None:
        return
    insert_missing(session, ContestantRow, {"contest_id": contest_id, "user_id": user_id})
    contestant = session.get_one(ContestantRow, (contest_id, user_id), populate_existing=True)
    key = (contest_id, user_id, problem_id)
    stored = session.get(CellRow, key, populate_existing=True)
    if stored is None:
        stored = CellRow(contest_id=contest_id, user_id=user_id, problem_id=problem_id)
        session.add(stored)
        session.flush()
    contest = rows.contest_of(session.get_one(ContestRow, contest_id))
    attempts = _attempts(session, contest_id, user_id, problem_id, contest.start)
    for view in board.VIEWS:
        before, after = rows.view_of(stored, view), cell(attempts, contest.rules, frozen=view == "public")
        for name in ("attempts", "pending", "solved_at_s", "penalty_min"):
            setattr(stored, f"{view}_{name}", getattr(after, name))
        session.flush()
        _count(session, column, view, before, after)
    mine = session.scalars(select(CellRow).where(CellRow.contest_id == contest_id, CellRow.user_id == user_id)).all()
    for view in board.VIEWS:
        total = standing((rows.view_of(one, view) for one in mine), contest.rules)
        setattr(contestant, f"{view}_key", pack(total))
    contestant.seq = seq
    session.flush()


def _attempts(session: Session, contest_id: str, user_id: str, problem_id: str, start: datetime) -> list[Attempt]:
    verdict = case((JudgementRow.state == "done", COUNTED_VERDICT))
    found = session.execute(
        select(SubmissionRow.submitted_at, verdict)
        .join(JudgementRow, and_(JudgementRow.submission_id == SubmissionRow.id, JudgementRow.valid))
        .where(
            SubmissionRow.contest_id == contest_id,
            SubmissionRow.user_id == user_id,
            SubmissionRow.problem_id == problem_id,
            SubmissionRow.kind == "submit",
        )
        .order_by(SubmissionRow.submitted_at, SubmissionRow.id)
    )
    return [Attempt((at - start).total_seconds(), code) for at, code in found]


def _count(session: Session, column: ContestProblemRow, view: str, before: Cell, after: Cell) -> None:
    """Keep a column's sums and its first accepted time."""
    first: float | None = getattr(column, f"{view}_first_s")
    for name, change in (
        ("solved", (after.solved_at_s is not None) - (before.solved_at_s is not None)),
        ("tried", (after.state != "none") - (before.state != "none")),
    ):
        setattr(column, f"{view}_{name}", getattr(column, f"{view}_{name}") + change)
    if before.solved_at_s is not None and before.solved_at_s != after.solved_at_s:
        times = CellRow.public_solved_at_s if view == "public" else CellRow.staff_solved_at_s
        where = and_(CellRow.contest_id == column.contest_id, CellRow.problem_id == column.problem_id)
        first = session.scalar(select(func.min(times)).where(where))
    elif after.solved_at_s is not None:
        first = after.solved_at_s if first is None else min(first, after.solved_at_s)
    setattr(column, f"{view}_first_s", first)


def publish(ctx: Context, contest_id: str, user_id: str) -> None:
    """After the commit: put the contestant's row into Redis and tell who watches. Never raises when Redis is away; the
    next reader then catches up from SQL."""
    try:
        with ctx.reading() as session:
            contest = session.get(ContestRow, contest_id)
            if contest is None:
                return
            changed = list(rows.entries(session, contest_id, user=user_id))
            sums = _both(session, contest_id)
        board.apply(ctx.redis, contest_id, changed, problems=sums, problems_seq=contest.seq)
        view = "public" if rows.contest_of(contest).is_frozen(now()) else "staff"
        page = board.page(ctx.redis, contest_id, view, start=0, count=1, user=user_id)
        events.publish_contest(ctx.redis, contest_id, "leaderboard", _delta(contest_id, contest.seq, page))
    except RedisError as error:
        log.debug("leaderboard of %s is not published: %s", contest_id, error)


def _both(session: Session, contest_id: str) -> tuple[list[rows.Row], list[rows.Row]]:
    return rows.problems(session, contest_id, "public"), rows.problems(session, contest_id, "staff")


def _delta(contest_id: str, seq: int, page: board.Page | None) -> dict[str, Any]:
    """The changed row with its rank (rows between its old and new place move by one, which a reader of pages sees).
    Before the projection is whole there is nothing but the call to read the page again."""
    shown = [] if page is None or page.me is None else [rows.presented(page.me, page.problems)]
    return {
        "contest": contest_id,
        "seq": seq,
        "rows": shown,
        "total": 0 if page is None else page.total,
        "problems": [] if page is None else rows.columns_shown(page.problems),
    }


def leaderboard(
    ctx: Context, identity: Identity, contest_id: str, *, page: int = 1, limit: int = 50, view: str = "public"
) -> dict[str, Any]:
    """A page of the board as docs/api.md has it. `view` ``staff`` looks behind the freeze, for staff who ask: what
    stands on the projector is what the public may see, whoever's machine it hangs on. Problems show from the start.
    """
    if not 1 <= page <= 10_000_000 or not 1 <= limit <= 200:
        raise InvalidRequest("page counts from 1, limit is 1 to 200")
    if view not in board.VIEWS:
        raise InvalidRequest("view is public or staff")
    if view == "staff" and not identity.is_staff:
        raise Forbidden("only staff see behind the freeze")
    at = now()
    with ctx.reading() as session:
        row = session.get(ContestRow, contest_id) if len(contest_id) <= 64 and "\0" not in contest_id else None
    if row is None:
        raise NotFound(f"there is no contest {contest_id[:64]!r}")
    contest = rows.contest_of(row)
    frozen = view == "public" and contest.is_frozen(at)
    wanted: dict[str, Any] = {"start": (page - 1) * limit, "count": limit, "user": identity.user}
    found = _live(ctx, row, "public" if frozen else "staff", wanted)
    source, seq = "live", 0 if found is None else found.verified
    if found is None:
        source, seq = "database", row.seq
        with ctx.reading() as session:
            found = rows.page(session, contest_id, "public" if frozen else "staff", **wanted)
    columns = found.problems if identity.is_staff or at >= contest.start else []
    return {
        "contest": contest.id,
        "name": contest.name,
        "scoring": contest.scoring,
        "state": contest.state(at).value,
        "seq": seq,
        "source": source,
        "frozen": frozen,
        "server_time": views.instant(at),
        "start": views.instant(contest.start),
        "end": views.instant(contest.end),
        "page": page,
        "limit": limit,
        "total": found.total,
        "problems": rows.columns_shown(columns),
        "rows": [rows.presented(one, columns) for one in found.rows],
        "me": None if found.me is None else rows.presented(found.me, columns),
    }


def _live(ctx: Context, row: ContestRow, view: str, wanted: dict[str, Any]) -> board.Page | None:
    """The page out of Redis, brought up to SQL's sequence number first where it is behind. None: take it from SQL."""
    try:
        page = board.page(ctx.redis, row.id, view, **wanted)
        if page is not None and page.verified == row.seq:
            return page
        if not _catch_up(ctx, row.id, -1 if page is None else page.verified):
            return None
        return board.page(ctx.redis, row.id, view, **wanted)
    except RedisError as error:
        log.debug("leaderboard of %s from SQL: %s", row.id, error)
        return None


def _catch_up(ctx: Context, contest_id: str, verified: int) -> bool:
    """Bring the projection from `verified` (-1: it is not there) up to date. False when that takes too long for a
    reader: then it goes on in the background."""
    with ctx.reading() as session:
        seq = session.scalar(select(ContestRow.seq).where(ContestRow.id == contest_id)) or 0
        if 0 <= verified < seq and rows.changed(session, contest_id, verified) <= CATCH_UP_ROWS:
            _apply(ctx, session, contest_id, seq, rows.entries(session, contest_id, after_seq=verified))
            return board.set_verified(ctx.redis, contest_id, seq)
        if verified == seq:
            return True
        few = rows.changed(session, contest_id, -1) <= CATCH_UP_ROWS
    if few:  # not there, or ahead of SQL (the store was restored from a backup)
        return rebuild(ctx, contest_id) is not None
    threading.Thread(target=_rebuild_aside, args=(ctx, contest_id), daemon=True).start()
    return False


def _apply(ctx: Context, session: Session, contest_id: str, seq: int, changed: Iterable[board.Entry]) -> int:
    sums = _both(session, contest_id)
    return board.apply(ctx.redis, contest_id, changed, problems=sums, problems_seq=seq)


def _keeping_hold(ctx: Context, contest_id: str, entries: Iterable[board.Entry]) -> Iterator[board.Entry]:
    for index, entry in enumerate(entries):
        if index % 5000 == 0:
            board.keep_rebuilding(ctx.redis, contest_id)
        yield entry


def rebuild(ctx: Context, contest_id: str) -> int | None:
    """Make the projection anew out of SQL and tell who watches. Answers the number of rows, or None when somebody else
    is at it. Pages come from SQL meanwhile. Raises `RedisError`, `NotFound`."""
    token = board.begin_rebuild(ctx.redis, contest_id)
    if token is None:
        return None
    try:
        board.clear(ctx.redis, contest_id)
        with ctx.reading() as session:
            seq = session.scalar(select(ContestRow.seq).where(ContestRow.id == contest_id))
            if seq is None:
                raise NotFound(f"there is no contest {contest_id[:64]!r}")
            everybody = rows.entries(session, contest_id)
            applied = _apply(ctx, session, contest_id, seq, _keeping_hold(ctx, contest_id, everybody))
        if not board.set_verified(ctx.redis, contest_id, seq, rebuild=token):
            return None
    finally:
        board.end_rebuild(ctx.redis, contest_id, token)
    events.publish_contest(ctx.redis, contest_id, "leaderboard", _delta(contest_id, seq, None))
    return applied


def _rebuild_aside(ctx: Context, contest_id: str) -> None:
    try:
        rebuild(ctx, contest_id)
    except (RedisError, NotFound) as error:
        log.warning("leaderboard of %s is not rebuilt: %s", contest_id, error)


def rebuild_all(ctx: Context) -> None:
    """After Redis came back: rebuild the boards of contests that run. Others are rebuilt by their first reader."""
    at = now()
    with ctx.reading() as session:
        running = list(session.scalars(select(ContestRow.id).where(ContestRow.start <= at, ContestRow.end > at)))
    for contest_id in running:
        _rebuild_aside(ctx, contest_id)
