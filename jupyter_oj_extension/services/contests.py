"""Contests: make one, look at one, take part. State by the server's clock."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jupyter_oj_extension import events
from jupyter_oj_extension.domain.contest import COLORS, Contest, ContestState, label
from jupyter_oj_extension.domain.errors import Conflict, Forbidden, NotFound, Unprocessable
from jupyter_oj_extension.domain.identity import ADMIN, HOST, Identity
from jupyter_oj_extension.domain.scoreboard import MAX_PROBLEMS
from jupyter_oj_extension.services import accounts, scoreboard
from jupyter_oj_extension.services.context import Context
from jupyter_oj_extension.services.scoreboard_rows import contest_of
from jupyter_oj_extension.store.base import now
from jupyter_oj_extension.store.contests import CellRow, ContestantRow, ContestProblemRow, ContestRow
from jupyter_oj_extension.store.problems import ProblemRow
from jupyter_oj_extension.views import instant

SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
MAX_LENGTH = timedelta(days=190)
"""Longer, and the last accepted second would not fit into the leaderboard's sort key."""


def require(session: Session, id: str) -> ContestRow:
    row = session.get(ContestRow, id) if len(id) <= 64 and "\0" not in id else None
    if row is None:
        raise NotFound(f"there is no contest {id[:64]!r}")
    return row


def page(ctx: Context, identity: Identity) -> dict[str, Any]:
    """All contests without their problems: those that run, then those to come, then the past ones, newest first."""
    at = now()
    with ctx.reading() as session:
        rows = session.scalars(select(ContestRow)).all()
        mine = set(session.scalars(select(ContestantRow.contest_id).where(ContestantRow.user_id == identity.user)))
    items = sorted(rows, key=lambda row: _order(row, at))
    return {"items": [_view(row, identity, at, registered=row.id in mine) for row in items]}


def _order(row: ContestRow, at: datetime) -> tuple[int, float, str]:
    state = contest_of(row).state(at)
    if state is ContestState.BEFORE:
        return 1, row.start.timestamp(), row.id
    return (2 if state is ContestState.ENDED else 0), -row.start.timestamp(), row.id


def get(ctx: Context, identity: Identity, id: str) -> dict[str, Any]:
    """One contest; its problems only from the start on, or for staff."""
    at = now()
    with ctx.reading() as session:
        row = require(session, id)
        registered = session.get(ContestantRow, (row.id, identity.user)) is not None
        view = _view(row, identity, at, registered=registered)
        view["problems"] = _problems(session, row, identity, at) if may_see_problems(row, identity, at) else []
        return view


def may_see_problems(row: ContestRow, identity: Identity, at: datetime) -> bool:
    return identity.is_staff or at >= row.start


def _problems(session: Session, row: ContestRow, identity: Identity, at: datetime) -> list[dict[str, Any]]:
    frozen = contest_of(row).is_frozen(at)
    cells = select(CellRow).where(CellRow.contest_id == row.id, CellRow.user_id == identity.user)
    mine = {cell.problem_id: cell for cell in session.scalars(cells)}
    return [
        {
            "label": link.label,
            "id": link.problem_id,
            "title": title,
            "color": link.color,
            "status": _status(mine.get(link.problem_id)),
            "solved_by": link.public_solved if frozen else link.staff_solved,
            "attempted_by": link.public_tried if frozen else link.staff_tried,
        }
        for link, title in session.execute(
            select(ContestProblemRow, ProblemRow.title)
            .join(ProblemRow, ProblemRow.id == ContestProblemRow.problem_id)
            .where(ContestProblemRow.contest_id == row.id)
            .order_by(ContestProblemRow.position)
        )
    ]


def _status(cell: CellRow | None) -> str:
    """My own verdicts are mine to see, frozen or not."""
    if cell is None:
        return "unsolved"
    return "solved" if cell.staff_solved_at_s is not None else "tried"


def _view(row: ContestRow, identity: Identity, at: datetime, *, registered: bool) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "state": contest_of(row).state(at).value,
        "start": instant(row.start),
        "end": instant(row.end),
        "freeze": instant(row.freeze),
        "server_time": instant(at),
        "scoring": row.scoring,
        "penalty_min": row.penalty_min,
        "registered": registered,
        "host": bool(identity.roles & {HOST, ADMIN}),
    }


