"""Rows of the scoreboard out of SQL, for the projection and for the page when Redis is away.

A stored row is a contestant's row of docs/api.md without its rank, with cells as ``{problem id: [attempts, pending,
time]}``: labels, ranks and who was first depend on others, and are put in by `presented` when a page is read.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jupyter_oj_extension.domain.contest import Contest
from jupyter_oj_extension.domain.scoreboard import Cell, minute
from jupyter_oj_extension.leaderboard import Entry, Page, Ranked
from jupyter_oj_extension.store.accounts import UserRow
from jupyter_oj_extension.store.contests import CellRow, ContestantRow, ContestProblemRow, ContestRow
from jupyter_oj_extension.store.problems import ProblemRow

CHUNK = 500
EMPTY = Cell()

Row = dict[str, Any]


def contest_of(row: ContestRow) -> Contest:
    """The row as the domain's value."""
    return Contest(
        row.id, row.name, row.start, row.end, row.freeze, row.thaw, row.scoring, row.penalty_min, row.tie
    )  # fmt: skip


def view_of(row: CellRow, view: str) -> Cell:
    """One of the two columns of a cell."""
    if view == "public":
        return Cell(row.public_attempts, row.public_pending, row.public_solved_at_s, row.public_penalty_min)
    return Cell(row.staff_attempts, row.staff_pending, row.staff_solved_at_s, row.staff_penalty_min)


def problems(session: Session, contest_id: str, view: str) -> list[Row]:
    """The contest's problems in order with the sums of their columns; `first_s` is taken out by `presented`."""
    public = view == "public"
    return [
        {
            "label": link.label,
            "id": link.problem_id,
            "title": title,
            "color": link.color,
            "solved": link.public_solved if public else link.staff_solved,
            "tried": link.public_tried if public else link.staff_tried,
            "first_s": link.public_first_s if public else link.staff_first_s,
        }
        for link, title in session.execute(
            select(ContestProblemRow, ProblemRow.title)
            .join(ProblemRow, ProblemRow.id == ContestProblemRow.problem_id)
            .where(ContestProblemRow.contest_id == contest_id)
            .order_by(ContestProblemRow.position)
        )
    ]


def entries(session: Session, contest_id: str, *, after_seq: int = -1, user: str | None = None) -> Iterator[Entry]:
    """Contestants whose rows changed after `after_seq` (or one of them), in chunks that bound what is in memory."""
    last = ""
    while True:
        query = (
            select(
                ContestantRow.user_id,
                ContestantRow.seq,
                ContestantRow.public_key,
                ContestantRow.staff_key,
                UserRow.name,
                UserRow.affiliation,
            )
            .join(UserRow, UserRow.id == ContestantRow.user_id)
            .where(ContestantRow.contest_id == contest_id, ContestantRow.user_id > last)
            .order_by(ContestantRow.user_id)
            .limit(CHUNK)
        )
        if after_seq >= 0:
            query = query.where(ContestantRow.seq > after_seq)
        if user is not None:
            query = query.where(ContestantRow.user_id == user)
        found = session.execute(query).all()
        cells = _cells(session, contest_id, [one.user_id for one in found], whole=after_seq < 0 and user is None)
        for one in found:
            public, staff = cells.get(one.user_id, ([], []))
            person = {"user": one.user_id, "name": one.name, "affiliation": one.affiliation}
            public_row, staff_row = person | _sums(public), person | _sums(staff)
            yield Entry(one.user_id, one.seq, one.public_key, public_row, one.staff_key, staff_row)
        if len(found) < CHUNK:
            return
        last = found[-1].user_id


def changed(session: Session, contest_id: str, after_seq: int) -> int:
    """How many contestants' rows changed after `after_seq`."""
    query = select(func.count()).select_from(ContestantRow)
    query = query.where(ContestantRow.contest_id == contest_id, ContestantRow.seq > after_seq)
    return session.scalar(query) or 0


Shown = list[tuple[str, Cell]]
"""Cells of one contestant in one view, with their problems' ids."""


