"""The list of problems: search, filters, sorting and paging, all in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Subquery, and_, case, distinct, exists, false, func, not_, or_, select, tuple_
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from jupyter_oj_extension.domain.errors import InvalidRequest, NotFound
from jupyter_oj_extension.domain.identity import Identity
from jupyter_oj_extension.services.context import Context
from jupyter_oj_extension.store.base import now
from jupyter_oj_extension.store.contests import ContestProblemRow, ContestRow
from jupyter_oj_extension.store.problems import ProblemRow, ProblemTagRow, ProblemVersionRow
from jupyter_oj_extension.store.submissions import SOLVED, JudgementRow, SubmissionRow

DIFFICULTIES = ("easy", "medium", "hard")
STATUSES = ("unsolved", "tried", "solved")
"""By number: 0 never tried, 1 tried, 2 solved."""
SORTS = ("recommended", "difficulty", "acceptance", "newest", "title")


def visible(at: datetime) -> ColumnElement[bool]:
    """Whether a learner may see a row of `problems`: in a contest that has begun, or listed and in none to come."""
    of = and_(ContestProblemRow.problem_id == ProblemRow.id, ContestProblemRow.contest_id == ContestRow.id)
    begun = exists().where(of, ContestRow.start <= at)
    to_come = exists().where(of, ContestRow.start > at)
    return or_(begun, and_(ProblemRow.listed, not_(to_come)))


def search(
    ctx: Context,
    identity: Identity,
    *,
    q: str | None = None,
    difficulty: Sequence[str] = (),
    tag: Sequence[str] = (),
    status: Sequence[str] = (),
    contest: str | None = None,
    sort: str = "recommended",
    page: int = 1,
    limit: int = 50,
) -> dict[str, Any]:
    """A page of problem rows, with all tags beside. Every word of `q` must occur in id, title, tags or statement; any
    of several difficulties and statuses, all of several tags. Raises `InvalidRequest`, `NotFound` (contest).
    """
    _check(difficulty, status, sort, page, limit)
    with ctx.reading() as session:
        at = now()
        mine = _mine(identity)
        query = select(ProblemRow).outerjoin(mine, mine.c.problem_id == ProblemRow.id)
        shown: ColumnElement[bool] = ProblemRow.id.is_not(None) if identity.is_staff else visible(at)
        my_status = func.coalesce(mine.c.status, 0)
        query = query.where(shown)
        for word in (q or "").lower().replace("\0", " ")[:200].split()[:10]:
            query = query.where(ProblemRow.search_text.contains(word, autoescape=True))
        if difficulty:
            query = query.where(ProblemRow.difficulty.in_(difficulty))
        if status:
            query = query.where(my_status.in_([STATUSES.index(name) for name in status]))
        if wanted := {name.lower().replace("\0", "") for name in tag}:  # one subquery, however many there are
            of = and_(ProblemTagRow.problem_id == ProblemRow.id, ProblemTagRow.tag.in_(wanted))
            query = query.where(select(func.count()).where(of).scalar_subquery() == len(wanted))
        if contest is not None:
            query = _of_contest(session, query, contest, identity, at)
        total = session.scalar(select(func.count()).select_from(query.with_only_columns(ProblemRow.id).subquery()))
        query = _sorted(query, sort, my_status, q, contest is not None)
        rows = session.scalars(query.offset((page - 1) * limit).limit(limit)).all()
        tags = session.scalars(
            select(ProblemTagRow.tag)
            .distinct()
            .join(ProblemRow, ProblemRow.id == ProblemTagRow.problem_id)
            .where(shown)
        )
        return {
            "items": with_figures(session, identity, rows, contest),
            "page": page,
            "limit": limit,
            "total": total or 0,
            "tags": sorted(tags),
        }


def _check(difficulty: Sequence[str], status: Sequence[str], sort: str, page: int, limit: int) -> None:
    for name, given, known in (
        ("difficulty", difficulty, DIFFICULTIES),
        ("status", status, STATUSES),
        ("sort", (sort,), SORTS),
    ):
        if unknown := set(given) - set(known):
            raise InvalidRequest(f"{name} {min(unknown)[:40]!r} is not known; use {', '.join(known)}")
    if not 1 <= page <= 1_000_000 or not 1 <= limit <= 200:
        raise InvalidRequest("page counts from 1, limit is 1 to 200")


def _mine(identity: Identity) -> Subquery:
    """My status in each problem I have submitted to, and my most and least points where it is scored."""
    return (
        select(
            SubmissionRow.problem_id,
            func.max(case((SOLVED, 2), else_=1)).label("status"),
            func.max(JudgementRow.score).label("score"),
            func.min(JudgementRow.score).label("least"),
            func.max(JudgementRow.max_score).label("max_score"),
        )
        .join(JudgementRow, and_(JudgementRow.submission_id == SubmissionRow.id, JudgementRow.valid))
        .where(SubmissionRow.user_id == identity.user, SubmissionRow.kind == "submit")
        .group_by(SubmissionRow.problem_id)
        .subquery("mine")
    )


def _figures(at: datetime) -> Subquery:
    """Who tried and who solved each problem, counting people, and nothing that a frozen board hides."""
    solver = case((SOLVED, SubmissionRow.user_id))
    return (
        select(
            SubmissionRow.problem_id,
            func.count(distinct(SubmissionRow.user_id)).label("attempted_by"),
            func.count(distinct(solver)).label("solved_by"),
        )
        .join(JudgementRow, and_(JudgementRow.submission_id == SubmissionRow.id, JudgementRow.valid))
        .where(SubmissionRow.kind == "submit", JudgementRow.state == "done", JudgementRow.verdict != "JE")
        .where(not_(_behind_a_freeze(at)))
        .group_by(SubmissionRow.problem_id)
        .subquery("figures")
    )


def _behind_a_freeze(at: datetime) -> ColumnElement[bool]:
    """The submission was made in a contest after its board froze, and the board still is frozen."""
    return exists().where(
        ContestRow.id == SubmissionRow.contest_id,
        ContestRow.freeze <= at,
        ContestRow.freeze <= SubmissionRow.submitted_at,
        or_(ContestRow.thaw.is_(None), ContestRow.thaw > at),
    )


def _of_contest(
    session: Session, query: Select[ProblemRow], contest: str, identity: Identity, at: datetime
) -> Select[ProblemRow]:
    row = session.get(ContestRow, contest) if "\0" not in contest else None
    if row is None:
        raise NotFound(f"there is no contest {contest[:64]!r}")
    query = query.join(ContestProblemRow, ContestProblemRow.problem_id == ProblemRow.id)
    if not identity.is_staff and row.start > at:
        return query.where(false())
    return query.where(ContestProblemRow.contest_id == contest)


def _sorted(
    query: Select[ProblemRow], sort: str, my_status: ColumnElement[int], q: str | None, in_contest: bool
) -> Select[ProblemRow]:
    """`recommended`: a hit in the title before others; a contest in its order; else what I began, then what is new to
    me from easy to hard, and what I solved at the end."""
    order: list[ColumnElement[Any]] = []
    match sort:
        case "recommended":
            if words := (q or "").lower().replace("\0", " ").split():
                order.append(case((func.lower(ProblemRow.title).contains(words[0], autoescape=True), 0), else_=1))
            if in_contest:
                order.append(ContestProblemRow.position.expression)
            order += [case((my_status == 1, 0), (my_status == 0, 1), else_=2), ProblemRow.level.expression]
        case "difficulty":
            order.append(ProblemRow.level.expression)
        case "acceptance":
            figures = _figures(now())
            query = query.outerjoin(figures, figures.c.problem_id == ProblemRow.id)
            rate = figures.c.solved_by * 1.0 / figures.c.attempted_by
            order.append(func.coalesce(rate, -1.0).desc())
        case "newest":
            order.append(ProblemRow.created_at.desc())
        case _:
            pass
    return query.order_by(*order, func.lower(ProblemRow.title), ProblemRow.id)


def with_figures(
    session: Session, identity: Identity, rows: Sequence[ProblemRow], contest: str | None = None
) -> list[dict[str, Any]]:
    """Problem rows as docs/api.md has them: tags, my status, how many tried and solved, and the contest they are in
    (the named one, else one that runs now)."""
    ids = [row.id for row in rows]
    tags: dict[str, list[str]] = {}
    for problem_id, tag in session.execute(
        select(ProblemTagRow.problem_id, ProblemTagRow.tag).where(ProblemTagRow.problem_id.in_(ids)).order_by("tag")
    ):
        tags.setdefault(problem_id, []).append(tag)
    mine, figures = _mine(identity), _figures(now())
    my_results = {found.problem_id: found for found in session.execute(select(mine).where(mine.c.problem_id.in_(ids)))}
    counts = {
        problem_id: (attempted, solved)
        for problem_id, attempted, solved in session.execute(select(figures).where(figures.c.problem_id.in_(ids)))
    }
    contests = _contests(session, ids, contest)
    smallest = _smallest(session, rows)
    items = []
    for row in rows:
        attempted, solved = counts.get(row.id, (0, 0))
        my_result = my_results.get(row.id)
        items.append(
            {
                "id": row.id,
                "title": row.title,
                "difficulty": row.difficulty,
                "tags": tags.get(row.id, []),
                "status": STATUSES[my_result.status if my_result else 0],
                "score": (my_result.least if row.id in smallest else my_result.score) if my_result else None,
                "max_score": my_result.max_score if my_result else None,
                "acceptance": round(solved / attempted, 4) if attempted else None,
                "solved_by": solved,
                "attempted_by": attempted,
                "contest": contests.get(row.id),
            }
        )
    return items


def _smallest(session: Session, rows: Sequence[ProblemRow]) -> set[str]:
    """The problems among `rows` where fewer points are better."""
    scored = [(row.id, row.version) for row in rows if "scoring" in row.type.split()]
    if not scored:
        return set()
    version = ProblemVersionRow
    found = select(version.problem_id).where(
        tuple_(version.problem_id, version.version).in_(scored), version.document["objective"].as_string() == "min"
    )
    return set(session.scalars(found))


def _contests(session: Session, ids: Sequence[str], contest: str | None) -> dict[str, dict[str, str]]:
    query = (
        select(ContestProblemRow.problem_id, ContestProblemRow.contest_id, ContestProblemRow.label)
        .join(ContestRow, ContestRow.id == ContestProblemRow.contest_id)
        .where(ContestProblemRow.problem_id.in_(ids))
        .order_by(ContestRow.start.desc(), ContestRow.id.desc())
    )
    if contest is not None:
        query = query.where(ContestRow.id == contest)
    else:
        at = now()
        query = query.where(ContestRow.start <= at, ContestRow.end > at)
    return {problem_id: {"id": found, "label": label} for problem_id, found, label in session.execute(query)}