def register(ctx: Context, identity: Identity, id: str) -> None:
    """Take part; again changes nothing. `Conflict` after the end, `Forbidden` with a token for another contest."""
    with ctx.session() as session:
        row = require(session, id)
        if identity.contest not in (None, id):
            raise Forbidden("this token was given for another contest; ask the host for one for this contest")
        if session.get(ContestantRow, (id, identity.user)) is not None:
            return
        if contest_of(row).state(now()) is ContestState.ENDED:
            raise Conflict(f"{row.name} is over; its problems are open for practice")
        accounts.know(session, identity)
        scoreboard.enter(session, id, identity.user)
    scoreboard.publish(ctx, id, identity.user)


def check_submission_allowed(session: Session, contest_id: str, user: str, problem_id: str, at: datetime) -> None:
    """Raise `NotFound`, `Conflict` (not begun, over) or `Unprocessable` (not its problem). Whoever submits takes part:
    `scoreboard.update_cell` registers them, so that nobody's solution is refused for a button not pressed.
    """
    row = require(session, contest_id)
    match contest_of(row).state(at):
        case ContestState.BEFORE:
            raise Conflict(f"{row.name} has not begun; it starts at {instant(row.start)}")
        case ContestState.ENDED:
            raise Conflict(f"{row.name} is over; submit without the contest to practise")
        case _:
            pass
    if session.get(ContestProblemRow, (contest_id, problem_id)) is None:
        raise Unprocessable(f"{problem_id} is not a problem of {row.name}")


def create(
    ctx: Context,
    *,
    id: str,
    name: str,
    start: datetime,
    end: datetime,
    problems: Sequence[str],
    freeze: datetime | None = None,
    thaw: datetime | None = None,
    penalty_min: int = 20,
    tie: str = "second",
    colors: Sequence[str] = (),
) -> Contest:
    """A new ICPC contest with `problems` (slugs) labelled in their order. With `freeze` and no `thaw`, the public board
    opens again at the end. Raises `Unprocessable`, `NotFound` (problem), `Conflict` (id taken).
    """
    contest = Contest(id, name.strip(), start, end, freeze, thaw or (end if freeze else None), "icpc", penalty_min, tie)
    _check(contest, problems)
    with ctx.session() as session:
        if session.get(ContestRow, id) is not None:
            raise Conflict(f"there is a contest {id!r} already; choose another id")
        known = set(session.scalars(select(ProblemRow.id).where(ProblemRow.id.in_(problems))))
        if missing := [slug for slug in problems if slug not in known]:
            raise NotFound(f"there is no problem {missing[0][:64]!r}; import it first")
        session.add(
            ContestRow(
                id=contest.id,
                name=contest.name,
                start=start,
                end=end,
                freeze=freeze,
                thaw=contest.thaw,
                scoring=contest.scoring,
                penalty_min=penalty_min,
                tie=tie,
            )
        )
        session.flush()
        for position, slug in enumerate(problems):
            color = colors[position] if position < len(colors) else COLORS[position % len(COLORS)]
            session.add(
                ContestProblemRow(contest_id=id, problem_id=slug, label=label(position), color=color, position=position)
            )
    return contest


def _check(contest: Contest, problems: Sequence[str]) -> None:
    if not SLUG.fullmatch(contest.id):
        raise Unprocessable("a contest's id is 1 to 64 of a-z, 0-9 and -")
    if not 1 <= len(contest.name) <= 200 or not contest.name.isprintable():
        raise Unprocessable("a contest's name is 1 to 200 printable characters")
    if any(at is not None and at.tzinfo is None for at in (contest.start, contest.end, contest.freeze, contest.thaw)):
        raise Unprocessable("give times with their zone, such as 2030-05-01T09:00Z")
    if not timedelta(0) < contest.end - contest.start <= MAX_LENGTH:
        raise Unprocessable(f"a contest ends after it starts, within {MAX_LENGTH.days} days")
    if contest.freeze is not None and not contest.start <= contest.freeze <= contest.end:
        raise Unprocessable("the board freezes between start and end")
    if not 1 <= len(problems) <= MAX_PROBLEMS or len(set(problems)) != len(problems):
        raise Unprocessable(f"a contest has 1 to {MAX_PROBLEMS} different problems")
    if not 0 <= contest.penalty_min <= 1000 or contest.tie not in ("second", "minute"):
        raise Unprocessable("the penalty is 0 to 1000 minutes, ties are broken by second or minute")


def thaw(ctx: Context, id: str) -> None:
    """Open the frozen board to the public now."""
    with ctx.session() as session:
        row = require(session, id)
        row.thaw = now()
    events.publish_contest(ctx.redis, id, "contest", {"contest": id})