def _cells(
    session: Session, contest_id: str, users: Sequence[str], *, whole: bool = False
) -> dict[str, tuple[Shown, Shown]]:
    """Cells of `users` in both views. `whole`: they are all contestants between the first and the last, in order."""
    found: dict[str, tuple[Shown, Shown]] = {}
    if not users:
        return found
    chosen = CellRow.user_id.between(users[0], users[-1]) if whole else CellRow.user_id.in_(users)
    query = select(
        CellRow.user_id,
        CellRow.problem_id,
        CellRow.public_attempts,
        CellRow.public_pending,
        CellRow.public_solved_at_s,
        CellRow.public_penalty_min,
        CellRow.staff_attempts,
        CellRow.staff_pending,
        CellRow.staff_solved_at_s,
        CellRow.staff_penalty_min,
    ).where(CellRow.contest_id == contest_id, chosen)
    for user_id, problem_id, *values in session.execute(query.order_by(CellRow.user_id, CellRow.problem_id)):
        public, staff = found.setdefault(user_id, ([], []))
        public.append((problem_id, Cell(*values[:4])))
        staff.append((problem_id, Cell(*values[4:])))
    return found


def _sums(cells: Shown) -> Row:
    solved = [one for _, one in cells if one.solved_at_s is not None]
    return {
        "solved": len(solved),
        "penalty_min": sum(one.penalty_min for one in solved),
        "last_s": math.floor(max((one.solved_at_s or 0.0 for one in solved), default=0.0)),
        "cells": {key: [one.attempts, one.pending, one.solved_at_s] for key, one in cells if one != EMPTY},
    }


def page(session: Session, contest_id: str, view: str, *, start: int, count: int, user: str) -> Page:
    """The same slice that `leaderboard.page` reads from Redis, out of SQL, in the same order."""
    key = ContestantRow.public_key if view == "public" else ContestantRow.staff_key
    mine = ContestantRow.contest_id == contest_id
    total = session.scalar(select(func.count()).select_from(ContestantRow).where(mine)) or 0
    query = (
        select(ContestantRow.user_id, key, UserRow.name, UserRow.affiliation)
        .join(UserRow, UserRow.id == ContestantRow.user_id)
        .where(mine)
    )
    slice_ = list(session.execute(query.order_by(key, ContestantRow.user_id).offset(start).limit(count)))
    me = session.execute(query.where(ContestantRow.user_id == user)).first()
    found = [*slice_, me] if me is not None else slice_
    cells = _cells(session, contest_id, [one[0] for one in found])
    ranks: dict[int, int] = {}
    ranked = []
    for user_id, packed, name, affiliation in found:
        if packed not in ranks:
            better = select(func.count()).select_from(ContestantRow).where(mine, key < packed)
            ranks[packed] = (session.scalar(better) or 0) + 1
        person = {"user": user_id, "name": name, "affiliation": affiliation}
        shown = cells.get(user_id, ([], []))[0 if view == "public" else 1]
        ranked.append(Ranked(ranks[packed], person | _sums(shown)))
    own = ranked[-1] if me is not None else None
    return Page(0, total, problems(session, contest_id, view), ranked[: len(slice_)], own)


def presented(ranked: Ranked, columns: Sequence[Row]) -> Row:
    """A row as docs/api.md has it: with its rank, and a cell under each problem's label."""
    row = ranked.row
    return {
        "rank": ranked.rank,
        **{key: row[key] for key in ("user", "name", "affiliation", "solved", "penalty_min", "last_s")},
        "cells": {column["label"]: _cell(row["cells"].get(column["id"]), column["first_s"]) for column in columns},
    }


def _cell(stored: list[Any] | None, first_s: float | None) -> Row:
    attempts, pending, solved_at_s = stored or (0, 0, None)
    return {
        "state": Cell(attempts, pending, solved_at_s).state,
        "attempts": attempts,
        "pending": pending,
        "time_min": None if solved_at_s is None else minute(solved_at_s),
        "first": solved_at_s is not None and solved_at_s == first_s,
    }


def columns_shown(columns: Sequence[Row]) -> list[Row]:
    """The problems as docs/api.md has them."""
    return [{key: value for key, value in column.items() if key != "first_s"} for column in columns]
